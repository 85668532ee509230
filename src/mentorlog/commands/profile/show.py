"""`mentorlog profile show`."""

from mentorlog.commands import options as opt
from mentorlog.flows.show_record import show_profile


def run(ctx: opt.Context) -> None:
    """Show your profile.

    Example: mentorlog profile show
    """
    show_profile(ctx.obj)
