"""The request for an export, and the document that a format makes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from mentorlog.domain.audience import OTHERS, Audience
from mentorlog.domain.query import About


class Request(NamedTuple):
    """Who an export is for, which records are asked for, and when it is made."""

    today: date
    now: datetime
    about: About = About()
    audience: Audience = OTHERS
    added: tuple[str, ...] = ()
    """The ids of records that go this once, as if they were visible to anyone."""


class Document(NamedTuple):
    """A document, its number of records, remarks for the user, one a line, and its data for scripts."""

    text: str
    records: int
    note: str | None = None
    data: dict[str, Any] = {}
    is_json: bool = False
