"""`mentorlog note close`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import title

_FOLLOW_UP = {"outcome": "Did you follow it up, and how? (Enter to skip)"}


def run(
    ctx: opt.Context,
    note: opt.Note,
    *,
    message: str | None = opt.message("Outcome, or what you chose"),
    result: str | None = opt.choice(
        "--result",
        of=vocabulary.ADVICE_RESULTS,
        help=f"Of advice: {opt.either(*vocabulary.ADVICE_RESULTS)}",
        rare=False,
    ),
    on: opt.On,
    edit: opt.Edit = False,
) -> None:
    """Close an open note and record the outcome.

    The outcome is the answer to a question, how advice worked, what you did about feedback, or whether and how you
    followed up an introduction. A decision is closed with what you chose.

    Example: mentorlog note close n7k2p --result helped
    Example: mentorlog note close n4k2q -m "Tried it on ward rounds; it works"
    """
    from mentorlog.models.note import Note

    app = ctx.obj
    if note["kind"] == "introduction" and note["status"] == "open" and not edit:
        message = app.prompt.fill({"outcome": message}, _FOLLOW_UP)["outcome"]
    outcome = app.texts.prose(message, edit, name=f"{note['id']}-outcome")
    name = f"note close: {title(note)}"
    view, changed = app.journal.update(
        Note, note["id"], name, lambda now: now.closed(on=on, outcome=outcome, result=result)
    )
    app.out.say(messages.closed(view, changed, again=note["status"] == "closed"), view)
