"""`mentorlog meeting cancel`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.meeting.options import differ, title_of
from mentorlog.errors import Usage
from mentorlog.models.views import View
from mentorlog.output.phrases import when

ByThem = Annotated[bool, opt.option("--by-them", help="They called it off, not I")]
Missed = Annotated[bool, opt.option("--missed", help="It was not called off: somebody did not come")]


def run(
    ctx: typer.Context,
    meeting: opt.MeetingArg,
    by_them: ByThem = False,
    missed: Missed = False,
    message: opt.Message = None,
) -> None:
    """Cancel a planned meeting, or note that somebody did not come.

    It stays in the journal; a reason is kept in its notes.

    Example: mentorlog meeting cancel m4k2p --by-them -m "Called to theatre"
    """
    from mentorlog.models.meeting import Meeting

    app: App = ctx.obj
    found = app.lookup.meeting(meeting)
    by = _by(by_them, missed, found)
    reason, title = app.texts.prose(message), f"{title_of(app, found)} on {when(found)}"
    change = lambda m: m.missed(reason) if missed else m.cancelled(by, reason)  # noqa: E731
    view = app.journal.update(Meeting, found["id"], name=f"meeting cancel: {title}", change=change)
    said = (
        f"Noted {title} as missed." if missed else f"Cancelled {title}{', called off by them' if by == 'them' else ''}."
    )
    app.out.say(said if differ(found, view) else f"Nothing to do: {title} is {view['status']} already.", view)


def _by(by_them: bool, missed: bool, found: View) -> str:
    """Return who called it off: as said, else as it is known already, else I."""
    if by_them and missed:
        raise Usage("--by-them and --missed do not go together.", "a meeting is called off, or somebody did not come")
    return "them" if by_them else found["cancelled_by"] or vocabulary.ME
