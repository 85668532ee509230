"""`mentorlog letter declined`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.letter.options import Letter
from mentorlog.domain import letters as domain
from mentorlog.flows import letters


def run(
    ctx: opt.Context,
    letter: Letter,
    on: date | None = opt.day("--on", help="Date they answered (default today)"),
    message: str | None = opt.message("Their reason"),
) -> None:
    """Record that a mentor declined to write a letter.

    Its task is dropped.

    Example: mentorlog letter declined t4m2x -m "Too little time"
    """
    app = ctx.obj
    reason = app.texts.prose(message)
    letters.change(app, letter, "declined", lambda one: domain.declined(one, on=on, today=app.today, reason=reason))
