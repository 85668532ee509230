"""`mentorlog import csv`: sheets as LibreOffice saves them, and our own tables changed in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import rich_journal
from exchange.test_json_backup import files_of
from mentorlog.store.journal import Journal
from world import Ran, World

Run = Callable[..., Ran]

SAMPLES = Path(__file__).parent.parent / "data" / "imports"
MENTORS, GOALS = SAMPLES / "libreoffice-mentors.csv", SAMPLES / "libreoffice-goals-semicolon.csv"


def bytes_of(root: Path) -> dict[str, bytes]:
    """The record files of a journal."""
    return {str(path): path.read_bytes() for path in root.rglob("*.toml") if ".mentorlog" not in path.parts}


def test_the_samples_come_in_once(invoke: Run, journal_root: Path) -> None:
    """A dry run saves nothing, a second import has nothing to do, one undo takes back each."""
    assert invoke("mentor", "add", "William Osler").exit == 0
    before = bytes_of(journal_root)
    order = ("--dates", "day-first")
    dry = invoke("import", "csv", str(MENTORS), "--as", "mentors", *order, "--dry-run")

    assert dry.exit == 0
    assert "Would import 2 mentors; 1 differs from yours" in dry.out
    assert bytes_of(journal_root) == before
    assert invoke("import", "csv", str(MENTORS), "--as", "mentors", *order, "--replace", "--json").data["new"] == [
        "curie", "rontgen",
    ]  # fmt: skip
    assert (
        "Nothing to import; 3 mentors already exist."
        in invoke("import", "csv", str(MENTORS), "--as", "mentors", *order).out
    )
    assert invoke("import", "csv", str(GOALS), "--as", "goals").exit == 0
    assert "Nothing to import; 3 goals already exist." in invoke("import", "csv", str(GOALS), "--as", "goals").out
    shared = {one["title"]: [share["mentor"] for share in one["mentors"]] for one in goals(invoke)}
    assert shared == {
        "Submit a case report": ["osler"], "Read chest films": ["rontgen"], "Keep one evening a week free": [],
    }  # fmt: skip

    assert invoke("undo", "2").exit == 0
    assert bytes_of(journal_root) == before


def goals(invoke: Run) -> list[dict[str, object]]:
    """The goals in the journal."""
    found: list[dict[str, object]] = invoke("goal", "list", "--all", "--json").data
    return found


def test_an_order_of_dates_that_is_not_clear_stops_it(invoke: Run, journal_root: Path) -> None:
    """Nothing is imported, and the next command works."""
    before = bytes_of(journal_root)
    ran = invoke("import", "csv", str(MENTORS), "--as", "mentors")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err == (
        "error: Column 'Since', row 4: '03/01/26' can be several dates.\n"
        "hint: pass the order of the sheet: --dates day-first or --dates month-first\n"
    )
    assert bytes_of(journal_root) == before
    assert invoke("status").exit == 0


def test_what_is_done_without_a_date_has_none(invoke: Run) -> None:
    """The day on which a goal was reached is not made up."""
    assert invoke("import", "csv", str(GOALS), "--as", "goals").exit == 0
    (done,) = (one for one in goals(invoke) if one["status"] == "achieved")

    assert done["closed_on"] is None


def test_a_sheet_that_has_changed(invoke: Run) -> None:
    """A row that differs is listed and left alone; --replace takes its fields, and what the journal adds stays."""
    sheet = "Goal,Deadline,Mentor,Colour\nRead films,2026-12-04,osler,{}\n"
    invoke("mentor", "add", "William Osler")
    invoke("import", "csv", "-", "--as", "goals", stdin=sheet.format("red"))
    (goal,) = goals(invoke)
    invoke("goal", "tell", str(goal["id"]), "osler")
    invoke("set", str(goal["id"]), "notes=My own words")
    changed = sheet.replace("12-04", "12-24").format("blue")
    left = invoke("import", "csv", "-", "--as", "goals", stdin=changed)

    assert "differs" in left.out
    assert goals(invoke)[0]["by"] == "2026-12-04"
    assert invoke("import", "csv", "-", "--as", "goals", "--replace", "--json", stdin=changed).data["replaced"]
    (goal,) = goals(invoke)
    assert (goal["by"], goal["notes"], goal["csv"]) == ("2026-12-24", "My own words", {"Colour": "blue"})
    assert [(share["mentor"], bool(share["told_on"])) for share in goal["mentors"]] == [("osler", True)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", ["goals", "meetings"])
def test_our_own_table_is_no_change(invoke: Run, world: World, journal_root: Path, table: str) -> None:
    """Exported, and imported as it is: even --replace changes nothing of a journal with every kind of record."""
    rich_journal.keep(journal_root)
    before = bytes_of(journal_root)
    assert invoke("export", "csv", table, "--include-private", "-o", "table.csv").exit == 0
    done = invoke("import", "csv", "table.csv", "--as", table, "--replace", "--json").data

    assert [done[one] for one in ("new", "replaced", "differs", "stays")] == [[], [], [], []]
    assert len(done["same"]) > 5
    assert bytes_of(journal_root) == before


def test_cells_of_our_own_table_that_were_changed(invoke: Run, world: World) -> None:
    """With --replace they are in the record, whose history has the change; a guard is no part of a text."""
    invoke("goal", "add", "=1+1", "--why", "A paper", "--by", "2026-12-04")
    invoke("export", "csv", "goals", "--separator", "semicolon", "-o", "goals.csv")
    path = world.work / "goals.csv"
    (row,) = csv.DictReader(io.StringIO(path.read_text(), newline=""), delimiter=";")
    assert row["title"] == "'=1+1"
    path.write_text(path.read_text().replace("2026-12-04", "24.12.2026").replace("A paper", "'=2"))

    assert invoke("import", "csv", "goals.csv", "--as", "goals", "--replace").exit == 0
    (goal,) = goals(invoke)
    assert (goal["title"], goal["by"], goal["why"]) == ("=1+1", "2026-12-24", "=2")
    assert [entry["field"] for entry in goal["history"]] == ["why", "by"]  # type: ignore[attr-defined]


def test_options_that_are_wrong(invoke: Run) -> None:
    """A kind of record is needed; a column needs its field."""
    assert invoke("import", "csv", str(GOALS)).exit == 2
    ran = invoke("import", "csv", str(GOALS), "--as", "goal")
    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: Unknown kind 'goal'.")
    ran = invoke("import", "csv", str(GOALS), "--as", "goals", "--map", "Aim")
    assert (ran.exit, ran.err.splitlines()[0]) == (2, "error: --map Aim has no field.")


def test_people_who_are_added(invoke: Run) -> None:
    """They are prospective, and the rows are linked to them, in one operation."""
    ran = invoke("import", "csv", str(GOALS), "--as", "goals", "--add-mentors", "--json")

    assert ran.data["added_mentors"] == ["osler", "rontgen"]
    assert [one["status"] for one in invoke("mentor", "list", "--all", "--json").data] == ["candidate", "candidate"]
    assert invoke("undo").exit == 0
    assert invoke("mentor", "list", "--all", "--json").data == []


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_table_in_another_journal(invoke: Run, world: World, journal_root: Path) -> None:
    """Tables of one journal, in the order of their links, make the same tables in an empty one, but for ids."""
    rich_journal.keep(journal_root)
    tables = ("mentors", "goals", "meetings", "tasks", "notes")
    for table in tables:
        invoke("export", "csv", table, "--include-private", "-o", f"{table}.csv")
    other = Journal(world.root / "other", now=rich_journal.morning(rich_journal.day("23 Nov")))
    other.create()
    for table in tables:
        ran = invoke("--journal", str(other.root), "import", "csv", f"{table}.csv", "--as", table, "--json")
        assert (ran.exit, ran.data["differs"]) == (0, [])
        assert len(ran.data["new"]) == sum(
            1 for _ in csv.reader((world.work / f"{table}.csv").open(newline=""))
        ) - 1 - len(ran.data["stays"])
        twice = invoke("--journal", str(other.root), "import", "csv", f"{table}.csv", "--as", table, "--json").data
        assert (twice["new"], twice["differs"], len(twice["same"])) == ([], [], len(ran.data["new"]))
    assert invoke("--journal", str(other.root), "doctor").exit == 0
    assert files_of(other)
