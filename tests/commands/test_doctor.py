"""`mentorlog doctor`: findings line by line, and an exit status for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from world import Ran, World

Run = Callable[..., Ran]


def test_all_is_well(invoke: Run) -> None:
    """A sound journal is told in one line, with exit status 0."""
    invoke("goal", "add", "Submit case report")

    assert invoke("doctor") == (0, "No problems found: 1 record checked.\n", "")


def test_a_person_must_act(invoke: Run, journal_root: Path) -> None:
    """An error is one line with its place and what to do; the exit status is 3."""
    path = journal_root / "goals" / "g9999-x.toml"
    path.write_text('id = "g9999"\ntitle = 5\ncreated = 2026-11-23T09:00:00Z\n')
    path.chmod(0o600)

    ran = invoke("doctor")

    assert ran.exit == 3
    assert ran.out.splitlines()[0] == (
        "error   goals/g9999-x.toml, line 2: title must be text in quotes; repair it with: mentorlog edit g9999"
    )


def test_notices_are_no_failure(invoke: Run, journal_root: Path) -> None:
    """What is only worth knowing exits with 0."""
    (journal_root / "goals" / "README.md").touch(0o600)
    invoke("status")

    ran = invoke("doctor")

    assert ran.exit == 0
    assert ran.out.splitlines()[-1] == "0 records, 1 warning (nothing needs repair)."


def test_what_can_be_repaired_is(invoke: Run, journal_root: Path) -> None:
    """--fix says what it did and looks again."""
    (journal_root / "profile.toml").touch()
    (journal_root / "profile.toml").chmod(0o644)

    ran = invoke("doctor", "--fix")

    assert ran == (0, "Made 1 file or folder private.\nRebuilt the index.\nNo problems found: 0 records checked.\n", "")


def test_for_scripts(invoke: Run, journal_root: Path) -> None:
    """--json gives the findings as data, whatever the exit status."""
    (journal_root / "goals" / "x y\x1b.toml").write_text("")

    ran = invoke("doctor", "--json")

    assert ran.exit == 3
    assert list(ran.data) == ["findings", "fixed", "record_count"]
    assert set(ran.data["findings"][0]) == {"level", "category", "path", "line", "message", "remedy", "fix"}


def test_nothing_acts_on_the_terminal(invoke: Run, journal_root: Path) -> None:
    """A file name is data: its control characters are shown, not sent."""
    (journal_root / "goals" / "x\x1b[31m\ny.toml").write_text("")

    assert "\x1b" not in invoke("doctor").out
    assert "x\\x1b[31m\\ny.toml" in invoke("doctor").out


def test_without_a_journal(world: World) -> None:
    """Where no journal is yet there is nothing to check, and none is made."""
    ran = world.invoke("doctor", env={"MENTORLOG_JOURNAL": None})

    assert (ran.exit, ran.out) == (0, "No problems found: 0 records checked.\n")
    assert "No journal yet" in ran.err
    assert not (world.home / ".local" / "share" / "mentorlog").exists()


def test_a_journal_that_lost_its_first_file(invoke: Run, journal_root: Path) -> None:
    """journal.toml is missing: doctor says so, and --fix does not invent another one."""
    (journal_root / "journal.toml").unlink()

    assert invoke("doctor").exit == 3
    assert invoke("doctor", "--fix").exit == 3
    assert not (journal_root / "journal.toml").exists()


def test_every_byte(invoke: Run, journal_root: Path) -> None:
    """--verify counts what it read by state; an edit by hand is no error, damage is, with exit status 3."""
    invoke("goal", "add", "Submit case report")
    invoke("task", "add", "Draft abstract")
    goal, task = next(journal_root.glob("goals/*")), next(journal_root.glob("tasks/*"))
    goal.write_text(goal.read_text().replace("Submit", "Send"))

    ran = invoke("doctor", "--verify")
    assert (ran.exit, ran.out.splitlines()[2:]) == (
        0,
        [
            "  1  as mentorlog left them",
            "  1  changed by hand since",
            "  2  changes in the history, each as it was written",
            "",
            "Nothing is damaged.",
        ],
    )

    task.write_bytes(b"title = \0")
    ran = invoke("doctor", "--verify", "--json")
    assert ran.exit == 3
    assert ran.data["verified"]["counts"] == {
        **{"as_left": 0, "changed": 1, "unknown": 0, "rolled_back": 0, "missing": 0, "damaged": 1, "unreadable": 0}
    }
    assert [(one["path"], one["state"], one["change"]) for one in ran.data["verified"]["files"]] == [
        (goal.relative_to(journal_root).as_posix(), "changed", 1),
        (task.relative_to(journal_root).as_posix(), "damaged", 2),
    ]
    assert [one["path"] for one in ran.data["findings"]] == [task.relative_to(journal_root).as_posix()]


def test_thousands_of_unreadable_files(invoke: Run, journal_root: Path) -> None:
    """Of each kind of problem the screen shows the first ten and says how many more there are; --json has all."""
    for number in range(120):
        (journal_root / f"goals/g{number}.toml").write_text("title = ")

    ran = invoke("doctor", "--verify")
    assert ran.exit == 3
    assert len(ran.out.splitlines()) < 20
    assert "and 110 more like this; list them with: mentorlog doctor --verify --json" in ran.out
    assert len(invoke("doctor", "--verify", "--json").data["findings"]) == 120
