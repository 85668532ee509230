"""`mentorlog mentor fit`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words

FitArg = Annotated[str, opt.argument("ANSWER", ", ".join(vocabulary.FIT_ANSWERS), opt.words(*vocabulary.FIT_ANSWERS))]


def run(
    ctx: typer.Context, mentor: opt.MentorArg, answer: FitArg, message: opt.Message = None, on: opt.OnDate = None
) -> None:
    """Note whether a mentorship fits.

    Is it productive, friendly, of use to you? The answer is good, deciding or not_good; no export holds it, unless
    it is asked for.

    Example: mentorlog mentor fit osler good -m "He answers within a day"
    """
    app: App = ctx.obj
    found, day, comment = app.lookup.mentor(mentor), app.lookup.day_before(on), app.texts.prose(message)
    view, moved = mentoring.change(app, "fit", found, lambda m: m.fitting(answer, on=day, comment=comment))
    app.out.say(words.fit(view, day.isoformat(), answer, moved), view)
