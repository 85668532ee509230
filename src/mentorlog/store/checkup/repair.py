"""Repairs without loss: finish a change, remove leftovers and duplicates, set permissions, rebuild the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mentorlog.errors import DiskFailure, MentorlogError, NeedsDoctor, Unreadable
from mentorlog.models.views import counted
from mentorlog.store import snapshot
from mentorlog.store.checkup import merge_copies, own_files, records, report
from mentorlog.store.disk import files
from mentorlog.store.format import document
from mentorlog.store.index import health
from mentorlog.store.index.soundness import Inspection, Soundness
from mentorlog.store.layout import JOURNAL, shown
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change
from mentorlog.store.snapshot import record_bytes

Commit = Callable[[str, Sequence[Change]], object]
"""Commits changes as one operation with a name."""


class Repaired(NamedTuple):
    """Messages of what was done and what failed; the paths of files that changed although nothing has written them."""

    done: list[str]
    refused: list[str]
    rotten: tuple[str, ...]


def repair(root: Path, log: Log, commit: Commit) -> Repaired:
    """Repair what can be repaired, under the lock."""
    done: list[str] = []
    refused: list[str] = []
    index = _inspected(root, log)  # before an operation of ours updates it
    # Only the index knows that a file is rotten: it stays, so that this can be said until the file is repaired.
    is_index_sound = index.message is None or (index.heals and bool(index.silent))
    for repairs in (
        own_files.replaced(root),
        _finish(log),
        _remove_leftovers(log),
        _close(root),
        _remove_copies(root, log, commit, refused),
        _rebuild_index(root, is_index_sound),
    ):
        try:
            done += repairs
        except (DiskFailure, NeedsDoctor) as wrong:  # the other repairs are still possible
            refused.append(wrong.sentence)
    return Repaired(done, refused, index.silent)


def _inspected(root: Path, log: Log) -> Soundness:
    inspection = Inspection(root)
    data: snapshot.Snapshot | None = None
    with suppress(MentorlogError):  # a folder or an unfinished change that cannot be read
        data = snapshot.read(root, log.history)
    hashes = {path: files.fingerprint(one) for path, one in (data or {}).items() if isinstance(one, bytes)}
    index = inspection.result(hashes)
    return Soundness(None) if data is None and index.heals else index  # what it should hold is not known


def _rebuild_index(root: Path, is_sound: bool) -> Iterator[str]:
    if not is_sound:
        health.discard(root)
        yield "Rebuilt the index."


def _finish(log: Log) -> Iterator[str]:
    recovery = log.recover()
    if recovery.finished:
        yield f"Finished an interrupted change: {recovery.finished.name}"
    yield from (conflict.sentence for conflict in recovery.conflicts)


def _remove_leftovers(log: Log) -> Iterator[str]:
    yield from (f"Removed {shown(path)}, left behind by a killed process." for path in log.sweep())


def _close(root: Path) -> Iterator[str]:
    count = 0
    for path in report.open_to_others(root):
        with suppress(DiskFailure):  # it remains a finding
            files.make_private(root.resolve() if path == "." else root / path)
            count += 1
    if count:
        yield f"Made {counted(count, 'file or folder', 'files and folders')} private."


def _remove_copies(root: Path, log: Log, commit: Commit, refused: list[str]) -> Iterator[str]:
    """Delete identical copies and merge the others with their originals, as one operation that undo reverts."""
    try:
        document.journal_data(JOURNAL, record_bytes(root, JOURNAL) or b"")
    except Unreadable:  # the files of a newer format may mean something else
        return
    examined = records.gather(root, log.history)
    data = {path: examined.data[path] for path in examined.identical()}
    changes = [Change(path, old, None) for path, old in data.items() if log.history.present(path) == old]
    done = [f"Removed {shown(one.path)}, an identical copy." for one in changes]
    merged = merge_copies.merged(log.history, examined.mergeable())
    refused += merged.refused
    changes += merged.changes
    if changes:
        gone = counted(sum(one.after is None for one in changes), "copy", "copies")
        commit(f"doctor: {'merge' if merged.changes else 'remove'} {gone}", changes)
        yield from (*done, *merged.done)
