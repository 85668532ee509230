"""The values of cells: dates whose order is clear or not, words of sheets, numbers, lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from factories import TODAY
from mentorlog import vocabulary
from mentorlog.domain.people import Person
from mentorlog.errors import BadDate, BadValue
from mentorlog.exchange import csv_cells, csv_people
from mentorlog.exchange.directory import Directory
from mentorlog.models.fields import spec
from mentorlog.models.goal import Goal
from mentorlog.models.meeting import AgendaItem

# Dates


def day(cell: str, order: str | None = None, *, past: bool = False) -> date:
    """The date in a cell."""
    return csv_cells.DateColumn(TODAY, order, past).value(cell)[0]


@pytest.mark.parametrize(
    "cell",
    ["2026-12-04", "2026/12/4", "20261204", "4 Dec 2026", "Dec 4, 2026", "Friday, 4 December 2026", "04-Dec-2026",
     "2026-12-04 00:00:00", "2026-12-04T09:30"],
)  # fmt: skip
def test_a_date_with_its_year(cell: str) -> None:
    """Any form that the grammar knows, with or without a time of day."""
    assert day(cell) == date(2026, 12, 4)


@pytest.mark.parametrize("cell", ["fri", "tomorrow", "in 6 weeks", "3 feb", "the 3rd", "eom", "27/12"])
def test_a_date_that_depends_on_the_day(cell: str) -> None:
    """A sheet does not say when it was written, and an import tomorrow must find the same."""
    with pytest.raises(BadDate):
        day(cell)


@pytest.mark.parametrize(
    ("cell", "order", "wanted"),
    [
        ("27.12.2026", None, date(2026, 12, 27)),
        ("12/27/2026", None, date(2026, 12, 27)),
        ("05/05/2026", None, date(2026, 5, 5)),
        ("03/01/26", "day-first", date(2026, 1, 3)),
        ("03/01/26", "month-first", date(2026, 3, 1)),
        ("3.1.2026", "day-first", date(2026, 1, 3)),
    ],
)
def test_the_order_of_day_and_month(cell: str, order: str | None, wanted: date) -> None:
    """It is that of the option; without one only a date that has one reading is taken."""
    assert day(cell, order) == wanted


def test_a_short_year() -> None:
    """It is of this century, but what happened is not in the future."""
    assert day("03/01/98", "day-first") == date(2098, 1, 3)
    assert day("03/01/98", "day-first", past=True) == date(1998, 1, 3)
    assert day("03/01/26", "day-first", past=True) == date(2026, 1, 3)


@pytest.mark.parametrize("cell", ["2027-01-01", "01/01/2027"])
def test_what_happened_is_not_in_the_future(cell: str) -> None:
    """A start or a closing date lies behind."""
    with pytest.raises(BadDate, match="future"):
        day(cell, "day-first", past=True)


@pytest.mark.parametrize(("cell", "order"), [("12/27/2026", "day-first"), ("27.12.2026", "month-first")])
def test_a_date_against_the_order(cell: str, order: str) -> None:
    """It is refused: the sheet has two orders."""
    with pytest.raises(BadDate, match="not in the calendar"):
        day(cell, order)


def test_the_time_of_day() -> None:
    """It is given back; midnight is what spreadsheets add."""
    column = csv_cells.DateColumn(TODAY, None, False)

    assert column.value("2026-12-04 9:30") == (date(2026, 12, 4), "09:30")
    assert column.value("2026-12-04 00:00:00") == (date(2026, 12, 4), None)


def test_an_order_that_is_not_clear_is_said_once() -> None:
    """With the rows, and with the order that another cell of the column has, if there is one."""
    cells = [(2, "2026-12-19"), (4, "03/01/26"), (5, ""), (7, "05/06/2026"), (8, "05/05/2026")]
    error = csv_cells.unclear_order("Since", cells)
    certain = csv_cells.unclear_order("Since", [*cells, (9, "27/12/2026")])
    both = csv_cells.unclear_order("Since", [*cells, (9, "27/12/2026"), (10, "12/27/2026")])

    assert error is not None
    assert error.sentence == "Column 'Since', rows 4, 7: '03/01/26' can be several dates."
    assert error.hint == "pass the order of the sheet: --dates day-first or --dates month-first"
    assert certain is not None
    assert certain.hint == "row 9 has 27/12/2026, so pass: --dates day-first"
    assert both is not None
    assert both.hint == error.hint
    assert csv_cells.unclear_order("Since", [(2, "27.12.2026"), (3, "soon")]) is None


# Words and numbers


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        ("goal", "in progress", "active"),
        ("goal", "In-Progress", "active"),
        ("goal", "Done", "achieved"),
        ("goal", "partly", "partly"),
        ("task", "in progress", "doing"),
        ("task", "Open", "todo"),
        ("task", "complete", "done"),
        ("mentor", "Current", "active"),
        ("mentor", "stay in touch", "stay_in_touch"),
        ("meeting", "no show", "missed"),
        ("note", "unanswered", "open"),
    ],
)
def test_the_words_of_sheets_for_a_status(kind: str, cell: str, wanted: str) -> None:
    """Those that people use, and our own."""
    assert csv_cells.status(kind, cell) == wanted


def test_every_status_is_known() -> None:
    """Each kind of record has all of its own, and no word means two."""
    own = {"mentor": vocabulary.MENTOR_STATUSES, "goal": vocabulary.GOAL_STATUSES, "task": vocabulary.TASK_STATUSES,
           "meeting": vocabulary.MEETING_STATUSES, "note": vocabulary.NOTE_STATUSES}  # fmt: skip
    for kind, statuses in own.items():
        assert [csv_cells.status(kind, one) for one in statuses] == list(statuses)
    with pytest.raises(BadValue) as caught:
        csv_cells.status("goal", "foo")
    assert caught.value.hint == f"one of: {', '.join(vocabulary.GOAL_STATUSES)}"


def test_a_priority() -> None:
    """`medium` is how others call the normal one."""
    field = spec(Goal)["priority"]

    assert [csv_cells.word(field, cell) for cell in ("Medium", "high", "LOW")] == ["normal", "high", "low"]


@pytest.mark.parametrize(("cell", "wanted"), [("45", 45), ("45 min", 45), ("1:30", 90), ("0:45:00", 45), ("2 h", 120)])
def test_a_length_in_minutes(cell: str, wanted: int) -> None:
    """As spreadsheets and people write it."""
    assert csv_cells.minutes(cell) == wanted


@pytest.mark.parametrize(("cell", "wanted"), [("70", 70), ("70%", 70), ("70 %", 70), ("70,0", 70), ("0", 0)])
def test_a_percentage(cell: str, wanted: int) -> None:
    """With or without its sign."""
    assert csv_cells.whole_number("percent", cell, (0, 100), "%") == wanted


@pytest.mark.parametrize(("cell", "wanted"), [("12", 12), ("12.5", 12.5), ("12,5", 12.5), ("0.125", 0.125)])
def test_a_number(cell: str, wanted: float) -> None:
    """With a point or a comma."""
    assert csv_cells.decimal("count", cell) == wanted


def test_the_time_of_a_meeting() -> None:
    """Seconds of spreadsheets are dropped."""
    assert [csv_cells.clock(cell) for cell in ("14:00", "9:30:00", "2 pm")] == ["14:00", "09:30", "14:00"]


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (lambda cell: csv_cells.whole_number("percent", cell, (0, 100), "%"), "101"),
        (lambda cell: csv_cells.whole_number("percent", cell, (0, 100), "%"), "0.7"),
        (lambda cell: csv_cells.whole_number("percent", cell, (0, 100), "%"), "9" * 40),
        (csv_cells.minutes, "long"),
        (csv_cells.minutes, "0"),
        (lambda cell: csv_cells.decimal("count", cell), "1,000"),  # a thousand, or one
        (lambda cell: csv_cells.decimal("count", cell), "-1"),
        (lambda cell: csv_cells.decimal("count", cell), "1e5"),
        (csv_cells.clock, "25:00"),
    ],
)
def test_what_is_no_number(read: Callable[[str], Any], cell: str) -> None:
    """It is refused, not guessed."""
    with pytest.raises((BadValue, BadDate)):
        read(cell)


@pytest.mark.parametrize("cell", ["Err:509", "#REF!", "#N/A", "#NAME?", " #DIV/0! ", "###"])
def test_the_error_of_a_formula(cell: str) -> None:
    """It is what a spreadsheet writes for a formula that failed."""
    assert csv_cells.failed(cell)


@pytest.mark.parametrize("cell", ["#research", "Err: 509 beds", "#1", "N/A"])
def test_what_is_no_error_of_a_formula(cell: str) -> None:
    """A text that only begins so is the user's."""
    assert not csv_cells.failed(cell)


# Lists and people


def test_lists() -> None:
    """Semicolons and line ends separate before commas do, where commas may be in a text."""
    assert csv_cells.items("advisor; sponsor;") == ("advisor", "sponsor")
    assert csv_cells.items("a, b, a") == ("a", "b")
    assert csv_cells.items("Annals, first\nNo table", commas=False) == ("Annals, first", "No table")
    assert csv_cells.links("https://a.example; https://b.example/x,y") == ("https://a.example", "https://b.example/x,y")


def test_an_agenda() -> None:
    """Boxes as our tables have them, or texts; points that are there stay, as an export may lack some."""
    old = (AgendaItem(text="Figures; and tables", goal="g7k3q"), AgendaItem(text="Titles", done=True))
    points = csv_cells.agenda("[x] Figures; and tables; [x] a private goal; [ ] Weather", old)

    assert [(one.text, one.done, one.goal) for one in points] == [
        ("Figures; and tables", True, "g7k3q"), ("Titles", True, None), ("Weather", False, None),
    ]  # fmt: skip
    assert [one.text for one in csv_cells.agenda("Figures; Weather")] == ["Figures", "Weather"]


def test_a_line() -> None:
    """Line ends within a cell become blanks."""
    assert csv_cells.line(" Submit\r\ncase report\n") == "Submit case report"


PEOPLE = (Person("osler", "William Osler"), Person("curie", "Marie Curie"), Person("joliot", "Irène Joliot-Curie"))


@pytest.mark.parametrize(
    ("cell", "wanted", "strangers"),
    [
        ("Osler", ["osler"], []),
        ("Osler, William", ["osler"], []),
        ("Osler, William, MD", ["osler"], []),
        ("Osler; Marie Curie", ["osler", "curie"], []),
        ("Osler, Joliot", ["osler", "joliot"], []),
        ("Osler and Joliot", ["osler", "joliot"], []),
        ("Osler/Virchow\nOsler", ["osler"], ["Virchow"]),
        ("Osler, Virchow", ["osler"], ["Virchow"]),
        ("Virchow, Rudolf", [], ["Rudolf Virchow"]),
        ("Osler, William; Virchow, Rudolf", ["osler"], ["Rudolf Virchow"]),
        ("Blackwell, Noether, Virchow", [], ["Blackwell", "Noether", "Virchow"]),
    ],
)
def test_the_people_in_a_cell(cell: str, wanted: list[str], strangers: list[str]) -> None:
    """One or several, also with the surname first; those who are no mentors are counted."""
    people = Directory(PEOPLE)
    ids, whole = csv_people.People(people, {}).several(cell)

    assert (list(ids), list(people.strangers)) == (wanted, strangers)
    assert whole is not bool(strangers)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Osler, William", "William Osler"),
        ("Dr. Marie  Curie", "Dr. Marie Curie"),
        ("Marie Curie, MD", "Marie Curie, MD"),
        ("Röntgen", "Röntgen"),
    ],
)
def test_the_name_of_a_mentor(text: str, wanted: str) -> None:
    """The given name comes first; titles stay as they are."""
    assert csv_people.full_name(text) == wanted
