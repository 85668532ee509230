"""`mentorlog undo`: undo the last changes."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_undo import show_undo


def run(ctx: opt.Context, steps: opt.Steps = 1) -> None:
    """Undo the last N changes (default 1), all or nothing.

    Example: mentorlog undo
    Example: mentorlog undo 3
    """
    show_undo(ctx.obj, ctx.obj.journal.undo(steps), "Undone", "undone")
