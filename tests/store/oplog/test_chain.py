"""The chain of operations: each names the one before it, and whatever happens to the log is named."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import chain, operation
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Forget

AT = "2027-01-03T10:00:00+01:00"
COUNT = 12
NOTE = "notes/n4m2x-röntgen.toml"


def do(log: Log, name: str, after: bytes | None, path: str = NOTE, **more: Any) -> None:
    """Commit one operation on one file."""
    log.commit(name, [Change(path, files.content(log.layout.root / path), after)], AT, **more)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of twelve operations on two records."""
    log = Log(Layout(tmp_path))
    for number in range(COUNT // 2):
        do(log, f"note add: {number}", f"text {number}\n".encode())
        do(log, f"goal add: {number}", f"title {number}\n".encode(), "goals/g2222-a.toml")
    return log


def named(log: Log) -> dict[str, str]:
    """Return what is wrong, by the number of the operation."""
    flaws = [flaw for checked in chain.check(log.history) for flaw in checked.flaws]
    return {flaw.error.path.rpartition("/")[2][:6]: flaw.error.message for flaw in flaws}


def damage(log: Log) -> list[str]:
    """Return the files of the operations that were lost or replaced."""
    flaws = [flaw for checked in chain.check(log.history) for flaw in checked.flaws]
    return [flaw.error.path for flaw in flaws if flaw.is_damage]


def edit(log: Log, seq: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the data of an operation's file, written as mentorlog writes it."""
    data = json.loads(log.layout.operation(seq).read_bytes())
    change(data)
    log.layout.operation(seq).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def as_older(data: dict[str, Any]) -> None:
    """Make of an operation what a version without the chain would have written."""
    del data["link"]
    for file in data["files"]:
        file.pop("salt", None)


def relink(log: Log, seq: int, previous: str | None) -> None:
    """Link an operation anew, as a forger would who knows how."""
    entry = log.history.entry(seq).linked(previous)
    log.layout.operation(seq).write_bytes(entry.encoded())


def test_a_sound_log_has_no_flaws(log: Log) -> None:
    """Each operation names the link of the one before; the first names none."""
    entries = [checked.entry for checked in chain.check(log.history)]
    links = [entry.link for entry in entries if entry is not None and entry.link is not None]

    assert len(links) == COUNT
    assert [link.previous for link in links] == [*(link.own for link in links[1:]), None]
    assert named(log) == {}


def test_a_log_from_before_the_chain_goes_on(log: Log) -> None:
    """Its operations stay as they are, without a flaw; the chain begins at the first new operation."""
    for seq in range(1, COUNT + 1):
        edit(log, seq, as_older)
    kept = log.layout.operation(COUNT).read_bytes()

    do(log, "note add: new", b"new\n")
    do(log, "note add: newer", b"newer\n")

    first, second = (log.history.entry(COUNT + number).link for number in (1, 2))
    assert first is not None
    assert second is not None
    assert first.previous is None
    assert second.previous == first.own
    assert named(log) == {}
    assert log.layout.operation(COUNT).read_bytes() == kept


def test_a_log_may_be_cut_at_its_beginning(log: Log) -> None:
    """Who removes the oldest operations loses their undo, and nothing else."""
    for seq in range(1, 8):
        log.layout.operation(seq).unlink()

    assert named(log) == {}


def test_missing(log: Log) -> None:
    """One or several that are missing in the middle are named by the first."""
    log.layout.operation(4).unlink()
    for seq in (7, 8, 9):
        log.layout.operation(seq).unlink()

    assert named(log) == {"000004": "it is missing", "000007": "it and all up to operation 9 are missing"}
    assert len(damage(log)) == 2


def test_swapped(log: Log) -> None:
    """Two operations that changed places are named by their numbers."""
    one, two = log.layout.operation(4), log.layout.operation(8)
    kept = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(kept)

    assert {"000004", "000008"} <= named(log).keys()


@pytest.mark.parametrize("forge", [lambda data: data.update(seq=8), lambda data: None])
def test_replayed(log: Log, forge: Callable[[dict[str, Any]], object]) -> None:
    """An operation that stands a second time, under its own number or a changed one, is named."""
    shutil.copy(log.layout.operation(3), log.layout.operation(8))
    edit(log, 8, forge)

    assert "000008" in named(log)


def test_forged(log: Log) -> None:
    """One that was altered is not the one that the next follows, even if it was linked anew."""
    edit(log, 5, lambda data: data.update(name="note add: forged"))
    assert named(log) == {"000005": "it is not as it was written"}

    before = log.history.entry(4).link
    relink(log, 5, before and before.own)
    assert named(log) == {"000005": "it is not the operation that operation 6 follows"}


def test_its_text_cannot_be_declared_erased(log: Log) -> None:
    """Only what was erased with its operation's salted digest counts as erased."""

    def erase(data: dict[str, Any]) -> None:
        data["files"][0].pop("before", None)
        data["files"][0]["forgotten"] = True

    edit(log, 5, erase)

    assert "000005" in named(log)


def test_an_older_version_in_between(log: Log) -> None:
    """What a version without the chain wrote is named calmly; what follows begins a chain again."""
    do(log, "note add: older", b"older\n")
    edit(log, COUNT + 1, as_older)
    do(log, "note add: new", b"new\n")

    assert list(named(log)) == [f"{COUNT + 1:06}"]
    assert damage(log) == []


def test_an_older_version_that_erases(log: Log) -> None:
    """What a version without the chain leaves of an operation when it erases a record is named calmly."""
    do(log, "forget: note n4m2x", None, kind="forget", forget=Forget("notes/n4m2x"))
    edit(log, 5, as_older)
    edit(log, 3, as_older)
    edit(log, 3, lambda data: data.update(files=[]))  # one of which only the name was erased

    assert list(named(log)) == ["000005", "000003"]
    assert damage(log) == []


def test_after_a_damaged_operation(log: Log) -> None:
    """A change goes on after one that cannot be read; the chain begins again, also once that one is mended."""
    kept = log.layout.operation(COUNT).read_bytes()
    log.layout.operation(COUNT).write_bytes(b"{")
    do(log, "note add: new", b"new\n")

    assert list(named(log)) == [f"{COUNT:06}"]
    log.layout.operation(COUNT).write_bytes(kept)
    assert list(named(log)) == [f"{COUNT + 1:06}"]
    assert damage(log) == []


def test_erasing_leaves_the_chain_whole(log: Log) -> None:
    """No link changes when a record is erased, even twice, and nothing that was erased can be found by guessing."""
    before = {seq: log.history.entry(seq).link for seq in range(1, COUNT + 1)}
    sha = str(operation.sha(b"text 2\n"))
    for name in ("forget: note n4m2x", "forget: note n4m2x again"):
        do(log, name, None, kind="forget", forget=Forget("notes/n4m2x"))

    assert named(log) == {}
    for seq, link in before.items():
        after = log.history.entry(seq).link
        assert link is not None
        assert after is not None
        assert after.own == link.own
        if seq % 2:  # of the note
            data = log.layout.operation(seq).read_text(encoding="utf-8")
            assert (after.salt, len(after.erased)) == (None, 1)
            assert str(link.salt) not in data
            assert sha not in data
            assert "röntgen" not in data
    do(log, "note add: after", b"after\n")
    assert named(log) == {}


def test_what_an_erasure_leaves_is_vouched_for(log: Log) -> None:
    """Whichever bit flips in what is left of an operation, its name and the id of the record too, it is named."""
    do(log, "forget: note n4m2x", None, kind="forget", forget=Forget("notes/n4m2x"))
    for seq in (3, COUNT + 1):
        path = log.layout.operation(seq)
        whole = path.read_bytes()
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
            assert named(log), (seq, whole[max(0, at - 20) : at + 20])
        path.write_bytes(whole)
    assert named(log) == {}


def test_erasing_one_file_of_several(tmp_path: Path) -> None:
    """The other files of the operation are vouched for as before."""
    log = Log(Layout(tmp_path))
    log.commit("import", [Change(NOTE, None, b"note"), Change("goals/g2222-a.toml", None, b"goal")], AT)
    do(log, "goal add: x", b"x", "goals/g2222-a.toml")
    do(log, "forget: note n4m2x", None, kind="forget", forget=Forget("notes/n4m2x"))
    assert named(log) == {}

    edit(log, 1, lambda data: data["files"][0].update(path="goals/g3333-a.toml"))
    assert list(named(log)) == ["000001"]


def test_damaged_when_it_was_erased(log: Log) -> None:
    """What remains of a damaged operation that was erased is no damage any more."""
    log.layout.operation(5).write_text("notes/n4m2x {", encoding="utf-8")
    do(log, "forget: note n4m2x", None, kind="forget", forget=Forget("notes/n4m2x"))

    assert named(log) == {"000005": "it was damaged when its text was erased"}
    assert damage(log) == []


def test_every_single_bit(log: Log) -> None:
    """One flipped bit anywhere in an operation is named, and no other operation with it is called damaged."""
    chance = random.Random(13)
    for _ in range(400):
        path = log.layout.operation(chance.randint(1, COUNT))
        kept = path.read_bytes()
        at = chance.randrange(8 * len(kept))
        path.write_bytes(kept[: at // 8] + bytes([kept[at // 8] ^ 1 << at % 8]) + kept[at // 8 + 1 :])
        assert path.name[:6] in named(log), at
        path.write_bytes(kept)
    assert named(log) == {}
