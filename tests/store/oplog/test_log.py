"""Operations: wholly or not at all, whatever fails at whichever call."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from faults.inject import HALF_FULL, INTERRUPT, KILL, KILL_AFTER, SHORT, Fault, injected, snapshot
from faults.scenario import AT, GOAL, NEW, NOTE, OLD, PROFILE, TASK, change, changes, check_recovered, count_calls
from mentorlog.errors import ChangedSince, ConflictError, DiskFailure, MentorlogError, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change

DISK = [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT]
QUICK = {(KILL, False), (errno.EIO, False), (errno.ENOSPC, True)}
"""The faults that the README's tests try; .ci/run tries all."""


@pytest.mark.parametrize(
    ("fault", "lasting"),
    [
        pytest.param(fault, lasting, marks=[] if (fault, lasting) in QUICK else pytest.mark.slow)
        for fault in [KILL, KILL_AFTER, HALF_FULL, INTERRUPT, *DISK]
        for lasting in (False, True)
    ],
)
def test_a_fault_at_every_call(fresh: Callable[[], Path], fault: Fault, lasting: bool) -> None:
    """At every call, every fault leaves the old or the new, and the new where the change was acknowledged."""
    ends: dict[str, int] = {}
    for at in range(1, count_calls(fresh()) + 1):
        root = fresh()
        ended = "killed"
        with injected(at, fault, lasting=lasting):
            ended = change(root)
        check_recovered(root, ended)
        ends[ended] = ends.get(ended, 0) + 1
    assert len(ends) > (fault not in (KILL, KILL_AFTER)) and sum(ends.values()) > 60


@pytest.mark.parametrize("fault", [SHORT, errno.EINTR])
def test_short_writes_and_signals_at_every_call(fresh: Callable[[], Path], fault: Fault) -> None:
    """A write in pieces or a call that a signal interrupts is no failure anywhere."""
    for at in range(1, count_calls(fresh()) + 1):
        root = fresh()
        ended = ""
        with injected(at, fault):
            ended = change(root)
        assert ended == "done"
        check_recovered(root, ended)


@pytest.mark.parametrize(
    "fault", [KILL, errno.ENOSPC, *(pytest.param(fault, marks=pytest.mark.slow) for fault in (KILL_AFTER, errno.EIO))]
)
def test_the_first_operation_of_a_journal(tmp_path: Path, fault: Fault) -> None:
    """A fault while the log itself is founded leaves a journal that goes on."""
    (tmp_path / "0").mkdir()
    with injected() as faulty:
        Log(Layout(tmp_path / "0")).commit("first", changes({}, NEW), AT)
    calls = len(faulty.log)
    for at in range(1, calls + 1):
        root = tmp_path / str(at)
        root.mkdir()
        with injected(at, fault), suppress(DiskFailure, Unreadable):
            Log(Layout(root)).commit("first", changes({}, NEW), AT)
        Log(Layout(root)).recover()
        assert snapshot(root) in ({}, NEW)
        if not snapshot(root):
            Log(Layout(root)).commit("again", changes({}, NEW), AT)
        assert snapshot(root) == NEW
    assert calls > 60


def story(root: Path, log: list[tuple[str, tuple[object, ...]]]) -> list[str]:
    """Tell what reached the disk in which order; a temporary name is told as its target's with a +."""
    told, opened = [], ""
    for name, args in log:
        if name in ("open", "rename", "link", "unlink"):
            path = Path(str(args[-1] if name in ("rename", "link") else args[0]))
            if files.is_staged(path.name):
                path = path.with_name(path.name[1:-13] + "+")
            opened = path.relative_to(root).as_posix()
        if name in ("rename", "link", "unlink", "fsync"):
            told.append(f"{name} {opened}")
    return told


def test_the_order_of_promise_2(fresh: Callable[[], Path]) -> None:
    """New files, their folders and the operation are durable before its name, the commit point; targets come after."""
    root = fresh()
    with injected() as faulty:
        change(root)

    assert story(root, faulty.log) == [
        *[f"fsync {GOAL}+", f"fsync {PROFILE}+", "fsync .", f"fsync {TASK}+"],  # "." as tasks/ is new
        *["fsync goals", "fsync .", "fsync tasks"],
        *["fsync .mentorlog/pending.json+", "rename .mentorlog/pending.json", "fsync .mentorlog"],
        *[f"rename {GOAL}", f"unlink {NOTE}", f"rename {PROFILE}", f"rename {TASK}"],
        *["fsync goals", "fsync notes", "fsync .", "fsync tasks"],
        *["link .mentorlog/operations/000002.json", "fsync .mentorlog/operations"],
        *["unlink .mentorlog/pending.json", "fsync .mentorlog"],
    ]


def test_a_failed_fsync_is_never_retried(fresh: Callable[[], Path]) -> None:
    """After an fsync fails no other is asked for the same thing, and the words say whether the change is saved."""
    with injected() as faulty:
        change(fresh())
    numbers = [number for number, (name, _) in enumerate(faulty.log, 1) if name == "fsync"]
    point = next(n for n, (name, args) in enumerate(faulty.log, 1) if name == "rename" and "pending" in str(args))
    for at in numbers:
        root = fresh()
        with injected(at, errno.EIO) as faulty:
            ended = change(root)
        assert ended == ("failed" if at < point + 5 else "unfinished")
        assert [name for name, _ in faulty.log[at:]].count("fsync") == 0
        check_recovered(root, ended)


def test_without_links_a_rename_does(fresh: Callable[[], Path]) -> None:
    """On a disk without hard links the operation joins the log by a rename."""
    with injected() as faulty:
        change(fresh())
    at = [name for name, _ in faulty.log].index("link") + 1
    root = fresh()

    with injected(at, errno.EOPNOTSUPP):
        assert change(root) == "done"
    check_recovered(root, "done")


def test_a_file_that_changed_before_the_commit_is_refused(fresh: Callable[[], Path]) -> None:
    """A commit whose `before` is not what is on the disk changes nothing and names the files."""
    root = fresh()
    (root / GOAL).write_bytes(b"edited")
    (root / "tasks").mkdir()
    (root / TASK).write_bytes(b"other")

    with pytest.raises(ChangedSince) as caught:
        Log(Layout(root)).commit("second", changes(OLD, NEW), AT)
    assert caught.value.paths == (GOAL, TASK)
    assert caught.value.exit_code == 4
    assert snapshot(root) == {**OLD, GOAL: b"edited", TASK: b"other"}


def test_somebody_during_the_commit_keeps_both(fresh: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that saves between the check and the rename keeps its text, ours is kept, and the failure says so."""
    root = fresh()
    sync, synced = files.sync_folder, []

    def edit_at_the_commit_point(folder: Path) -> None:
        sync(folder)
        if folder.name == ".mentorlog" and not synced:
            synced.append(folder)
            (root / GOAL).write_bytes(b"edited")

    monkeypatch.setattr(files, "sync_folder", edit_at_the_commit_point)
    with pytest.raises(ConflictError, match=GOAL) as caught:
        Log(Layout(root)).commit("second", changes(OLD, NEW), AT)
    assert caught.value.exit_code == 3
    assert snapshot(root) == {**NEW, GOAL: b"edited"}


def test_numbers_go_on_whatever_lies_in_the_log(fresh: Callable[[], Path]) -> None:
    """The next number is one more than the largest; other files in the folder are not numbers."""
    root = fresh()
    log = Log(Layout(root))
    for name in ("000041.json", "zzz.json", "000099 (copy).json", ".000100.json.12345678.new", "7.json"):
        (log.layout.operations / name).write_text("{}")
    assert log.history.last() == 41
    (log.layout.operations / "1000000.json").write_text("{}")
    assert log.history.last() == 1_000_000


def test_an_operation_is_readable_and_private(fresh: Callable[[], Path]) -> None:
    """The log holds the name, the instant, and the bytes before as text; 0600 in folders of 0700."""
    root = fresh()
    Log(Layout(root)).commit('goal revise: "CV" für Röntgen', changes({GOAL: OLD[GOAL]}, {GOAL: "Ω\n".encode()}), AT)
    path = root / ".mentorlog/operations/000002.json"
    data = json.loads(path.read_text(encoding="utf-8"))

    assert 'goal revise: \\"CV\\" für Röntgen' in path.read_text(encoding="utf-8")
    assert (data["version"], data["seq"], data["at"], data["kind"], data["undoes"]) == (1, 2, AT, "do", [])
    assert data["files"][0]["before"] == 'title = "CV"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert {(root / name).stat().st_mode & 0o777 for name in (".mentorlog", ".mentorlog/operations", "goals")} == {
        0o700
    }
    assert (root / GOAL).stat().st_mode & 0o777 == 0o600
    assert (root / ".mentorlog/.gitignore").read_text() == "*\n"


def test_a_damaged_operation_is_named_by_the_history(fresh: Callable[[], Path]) -> None:
    """An operation file that cannot be read is never skipped in silence."""
    root = fresh()
    Log(Layout(root)).commit("second", changes(OLD, NEW), AT)
    (root / ".mentorlog/operations/000001.json").write_text("rubbish")
    log = Log(Layout(root))

    assert [operation.name for operation in log.history.listing().operations] == ["second"]
    assert [error.path for error in log.history.listing().damaged] == [".mentorlog/operations/000001.json"]


@pytest.mark.parametrize("last", [None, -1, 0, 1, 2, 7])
def test_a_number_that_is_known_is_no_more_than_a_hint(last: int | None, fresh: Callable[[], Path]) -> None:
    """Whatever somebody thinks was the last operation, the next one follows on what is in the log."""
    log = Log(Layout(fresh()))
    log.commit("second", changes(OLD, NEW), AT)

    assert log.commit("third", changes(NEW, OLD), AT, last=last).operation.seq == 3


def test_ids_of_the_past_are_known(fresh: Callable[[], Path]) -> None:
    """Every path that an operation touched is known, deleted ones too; texts that look like paths are not."""
    root = fresh()
    log = Log(Layout(root))
    trick = b'"path": "goals/fake.toml"\n   "path": "goals/fake.toml"\n'
    strange = 'goals/q"\\ü\n.toml'
    log.commit("second", [*changes(OLD, {**NEW, GOAL: trick}), Change(strange, None, b"x")], AT)
    log.commit("third", [Change(GOAL, trick, None), Change(strange, b"x", None)], AT)

    assert log.history.paths_ever() == {*OLD, *NEW, strange}
    assert log.history.paths_ever(since=2) == {GOAL, strange}


def test_a_record_that_could_never_be_read_is_not_written(fresh: Callable[[], Path]) -> None:
    """A text over the limit of a record is refused before anything is written."""
    root = fresh()
    with pytest.raises(MentorlogError, match="larger than 1 MiB"):
        Log(Layout(root)).commit("big", [Change(TASK, None, b"x" * (files.LIMIT + 1))], AT)
    assert snapshot(root) == OLD


def test_one_file_has_one_change(fresh: Callable[[], Path]) -> None:
    """Two changes of one file in an operation are a mistake of the caller."""
    with pytest.raises(ValueError, match="two changes"):
        Log(Layout(fresh())).commit("x", [Change(TASK, None, b"1"), Change(TASK, None, b"2")], AT)


WRITER = """
import sys
from pathlib import Path
from mentorlog.store.disk import files
from mentorlog.store.disk.lock import lock
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change
root = Path(sys.argv[1])
for _ in range(40):
    with lock(root / ".mentorlog" / "lock", 60):
        log = Log(Layout(root))
        log.recover()
        before = files.content(root / "goals/count.toml") or b"0"
        old = None if before == b"0" else before
        log.commit("count", [Change("goals/count.toml", old, str(int(before) + 1).encode())], "now")
"""


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes that change one file under the lock lose no change and share no number."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.communicate(timeout=60)[1] == ""

    assert snapshot(tmp_path) == {"goals/count.toml": b"80"}
    assert [operation.seq for operation in Log(Layout(tmp_path)).history.listing().operations] == list(range(80, 0, -1))
