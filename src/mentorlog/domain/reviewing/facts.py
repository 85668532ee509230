"""What the journal knows since the last review: counts to freeze, and the evidence of each goal. Pure, from views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from mentorlog.domain import loop
from mentorlog.domain.reviewing.due import ALL, last_review
from mentorlog.models.review import Facts, GoalFact, Period
from mentorlog.models.views import OPEN_GOALS, OPEN_TASKS, View, heading, latest, percent

KINDS = ("mentor", "goal", "task", "meeting", "note", "review")
"""The kinds of records that a review looks at."""


class GoalState(NamedTuple):
    """A goal with its evidence: the last held meeting that named it, its tasks, and its progress and notes of late."""

    goal: View
    last_evidence: str | None
    drifts: bool
    met: View | None
    tasks: Sequence[View]
    progress: Sequence[dict[str, Any]]
    notes: Sequence[View]


class MentorState(NamedTuple):
    """A mentorship of late: the meetings held, what is open between us, and my last answer on its fit."""

    mentor: View
    held: Sequence[View]
    last_held: str | None
    mine: Sequence[View]
    theirs: Sequence[View]
    fit: dict[str, Any] | None


class Picture(NamedTuple):
    """All that is shown before and during a review."""

    on: date
    scope: str
    period: Period
    facts: Facts
    goals: Sequence[GoalState]
    late: Sequence[View]
    mentors: Sequence[MentorState]
    last: View | None
    names: dict[str, str]

    @property
    def drifting(self) -> list[GoalState]:
        """The active goals that drift."""
        return [state for state in self.goals if state.drifts]


def facts(records: Iterable[View], *, on: date, scope: str = ALL) -> Picture:
    """Return what is known of the days since the last review up to a day, of everything or of one goal or mentor."""
    every = _Records(records, on.isoformat())
    seen = every.within(scope)
    period = _period(every, seen, on, scope)
    goals = [goal for goal in seen["goal"] if goal["status"] in OPEN_GOALS or goal["id"] == scope]
    states = [_goal_state(goal, every, period, on) for goal in goals]
    late = [task for task in seen["task"] if _open_on(task, on) and task["due"] and task["due"] < on.isoformat()]
    mentors = [mentor for mentor in seen["mentor"] if mentor["status"] == "active" or mentor["id"] == scope]
    return Picture(
        on=on,
        scope=scope,
        period=period,
        facts=_counts(seen, period, on, states),
        goals=states,
        late=late,
        mentors=[_mentor_state(mentor, every, period, on) for mentor in mentors],
        last=last_review(every["review"], scope, on),
        names={view["id"]: heading(view) for kind in KINDS for view in every[kind]},
    )


def first_day(records: Iterable[View]) -> str | None:
    """Return the day on which the journal begins: the first that was written or that is told of."""
    return min((day for view in records for day in _days(view)), default=None)


def _days(view: View) -> list[str]:
    told = [view["on"]] if view["record"] in ("note", "review") else []
    held = [view["on"]] if view["record"] == "meeting" and view["status"] == "held" else []
    return [str(view["created"])[:10], *told, *held]


_ORDERS: dict[str, Callable[[View], Any]] = {
    "goal": lambda goal: (goal["status"] != "active", goal["by"] or "9999", goal["id"]),
    "task": lambda task: (task["due"] or "9999", task["id"]),
    "mentor": lambda mentor: mentor["id"],
    "meeting": lambda meeting: (meeting["on"], meeting["id"]),
    "note": lambda note: (note["on"], note["id"]),
}


class _Records:
    """The records up to a day by kind, with the last evidence of each goal."""

    def __init__(self, records: Iterable[View], until: str) -> None:
        self.of: dict[str, list[View]] = {kind: [] for kind in KINDS}
        self.evidence: dict[str, str] = {}
        for view in records:
            if view["record"] in self.of:
                self.of[view["record"]].append(view)
            for goal, day in loop.evidence(view):
                if day <= until:
                    self.evidence[goal] = max(day, self.evidence.get(goal, ""))
        for kind, order in _ORDERS.items():
            self.of[kind].sort(key=order)

    def __getitem__(self, kind: str) -> list[View]:
        return self.of[kind]

    def within(self, scope: str) -> dict[str, list[View]]:
        """Return what belongs to a goal or a mentor, or everything."""
        if scope == ALL:
            return self.of
        if any(goal["id"] == scope for goal in self["goal"]):
            return {
                "goal": [goal for goal in self["goal"] if goal["id"] == scope],
                "task": [task for task in self["task"] if task["goal"] == scope],
                "meeting": [m for m in self["meeting"] if _names(m, scope)],
                "note": [note for note in self["note"] if note["goal"] == scope],
                "mentor": [],
                "review": self["review"],
            }
        return {
            "goal": [goal for goal in self["goal"] if any(s["mentor"] == scope for s in goal["mentors"])],
            "task": [t for t in self["task"] if scope in (t["owner"], t["assigned_by"], t["helps"])],
            "meeting": [meeting for meeting in self["meeting"] if scope in meeting["mentors"]],
            "note": [note for note in self["note"] if scope in note["mentors"]],
            "mentor": [mentor for mentor in self["mentor"] if mentor["id"] == scope],
            "review": self["review"],
        }


def _names(meeting: View, goal: str) -> bool:
    return any(item["goal"] == goal for item in meeting["agenda"])


def _period(every: _Records, seen: dict[str, list[View]], on: date, scope: str) -> Period:
    """From the day after the last review: so every day is looked back on once."""
    last = last_review(every["review"], scope, on)
    if last:
        start = date.fromisoformat(last["on"]) + timedelta(days=1)
    else:
        known = [view for kind in KINDS for view in (seen[kind] if kind != "review" else ())]
        begun = first_day(known)
        start = date.fromisoformat(begun) if begun else on
    return Period(start=min(start, on), end=on)


def _during(day: str | None, period: Period) -> bool:
    return bool(day) and period.start.isoformat() <= str(day) <= period.end.isoformat()


def _open_on(task: View, on: date) -> bool:
    """Whether a task was open on that day, as far as the journal knows."""
    return task["status"] in OPEN_TASKS or (task["status"] == "done" and (task["done_on"] or "") > on.isoformat())


def _done(task: View, period: Period) -> bool:
    return task["status"] == "done" and _during(task["done_on"], period)


def _counts(seen: dict[str, list[View]], period: Period, on: date, goals: Sequence[GoalState]) -> Facts:
    meetings = [meeting for meeting in seen["meeting"] if _during(meeting["on"], period)]
    cancelled = [meeting["cancelled_by"] for meeting in meetings if meeting["status"] == "cancelled"]
    mine = [task for task in seen["task"] if task["owner"] == "me"]
    theirs = [task for task in seen["task"] if task["owner"] != "me"]
    opened = [task for task in mine if _open_on(task, on)]
    return Facts(
        meetings_held=sum(meeting["status"] == "held" for meeting in meetings),
        meetings_cancelled_by_me=cancelled.count("me"),
        meetings_cancelled_by_them=cancelled.count("them"),
        meetings_missed=sum(meeting["status"] == "missed" for meeting in meetings),
        tasks_done=sum(_done(task, period) for task in mine),
        tasks_late=sum(bool(task["due"]) and task["due"] < on.isoformat() for task in opened),
        tasks_open=len(opened),
        promises_kept=sum(_done(task, period) for task in theirs),
        promises_open=sum(_open_on(task, on) for task in theirs),
        goals=tuple(_goal_fact(state, on) for state in goals),
    )


def _goal_fact(state: GoalState, on: date) -> GoalFact:
    last = state.last_evidence
    return GoalFact(
        goal=state.goal["id"],
        last_evidence=date.fromisoformat(last) if last else None,
        progress=percent(state.goal, on.isoformat()),
    )


def _goal_state(goal: View, every: _Records, period: Period, on: date) -> GoalState:
    id, until = goal["id"], on.isoformat()
    last = every.evidence.get(id)
    met = [m for m in every["meeting"] if m["status"] == "held" and m["on"] <= until and _names(m, id)]
    return GoalState(
        goal=goal,
        last_evidence=last,
        drifts=loop.drifting(goal, last, on),
        met=max(met, key=lambda m: (m["on"], m["id"]), default=None),
        tasks=[t for t in every["task"] if t["goal"] == id and (_open_on(t, on) or _done(t, period))],
        progress=[p for p in goal["progress"] if _during(p["on"], period)],
        notes=[n for n in every["note"] if n["goal"] == id and _during(n["on"], period)],
    )


def _mentor_state(mentor: View, every: _Records, period: Period, on: date) -> MentorState:
    id = mentor["id"]
    held = [m for m in every["meeting"] if m["status"] == "held" and id in m["mentors"] and m["on"] <= on.isoformat()]
    opened = [task for task in every["task"] if _open_on(task, on)]
    return MentorState(
        mentor=mentor,
        held=[meeting for meeting in held if _during(meeting["on"], period)],
        last_held=max((meeting["on"] for meeting in held), default=None),
        mine=[task for task in opened if task["owner"] == "me" and id in (task["assigned_by"], task["helps"])],
        theirs=[task for task in opened if task["owner"] == id],
        fit=latest(mentor["fit"], on.isoformat()),
    )
