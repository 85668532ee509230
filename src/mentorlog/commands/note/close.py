"""`mentorlog note close`."""

from mentorlog.commands import options as opt
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import title


def run(
    ctx: opt.Context,
    note: opt.Note,
    *,
    message: str | None = opt.message("What came of it"),
    on: opt.On,
    edit: opt.Edit = False,
) -> None:
    """Close a question, advice, feedback or a change.

    The outcome is the answer, what you tried and how it went, or what you changed.

    Example: mentorlog note close n4k2q -m "Tried it on ward rounds; it works"
    """
    from mentorlog.models.note import Note

    app = ctx.obj
    outcome, name = app.texts.prose(message, edit, name="outcome"), f"note close: {title(note)}"
    view, changed = app.journal.update(Note, note["id"], name, lambda now: now.closed(on=on, outcome=outcome))
    app.out.say(messages.closed(view, changed, again=note["status"] == "closed"), view)
