"""What may be asked of the journal: one frozen filter, and the questions whose answers the domain thinks about."""

from __future__ import annotations

from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Protocol

    from mentorlog.models.views import View

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


class Query(Value):
    """A frozen filter over one kind of record; what is left out does not narrow."""

    record: str
    statuses: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    meeting: str | None = None
    owner: str | None = None
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | str | None = None
    until: date | str | None = None
    ids: tuple[str, ...] = ()
    limit: int | None = None
    concerning: tuple[str, ...] = ()
    """Of tasks: mentors whom it concerns, by its own links or through its goal or meeting."""
