"""The rows of a CSV file: its character set, its separator, its quotes. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from mentorlog.errors import MentorlogError
from mentorlog.exchange import foreign
from mentorlog.export.csv import SEPARATORS
from mentorlog.values import Value

MOST_ROWS = 20_000
_MOST_COLUMNS = 500
_SAMPLE = 64 * 1024  # characters in which the first row is looked for
_SAVE_AS = 'save it as CSV in UTF-8: in Excel "CSV UTF-8", in LibreOffice "Text CSV" with the character set UTF-8'
_WORKBOOKS = {b"PK\x03\x04": "an Excel or LibreOffice file", b"\xd0\xcf\x11\xe0": "an Excel file"}


class Row(Value):
    """One row: its number in the spreadsheet, where the first row is 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Table(Value):
    """The names of the columns from the first row, the rows below that are not blank, and the separator's name."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str


def read(data: bytes, separator: str | None, is_known: Callable[[str], bool]) -> Table:
    """Return the table in a CSV file; MentorlogError says why it is none.

    Without a separator it is the one with which the first row has the most known names of columns, then the most cells.
    """
    text, separator = _named_inside(_text(data), separator)
    separator = separator or _separator(text, is_known)
    rows = _rows(text, SEPARATORS[separator])
    if not rows or not text.strip(' \r\n\t,;"'):
        raise MentorlogError("The file is empty.", "export the sheet again, with the names of the columns in row 1")
    header, *below = rows
    if len(header.cells) > _MOST_COLUMNS:
        raise MentorlogError(f"The file has more than {_MOST_COLUMNS} columns.", "keep only those that you need")
    if len(below) > MOST_ROWS:
        raise MentorlogError(f"The file has more than {MOST_ROWS:,} rows.", "split it into several files")
    return Table(tuple(name.strip() for name in header.cells), tuple(below), separator)


def _text(data: bytes) -> str:
    for start, what in _WORKBOOKS.items():
        if data.startswith(start):
            raise MentorlogError(f"The file is {what}, not CSV.", _SAVE_AS)
    if data.startswith(foreign.UTF_16):
        raise MentorlogError("The file is UTF-16, not UTF-8.", _SAVE_AS)
    if b"\0" in data:
        line = foreign.line_of(data, data.index(b"\0"))
        raise MentorlogError(f"The file has a NUL character (line {line}), so it is not CSV.", _SAVE_AS)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = foreign.line_of(data, error.start)
        raise MentorlogError(f"The file is not UTF-8 (line {line}).", _SAVE_AS) from None


def _named_inside(text: str, separator: str | None) -> tuple[str, str | None]:
    """Return the text without a first line `sep=;`, which Excel reads, and the separator that it names."""
    first, _, rest = text.partition("\n")
    line = first.rstrip("\r")
    if line[:4].lower() == "sep=" and len(line) == 5:
        named = next((name for name, sign in SEPARATORS.items() if sign == line[4]), None)
        if named:
            return f"\n{rest}", separator or named  # rows keep their numbers
    return text, separator


def _separator(text: str, is_known: Callable[[str], bool]) -> str:
    def score(name: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=SEPARATORS[name])
        cells = next((cells for cells in reader if not _is_blank(cells)), [])
        return sum(map(is_known, cells)), len(cells)

    return max(SEPARATORS, key=score)


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(map(str.strip, cells))


def _rows(text: str, delimiter: str) -> list[Row]:
    """Return the rows that are not blank, as far as the first that is too many."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, number = list[Row](), 0
    usual = csv.field_size_limit(len(text) + 1)  # usually 128 KiB
    try:
        for number, cells in enumerate(reader, 1):
            if not _is_blank(cells):
                rows.append(Row(number, tuple(cells)))
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as error:
        never_ends = "unexpected end" in str(error)
        what = "a quoted cell that never ends" if never_ends else "text behind the closing quote of a cell"
        hint = 'put the whole cell in quotes, and write a quote within it twice: "a ""word"" of his"'
        raise MentorlogError(f"Row {number + 1} has {what}.", hint) from None
    finally:
        csv.field_size_limit(usual)
    return rows
