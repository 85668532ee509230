"""Tables of the journal as CSV (RFC 4180) for spreadsheets and scripts; the same journal gives the same bytes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from mentorlog.export.csv_guard import guarded
from mentorlog.export.csv_tables import TABLES
from mentorlog.export.document import Document
from mentorlog.models.views import counted
from mentorlog.output.text import safe_block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorlog.domain.audience import Selection
    from mentorlog.export.document import Request

SEPARATORS: Mapping[str, str] = {"comma": ",", "semicolon": ";", "tab": "\t"}
_BYTE_ORDER_MARK = "\ufeff"
_BETWEEN = "; "


def make(
    selection: Selection,
    request: Request,
    *,
    table: str | None = None,
    separator: str = "comma",
    excel: bool = False,
) -> Document:
    """Return a table of what goes to the audience, or without a name a folder of all.

    Excel recognises UTF-8 by a byte order mark.
    """
    mark = _BYTE_ORDER_MARK if excel else ""
    names = list(TABLES) if table is None else [table]
    made = {name: _table(selection, name, SEPARATORS[separator]) for name in names}
    texts = {f"{name}.csv": mark + text for name, (text, _) in made.items()}
    text, counts = "\r\n".join(texts.values()), {name: count for name, (_, count) in made.items()}
    if table is None:
        wrote = counted(len(made), "table")
        return Document(text, len(selection.views), data={"tables": counts}, wrote=wrote, files=texts, counts=True)
    kinds, wrote = TABLES[table].kinds, counted(counts[table], "row")
    counts_others = table in ("mentors", "goals")  # meetings, and evidence
    return Document(text, counts[table], data={"table": table}, wrote=wrote, kinds=kinds, counts=counts_others)


def _table(selection: Selection, table: str, separator: str) -> tuple[str, int]:
    """Return a table as CSV, and its number of rows below the header."""
    columns = TABLES[table].columns
    rows = list(TABLES[table].rows(selection))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return file.getvalue(), len(rows)


def cell(value: Any) -> str:
    """Return a value as the text of a cell: no value is an empty one, a list is joined."""
    if value is None:
        return ""
    return guarded(_harmless(_BETWEEN.join(value) if isinstance(value, list) else str(value)))


def _harmless(text: str) -> str:
    """Return the text with controls as visible escapes, except for tabs and line ends."""
    return "\t".join(safe_block(part, document=True) for part in text.split("\t"))
