"""`mentorlog redo`: redo the last undone changes."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_undo import show_undo


def run(ctx: opt.Context, steps: opt.Steps = 1) -> None:
    """Redo the last N undone changes (default 1), all or nothing.

    Example: mentorlog redo
    """
    show_undo(ctx.obj, ctx.obj.journal.redo(steps), "Redone", "redone")
