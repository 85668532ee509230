"""Eight ways to break the store, for the tests alone: each must be caught, or the tests prove nothing."""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from mentorlog.app import App
from mentorlog.store.disk import files, lock, syscalls
from mentorlog.store.index.index import Index
from mentorlog.store.index.scan import DirectoryState
from mentorlog.store.journal import Journal
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Operation


@contextmanager
def instead(owner: Any, **others: Any) -> Iterator[None]:
    """Put others in the place of attributes within the block."""
    kept = {name: getattr(owner, name) for name in others}
    for name, other in others.items():
        setattr(owner, name, other)
    try:
        yield
    finally:
        for name, one in kept.items():
            setattr(owner, name, one)


@contextmanager
def no_fsync() -> Iterator[None]:
    """Files are not fsynced; folders are."""
    kept = files._sync

    def sync(descriptor: int, path: Path) -> None:
        if modes.S_ISDIR(os.fstat(descriptor).st_mode):
            kept(descriptor, path)

    with instead(files, _sync=sync):
        yield


@contextmanager
def no_folder_fsync() -> Iterator[None]:
    """Folders are not fsynced; files are."""
    with instead(files, sync_folder=lambda folder: None):
        yield


@contextmanager
def written_in_place() -> Iterator[None]:
    """A record is opened and written over, where a rename should be."""
    kept = files.rename

    def rename(source: Path, target: Path) -> None:
        if target.suffix != ".toml":
            return kept(source, target)
        descriptor = syscalls.calls.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        data = files.read(source)
        syscalls.calls.write(descriptor, data[: len(data) // 2])
        syscalls.calls.write(descriptor, data[len(data) // 2 :])
        syscalls.calls.fsync(descriptor)
        files.close(descriptor)
        return files.unlink(source)

    with instead(files, rename=rename):
        yield


@contextmanager
def no_transaction() -> Iterator[None]:
    """Every file is replaced well, one after the other, with no commit point before."""

    def commit(self: Log, name: str, changes: Sequence[Change], at: str, **more: Any) -> Any:
        self._check(changes)
        self.prepare()
        seq, kind, undoes = self.history.last() + 1, more.get("kind", "do"), more.get("undoes", ())
        entry = operation.entry_of(Operation(seq, name, at, kind, tuple(undoes), ()), changes)
        self._stage(entry, changes)
        for touched in entry.operation.files:
            self._settle(entry, touched)
            files.sync_folder((self.layout.root / touched.path).parent)
        files.put(self.layout.operation(seq), entry.encoded())
        return entry

    with instead(Log, commit=commit):
        yield


@contextmanager
def acknowledged_before_the_commit() -> Iterator[None]:
    """The result is printed, and the change is made after that."""
    waiting: list[Callable[[], None]] = []
    commit, finish = Journal._commit, App.on_success

    def later(self: Journal, *given: Any, **more: Any) -> None:
        waiting.append(lambda: commit(self, *given, **more))

    def at_the_end(self: App) -> None:
        while waiting:
            waiting.pop()()
        finish(self)

    with instead(Journal, _commit=later), instead(App, on_success=at_the_end):
        yield


@contextmanager
def fixed_temporary_name() -> Iterator[None]:
    """A temporary file has the same name every time."""
    with instead(files, staged_name=lambda name: f".{name[:60]}.00000000.new"):
        yield


@contextmanager
def lock_ignored() -> Iterator[None]:
    """Nobody waits for anybody."""
    with instead(lock, lock=lambda *args, **kwargs: nullcontext()):
        yield


@contextmanager
def index_as_a_source() -> Iterator[None]:
    """What the index once held it is asked for, without a look at the files."""
    kept = Index._update

    def update(self: Index, *more: Any) -> None:
        stored = self._connection.execute("SELECT folder, names, stamps FROM folders").fetchall()
        if not stored:
            return kept(self, *more)
        self._listings = {folder: DirectoryState(names, stamps) for folder, names, stamps in stored}
        return None

    with instead(Index, _update=update):
        yield


MUTANTS = {
    "no fsync": no_fsync,
    "no folder fsync": no_folder_fsync,
    "written in place": written_in_place,
    "no transaction": no_transaction,
    "acknowledged before the commit": acknowledged_before_the_commit,
    "fixed temporary name": fixed_temporary_name,
    "lock ignored": lock_ignored,
    "index as a source": index_as_a_source,
}
