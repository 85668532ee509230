"""How `history` shows the log of operations."""

from __future__ import annotations

from typing import Any, Protocol

from mentorlog.models.views import View
from mentorlog.output.table import ALWAYS, Column


class Operation(Protocol):
    """One change as the log has it."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """What it did, in words."""

    @property
    def at(self) -> str:
        """When it was, RFC 3339."""

    @property
    def kind(self) -> str:
        """`do`, `undo`, `redo` or `forget`."""

    @property
    def undoes(self) -> tuple[int, ...]:
        """The numbers of the operations that it took back or did again."""

    @property
    def files(self) -> tuple[Any, ...]:
        """What it touched, the path first."""


COLUMNS = (
    Column("no", lambda entry: str(entry["seq"]), align="right", keep=ALWAYS),
    Column("when", lambda entry: entry["at"][:16].replace("T", " "), keep=ALWAYS),
    Column("change", "name", shrink=True),
)


def data(operation: Operation) -> View:
    """Return an operation for scripts."""
    return {
        "seq": operation.seq,
        "at": operation.at,
        "name": operation.name,
        "kind": operation.kind,
        "undoes": list(operation.undoes),
        "files": [file[0] for file in operation.files],
    }


def empty(id: str | None) -> str:
    """Return the sentence for an empty log."""
    return "Nothing was changed yet." if id is None else f"The log knows of no change of {id}: it came from elsewhere."
