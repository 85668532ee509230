"""What the domain needs from the store, as protocols: the domain does not import the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mentorlog.domain.query import Query
    from mentorlog.models.record import R, Record
    from mentorlog.models.view_types import BlockView
    from mentorlog.models.views import View


class RecordWriter(Protocol):
    """Reads and saves records within one operation."""

    def find(self, query: Query) -> list[View]:
        """Return the views that match a query."""

    def get(self, kind: type[R], id: str) -> R:
        """Return a record from its file; UnknownId if there is none."""

    def put(self, record: Record) -> View:
        """Save a record and return its view."""

    def new_id(self, kind: str, name: str = "", slug: str | None = None) -> str:
        """Return an id that no record has or had; for a mentor the slug, or one made of the name."""


class Resolve(Protocol):
    """Finds the record that a text refers to; raises if there is none, or several."""

    def __call__(self, text: str, *kinds: str, by_name: bool = False) -> View:
        """Return the one record that the text refers to."""


class Questions(Protocol):
    """Answers questions about the records; implemented by the journal."""

    def find(self, query: Query) -> list[View]:
        """Return the views that match a query."""

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the title or name of each existing id."""

    def blocks(self) -> list[BlockView]:
        """Return the blocks of the profile."""

    def first_day(self) -> str | None:
        """Return the day of the first record."""

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence, up to a day, of each of the goals that has any."""

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor who has one."""

    def meetings_held(self, mentors: Sequence[str], since: str = "") -> dict[str, int]:
        """Return how many meetings were held with each of these mentors, since a day (inclusive)."""

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each of these meetings and goals."""
