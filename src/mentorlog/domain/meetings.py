"""Which planned meeting a logged one completes, and what logging changes. Pure."""

from __future__ import annotations

from datetime import date

from mentorlog import date_words, dates, names
from mentorlog.domain import actions
from mentorlog.errors import BadDate, BadValue, UnknownId
from mentorlog.models.meeting import Meeting
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from mentorlog.domain.follow_up import FollowUp, Settled
    from mentorlog.domain.ports import RecordWriter, Resolve
    from mentorlog.models.view_types import MeetingView, MentorView, TaskView


class MeetingLog(Value):
    """A meeting to log: its mentors, the day if given, the other fields, the next one in words, and what it settled."""

    mentors: tuple[str, ...]
    on: date | None
    known: Mapping[str, Any]
    goals: Mapping[str, str]
    defaults: Mapping[str, Any]
    another: bool = False
    next: str | None = None
    next_defaults: Mapping[str, Any] = {}
    settled: FollowUp | None = None
    first_weekday: int = 0


class Logged(Value):
    """The result of logging: the meeting, the plan it completed, new tasks, the next meeting, what was settled."""

    meeting: MeetingView
    plan: MeetingView | None
    tasks: tuple[TaskView, ...]
    complaints: tuple[str, ...]
    next: MeetingView | None
    settled: tuple[Settled, ...] = ()
    next_was_planned: bool = False


def split_arguments(
    args: Sequence[str], mentor: Callable[[str], MentorView], is_name: Callable[[str], bool]
) -> tuple[list[MentorView], str | None]:
    """Split `MENTOR… [NOTES]` into mentors and notes: `-`, or several words that are not names of mentors.

    Words that together are one mentor's name are that mentor.
    """
    last = args[-1]  # a single word is a mentor: a misspelt one must not become notes
    notes = len(args) > 1 and (last == "-" or (len(last.split()) != 1 and not _are_names(last, is_name)))
    if notes and not last.strip():
        raise BadValue("notes", "The notes are empty.", "omit them, or write a few words")
    views: dict[str, MentorView] = {}
    for place, text in enumerate(names.grouped(args[:-1] if notes else args, is_name)):
        try:
            view = mentor(text)
        except UnknownId as error:
            if place:
                error.hint = f"{error.hint}; for notes of one word use --notes"
            raise
        views[view["id"]] = view
    return list(views.values()), last if notes else None


def _are_names(text: str, is_name: Callable[[str], bool]) -> bool:
    items = names.split(text)
    return bool(items) and all(map(is_name, items))


def completed_by(
    planned: Sequence[MeetingView], mentors: Sequence[str], on: date | None, today: date
) -> MeetingView | None:
    """Return the planned meeting that a logged one completes: that of its day, else the nearest past one.

    A plan matches if all of its mentors were there, or if all who were there were expected.
    """
    day, there = on or today, set(mentors)

    def fits(plan: MeetingView) -> bool:
        expected = set(plan["mentors"])
        reached = plan["on"] == day.isoformat() or plan["on"] < today.isoformat()
        return reached and bool(expected & there) and (there <= expected or expected <= there)

    def rank(plan: MeetingView) -> tuple[int, bool, str, str]:
        distance = abs((date.fromisoformat(plan["on"]) - day).days)
        return distance, set(plan["mentors"]) != there, plan["at"] or "", plan["id"]

    return min(filter(fits, planned), key=rank, default=None)


def day_of(log: MeetingLog, plan: MeetingView | None, today: date) -> date:
    """Return the day of a meeting to log: the one given, that of the plan, or today."""
    return log.on or (date.fromisoformat(plan["on"]) if plan else today)


def log(
    transaction: RecordWriter, planned: Sequence[MeetingView], log: MeetingLog, *, resolve: Resolve, now: datetime
) -> Logged:
    """Save a held meeting, the tasks from its action items, and the next meeting."""
    today = now.date()
    plan = None if log.another else completed_by(planned, log.mentors, log.on, today)
    if plan:
        meeting = transaction.get(Meeting, plan["id"])
    else:
        id = transaction.new_id("meeting")
        meeting = Meeting(id=id, created=now, on=log.on or today, mentors=log.mentors, **log.defaults)
    known = {**log.known, "on": log.on or meeting.on, "mentors": log.mentors}
    held = meeting.held(known, on=today).about(log.goals, done=True)
    settled: tuple[Settled, ...] = ()
    if log.settled:
        from mentorlog.domain import follow_up  # most are logged without its options

        held, settled = follow_up.apply(transaction, held, log.settled)
    saved = actions.save(
        transaction, held, resolve=resolve, now=now, before=meeting.notes, first_weekday=log.first_weekday
    )
    logged = Logged(saved.view, plan, saved.tasks, saved.complaints, None, (*settled, *saved.settled))
    if log.next:
        values = {"mentors": held.mentors, "visibility": held.visibility, **log.next_defaults}
        values |= next_time(log.next, held.on, log.first_weekday)
        others = [one for one in planned if one is not plan]
        if following := same_plan(others, held.mentors, values["on"], values["at"]):
            return logged.but(next=following, next_was_planned=True)
        following = transaction.put(Meeting(id=transaction.new_id("meeting"), created=now, **values))
        return logged.but(next=following)
    return logged


def same_plan(planned: Sequence[MeetingView], mentors: Sequence[str], on: date, at: str | None) -> MeetingView | None:
    """Return the planned meeting with the same mentors, day and time; two without a time have the same."""
    wanted = (set(mentors), on.isoformat(), at)
    return next((one for one in planned if (set(one["mentors"]), one["on"], one["at"]) == wanted), None)


def log_defaults(mentors: Sequence[MentorView]) -> dict[str, Any]:
    """Return the default mode and kind of a meeting with these mentors."""
    agreed: Mapping[str, Any] = (mentors[0]["cadence"] or {}) if mentors else {}
    return {"mode": agreed.get("mode") or "in_person", "kind": "group" if len(mentors) > 1 else "regular"}


def plan_defaults(mentors: Sequence[MentorView]) -> dict[str, Any]:
    """Return the defaults of a planned meeting with these mentors."""
    cadence: Mapping[str, Any] = (mentors[0]["cadence"] or {}) if mentors else {}
    return {**log_defaults(mentors), "minutes": cadence.get("minutes")}


def planned_time(text: str, today: date, first_weekday: int = 0) -> dict[str, Any]:
    """Return the day and time of a planned meeting (`fri 14:00`); BadDate if the day is past."""
    on, at = date_words.when(text, today, first_weekday)
    if on < today:
        raise BadDate(f"{dates.say(on)} is in the past.", "for a past meeting, see: mentorlog meeting log --help")
    return {"on": on, "at": at}


def next_time(text: str, on: date, first_weekday: int = 0) -> dict[str, Any]:
    """Return the day and time of the meeting after one that was held on a day, from which its words count.

    It may have passed, if the meeting is logged late; BadDate if it is not after the meeting.
    """
    day, at = date_words.when(text, on, first_weekday)
    if day <= on:
        raise BadDate(f"{dates.say(day)} is not after the meeting of {dates.say(on)}.", "use a later date")
    return {"on": day, "at": at}


_COMMENT = "<!-- This comment is not saved."


def template(prepared: str, plan: MeetingView | None) -> str:
    """Return the Markdown that the editor opens with: an empty line to write in, the planned agenda, a comment."""
    agenda = [f"- {item['text']}" for item in plan["agenda"]] if plan else []
    return "\n".join(["", "", *(["## Agenda", "", *agenda, ""] if agenda else []), _comment(prepared), ""])


def without_comment(text: str | None) -> str | None:
    """Return the text from the editor without the comment of the template; None if nothing is left."""
    before, comment, rest = (text or "").partition(_COMMENT)
    _, end, after = rest.partition("-->")
    if not (comment and end):
        return text if (text or "").strip() else None
    return "\n\n".join(part.strip("\n") for part in (before, after) if part.strip()) or None


def _comment(prepared: str) -> str:
    safe = prepared.replace("--", "- -")
    actions = "An item like this becomes a task:  - [ ] @me Draft abstract due:fri goal:g7k3q  (or @them, @osler)"
    settled = "A line like these records what came of it:  n4m2x: the answer  or, if told or done,  x t4m2x"
    return f"{_COMMENT}\n\n{safe}\n\n{actions}\n{settled}\n-->"
