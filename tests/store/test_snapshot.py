"""One consistent reading of all record files: nobody sees half of an operation, whoever finishes it meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_note
from faults.concurrent_writer import Interrupting
from faults.inject import installed
from faults.inject import snapshot as bytes_in
from faults.scenario import AT, GOAL, NEW, NOTE, OLD, TASK, changes, crashed
from mentorlog.errors import Busy, NeedsDoctor, Reason, Unreadable
from mentorlog.store import snapshot
from mentorlog.store.index import scan
from mentorlog.store.journal import Journal
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.log import Log
from mentorlog.store.snapshot import ChangedMeanwhile, consistently, read, read_contents, record_bytes

Fresh = Callable[[], Path]


def at_every_call(work: Callable[[], object], writer: Callable[[], object], restart: Callable[[], object]) -> int:
    """Do the work once for each of its calls, the writer before that one; return how many there were."""
    for at in range(1, 10_000):
        restart()
        faulty = Interrupting(at, writer)
        with installed(faulty):
            work()
        if at > len(faulty.log):
            return at - 1
    raise AssertionError("it never ended")


def test_an_unfinished_operation_is_read_through(fresh: Fresh) -> None:
    """Before anybody finishes it, its files are as they will be."""
    root = crashed(fresh, "rename")

    assert read(root, History(Layout(root))) == NEW


def test_an_operation_is_finished_between_any_two_calls(fresh: Fresh) -> None:
    """A staged file that has been put in place meanwhile is read there: no record is lost, none is old."""
    now: list[Path] = []

    def check() -> None:
        assert read(now[-1], History(Layout(now[-1]))) == NEW

    calls = at_every_call(check, lambda: Log(Layout(now[-1])).recover(), lambda: now.append(crashed(fresh, "rename")))

    assert calls > 15


def test_an_operation_is_committed_between_any_two_calls(fresh: Fresh) -> None:
    """What is read is all of one moment: the files before it, or those after it."""
    now: list[Path] = []
    seen = []

    calls = at_every_call(
        lambda: seen.append(read(now[-1], History(Layout(now[-1])))),
        lambda: Log(Layout(now[-1])).commit("second", changes(OLD, NEW), AT),
        lambda: now.append(fresh()),
    )

    assert calls > 15
    assert [one for one in seen if one not in (OLD, NEW)] == []
    assert OLD in seen and NEW in seen


def test_whoever_is_never_left_alone_is_told(fresh: Fresh) -> None:
    """Reading ends some day, with exit status 4."""

    def attempt() -> None:
        raise ChangedMeanwhile

    with pytest.raises(Busy):
        consistently(attempt)


def test_what_cannot_be_read_stands_among_the_bytes(fresh: Fresh) -> None:
    """A link is a failure under its path, with its reason, and hides nothing else."""
    root = fresh()
    (root / TASK).parent.mkdir()
    (root / TASK).symlink_to(root / GOAL)

    found = read(root, History(Layout(root)))

    wrong = found.pop(TASK)
    assert isinstance(wrong, Unreadable) and wrong.reason == Reason.NOT_A_FILE
    assert found == OLD


def test_only_record_files_are_read(fresh: Fresh) -> None:
    """Temporary, hidden and foreign files are none; a folder that is a link is not followed."""
    root = fresh()
    for name in ("goals/.x.toml", "goals/x.txt", "notes.toml", "goals/g7k3q-cv.toml~"):
        (root / name).write_text("x")
    (root / "reviews").symlink_to(root / "goals")

    assert read(root, History(Layout(root))) == OLD


def test_more_or_fewer_files_are_asked_for(fresh: Fresh) -> None:
    """Doctor reads what looks like a copy too."""
    root = fresh()
    (root / "profile 2.toml").write_bytes(b"x")

    assert read(root, History(Layout(root)), lambda: [GOAL, "profile 2.toml", "goals/gone.toml"]) == {
        GOAL: OLD[GOAL],
        "profile 2.toml": b"x",
    }


def test_a_single_record_file(fresh: Fresh) -> None:
    """Its bytes, through an overlay; None where there is none or an unfinished operation deletes it."""
    root = fresh()
    (root / "staged").write_bytes(b"new")

    assert record_bytes(root, GOAL) == OLD[GOAL] == bytes_in(root)[GOAL]
    assert record_bytes(root, TASK) is None
    assert record_bytes(root, GOAL, {GOAL: root / "staged"}) == b"new"
    assert record_bytes(root, GOAL, {GOAL: root / "gone"}) == OLD[GOAL]
    assert record_bytes(root, NOTE, {NOTE: None}) is None


def test_all_that_cannot_be_read_is_named_at_once(fresh: Fresh) -> None:
    """An export of a damaged journal is refused, with the paths."""
    root = fresh()

    with pytest.raises(NeedsDoctor, match=r"2 files cannot be read: goals/.*; notes/"):
        read_contents(root, History(Layout(root)))


@pytest.mark.parametrize("is_young", [False, True])
def test_unchanged_files_are_read_once(fresh: Fresh, monkeypatch: pytest.MonkeyPatch, is_young: bool) -> None:
    """Where somebody writes all the time, a second attempt reads only what has changed or is too young to tell."""
    root, opened = fresh(), list[str]()
    monkeypatch.setattr(scan, "RACY_NS", 60_000_000_000 if is_young else -60_000_000_000)

    class Counting(Interrupting):
        def _call(self, name, function, args, kwargs):  # type: ignore[no-untyped-def]
            if name == "open":
                opened.append(os.path.basename(args[0]))  # noqa: PTH119
            if name == "open" and self.ended is None:
                self._place = len(self.log) + 1
            return super()._call(name, function, args, kwargs)

    faulty = Counting(0, lambda: Log(Layout(root)).commit("second", changes(OLD, OLD | {TASK: b"x"}), AT))
    with installed(faulty):
        found = snapshot.read(root, History(Layout(root)))

    assert found == OLD | {TASK: b"x"}
    assert opened.count(os.path.basename(NOTE)) == 1 + is_young  # noqa: PTH119


@pytest.mark.parametrize("work", [Journal.contents, Journal.examine], ids=["export", "doctor"])
def test_progress_is_reported_once_it_takes_long(
    work: Callable[[Journal], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many files were read, then how many were checked; nothing where that is done in a moment."""
    calls: list[tuple[object, ...]] = []
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    journal = Journal(tmp_path / "journal", now=now, may_create=True, progress=lambda *all: calls.append(all))
    for number in range(8):
        journal.add(make_note(id=f"n222{number + 2}"), name="note add")
    monkeypatch.setattr(snapshot, "_STEP", 4)

    work(journal)
    assert calls == []
    monkeypatch.setattr(snapshot, "_LONG", 0)
    work(journal)
    assert calls == [(4, 9, "Reading"), (8, 9, "Reading"), (9, 9, "Reading")] + [
        (count, 9, "Checking") for count in (4, 8, 9)
    ]
