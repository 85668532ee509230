"""`mentorlog letter agreed`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.letter.options import Letter
from mentorlog.domain import letters as domain
from mentorlog.flows import letters


def run(
    ctx: opt.Context,
    letter: Letter,
    on: date | None = opt.day("--on", help="Date they answered (default today)"),
    later: bool = opt.flag("--later", help="They will answer later; the letter stays open"),
) -> None:
    """Record that a mentor agreed to write a letter.

    Example: mentorlog letter agreed t4m2x
    """
    letters.change(ctx.obj, letter, "agreed", lambda one: domain.agreed(one, on=on, today=ctx.obj.today, later=later))
