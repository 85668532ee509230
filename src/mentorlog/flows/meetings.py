"""Code shared by the commands on meetings: preparation, the tasks from action items, meetings planned too late."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain.query import Query
from mentorlog.errors import BadDate, MentorlogError
from mentorlog.models.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from mentorlog.domain.follow_up import Settled
    from mentorlog.domain.preparing import PrepSheet
    from mentorlog.models.view_types import MeetingView, MentorView, TaskView

_REVIEWS = 5  # the newest, of which not all judge the mentor


def meeting_ahead(app: App, text: str) -> View:
    """Return the date and time of a future meeting, as its fields."""
    from mentorlog.domain import meetings

    try:
        return meetings.planned_time(text, app.today, app.first_weekday)
    except BadDate:
        day = app.reading.named_day(text, app.today)
        if day is None or day < app.today:
            raise
        return {"on": day, "at": None}


def prepare(app: App, mentor: MentorView) -> PrepSheet:
    """Return what there is to prepare for a meeting with a mentor."""
    from mentorlog.domain import computed, overview, preparing
    from mentorlog.flows.phase import phase_of

    find, who = app.reading.find, (mentor["id"],)
    more: dict[str, Any] = {}
    if mentor["my_role"] in vocabulary.MENTORING:
        theirs = find(Query("goal", whose=who, statuses=vocabulary.OPEN_GOALS))
        more["their_goals"] = computed.goals(theirs, app.reading, app.today, app.rules)
        more["their_notes"] = find(Query("note", mentors=who, kinds=("question", "decision")))
    introductions = overview.introductions(app.reading, app.today, app.rules.waiting_days)
    meetings, goals = find(Query("meeting", mentors=who)), find(Query("goal", mentors=who))
    tasks = find(Query("task", statuses=vocabulary.OPEN_TASKS, concerning=who))
    if last := preparing.last_held(meetings):
        tasks += find(Query("task", statuses=("done",), concerning=who, done_since=last["on"]))
    active = [goal for goal in goals if goal["status"] in vocabulary.OPEN_GOALS]
    records = preparing.Records(
        meetings=meetings,
        goals=goals,
        tasks=computed.tasks(tasks, app.reading, app.today),
        notes=find(Query("note", kinds=vocabulary.PREPARED_NOTES, statuses=("open",))),
        introductions=[note for note in introductions if mentor["id"] in note["mentors"]],
        phase=phase_of(
            app, mentor, active, last and last["on"], find(Query("review", about=mentor["id"], limit=_REVIEWS))
        ),
        **more,
    )
    return preparing.gather(mentor, records, app.today)


def held_meeting(app: App, meeting: View | None, so: str = "it has no recap") -> View:
    """Return the meeting, or the last one held; MentorlogError if it was not held, with what follows from that."""
    if meeting is None:
        held = app.reading.find(Query("meeting", statuses=("held",), limit=1))
        if not held:
            raise MentorlogError("No meeting was held yet.", "log one; see: mentorlog meeting log --help")
        meeting = held[0]
    if meeting["status"] != "held":
        from mentorlog.models.meeting import not_held

        raise not_held(meeting["id"], meeting["status"], meeting["mentors"], so)
    return meeting


def refuse_twice(app: App, mentors: Sequence[str], on: date, at: str | None, hint: str, but: str = "") -> None:
    """Raise MentorlogError if another meeting with the same mentors is planned for the same time."""
    from mentorlog.domain import meetings
    from mentorlog.output.messages import meeting as messages

    that_day = Query("meeting", mentors=tuple(mentors), statuses=("planned",), since=on, until=on)
    others = [one for one in app.reading.find(that_day) if one["id"] != but]
    if same := meetings.same_plan(others, mentors, on, at):
        sentence = messages.already_planned(same, app.reading.titles(same["mentors"]))
        raise MentorlogError(sentence, hint.format(id=same["id"]))


def report(app: App, lines: Sequence[str], meeting: View, complaints: Sequence[str]) -> None:
    """Print the result and its `new_tasks`; on stderr, what there is to say about its notes."""
    planned = meeting if meeting["status"] == "planned" else meeting.get("next_meeting")
    app.out.say([*lines, *after_longest_gap(app, planned), *added_tasks(app, meeting["new_tasks"])], meeting)
    app.out.note(*complaints)
    if app.gives_hints and meeting["status"] == "planned":
        from mentorlog.flows import next_step

        app.out.note(*next_step.after(app, meeting))


def after_longest_gap(app: App, meeting: View | None) -> list[str]:
    """Return a line for each mentor of a planned meeting with whom contact stays due, as the meeting is too late."""
    from mentorlog.domain import computed
    from mentorlog.output.messages import meeting as messages

    if not meeting or not meeting["mentors"]:
        return []
    mentors = app.reading.find(Query("mentor", ids=tuple(meeting["mentors"])))
    full = computed.mentors(mentors, app.reading, app.today)
    return [messages.after_longest_gap(one, app.today) for one in full if one["due_on"] and one["next_planned"]]


def added_tasks(app: App, tasks: Sequence[TaskView]) -> list[str]:
    """Return a line for each task from an action item."""
    from mentorlog.domain import mentees
    from mentorlog.output.messages import meeting as messages

    ids = [id for task in tasks for id in (task["owner"], task["goal"]) if id]
    owners = tuple({task["owner"] for task in tasks} - {vocabulary.ME})
    people = app.reading.find(Query("mentor", ids=owners)) if owners else []
    return messages.added(tasks, app.reading.titles(ids), mentees.only_mentored(people))


def settled_lines(
    app: App, settled: Sequence[Settled], meeting: MeetingView, discussed: Sequence[int] = ()
) -> list[str]:
    """Return a line for each record that was settled at a meeting, and for each point of the agenda."""
    if not (settled or discussed):
        return []
    from mentorlog.output.messages import follow_up as messages

    names = app.reading.titles([id for one in settled for id in one.mentors])
    lines = [messages.settled(one, meeting["on"], names) for one in settled]
    return lines + messages.discussed(discussed, meeting)
