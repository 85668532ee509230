"""A meeting: planned, held, cancelled or missed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorlog.errors import BadValue
from mentorlog.models.record import Part, Record

MODES = ("in_person", "video", "phone", "coffee", "workplace", "message", "event")
KINDS = ("first", "regular", "spot", "shadowing", "group", "case", "review", "closing")
STATUSES = ("planned", "held", "cancelled", "missed")
CANCELLED_BY = ("me", "them", "other")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class AgendaItem(Part):
    """One point to talk about; it may name a goal."""

    ONE_LINE = ("text", "goal")

    text: str
    goal: str | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Meeting(Record):
    """A meeting with one or more mentors."""

    KIND = "meeting"
    FOLDER = "meetings"
    TITLE = "on"
    PARTS = {"agenda": AgendaItem}
    ONE_LINE = ("at", "mentors")
    CLOSED = {
        "mode": MODES,
        "kind": KINDS,
        "status": STATUSES,
        "cancelled_by": CANCELLED_BY,
    }
    RANGES = {"minutes": (1, 1440), "usefulness": (1, 5)}

    on: date
    at: str | None = None
    status: str = "planned"
    mentors: Sequence[str] = ()
    mode: str = "in_person"
    kind: str = "regular"
    minutes: int | None = None
    cancelled_by: str | None = None
    decisions: Sequence[str] = ()
    usefulness: int | None = None
    feeling: str | None = None
    agenda: Sequence[AgendaItem] = ()

    def __post_init__(self) -> None:
        """Hold the rules of records, and that `at` is a time of day such as 14:00."""
        Record.__post_init__(self)
        if self.at is not None and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", self.at):
            raise BadValue("at", "at is a time of day such as 14:00.")

    @property
    def heading(self) -> str:
        """The line by which people know the meeting: its mentors and day."""
        return f"Meeting with {', '.join(self.mentors) or 'nobody'} on {self.on.isoformat()}"
