"""`mentorlog letter remind`."""

from mentorlog.commands import options as opt
from mentorlog.commands.letter.options import Letter
from mentorlog.domain import letters as domain
from mentorlog.flows import letters


def run(ctx: opt.Context, letter: Letter, on: opt.On) -> None:
    """Record that you reminded the writer of a letter.

    `due` suggests it one week before the due date.

    Example: mentorlog letter remind t4m2x
    """
    letters.change(ctx.obj, letter, "remind", lambda one: domain.reminded(one, on=on))
