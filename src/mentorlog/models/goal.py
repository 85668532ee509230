"""A goal: what the resident wants, and the mentors it is shared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorlog.models.record import Part, Record

HORIZONS = ("short", "medium", "long")
COMPETENCIES = ("PC", "MK", "PBLI", "ICS", "PROF", "SBP")
PRIORITIES = ("low", "normal", "high")
STATUSES = ("active", "paused", "achieved", "partly", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Share(Part):
    """A mentor whom the goal concerns, and the day they were told of it."""

    ONE_LINE = ("mentor",)

    mentor: str
    told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Progress(Part):
    """How far the goal was on a day: a percentage, words, or both."""

    RANGES = {"percent": (0, 100)}

    on: date
    percent: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class HistoryEntry(Part):
    """One change of one field of a goal: old and new as text, the reason, the review it came from."""

    ONE_LINE = ("field",)

    on: date
    field: str
    old: str | None = None
    new: str | None = None
    reason: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Goal(Record):
    """What the resident wants; linked to the mentors it is shared with."""

    KIND = "goal"
    FOLDER = "goals"
    PARTS = {
        "mentors": Share,
        "progress": Progress,
        "history": HistoryEntry,
    }
    ONE_LINE = ("title", "parent")
    OPEN = ("domain",)
    CLOSED = {
        "horizon": HORIZONS,
        "competency": COMPETENCIES,
        "priority": PRIORITIES,
        "status": STATUSES,
    }

    title: str
    status: str = "active"
    why: str | None = None
    measure: str | None = None
    horizon: str | None = None
    domain: str | None = None
    competency: str | None = None
    by: date | None = None
    priority: str = "normal"
    parent: str | None = None
    closed_on: date | None = None
    baseline: str | None = None
    mentors: Sequence[Share] = ()
    progress: Sequence[Progress] = ()
    history: Sequence[HistoryEntry] = ()
