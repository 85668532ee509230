"""Aligned lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import effort, grows
from mentorlog.output.table import ID, Column, layout
from mentorlog.output.text import width
from output.payloads import ANY_TEXT, PAYLOADS, acts, bare

COLUMNS = [
    ID,
    Column("due", lambda view: view["due"], keep=7, style=lambda view: "red" if view["late"] else None),
    Column("title", lambda view: view["title"], shrink=True),
    Column("who", lambda view: view["who"], keep=4),
    Column("status", lambda view: view["status"], keep=3, style="dim"),
]


def row(id: str = "t4m2x", title: str = "Draft study protocol", **more: Any) -> dict[str, Any]:
    """Make a view of a task."""
    return {
        "record": "task",
        "id": id,
        "title": title,
        "due": "Sun 3 Jan 2027",
        "late": False,
        "who": "osler",
        "status": "todo",
        **more,
    }


ROWS = [
    row(),
    row("g7k3q", "日本 🩺 Röntgen", who="röntgen"),
    row("t9999", "Revise the CV before the interview with the program director " * 2, status="waiting"),
]


def test_a_pipe_gets_aligned_whole_texts() -> None:
    """Without a width nothing is cut, nothing is left out, no line ends in spaces."""
    assert layout(ROWS[:2], COLUMNS, width=None, colour=False) == [
        "id     due             title                 who      status",
        "t4m2x  Sun 3 Jan 2027  Draft study protocol  osler    todo",
        "g7k3q  Sun 3 Jan 2027  日本 🩺 Röntgen       röntgen  todo",
    ]
    assert ROWS[2]["title"] in layout(ROWS, COLUMNS, width=None, colour=False)[3]


def test_at_eighty_columns_the_title_shrinks() -> None:
    """The widest line is exactly as wide as the terminal, and the title gave way."""
    lines = layout(ROWS, COLUMNS, width=80, colour=False)

    assert max(map(width, lines)) == 80
    assert lines[3] == "t9999  Sun 3 Jan 2027  Revise the CV before the interview wit…  osler    waiting"


def test_between_the_least_important_columns_are_left_out() -> None:
    """Status (3) goes, the others stay, the title takes the rest."""
    lines = layout([row(who="nightingale, osler", title="Draft " * 20)], COLUMNS, width=64, colour=False)

    assert lines == [
        "id     due             title                  who",
        "t4m2x  Sun 3 Jan 2027  Draft Draft Draft Dr…  nightingale, osler",
    ]


def test_at_forty_columns_every_record_has_lines_of_its_own() -> None:
    """The first cell and the title, then the others with their titles; nothing is cut or left out."""
    lines = layout(ROWS, COLUMNS, width=40, colour=False)

    assert lines[:5] == [
        "t4m2x  Draft study protocol",
        "       due Sun 3 Jan 2027, who osler,",
        "       status todo",
        "g7k3q  日本 🩺 Röntgen",
        "       due Sun 3 Jan 2027, who röntgen,",
    ]
    assert " ".join(" ".join(lines).split()).count("the program director") == 2


def test_a_list_that_fits_a_narrow_terminal_stays_a_table() -> None:
    """Only what does not fit is stacked."""
    assert layout([row()], COLUMNS[:3], width=45, colour=False)[0] == "id     due             title"


def test_at_twenty_columns_a_long_first_cell_has_its_own_line() -> None:
    """An id that takes half of the terminal stands above the rest."""
    assert layout([row("florence-nightingale", due="", who="")], COLUMNS, width=20, colour=True) == [
        "florence-nightingale",
        "  Draft study",
        "  protocol",
        "  status todo",
    ]


def test_a_shrinking_column_of_a_few_letters_is_left_out() -> None:
    """Where the columns that must stay take everything, a lone … says nothing."""
    must = [ID, Column("day", lambda view: view["due"], keep=9), Column("with", lambda view: view["who"], keep=9)]
    columns = [*must, Column("about", lambda view: view["title"], shrink=True)]

    people = "osler, curie, röntgen, nightingale, ada"
    lines = layout([row(who=people)], columns, width=64, colour=False)

    assert lines == ["id     day             with", f"t4m2x  Sun 3 Jan 2027  {people}"]


def test_a_column_with_nothing_in_it_is_not_shown() -> None:
    """Empty columns take no room, on a pipe neither."""
    lines = layout([row(who="", due="")], COLUMNS, width=None, colour=False)

    assert lines[0] == "id     title                 status"


def test_colour_marks_the_prefix_and_dims_the_rest() -> None:
    """The letters that are enough to type stand out; titles of columns are dim; a function may choose the style."""
    lines = layout([row(late=True)], COLUMNS, width=80, colour=True, prefixes={"t4m2x": 2})

    assert lines[0].startswith("\x1b[2mid")
    assert lines[1].startswith("\x1b[1;36mt4\x1b[0m\x1b[2mm2x\x1b[0m  \x1b[31mSun 3 Jan 2027\x1b[0m  Draft")
    assert [bare(line) for line in lines] == layout([row()], COLUMNS, width=80, colour=False)


def test_a_column_on_the_right_ends_at_one_edge() -> None:
    """Numbers are aligned by their ends."""
    columns = [Column("n", lambda view: view["title"], align="right")]

    lines = layout([row(title="7"), row(title="1234")], columns, width=80, colour=False)

    assert lines == ["   n", "   7", "1234"]


def test_nothing_to_show_is_no_line() -> None:
    """No rows, or no column with anything in it: an empty list."""
    assert layout([], COLUMNS, width=80, colour=True) == []


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("colour", [True, False])
def test_cells_are_made_safe(text: str, shown: str, colour: bool) -> None:
    """Text of a record is shown, never obeyed."""
    lines = layout([row(title=text)], COLUMNS, width=None, colour=colour)

    assert shown in bare(lines[1])
    assert acts(bare("".join(lines))) == []


@given(st.lists(ANY_TEXT, min_size=1, max_size=4), ANY_TEXT, st.integers(20, 90), st.booleans())
def test_no_line_is_wider_than_the_terminal(titles: list[str], who: str, columns: int, colour: bool) -> None:
    """Whatever the records hold, every line fits."""
    rows = [row(title=title, who=who) for title in titles]

    lines = layout(rows, COLUMNS, width=columns, colour=colour)

    assert [line for line in lines if width(bare(line)) > columns] == []


def test_a_row_costs_what_it_costs_in_a_short_list() -> None:
    """A list of all records takes as long as its rows, and a row not many steps."""
    rows = [row(title=f"Draft the study protocol number {number}") for number in range(2000)]

    assert grows(lambda size: layout(rows[:size], COLUMNS, width=80, colour=True), 2000) < 2.1
    assert effort(lambda: layout(rows, COLUMNS, width=80, colour=True)) < 100 * len(rows)
