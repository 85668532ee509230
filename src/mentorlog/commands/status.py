"""`mentorlog status`: the screen that `mentorlog` shows without a command."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_status import show_status


def run(ctx: opt.Context) -> None:
    """Show what matters now.

    Shows whom to talk to, what you owe and are owed, which goals are drifting, and when the next review is due.

    Example: mentorlog status
    """
    show_status(ctx.obj)
