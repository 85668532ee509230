"""A log that has grown for years: what a change reads of it, and what remains when its oldest part is deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.disk import syscalls
from mentorlog.store.layout import OPERATIONS, operation_path
from world import Ran

Invoke = Callable[..., Ran]
COUNT = 40


@pytest.fixture
def long(invoke: Invoke, journal_root: Path) -> Path:
    """A journal with forty changes: a mentor, and a note that was changed again and again."""
    invoke("mentor", "add", "William Osler")
    id = invoke("note", "add", "Change 2", "--json").data["id"]
    for number in range(3, COUNT + 1):
        invoke("set", id, f"text=Change {number}")
    return journal_root


class Watching(syscalls.Calls):
    """The real calls; `seen` collects the operations that are opened, and `all` for a listing of the log."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def open(self, path: Any, *rest: Any, **named: Any) -> int:
        """Open a file."""
        if str(path).endswith(".json") and OPERATIONS in str(path):
            self.seen.append(Path(path).name)
        return syscalls.Calls.open(path, *rest, **named)

    def listdir(self, path: Any) -> list[str]:
        """List a folder."""
        self.seen += ["all"] * str(path).endswith(OPERATIONS)
        return syscalls.Calls.listdir(path)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read of the log."""
    watching = Watching()
    monkeypatch.setattr(syscalls, "calls", watching)
    return watching.seen


def test_a_change_reads_the_last_operation_alone(long: Path, invoke: Invoke, seen: list[str]) -> None:
    """However long the log is, a change neither lists it nor opens another operation; a list opens none."""
    invoke("mentor", "list")
    assert seen == []

    invoke("set", "osler", "phone=12")

    assert [name for name in seen if ".new" not in name] == [f"{COUNT:06}.json"]


def test_what_a_change_did_is_read_near_it(long: Path, invoke: Invoke, seen: list[str]) -> None:
    """`history N` looks for undos in the later operations, and finds what the change left in the next one."""
    invoke("history", "20")

    later = [f"{seq:06}.json" for seq in range(COUNT, 20, -1)]
    assert [name for name in seen if name != "all"] == ["000020.json", *later, "000021.json"]


def test_the_oldest_operations_may_be_deleted(long: Path, invoke: Invoke) -> None:
    """Nothing is damaged, numbers go on, and everything since can be undone; what is gone is named as gone."""
    for seq in range(1, 11):
        (long / operation_path(seq)).unlink()

    assert (invoke("doctor").exit, invoke("doctor", "--verify").exit) == (0, 0)
    assert (
        "30  changes in the history, which begins at change 11, each as it was written"
        in invoke("doctor", "--verify").out
    )
    verified = invoke("doctor", "--verify", "--json").data
    assert (verified["findings"], verified["verified"]["first_operation"]) == ([], 11)
    gone = "error: There is no change 5.\nhint: the changes are numbered 11 to 40; see: mentorlog history\n"
    assert [invoke(*words).err for words in (["history", "5"], ["undo", "--no", "5"])] == [gone, gone]
    assert invoke("set", "osler", "phone=12").exit == 0
    assert invoke("undo", "40").err.startswith("error: There are only 31 changes to undo.")
    assert invoke("undo", "31", "--yes").exit == 0
    assert invoke("note", "list", "--json").data[0]["text"] == "Change 10"
    assert invoke("history", "--json").data[0]["seq"] == 42
    assert invoke("doctor", "--verify").exit == 0


def test_one_in_the_middle_may_not(long: Path, invoke: Invoke) -> None:
    """A change that is missing between others is named as missing."""
    (long / operation_path(20)).unlink()

    assert "000020.json: this operation is damaged: it is missing" in invoke("doctor").out
    assert "000020.json cannot be read: it is missing" in invoke("history", "20").err
