"""A review: a periodic reassessment, with the facts of a period and a verdict for each goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.errors import BadValue
from mentorlog.models import fields as f
from mentorlog.models.record import Part, Record

_GIVE_REASON = 'for example: reason = "Starts in spring"'


@f.declared
class Period(Part):
    """The dates of the period that a review covers, both included."""

    start: date = f.required(f.day(past=True, to=f.BOTH))
    end: date = f.required(f.day(past=True, to=f.BOTH))


@f.declared
class GoalFact(Part):
    """The last evidence, the percentage, and the count and target of a goal at the time of the review."""

    goal: str = f.required(f.ref("goal", linked=False))
    last_evidence: date | None = f.day(past=True)
    progress: int | None = f.number()
    count: float | None = f.decimal()
    target: float | None = f.decimal()


@f.declared
class Facts(Part):
    """Counts over the period, saved with the review."""

    meetings_held: int = f.number(default=0)
    meetings_cancelled_by_me: int = f.number(default=0)
    meetings_cancelled_by_them: int = f.number(default=0)
    meetings_missed: int = f.number(default=0)
    tasks_done: int = f.number(default=0)
    tasks_late: int = f.number(default=0)
    tasks_open: int = f.number(default=0)
    promises_kept: int = f.number(default=0)
    promises_open: int = f.number(default=0)
    goals: Sequence[GoalFact] = f.parts(GoalFact, key=("goal",))
    entered_late: Sequence[str] = f.many(f.ref("meeting", "task", "note", linked=False))


@f.declared
class Verdict(Part):
    """The decision on a goal, with new values of revised fields and the names of cleared ones."""

    goal: str = f.required(f.ref("goal", to=f.BOTH))
    verdict: str = f.required(f.state(vocabulary.GOAL_VERDICTS, to=f.BOTH))
    reason: str | None = f.prose(private=("verdict", vocabulary.STATUS_VERDICTS), together="verdict", to=f.MENTOR)
    changes: Mapping[str, Any] | None = f.plain(whole=True, together="verdict", to=f.MENTOR)
    clear: Sequence[str] = f.texts(together="verdict", to=f.MENTOR)

    def _check(self) -> None:
        if self.verdict in vocabulary.VERDICTS_WITH_REASON and not (self.reason or "").strip():
            raise BadValue("reason", f"reason is missing: the verdict {self.verdict} needs one.", _GIVE_REASON)


@f.declared
class TaskVerdict(Part):
    """The decision on a late task."""

    task: str = f.required(f.ref("task"))
    verdict: str = f.required(f.state(vocabulary.TASK_VERDICTS))
    due: date | None = f.day(together="verdict")
    reason: str | None = f.prose(together="verdict")

    def _check(self) -> None:
        if self.verdict == "defer" and self.due is None:
            raise BadValue("due", "due is missing: a deferred task needs a new date.", "for example: due = 2027-02-03")


@f.declared
class Pulse(Part):
    """Six aspects of a mentorship, each rated by the resident from 1 to 7."""

    communication: int | None = f.number(1, 7)
    expectations: int | None = f.number(1, 7)
    understanding: int | None = f.number(1, 7)
    diversity: int | None = f.number(1, 7)
    independence: int | None = f.number(1, 7)
    development: int | None = f.number(1, 7)


@f.declared
class MentorVerdict(Part):
    """The fit of a mentorship, and whether its cadence is right."""

    mentor: str = f.required(f.ref("mentor"))
    fit: str | None = f.state(vocabulary.FIT_ANSWERS)
    comfort: str | None = f.state(vocabulary.COMFORTS)
    cadence_ok: bool | None = f.plain()
    comment: str | None = f.prose()
    pulse: Pulse | None = f.part(Pulse, whole=True)


@f.declared
class Discussion(Part):
    """A mentor with whom the review was discussed, and what they remarked."""

    mentor: str = f.required(f.ref("mentor", to=f.PROGRAM))
    on: date = f.required(f.day(past=True, to=f.PROGRAM))
    comment: str | None = f.prose(to=f.PROGRAM)


@f.declared
class Review(Record):
    """A periodic reassessment."""

    KIND = "review"

    on: date = f.required(f.day(past=True, sort_day=True, to=f.BOTH))
    kind: str = f.word(vocabulary.REVIEW_KINDS, default="full", to=f.BOTH)
    scope: str = f.ref("goal", "mentor", default="all", alternative="all", to=f.BOTH)
    visibility: str = f.state(vocabulary.VISIBILITIES, default="private", first_wins=True, to=f.BOTH)
    next_on: date | None = f.day()
    worked: str | None = f.prose(to=f.PROGRAM)
    did_not: str | None = f.prose(to=f.PROGRAM)
    changed: str | None = f.prose(to=f.PROGRAM)
    unlearned: str | None = f.prose()
    wellbeing: str | None = f.prose(private=True)
    asks: str | None = f.prose(to=f.PROGRAM)
    added_goals: Sequence[str] = f.many(f.ref("goal", role="goal"))
    period: Period = f.required(f.part(Period, whole=True, search=f.NOWHERE, to=f.BOTH))
    facts: Facts = f.required(f.part(Facts, whole=True, managed=True, search=f.NOWHERE))
    verdicts: Sequence[Verdict] = f.parts(Verdict, key=("goal",), to=f.BOTH)
    tasks: Sequence[TaskVerdict] = f.parts(TaskVerdict, key=("task",))
    mentors: Sequence[MentorVerdict] = f.parts(MentorVerdict, key=("mentor",), private=True)
    discussed: Sequence[Discussion] = f.parts(Discussion, key=("mentor", "on"), to=f.PROGRAM)
