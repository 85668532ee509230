"""Rows of an id, words and a day."""

from __future__ import annotations

import pytest

from mentorlog.output.page import Page
from mentorlog.output.text import width

SHORT = ("t4m2x", "Draft abstract", "due Fri 27 Nov", "")
LONG = (
    "nightingale",
    "Florence Nightingale, last met 6 months ago 日本 🩺",
    "overdue since Sat 28 Nov 2026",
    "red",
)


def test_columns_where_there_is_room() -> None:
    """Ids and days stand below each other."""
    assert Page(80, terminal=True).rows([SHORT, ("osler", "Send it", "today", "")]) == [
        "  t4m2x  Draft abstract  due Fri 27 Nov",
        "  osler  Send it         today",
    ]


def test_nothing_is_cut_on_a_pipe() -> None:
    """One line a row, however long."""
    lines = Page(40).rows([SHORT, LONG])

    assert len(lines) == 2
    assert all(text in lines[1] for text in LONG[:3])


@pytest.mark.parametrize("columns", [80, 60, 40])
def test_a_narrow_terminal(columns: int) -> None:
    """No line is wider; the day is whole."""
    lines = Page(columns, terminal=True).rows([SHORT, LONG])

    assert max(map(width, lines)) <= columns
    assert any(LONG[2] in line for line in lines)


def test_three_lines_of_words_and_the_day() -> None:
    """More of a text is not shown."""
    lines = Page(40, terminal=True).rows([("t4m2x", "word " * 200, "today", "")])

    assert [len(lines), lines[2][-1], lines[3].strip()] == [4, "…", "today"]


@pytest.mark.parametrize("columns", [80, 40])
def test_a_row_without_a_day_has_its_room(columns: int) -> None:
    """Its words go to the end of the line, and no line follows them."""
    text = "Draft the consent form: with William Osler for 3 weeks"
    lines = Page(columns, terminal=True).rows([("t4m2x", text, "", ""), SHORT])

    assert len(lines) == (2 if columns == 80 else 3)
    assert " ".join(" ".join(lines).split()).startswith(f"t4m2x {text}")


def test_blocks_are_the_lines_of_each_row() -> None:
    """What is shown as one list can be cut between two rows."""
    page = Page(40, terminal=True)

    assert [line for block in page.blocks([SHORT, LONG]) for line in block] == page.rows([SHORT, LONG])
    assert [len(block) for block in page.blocks([SHORT, LONG])] == [2, 4]


def test_styles_and_hostile_text() -> None:
    """The day has the style asked for, else it is dim; texts are made safe."""
    shown = Page(80, colour=True).rows([("t4m2x", "a\x1b[31m", "today", "red"), SHORT])

    assert shown[0].endswith("\x1b[31mtoday\x1b[0m")
    assert "a\\x1b[31m" in shown[0]
    assert shown[1].endswith("\x1b[2mdue Fri 27 Nov\x1b[0m")


def test_no_rows() -> None:
    """Nothing is nothing."""
    assert Page(80).rows([]) == []
