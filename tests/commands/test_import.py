"""`mentorlog import` from other programs: what comes is shown, comes once, and one undo takes it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from world import Ran, World

Run = Callable[..., Ran]
SAMPLES = Path(__file__).resolve().parent.parent / "data" / "imports"
TASKS, TODO = str(SAMPLES / "taskwarrior-2.6.json"), str(SAMPLES / "todo.txt")
UTC = ("--zone", "UTC")
HARD = '[/b] =1+1 "x" \\ é 日本 🩺\x1b[2J\u202e'
FORMATS = ("taskwarrior", "todotxt")


@pytest.fixture(autouse=True)
def mentors(invoke: Run) -> None:
    """Two mentors, whom the samples name."""
    invoke("mentor", "add", "William Osler")
    invoke("mentor", "add", "Marie Curie")


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every record."""
    return {path.name: path.read_bytes() for path in sorted(root.rglob("*.toml")) if ".mentorlog" not in path.parts}


def test_a_dry_run_shows_what_comes_and_what_stays(invoke: Run, journal_root: Path) -> None:
    """With what is understood of each record, who is unknown, and the command that adds them; nothing changes."""
    before = content(journal_root)
    ran = invoke("import", "taskwarrior", TASKS, "--dry-run", *UTC)

    assert (ran.exit, ran.err, content(journal_root)) == (0, "", before)
    assert ran.out.splitlines() == [
        "Would import 8 tasks; 1 stays there.",
        "  new       Revise the CV, one page (from William Osler, due Sun 6 Dec 2026, high)",
        "  new       Draft a study protocol (from Marie Curie, due Tue 8 Dec 2026, doing; "
        "kept besides: scheduled, wait, due)",
        "  new       Send the abstract (from William Osler, due Sun 20 Dec 2026; kept besides: estimate)",
        "  new       Learn statistics",
        "  new       Old idea",
        "  new       Weekly note to Florence Nightingale (due Fri 4 Dec 2026; "
        "kept besides: imask, parent, recur, rtype, until)",
        '  new       Reading list: "Aequanimitas" & notes (émigré, 30 %) (done Sun 29 Nov 2026)',
        "  new       Thanked Rudolf Virchow for the slides (done Sun 29 Nov 2026)",
        "  stays     Weekly note to Florence Nightingale (a template of a series; its open instance comes)",
        "  'Virchow' is not a mentor in this journal (1 task); add them with: mentorlog mentor add Virchow",
        "  Add all of them as prospective mentors with: --add-mentors",
    ]


@pytest.mark.parametrize(("format", "file", "count"), [("taskwarrior", TASKS, 8), ("todotxt", TODO, 4)])
def test_twice_is_once_and_one_undo_is_all(format: str, file: str, count: int, invoke: Run, journal_root: Path) -> None:
    """A second import changes no byte; an undo leaves the bytes from before."""
    before = content(journal_root)
    first = invoke("import", format, file, "--json").data
    after = content(journal_root)
    second = invoke("import", format, file, "--json").data

    assert (len(first["new"]), first["same"], first["differs"], first["dry_run"]) == (count, [], [], False)
    assert (second["new"], second["same"]) == ([], first["new"])
    assert content(journal_root) == after and len(after) == len(before) + count
    assert f"Undone: import: {count} records from " in invoke("undo").out
    assert content(journal_root) == before


def test_what_differs_is_listed_and_replaced_only_if_asked_for(invoke: Run, world: World, journal_root: Path) -> None:
    """The exit status is 0, the fields are named; with --replace what only the journal has stays."""
    [*_, id] = invoke("import", "taskwarrior", TASKS, *UTC, "--json").data["new"][:4]
    invoke("set", id, "outcome=Mine", "priority=low")
    before = content(journal_root)
    file = world.work / "tasks.json"
    file.write_bytes(Path(TASKS).read_bytes().replace(b"Learn stat", b"Learn some stat"))

    left = invoke("import", "taskwarrior", "tasks.json", *UTC)
    listed = invoke("import", "taskwarrior", "tasks.json", *UTC, "--dry-run", "--json").data["differs"]
    assert (left.exit, content(journal_root)) == (0, before)
    assert left.out.splitlines()[:2] == [
        "Nothing to import; 7 tasks already exist, 1 differs from yours and 1 stays there; "
        "use --replace to take from the file what differs.",
        f"  differs   task {id}: Learn some statistics (title, priority)",
    ]
    source = "taskwarrior:b86715ef-8fbf-41fc-93c7-4167073974ab"
    assert listed == [{"id": id, "source": source, "fields": ["title", "priority"]}]

    tried = invoke("import", "taskwarrior", "tasks.json", *UTC, "--replace", "--dry-run")
    taken = invoke("import", "taskwarrior", "tasks.json", *UTC, "--replace")
    assert f"  replaces  task {id}: Learn some statistics (title, priority)\n" in tried.out
    assert taken.out.startswith("Imported 1 task from Taskwarrior (1 replaced); 7 already exist and 1 stays there.\n")
    shown = invoke("show", id, "--json").data
    assert [shown[name] for name in ("title", "priority", "outcome")] == ["Learn some statistics", "normal", "Mine"]
    invoke("undo")
    assert content(journal_root) == before


def test_unknown_people_are_added_if_asked_for(invoke: Run, journal_root: Path) -> None:
    """As prospective mentors, in the same change; an id that was used before is not used again."""
    invoke("mentor", "scout", "Rudolf Virchow")
    invoke("delete", "virchow", "--yes")
    before = content(journal_root)
    ran = invoke("import", "taskwarrior", TASKS, "--add-mentors", "--json").data

    [added] = ran["added_mentors"]
    assert (added, ran["unknown_people"]) == ("virchow-2", [])
    assert invoke("show", added, "--json").data["status"] == "candidate"
    tasks = invoke("task", "list", "--all", "--json").data
    assert [one["title"] for one in tasks if one["assigned_by"] == added] == ["Thanked Rudolf Virchow for the slides"]
    invoke("undo")
    assert content(journal_root) == before


def test_a_record_shows_where_it_is_from(invoke: Run) -> None:
    """Its source in one line, and the table of what has no field."""
    [_, curie, *_] = invoke("import", "taskwarrior", TASKS, *UTC, "--json").data["new"]
    shown = invoke("show", curie).out

    assert "imported from  taskwarrior:bd03c256-54f1-44a6-bdbc-5ef7774841ed\n" in shown
    assert "taskwarrior    scheduled: 20261201T000000Z, wait: 20261130T000000Z, due: 20261208T170000Z\n" in shown


def test_nobody_sets_a_source(invoke: Run) -> None:
    """It is how an import knows a record again."""
    [first, *_] = invoke("import", "todotxt", TODO, "--json").data["new"]
    ran = invoke("set", first, "source=x")

    assert (ran.exit, ran.out) == (1, "")


def test_a_title_is_harmless_on_the_screen(invoke: Run) -> None:
    """In a list of what comes, in an error, and as the name of somebody."""
    task: dict[str, Any] = {"uuid": "1", "description": HARD, "status": "pending", "from": HARD}
    good = invoke("import", "taskwarrior", "-", "--dry-run", stdin=json.dumps([task]))
    bad = invoke("import", "taskwarrior", "-", stdin=json.dumps([{**task, "status": HARD}]))

    for text in (good.out, bad.err):
        assert "\x1b" not in text and "\u202e" not in text and "日本" in text
    assert (good.exit, bad.exit) == (0, 1)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("file", ["nowhere", ".", "", "/dev/zero", "brackets", "latin", "utf16", "empty"])
def test_a_bad_file_is_one_sentence_and_nothing_changes(
    file: str, format: str, invoke: Run, world: World, journal_root: Path
) -> None:
    """A file that is not there, a folder, one that never ends or is of another kind; the next command works."""
    for name, data in (("brackets", b"[" * 10_000), ("latin", b"\xe9"), ("utf16", b"\xff\xfea\0"), ("empty", b"")):
        (world.work / name).write_bytes(data)
    before = content(journal_root)
    ran = invoke("import", format, file)

    assert (ran.exit, ran.out, content(journal_root)) == (1, "", before)
    assert ran.err.startswith("error: ") and ran.err.count("\n") == 2 and "\nhint: " in ran.err
    assert invoke("import", format, TODO if format == "todotxt" else TASKS).exit == 0


def test_stdin_has_an_end(invoke: Run) -> None:
    """More than the largest file is not read from a pipe either."""
    ran = invoke("import", "todotxt", "-", stdin="x" * (32 * 1024 * 1024 + 1))

    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: The text on stdin is larger than 32 MiB.")


def test_a_zone_that_is_none(invoke: Run) -> None:
    """It is refused before anything is read."""
    ran = invoke("import", "taskwarrior", TASKS, "--zone", "Nowhere/Here")

    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: 'Nowhere/Here' is not a time zone.")
