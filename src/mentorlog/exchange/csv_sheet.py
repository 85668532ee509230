"""What a sheet is read with: what the user says of it, what the journal has, and its rows before they are records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mentorlog.models.views import View
from mentorlog.values import Value


class Sheet(Value):
    """What the user says of a file: the kind of its records, and of its columns what their names do not tell."""

    kind: str
    separator: str | None = None
    mapped: tuple[tuple[str, str], ...] = ()
    """Columns and the fields that they are, or "" to keep them as they are."""
    key: str | None = None
    """The column that says which record a row is."""
    dropped: tuple[str, ...] = ()
    dates: str | None = None
    """`day-first` or `month-first`."""


class Here(Value):
    """The journal: the views of its mentors, goals, meetings and those of the sheet's kind; a record by its id."""

    views: tuple[View, ...]
    record: Callable[[str], Any]

    def of(self, kind: str) -> list[Any]:
        """Return the views of a kind of record."""
        return [one for one in self.views if one["record"] == kind]


class Draft(Value):
    """A row: its cells by field, and those that are kept, by the column's name.

    `id` is that of the record which it is by an id or a name; `old` is its view, also if it was imported before.
    `there` is its id in another journal.
    """

    number: int
    cells: dict[str, str]
    kept: dict[str, str]
    key: str | None = None
    """The cell of the column that is the key, if the user says one."""
    id: str | None = None
    there: str | None = None
    old: Any = None
