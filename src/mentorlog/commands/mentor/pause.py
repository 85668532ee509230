"""`mentorlog mentor pause`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words


def run(ctx: typer.Context, mentor: opt.MentorArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Let a mentorship rest: no meeting is due meanwhile.

    Example: mentorlog mentor pause osler -m "On leave until March"
    """
    app: App = ctx.obj
    found, day, reason = app.lookup.mentor(mentor), app.lookup.day_before(on), app.texts.prose(message)
    view, moved = mentoring.change(app, "pause", found, lambda m: m.paused(on=day, reason=reason))
    app.out.say(words.moved(view, "is paused", moved), view)
