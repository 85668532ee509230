"""What texts to a mentor say: what we did together, and what there is to talk about. Pure.

All of it comes from a selection for that mentor, so nothing is in it that they may not see.
"""

from __future__ import annotations

import re

from mentorlog import names, vocabulary
from mentorlog.domain import cv
from mentorlog.domain.query import About
from mentorlog.domain.recap import shared
from mentorlog.fold import folded, words
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from mentorlog.domain.audience import Selection
    from mentorlog.domain.cv import Entry
    from mentorlog.models.view_types import GoalView, MeetingView, NoteView, TaskView
    from mentorlog.models.views import View

_UNTOLD_GOALS = ("paused", "dropped")
_OF_ENTRY = ("title", "role", "venue", "place", "citation")


class OtherNames:
    """The names of all mentors but one, to find texts that name them: surnames as written, full names in any form."""

    def __init__(self, views: Iterable[View], mentor: str) -> None:
        people = {view["id"]: names.bare(view["name"]) for view in views if view["record"] == "mentor"}
        own = {folded(word) for word in people.get(mentor, ())}
        others = [name for id, name in people.items() if id != mentor and name]
        last = sorted({re.escape(name[-1]) for name in others if folded(name[-1]) not in own})
        self._surnames = re.compile(rf"(?<!\w)(?:{'|'.join(last)})(?!\w)") if last else None
        self._full = [f" {' '.join(words(' '.join(name)))} " for name in others if len(name) > 1]

    def are_in(self, text: str | None) -> bool:
        """Return whether a text names one of them."""
        if not text:
            return False
        plain = f" {' '.join(words(text))} "
        return bool(self._surnames and self._surnames.search(text)) or any(name in plain for name in self._full)


class Work(Value):
    """What a mentor and the resident did together: since when, goals, tasks of the resident, entries of the CV."""

    since: str | None
    meetings: int
    goals: Sequence[GoalView]
    tasks: Sequence[TaskView]
    entries: Sequence[Entry]

    left_out: Sequence[str] = ()
    """The ids of goals and tasks whose words name another mentor."""

    @property
    def texts(self) -> Iterator[tuple[str, str, str]]:
        """The texts of records in it, each with the id of its record and the field."""
        yield from ((goal["id"], "title", goal["title"]) for goal in self.goals)
        for task in self.tasks:
            yield from ((task["id"], field, text) for field, text in _words(task))
        for entry in self.entries:
            yield from ((entry.key, f"cv.{field}", text) for field, text in _of_entry(entry))


def _words(task: TaskView) -> list[tuple[str, str]]:
    return [("title", task["title"]), *([("outcome", task["outcome"])] if task["outcome"] else [])]


def _of_entry(entry: Entry) -> list[tuple[str, str]]:
    values: Mapping[str, Any] = entry.cv
    return [(field, values[field]) for field in _OF_ENTRY if values[field]]


def work(selection: Selection, others: OtherNames) -> Work:
    """Return what the mentor of a selection and the resident did together, the newest first."""
    who = selection.audience.mentor
    started = next((view["started"] for view in selection.of("mentor") if view["id"] == who), None)
    held = [one for one in selection.of("meeting") if one["status"] == "held" and who in one["mentors"]]
    first = min((one["on"] for one in held), default=None)
    goals = [goal for goal in selection.of("goal") if _is_shared(goal, who) and goal["status"] not in _UNTOLD_GOALS]
    goals.sort(key=lambda goal: (goal["closed_on"] or "9999", goal["created"], goal["id"]), reverse=True)
    tasks = [task for task in selection.of("task") if task["owner"] == vocabulary.ME and task["status"] == "done"]
    tasks.sort(key=lambda task: (task["done_on"] or "", task["id"]), reverse=True)
    wins = [note for note in selection.of("note") if note["kind"] == "win" and who in note["mentors"]]
    found = cv.entries(selection.profile, wins, {}, About(mentors=(who,)))
    entries = [entry for some in found.sections.values() for entry in some]
    named = [goal["id"] for goal in goals if others.are_in(goal["title"])]
    named += [task["id"] for task in tasks if any(others.are_in(text) for _, text in _words(task))]
    named += [entry.key for entry in entries if any(others.are_in(text) for _, text in _of_entry(entry))]
    return Work(
        started or first,
        len(held),
        [goal for goal in goals if goal["id"] not in named],
        [task for task in tasks if task["id"] not in named],
        [entry for entry in entries if entry.key not in named],
        named,
    )


def _is_shared(goal: GoalView, mentor: str) -> bool:
    return any(share["mentor"] == mentor for share in goal["mentors"])


class Agenda(Value):
    """What there is to talk about at the next meeting, as far as all its mentors may see it."""

    mentors: Sequence[str]
    meeting: MeetingView | None
    points: Sequence[str]
    questions: Sequence[NoteView]
    done: Sequence[TaskView]
    """Tasks of the resident that were done since the last meeting."""
    mine: Sequence[TaskView]
    unseen: Sequence[NoteView]
    """Open questions to one of them that another may not see, or none of them."""

    @property
    def texts(self) -> Iterator[tuple[str, str, str]]:
        """The texts of records in it, each with the id of its record and the field."""
        if self.meeting:
            yield from ((self.meeting["id"], "agenda", point) for point in self.points)
        yield from ((note["id"], "text", note["text"]) for note in self.questions)
        yield from ((task["id"], "title", task["title"]) for task in (*self.done, *self.mine))


def next_meeting(mentor: str, views: Sequence[View], today: date) -> MeetingView | None:
    """Return the next planned meeting with a mentor."""
    planned = (one for one in views if one["record"] == "meeting" and one["status"] == "planned")
    ahead = (one for one in planned if mentor in one["mentors"] and one["on"] >= today.isoformat())
    return min(ahead, key=lambda one: (one["on"], one["at"] or "", one["id"]), default=None)


def agenda(readers: Sequence[str], meeting: str, selections: Sequence[Selection], every: Sequence[View]) -> Agenda:
    """Return the agenda of a meeting (an id, or "") for its readers, of what the selection of each of them has."""
    seen = shared([selection.views for selection in selections])
    plan = seen.get(meeting)
    held = [one["on"] for one in seen.values() if one["record"] == "meeting" and one["status"] == "held"]
    since = max((day for day in held), default="9999")
    tasks = [one for one in seen.values() if one["record"] == "task" and one["owner"] == vocabulary.ME]
    tasks.sort(key=lambda task: (task["due"] or "9999", task["id"]))
    asked = [one for one in every if _is_question(one, readers)]
    return Agenda(
        readers,
        plan,
        [" ".join(point["text"].split()) for point in plan["agenda"] if not point["done"]] if plan else [],
        [seen[one["id"]] for one in asked if one["id"] in seen],
        [task for task in tasks if task["status"] == "done" and (task["done_on"] or "") >= since],
        [task for task in tasks if task["status"] in vocabulary.OPEN_TASKS],
        [one for one in asked if one["id"] not in seen],
    )


def _is_question(view: View, readers: Sequence[str]) -> bool:
    is_open = view["record"] == "note" and view["kind"] == "question" and view["status"] == "open"
    return is_open and bool({*view["mentors"]} & {*readers})
