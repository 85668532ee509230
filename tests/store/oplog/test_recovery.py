"""Recovery: finishes what was committed, over nobody's changes, whatever it finds."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.inject import KILL, KILL_AFTER, Fault, injected, snapshot
from faults.scenario import (
    AT,
    GOAL,
    NEW,
    NOTE,
    OLD,
    PROFILE,
    TASK,
    change,
    changes,
    check_recovered,
    copies,
    crashed,
    seen_by_a_reader,
)
from mentorlog.errors import ChangedSince, DiskFailure, NeedsDoctor, Unreadable
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo
from mentorlog.store.oplog.log import Log, Recovery
from mentorlog.store.oplog.operation import Change


@pytest.mark.parametrize(
    "first",
    [
        *[("rename", 1), ("link", 1)],
        *[pytest.param(first, marks=pytest.mark.slow) for first in (("rename", 2), ("unlink", 1))],
    ],
)
@pytest.mark.parametrize(
    "fault", [KILL, *(pytest.param(fault, marks=pytest.mark.slow) for fault in (KILL_AFTER, errno.EIO))]
)
def test_a_second_crash_during_the_recovery(fresh: Callable[[], Path], first: tuple[str, int], fault: Fault) -> None:
    """A recovery that is killed or fails at any call is finished by the next one."""
    template = crashed(fresh, *first)
    calls = 0
    for at, root in copies(template):
        with injected(at, fault):
            try:
                Log(Layout(root)).recover()
            except (DiskFailure, Unreadable):
                assert fault == errno.EIO
        check_recovered(root, "done")
        calls = at
    assert calls > 10


def test_recovery_needs_no_space(fresh: Callable[[], Path]) -> None:
    """Recovery renames, links and unlinks; it writes no byte and creates nothing."""
    root = crashed(fresh, "rename")
    with injected() as faulty:
        Log(Layout(root)).recover()

    assert not {name for name, _ in faulty.log} & {"write", "mkdir", "truncate"}
    assert not [args for name, args in faulty.log if name == "open" and args[1] & os.O_CREAT]
    assert snapshot(root) == NEW


@pytest.mark.parametrize("path", [GOAL, NOTE, PROFILE, TASK])
def test_somebody_between_crash_and_recovery_keeps_both_texts(fresh: Callable[[], Path], path: str) -> None:
    """A file that was edited between the crash and the recovery stays as it is; ours is kept and named."""
    root = crashed(fresh, "fsync")
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_bytes(b"edited")
    reader = seen_by_a_reader(root)
    recovery = Log(Layout(root)).recover()

    assert snapshot(root) == reader == {**NEW, path: b"edited"}
    assert [conflict.path for conflict in recovery.conflicts] == [path]
    assert path in recovery.conflicts[0].sentence
    kept = recovery.conflicts[0].copy
    if path == NOTE:  # it was to be deleted: there is no text of ours
        assert kept is None
    else:
        assert kept is not None and (root / kept).read_bytes() == NEW[path]
        assert Log(Layout(root)).history.conflicts() == [kept]
    assert Log(Layout(root)).recover() == Recovery(None, ())
    if path != TASK:
        with pytest.raises(ChangedSince) as caught:
            undo.undo(Log(Layout(root)).history)
        assert caught.value.paths == (path,)


def test_a_conflict_is_named_again_after_a_killed_recovery(fresh: Callable[[], Path]) -> None:
    """A recovery that kept both and was killed before it said so: the next one says it."""
    template = crashed(fresh, "fsync")
    (template / GOAL).write_bytes(b"edited")
    for at, root in copies(template):
        with injected(at, KILL_AFTER):
            Log(Layout(root)).recover()
        pending = (root / ".mentorlog/pending.json").exists()
        linked = (root / ".mentorlog/operations/000002.json").exists()
        recovery = Log(Layout(root)).recover()
        assert snapshot(root) == {**NEW, GOAL: b"edited"}
        assert len(recovery.conflicts) == (pending and not linked)
        assert [(root / kept).read_bytes() for kept in Log(Layout(root)).history.conflicts()] == [NEW[GOAL]]


def test_an_edit_after_the_rename_stands(fresh: Callable[[], Path]) -> None:
    """What somebody wrote on top of our new text is newer than it: no conflict, nothing overwritten."""
    root = crashed(fresh, "rename", 2)
    (root / GOAL).write_bytes(b"edited later")

    assert Log(Layout(root)).recover().conflicts == ()
    assert snapshot(root) == {**NEW, GOAL: b"edited later"}


@pytest.mark.parametrize(
    "garbage", [b"", b"{", b"[" * 100_000, b'{"version": 1}', b"\xff\xfe", b"9" * 5000, b"\0" * 400]
)
def test_a_damaged_pending_is_kept_with_its_texts(fresh: Callable[[], Path], garbage: bytes) -> None:
    """Rubbish for an unfinished operation is put aside, with the staged texts, named, and stops nothing."""
    root = crashed(fresh, "fsync")
    (root / ".mentorlog/pending.json").write_bytes(garbage)

    assert seen_by_a_reader(root) == OLD
    assert Log(Layout(root)).history.leftovers() == []
    conflicts = Log(Layout(root)).recover().conflicts
    kept = [(root / (conflict.copy or "")).read_bytes() for conflict in conflicts]
    assert kept[0] == garbage
    assert sorted(kept[1:]) == sorted(NEW.values())
    assert snapshot(root) == OLD
    assert change(root) == "done"


@pytest.mark.parametrize(
    "path", ["../out.toml", "/etc/out", "goals/../../out", ".mentorlog/lock", "a\0b", "", "goals//x"]
)
def test_nothing_leads_out_of_the_journal(fresh: Callable[[], Path], path: str) -> None:
    """A path that is not plainly a record's is refused, in a commit and in an unfinished operation."""
    root = crashed(fresh, "fsync")
    with pytest.raises(ValueError, match="not the path of a record"):
        Log(Layout(root)).commit("x", [Change(path, None, b"x")], AT)

    pending = root / ".mentorlog/pending.json"
    data = json.loads(pending.read_text())
    data["files"][0]["path"] = path
    pending.write_text(json.dumps(data))
    assert len(Log(Layout(root)).recover().conflicts) == 4
    assert snapshot(root) == OLD


@pytest.mark.parametrize("staged", ["../x.12345678.new", "g7k3q-cv.toml", "lock", "/etc/.x.12345678.new"])
def test_a_staged_name_is_a_temporary_name(fresh: Callable[[], Path], staged: str) -> None:
    """An unfinished operation renames temporary files of ours only."""
    root = crashed(fresh, "fsync")
    pending = root / ".mentorlog/pending.json"
    data = json.loads(pending.read_text())
    data["files"][0]["staged"] = staged
    pending.write_text(json.dumps(data))

    assert Log(Layout(root)).recover().finished is None
    assert snapshot(root) == OLD


@pytest.mark.parametrize("when", ["commit", "recover"])
def test_a_folder_that_is_a_link_is_refused(fresh: Callable[[], Path], tmp_path: Path, when: str) -> None:
    """Nothing is written through a folder of records that is a symbolic link."""
    root = fresh() if when == "commit" else crashed(fresh, "fsync")
    (root / "goals").rename(tmp_path / "elsewhere")
    (root / "goals").symlink_to(tmp_path / "elsewhere")
    before = snapshot(tmp_path / "elsewhere")

    with pytest.raises(NeedsDoctor, match="symbolic link"):
        if when == "commit":
            Log(Layout(root)).commit("second", changes(OLD, NEW), AT)
        else:
            Log(Layout(root)).recover()
    assert snapshot(tmp_path / "elsewhere") == before


def test_a_newer_unfinished_operation_is_left_alone(fresh: Callable[[], Path]) -> None:
    """What a newer mentorlog left unfinished is for that one to finish."""
    root = crashed(fresh, "fsync")
    pending = root / ".mentorlog/pending.json"
    text = pending.read_text().replace('"version": 1', '"version": 3')
    pending.write_text(text)

    with pytest.raises(NeedsDoctor, match="newer"):
        Log(Layout(root)).recover()
    assert pending.read_text() == text
    assert seen_by_a_reader(root) == OLD
    assert Log(Layout(root)).history.leftovers() == []


def test_leftovers_are_named_and_swept(fresh: Callable[[], Path]) -> None:
    """What a killed process left under temporary names is found and removed; records and needed files stay."""
    root = fresh()
    with injected() as faulty:
        change(fresh())
    at = next(number for number, (name, _) in enumerate(faulty.log, 1) if name == "rename")
    with injected(at, KILL):
        change(root)
    left = Log(Layout(root)).history.leftovers()

    assert [name.partition(".")[0] for name in left] == ["", "", "goals/", "tasks/"]
    assert Log(Layout(root)).sweep() == left
    assert Log(Layout(root)).history.leftovers() == []
    assert snapshot(root) == OLD
    assert Log(Layout(crashed(fresh, "fsync"))).history.leftovers() == []


def test_a_reader_needs_one_look_where_nothing_is_pending(fresh: Callable[[], Path]) -> None:
    """Reading costs one call more while no operation is unfinished."""
    root = fresh()
    with injected() as faulty:
        assert Log(Layout(root)).history.overlay() == {}
    assert len(faulty.log) == 1


def test_a_log_that_was_deleted_meanwhile_begins_anew(fresh: Callable[[], Path]) -> None:
    """Somebody deleted the folder of operations between crash and recovery: the change is finished all the same."""
    root = crashed(fresh, "rename")
    for path in (root / ".mentorlog/operations").iterdir():
        path.unlink()
    (root / ".mentorlog/operations").rmdir()

    recovery = Log(Layout(root)).recover()
    assert recovery.finished is not None and recovery.finished.name == "second"
    assert snapshot(root) == NEW
    assert [operation.seq for operation in Log(Layout(root)).history.listing().operations] == [2]


def test_another_operation_in_its_place_is_not_overwritten(fresh: Callable[[], Path]) -> None:
    """A sync program put another operation under our number: ours is finished and kept, theirs stays."""
    root = crashed(fresh, "rename")
    (root / ".mentorlog/operations/000002.json").write_text("theirs")

    conflicts = Log(Layout(root)).recover().conflicts
    assert [conflict.copy for conflict in conflicts] == [".mentorlog/conflicts/000002-pending.json"]
    assert (root / ".mentorlog/operations/000002.json").read_text() == "theirs"
    assert snapshot(root) == NEW
    assert Log(Layout(root)).recover() == Recovery(None, ())
