"""`mentorlog status`: the screen that `mentorlog` alone shows too."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_status import show_status


def run(ctx: opt.Context) -> None:
    """Show what matters now.

    Whom to talk to, what is owed, which goals drift, and the next review.

    Example: mentorlog status
    """
    show_status(ctx.obj)
