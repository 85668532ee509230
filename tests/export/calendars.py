"""Calendars of records, for the tests of the calendar export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from export.rfc5545 import Component, read
from factories import TODAY
from mentorlog.domain.audience import OTHERS, Audience, select
from mentorlog.export.document import Document, Request
from mentorlog.export.ics import make
from mentorlog.export.ics_components import CalendarOptions
from mentorlog.export.ics_memory import NOTHING, remembered
from mentorlog.models.profile import Profile
from mentorlog.models.record import Record, view
from mentorlog.store.format.document import profile_view

JOURNAL = "d002bc9b140ddf68"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def made(
    records: Sequence[Record],
    *,
    over: str | bytes | None = None,
    now: datetime = NOW,
    audience: Audience = OTHERS,
    **options: Any,
) -> Document:
    """Return the calendar of records in UTC; `over` is the file that it is written over."""
    known = CalendarOptions(**{"journal": JOURNAL, "zone": UTC, **options})
    selection = select(profile_view(Profile()), [view(one) for one in records], audience)
    data = over.encode() if isinstance(over, str) else over
    memory = remembered(data, known.prefix) if data is not None else NOTHING
    return make(selection, Request(TODAY, now, audience=audience), options=known, memory=memory)


def components(document: Document) -> dict[str, Component]:
    """Return the components of a calendar, which is checked, by the ends of their ids."""
    return components_in(document.text.encode())


def components_in(data: bytes) -> dict[str, Component]:
    """Return the components of a file of any journal."""
    return {one["UID"].split("-", 2)[2]: one for one in read(data)}


def counts(document: Document) -> tuple[int, ...]:
    """Return how many are new, changed, removed and the same."""
    return tuple(document.data[name] for name in ("new", "changed", "removed", "same"))
