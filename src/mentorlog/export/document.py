"""The request for an export, and the document that a format makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog.domain.audience import OTHERS, Audience, Selection
from mentorlog.domain.loop import RULES, Rules
from mentorlog.domain.query import About


class Request(NamedTuple):
    """Who an export is for, which records are asked for, and when it is made."""

    today: date
    now: datetime
    about: About = About()
    audience: Audience = OTHERS
    added: tuple[str, ...] = ()
    """The ids of records that go this once, as if they were visible to anyone."""
    preview: bool = False
    """Whether only to show what would go."""
    despite_lint: bool = False
    """Whether it goes to a mentor or the programme even if it may identify a patient."""
    period: tuple[date, date] | None = None
    """The first and the last day whose records go; what was before and after them is only counted."""

    rules: Rules = RULES
    """By which a goal counts as drifting."""

    @property
    def asked(self) -> About:
        """The records that are asked for, on the days of the period."""
        if self.period is None:
            return self.about
        since, until = self.period
        return self.about.but(since=since.isoformat(), until=until.isoformat())


class Document(NamedTuple):
    """A document or the files of a folder, its number of records, remarks for the user, and its data for scripts."""

    text: str
    records: int
    note: str | None = None
    remarks: Sequence[str] = ()
    """Further remarks for the user; scripts find what they say in the data."""
    data: dict[str, Any] = {}
    is_json: bool = False
    wrote: str = ""
    """What was written, in words, if not its records."""
    kinds: Sequence[str] = ()
    """The kinds of records that may be in it; none for every kind."""
    files: Mapping[str, str] = {}
    """The texts of the files of a folder, by name; `text` holds all of them."""
    counts: bool = False
    """Whether it also counts the records that go without their text."""
    shown: Selection | None = None
    """What it shows of the selection, if not all of it."""
