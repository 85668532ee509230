"""A task: an assignment or a promise; its owner is `me` or a mentor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorlog.models.record import Part, Record

PRIORITIES = ("low", "normal", "high")
STATUSES = ("todo", "doing", "waiting", "submitted", "done", "dropped")

ME = "me"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Round(Part):
    """One round of a draft: the day it was sent, the day it came back, what was said."""

    sent: date
    returned: date | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Defer(Part):
    """One change of the due date, with the reason."""

    on: date
    old: date | None = None
    new: date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Task(Record):
    """An assignment or a promise."""

    KIND = "task"
    FOLDER = "tasks"
    PARTS = {"rounds": Round, "defers": Defer}
    ONE_LINE = ("title", "owner", "assigned_by", "helps", "goal", "meeting")
    CLOSED = {"priority": PRIORITIES, "status": STATUSES}

    title: str
    status: str = "todo"
    owner: str = ME
    assigned_by: str = ME
    helps: str | None = None
    goal: str | None = None
    meeting: str | None = None
    due: date | None = None
    priority: str = "normal"
    instructions: str | None = None
    deliverable: str | None = None
    done_on: date | None = None
    outcome: str | None = None
    rounds: Sequence[Round] = ()
    defers: Sequence[Defer] = ()
