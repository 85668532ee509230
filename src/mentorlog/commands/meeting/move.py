"""`mentorlog meeting move`."""

from mentorlog.commands import options as opt
from mentorlog.flows.meetings import after_longest_gap, meeting_ahead, refuse_twice
from mentorlog.models.views import MOVED
from mentorlog.output.messages import meeting as messages
from mentorlog.output.phrases import when


def run(
    ctx: opt.Context,
    meeting: opt.Meeting,
    date: opt.View = opt.argument("DATE", "New date, with or without a time (e.g. 3 feb, fri 14:00)", to=meeting_ahead),
    message: str | None = opt.message("Reason for the move"),
) -> None:
    """Move a planned meeting to another date.

    Without a time, the meeting keeps its time. A reason is saved in its notes.

    Example: mentorlog meeting move m4k2p "mon 9:30" -m "He is on call"
    """
    from mentorlog.models.meeting import Meeting

    app = ctx.obj
    at = date["at"] or meeting["at"]
    hint = "choose another time, or cancel that one: mentorlog meeting cancel {id}"
    refuse_twice(app, meeting["mentors"], date["on"], at, hint, but=meeting["id"])
    reason = app.texts.prose(message)
    note = f"{MOVED}{when(meeting)}: {reason}" if reason else None
    title = messages.title(meeting, app.reading.titles(meeting["mentors"]))
    view, changed = app.journal.update(
        Meeting, meeting["id"], f"meeting move: {title}", lambda now: now.moved(date["on"], date["at"], note)
    )
    app.out.say([messages.moved(title, meeting, view, changed), *after_longest_gap(app, view)], view)
