"""A revert undoes any one operation: only where its files are as it left them, as a change of its own."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.inject import injected, snapshot
from mentorlog.errors import ChangedSince, MentorlogError, NeedsDoctor, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo as plans
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Operation
from mentorlog.store.oplog.undo import Plan

AT = "2027-01-03T10:00:00+01:00"
PATHS = ("goals/g2222-a.toml", "tasks/t2222-b.toml", "mentors/osler.toml")
State = dict[str, bytes]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """The log of a new journal."""
    return Log(Layout(tmp_path))


def do(log: Log, **after: bytes | None) -> Operation:
    """Commit one operation; a, b and c are files."""
    paths = dict(zip("abc", PATHS, strict=True))
    changes = [Change(paths[key], files.content(log.layout.root / paths[key]), data) for key, data in after.items()]
    return log.commit("do", changes, AT).operation


def commit(log: Log, plan: Plan, kind: str) -> Operation:
    """Commit a plan as the journal does."""
    return log.commit(kind, plan.changes, AT, kind=kind, undoes=plan.undoes).operation


def revert(log: Log, number: int) -> Operation:
    """Revert as the journal does."""
    plan = plans.revert(log.history, number)
    assert plan.unchanged == ""
    return commit(log, plan, "revert")


def test_the_bytes_of_before(log: Log) -> None:
    """A changed, a new and a deleted file are as they were, to the byte, whatever was done to others since."""
    odd = b"\xff\xfe not UTF-8 \r\n"
    do(log, a=odd, b=b"b\r\n")
    before = snapshot(log.layout.root)
    do(log, a=b"new", b=None)
    do(log, c=b"c")

    revert(log, 2)
    assert snapshot(log.layout.root) == before | {PATHS[2]: b"c"}
    commit(log, plans.undo(log.history), "undo")
    assert snapshot(log.layout.root) == {PATHS[0]: b"new", PATHS[2]: b"c"}


def test_any_kind_of_operation(log: Log) -> None:
    """An undo, a redo and a revert are reverted like any other; each way back is open."""
    do(log, a=b"1")
    do(log, a=b"2")
    commit(log, plans.undo(log.history), "undo")  # 3: 1
    revert(log, 3)  # 4: 2
    assert snapshot(log.layout.root) == {PATHS[0]: b"2"}
    revert(log, 4)  # 5: 1
    revert(log, 5)  # 6: 2
    commit(log, plans.undo(log.history), "undo")  # 7: 1
    commit(log, plans.redo(log.history), "redo")  # 8: 2
    revert(log, 8)
    assert snapshot(log.layout.root) == {PATHS[0]: b"1"}


def test_redo_goes_no_further_than_a_revert(log: Log) -> None:
    """A revert is a new change, after which what was undone before is not redone; the error names the newest undo."""
    do(log, a=b"1")
    do(log, b=b"1")
    commit(log, plans.undo(log.history), "undo")
    revert(log, 1)

    with pytest.raises(MentorlogError, match="nothing to redo") as caught:
        plans.redo(log.history)
    assert caught.value.hint == "to undo an earlier undo: mentorlog undo --no 4"
    revert(log, 4)
    with pytest.raises(MentorlogError, match="nothing to redo") as caught:
        plans.redo(log.history)
    assert caught.value.hint == "to undo an earlier undo: mentorlog undo --no 3"
    revert(log, 3)
    with pytest.raises(MentorlogError, match="nothing to redo") as caught:
        plans.redo(log.history)
    assert caught.value.hint == "see the change history with: mentorlog history"


def test_an_operation_without_files(log: Log) -> None:
    """Steps that cancelled each other out changed nothing, so there is nothing to revert."""
    do(log, a=b"1")
    do(log, a=None)
    commit(log, plans.undo(log.history, 2), "undo")

    assert plans.revert(log.history, 3).unchanged == "Change 3 changed no records; nothing changed."


def test_a_damaged_log(log: Log) -> None:
    """Its own entry is needed; a damaged later one cannot be named, and what it changed is not overwritten."""
    do(log, a=b"1")
    do(log, a=b"2")
    do(log, b=b"1")
    second = log.layout.operation(2)
    whole = second.read_bytes()
    second.write_bytes(b"\0")

    with pytest.raises(Unreadable, match="000002"):
        plans.revert(log.history, 2)
    with pytest.raises(ChangedSince, match="changed outside mentorlog"):
        plans.revert(log.history, 1)
    assert plans.revert(log.history, 3).undoes == (3,)
    second.write_bytes(whole.replace(b'"before": "1"', b'"before": "I"'))
    with pytest.raises(NeedsDoctor, match="000002"):
        plans.revert(log.history, 2)
    second.unlink()
    with pytest.raises(Unreadable, match="it is missing"):
        plans.revert(log.history, 2)


def test_what_cannot_be_read_is_not_overwritten(log: Log) -> None:
    """A folder or a link in place of the file is another program's doing."""
    do(log, a=b"1")
    path = log.layout.root / PATHS[0]
    path.unlink()
    path.symlink_to("elsewhere")

    with pytest.raises(Unreadable, match="symbolic link"):
        plans.revert(log.history, 1)


STEPS = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from("abc"), st.none() | st.sampled_from([b"1", b"2", b"3"]), min_size=1),
        st.sampled_from(["undo", "redo", "by hand"]),
        st.integers(1, 20),
    ),
    min_size=4,
    max_size=14,
)


class Life:
    """A log, and the files before and after each of its operations."""

    def __init__(self, folder: Path) -> None:
        self.log = Log(Layout(folder))
        self.states: dict[int, tuple[State, State]] = {}
        self.by_hand = False

    @property
    def now(self) -> State:
        """The files."""
        return snapshot(self.log.layout.root)

    def step(self, step: dict[str, bytes | None] | str | int) -> None:
        """Change files, undo, redo, revert, or let another program write; what is refused changes nothing."""
        before = self.now
        try:
            if isinstance(step, dict):
                do(self.log, **step)
            elif isinstance(step, int):
                self.revert(step)
            elif step == "by hand":
                self.by_hand |= bool(before)
                for path in list(before)[:1]:
                    (self.log.layout.root / path).write_bytes(b"by hand")
                return
            else:
                commit(self.log, (plans.undo if step == "undo" else plans.redo)(self.log.history), step)
        except MentorlogError:
            assert self.now == before
        else:
            self.states.setdefault(self.log.history.last(), (before, self.now))

    def touched(self, number: int) -> list[str]:
        """The paths that an operation changed."""
        before, after = self.states[number]
        return [path for path in {*before, *after} if before.get(path) != after.get(path)]

    def revert(self, number: int) -> bool:
        """Revert an operation, and return whether that was possible: if its files are as it left them."""
        before, plan = self.now, plans.revert(self.log.history, number)
        if plan.unchanged:
            return False
        commit(self.log, plan, "revert")
        self.states[self.log.history.last()] = before, self.now
        return True


@given(STEPS, st.integers(0, 99))
def test_a_revert_and_then_an_undo_are_the_bytes(steps: list[dict[str, bytes | None] | str | int], pick: int) -> None:
    """Whatever was done: a revert gives the bytes before its operation, undo those before the revert, redo the others.

    It is possible exactly where every file is as the operation left it. Else nothing is written; and where it is
    refused because of later operations, it is possible once they are reverted as the hint says.
    """
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder, injected():
        life = Life(Path(folder))
        for step in steps:
            life.step(step)
        if not life.states:
            return
        number = 1 + pick % len(life.states)
        (before, after), now, paths = life.states[number], life.now, life.touched(number)
        reverted = {path: data for path in {*now, *before} if (data := (before if path in paths else now).get(path))}
        if paths and all(now.get(path) == after.get(path) for path in paths):
            assert life.revert(number)
            assert life.now == reverted
            commit(life.log, plans.undo(life.log.history), "undo")
            assert life.now == now
            commit(life.log, plans.redo(life.log.history), "redo")
            assert life.now == reverted
            return
        try:
            assert not life.revert(number)
        except ChangedSince as error:
            assert life.by_hand
            assert {*error.paths} <= {*paths}
        except MentorlogError as error:
            assert life.now == now
            later = [int(number) for number in re.findall(r"--no (\d+)", error.hint or "")]
            assert all(other > number for other in later)
            if len(paths) == 1 and later and all(len(life.touched(other)) == 1 for other in later):
                assert all(map(life.revert, later))
                assert life.revert(number)
        else:
            assert life.now == now
