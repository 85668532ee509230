"""The SQLite copy that makes reading fast: derived, disposable, never a source.

It is refreshed at each read by one scan of the folders, and rebuilt on any doubt. If it cannot be written
(a read-only disk, another writer, an unfinished operation) a copy in memory answers.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from mentorlog.errors import Busy, ReadFailure, Reason, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.index import scan
from mentorlog.store.index.database import InUse, VerifiedDatabase, in_memory, transaction
from mentorlog.store.index.rows import checksum, compact
from mentorlog.store.layout import FOLDERS, JOURNAL, Layout, id_of, shown
from mentorlog.store.oplog.position import ChangedMeanwhile, LogPosition, Stamp, consistently, look
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, TypeVar

    from mentorlog.domain.reports import Problem
    from mentorlog.store.index.rows import IndexedRecord
    from mentorlog.store.snapshot import Overlay, Progress

    T = TypeVar("T")

PATIENCE = 10.0
LONG = 500
RESCAN_GRACE = 2.0  # seconds for which a scan of the folders is valid for the change that follows
_STEP = 50
_WORDS = "INSERT INTO words (rowid, title, body, short, title_forms, body_forms) VALUES (?,?,?,?,?,?)"
_DEFAULTS = (
    "INSERT INTO defaults VALUES (?,?) ON CONFLICT (kind)"
    " DO UPDATE SET defaults = excluded.defaults WHERE defaults != excluded.defaults"
)


class IndexUpdate(Value):
    """The effect of a change on the index: new or changed records, and deleted paths."""

    records: list[IndexedRecord]
    gone: list[str]


class Index:
    """The index of one journal."""

    def __init__(self, layout: Layout, progress: Progress, *, read_only: bool = False) -> None:
        self._layout = layout
        self._log = LogPosition(layout)
        self._file = VerifiedDatabase(layout.index, read_only=read_only)
        self._in_memory = False
        self._failures = 0
        self.was_pending = False  # whether there was an unfinished operation at the last refresh
        self._overlay: Callable[[], Overlay] | None = None
        self._progress = progress
        self._db: sqlite3.Connection | None = None
        self._listings: dict[str, scan.DirectoryState] = {}
        self._refused: dict[str, ReadFailure] = {}

    def close(self) -> None:
        """Close the database."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self._in_memory = False

    def discard(self) -> None:
        """Discard the file with all that was deleted; the next refresh makes a new one."""
        self.close()
        try:
            self._file.discard(PATIENCE)
        except sqlite3.OperationalError:
            raise Busy("Another mentorlog keeps writing the index.", "try again in a moment") from None

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT over the refreshed index, or over a new one if its file fails."""
        values = tuple(values)

        return self.asked(lambda: self._connection.execute(sql, values).fetchall())

    def asked(self, ask: Callable[[], T]) -> T:
        """Return what SELECTs and the decoding of their rows give, over a new index if the file fails."""
        return ask() if self._connection.in_transaction else self._with_rebuild(ask)

    def in_snapshot(self, work: Callable[[], T]) -> T:
        """Return what `work` returns; all its SELECTs see one state (snapshot isolation)."""

        def begun() -> T:
            db = self._connection
            db.execute("BEGIN")
            try:
                return work()
            finally:
                db.rollback()

        return self._with_rebuild(begun)

    def _with_rebuild(self, ask: Callable[[], T]) -> T:
        """Query the file, else a new one, else a copy in memory: it may be damaged, locked or gone."""
        while True:
            try:
                return ask()
            except sqlite3.DatabaseError:
                if self._in_memory:
                    raise
                self._failures += 1
                self.refresh(self._overlay)

    def refresh(self, overlay: Callable[[], Overlay] | None = None) -> None:
        """Update the index to the current state of the folders; rebuild its file on any failure.

        If there is no journal yet, none is created: an empty copy in memory answers. `overlay` is what to read instead
        of the paths of an unfinished operation; if one is committed during the scan, the scan is repeated, so that no
        reader sees half of an operation.
        """
        self._overlay = overlay
        exists = os.path.lexists(self._layout.journal)

        def attempt() -> None:
            pending = self._log.pending()
            self.was_pending = pending is not None
            over = overlay() if overlay and pending else {}
            if over or not exists or not self._refreshed_file(pending):
                self._refresh_in_memory(over, pending)

        consistently(attempt)

    def _refreshed_file(self, pending: Stamp) -> bool:
        """Refresh the file, or a new one on any doubt; return False if none can be used now."""
        ways = (self._file.open,) if self._file.read_only else (self._file.open, self._make_file)
        for opened in ways[self._failures :]:
            self.close()
            try:
                self._db = opened()
                self._update({}, pending)
                return True
            except InUse:
                return False
            except ChangedMeanwhile:
                raise
            except Exception:  # rows may hold anything; what is no failure of the file fails in memory too
                continue
        return False

    def _make_file(self) -> sqlite3.Connection:
        """Return a new file, in a folder that git ignores."""
        files.private_folder(self._layout.private)
        if not os.path.lexists(self._layout.ignore):
            files.put_own(self._layout.ignore, b"*\n")
        return self._file.make()

    def _refresh_in_memory(self, overlay: Overlay, pending: Stamp) -> None:
        self.close()
        self._in_memory = True
        try:
            self._db = in_memory()
            if not self._failures and os.path.lexists(self._layout.index):
                with contextlib.closing(self._file.open()) as source:
                    source.backup(self._db)
            self._update(overlay, pending)
        except ChangedMeanwhile:
            raise
        except Exception:
            self._db = in_memory()
            self._update(overlay, pending)

    def _update(self, overlay: Overlay, pending: Stamp) -> None:
        """Compare the folders with what was last seen, and read what has changed."""
        self._refused = {}
        db, clock = self._connection, time.time_ns()
        seq = db.execute("SELECT seq FROM log").fetchone()[0]
        delta = self._log.since(seq)
        seq, used, is_new_log = delta or (seq, (), False)
        rows = db.execute("SELECT folder, names, stamps FROM folders")
        stored = {folder: scan.DirectoryState(names, stamps) for folder, names, stamps in rows}
        now = scan.scan_all(self._layout.root)
        stale = {folder: listing for folder, listing in now.items() if stored.get(folder, scan.EMPTY) != listing}
        if not stale and not overlay and delta is None:
            self._verify_unchanged(seq, pending)
            self._listings = now
            return
        changed, gone = [], []
        for folder, listing in stale.items():
            prefix = f"{folder}/" if folder else ""
            new, old = scan.differences(stored.get(folder, scan.EMPTY), listing)
            changed += [prefix + name for name in new]
            gone += [prefix + name for name in old]
        changed += [path for path in overlay if path not in changed]
        with self._transaction():
            if delta:
                if is_new_log:
                    db.execute("DELETE FROM used")
                self._use(used)
                db.execute("UPDATE log SET seq = ?", (seq,))
            for path in gone:
                self._forget(path)
            for folder in filter(None, stale):
                self._look_at(folder, now[folder])
            self._read_all(changed, overlay)
            self._listings = {**now, **{folder: scan.without_racy(listing, clock) for folder, listing in stale.items()}}
            for path in self._refused:  # the disk may answer at the next scan
                folder, _, name = path.rpartition("/")
                self._listings[folder] = self._listings[folder].with_stamps({name: scan.NO_STAMP})
            for folder in stale:
                if self._listings[folder] != stored.get(folder):
                    self._remember(folder)
            self._verify_unchanged(seq, pending)

    def _verify_unchanged(self, seq: int, pending: Stamp) -> None:
        if self._log.changed_since(seq, pending):
            raise ChangedMeanwhile

    def _use(self, ids: Iterable[str]) -> None:
        """Save the ids that operations have used, which no folder of records shows."""
        self._connection.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((shown(id),) for id in ids))

    def _look_at(self, folder: str, listing: scan.DirectoryState) -> None:
        """Keep that something else is in the place of a folder of records, or no longer is."""
        seen = files.look(self._layout.root / folder) if listing == scan.NOT_A_DIRECTORY else None
        self._connection.execute("DELETE FROM problems WHERE path = ?", (folder,))
        if seen is not None:
            message = f"it is {files.kind_of(seen.st_mode)}, not a folder of records"
            self._record_problem(folder, Unreadable(folder, message, reason=Reason.NOT_A_FILE))

    def _read_all(self, paths: Sequence[str], overlay: Overlay) -> None:
        """Read files into the index, and report progress once that takes long."""
        read = 0
        for count, path in enumerate(paths, start=1):
            read += self._read_in(path, overlay)
            if read == LONG and self._file.read_only:
                raise sqlite3.OperationalError("too many files to read each time")
            if self._progress and read >= LONG and (count % _STEP == 0 or count == len(paths)):
                self._progress(count, len(paths))

    def _read_in(self, path: str, overlay: Overlay) -> bool:
        """Read one file into the index, a record or its problem; return whether it was validated."""
        from mentorlog.store.snapshot import record_bytes

        try:
            self._refuse_copy(path, overlay)
            data = record_bytes(self._layout.root, path, overlay)
            if data is None:
                self._forget(path)
                return False
            mark = files.fingerprint(data)
            known = "SELECT 1 FROM records WHERE path = ? AND fingerprint = ?"
            if not self._connection.execute(known, (shown(path), mark)).fetchone():
                from mentorlog.store.index.rows import index_file

                self.put(index_file(path, data, mark))
                return True
        except Unreadable as error:
            if isinstance(error, ReadFailure):
                self._refused[path] = error
            self._record_problem(path, error)
        return False

    def _refuse_copy(self, path: str, overlay: Overlay) -> None:
        """Raise Unreadable for the copy that a sync program made of a record whose file is there too."""
        if scan.may_be_copy(path) and not (path in overlay and overlay[path] is None):
            from mentorlog.store.copies import original_of

            if (original := original_of(path)) and self._is_there(original, overlay):
                raise Unreadable(path, f"it is a copy of {original}", reason=Reason.SHARED_ID)

    def _is_there(self, path: str, overlay: Overlay) -> bool:
        """Return whether there is a file at a path, as an unfinished operation leaves it."""
        return overlay[path] is not None if path in overlay else files.look(self._layout.root / path) is not None

    def apply(self, update: IndexUpdate, seq: int) -> None:
        """Apply what our operation `seq` has just put in place, without reading it again.

        Our files are recent, so they get no stamp; what others have changed keeps its old one and will be read.
        """
        ours: dict[str, dict[str, bytes | None]] = {}
        with self._transaction():
            for path in update.gone:
                self._forget(path)
                folder, _, name = path.rpartition("/")
                ours.setdefault(folder, {})[name] = None
            for entry in update.records:
                self.put(entry)
                folder, _, name = entry.path.rpartition("/")
                ours.setdefault(folder, {})[name] = scan.NO_STAMP
            for folder, stamps in ours.items():
                self._listings[folder] = self._listings.get(folder, scan.EMPTY).with_stamps(stamps)
                self._remember(folder)
            self._use(map(id_of, (*update.gone, *(entry.path for entry in update.records))))
            self._connection.execute("UPDATE log SET seq = ? WHERE seq = ?", (seq, seq - 1))

    def put(self, entry: IndexedRecord) -> None:
        """Save one record, replacing what was at its path."""
        self._forget(entry.path)
        db = self._connection
        db.execute(_DEFAULTS, (entry.view["record"], compact(entry.defaults)))
        row, words = entry.row, entry.words()
        cursor = db.execute("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (*row, checksum((*row, *words))))
        db.executemany("INSERT INTO links VALUES (?,?,?,?,?,?)", entry.links())
        db.executemany("INSERT INTO evidence VALUES (?,?,?)", entry.evidence())
        db.execute(_WORDS, (cursor.lastrowid, *words))

    def _forget(self, path: str) -> None:
        db, path = self._connection, shown(path)
        row = db.execute("SELECT rowid FROM records WHERE path = ?", (path,)).fetchone()
        if row:
            db.execute("DELETE FROM words WHERE rowid = ?", row)
            for table in ("records", "links", "evidence"):
                db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))
        db.execute("DELETE FROM problems WHERE path = ?", (path,))

    def _record_problem(self, path: str, error: Unreadable) -> None:
        self._forget(path)
        values = (shown(path), error.message, error.line, error.reason)
        self._connection.execute("INSERT OR REPLACE INTO problems VALUES (?,?,?,?)", values)

    def _remember(self, folder: str) -> None:
        listing = self._listings[folder]
        values = (folder, listing.names, listing.stamps)
        self._connection.execute("INSERT OR REPLACE INTO folders VALUES (?,?,?)", values)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise AssertionError("refresh the index before asking it")
        return self._db

    def _transaction(self) -> contextlib.AbstractContextManager[None]:
        return transaction(self._connection) if self._in_memory else self._file.writing(self._connection)

    def last_operation(self) -> int | None:
        """Return the number of the last operation that the index has seen; None if it is not open."""
        return None if self._db is None else int(self.rows("SELECT seq FROM log")[0][0])

    def problems(self) -> list[Problem]:
        """Return the files that cannot be read as records, by path."""
        rows = self.rows("SELECT path, message, line, reason FROM problems ORDER BY path")
        if not rows:
            return []
        from mentorlog.domain.reports import Problem

        problems = [Problem(*row) for row in rows]
        if any(one.reason == Reason.SHARED_ID for one in problems):
            from mentorlog.store.copies import id_of_record

            ids = [id_of_record(one.path) if one.reason == Reason.SHARED_ID else None for one in problems]
            problems = [one.but(copy_of=id) for one, id in zip(problems, ids, strict=True)]
        return problems

    def refused(self, kind: str) -> ReadFailure | None:
        """Return the failure if the disk refused a record of a kind, whose lists are then incomplete."""
        folder = FOLDERS.get(kind, "")
        return next((error for path, error in self._refused.items() if path.rpartition("/")[0] == folder), None)


class FreshIndex:
    """The index of one journal; `ignored` is called with failures after a change, which stop nothing.

    A read-only one writes nothing, and gives up where too much has changed since it was last written.
    """

    def __init__(
        self, layout: Layout, ignored: Callable[[Exception], None], progress: Progress, *, read_only: bool = False
    ) -> None:
        self._layout = layout
        self._ignored = ignored
        self.index = Index(layout, progress, read_only=read_only)
        self._is_fresh = False
        self._looked: tuple[float, Stamp] = (0.0, None)
        self._problems: list[Problem] | None = None

    def refreshed(self) -> Index:
        """Return the index, refreshed at the first call."""
        if not self._is_fresh:
            log = self._log_state()
            self.index.refresh(self._overlay)
            self._is_fresh, self._looked = True, (time.monotonic(), log)
        return self.index

    @property
    def problems(self) -> list[Problem]:
        """The files that cannot be read as records."""
        if self._problems is None:
            index = self.refreshed()
            self._problems = [*index.problems(), *(self._unreadable_change() if index.was_pending else ())]
        return self._problems

    def _unreadable_change(self) -> Iterator[Problem]:
        """Yield why an unfinished operation cannot be read."""
        from mentorlog.domain.reports import Problem
        from mentorlog.store.oplog.history import History

        if wrong := History(self._layout).unreadable_change():
            yield Problem.of(wrong)

    def look_again(self) -> Index:
        """Return the index after a scan under the lock, unless the last one is recent.

        A journal with the unknown format of a newer version may be read but not changed.
        """
        # Others may have changed a file since, as they may after any scan; an operation compares the files it writes.
        then, log = self._looked
        is_unchanged = self._is_fresh and log is not None and log == self._log_state()
        if not is_unchanged or time.monotonic() - then >= RESCAN_GRACE:
            self.index.refresh()
            self._is_fresh = True
        for problem in self.index.problems():
            if problem.path == JOURNAL:
                raise problem.as_error()
        return self.index

    def bring(self, update: IndexUpdate | None = None, seq: int = 0) -> None:
        """Update the index to operation `seq`, or to the files; the next read finds what fails here."""
        self._problems = None
        try:
            if update is None:
                self.index.refresh()
            else:
                self.index.apply(update, seq)
        except Exception as error:
            self._is_fresh = False
            self._ignored(error)

    def _overlay(self) -> dict[str, Path | None]:
        from mentorlog.store.oplog.history import History

        return History(self._layout).overlay()

    def _log_state(self) -> Stamp:
        """Return the stamp of the log, () if there is none yet; None if it is too recent to show changes."""
        status = look(self._layout.operations)
        is_racy = status is not None and time.time_ns() - status.st_mtime_ns < scan.RACY_NS
        return None if is_racy else () if status is None else files.stamp(status)
