"""What the domain asks of the store, as protocols: the store knows the domain, never the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from mentorlog.models.record import Record

if TYPE_CHECKING:
    from mentorlog.models.views import View

R = TypeVar("R", bound=Record)


class RecordWriter(Protocol):
    """Reads and saves records within one operation."""

    def get(self, kind: type[R], id: str) -> R:
        """Return a record from its file; UnknownId where there is none."""

    def put(self, record: Record) -> View:
        """Save a record and return its view."""

    def new_id(self, kind: str) -> str:
        """Return an id that no record has or had."""
