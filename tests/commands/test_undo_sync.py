"""`undo` passes over syncs and merges where one changed the same record; `undo --sync` undoes the last one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.disk import files
from mentorlog.store.journal import Journal
from mentorlog.store.oplog.operation import Change, Sync
from terminal import Terminal
from world import NOW, Ran, World

Invoke = Callable[..., Ran]
Came = Callable[..., None]
LATER = {"MENTORLOG_NOW": "2026-12-16T09:00:00+00:00"}
BACK = 'title is back to "Case report" (was "Case report for JHM"); notes are empty again (were "Who signs the form?")'
OTHER = b'id = "tqqqq"\ntitle = "Call the fellowship office"\ncreated = 2026-11-20T09:00:00+00:00\nstatus = "todo"\n'


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """A goal that was added (1), then revised (2)."""

    def fill() -> str:
        id = str(invoke("goal", "add", "Case report", "--by", "2027-01-04", "--json").data["id"])
        invoke("set", id, "title=Case report for JHM", "notes=Who signs the form?")
        return id

    return world.filled("a goal to sync", fill)


@pytest.fixture
def path(goal: str) -> str:
    """The file of the goal in the journal."""
    return f"goals/{goal}-case-report.toml"


@pytest.fixture
def came(journal_root: Path) -> Came:
    """Let a sync bring changes of files: a text to replace with another, new bytes, or None."""

    def changed(path: str, what: Any) -> Change:
        before = files.content(journal_root / path)
        if isinstance(what, tuple):
            what = (before or b"").replace(*(text.encode() for text in what))
        return Change(path, before, what)

    def bring(changes: dict[str, Any], name: str = "sync: 1 record came") -> None:
        journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
        sync = Sync("1f" * 20, "git.example.org:journal.git", {})
        with journal._locked():
            journal._commit(name, [changed(*one) for one in changes.items()], kind="sync", sync=sync)

    return bring


def test_it_is_passed_over(goal: str, came: Came, invoke: Invoke) -> None:
    """The last change made here is undone and redone, whatever came since; how many syncs were passed over is said."""
    came({"tasks/tqqqq.toml": OTHER})
    ran = invoke("undo")

    assert ran.out.splitlines() == [
        "Passed over a sync. Undone: set: Case report (just now)",
        f"  {goal}  {BACK}",
    ]
    came({"tasks/tqqqq.toml": None})
    ran = invoke("redo", "--json")
    assert (ran.data["redone"], ran.data["passed_over"], ran.data["merged"]) == (["set: Case report"], [5], [])
    first, second, *_ = invoke("undo", "2").out.splitlines()
    assert first == "Passed over 2 syncs. Undone: set: Case report (just now)"
    assert second == "Undone: goal add: Case report (just now)"
    ran = invoke("undo")
    assert (ran.exit, ran.err) == (
        1,
        "error: There is nothing to undo.\nhint: to undo the last sync: mentorlog undo --sync\n",
    )


def test_both_changed_one_record(goal: str, path: str, came: Came, invoke: Invoke, journal_root: Path) -> None:
    """What was changed here is undone, what the sync changed stays; that it was merged is said."""
    came({path: ("2027-01-04", "2027-03-01")})
    before = (journal_root / path).read_bytes()
    ran = invoke("undo")

    assert ran.out.splitlines()[1:] == [
        f"  {goal}  {BACK}",
        f"Merged with later changes: {goal}",
    ]
    shown = invoke("show", goal, "--json").data
    assert (shown["title"], shown["by"], shown["notes"]) == ("Case report", "2027-03-01", None)
    assert invoke("redo", "--json").data["merged"] == []
    assert (journal_root / path).read_bytes() == before
    came({path: ("normal", "high")})
    assert invoke("undo", "--no", "2", "--json").data["merged"] == [goal]
    shown = invoke("show", goal, "--json").data
    assert (shown["title"], shown["by"], shown["priority"]) == ("Case report", "2027-03-01", "high")


def test_both_changed_one_thing(goal: str, path: str, came: Came, invoke: Invoke, journal_root: Path) -> None:
    """Nothing is undone where that would leave a choice; the sync is named, and the hint shows what it did."""
    came({path: ("Case report for JHM", "Report of the case")})
    before = (journal_root / path).read_bytes()

    for words in (["undo"], ["undo", "--no", "2"]):
        ran = invoke(*words)
        assert (ran.exit, ran.err) == (
            4,
            f"error: Change 2 cannot be undone: a sync has also changed the title of {goal} (change 3).\n"
            "hint: see what it changed: mentorlog history 3\n",
        )
    assert (journal_root / path).read_bytes() == before
    assert "Undo with" not in invoke("history", "2").out
    assert "title: Case report for JHM → Report of the case" in invoke("history", "3").out


def test_what_went_on_elsewhere_is_not_undone(came: Came, invoke: Invoke, goal: str, journal_root: Path) -> None:
    """A task that was started here and finished there; words that were written here and completed there."""
    id = invoke("task", "add", "Draft abstract", "--json").data["id"]
    invoke("task", "start", id)  # 4
    path = f"tasks/{id}-draft-abstract.toml"
    came({path: ('status = "doing"', 'status = "done"\ndone_on = 2026-11-24')})  # 5
    refused = invoke("undo")
    assert (refused.exit, refused.err.splitlines()[0]) == (
        4,
        f"error: Change 4 cannot be undone: a sync has also changed the status of {id} (change 5).",
    )

    invoke("set", goal, "measure=Received")  # 6
    path = next(str(one.relative_to(journal_root)) for one in (journal_root / "goals").iterdir())
    came({path: ('"Received"', '"Received by a journal"')})  # 7
    assert f"a sync has also changed the measure of {goal} (change 7)." in invoke("undo").err


def test_comments_that_a_merge_drops(goal: str, path: str, came: Came, invoke: Invoke) -> None:
    """They are named, as at every change that writes a file again."""
    came({path: ("by = 2027-01-04", "by = 2027-03-01 # the deadline moved")})
    ran = invoke("undo")

    assert f"Merged with later changes: {goal}" in ran.out
    assert f"Comments in {path} were removed; mentorlog edit --toml keeps them." in ran.err


def test_the_last_sync(goal: str, path: str, came: Came, invoke: Invoke) -> None:
    """It is a change of one's own, which undo undoes; a second time the sync before it is undone, then none is left."""
    came({"tasks/tqqqq.toml": OTHER})
    came({path: ("2027-01-04", "2027-03-01")}, "sync: 1 record came")
    invoke("set", goal, "priority=high")

    ran = invoke("undo", "--sync", "--yes")
    assert ran.out.splitlines() == [
        "Undone: sync: 1 record came (just now)",
        f"  {goal}  by is back to Mon 4 Jan 2027 (was Mon 1 Mar 2027)",
        f"Merged with later changes: {goal}",
    ]
    assert invoke("show", goal, "--json").data["priority"] == "high"
    (entry, *_) = invoke("history", "--json").data
    assert (entry["name"], entry["operation"], entry["undoes"]) == ("undo --sync: sync: 1 record came", "revert", [4])
    assert invoke("undo").out.startswith("Undone: undo --sync: sync: 1 record came (just now)\n")
    assert invoke("redo").exit == 0
    assert "undone by change 6" in invoke("history", "4").out
    ran = invoke("undo", "--sync", "--yes", "--json")
    assert (ran.data["undone"], [one["change"] for one in ran.data["changes"]]) == (["sync: 1 record came"], ["gone"])
    ran = invoke("undo", "--sync", "--yes")
    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: There is no sync to undo.")


def test_it_is_asked_first(goal: str, came: Came, invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """How many records it concerns, and that the next sync sends that; without a terminal --yes is needed."""
    came({"tasks/tqqqq.toml": OTHER})
    ran = invoke("undo", "--sync")
    assert (ran.exit, "--yes" in ran.err) == (2, True)

    screen = terminal("undo", "--sync", env=LATER)
    screen.answer("Undo “sync: 1 record came”, made 3 weeks ago?", "n")
    assert screen.end() == 0
    assert "1 record goes back to what it was here; the next sync sends that." in screen.text.replace("\n", " ")
    assert "Nothing was undone." in screen.text
    assert invoke("show", "tqqqq").exit == 0


def test_what_is_as_it_was_already(came: Came, invoke: Invoke, goal: str) -> None:
    """Nothing is asked, nothing changes."""
    came({"tasks/tqqqq.toml": OTHER})
    invoke("delete", "tqqqq", "--yes")

    ran = invoke("undo", "--sync")
    assert (ran.exit, ran.out) == (0, "The records are already as they were before change 3; nothing changed.\n")
    ran = invoke("undo", "--sync", "--json")
    assert ran.data == {"undone": [], "operations": [], "changes": [], "passed_over": [], "merged": []}


@pytest.mark.parametrize("words", [["2", "--sync"], ["--no", "1", "--sync"], ["2", "--no", "1"]], ids=" ".join)
def test_one_way_at_a_time(words: list[str], goal: str, invoke: Invoke) -> None:
    """A number of changes, one change, and the last sync exclude each other."""
    ran = invoke("undo", *words)

    assert (ran.exit, "cannot be used together" in ran.err) == (2, True)


def test_history_shows_it(goal: str, path: str, came: Came, invoke: Invoke) -> None:
    """A sync is in the list like a change, and can be looked at and undone by its number."""
    came({"tasks/tqqqq.toml": OTHER, path: ("2027-01-04", "2027-03-01")}, "sync: 2 records came")

    assert invoke("history").out.splitlines()[1].endswith("sync: 2 records came")
    said = invoke("history", "3").out
    assert "Created task tqqqq: Call the fellowship office" in said
    assert f"Changed goal {goal}: Case report for JHM\n  by: Mon 4 Jan 2027 → Mon 1 Mar 2027" in said
    assert said.endswith("Undo with: mentorlog undo --no 3\n")
    assert "Undo with: mentorlog undo --no 2\n" in invoke("history", "2").out
    assert invoke("undo", "--no", "3").exit == 0
    assert invoke("show", "tqqqq").exit == 1


def test_all_that_reads_the_log(goal: str, path: str, came: Came, invoke: Invoke, world: World) -> None:
    """A check, a backup and what is restored of it, an erasure: each knows a sync for a change like any other."""
    came({"tasks/tqqqq.toml": OTHER, path: ("2027-01-04", "2027-03-01")})
    verified = invoke("doctor", "--verify", "--json")
    assert (verified.exit, verified.data["findings"]) == (0, [])
    assert invoke("backup", "make", "backup.tar", "--with-log").exit == 0
    restored = str(world.work / "restored")
    assert invoke("backup", "restore", "backup.tar", restored).exit == 0
    assert invoke("undo", "--sync", "--yes", "--journal", restored).exit == 0
    assert invoke("show", "tqqqq", "--journal", restored).exit == 1

    assert invoke("forget", "tqqqq", "--yes").exit == 0
    assert "the fellowship office" not in (world.journal / ".mentorlog/operations/000003.json").read_text()
    ran = invoke("undo", "--sync", "--yes")
    assert (ran.exit, ran.err.splitlines()[0]) == (1, "error: Cannot undo “sync: (erased)”: its content was erased.")
    verified = invoke("doctor", "--verify", "--json")
    assert (verified.exit, verified.data["findings"]) == (0, [])


def test_the_sync_with_which_a_journal_began(invoke: Invoke, came: Came, journal_root: Path) -> None:
    """Undoing it would send the deletion of every record to the other machines: it is refused."""
    invoke("init", str(journal_root))
    came({"tasks/tqqqq.toml": OTHER})
    ran = invoke("undo", "--sync", "--yes")
    assert (ran.exit, ran.err) == (
        1,
        "error: The last sync brought all of this journal, so it cannot be undone.\n"
        "hint: to end the exchange: mentorlog sync --leave\n",
    )
    assert (journal_root / "tasks" / "tqqqq.toml").exists()
