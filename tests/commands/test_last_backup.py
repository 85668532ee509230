"""How old the last backup is: always in the JSON of `status`, and once a month in one line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]


def on(day: str) -> dict[str, str]:
    """The clock of a day."""
    return {"MENTORLOG_NOW": f"{day}T09:00:00+00:00"}


def mentioned(ran: Ran) -> list[str]:
    """The lines of a status that are about the backup."""
    assert (ran.exit, ran.err) == (0, "")
    return [line for line in ran.out.splitlines() if "backup" in line]


@pytest.fixture
def backup(invoke: Invoke, journal_root: Path) -> Path:
    """A backup that was made on Mon 23 Nov 2026, of the first change."""
    invoke("goal", "add", "Submit case report")
    path = journal_root.with_name("journal.tar")
    assert invoke("backup", "make", str(path)).exit == 0
    return path


def test_without_a_backup_nothing_is_said(invoke: Invoke) -> None:
    """Nobody is told to make one."""
    invoke("goal", "add", "Submit case report")

    assert mentioned(invoke("status", env=on("2027-11-23"))) == []
    assert invoke("status", "--json", env=on("2027-11-23")).data["last_backup"] is None


def test_it_is_said_once_a_month(invoke: Invoke, backup: Path) -> None:
    """Not within 30 days, nor again within 30 days of the last time; a new backup starts the month again."""
    line = f"Last backup {{}} ago ({backup})"
    for day, expected in [
        ("2026-11-23", []),
        ("2026-12-23", []),
        ("2027-01-04", [line.format("6 weeks")]),
        ("2027-01-04", []),
        ("2027-02-03", []),
        ("2027-02-04", [line.format("10 weeks")]),
        ("2027-02-05", []),
    ]:
        assert mentioned(invoke(env=on(day))) == expected, day

    invoke("backup", "make", str(backup), "--yes", env=on("2027-02-06"))
    assert mentioned(invoke("status", env=on("2027-03-08"))) == []
    assert mentioned(invoke("status", env=on("2027-03-09"))) == [line.format("4 weeks")]


def test_scripts_are_told_always(invoke: Invoke, backup: Path) -> None:
    """--json has the file, the instant and the change, and does not count as having been said."""
    invoke("note", "add", "Later")
    for day in ("2026-11-23", "2027-01-04"):
        assert invoke("status", "--json", env=on(day)).data["last_backup"] == {
            "path": str(backup),
            "at": "2026-11-23T09:00:00+00:00",
            "change": 1,
        }

    assert mentioned(invoke(env=on("2027-01-04"))) != []


@pytest.mark.parametrize("columns", [80, 40])
def test_it_fits_the_terminal(columns: int, backup: Path, terminal: Callable[..., Terminal]) -> None:
    """A long path has a line of its own."""
    shown = terminal(columns=columns, env=on("2027-01-04"))
    shown.end()

    path = shown.text.rstrip().partition("Last backup 6 weeks ago")[2]
    assert path.replace("\n", "").strip(" ()") == str(backup)  # one that is longer than a line stays whole
    assert len(shown.everything) <= 23


def test_a_hostile_path_is_made_safe(invoke: Invoke, journal_root: Path) -> None:
    """What a file is called cannot write on the terminal."""
    invoke("goal", "add", "Submit case report")
    assert invoke("backup", "make", str(journal_root.with_name("[b]=1+1 \x1b[31m é 日本 🩺.tar"))).exit == 0

    (line,) = mentioned(invoke(env=on("2027-01-04")))

    assert "\x1b" not in line
    assert "[b]=1+1" in line


def test_another_journal_in_its_place_has_no_backup(invoke: Invoke, backup: Path, journal_root: Path) -> None:
    """The backup of a journal that was deleted is not that of the next one."""
    shutil.rmtree(journal_root)
    invoke("init", str(journal_root), "--no-input")
    invoke("goal", "add", "Another one")

    assert invoke("status", "--json", env=on("2027-01-04")).data["last_backup"] is None
    assert mentioned(invoke(env=on("2027-01-04"))) == []


def test_a_restored_journal_knows_its_backup(invoke: Invoke, backup: Path, journal_root: Path) -> None:
    """It is the same journal, and that it is older is what the user asked for."""
    invoke("note", "add", "Lost")
    shutil.rmtree(journal_root)
    assert invoke("backup", "restore", str(backup), str(journal_root)).exit == 0

    assert mentioned(invoke(env=on("2027-01-04"))) == [f"Last backup 6 weeks ago ({backup})"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"journal": 1, "path": "x", "at": "yesterday", "change": 1}',
        '{"path": []}',
        '{"journal": "x", "path": "x", "at": "2026-11-23", "change": 1, "shown_on": 5}',
        "\0" * 100,
    ],
)
def test_a_record_of_it_that_is_damaged_is_none(text: str, invoke: Invoke, backup: Path, world_state: Path) -> None:
    """Whatever is in its place, there was no backup, and the next one is recorded."""
    (recorded,) = world_state.glob("journals/*/backup.json")
    recorded.write_text(text)

    assert mentioned(invoke(env=on("2027-01-04"))) == []
    assert invoke("status", "--json", env=on("2027-01-04")).data["last_backup"] is None
    invoke("backup", "make", str(backup), "--yes")
    assert invoke("status", "--json").data["last_backup"] is not None


@pytest.fixture
def world_state(journal_root: Path) -> Path:
    """The user's state folder."""
    return journal_root.parent / "home" / ".local" / "state" / "mentorlog"


def test_a_state_folder_that_cannot_be_written(invoke: Invoke, journal_root: Path, world_state: Path) -> None:
    """A backup is made all the same."""
    shutil.rmtree(world_state, ignore_errors=True)
    world_state.parent.mkdir(parents=True, exist_ok=True)
    world_state.write_text("not a folder")
    ran = invoke("backup", "make", str(journal_root.with_name("journal.tar")))

    assert ran.exit == 0
    assert invoke("status", "--json").data["last_backup"] is None
