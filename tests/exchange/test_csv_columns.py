"""Which columns are which fields: names, options, twins, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mentorlog.errors import MentorlogError
from mentorlog.exchange import csv_columns
from mentorlog.exchange.csv_columns import Columns
from mentorlog.exchange.csv_rows import Row, Table
from mentorlog.exchange.csv_sheet import Sheet
from mentorlog.export.csv_tables import TABLES
from mentorlog.models.fields import class_of, spec


def found(
    kind: str,
    header: Sequence[str],
    *rows: Sequence[str],
    maps: Sequence[tuple[str, str]] = (),
    drop: Sequence[str] = (),
    key: str | None = None,
) -> Columns:
    """What the columns of a table are."""
    table = Table(tuple(header), tuple(Row(place, tuple(row)) for place, row in enumerate(rows, 2)), "comma")
    return csv_columns.find(table, Sheet(kind, mapped=tuple(maps), dropped=tuple(drop), key=key))


def meanings(columns: Columns) -> dict[str, str | None]:
    """The field of each column by its name."""
    return {one.name: one.field for one in columns.all}


def refused(*arguments: object, **options: object) -> list[tuple[str, str | None]]:
    """The sentences and hints with which a table is refused."""
    with pytest.raises(MentorlogError) as caught:
        found(*arguments, **options)  # type: ignore[arg-type]
    return [(one.sentence, one.hint) for one in (caught.value, *caught.value.also)]


@pytest.mark.parametrize("kind", csv_columns.KINDS.values())
def test_every_field_of_the_list_is_one(kind: str) -> None:
    """Each name on the list belongs to a field of the record, or to one that the reader makes of it."""
    made = {
        *("id", "first_name", "last_name", "every_days", "longest_days", "percent", "count"),
    }
    assert set(csv_columns.fields(kind)) - made <= set(spec(class_of(kind)))


@pytest.mark.parametrize("kind", csv_columns.KINDS.values())
def test_our_own_tables_fit(kind: str) -> None:
    """Every column that `export csv` writes is a field of its name, or one that mentorlog works out."""
    table = TABLES[f"{kind}s"].columns
    columns = found(kind, table)

    assert all(name == field for name, field in meanings(columns).items())
    assert {*meanings(columns), *columns.counted} == set(table)
    assert columns.kept == []


def test_names_are_compared_without_case_and_signs() -> None:
    """As people write them, with spaces, hyphens, points, accents and brackets."""
    header = ["Full Name", "E-Mail", "met_how_often", "Started", "Comment(s)", "Tel."]
    wanted = ["name", "email", "every_days", "started", "notes", "phone"]

    assert list(meanings(found("mentor", header)).values()) == wanted


def test_other_columns_are_kept() -> None:
    """A column that is on no list has no field."""
    columns = found("goal", ["Goal", "Colour", "__proto__"])

    assert meanings(columns) == {"Goal": "title", "Colour": None, "__proto__": None}


@pytest.mark.parametrize(("cell", "field"), [("50", "target"), ("2026-12-04", "by"), ("", "target")])
def test_a_name_that_can_be_two_fields(cell: str, field: str) -> None:
    """A target is a number or a date: its cells decide."""
    assert meanings(found("goal", ["Goal", "Target"], ["a", cell]))["Target"] == field


@pytest.mark.parametrize(("cell", "field"), [("45 min", "minutes"), ("Chose the journal", "notes")])
def test_minutes_of_a_meeting(cell: str, field: str) -> None:
    """They are a length of time or a text."""
    assert meanings(found("meeting", ["Date", "Minutes"], ["2026-11-02", cell]))["Minutes"] == field


def test_what_the_user_says() -> None:
    """A column becomes the field that is passed, whose own column is then kept; a dropped one is not read at all."""
    maps = [("aim ", "title"), ("Comments", "")]
    columns = found("goal", ["Goal", "Aim", "Comments", "Sum"], maps=maps, drop=["sum"], key="Goal")

    assert meanings(columns) == {"Goal": None, "Aim": "title", "Comments": None}
    assert columns.key is not None
    assert columns.key.place == 0


def test_names_that_are_not_there() -> None:
    """Everything that is wrong with the options is said at once."""
    assert refused("goal", ["Goal", "Sum"], maps=[("Aim", "title"), ("Sum", "colour")], drop=["x"]) == [
        ("No column is called 'Aim'.", "the columns are: Goal, Sum"),
        ("A goal has no field 'colour'.", f"one of: {', '.join(csv_columns.fields('goal'))}"),
        ("No column is called 'x'.", "the columns are: Goal, Sum"),
    ]


def test_twins() -> None:
    """Two columns of one name or of one field are refused, as nobody can tell which one counts."""
    assert refused("goal", ["Goal", "Why", "Why", "Deadline", "Due date"]) == [
        ("Several columns are called 'Why'.", "rename one of them in the file"),
        ("The columns 'Deadline' and 'Due date' both mean by.", "keep one of them as it is: --map 'Due date='"),
    ]
    assert meanings(found("goal", ["Goal", "Deadline", "Due date"], maps=[("Due date", "")]))["Due date"] is None


def test_a_sheet_without_names_of_columns() -> None:
    """The first row is not taken for one: the hint is an option with a name that is there."""
    ((sentence, hint),) = refused("goal", ["Submit a case report", "Osler"])

    assert sentence == "No column is the title of the goal; the first row has: 'Submit a case report', 'Osler'."
    assert hint is not None
    assert hint.endswith("--map 'Submit a case report=title'")


def test_rows_that_are_too_long() -> None:
    """A cell without a column is an error by its row; empty cells at the end of a row are none."""
    header, rows = ("Goal", "", "By"), [("a", "", "", "", ""), ("a", "x", ""), ("a", "", "", "", "y")]
    table = Table(header, tuple(Row(place, cells) for place, cells in enumerate(rows, 2)), "comma")

    assert [one.sentence for one in csv_columns.ragged(table)] == [
        "Row 3 has text in column 2, which has no name in the first row.",
        "Row 4 has 5 cells, but the first row has 3.",
    ]


def test_many_errors_are_cut() -> None:
    """After the first and twenty others only their number follows."""
    error = csv_columns.first_of_all([MentorlogError(str(number)) for number in range(30)])

    assert [one.sentence for one in error.also][-2:] == ["20", "9 more cells are wrong."]
