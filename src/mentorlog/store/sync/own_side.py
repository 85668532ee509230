"""The journal's side of a sync: its files under its lock, its operations, what its log says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path

from mentorlog.errors import Unreadable
from mentorlog.models.record import Record
from mentorlog.store import changes as changed
from mentorlog.store import layout, snapshot
from mentorlog.store.index.index import Index
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import SYNC, Change, Operation, Sync
from mentorlog.store.sync import twins
from mentorlog.store.sync.ancestor import Known
from mentorlog.store.sync.courier import blob_id
from mentorlog.store.sync.plan import key_of
from mentorlog.store.transaction import Transaction


class JournalFiles:
    """The files of a journal as of one moment."""

    def __init__(self, read: Mapping[str, bytes | Unreadable]) -> None:
        self._bytes = {path: data for path, data in read.items() if isinstance(data, bytes)}
        self.unreadable = {path: data for path, data in read.items() if isinstance(data, Unreadable)}

    @cached_property
    def blobs(self) -> dict[str, str]:
        """The blob of every file that can be read, by path."""
        return {path: blob_id(data) for path, data in self._bytes.items()}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self._bytes[path]


class OwnSide:
    """A journal for a sync; `index` holds its lock unless it is a dry run, `commit` is its one way to change files."""

    def __init__(
        self,
        root: Path,
        history: History,
        index: Callable[[], AbstractContextManager[Index]],
        commit: Callable[..., Operation],
        progress: snapshot.Progress,
    ) -> None:
        self._root, self._history = root, history
        self._index, self._commit, self._progress = index, commit, progress
        self._transaction: Transaction | None = None

    @contextmanager
    def opened(self) -> Iterator[JournalFiles]:
        """Return all files, under the lock and with no unfinished operation unless it is a dry run."""
        with self._index() as index:
            self._transaction = Transaction(self._root, index)
            yield JournalFiles(snapshot.read(self._root, self._history, progress=self._progress))

    def commit(self, name: str, changes: Sequence[Change], sync: Sync | None) -> None:
        """Commit one operation; `sync` is None for a part of a larger one."""
        self._commit(name, changes, kind=SYNC, sync=sync, update=changed.read(changes)[1])

    def last(self) -> int:
        """Return the number of its last operation."""
        return self._history.last()

    def mark(self, seq: int) -> str | None:
        """Return the link of an operation; None if it has none."""
        return self._history.link_of(seq) if seq else None

    def logged(self, since: int) -> Known | None:
        """Return what the newest sync in the log left, of those after an operation."""
        entry = self._history.last_sync(since=since)
        return Known(entry.sync.commit, entry.sync.held) if entry is not None and entry.sync is not None else None

    def deleted(self, keys: Collection[str]) -> set[str]:
        """Return the keys of those records that an operation of the log deleted, and none made since."""
        found: dict[str, bool] = {}
        for seq in self._history.numbers():
            if len(found) == len(keys):
                break
            try:
                entry = self._history.entry(seq)
            except Unreadable:
                continue
            for one in entry.operation.files:
                if (key := key_of(one.path)) in keys:
                    found.setdefault(key, one.after_sha is None)
        return {key for key, is_deleted in found.items() if is_deleted}

    def new_id(self, record: Record, taken: Collection[str]) -> str:
        """Return an id for a record that no other has, or had, or is one of those taken."""
        assert self._transaction is not None
        name = twins.stem(record.id)  # of a mentor: the others are random
        while (id := self._transaction.new_id(record.KIND, name)) in taken:
            pass
        return id

    def erasable(self, ids: Collection[str]) -> tuple[str, ...]:
        """Return the ids of which the history still holds a text."""
        held = {layout.id_of(path) for path in self._history.paths_ever()}
        return tuple(id for id in ids if id in held and not self._is_erased(id))

    def _is_erased(self, id: str) -> bool:
        """Return whether the texts of a record have been erased from all operations."""
        for seq in self._history.numbers():
            try:
                entry = self._history.entry(seq)
            except Unreadable:
                continue
            for one in entry.operation.files:
                if layout.id_of(one.path) == id and not entry.is_erased(one.path):
                    return False
        return True
