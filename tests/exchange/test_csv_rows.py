"""The rows of a CSV file: character sets, separators, quotes, and what is no CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.errors import MentorlogError
from mentorlog.exchange import csv_rows
from mentorlog.export.csv import SEPARATORS

KNOWN = {"title", "by", "why"}


def read(content: str | bytes, separator: str | None = None) -> csv_rows.Table:
    """The table in a file."""
    data = content.encode() if isinstance(content, str) else content
    return csv_rows.read(data, separator, KNOWN.__contains__)


def rows(content: str | bytes, separator: str | None = None) -> list[tuple[str, ...]]:
    """The cells of its rows, the first one too."""
    table = read(content, separator)
    return [table.header, *(row.cells for row in table.rows)]


def refused(content: str | bytes) -> tuple[str, str]:
    """Why a file is refused, and the hint."""
    with pytest.raises(MentorlogError) as caught:
        read(content)
    return caught.value.sentence, caught.value.hint or ""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark(ends: str, mark: str) -> None:
    """Lines may end as on any system, and the mark of Excel is no part of the first name."""
    text = mark + ends.join(["title,why", 'Röntgen,"a\nb, ""c"""', ""])

    assert rows(text) == [("title", "why"), ("Röntgen", 'a\nb, "c"')]


@pytest.mark.parametrize(
    ("first", "named"),
    [
        ("title,by,why", "comma"),
        ("title;by;why", "semicolon"),
        ("title\tby\twhy", "tab"),
        ("title;why, in a word, or two, or three", "semicolon"),  # more commas, but a name that is known
        ("aim;until;if, known", "semicolon"),
        ("title", "comma"),
    ],
)
def test_the_separator_is_found(first: str, named: str) -> None:
    """It is the one that gives the most known names, else the most cells."""
    assert read(f"{first}\n1,2;3\t4\n").separator == named


def test_a_separator_that_the_user_or_the_file_names() -> None:
    """An option comes first, then the line that Excel reads; the rows keep their numbers in the file."""
    table = read("sep=;\ntitle;by,why\nx;y\n")

    assert (table.header, table.rows[0].number, table.separator) == (("title", "by,why"), 3, "semicolon")
    assert rows("title;by,why\n", "comma") == [("title;by", "why")]
    assert rows("sep=;\ntitle;by,why\n", "comma") == [("title;by", "why")]


def test_blank_rows_count_but_are_no_records() -> None:
    """A row has the number that the spreadsheet shows."""
    table = read("\n,,\ntitle,by\n\n , \na,b\n")

    assert table.header == ("title", "by")
    assert [(row.number, row.cells) for row in table.rows] == [(6, ("a", "b"))]


def test_a_cell_may_be_long() -> None:
    """The limit of the standard library, which is 128 KiB, does not hold here, and is as before afterwards."""
    before = csv.field_size_limit()
    text = "a" * 300_000

    assert rows(f'title\n"{text}"\n')[1] == (text,)
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b",,\n,\n", "The file is empty."),
        (b"PK\x03\x04\x14\x00rest", "The file is an Excel or LibreOffice file, not CSV."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "The file is an Excel file, not CSV."),
        ("title\nRöntgen\n".encode("utf-16"), "The file is UTF-16, not UTF-8."),
        ("title\nRöntgen\n".encode("utf-16-be"), "The file has a NUL character (line 1), so it is not CSV."),
        (b"title\na\0b\n", "The file has a NUL character (line 2), so it is not CSV."),
        ("title\n\nRöntgen\n".encode("cp1252"), "The file is not UTF-8 (line 3)."),
        (b'title,by\na,b\n\n"a,b\nc,d\n', "Row 4 has a quoted cell that never ends."),
        (b'title,by\n"a"b,c\n', "Row 2 has text behind the closing quote of a cell."),
        (b"title" + b"," * 500 + b"\n", "The file has more than 500 columns."),
        (b"title\n" + b"a\n" * 20_001, "The file has more than 20,000 rows."),
    ],
)
def test_what_is_no_csv(content: bytes, said: str) -> None:
    """Each is refused with one sentence, and a hint."""
    sentence, hint = refused(content)

    assert sentence == said
    assert hint
    assert "UTF-8" in hint or "UTF" not in sentence


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4), st.sampled_from(sorted(SEPARATORS)))
def test_what_the_standard_library_writes_is_read(table: list[list[str]], separator: str) -> None:
    """Any cells, with any separator."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=SEPARATORS[separator])
    writer.writerows([["title", "by"], *table])
    wanted = [tuple(row) for row in table if any(map(str.strip, row))]

    assert rows(file.getvalue(), separator)[1:] == wanted
