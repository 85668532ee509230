"""`mentorlog history`, `undo` and `redo`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Invoke = Callable[..., Ran]


def names(ran: Ran) -> list[str]:
    """The names of the operations, newest first."""
    assert ran.exit == 0, ran
    return [entry["name"] for entry in ran.data]


def bytes_of(root: Path) -> dict[str, bytes]:
    """Every record file and what it holds."""
    return {path.name: path.read_bytes() for path in root.rglob("*.toml")}


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """A goal that was added, revised and paused."""

    def fill() -> str:
        id = str(invoke("goal", "add", "Case report", "--json").data["id"])
        invoke("set", id, "priority=high")
        invoke("goal", "pause", id, "-m", "Nights")
        return id

    return world.filled("history goal", fill)


# History


def test_every_change_is_told(goal: str, invoke: Invoke) -> None:
    """Newest first, with its number, its time, its name, its kind and its files."""
    assert names(invoke("history", "--json")) == [
        "goal pause: Case report",
        "set: Case report",
        "goal add: Case report",
    ]
    entry = invoke("history", "--json").data[0]
    assert list(entry) == ["seq", "changed_at", "name", "operation", "undoes", "files"]
    assert (entry["seq"], entry["changed_at"], entry["operation"]) == (3, "2026-11-23T09:00:00+00:00", "do")
    assert entry["files"] == [f"goals/{goal}-case-report.toml"]


def test_of_one_record(goal: str, invoke: Invoke) -> None:
    """With an id, or its beginning, only what touched that record."""
    invoke("task", "add", "Draft")

    assert len(names(invoke("history", goal, "--json"))) == 3
    assert len(names(invoke("history", goal[:3], "--json"))) == 3
    assert len(names(invoke("history", "--json"))) == 4


def test_of_a_record_that_was_deleted(goal: str, invoke: Invoke) -> None:
    """The log knows it still: by its id, and by the beginning of it."""
    invoke("delete", goal)

    assert names(invoke("history", goal, "--json"))[0] == "delete: Case report"
    assert len(names(invoke("history", goal[:4], "--json"))) == 4
    assert f"see: mentorlog history {goal}" in invoke("show", goal).err


def test_of_a_record_that_cannot_be_read(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Reading the log needs no record."""
    next((journal_root / "goals").iterdir()).write_text("nonsense")

    assert len(names(invoke("history", goal, "--json"))) == 3


def test_of_several_and_of_none(invoke: Invoke) -> None:
    """A prefix of several deleted ones lists them; one that fits none is unknown."""
    for name in ("Ada Blackwell", "Eve Blackwell"):
        invoke("mentor", "add", name)
    invoke("delete", "blackwell")
    invoke("delete", "blackwell-2")

    ran = invoke("history", "black")
    assert (ran.exit, "blackwell (deleted); blackwell-2 (deleted)" in ran.err) == (1, True)
    assert names(invoke("history", "blackwell", "--json")) == ["delete: Ada Blackwell", "mentor add: Ada Blackwell"]
    assert invoke("history", "g2222").exit == 1


def test_of_a_record_from_elsewhere(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """A file that nobody here wrote has no history, and that is said."""
    file = next((journal_root / "goals").iterdir())
    (journal_root / "goals" / "g2222-other.toml").write_text(file.read_text().replace(goal, "g2222"))

    assert invoke("history", "g2222").out == "No changes to g2222: its file was not created by mentorlog.\n"


def test_limits(invoke: Invoke) -> None:
    """Twenty at most where nothing is said; that there are more is said on stderr."""
    for number in range(22):
        invoke("note", "add", f"Note {number}")

    ran = invoke("history", "--json")
    assert len(ran.data) == 20
    assert "--all" in ran.err
    assert len(invoke("history", "--limit", "3", "--json").data) == 3
    every = invoke("history", "--all", "--json")
    assert (len(every.data), every.err) == (22, "")
    assert invoke("history", "--limit", "0").exit == 1


@pytest.mark.parametrize("damage", [b"nonsense", b"", b"\xff\xfe", b'{"version": 1}'])
def test_damaged_entries_are_counted(damage: bytes, goal: str, invoke: Invoke, journal_root: Path) -> None:
    """The others are told, the damaged one is named, the status is 0."""
    (journal_root / ".mentorlog" / "operations" / "000002.json").write_bytes(damage)

    ran = invoke("history", "--json")
    assert names(ran) == ["goal pause: Case report", "goal add: Case report"]
    assert '"path": ".mentorlog/operations/000002.json"' in ran.out
    assert ".mentorlog/operations/000002.json" in invoke("history").err


# Undo and redo


def test_undo_and_redo_are_the_bytes(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Each step back is the bytes before, each step forward the bytes after."""
    third = bytes_of(journal_root)
    assert told(invoke("undo")) == ["Undone: goal pause: Case report (just now)"]
    second = bytes_of(journal_root)
    undone = ["Undone: set: Case report (just now)", "Undone: goal add: Case report (just now)"]
    assert told(invoke("undo", "2")) == undone
    assert [name for name in bytes_of(journal_root) if name[0] == "g"] == []
    assert told(invoke("redo", "2")) == ["Redone: goal add: Case report", "Redone: set: Case report"]
    assert bytes_of(journal_root) == second
    assert invoke("redo", "--json").data["redone"] == ["goal pause: Case report"]
    assert bytes_of(journal_root) == third


def told(ran: Ran) -> list[str]:
    """The operations that were taken back or done again; what is as before stands below them."""
    return [line for line in ran.out.splitlines() if line[:1] != " "]


def test_what_is_as_before_is_said(goal: str, invoke: Invoke) -> None:
    """Undo and redo say what each record has again, for people and for scripts."""
    assert invoke("undo").out.splitlines()[1:] == [f"  {goal}  status is back to active (was paused)"]
    assert invoke("redo").out.splitlines()[1:] == [f"  {goal}  status is back to paused (was active)"]
    invoke("profile", "set", "stage=fellow")
    assert invoke("undo").out.splitlines()[1:] == ["  profile  stage is empty again (was fellow)"]

    data = invoke("undo", "2", "--json").data
    assert data["undone"] == ["goal pause: Case report", "set: Case report"]
    (change,) = data["changes"]
    assert (change["id"], change["change"], change["title"]) == (goal, "changed", "Case report")
    fields = {one["field"]: (one["now"], one["was"]) for one in change["fields"]}
    assert (fields["status"], fields["priority"]) == (("active", "paused"), ("normal", "high"))


def test_a_record_that_cannot_be_read_is_as_before(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Undo restores its bytes all the same, and says no more than that."""
    path = next((journal_root / "goals").iterdir())
    path.write_bytes(b"no TOML")
    assert invoke("delete", goal, "--yes").exit == 0

    ran = invoke("undo")
    assert (ran.exit, path.read_bytes()) == (0, b"no TOML")
    assert ran.out.splitlines()[1:] == [f"  {goal}  restored: goals/{path.name}"]


@pytest.mark.parametrize("way", ["undo", "redo"])
@pytest.mark.parametrize(("steps", "exit"), [("99", 1), ("0", 1), ("-1", 1), ("two", 1), ("99999999999999999999", 1)])
def test_more_than_there_is(way: str, steps: str, exit: int, goal: str, invoke: Invoke, journal_root: Path) -> None:
    """All or none: beyond the start nothing is changed."""
    invoke("undo")
    before = bytes_of(journal_root)

    ran = invoke(way, "--", steps)

    assert (ran.exit, ran.out) == (exit, "")
    assert bytes_of(journal_root) == before


def test_nothing_to_undo(invoke: Invoke) -> None:
    """In a new journal, and after the last step, that is said."""
    for way in ("undo", "redo"):
        ran = invoke(way)
        assert (ran.exit, ran.err.splitlines()[0]) == (1, f"error: There is nothing to {way}.")


def test_on_a_new_machine_undo_makes_no_journal(invoke: Invoke, world: object) -> None:
    """Where nobody ever named a journal none is made for undo."""
    ran = invoke("undo", env={"MENTORLOG_JOURNAL": None, "XDG_CONFIG_HOME": "/nowhere/at/all"})

    assert ran.exit == 1
    assert "There is nothing to undo" in ran.err
    assert "Created a journal" not in ran.err


def test_a_new_change_ends_redo(goal: str, invoke: Invoke) -> None:
    """What was taken back before a new change is not done again."""
    invoke("undo")
    invoke("note", "add", "New")

    assert invoke("redo").exit == 1


def test_changed_since(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Where somebody changed the file since, undo refuses with its path, and 4; theirs stays."""
    file = next((journal_root / "goals").iterdir())
    file.write_text(f"{file.read_text()}# theirs\n")

    ran = invoke("undo")

    assert ran.exit == 4
    assert f"goals/{file.name}" in ran.err
    assert file.read_text().endswith("# theirs\n")


def test_a_damaged_log_is_not_guessed_at(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Undo needs the entries that it takes back."""
    (journal_root / ".mentorlog" / "operations" / "000002.json").write_text("nonsense")

    assert invoke("undo").exit == 0
    assert invoke("undo").exit == 3
