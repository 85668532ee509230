"""`mentorlog key show`."""

from mentorlog.commands import options as opt
from mentorlog.flows import keys as flow


def run(ctx: opt.Context) -> None:
    """Show the key of this journal and its recipients.

    The key is a line of 74 characters, which you can write down. Whoever has it can read everything on the encrypted
    remote. To take it to another machine in a file, use `mentorlog key export`.

    Example: mentorlog key show
    """
    flow.show_key(ctx.obj)
