"""What the journal knows since the last review: counts to freeze, and the evidence of each goal. Pure, from views."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.domain.reviewing.due import ALL, QUICK, last_review
from mentorlog.models.review import Facts, GoalFact, Period
from mentorlog.models.views import View, heading, latest, percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MeetingView, MentorView, NoteView, ProgressView, TaskView


class GoalState(NamedTuple):
    """A goal with its evidence: the last held meeting that named it, its tasks, and its progress and notes of late."""

    goal: GoalView
    last_evidence: str | None
    drifts: bool
    met: MeetingView | None
    tasks: Sequence[TaskView]
    progress: Sequence[ProgressView]
    notes: Sequence[NoteView]


class MentorState(NamedTuple):
    """A mentorship of late: the meetings held, what is open between us, and my last answer on its fit."""

    mentor: MentorView
    held: Sequence[MeetingView]
    last_held: str | None
    mine: Sequence[TaskView]
    theirs: Sequence[TaskView]
    fit: dict[str, Any] | None


class ReviewFacts:
    """All that is shown before and during a review, since the last one.

    What a card shows is looked for when it is asked for: a review from a file of answers needs the period and the
    facts alone.
    """

    def __init__(self, records: Iterable[View], *, on: date, scope: str = ALL, quick: bool = False) -> None:
        """Look back from a day on everything, or on one goal or mentor.

        A quick look in between does not count, but to another quick one: the half-year looks back on all of its days.
        """
        self.on, self.scope = on, scope
        self._every = _Records(records, on.isoformat())
        seen, until = self._every.within(scope), on.isoformat()
        self._seen = {kind: [view for view in views if _was_there(view, until)] for kind, views in seen.items()}
        whole = [one for one in self._every["review"] if quick or one["kind"] != QUICK]
        self.period = _period(self._seen, last_review(whole, scope, on), on)
        self._days = _Days(self.period.start.isoformat(), on.isoformat())

    @cached_property
    def facts(self) -> Facts:
        """The counts to freeze."""
        goals = []
        for goal in self._goals:
            last, progress = self._every.evidence.get(goal["id"]), percent(goal, self._days.last)
            evidence = date.fromisoformat(last) if last else None
            goals.append(GoalFact(goal=goal["id"], last_evidence=evidence, progress=progress))
        return _counts(self._seen, self._days, goals)

    @cached_property
    def _goals(self) -> list[GoalView]:
        seen, shown = self._seen["goal"], vocabulary.OPEN_GOALS
        return [goal for goal in seen if goal["status"] in shown or goal["id"] == self.scope]

    @cached_property
    def goals(self) -> list[GoalState]:
        """The open goals, and the one that the review is about."""
        return [_goal_state(goal, self._every, self._days, self.on) for goal in self._goals]

    @property
    def drifting(self) -> list[GoalState]:
        """The active goals that drift."""
        return [state for state in self.goals if state.drifts]

    @cached_property
    def late(self) -> list[TaskView]:
        """The tasks that were late on the day of the review, mine and theirs."""
        until = self._days.last
        return [task for task in self._seen["task"] if task["due"] and task["due"] < until and _open_on(task, until)]

    @cached_property
    def mentors(self) -> list[MentorState]:
        """The active mentorships, and the one that the review is about."""
        seen = [one for one in self._seen["mentor"] if one["status"] == "active" or one["id"] == self.scope]
        return [_mentor_state(mentor, self._every, self._days) for mentor in seen]

    @cached_property
    def names(self) -> dict[str, str]:
        """The heading of every record."""
        return {view["id"]: heading(view) for kind in vocabulary.RECORD_KINDS for view in self._every[kind]}


def _was_there(view: View, until: str) -> bool:
    """Whether the journal knew of a record by that day, as far as it can tell: a review may be held for a day past."""
    days = [str(view["created"])[:10], view.get(_BEGINNINGS.get(view["record"], "on"))]
    return bool(min(day for day in days if day) <= until)


_BEGINNINGS = {"mentor": "started", "goal": "created", "task": "done_on"}
"""What may show that a record is older than its file; meetings, notes and reviews are of their own day."""


class _Days(NamedTuple):
    """The first and the last day of the period, as texts."""

    first: str
    last: str

    def hold(self, day: str | None) -> bool:
        """Whether a day lies within the period."""
        return day is not None and self.first <= day <= self.last


_ORDERS: dict[str, Callable[[View], Any]] = {
    "goal": lambda goal: (goal["status"] != "active", goal["by"] or "9999", goal["id"]),
    "task": lambda task: (task["due"] or "9999", task["id"]),
    "mentor": lambda mentor: mentor["id"],
    "meeting": lambda meeting: (meeting["on"], meeting["id"]),
    "note": lambda note: (note["on"], note["id"]),
}


class _Records(dict[str, list[Any]]):
    """The records by kind, with the last evidence of each goal up to a day."""

    def __init__(self, records: Iterable[View], until: str) -> None:
        super().__init__((kind, []) for kind in vocabulary.RECORD_KINDS)
        self.evidence: dict[str, str] = {}
        for view in records:
            if view["record"] in self:
                self[view["record"]].append(view)
            for goal, day in loop.evidence(view):
                if day <= until:
                    self.evidence[goal] = max(day, self.evidence.get(goal, ""))
        for kind, order in _ORDERS.items():
            self[kind].sort(key=order)

    @cached_property
    def by_goal(self) -> Mapping[tuple[str, str | None], list[Any]]:
        """What names a goal, by kind and goal: tasks, notes, held meetings."""
        grouped = defaultdict[tuple[str, str | None], list[Any]](list)
        for view in (*self["task"], *self["note"]):
            grouped[view["record"], view["goal"]].append(view)
        for meeting in self["meeting"]:
            for goal in {item["goal"] for item in meeting["agenda"]} if meeting["status"] == "held" else ():
                grouped["meeting", goal].append(meeting)
        return grouped

    def within(self, scope: str) -> dict[str, list[View]]:
        """Return what belongs to a goal or a mentor, or everything."""
        if scope == ALL:
            return self
        return {kind: [view for view in views if _belongs(view, scope)] for kind, views in self.items()}


def _belongs(view: View, scope: str) -> bool:
    match view["record"]:
        case "goal":
            return scope == view["id"] or any(share["mentor"] == scope for share in view["mentors"])
        case "task":
            return scope in (view["goal"], view["owner"], view["assigned_by"], view["helps"])
        case "meeting":
            return scope in view["mentors"] or any(item["goal"] == scope for item in view["agenda"])
        case "note":
            return scope == view["goal"] or scope in view["mentors"]
        case "mentor":
            return bool(scope == view["id"])
    return True  # a review looks back on earlier ones, whatever they are of


def _period(seen: dict[str, list[View]], last: View | None, on: date) -> Period:
    """Return the days since the last review, so that every day is looked back on once."""
    if last:
        start = date.fromisoformat(last["on"]) + timedelta(days=1)
    else:  # from the day on which the journal begins: the first that was written or that is told of
        days = [view["created"][:10] for kind, views in seen.items() if kind != "review" for view in views]
        days += [meeting["on"] for meeting in seen["meeting"] if meeting["status"] == "held"]
        start = date.fromisoformat(min([*days, *(note["on"] for note in seen["note"])], default=on.isoformat()))
    return Period(start=min(start, on), end=on)


def _open_on(task: TaskView, day: str) -> bool:
    """Whether a task was open on that day, as far as the journal knows."""
    return task["status"] in vocabulary.OPEN_TASKS or (task["status"] == "done" and (task["done_on"] or "") > day)


def _done(task: TaskView, days: _Days) -> bool:
    return task["status"] == "done" and days.hold(task["done_on"])


def _counts(seen: dict[str, list[View]], days: _Days, goals: Sequence[GoalFact]) -> Facts:
    meetings = [meeting for meeting in seen["meeting"] if days.hold(meeting["on"])]
    met = Counter(meeting["status"] for meeting in meetings)
    off = Counter(meeting["cancelled_by"] for meeting in meetings if meeting["status"] == "cancelled")
    mine = [task for task in seen["task"] if task["owner"] == vocabulary.ME]
    theirs = [task for task in seen["task"] if task["owner"] != vocabulary.ME]
    opened = [task for task in mine if _open_on(task, days.last)]
    return Facts(
        meetings_held=met["held"],
        meetings_cancelled_by_me=off[vocabulary.ME],
        meetings_cancelled_by_them=off["them"],
        meetings_missed=met["missed"],
        tasks_done=sum(_done(task, days) for task in mine),
        tasks_late=sum(bool(task["due"]) and task["due"] < days.last for task in opened),
        tasks_open=len(opened),
        promises_kept=sum(_done(task, days) for task in theirs),
        promises_open=sum(_open_on(task, days.last) for task in theirs),
        goals=goals,
    )


def _goal_state(goal: GoalView, every: _Records, days: _Days, on: date) -> GoalState:
    id, of_goal = goal["id"], every.by_goal
    last = every.evidence.get(id)
    return GoalState(
        goal=goal,
        last_evidence=last,
        drifts=loop.drifting(goal, last, on),
        met=next((meeting for meeting in of_goal["meeting", id][::-1] if meeting["on"] <= days.last), None),
        tasks=[task for task in of_goal["task", id] if _open_on(task, days.last) or _done(task, days)],
        progress=[entry for entry in goal["progress"] if days.hold(entry["on"])],
        notes=[note for note in of_goal["note", id] if days.hold(note["on"])],
    )


def _mentor_state(mentor: MentorView, every: _Records, days: _Days) -> MentorState:
    id = mentor["id"]
    held = [m for m in every["meeting"] if m["status"] == "held" and id in m["mentors"] and m["on"] <= days.last]
    opened = [task for task in every["task"] if _open_on(task, days.last)]
    return MentorState(
        mentor=mentor,
        held=[meeting for meeting in held if days.hold(meeting["on"])],
        last_held=max((meeting["on"] for meeting in held), default=None),
        mine=[task for task in opened if task["owner"] == vocabulary.ME and id in (task["assigned_by"], task["helps"])],
        theirs=[task for task in opened if task["owner"] == id],
        fit=latest(mentor["fit"], days.last),
    )
