"""`mentorlog note close`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.note.options import changed
from mentorlog.output.messages import note as messages


def run(
    ctx: typer.Context,
    note: opt.NoteArg,
    message: opt.Message = None,
    on: opt.OnDate = None,
    edit: opt.Edit = False,
) -> None:
    """Close a question, advice, feedback or a change, with what came of it.

    The outcome is the answer; what you tried and how it went; what you changed.

    Example: mentorlog note close n4k2q -m "Tried it on ward rounds; it works"
    """
    app: App = ctx.obj
    found, day = app.lookup.note(note), app.lookup.day_before(on)
    outcome = app.texts.prose(message, edit, name="outcome")
    view, moved = changed(app, found, "close", lambda n: n.closed(on=day, outcome=outcome))
    app.out.say(messages.closed(view, moved, again=found["status"] == "closed"), view)
