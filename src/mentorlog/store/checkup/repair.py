"""Repairs that lose nothing: finish a change, sweep, close what others may read, drop second copies, a new index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from mentorlog.errors import DiskFailure, NeedsDoctor
from mentorlog.store.checkup import records, report
from mentorlog.store.disk import files
from mentorlog.store.disk.lock import lock
from mentorlog.store.index import health
from mentorlog.store.oplog.log import Change, Log


def mend(root: Path, log: Log, now: datetime, waiting: Callable[[str], None]) -> tuple[list[str], list[str]]:
    """Repair what can be repaired, under the lock; return what was done and what could not be, a sentence for each."""
    done: list[str] = []
    refused: list[str] = []
    try:
        with lock(root / ".mentorlog", waiting=waiting):
            for repairs in (_finished(log), _swept(log), _closed(root), _dropped(root, log, now), _indexed(root)):
                try:
                    done += repairs
                except (DiskFailure, NeedsDoctor) as wrong:  # the others can be made all the same
                    refused.append(wrong.sentence)
    except (DiskFailure, NeedsDoctor) as wrong:
        refused.append(f"{wrong.sentence} Nothing was repaired.")
    return done, refused


def _indexed(root: Path) -> Iterator[str]:
    if health.describe(root):
        health.discard(root)
        yield "Made the index anew."


def _finished(log: Log) -> Iterator[str]:
    recovery = log.recover()
    if recovery.finished:
        yield f"Finished an interrupted change: {recovery.finished.name}"
    yield from (conflict.sentence for conflict in recovery.conflicts)


def _swept(log: Log) -> Iterator[str]:
    yield from (f"Removed {records.shown(path)}, which a killed process had left." for path in log.sweep())


def _closed(root: Path) -> Iterator[str]:
    count = 0
    for path in report.open_to_others(root):
        try:
            files.make_private(root / path)
        except DiskFailure:
            continue  # it stays among the findings
        count += 1
    if count:
        many = "1 file or folder" if count == 1 else f"{count} files and folders"
        yield f"Closed {many} to other users."


def _dropped(root: Path, log: Log, now: datetime) -> Iterator[str]:
    """Delete second copies of the very same bytes: as an operation, so that undo brings them back.

    What the files of a newer format mean we do not know.
    """
    if not report.is_ours(root):
        return
    held = records.gather(root, log)
    paths = [path for path in held.identical() if files.content(root / path) == held.data[path]]
    if paths:
        named = "1 copy" if len(paths) == 1 else f"{len(paths)} copies"
        changes = [Change(path, held.data[path], None) for path in paths]
        log.commit(f"doctor: remove {named}", changes, now.isoformat(timespec="seconds"))
        yield from (f"Removed {records.shown(path)}, whose bytes another file holds." for path in paths)
