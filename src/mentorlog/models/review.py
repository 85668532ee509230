"""A review: one periodic reassessment; facts frozen, a verdict and a reason per goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.errors import BadValue
from mentorlog.models.frozen import dataclass
from mentorlog.models.record import Part, Record
from mentorlog.models.views import reassessed

_GIVE_REASON = 'write: reason = "Starts in spring"'


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Period(Part):
    """The days that a review looks back on, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class GoalFact(Part):
    """What the journal knew of a goal at the review: its last evidence, its progress in percent."""

    ONE_LINE = ("goal",)

    goal: str
    last_evidence: date | None = None
    progress: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Facts(Part):
    """Counts over the period, frozen at the review."""

    PARTS = {"goals": GoalFact}

    meetings_held: int = 0
    meetings_cancelled_by_me: int = 0
    meetings_cancelled_by_them: int = 0
    meetings_missed: int = 0
    tasks_done: int = 0
    tasks_late: int = 0
    tasks_open: int = 0
    promises_kept: int = 0
    promises_open: int = 0
    goals: Sequence[GoalFact] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Verdict(Part):
    """What was decided on a goal; a reason is needed for revise, partly, pause and drop.

    `changes` holds the new values of the fields that were revised, `clear` names those that were emptied.
    """

    ONE_LINE = ("goal",)
    CLOSED = {"verdict": vocabulary.GOAL_VERDICTS}

    goal: str
    verdict: str
    reason: str | None = None
    changes: Mapping[str, Any] | None = None
    clear: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Hold the rules of parts, and that the verdicts which change a goal say why."""
        Part.__post_init__(self)
        if self.verdict in vocabulary.VERDICTS_WITH_REASON and not (self.reason or "").strip():
            raise BadValue("reason", f"reason is missing: the verdict {self.verdict} needs one.", _GIVE_REASON)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class TaskVerdict(Part):
    """What was decided on a late task."""

    ONE_LINE = ("task",)
    CLOSED = {"verdict": vocabulary.TASK_VERDICTS}

    task: str
    verdict: str
    due: date | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        """Hold the rules of parts, and that a deferred task has a new date."""
        Part.__post_init__(self)
        if self.verdict == "defer" and self.due is None:
            raise BadValue("due", "due is missing: a deferred task needs its new date.", "write: due = 2027-02-03")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Pulse(Part):
    """Six facets of a mentorship, each 1 to 7, as the resident feels them."""

    RANGES = dict.fromkeys(
        ("communication", "expectations", "understanding", "diversity", "independence", "development"), (1, 7)
    )

    communication: int | None = None
    expectations: int | None = None
    understanding: int | None = None
    diversity: int | None = None
    independence: int | None = None
    development: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class MentorVerdict(Part):
    """How a mentorship fits, and whether its cadence is right."""

    PARTS = {"pulse": Pulse}
    ONE_LINE = ("mentor",)
    CLOSED = {"fit": vocabulary.FIT_ANSWERS}

    mentor: str
    fit: str | None = None
    cadence_ok: bool | None = None
    comment: str | None = None
    pulse: Pulse | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Review(Record):
    """One periodic reassessment."""

    KIND = "review"
    FOLDER = "reviews"
    TITLE = "on"
    PARTS = {
        "period": Period,
        "facts": Facts,
        "verdicts": Verdict,
        "tasks": TaskVerdict,
        "mentors": MentorVerdict,
    }
    ONE_LINE = ("scope",)
    CLOSED = {"kind": vocabulary.REVIEW_KINDS}

    on: date
    kind: str = "full"
    scope: str = "all"
    visibility: str = "private"
    next_on: date | None = None
    worked: str | None = None
    did_not: str | None = None
    changed: str | None = None
    unlearned: str | None = None
    added_goals: Sequence[str] = ()
    period: Period
    facts: Facts
    verdicts: Sequence[Verdict] = ()
    tasks: Sequence[TaskVerdict] = ()
    mentors: Sequence[MentorVerdict] = ()

    @property
    def heading(self) -> str:
        """The line by which people know the review: its kind and day."""
        return reassessed(self.kind, self.on)
