"""The journal's side of a sync: its files under its lock, its operations, what its log says.

Which files there are, and the fingerprint of each, is read from the index, which has just looked at all of them; only
what differs from the last sync is read.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property

from mentorlog.errors import ReadFailure, Unreadable
from mentorlog.store import layout, snapshot
from mentorlog.store.disk import files
from mentorlog.store.index import query
from mentorlog.store.sync.courier import blob_id
from mentorlog.store.sync.state import Known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from mentorlog.models.record import Record
    from mentorlog.store.index.index import Index
    from mentorlog.store.oplog.history import History
    from mentorlog.store.oplog.operation import Change, LoggedOperation, Operation, Sync
    from mentorlog.store.sync.ports import Kept
    from mentorlog.store.transaction import Transaction

_LINK = b'\n "link": {\n  "own": "'
_FINGERPRINT = 64


class JournalFiles:
    """The files of a journal as of one moment; `kept` returns what was kept of them at the last sync."""

    def __init__(self, root: Path, index: Index, overlay: snapshot.Overlay, kept: Callable[[], Kept | None]) -> None:
        self._root, self._overlay, self._kept = root, overlay, kept
        self.unreadable = {problem.path: problem.as_error() for problem in index.problems()}
        self.listing = query.listing(index)
        self._index = index
        self._bytes: dict[str, bytes] = {}

    @cached_property
    def _marks(self) -> dict[str, str]:
        """The fingerprint of every file that can be read."""
        marks = query.fingerprints(self._index)
        return {path: mark for path, mark in marks.items() if path not in self.unreadable}

    @property
    def sound(self) -> Collection[str]:
        """The paths of files that are known to hold a record."""
        return self._marks.keys()

    @cached_property
    def blobs(self) -> dict[str, str]:
        """The blob of every file that can be read, by path."""
        kept = self._kept() or {}
        found = {}
        for path, mark in self._marks.items():
            known = kept.get(path)
            found[path] = known[1] if known is not None and known[0] == mark else blob_id(self.read(path))
        return found

    def exists(self, path: str) -> bool:
        """Return whether anything is at a path: an index with a flipped bit may not know a file."""
        if path in self._overlay:
            return self._overlay[path] is not None
        return files.look(self._root / path) is not None

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        if path not in self._bytes:
            data = snapshot.record_bytes(self._root, path, self._overlay)
            if data is None:
                raise Unreadable(layout.shown(path), "it was deleted a moment ago")
            self._bytes[path] = data
        return self._bytes[path]

    def are(self, kept: Kept | None) -> bool:
        """Return whether the files are those that were kept."""
        return kept is not None and self._marks == {path: mark for path, (mark, _) in kept.items()}

    def after(self, changes: Mapping[str, bytes | None]) -> Kept:
        """Return what to keep of the files after changes."""
        found = {path: (mark, self.blobs[path]) for path, mark in self._marks.items() if path not in changes}
        return found | {
            path: (files.fingerprint(data), blob_id(data)) for path, data in changes.items() if data is not None
        }


class OwnSide:
    """A journal for a sync; `index` holds its lock unless it is a dry run, `commit` is its one way to change files."""

    def __init__(
        self,
        root: Path,
        history: History,
        index: Callable[[], AbstractContextManager[Index]],
        commit: Callable[..., Operation],
        kept: Callable[[], Kept | None],
    ) -> None:
        self._root, self._history, self._kept = root, history, kept
        self._index, self._commit = index, commit
        self._opened: Index | None = None

    @contextmanager
    def opened(self) -> Iterator[JournalFiles]:
        """Return all files, under the lock and with no unfinished operation unless it is a dry run."""
        with self._index() as index:
            for folder in layout.FOLDERS.values():  # another thing in its place would seem to be an empty one
                files.real_folder(self._root / folder)
            self._opened = index
            yield JournalFiles(self._root, index, self._history.overlay(), self._kept)

    def commit(self, name: str, changes: Sequence[Change], sync: Sync | None) -> None:
        """Commit one operation; `sync` is None for a part of a larger one."""
        from mentorlog.store import changes as changed
        from mentorlog.store.oplog.operation import SYNC

        self._commit(name, changes, kind=SYNC, sync=sync, update=changed.read(changes)[1])

    def last(self) -> int:
        """Return the number of its last operation."""
        return self._history.last()

    def mark(self, seq: int) -> str | None:
        """Return the link of an operation, which stays when something is erased from it; None if it has none."""
        from mentorlog.store.oplog import operation

        data = files.content(self._history.layout.operation(seq), operation.LIMIT) if seq else None
        begins = -1 if data is None else data.rfind(_LINK)
        if data is None or begins < 0:
            return None
        begins += len(_LINK)
        return data[begins : begins + _FINGERPRINT].decode("ascii", "replace")

    def logged(self, since: int) -> Known | None:
        """Return what the newest sync in the log left, of those after an operation."""
        entry = self._history.last_sync(since=since)
        return Known(entry.sync.commit, entry.sync.held) if entry is not None and entry.sync is not None else None

    def deleted(self, keys: Collection[str]) -> set[str]:
        """Return the keys of those records that an operation of the log deleted, and none made since."""
        from mentorlog.store.sync.plan import key_of

        found: dict[str, bool] = {}
        for entry in self._readable():
            for one in entry.operation.files:
                if (key := key_of(one.path)) in keys:
                    found.setdefault(key, one.after_sha is None)
            if len(found) == len(keys):
                break
        return {key for key, is_deleted in found.items() if is_deleted}

    def new_id(self, record: Record, taken: Collection[str]) -> str:
        """Return an id for a record that no other has, or had, or is one of those taken."""
        from mentorlog.store.sync import twins

        name = twins.stem(record.id)  # of a mentor: the others are random
        while (id := self._transaction.new_id(record.KIND, name)) in taken:
            pass
        return id

    @cached_property
    def _transaction(self) -> Transaction:
        """What knows all ids; it is asked while the files are open."""
        from mentorlog.store.transaction import Transaction

        assert self._opened is not None
        return Transaction(self._root, self._opened)

    def erasable(self, ids: Collection[str]) -> tuple[str, ...]:
        """Return the ids of which the history still holds a text."""
        left = set[str]()
        for entry in self._readable():
            left |= {layout.id_of(one.path) for one in entry.operation.files if not entry.is_erased(one.path)}
        return tuple(id for id in ids if id in left)

    def erased(self) -> set[str]:
        """Return the ids of the records that were erased here; ReadFailure if the disk refuses to say it now."""
        from mentorlog.store.oplog.operation import FORGET

        listing = self._history.listing()
        for refused in (error for error in listing.damaged if isinstance(error, ReadFailure)):
            raise refused
        names = (one.name for one in listing.operations if one.kind == FORGET)
        return {name.rpartition(" ")[2] for name in names}

    def _readable(self) -> Iterator[LoggedOperation]:
        """Yield the operations that can be read, newest first."""
        for seq in self._history.numbers():
            try:
                entry = self._history.entry(seq)
            except Unreadable:
                continue
            yield entry
