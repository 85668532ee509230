"""`mentorlog doctor`: findings line by line, and an exit status for scripts."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
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
    assert list(ran.data) == ["findings", "fixed", "record_count", "unchecked_operation_count", "restorable"]
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


# Damaged records


@pytest.fixture
def broken(invoke: Run, journal_root: Path) -> dict[str, Path]:
    """A goal that was changed and then half edited, and a task of which one bit is wrong, by their kinds."""
    invoke("task", "add", HOSTILE)
    invoke("goal", "add", "Submit case report", "--why", "x")
    (goal,), (task,) = (journal_root / "goals").iterdir(), (journal_root / "tasks").iterdir()
    invoke("goal", "progress", goal.name[:5], "40")
    goal.write_bytes(HALF)
    whole = task.read_bytes()
    task.write_bytes(b"\xe9" + whole[1:])
    return {"goal": goal, "task": task}


HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'
HALF = b"my newer words\n"


def test_questions_about_damaged_records(terminal: Callable[..., Terminal], broken: dict[str, Path]) -> None:
    """Each is a question that says what it gives back and what is lost; what is exact is what Enter takes."""
    goal, task = broken["goal"], broken["task"]

    shown = terminal("doctor", "--fix")
    id = goal.name[:5]
    shown.wait_for(
        f"The log can restore goal {id}: Submit case report, as it was before change 3 (goal progress: Submit"
    )
    shown.wait_for("Mon 23 Nov 2026); what that change did to it is lost.")
    shown.wait_for("Its present text may be newer, and is then saved in .mentorlog/conflicts/damaged-goals-")
    shown.wait_for(f"To repair it yourself instead: mentorlog edit {id}")
    shown.answer("Restore it? [y/N]", "")
    shown.wait_for(f"The log can restore task {task.name[:5]}: {HOSTILE}, exactly as change 1 (task add: {HOSTILE}")
    shown.wait_for("left it; nothing is lost.")
    shown.answer("Restore it? [Y/n]", "")

    assert shown.end() == 3
    assert "exactly as change 1 left it." in " ".join(shown.text.split())
    assert goal.read_bytes() == HALF and task.read_bytes().startswith(b"id")


def test_many_are_one_question(terminal: Callable[..., Terminal], invoke: Run, journal_root: Path) -> None:
    """Nobody is asked six times: they are listed, and one answer restores them all."""
    for number in range(6):
        invoke("mentor", "add", f"Marie Curie {number}", "--id", f"curie-{number}")
        invoke("set", f"curie-{number}", "email=curie@example.org")
        (journal_root / "mentors" / f"curie-{number}.toml").write_bytes(b"broken")

    shown = terminal("doctor", "--fix", lines=60)
    for number in range(6):
        shown.wait_for(f"mentors/curie-{number}.toml, line 1: it is not valid TOML")
    shown.answer("Restore these 6 files? [y/N]", "y")

    assert shown.end() == 0
    assert "email" not in (journal_root / "mentors" / "curie-0.toml").read_text()
    assert "doctor: restore 6 records from the log" in invoke("history").out


def test_giving_up_restores_nothing(terminal: Callable[..., Terminal], broken: dict[str, Path]) -> None:
    """Ctrl-C at the second question is no answer to the first."""
    shown = terminal("doctor", "--fix")
    shown.answer("Restore it?", "y")
    shown.wait_for_question("Restore it?")
    shown.press("ctrl-c")

    assert shown.end() == 130
    assert "Interrupted; no record was restored." in shown.text
    assert broken["goal"].read_bytes() == HALF


def test_without_a_terminal(invoke: Run, broken: dict[str, Path]) -> None:
    """Nothing is restored, and the hint says how; --yes restores all; one undo takes it back."""
    ran = invoke("doctor", "--fix")
    assert ran.exit == 3
    assert ran.err == (
        "hint: to restore 2 damaged files from the log, run it in a terminal, or: mentorlog doctor --fix --yes\n"
    )
    before = {kind: path.read_bytes() for kind, path in broken.items()}
    assert before["goal"] == HALF

    ran = invoke("doctor", "--fix", "--yes")
    assert ran.exit == 0 and ran.err == ""
    assert ran.out.count("Restored ") == 2 and "1 warning (nothing needs repair)" in ran.out
    assert invoke("show", broken["goal"].name[:5]).exit == 0

    assert invoke("undo").exit == 0
    assert {kind: path.read_bytes() for kind, path in broken.items()} == before


def test_what_was_offered_and_done_for_scripts(invoke: Run, broken: dict[str, Path]) -> None:
    """--json says of each damaged file what the log can restore, what is lost, and whether it was restored."""
    offered = invoke("doctor", "--fix", "--json").data["restorable"]
    done = invoke("doctor", "--fix", "--yes", "--json").data

    goal = offered[0]
    assert [(one["record"], one["exact"], one["lost"], one["restored"]) for one in offered] == [
        ("goal", False, [3], False),
        ("task", True, [], False),
    ]
    assert goal["path"] == f"goals/{broken['goal'].name}" and goal["title"] == "Submit case report"
    assert goal["copy"].startswith(".mentorlog/conflicts/damaged-goals-") and offered[1]["copy"] is None
    assert [one["restored"] for one in done["restorable"]] == [True, True]
    assert done["fixed"] and done["findings"][0]["path"] == goal["copy"]
    assert invoke("doctor", "--json").data["restorable"] == []


def test_yes_to_what(invoke: Run) -> None:
    """--yes alone answers no question."""
    ran = invoke("doctor", "--yes")

    assert ran.exit == 2
    assert ran.err == (
        "error: --yes can only be used with --fix.\nhint: omit it, or run: mentorlog doctor --fix --yes\n"
    )


def test_the_last_backup_is_named(invoke: Run, world: World, journal_root: Path) -> None:
    """Where a finding asks for a backup, the command that restores the last one works when pasted."""
    invoke("goal", "add", "Submit case report")
    invoke("backup", "make", str(world.root / "my backup.tar"))
    assert "backup" not in invoke("doctor", "--verify").out
    next(journal_root.glob("goals/*")).unlink()

    ran = invoke("doctor", "--verify")
    line = next(line for line in ran.out.splitlines() if line.startswith("Your last backup is of Mon 23 Nov 2026: "))
    words = shlex.split(line.partition(": mentorlog ")[2])
    assert invoke("doctor", "--verify", "--json").data["verified"]["backup"]["command"] == shlex.join(
        ["mentorlog", *words]
    )
    assert invoke(*words).exit == 0
    assert len([*Path(words[-1]).glob("goals/*")]) == 1
