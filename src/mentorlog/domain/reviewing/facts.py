"""The facts since the last review: counts that are stored with it, evidence of goals. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.domain.mentees import only_mentored
from mentorlog.domain.reviewing.due import ALL
from mentorlog.domain.reviewing.period import AsOf, ReviewRequest, entered_late, existed, happened_on, period_of
from mentorlog.models.counts import amount, percent, target
from mentorlog.models.review import Facts, GoalFact
from mentorlog.models.views import View, called, heading, latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import (
        BlockView,
        FitView,
        GoalView,
        MeetingView,
        MentorView,
        NoteView,
        ProgressView,
        TaskView,
    )


class GoalState(NamedTuple):
    """A goal with its evidence: the last meeting about it, and recent tasks, progress and notes."""

    goal: GoalView
    last_evidence: str | None
    drifts: bool
    last_meeting: MeetingView | None
    tasks: Sequence[TaskView]
    progress: Sequence[ProgressView]
    notes: Sequence[NoteView]


class MentorState(NamedTuple):
    """The recent facts of a mentorship: held meetings, open tasks on both sides, drafts with them, the last fit."""

    mentor: MentorView
    held: Sequence[MeetingView]
    last_held: str | None
    mine: Sequence[TaskView]
    theirs: Sequence[TaskView]
    drafts: Sequence[TaskView]
    fit: FitView | None


class ReviewFacts:
    """Everything that a review shows of its period; each part is computed on demand."""

    def __init__(
        self,
        records: Iterable[View],
        request: ReviewRequest,
        as_of: AsOf = lambda at: {},
        blocks: Sequence[BlockView] = (),
        rules: loop.Rules = loop.RULES,
    ) -> None:
        """Look back from the day of the review; `as_of` returns earlier versions of records."""
        self.request, self._as_of, self._blocks, self.rules = request, as_of, blocks, rules
        self.on, self.scope, self._until = request.on, request.scope, request.on.isoformat()
        self._every: dict[str, list[Any]] = {kind: [] for kind in vocabulary.RECORD_KINDS}
        self._evidence: dict[str, str] = {}
        for view in records:
            if view["record"] in self._every:
                self._every[view["record"]].append(view)
            for goal, day in loop.evidence(view):
                if day <= self._until:
                    self._evidence[goal] = max(day, self._evidence.get(goal, ""))
        for kind, order in _ORDERS.items():
            self._every[kind].sort(key=order)
        self._seen = {kind: list(filter(self._is_seen, views)) for kind, views in self._every.items()}
        self.period = period_of(self._seen["review"], request, self._first_day(), blocks)
        self._since = self.period.start.isoformat()

    @cached_property
    def facts(self) -> Facts:
        """The counts that are stored with the review."""
        meetings = [meeting for meeting in self._seen["meeting"] if self._in_period(meeting["on"])]
        met = Counter(meeting["status"] for meeting in meetings)
        off = Counter(meeting["cancelled_by"] for meeting in meetings if meeting["status"] == "cancelled")
        mine = [task for task in self._tasks if task["owner"] == vocabulary.ME]
        theirs = [task for task in self._tasks if task["owner"] != vocabulary.ME and not loop.is_unasked(task)]
        opened = list(filter(self._was_open, mine))
        goals = []
        for goal in self._goals:
            last, until = self._evidence.get(goal["id"]), self._until
            evidence, of = date.fromisoformat(last) if last else None, target(goal, until)
            count = amount(goal, until) if of else None
            fact = GoalFact(
                goal=goal["id"], last_evidence=evidence, progress=percent(goal, until), count=count, target=of
            )
            goals.append(fact)
        return Facts(
            meetings_held=met["held"],
            meetings_cancelled_by_me=off[vocabulary.ME],
            meetings_cancelled_by_them=off["them"],
            meetings_missed=met["missed"],
            tasks_done=sum(map(self._was_done, mine)),
            tasks_late=sum(map(self._was_late, opened)),
            tasks_open=len(opened),
            promises_kept=sum(map(self._was_done, theirs)),
            promises_open=sum(map(self._was_open, theirs)),
            goals=goals,
            entered_late=[view["id"] for view in self.entered_late],
        )

    @cached_property
    def entered_late(self) -> list[View]:
        """What happened before the period and was entered since the last review."""
        seen = {view["id"]: view for views in self._seen.values() for view in views}
        late = entered_late(seen.values(), self._seen["review"], self.request, self.period, self._as_of)
        return [seen[id] for id in late]

    @cached_property
    def _goals(self) -> list[GoalView]:
        """My goals; those of a mentee only in a review of them."""
        shown = vocabulary.OPEN_GOALS
        mine = (goal for goal in self._seen["goal"] if goal["whose"] in (None, self.scope) or goal["id"] == self.scope)
        return [goal for goal in mine if goal["status"] in shown or goal["id"] == self.scope]

    @cached_property
    def _tasks(self) -> list[TaskView]:
        """My tasks and what mentors promised me; what a mentee has to do only in a review of theirs."""
        mentees = only_mentored(self._every["mentor"]) if self.scope == ALL else ()
        return [task for task in self._seen["task"] if task["owner"] not in mentees]

    @cached_property
    def goals(self) -> list[GoalState]:
        """The open goals, and the one in scope."""
        return [self._goal_state(goal) for goal in self._goals]

    @property
    def drifting(self) -> list[GoalState]:
        """The active goals that are drifting."""
        return [state for state in self.goals if state.drifts]

    @cached_property
    def late(self) -> list[TaskView]:
        """The tasks that were late on the day of the review, mine and theirs."""
        return [task for task in self._tasks if self._was_late(task) and self._was_open(task)]

    @cached_property
    def mentors(self) -> list[MentorState]:
        """The active mentorships, and the one in scope."""
        seen = [one for one in self._seen["mentor"] if one["status"] == "active" or one["id"] == self.scope]
        return [self._mentor_state(mentor) for mentor in seen]

    @cached_property
    def names(self) -> dict[str, str]:
        """The heading of every record, and what every mentor is called."""
        every = (view for kind in vocabulary.RECORD_KINDS for view in self._every[kind])
        return {view["id"]: called(view) if view["record"] == "mentor" else heading(view) for view in every}

    def _is_seen(self, view: View) -> bool:
        """Return whether a record is in scope and existed that day, as far as is known."""
        return belongs(view, self.scope) and existed(view, self._until)

    def _first_day(self) -> date:
        """Return the day of the first record in scope, or the first day on which something in it happened."""
        seen = [view for kind, views in self._seen.items() if kind != "review" for view in views]
        days = [day for view in seen for day in (view["created"][:10], happened_on(view)) if day]
        return date.fromisoformat(min(days, default=self._until))

    def _in_period(self, day: str | None) -> bool:
        return day is not None and self._since <= day <= self._until

    def _was_open(self, task: TaskView) -> bool:
        return loop.was_open(task, self._until)

    def _was_late(self, task: TaskView) -> bool:
        return loop.was_late(task, self._until)

    def _was_done(self, task: TaskView) -> bool:
        return task["status"] == "done" and self._in_period(task["done_on"])

    @cached_property
    def _by_goal(self) -> Mapping[tuple[str, str | None], list[Any]]:
        """The tasks, notes and held meetings that link to a goal, by kind and goal."""
        grouped = defaultdict[tuple[str, str | None], list[Any]](list)
        for view in (*self._every["task"], *self._every["note"]):
            grouped[view["record"], view["goal"]].append(view)
        for meeting in self._every["meeting"]:
            for goal in {item["goal"] for item in meeting["agenda"]} if meeting["status"] == "held" else ():
                grouped["meeting", goal].append(meeting)
        return grouped

    def _goal_state(self, goal: GoalView) -> GoalState:
        id, of_goal = goal["id"], self._by_goal
        last = self._evidence.get(id)
        meetings = [meeting for meeting in of_goal["meeting", id] if meeting["on"] <= self._until]
        return GoalState(
            goal=goal,
            last_evidence=last,
            drifts=loop.drifting(goal, last, self.on, self.rules, self._blocks),
            last_meeting=meetings[-1] if meetings else None,
            tasks=[task for task in of_goal["task", id] if self._was_open(task) or self._was_done(task)],
            progress=[entry for entry in goal["progress"] if self._in_period(entry["on"])],
            notes=[note for note in of_goal["note", id] if self._in_period(note["on"])],
        )

    def _mentor_state(self, mentor: MentorView) -> MentorState:
        id, opened = mentor["id"], list(filter(self._was_open, self._every["task"]))
        meetings = [one for one in self._every["meeting"] if one["status"] == "held" and id in one["mentors"]]
        mine = [t for t in opened if t["owner"] == vocabulary.ME and id in (t["assigned_by"], t["helps"])]
        return MentorState(
            mentor=mentor,
            held=[meeting for meeting in meetings if self._in_period(meeting["on"])],
            last_held=max((meeting["on"] for meeting in meetings if meeting["on"] <= self._until), default=None),
            mine=[task for task in mine if not loop.is_out(task, self._until)],
            theirs=[task for task in opened if task["owner"] == id and not loop.is_unasked(task)],
            drafts=[task for task in mine if loop.is_out(task, self._until)],
            fit=latest(mentor["fit"], self._until),
        )


_ORDERS: dict[str, Callable[[View], Any]] = {
    "goal": lambda goal: (goal["status"] != "active", goal["by"] or "9999", goal["id"]),
    "task": lambda task: (task["due"] or "9999", task["id"]),
    "mentor": lambda mentor: mentor["id"],
    "meeting": lambda meeting: (meeting["on"], meeting["id"]),
    "note": lambda note: (note["on"], note["id"]),
}


def belongs(view: View, scope: str) -> bool:
    """Return whether a record is in scope: everything, or one goal or mentor."""
    if scope == ALL:
        return True
    match view["record"]:
        case "goal":
            shared = any(share["mentor"] == scope for share in view["mentors"])
            return scope in (view["id"], view["whose"]) or shared
        case "task":
            return scope in (view["goal"], view["owner"], view["assigned_by"], view["helps"])
        case "meeting":
            return scope in view["mentors"] or any(item["goal"] == scope for item in view["agenda"])
        case "note":
            return scope == view["goal"] or scope in view["mentors"]
        case "mentor":
            return bool(scope == view["id"])
    return True  # a review looks back on earlier ones of any scope
