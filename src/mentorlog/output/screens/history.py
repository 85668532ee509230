"""How `history` shows the log of operations."""

from __future__ import annotations

from mentorlog.domain.reports import OperationEntry
from mentorlog.models.views import View
from mentorlog.output.table import ALWAYS, Column

COLUMNS = (
    Column("no", lambda entry: str(entry["seq"]), align="right", keep=ALWAYS),
    Column("when", lambda entry: entry["changed_at"][:16].replace("T", " "), keep=ALWAYS),
    Column("change", "name", shrink=True),
)


def data(entry: OperationEntry) -> View:
    """Return an operation for scripts."""
    shown = {"seq": entry.seq, "changed_at": entry.changed_at, "name": entry.name, "operation": entry.operation}
    return {**shown, "undoes": entry.undoes, "files": entry.paths}


def empty(id: str | None) -> str:
    """Return the sentence for an empty log."""
    return "Nothing was changed yet." if id is None else f"The log knows of no change of {id}: it came from elsewhere."
