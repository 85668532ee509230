"""`mentorlog note tell`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.note.options import changed
from mentorlog.output.messages import note as messages


def run(ctx: typer.Context, note: opt.NoteArg, mentor: opt.MentorArg, on: opt.OnDate = None) -> None:
    """Record that a mentor has been told of a note: how their advice went, what was changed.

    Example: mentorlog note tell n4k2q osler
    """
    app: App = ctx.obj
    found, who, day = app.lookup.note(note), app.lookup.mentor(mentor), app.lookup.day_before(on)
    view, moved = changed(app, found, "tell", lambda n: n.known_to(who["id"], on=day))
    app.out.say(messages.told(view, who, moved), view)
