"""`mentorlog meeting move`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.meeting.options import differ, title_of
from mentorlog.models.views import MOVED
from mentorlog.output.phrases import when


def run(ctx: typer.Context, meeting: opt.MeetingArg, date: opt.DateArg, message: opt.Message = None) -> None:
    """Move a planned meeting to another day.

    The hour stays where none is given; a reason is kept in the notes.

    Example: mentorlog meeting move m4k2p "mon 9:30" -m "He is on call"
    """
    from mentorlog.domain import meetings
    from mentorlog.models.meeting import Meeting

    app: App = ctx.obj
    found, to = app.lookup.meeting(meeting), meetings.ahead(date, app.today)
    reason = app.texts.prose(message)
    why = f"{MOVED}{when(found)}: {reason}" if reason else None
    title = title_of(app, found)
    change = lambda m: m.moved(to["on"], to["at"], why)  # noqa: E731
    view = app.journal.update(Meeting, found["id"], name=f"meeting move: {title}", change=change)
    said = f"Moved {title} from {when(found)} to {when(view)}." if differ(found, view) else ""
    app.out.say(said or f"Nothing to move: {title} is on {when(view)} already.", view)
