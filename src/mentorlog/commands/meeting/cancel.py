"""`mentorlog meeting cancel`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.output.messages import meeting as messages
from mentorlog.output.phrases import when


def run(
    ctx: opt.Context,
    meeting: opt.Meeting,
    by_them: bool = opt.flag("--by-them", help="They cancelled, not you"),
    missed: bool = opt.flag("--missed", help="Nobody cancelled, but someone did not come"),
    message: str | None = opt.message("Reason, or who did not come"),
) -> None:
    """Cancel a planned meeting, or record that it was missed.

    The meeting stays in the journal, with the reason in its notes.

    Example: mentorlog meeting cancel m4k2p --by-them -m "Called to theatre"
    """
    from mentorlog.models.meeting import Meeting

    if by_them and missed:
        raise Usage("--by-them and --missed cannot be used together.", "use only one of them")
    app = ctx.obj
    reason = app.texts.prose(message)
    by = "them" if by_them else meeting["cancelled_by"] or vocabulary.ME
    title = f"{messages.title(meeting, app.reading.titles(meeting['mentors']))} on {when(meeting)}"
    view, changed = app.journal.update(
        Meeting,
        meeting["id"],
        f"meeting cancel: {title}",
        lambda now: now.missed(reason, on=app.today) if missed else now.cancelled(by, reason, on=app.today),
    )
    app.out.say(messages.called_off(title, view, changed), view)
