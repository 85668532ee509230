"""`mentorlog letter received`."""

from mentorlog.commands import options as opt
from mentorlog.commands.letter.options import Letter
from mentorlog.domain import letters as domain
from mentorlog.flows import letters


def run(ctx: opt.Context, letter: Letter, on: opt.On, message: str | None = opt.message("Outcome")) -> None:
    """Record that a letter was received or sent off.

    Its task is done, as with `task done`.

    Example: mentorlog letter received t4m2x --on yesterday
    """
    outcome = ctx.obj.texts.prose(message)
    letters.change(ctx.obj, letter, "received", lambda one: domain.received(one, on=on, outcome=outcome))
