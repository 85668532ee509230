"""Erasing bytes and paths: which files are removed, and what is redacted in the operation log.

It runs while the operation is pending and is idempotent: a recovery finishes what was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mentorlog.errors import NeedsDoctor, ReadFailure, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.operation import Forget, LoggedOperation, Operation, Touched

if TYPE_CHECKING:
    from mentorlog.store.oplog.history import History


def remove_traces(history: History, forget: Forget) -> None:
    """Remove the other files of an erased record, and redact the log."""
    root = history.layout.root
    targets = [root / name for name in forget.other_files if files.real_parents(root, name)]
    for target in targets:
        files.unlink(target)
    for folder in dict.fromkeys(target.parent for target in targets):
        files.sync_folder(folder)
    for path, entry in redacted(history, forget):
        files.put(path, entry.encoded())


def redacted(history: History, forget: Forget) -> Iterator[tuple[Path, LoggedOperation]]:
    """Yield the redacted form of every operation that holds anything of the record, by path."""
    for path, data in naming(history, forget.record, forget.names):
        entry = _entry(path, data, forget.record)
        new = entry.redacted(forget.record, name=entry.operation.seq in forget.names)
        if new.encoded() != data:
            yield path, new


def naming(history: History, record: str, numbers: Sequence[int] = ()) -> Iterator[tuple[Path, bytes]]:
    """Yield the operations that name the record or have these numbers, with their bytes."""
    mark = record.encode("utf-8", "backslashreplace")
    for seq in history.numbers():
        path = history.layout.operation(seq)
        try:
            data = files.content(path, operation.LIMIT, path.name)
        except ReadFailure:
            raise
        except Unreadable:
            continue  # not a file of ours
        if data is not None and (mark in data or seq in numbers):
            yield path, data


def _entry(path: Path, data: bytes, record: str) -> LoggedOperation:
    """Return the entry in the bytes; for a damaged one, an entry that only names the record."""
    try:
        return operation.decoded(data)
    except operation.Newer as error:
        raise NeedsDoctor("A newer mentorlog wrote part of it.", "erase it with that version") from error
    except ValueError:
        name = f"{record}.toml"
        nothing = Operation(int(path.stem), operation.ERASED_DAMAGE, "", "do", (), (Touched(name, None, None),))
        return LoggedOperation(nothing, {name: {"staged": None, "forgotten": True}})
