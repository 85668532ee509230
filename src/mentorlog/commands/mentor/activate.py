"""`mentorlog mentor activate`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import nobody
from mentorlog.flows import mentoring
from mentorlog.output.messages import mentor as words


def run(ctx: typer.Context, mentor: opt.MentorArg, on: opt.OnDate = None, message: opt.Message = None) -> None:
    """Begin or take up a mentorship.

    Example: mentorlog mentor activate curie -m "Agreed over coffee"
    """
    app: App = ctx.obj
    found, day, reason = app.lookup.mentor(mentor, nobody(mentor)), app.lookup.day_before(on), app.texts.prose(message)
    view, moved = mentoring.change(app, "activate", found, lambda m: m.activated(on=day, reason=reason))
    app.out.say(words.moved(view, "is active", moved), view)
