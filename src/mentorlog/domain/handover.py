"""The end of a mentorship: what is still open, and who takes it over. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.errors import MentorlogError
from mentorlog.models.views import called

if TYPE_CHECKING:
    from mentorlog.models.goal import Goal
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.record import Record
    from mentorlog.models.task import Task
    from mentorlog.models.view_types import GoalView, MeetingView, MentorView, TaskView


class Open(NamedTuple):
    """What is open with a mentor: goals, their promises, my tasks, planned meetings."""

    goals: list[GoalView]
    promises: list[TaskView]
    tasks: list[TaskView]
    meetings: list[MeetingView]


class EndPlan(NamedTuple):
    """How a mentorship ends (kind is "" until known); `heirs` get the goals, `owner` the promises."""

    on: date
    kind: str
    worked: str | None = None
    did_not: str | None = None
    lesson: str | None = None
    stay_in_touch: bool = False
    every: int | None = None
    heirs: tuple[str, ...] = ()
    owner: str | None = None
    drop: bool = False


def end_mentorship(mentor: Mentor, goals: Sequence[Goal], promises: Sequence[Task], how: EndPlan) -> Iterator[Record]:
    """Yield every record as changed by the end, the mentor first."""
    from mentorlog.models.mentor import Closure

    takers = [taker for taker in (*how.heirs, how.owner) if taker and taker != vocabulary.ME]
    texts: dict[str, Any] = {"worked": how.worked, "did_not": how.did_not, "lesson": how.lesson}
    closure = Closure(on=how.on, kind=how.kind, **texts, handed_to=takers)
    closed = mentor.ended(closure, stay_in_touch=how.stay_in_touch)
    if how.every is not None:
        old = closed.cadence and replace(closed.cadence, longest_days=None)  # it belonged to the old cadence
        closed = replace(closed, cadence=old).meeting_every(how.every)
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
    if taker["my_role"] == "mentor" != mentor["my_role"]:
        hint = f"choose a mentor; if they mentor you too: mentorlog set {taker['id']} my_role=both"
        raise MentorlogError(f"{called(taker)} is your mentee, so they cannot take over from {called(mentor)}.", hint)
    if taker["status"] in vocabulary.PAST_MENTORS:
        hint = f"choose another mentor, or activate this one first: mentorlog mentor activate {taker['id']}"
        raise MentorlogError(f"{called(taker)} cannot take over (status: {taker['status']}).", hint)
    return taker
