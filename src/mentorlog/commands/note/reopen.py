"""`mentorlog note reopen`."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import title


def run(ctx: opt.Context, note: opt.Note) -> None:
    """Reopen a closed note.

    The outcome is kept, and closing the note again adds to it; the result of advice is not.

    Example: mentorlog note reopen n4k2q
    """
    from mentorlog.models.note import Note

    app = ctx.obj
    name = f"note reopen: {title(note)}"
    view, changed = app.journal.update(Note, note["id"], name, lambda now: now.moved_to("open", on=app.today))
    app.out.say(messages.reopened(view, changed), view)
