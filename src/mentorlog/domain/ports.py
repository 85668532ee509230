"""What the domain asks of the store, as protocols: the store knows the domain, never the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorlog.domain.query import Query
    from mentorlog.models.record import R, Record
    from mentorlog.models.views import View


class RecordWriter(Protocol):
    """Reads and saves records within one operation."""

    def get(self, kind: type[R], id: str) -> R:
        """Return a record from its file; UnknownId where there is none."""

    def put(self, record: Record) -> View:
        """Save a record and return its view."""

    def new_id(self, kind: str, name: str = "", slug: str | None = None) -> str:
        """Return an id that no record has or had; of a mentor the slug, or one of the name."""


class Resolve(Protocol):
    """Knows which record a text means; raises where it is none, or several."""

    def __call__(self, text: str, *kinds: str, by_name: bool = False) -> View:
        """Return the one record that the text means."""


class Questions(Protocol):
    """Whoever answers questions about the records: the journal."""

    def find(self, query: Query) -> list[View]:
        """Return the views that a query asks for."""

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title or name of each id that is there."""

    def first_day(self) -> str | None:
        """Return the day of the first record."""

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence, up to a day, of each of the goals that has any."""

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor who has one."""

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each of these meetings and goals."""
