"""`mentorlog note tell`."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import title


def run(ctx: opt.Context, note: opt.Note, mentor: opt.Mentor, on: opt.On) -> None:
    """Record that you told a mentor about a note.

    For example, how their advice worked, or what you changed.

    Example: mentorlog note tell n4k2q osler
    """
    from mentorlog.models.note import Note

    app = ctx.obj
    name = f"note tell: {title(note)}"
    view, changed = app.journal.update(Note, note["id"], name, lambda now: now.known_to(mentor["id"], on=on))
    app.out.say(messages.told(view, mentor, changed), view)
