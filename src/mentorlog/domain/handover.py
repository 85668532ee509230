"""The end of a mentorship: what is still open, who takes it over, and what is passed on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.errors import MentorlogError
from mentorlog.models.views import called, is_mentee

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.record import Record
    from mentorlog.models.task import Task
    from mentorlog.models.view_types import ClosureView, GoalView, MeetingView, MentorView, TaskView


class Open(NamedTuple):
    """What is open with a mentor: goals, their promises, my tasks, planned meetings."""

    goals: list[GoalView]
    promises: list[TaskView]
    tasks: list[TaskView]
    meetings: list[MeetingView]


class EndPlan(NamedTuple):
    """How a mentorship ends (kind is "" until known); `heirs` get the goals, `owner` the promises.

    `pay_forward` becomes a goal. To `correct` the last end is to replace what its closure says.
    """

    on: date
    kind: str
    reasons: Sequence[str] | None = None
    worked: str | None = None
    did_not: str | None = None
    lesson: str | None = None
    thanked_on: date | None = None
    pay_forward: str | None = None
    stay_in_touch: bool = False
    every: int | None = None
    heirs: tuple[str, ...] = ()
    owner: str | None = None
    drop: bool = False
    correct: bool = False

    def over(self, last: ClosureView) -> EndPlan:
        """Return the plan as a correction of the last closure, which keeps what the plan leaves open."""
        thanked_on = date.fromisoformat(last["thanked_on"]) if last["thanked_on"] else None
        said: dict[str, Any] = {**last, "thanked_on": thanked_on}
        names = ("reasons", "worked", "did_not", "lesson", "thanked_on")
        kept = {name: said[name] for name in names if getattr(self, name) is None}
        return self._replace(**kept, kind=self.kind or last["kind"], correct=True)


def end_mentorship(mentor: Mentor, goals: Sequence[Goal], promises: Sequence[Task], how: EndPlan) -> Iterator[Record]:
    """Yield every record as changed by the end, the mentor first."""
    from mentorlog.models.mentor import Closure

    takers = tuple(dict.fromkeys(taker for taker in (*how.heirs, how.owner) if taker and taker != vocabulary.ME))
    texts: dict[str, Any] = {name: getattr(how, name) or None for name in ("worked", "did_not", "lesson")}
    said: dict[str, Any] = {"on": how.on, "kind": how.kind, "reasons": how.reasons or (), "thanked_on": how.thanked_on}
    if how.correct:
        old = mentor.closure[-1]
        handed_to = tuple(dict.fromkeys((*old.handed_to, *takers)))
        closed = mentor.with_last_closure(replace(old, **said, **texts, handed_to=handed_to))
    else:
        closed = mentor.ended(Closure(**said, **texts, handed_to=takers), stay_in_touch=how.stay_in_touch)
    if how.every is not None:
        cadence = closed.cadence and replace(closed.cadence, longest_days=None)  # it belonged to the old cadence
        closed = replace(closed, cadence=cadence).meeting_every(how.every)
    yield closed
    for goal in goals:
        yield goal.handed_over(mentor.id, how.heirs, on=how.on) if goal.is_open and how.heirs else goal
    for promise in promises:
        if promise.is_open and how.drop:
            yield promise.dropped(on=how.on, reason="The mentorship ended.")
        else:
            yield replace(promise, owner=how.owner) if promise.is_open and how.owner else promise


def successor(taker: MentorView, mentor: MentorView) -> MentorView:
    """Return who takes over; MentorlogError for the same mentor, for a mentee and for a past one."""
    if taker["id"] == mentor["id"]:
        raise MentorlogError(f"{called(mentor)} cannot take over from themselves.", "choose another mentor")
    if is_mentee(taker) and not is_mentee(mentor):
        hint = f"choose a mentor; if they mentor you too: mentorlog set {taker['id']} my_role=both"
        raise MentorlogError(f"{called(taker)} is your mentee, so they cannot take over from {called(mentor)}.", hint)
    if taker["status"] in vocabulary.PAST_MENTORS:
        hint = f"choose another mentor, or activate this one first: mentorlog mentor activate {taker['id']}"
        raise MentorlogError(f"{called(taker)} cannot take over (status: {taker['status']}).", hint)
    return taker
