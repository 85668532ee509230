"""`mentorlog redo`: redo the last undone changes."""

from mentorlog.commands import options as opt
from mentorlog.flows.undo_changes import redo_changes


def run(ctx: opt.Context, steps: opt.Steps = None) -> None:
    """Redo the last N undone changes (default 1), all or nothing.

    Example: mentorlog redo
    """
    redo_changes(ctx.obj, steps or 1)
