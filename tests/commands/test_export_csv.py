"""`mentorlog export csv`: one table, or all of them as the files of a folder."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_task
from faults.inject import HALF_FULL, injected
from mentorlog.export.csv_tables import TABLES
from mentorlog.models.mentor import Fit
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran, World

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """A mentor with a private field, a goal, a task, a meeting and a private note."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    made = (
        make_mentor(fit=(Fit(on=date(2026, 11, 1), answer="deciding"),)),
        make_goal(id="g7k3q", title="=1+1", mentors=["osler"]),
        make_task(id="t4m2x", goal="g7k3q"),
        make_meeting(id="m4k2p"),
        make_note(id="n2222", text="Mine alone"),
    )
    world.filled(
        "csv records", lambda: journal.change("fill", lambda transaction: [transaction.put(one) for one in made])
    )


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def below(folder: Path) -> dict[str, bytes]:
    """The files in a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_table_goes_to_stdout(invoke: Run) -> None:
    """The table is the result, and it has nothing to leave out; the formula is a text."""
    ran = invoke("export", "csv", "goals")

    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.splitlines()[1].startswith("g7k3q,'=1+1,active,")


def test_what_was_left_out_of_the_table_is_counted(invoke: Run) -> None:
    """Of the kinds of records that the table is made of, and no other."""
    notes = invoke("export", "csv", "notes")

    assert rows(notes.out) == []
    assert notes.err == "Left out as private: 1 note (use --include-private to include them)\n"
    assert invoke("export", "csv", "tasks").err == ""
    assert invoke("export", "csv", "mentors").err.startswith("Left out as private: private fields of 1 record ")
    assert [row["text"] for row in rows(invoke("export", "csv", "notes", "--include-private").out)] == ["Mine alone"]


def test_a_file_has_the_bytes_of_stdout(invoke: Run, world: World) -> None:
    """With CRLF, and readable by nobody else."""
    ran = invoke("export", "csv", "goals", "-o", "goals.csv")

    file = world.work / "goals.csv"
    assert ran.out == f"Wrote 1 row to {file}\n"
    assert file.read_bytes().count(b"\r\n") == 2
    assert file.stat().st_mode & 0o777 == 0o600
    assert invoke("export", "csv", "goals").out.encode() == file.read_bytes()


def test_a_terminal_shows_a_table_without_its_line_ends(terminal: Callable[..., Terminal]) -> None:
    """There it is a screen."""
    session = terminal("export", "csv", "goals", columns=200)
    session.end()

    assert "\\r" not in session.text and "'=1+1" in session.text


def test_a_part_is_chosen(invoke: Run) -> None:
    """By the same options as the Markdown export; for the programme a goal that is its mentors' stays."""
    assert rows(invoke("export", "csv", "meetings", "--since", "2026-11-17").out) == []
    assert len(rows(invoke("export", "csv", "tasks", "--goal", "g7k3q").out)) == 1
    program = invoke("export", "csv", "goals", "--for", "program")

    assert rows(program.out) == [] and program.err.startswith("Left out: 1 goal")
    assert len(rows(invoke("export", "csv", "goals", "--for", "program", "--add", "g7k3q").out)) == 1
    assert len(rows(invoke("export", "csv", "goals", "--for", "osler").out)) == 1


def test_other_spreadsheets(invoke: Run) -> None:
    """Semicolons, tabs, and the mark of Excel."""
    assert invoke("export", "csv", "goals", "--separator", "semicolon").out.startswith("id;title;")
    assert invoke("export", "csv", "goals", "--separator", "tab", "--excel").out.startswith("\ufeffid\ttitle\t")
    wrong = invoke("export", "csv", "goals", "--separator", "pipe")

    assert (wrong.exit, wrong.out) == (1, "")
    assert wrong.err == "error: Unknown separator 'pipe'.\nhint: one of: comma, semicolon, tab\n"


def test_for_scripts(invoke: Run, world: World) -> None:
    """--json gives the table as a text, or where it was written; of a folder the rows of each table."""
    data = invoke("export", "csv", "mentors", "--json").data
    folder = invoke("export", "csv", "--all", "-o", "out", "--json").data

    assert data["csv"].startswith("id,name,")
    assert (data["table"], data["record_count"], data["left_out"]["field_count"]) == ("mentors", 1, 1)
    assert (folder["path"], folder["record_count"]) == (str(world.work / "out"), 4)
    assert folder["tables"] == {**dict.fromkeys(TABLES, 0), "mentors": 1, "goals": 1, "tasks": 1, "meetings": 1}
    assert folder["left_out"]["counts"] == {"note": 1}


# What is typed


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        ("", 2, "Missing argument 'TABLE'."),
        ("goal", 1, "Unknown table 'goal'."),
        ("goals --all", 2, "TABLE and --all cannot be used together."),
        ("--all", 2, "--all writes a folder."),
        ("--all -o -", 2, "--all writes a folder."),
        ("goals --for self --include-private -o x.csv --for program", 2, "--include-private and --for cannot be used"),
        ("goals -o", 2, "-o needs a value."),
        ("--all -o ''", 1, "The name of the folder is empty."),
    ],
)
def test_bad_input_says_what_to_do(words: str, status: int, error: str, invoke: Run, world: World) -> None:
    """One error, one hint, and nothing written."""
    ran = invoke("export", "csv", *(word.strip("'") for word in words.split()))

    assert (ran.exit, ran.out) == (status, "")
    assert ran.err.startswith(f"error: {error}") and "\nhint: " in ran.err
    assert list(world.work.iterdir()) == []


@pytest.mark.parametrize("words", [("goals", "-o", "x.csv"), ("--all", "-o", "x")])
def test_an_unreadable_record_stops_it(words: tuple[str, ...], invoke: Run, world: World, journal_root: Path) -> None:
    """A table that would miss a record is none: exit status 3, nothing is written."""
    (journal_root / "notes" / "n9999.toml").write_text("<<<<<<< ours\n")

    ran = invoke("export", "csv", *words)

    assert (ran.exit, ran.out, list(world.work.iterdir())) == (3, "", [])


# A folder


def test_a_new_folder_has_every_table(invoke: Run, world: World) -> None:
    """Each is a file that is what the table alone is; nobody else may read them."""
    ran = invoke("export", "csv", "--all", "-o", "out")

    folder = world.work / "out"
    assert ran.out == f"Wrote 11 tables to {folder}\n"
    assert sorted(below(folder)) == sorted(f"{table}.csv" for table in TABLES)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    invoke("export", "csv", "goals", "-o", "goals.csv")
    assert (folder / "goals.csv").read_bytes() == (world.work / "goals.csv").read_bytes()


def test_an_empty_folder_is_used_as_it_is(invoke: Run, world: World) -> None:
    """No question, and its permissions stay."""
    folder = world.work / "out"
    folder.mkdir(mode=0o755)

    assert invoke("export", "csv", "--all", "-o", "out").exit == 0
    assert folder.stat().st_mode & 0o777 == 0o755 and len(below(folder)) == 11


def test_tables_that_are_there_are_not_written_over_unasked(invoke: Run, world: World) -> None:
    """Without a terminal --yes is needed; everything stays until then, and other files stay even then."""
    folder = world.work / "out"
    folder.mkdir()
    (folder / "goals.csv").write_text("mine")
    (folder / "thesis.txt").write_text("mine too")
    before = below(folder)

    refused = invoke("export", "csv", "--all", "-o", "out")

    assert (refused.exit, below(folder)) == (2, before)
    assert f"{folder} already contains goals.csv. Overwrite it?" in refused.err and "--yes" in refused.err
    assert invoke("export", "csv", "--all", "-o", "out", "--yes").exit == 0
    assert below(folder)["thesis.txt"] == b"mine too" and len(below(folder)) == 12
    assert below(folder)["goals.csv"].startswith(b"id,title,")


def test_a_folder_of_other_files_is_asked_about(terminal: Callable[..., Terminal], world: World) -> None:
    """Ten files among somebody's own are ten too many, if the name was a mistake."""
    (world.work / "photo.jpg").write_bytes(b"\xff")

    session = terminal("export", "csv", "--all", "-o", ".")
    session.answer("is not empty. Write 11 files into it?", "n")

    assert session.end() == 0
    assert [path.name for path in world.work.iterdir()] == ["photo.jpg"]


@pytest.mark.parametrize("kind", ["file", "link", "pipe", "link to nothing"])
def test_what_is_no_folder_is_refused(kind: str, invoke: Run, world: World) -> None:
    """A file, a link and a pipe stay what they are, not even --yes replaces them."""
    path, real = world.work / "out", world.work / "real"
    real.mkdir()
    if kind == "file":
        path.write_text("mine")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("real" if kind == "link" else "nowhere")
    ran = invoke("export", "csv", "--all", "-o", "out", "--yes")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.startswith(f"error: Cannot write {path}: it is a") and "hint: use a folder" in ran.err
    assert list(real.iterdir()) == [] and (kind != "file" or path.read_text() == "mine")


def test_a_table_that_is_a_link_is_refused(invoke: Run, world: World) -> None:
    """Nothing is written through a link, and no other table is written either."""
    folder, other = world.work / "out", world.work / "thesis.txt"
    folder.mkdir()
    other.write_text("mine")
    (folder / "tasks.csv").symlink_to(other)

    ran = invoke("export", "csv", "--all", "-o", "out", "--yes")

    assert (ran.exit, other.read_text()) == (1, "mine")
    assert "tasks.csv: it is a symbolic link" in ran.err
    assert [path.name for path in folder.iterdir()] == ["tasks.csv"]


@pytest.mark.parametrize("path", ["", "goals", ".mentorlog/x", "new/../notes"])
def test_the_journal_itself_is_no_place_for_it(path: str, invoke: Run, journal_root: Path) -> None:
    """Tables never land among the records, not even with --yes."""
    before = sorted(path.as_posix() for path in journal_root.rglob("*"))

    ran = invoke("export", "csv", "--all", "-o", str(journal_root / path), "--yes")

    assert (ran.exit, sorted(path.as_posix() for path in journal_root.rglob("*"))) == (1, before)
    assert "belongs to the journal itself" in ran.err


def test_a_folder_within_a_folder_that_is_not_there(invoke: Run) -> None:
    """The disk's answer is told with its own status."""
    ran = invoke("export", "csv", "--all", "-o", "nowhere/out")

    assert ran.exit == 5
    assert "the folder does not exist" in ran.err


@pytest.mark.parametrize("exists", [True, False])
def test_a_full_disk_leaves_what_was_there(exists: bool, invoke: Run, world: World) -> None:
    """The old tables whole, or no folder; nothing half written beside."""
    if exists:
        assert invoke("export", "csv", "--all", "-o", "out").exit == 0
        assert invoke("goal", "add", "Another").exit == 0
    before = {path: path.read_bytes() for path in world.work.rglob("*.csv")}
    with injected() as counted:
        invoke("export", "csv", "--all", "-o", "other", "--include-private")
    writes = [number for number, (name, _) in enumerate(counted.log, 1) if name == "write"]
    for path in (world.work / "other").iterdir():
        path.unlink()
    (world.work / "other").rmdir()
    with injected(writes[len(writes) // 2], HALF_FULL):
        ran = invoke("export", "csv", "--all", "-o", "out", "--yes")

    assert (ran.exit, ran.out) == (5, "")
    assert "the disk is full" in ran.err
    assert {path: path.read_bytes() for path in world.work.rglob("*") if path.is_file()} == before
    assert (world.work / "out").exists() == exists
