"""Undo and redo: the bytes of before, to the byte; all or none; over nobody's changes."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest

from faults.inject import KILL, injected, snapshot
from mentorlog.errors import ChangedSince, DiskFailure, MentorlogError, NeedsDoctor, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo as plans
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change

AT = "2027-01-03T10:00:00+01:00"
A, B, C = "goals/g2222-a.toml", "tasks/t2222-b.toml", "mentors/osler.toml"
ODD = b"\xff\xfe not UTF-8 \r\n"


def do(log: Log, name: str, **after: bytes | None) -> None:
    """Commit one operation; a, b and c are files."""
    paths = {"a": A, "b": B, "c": C}
    changes = [Change(paths[key], files.content(log.layout.root / paths[key]), data) for key, data in after.items()]
    log.commit(name, changes, AT)


def undo(log: Log, steps: int = 1) -> tuple[str, ...]:
    """Undo as the journal does; return the names."""
    plan = plans.undo(log.history, steps)
    log.commit("undo", plan.changes, AT, kind="undo", undoes=plan.undoes)
    return plan.names


def redo(log: Log, steps: int = 1) -> tuple[str, ...]:
    """Redo as the journal does; return the names."""
    plan = plans.redo(log.history, steps)
    log.commit("redo", plan.changes, AT, kind="redo", undoes=plan.undoes)
    return plan.names


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """The log of a new journal."""
    return Log(Layout(tmp_path))


def now(log: Log) -> dict[str, bytes]:
    """Return the records."""
    return snapshot(log.layout.root)


def test_undo_gives_back_the_bytes(log: Log) -> None:
    """A changed, a new and a deleted file are as they were, to the byte, and redo does it again."""
    do(log, "one", a=ODD, b=b"b\r\n")
    before = now(log)
    do(log, "two", a=b"new", b=None, c=b"\xef\xbb\xbfc")
    after = now(log)

    assert undo(log) == ("two",)
    assert now(log) == before
    assert redo(log) == ("two",)
    assert now(log) == after
    assert undo(log, 2) == ("two", "one")
    assert now(log) == {}
    assert redo(log, 2) == ("one", "two")
    assert now(log) == after


def test_steps_of_undo_and_redo_are_the_same_size(log: Log) -> None:
    """`undo 3` and then `redo 1` is `undo 2`; every step leads to the state that was there."""
    states = [now(log)]
    for number in range(5):
        do(log, str(number), **{"abc"[number % 3]: str(number).encode(), "abc"[(number + 1) % 3]: b"same"})
        states.append(now(log))

    undo(log, 3)
    assert now(log) == states[2]
    redo(log)
    assert now(log) == states[3]
    undo(log)
    undo(log)
    assert now(log) == states[1]
    redo(log, 4)
    assert now(log) == states[5]
    assert undo(log, 5) == ("4", "3", "2", "1", "0")
    for state in states[1:]:
        redo(log)
        assert now(log) == state


def test_a_change_after_an_undo_empties_the_redo_list(log: Log) -> None:
    """What was undone before another change cannot be done again over it."""
    do(log, "one", a=b"1")
    do(log, "two", a=b"2")
    undo(log)
    do(log, "three", b=b"3")

    with pytest.raises(MentorlogError, match="There is nothing to redo"):
        plans.redo(log.history)
    assert undo(log, 2) == ("three", "one")
    assert redo(log) == ("one",)
    assert now(log) == {A: b"1"}


@pytest.mark.slow
def test_a_hundred_operations_and_a_hundred_undos_are_the_start(log: Log) -> None:
    """100 random operations, then 100 undos: the start; 100 redos: the end; every state in between, backwards."""
    chance = random.Random(1819)
    paths = [f"{folder}/{name}.toml" for folder in ("goals", "tasks", "notes") for name in "abcde"]
    states = [now(log)]
    for number in range(100):
        picked = chance.sample(paths, chance.randint(1, 4))
        changes = []
        for path in picked:
            after = None if chance.random() < 0.2 else chance.randbytes(chance.randint(0, 40))
            changes.append(Change(path, files.content(log.layout.root / path), after))
        with injected():  # no fsync: a hundred of them are slow
            log.commit(str(number), changes, AT)
        states.append(now(log))

    with injected():
        for state in states[-2::-1]:
            undo(log)
            assert now(log) == state
        with pytest.raises(MentorlogError, match="nothing to undo"):
            plans.undo(log.history)
        redo(log, 100)
        assert now(log) == states[100]
        undo(log, 50)
        assert now(log) == states[50]
        app = 50
        for _ in range(30):
            place = chance.randint(0, 100)
            if place < app:
                undo(log, app - place)
            elif place > app:
                redo(log, place - app)
            app = place
            assert now(log) == states[app]


def test_an_outside_edit_is_never_overwritten(log: Log) -> None:
    """Where a file was changed since, undo refuses with its path, and changes nothing at all."""
    do(log, "one", a=b"1", b=b"1")
    do(log, "two", a=b"2", b=b"2")
    (log.layout.root / B).write_bytes(b"by hand")
    before = now(log)

    for steps in (1, 2):
        with pytest.raises(ChangedSince) as caught:
            plans.undo(log.history, steps)
        assert caught.value.paths == (B,)
        assert caught.value.sentence == f"{B} has changed since; nothing was overwritten."
    assert now(log) == before
    (log.layout.root / B).write_bytes(b"2")
    undo(log)
    (log.layout.root / A).unlink()
    with pytest.raises(ChangedSince) as caught:
        plans.redo(log.history)
    assert caught.value.paths == (A,)


def test_an_edit_between_two_operations_is_not_undone_with_them(log: Log) -> None:
    """Undo gives back what an operation found; it does not reach through somebody's change to what lies behind."""
    do(log, "one", a=b"1")
    (log.layout.root / A).write_bytes(b"by hand")
    do(log, "two", a=b"2", b=b"2")

    with pytest.raises(ChangedSince) as caught:
        plans.undo(log.history, 2)
    assert caught.value.paths == (A,)
    assert undo(log) == ("two",)
    assert now(log) == {A: b"by hand"}
    with pytest.raises(ChangedSince):
        plans.undo(log.history)
    assert redo(log) == ("two",)


def test_a_file_that_ends_as_it_began_is_checked_and_left(log: Log) -> None:
    """Steps that cancel each other out write nothing, and count all the same."""
    do(log, "zero", a=b"0")
    do(log, "one", a=b"1")
    do(log, "two", a=b"0")
    plan = plans.undo(log.history, 2)

    assert plan.changes == ()
    assert undo(log, 2) == ("two", "one")
    assert redo(log) == ("one",)
    assert now(log) == {A: b"1"}
    assert redo(log) == ("two",)
    assert undo(log, 3) == ("two", "one", "zero")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (0, "The number of changes must be 1 or more."),
        (-1, "The number of changes must be 1 or more."),
        (3, "There are only 2 changes to undo."),
    ],
)
def test_more_steps_than_there_are_undo_nothing(log: Log, steps: int, said: str) -> None:
    """undo N is all or none, and says how many there are."""
    do(log, "one", a=b"1")
    do(log, "two", a=b"2")

    with pytest.raises(MentorlogError) as caught:
        plans.undo(log.history, steps)
    assert caught.value.sentence == said
    assert caught.value.exit_code == 1
    undo(log)
    with pytest.raises(MentorlogError, match="There is only 1 change to redo"):
        plans.redo(log.history, 2)


def test_the_log_is_read_only_as_far_as_needed(log: Log) -> None:
    """A damaged operation stops an undo that needs it, by name, and none that does not."""
    for number in range(3):
        do(log, str(number), a=str(number).encode())
    damaged = log.layout.root / ".mentorlog/operations/000002.json"
    damaged.write_text(damaged.read_text().replace('"before": "0"', '"before": "O"'))

    undo(log)
    with pytest.raises(NeedsDoctor, match="000002"):
        plans.undo(log.history)
    damaged.write_bytes(b"\0" * 100)
    with pytest.raises(Unreadable) as caught:
        plans.undo(log.history)
    assert caught.value.path == ".mentorlog/operations/000002.json"
    assert now(log) == {A: b"1"}


def test_the_clock_does_not_matter(log: Log) -> None:
    """Order is the operations' numbers; the instants may jump as they like."""
    for number, at in enumerate(("2030-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2026-03-29T02:30:00+01:00")):
        before = files.content(log.layout.root / A)
        log.commit(str(number), [Change(A, before, str(number).encode())], at)

    assert undo(log, 2) == ("2", "1")
    assert now(log) == {A: b"0"}


@pytest.mark.parametrize(
    "fault", [KILL, *(pytest.param(code, marks=pytest.mark.slow) for code in (errno.ENOSPC, errno.EIO))]
)
def test_an_undo_is_whole_whatever_fails(tmp_path: Path, fault: str | int) -> None:
    """An undo of several steps is an operation like any other: all or none at every call."""
    at, ended = 0, "failed"
    while ended != "done":
        at += 1
        ended = "killed"
        log = Log(Layout(tmp_path / str(at)))
        log.layout.root.mkdir()
        with injected():
            do(log, "one", a=b"1", b=b"1")
            before = now(log)
            do(log, "two", a=b"2", b=None)
            do(log, "three", a=b"3", c=b"3")
            after = now(log)
        with injected(at, fault) as faulty:
            try:
                undo(log, 2)
                ended = "done" if len(faulty.log) < at else "acknowledged"
            except (DiskFailure, Unreadable):
                ended = "failed"
        Log(Layout(log.layout.root)).recover()
        assert now(log) in (before, after)
        assert ended not in ("done", "acknowledged") or now(log) == before
        names = redo(log, 2) if now(log) == before else undo(log, 2)
        assert sorted(names) == ["three", "two"]
    assert at > 60
