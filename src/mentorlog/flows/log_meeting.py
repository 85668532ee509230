"""Save a meeting that took place, with what it settled, as one operation."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.app import App
from mentorlog.domain import meetings
from mentorlog.domain.query import Query
from mentorlog.flows.meetings import report, settled_lines
from mentorlog.models.views import called, joined
from mentorlog.output.messages import meeting as messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.meetings import MeetingLog
    from mentorlog.models.view_types import MeetingView, MentorView


def save(app: App, people: Sequence[MentorView], log: MeetingLog) -> MeetingView:
    """Save a meeting and what it settled as one operation, print it and return the meeting."""
    waiting = Query("meeting", mentors=log.mentors, statuses=("planned",))
    logged = app.journal.change(
        f"meeting log: {joined([called(one) for one in people])}",
        lambda writer: meetings.log(writer, writer.find(waiting), log, resolve=app.reading.resolve, now=app.now),
    )
    meeting = logged.meeting
    names = app.reading.titles(meeting["mentors"])
    lines = messages.logged(meeting, logged.plan, logged.next, names, log.goals, app.today, logged.next_was_planned)
    lines += settled_lines(app, logged.settled, meeting, log.settled.discussed if log.settled else ())
    data = {**meeting, "new_tasks": list(logged.tasks), "next_meeting": logged.next}
    report(app, lines, {**data, "updated": [one.view for one in logged.settled]}, logged.complaints)
    return meeting
