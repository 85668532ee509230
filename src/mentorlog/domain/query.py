"""Filters for records."""

from __future__ import annotations

from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Query(Value):
    """A filter over one kind of record; an empty field matches everything."""

    record: str
    statuses: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    meeting: str | None = None
    owners: tuple[str, ...] = ()
    """For tasks: those who do them, or me."""
    whose: tuple[str, ...] = ()
    """For goals: the mentees whose they are."""
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | str | None = None
    until: date | str | None = None
    ids: tuple[str, ...] = ()
    limit: int | None = None
    concerning: tuple[str, ...] = ()
    """For tasks: the mentors concerned, by its own links or through its goal or meeting."""
    done_since: str | None = None
    """For tasks: done on this day or later."""
    about: str | None = None
    """For reviews: the goal, task or mentor that they are of, or have a verdict on."""


class About(Value):
    """A filter for a timeline or an export: mentors, a goal, days (both inclusive), tags, kinds of notes."""

    mentors: tuple[str, ...] = ()
    goal: str | None = None
    since: str | None = None
    until: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """If given, only notes of these kinds, and no other records."""
    is_open: bool = False
    """Whether only open goals, tasks and notes and planned meetings are asked for."""
