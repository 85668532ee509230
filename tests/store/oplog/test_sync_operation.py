"""The operation of a sync: what it leaves for the next one, in the file, in the chain, and to an erasure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mentorlog.errors import Unreadable
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import chain, operation
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Forget, Sync
from mentorlog.store.oplog.usual import proved

AT = "2027-01-03T10:00:00+01:00"
ONE, TWO, THREE = "1f" * 20, "2f" * 20, "3f" * 32
GOAL, NOTE = "goals/g7k3q-submit.toml", "notes/n4m2x.toml"
SYNC = Sync(ONE, "git.example.org:blackwell/é 日本.git", {"goals/g7k3q": TWO, "mentors/osler-2": THREE, "profile": TWO})


def do(log: Log, path: str, after: bytes | None, **more: Any) -> None:
    """Commit one operation on one file."""
    log.commit("sync: 1 record came", [Change(path, files.content(log.layout.root / path), after)], AT, **more)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """The log of a change, a sync of two parts, and a change."""
    log = Log(Layout(tmp_path))
    do(log, GOAL, b"title = 1\n")
    do(log, NOTE, b"text = 1\n", kind="sync")
    do(log, GOAL, b"title = 2\n", kind="sync", sync=SYNC)
    do(log, NOTE, b"text = 2\n")
    return log


def data(log: Log, seq: int) -> dict[str, Any]:
    """Return the data in the file of an operation."""
    return dict(json.loads(log.layout.operation(seq).read_bytes()))


def put(log: Log, seq: int, changed: dict[str, Any]) -> None:
    """Write the file of an operation as mentorlog would."""
    text = json.dumps(changed, ensure_ascii=False, indent=1) + "\n"
    log.layout.operation(seq).write_bytes(text.encode("utf-8", "backslashreplace"))


def flaws(log: Log) -> list[str]:
    """Return what is wrong with the log."""
    return [flaw.error.message for checked in chain.check(log.history) for flaw in checked.flaws]


def test_it_is_kept_and_read(log: Log) -> None:
    """Version 2 is that of a sync and of its parts; the chain is whole, and no sync is taken for a usual change."""
    entries = {seq: log.history.entry(seq) for seq in log.history.numbers()}

    assert {seq: data(log, seq)["version"] for seq in entries} == {1: 1, 2: 2, 3: 2, 4: 1}
    assert {seq: entry.sync for seq, entry in entries.items()} == {1: None, 2: None, 3: SYNC, 4: None}
    assert data(log, 3)["sync"] == {"commit": ONE, "remote": SYNC.remote, "held": SYNC.held}
    assert flaws(log) == []
    assert [seq for seq in entries if proved(seq, log.layout.operation(seq).read_bytes())] == [4, 1]


def test_a_sync_that_claims_to_be_a_usual_change(log: Log) -> None:
    """It is read by the whole check, which says that it is none."""
    whole = log.layout.operation(2).read_bytes()
    log.layout.operation(2).write_bytes(whole.replace(b'"version": 2', b'"version": 1'))

    assert proved(2, log.layout.operation(2).read_bytes()) is None
    assert "it is not a valid operation" in flaws(log)


def test_the_last_sync(log: Log) -> None:
    """The newest one, after a number; parts are none; one that is damaged is passed over."""
    do(log, GOAL, b"title = 3\n", kind="sync", sync=SYNC.but(commit=TWO))

    def last(since: int = 0) -> int | None:
        found = log.history.last_sync(since)
        return found.operation.seq if found else None

    assert (last(), last(4), last(5)) == (5, 5, None)
    log.layout.operation(5).write_bytes(log.layout.operation(5).read_bytes()[:-9])
    assert last() == 3
    log.layout.operation(3).unlink()
    log.layout.operation(3).mkdir()
    assert last() is None


BAD: tuple[Any, ...] = (
    None,
    [],
    "1f" * 20,
    {},
    {"commit": ONE, "remote": "x"},
    *({"commit": commit, "remote": "x", "held": {}} for commit in (None, 1, "", "1f", "g" * 40, "A" * 40, f"{ONE}\n")),
    *({"commit": ONE, "remote": remote, "held": {}} for remote in (None, 1, "a\nb", "\x1b[1m", "\udc80", "x" * 1001)),
    *({"commit": ONE, "remote": "x", "held": held} for held in (None, [], "x", {"goals/g7k3q": None})),
    *(
        {"commit": ONE, "remote": "x", "held": {key: TWO}}
        for key in (
            *("", "/", "goals", "goals/", "goals/../x", "../goals/g7k3q", "/goals/g7k3q", "goals/g7k3q-title"),
            *(
                "goals/.g7k3q",
                "goals/a/b",
                "templates/recap",
                ".mentorlog/operations",
                "journal",
                "profile-2",
                "goals/\0",
            ),
        )
    ),
)


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_decoding_is_strict(log: Log, bad: object) -> None:
    """Commits are hashes, the address is a line, and what is held are records: nothing else is a sync."""
    put(log, 3, {**data(log, 3), "sync": bad})

    with pytest.raises(Unreadable, match="it is not a valid operation"):
        log.history.entry(3)


def test_only_a_sync_has_a_sync(log: Log) -> None:
    """Kind, version and key belong together; of a later version nothing is read."""
    whole = {seq: data(log, seq) for seq in (3, 4)}
    for seq, wrong in (
        (3, {"version": 1}),
        (3, {"kind": "do"}),
        (3, {"kind": "do", "version": 1}),
        (4, {"version": 2}),
        (4, {"kind": "sync"}),
        (4, {"sync": whole[3]["sync"]}),
    ):
        put(log, seq, {**whole[seq], **wrong})
        with pytest.raises(Unreadable, match="it is not a valid operation"):
            log.history.entry(seq)
    put(log, 3, {**whole[3], "version": 3, "sync": "?"})
    with pytest.raises(Unreadable, match="it was written by a newer version of mentorlog"):
        log.history.entry(3)


@pytest.mark.parametrize(
    "forged",
    [
        {"commit": TWO},
        {"remote": "elsewhere"},
        {"held": {}},
        {"held": {**SYNC.held, "goals/g7k3q": ONE}},
        {"held": {**SYNC.held, "notes/n4m2x": ONE}},
        None,
    ],
    ids=str,
)
def test_the_chain_vouches_for_it(log: Log, forged: dict[str, Any] | None) -> None:
    """Whoever changes the commit, the address or what is held, or drops them, is named."""
    changed = data(log, 3)
    whole = changed.pop("sync")
    put(log, 3, changed if forged is None else {**changed, "sync": {**whole, **forged}, "link": changed["link"]})

    assert "it is not as it was written" in flaws(log)


def test_an_erased_record_is_held_no_more(log: Log) -> None:
    """Its key leaves what is held, and its text the change; the rest of the sync stays, and the chain with it."""
    before = log.layout.operation(3).read_bytes()
    log.commit("forget: mentor osler-2", [], AT, kind="forget", forget=Forget("mentors/osler-2"))
    first = log.history.entry(3)
    change = Change(GOAL, b"title = 2\n", None)
    log.commit("forget: goal g7k3q", [change], AT, kind="forget", forget=Forget("goals/g7k3q"))
    second = log.history.entry(3)

    assert (first.sync, first.forgotten) == (SYNC.but(held={"goals/g7k3q": TWO, "profile": TWO}), False)
    assert (second.sync, second.forgotten) == (SYNC.but(held={"profile": TWO}), True)
    data = log.layout.operation(3).read_bytes()
    assert [word in before and word not in data for word in (b"osler-2", b"submit", b"title = 1")] == [True] * 3
    assert [word for word in (TWO, THREE) if word.encode() in data] == [TWO]
    assert flaws(log) == []
    # What is gone cannot be put back, nor the rest changed, without a trace.
    put(log, 3, {**json.loads(data), "sync": vars(SYNC)})
    assert "it is not as it was written" in flaws(log)


def test_it_is_finished_after_a_kill(log: Log) -> None:
    """A committed sync that was interrupted is finished with all that it left."""
    entry = operation.entry_of(
        operation.Operation(5, "sync: nothing came", AT, "sync", (), ()), [], sync=SYNC.but(commit=TWO)
    ).linked(log.history.link_of(4))
    files.write_new(log.layout.pending, entry.encoded(), log.layout.pending)

    assert log.recover().finished == entry.operation
    found = log.history.last_sync()
    assert found is not None and (found.operation.seq, found.sync) == (5, SYNC.but(commit=TWO))
    assert flaws(log) == []
