"""`mentorlog status`: the screen that `mentorlog` shows without a command."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_status import show_status


def run(ctx: opt.Context) -> None:
    """Show what matters now.

    Shows what is due within two weeks: whom to talk to, meetings, what you owe and are owed, goals that are due or
    drifting, and the next review. The rest is counted, with the command that lists it.

    Example: mentorlog status
    """
    show_status(ctx.obj)
