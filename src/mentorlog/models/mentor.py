"""A mentor: a person and the mentorship with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorlog.models.record import Part, Record

PROXIMITIES = ("same_section", "same_department", "same_institution", "external")
MY_ROLES = ("mentee", "mentor", "both")
FORMALITIES = ("formal", "informal")
MODELS = ("one_on_one", "shadowing", "networking", "group", "spot", "virtual", "reverse")
ORIGINS = ("assigned", "required", "organic", "self_selected")
STATUSES = ("candidate", "invited", "active", "paused", "stay_in_touch", "ended", "declined")
ANSWERS = ("good", "deciding", "not_good")
ENDINGS = ("completed", "no_fault", "moved", "conduct")
MODES = ("in_person", "video", "phone", "coffee", "workplace", "message", "event")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StatusChange(Part):
    """One step of the mentorship: the day, the status from then on, the reason."""

    CLOSED = {"status": STATUSES}

    on: date
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Cadence(Part):
    """How often to meet: an ideal and a longest gap, in days, counted from the last held meeting."""

    CLOSED = {"mode": MODES}
    RANGES = {
        "every_days": (1, 3660),
        "longest_days": (1, 7320),
        "minutes": (1, 1440),
    }

    every_days: int
    longest_days: int | None = None
    mode: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Expectations(Part):
    """What each side expects, what is off limits, and what I am not looking for."""

    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    asked_on: date | None = None
    off_limits: Sequence[str] = ()
    not_looking_for: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Fit(Part):
    """My answer, on one day, to whether the mentorship fits."""

    CLOSED = {"answer": ANSWERS}

    on: date
    answer: str
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Closure(Part):
    """How a mentorship ended and what it leaves behind."""

    CLOSED = {"kind": ENDINGS}

    on: date
    kind: str
    worked: str | None = None
    did_not: str | None = None
    lesson: str | None = None
    handed_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Mentor(Record):
    """A person and the mentorship with them."""

    KIND = "mentor"
    FOLDER = "mentors"
    TITLE = "name"
    PARTS = {
        "status_log": StatusChange,
        "cadence": Cadence,
        "expectations": Expectations,
        "fit": Fit,
        "closure": Closure,
    }
    ONE_LINE = ("name", "email", "phone", "introduced_by")
    OPEN = ("roles",)
    CLOSED = {
        "proximity": PROXIMITIES,
        "my_role": MY_ROLES,
        "formality": FORMALITIES,
        "model": MODELS,
        "origin": ORIGINS,
        "status": STATUSES,
    }

    name: str
    status: str = "active"
    email: str | None = None
    phone: str | None = None
    department: str | None = None
    institution: str | None = None
    program: str | None = None
    proximity: str | None = None
    roles: Sequence[str] = ()
    domains: Sequence[str] = ()
    my_role: str = "mentee"
    formality: str | None = None
    model: str | None = None
    origin: str | None = None
    met_via: str | None = None
    introduced_by: str | None = None
    qualities: str | None = None
    conflict_of_interest: str | None = None
    started: date | None = None
    term_ends: date | None = None
    purpose: str | None = None
    cadence: Cadence | None = None
    expectations: Expectations | None = None
    status_log: Sequence[StatusChange] = ()
    fit: Sequence[Fit] = ()
    closure: Closure | None = None
