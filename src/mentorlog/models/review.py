"""A review: one periodic reassessment; facts frozen, a verdict and a reason per goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.errors import BadValue
from mentorlog.models.fields import (
    NOWHERE,
    day,
    declared,
    flag,
    mapping,
    number,
    part,
    parts,
    person,
    prose,
    ref,
    refs,
    required,
    state,
    texts,
    word,
)
from mentorlog.models.record import Part, Record

_GIVE_REASON = 'write: reason = "Starts in spring"'


@declared
class Period(Part):
    """The days that a review looks back on, both included."""

    start: date = required(day(past=True))
    end: date = required(day(past=True))


@declared
class GoalFact(Part):
    """What the journal knew of a goal at the review: its last evidence, its progress in percent."""

    goal: str = required(ref("goal", linked=False))
    last_evidence: date | None = day(past=True)
    progress: int | None = number()


@declared
class Facts(Part):
    """Counts over the period, frozen at the review."""

    meetings_held: int = number(default=0)
    meetings_cancelled_by_me: int = number(default=0)
    meetings_cancelled_by_them: int = number(default=0)
    meetings_missed: int = number(default=0)
    tasks_done: int = number(default=0)
    tasks_late: int = number(default=0)
    tasks_open: int = number(default=0)
    promises_kept: int = number(default=0)
    promises_open: int = number(default=0)
    goals: Sequence[GoalFact] = parts(GoalFact, key=("goal",))


@declared
class Verdict(Part):
    """What was decided on a goal; a reason is needed for revise, partly, pause and drop.

    `changes` holds the new values of the fields that were revised, `clear` names those that were emptied.
    """

    goal: str = required(ref("goal"))
    verdict: str = required(state(vocabulary.GOAL_VERDICTS))
    reason: str | None = prose(private=("verdict", vocabulary.STATUS_VERDICTS))
    changes: Mapping[str, Any] | None = mapping()
    clear: Sequence[str] = texts()

    def __post_init__(self) -> None:
        """Hold the rules of parts, and that the verdicts which change a goal say why."""
        Part.__post_init__(self)
        if self.verdict in vocabulary.VERDICTS_WITH_REASON and not (self.reason or "").strip():
            raise BadValue("reason", f"reason is missing: the verdict {self.verdict} needs one.", _GIVE_REASON)


@declared
class TaskVerdict(Part):
    """What was decided on a late task."""

    task: str = required(ref("task"))
    verdict: str = required(state(vocabulary.TASK_VERDICTS))
    due: date | None = day()
    reason: str | None = prose()

    def __post_init__(self) -> None:
        """Hold the rules of parts, and that a deferred task has a new date."""
        Part.__post_init__(self)
        if self.verdict == "defer" and self.due is None:
            raise BadValue("due", "due is missing: a deferred task needs its new date.", "write: due = 2027-02-03")


@declared
class Pulse(Part):
    """Six facets of a mentorship, each 1 to 7, as the resident feels them."""

    communication: int | None = number(1, 7)
    expectations: int | None = number(1, 7)
    understanding: int | None = number(1, 7)
    diversity: int | None = number(1, 7)
    independence: int | None = number(1, 7)
    development: int | None = number(1, 7)


@declared
class MentorVerdict(Part):
    """How a mentorship fits, and whether its cadence is right."""

    mentor: str = required(person())
    fit: str | None = state(vocabulary.FIT_ANSWERS, private=True)
    cadence_ok: bool | None = flag()
    comment: str | None = prose(private=True)
    pulse: Pulse | None = part(Pulse, private=True)


@declared
class Review(Record):
    """One periodic reassessment."""

    KIND = "review"
    FOLDER = "reviews"

    on: date = required(day(past=True, sort_day=True))
    kind: str = word(vocabulary.REVIEW_KINDS, default="full")
    scope: str = ref("goal", "mentor", default="all", alternative="all")
    visibility: str = state(vocabulary.VISIBILITIES, default="private")
    next_on: date | None = day()
    worked: str | None = prose()
    did_not: str | None = prose()
    changed: str | None = prose()
    unlearned: str | None = prose()
    added_goals: Sequence[str] = refs("goal", role="goal")
    period: Period = required(part(Period, search=NOWHERE))
    facts: Facts = required(part(Facts, managed=True, search=NOWHERE))
    verdicts: Sequence[Verdict] = parts(Verdict, key=("goal",))
    tasks: Sequence[TaskVerdict] = parts(TaskVerdict, key=("task",))
    mentors: Sequence[MentorVerdict] = parts(MentorVerdict, key=("mentor",))
