"""`mentorlog history N` and `mentorlog undo --no N`: any one change can be looked at and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from faults.inject import KILL, Killed, injected
from terminal import Terminal
from world import NOW, Ran, World

Invoke = Callable[..., Ran]
LATER = {"MENTORLOG_NOW": "2026-12-16T09:00:00+00:00"}


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """A goal that was added (1), revised (2), noted on (3), and another record (4)."""

    def fill() -> str:
        id = str(invoke("goal", "add", "Case report", "--by", "2027-01-04", "--json").data["id"])
        invoke("set", id, "by=2027-02-01", "priority=high")
        invoke("set", id, "notes=Who signs the form?\nAsk Dr Osler.")
        invoke("task", "add", "Read it aloud")
        return id

    return world.filled("one change", fill)


@pytest.fixture
def path(goal: str, journal_root: Path) -> Path:
    """The file of the goal."""
    return journal_root / "goals" / f"{goal}-case-report.toml"


def numbers(ran: Ran) -> list[int]:
    """The numbers of a history, newest first."""
    return [entry["seq"] for entry in ran.data]


# history N


def test_what_a_change_did(goal: str, invoke: Invoke) -> None:
    """Its name, time and age; each record that it created, changed or deleted; each field, old and new."""
    assert invoke("history", "2").out.splitlines() == [
        "set: Case report",
        "change 2 · Mon 23 Nov 2026 09:00 · just now",
        "",
        f"Changed goal {goal}: Case report",
        "  by: Mon 4 Jan 2027 → Mon 1 Feb 2027",
        "  priority: normal → high",
    ]
    created = invoke("history", "1", env=LATER).out
    assert "change 1 · Mon 23 Nov 2026 09:00 · 3 weeks ago\n" in created
    assert f"Created goal {goal}: Case report\n  status: active\n" in created
    assert invoke("history", "3").out.endswith(
        "  notes:\n    + Who signs the form?\n    + Ask Dr Osler.\n\nUndo with: mentorlog undo --no 3\n"
    )


def test_prose_is_a_short_diff(goal: str, invoke: Invoke) -> None:
    """The lines that were removed and added, the first dozen of them; scripts have all of it."""
    invoke("set", goal, "notes=Who reads the form?\nAsk Dr Osler.")
    assert "  notes:\n    - Who signs the form?\n    + Who reads the form?\n\n" in invoke("history", "5").out

    invoke("set", goal, "notes=" + "\n".join(f"Line {number}" for number in range(30)))
    said = invoke("history", "6").out
    assert "    and 20 more lines\n" in said
    (change,) = invoke("history", "6", "--json").data["changes"]
    assert change["fields"][0]["new"].endswith("Line 29")


def test_a_deleted_record_can_be_read(goal: str, invoke: Invoke) -> None:
    """All that it held is shown, so that nobody needs to restore it to read it."""
    invoke("delete", goal)

    said = invoke("history", "5").out
    assert f"Deleted goal {goal}: Case report\n" in said
    assert "    - Ask Dr Osler.\n" in said


def test_for_scripts(goal: str, invoke: Invoke) -> None:
    """An entry of the history, what became of it, and the records with their fields."""
    data = invoke("history", "2", "--json").data
    assert list(data) == [
        *("seq", "changed_at", "name", "operation", "undoes", "undone_by", "can_be_undone", "files", "changes")
    ]
    assert (data["seq"], data["changed_at"], data["name"]) == (2, NOW, "set: Case report")
    (change,) = data["changes"]
    assert (change["record"], change["id"], change["change"]) == ("goal", goal, "changed")
    assert change["fields"] == [
        {"field": "by", "old": "2027-01-04", "new": "2027-02-01"},
        {"field": "priority", "old": "normal", "new": "high"},
    ]


def test_what_undid_it_is_said(goal: str, invoke: Invoke) -> None:
    """Whatever undid it: undo, `undo --no`, an undo of its redo; what was undone itself does not count."""
    assert invoke("history", "4", "--json").data["undone_by"] is None
    for words, by in (
        (["undo"], 5),
        (["redo"], None),  # 6
        (["undo", "--no", "4"], 7),
        (["undo"], None),  # 8: undoes 7
        (["undo", "--no", "6"], 5),  # 9: undoes the redo, so that the first undo counts again
        (["undo", "--no", "5"], None),  # 10
    ):
        assert invoke(*words).exit == 0
        assert invoke("history", "4", "--json").data["undone_by"] == by, words
    assert "undone by change 9\n" in invoke("history", "6").out


def test_a_number_is_a_change_and_a_word_is_an_id(goal: str, invoke: Invoke) -> None:
    """Ids have a letter; a new mentor whose surname is a number gets an id that has more than digits."""
    assert numbers(invoke("history", goal, "--json")) == [3, 2, 1]
    assert invoke("history", "3", "--json").data["seq"] == 3
    assert invoke("mentor", "add", "Ward 12", "--json").data["id"] == "12-2"


@pytest.mark.parametrize("words", [["history"], ["undo", "--no"]])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("99", "There is no change 99."),
        ("999999999", "There is no change 999999999."),
        ("0", "'0' is not a positive whole number."),
        ("99999999999999999999", "'99999999999999999999' is not a whole number from 1 to 999999999."),
    ],
)
def test_a_number_that_is_not_there(words: list[str], number: str, said: str, goal: str, invoke: Invoke) -> None:
    """The error names the range."""
    ran = invoke(*words, number)

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == f"error: {said}"
    if said.startswith("There is no"):
        assert ran.err.splitlines()[1] == "hint: the changes are numbered 1 to 4; see: mentorlog history"


def test_in_a_new_journal(invoke: Invoke) -> None:
    """There is no change to look at or to undo."""
    assert invoke("history", "1").err == "error: There is no change 1.\nhint: there are no changes yet\n"
    assert invoke("undo", "--no", "1").exit == 1


def test_a_text_that_another_program_replaced(goal: str, path: Path, invoke: Invoke) -> None:
    """What a change left and nobody kept is said to be unknown, never guessed."""
    path.write_text(path.read_text().replace("Who signs", "Who burns"))
    invoke("set", goal, "priority=low")

    assert "(the text after this change is unknown: another program replaced it)" in invoke("history", "3").out
    assert invoke("history", "3", "--json").data["changes"][0]["fields"] is None
    assert "priority: high → low" in invoke("history", "5").out
    assert "by: Mon 4 Jan 2027 → Mon 1 Feb 2027" in invoke("history", "2").out


def test_a_record_that_is_no_longer_valid(goal: str, path: Path, invoke: Invoke) -> None:
    """A text that is not a valid record is not compared; the rest is said all the same."""
    path.write_bytes(b"no TOML")
    invoke("delete", goal, "--yes")

    ran = invoke("history", "5")
    assert (ran.exit, f"Deleted goal {goal}\n" in ran.out) == (0, True)
    assert "(a text before or after it is not a valid record)" in ran.out


# undo --no N


def test_any_change_is_undone(goal: str, path: Path, invoke: Invoke) -> None:
    """Later changes of other records do not matter; it is one change, which undo undoes and redo redoes."""
    before = path.read_bytes()
    ran = invoke("undo", "--no", "3", env=LATER)
    assert ran.out.splitlines()[0] == "Undone: set: Case report (3 weeks ago)"
    undone = path.read_bytes()
    assert b"Osler" not in undone
    (entry, *_) = invoke("history", "--json").data
    assert (entry["name"], entry["operation"], entry["undoes"]) == ("undo --no 3: set: Case report", "revert", [3])

    assert invoke("undo").out.startswith("Undone: undo --no 3: set: Case report (")
    assert path.read_bytes() == before
    assert invoke("redo").exit == 0
    assert path.read_bytes() == undone


def test_lost_text_can_be_had_again(goal: str, path: Path, invoke: Invoke) -> None:
    """A command failed, `undo` took back the good change before it, another change followed: the undo is undone."""
    invoke("undo")  # the task
    good = path.read_bytes()
    assert invoke("set", goal, "by=nonsense").exit == 1
    invoke("undo")  # without reading: the notes of change 3
    invoke("note", "add", "Clinic")

    ran = invoke("redo")
    assert ran.err.splitlines()[1] == "hint: to undo an earlier undo: mentorlog undo --no 6"
    assert "    - Who signs the form?\n" in invoke("history", "6").out
    assert invoke("undo", "--no", "6").exit == 0
    assert path.read_bytes() == good


def test_where_later_changes_touched_the_record(goal: str, path: Path, invoke: Invoke) -> None:
    """It is refused with the id; the hint undoes the later changes, newest first, and works when it is pasted."""
    before = path.read_bytes()
    ran = invoke("undo", "--no", "1")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"error: Change 1 cannot be undone: {goal} was changed later by changes 3 and 2.",
        "hint: undo the later changes first: mentorlog undo --no 3 && mentorlog undo --no 2",
    ]
    assert path.read_bytes() == before
    for number in ("3", "2", "1"):
        assert invoke("undo", "--no", number).exit == 0
    assert not path.exists()


def test_content_decides_not_the_log(goal: str, path: Path, invoke: Invoke) -> None:
    """Where later changes were undone the file is as it was left: allowed, and they are not named."""
    invoke("set", goal, "priority=low")  # 5
    invoke("undo")  # 6
    assert invoke("undo", "--no", "3").exit == 0  # 7
    assert invoke("undo", "--no", "7").exit == 0  # 8
    invoke("set", goal, "priority=low")  # 9
    assert "was changed later by change 9." in invoke("undo", "--no", "3").err
    path.write_text(path.read_text().replace('priority = "low"', 'priority = "high"'))
    assert invoke("undo", "--no", "3").exit == 0


def test_where_a_file_was_changed_by_hand(goal: str, path: Path, invoke: Invoke) -> None:
    """It is refused with the path, and 4; later changes of the same file are named as well."""
    path.write_text(f"{path.read_text()}# by hand\n")
    before = path.read_bytes()
    ran = invoke("undo", "--no", "3")

    assert (ran.exit, ran.out) == (4, "")
    assert ran.err.splitlines() == [
        f"error: Change 3 cannot be undone: goals/{path.name} has changed outside mentorlog.",
        "hint: see what it did: mentorlog history 3",
    ]
    assert path.read_bytes() == before
    invoke("set", goal, "priority=low")
    ran = invoke("undo", "--no", "2")
    assert f"{goal} was changed later by change 5, and goals/{path.name} has changed outside mentorlog." in ran.err
    assert ran.exit == 4


def test_all_or_none(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """Where one of the records of a change was changed later, the others stay as well."""
    tasks = [invoke("task", "add", title, "--json").data["id"] for title in ("One", "Two")]
    invoke("task", "done", *tasks)  # 7
    invoke("set", tasks[0], "priority=high")  # 8
    files = {path: path.read_bytes() for path in journal_root.rglob("*.toml")}

    ran = invoke("undo", "--no", "7")
    assert f"Change 7 cannot be undone: {tasks[0]} was changed later by change 8." in ran.err
    assert {path: path.read_bytes() for path in journal_root.rglob("*.toml")} == files


def test_what_is_undone_already(goal: str, invoke: Invoke) -> None:
    """Nothing changes, which is said with the change that undid it, and is no failure."""
    invoke("undo", "--no", "3")

    ran = invoke("undo", "--no", "3")
    assert ran == (0, "Change 3 is already undone (by change 5); nothing changed.\n", "")
    nothing: dict[str, list[str]] = {"undone": [], "operations": [], "changes": [], "passed_over": [], "merged": []}
    assert invoke("undo", "--no", "3", "--json").data == nothing
    invoke("delete", goal)
    ran = invoke("undo", "--no", "1")
    assert ran.out == "The records are already as they were before change 1; nothing changed.\n"
    assert numbers(invoke("history", "--json"))[0] == 6


def test_a_record_that_others_link_to(goal: str, invoke: Invoke) -> None:
    """Undoing what created it is deleting it: it asks as `delete` does; the links stay."""
    invoke("goal", "add", "Teach")  # 5
    teach = invoke("goal", "list", "--json").data[-1]["id"]
    task = invoke("task", "add", "Plan the class", "--goal", teach, "--json").data["id"]

    ran = invoke("undo", "--no", "5")
    asked = f"1 record links to goal {teach}: Teach ({task}). Undo “goal add: Teach”, made just now?"
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == f"error: An answer is needed: {asked}\nhint: pass --yes, or run in a terminal\n"
    assert invoke("undo", "--no", "5", "--yes").exit == 0
    assert f"{teach} (deleted)" in invoke("show", task).out


def test_what_a_change_made_together_goes_together(invoke: Invoke) -> None:
    """Records that link to each other and go with one undo are no reason to ask."""
    invoke("mentor", "add", "William Osler")
    invoke("meeting", "log", "osler", "--notes", "- [ ] @me Write to the editor", "--next", "in 4 weeks")

    assert invoke("undo", "--no", "2").exit == 0
    assert [len(invoke(noun, "list", "--json").data) for noun in ("meeting", "task", "mentor")] == [0, 0, 1]


def test_a_change_whose_content_was_erased(goal: str, invoke: Invoke) -> None:
    """It can be neither undone nor shown, and says so; so for the erasing itself."""
    note = invoke("note", "add", "Nobody should read this", "--json").data["id"]  # 5
    invoke("goal", "pause", goal, "-m", "Nights")  # 6
    invoke("forget", note, "--yes")  # 7

    for number in ("5", "7"):
        ran = invoke("undo", "--no", number)
        assert (ran.exit, ran.out) == (1, "")
        assert "its content was erased." in ran.err
        assert ran.err.splitlines()[1] == "hint: other changes can be undone; see: mentorlog history"
        shown = invoke("history", number)
        assert (shown.exit, "Nobody" in shown.out) == (0, False)
        assert f"Erased note {note}\n  (its content was erased)\n" in shown.out
        assert "Undo with" not in shown.out
    assert invoke("history", "5", "--json").data["changes"][0]["change"] == "erased"
    assert invoke("undo", "--no", "6").exit == 0


def test_an_id_that_is_in_use_again(goal: str, path: Path, invoke: Invoke) -> None:
    """A record is not restored beside another one that has its id by now."""
    invoke("delete", goal)  # 5
    other = path.with_name(f"{goal}-by-hand.toml")
    other.write_text(f'id = "{goal}"\ntitle = "By hand"\ncreated = 2026-11-23T09:00:00+00:00\n')

    ran = invoke("undo", "--no", "5")
    assert (ran.exit, path.exists()) == (4, False)
    assert f"the id {goal} is in use again in goals/{other.name}." in ran.err


def test_one_of_two_ways(goal: str, invoke: Invoke) -> None:
    """A count and a number cannot be used together."""
    ran = invoke("undo", "2", "--no", "3")

    assert (ran.exit, ran.err.splitlines()[0]) == (2, "error: N and --no cannot be used together.")


# The age


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-23T09:00:30+00:00", "just now"),
        ("2026-11-23T09:01:00+00:00", "1 minute ago"),
        ("2026-11-23T10:59:00+00:00", "1 hour ago"),
        ("2026-11-24T08:59:00+00:00", "23 hours ago"),
        ("2026-11-24T09:01:00+00:00", "yesterday"),
        ("2026-11-24T02:00:00+13:00", "4 hours ago"),
        ("2027-11-24T09:00:00+00:00", "12 months ago"),
        ("2026-11-20T09:00:00+00:00", "in 3 days"),
    ],
)
def test_how_old_a_change_is(now: str, said: str, goal: str, invoke: Invoke) -> None:
    """Undo says it, in whatever zone and wherever the clock stands."""
    assert invoke("undo", env={"MENTORLOG_NOW": now}).out.splitlines()[0] == f"Undone: task add: Read it aloud ({said})"


def test_each_of_several_has_its_age(goal: str, invoke: Invoke) -> None:
    """Scripts have the times."""
    invoke("note", "add", "Clinic", env=LATER)

    said = invoke("undo", "2", env=LATER).out.splitlines()
    assert said[:2] == ["Undone: note add: Clinic (just now)", "Undone: task add: Read it aloud (3 weeks ago)"]
    invoke("redo", "2", env=LATER)
    data = invoke("undo", "2", "--json", env=LATER).data
    assert [list(one) for one in data["operations"]] == [["seq", "changed_at", "name"]] * 2
    assert [one["changed_at"] for one in data["operations"]] == [LATER["MENTORLOG_NOW"], NOW]


def test_a_time_that_is_damaged(goal: str, invoke: Invoke, journal_root: Path) -> None:
    """An unknown time is said to be unknown; the change is undone."""
    entry = journal_root / ".mentorlog" / "operations" / "000004.json"
    entry.write_text(json.dumps({**json.loads(entry.read_text()), "at": "once"}))

    assert "change 4 · at an unknown time\n" in invoke("history", "4").out
    assert invoke("undo").out.startswith("Undone: task add: Read it aloud (at an unknown time)\n")


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (["undo"], "Undo “task add: Read it aloud”, made 3 weeks ago?"),
        (["undo", "2"], "Undo 2 changes, the oldest made 3 weeks ago?"),
        (["undo", "--no", "3"], "Undo “set: Case report”, made 3 weeks ago?"),
    ],
)
@pytest.mark.parametrize("answer", ["y", ""])
def test_an_old_change_is_asked_about(
    words: list[str],
    question: str,
    answer: str,
    goal: str,
    invoke: Invoke,
    terminal: Callable[..., Terminal],
) -> None:
    """On a terminal, where it is older than a day; Enter undoes nothing."""
    shown = terminal(*words, env=LATER, columns=100)
    shown.answer(question, answer)

    assert shown.end() == 0
    assert ("Undone: " if answer else "Nothing was undone.") in shown.text
    assert len(invoke("history", "--json").data) == (5 if answer else 4)


@pytest.mark.parametrize(
    ("words", "env"),
    [(["undo"], None), (["undo", "--yes"], LATER), (["undo", "--no-input"], LATER), (["undo", "--no", "4"], None)],
)
def test_nobody_is_asked(
    words: list[str], env: Any, goal: str, invoke: Invoke, terminal: Callable[..., Terminal]
) -> None:
    """A change of today, `--yes` and `--no-input`: undone at once; a script is never asked either."""
    shown = terminal(*words, env=env)

    assert shown.end() == 0
    assert "Undone: task add" in shown.text
    assert invoke("undo", env=LATER).exit == 0


def test_what_was_asked_about_is_what_is_undone(goal: str, invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Where another change came before the answer, that one is not undone in its place."""
    shown = terminal("undo", env=LATER)
    shown.wait_for("3 weeks ago?")
    invoke("note", "add", "Clinic", env=LATER)
    shown.answer("3 weeks ago?", "y")

    assert shown.end() == 4
    assert "The journal has changed in the meantime; nothing was undone." in shown.text
    assert numbers(invoke("history", "--json")) == [5, 4, 3, 2, 1]


def test_an_id_is_free_again(invoke: Invoke) -> None:
    """A record that was only ever undone, by number as well, leaves its id; one that was brought back keeps it."""
    add = ("mentor", "add", "William Osler", "--json")
    for number in ("1", "3"):
        assert invoke(*add, "--phone", number).data["id"] == "osler"
        assert invoke("undo", "--no", number).exit == 0
    assert invoke("undo", "--no", "2").exit == 0  # the first one is back
    assert invoke(*add, "--id", "osler").exit == 1
    assert "osler was changed later by change 5." in invoke("undo", "--no", "4").err
    invoke("delete", "osler")
    assert invoke(*add).data["id"] == "osler-2"


def test_an_interrupted_change_is_finished_first(goal: str, path: Path, invoke: Invoke, journal_root: Path) -> None:
    """It has a number as soon as it is finished, which undo does before it looks at what it would undo."""
    pending = journal_root / ".mentorlog" / "pending.json"
    for call in [*range(1, 400)] * 2:  # how many calls come before the commit depends on the time
        before = path.read_bytes()
        with injected(call, KILL), suppress(Killed):
            invoke("set", goal, f"notes=Killed at {call}")
        if pending.exists():
            break
    number = json.loads(pending.read_text())["seq"]

    assert invoke("undo", "--no", str(number)).out.startswith("Undone: set: Case report (")
    assert path.read_bytes() == before
    assert numbers(invoke("history", "--json"))[:2] == [number + 1, number]


def test_many_records(goal: str, invoke: Invoke) -> None:
    """Of a change of many records the first are shown, and of the links to them the first are asked about."""
    owners = [f"Pat {letter}{letter.lower() * 3}" for letter in "ABCDEFGHIJKLMNOPQRSTUVW"]
    made = [invoke("mentor", "add", name, "--json").data["id"] for name in owners]
    backup = invoke("export", "json").out
    invoke("undo", str(len(made)))
    invoke("import", "json", "-", stdin=backup)
    number = numbers(invoke("history", "--json"))[0]
    for id in made[:5]:
        invoke("task", "add", "Send the form", "--owner", id)

    said = invoke("history", str(number)).out
    assert said.count("Created mentor") == 20
    assert f"and 3 more records; see: mentorlog history {number} --json\n" in said
    assert len(invoke("history", str(number), "--json").data["changes"]) == 23
    asked = invoke("undo", "--no", str(number)).err
    assert asked.count("1 record links to mentor") == 3
    assert "Others link to 2 more records. Undo “import: 23 records”, made just now?" in asked
