"""The index's file, and the seal that shows whether another program has touched it since it was last written.

SQLite detects a torn file, but not a changed byte within a page; the seal (the file's own stamp, saved beside it)
does, at the cost of one stat. If the seal does not match, the file is discarded; that is never an error. The stamp's
time is set by us: the clock of the disk ticks every few milliseconds, and a change within the same tick would go
unnoticed.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG

from mentorlog.errors import DiskFailure, MentorlogError
from mentorlog.store.disk import files, syscalls
from mentorlog.store.index.rows import SCHEMA, TABLES
from mentorlog.store.layout import INDEX_PARTS

BUSY_SECONDS = 0.25
READ_SECONDS = 5.0
_PAUSE = 0.005
_FILLING = 64 * 1024
"""The KB of a new file held in memory: SQLite's 2 MB are too few for 100,000 records."""
_MODE = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


class InUse(sqlite3.OperationalError):
    """Another mentorlog writes the file and does not finish soon."""


class VerifiedDatabase:
    """One SQLite file: opened if its seal and schema match, rebuilt otherwise; a read-only one is never written."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self.read_only = read_only
        self._seal = path.with_suffix(".seal")
        self._inode = 0

    def open(self) -> sqlite3.Connection:
        """Return the open file; raise DatabaseError if there is none or it was touched."""
        if not os.path.lexists(self._path):
            raise sqlite3.DatabaseError("there is no index yet")
        if not self._is_intact():
            if self.read_only:
                raise sqlite3.DatabaseError("the seal does not match")
            with self._exclusive():  # a writer seals before it releases the lock
                if not self._is_intact():
                    raise sqlite3.DatabaseError("the seal does not match")
        db = self._connect()
        if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            db.close()
            raise sqlite3.DatabaseError("another schema")
        db.execute(f"PRAGMA busy_timeout = {READ_SECONDS * 1000:.0f}")  # others write for a moment only
        return db

    def make(self) -> sqlite3.Connection:
        """Discard the file and return a new one, 0600."""
        with self._exclusive() as seal:
            self._unlink()
            os.close(os.open(self._path, _MODE | os.O_EXCL, 0o600))
            db = self._connect()
            db.execute(f"PRAGMA cache_size = -{_FILLING}")  # it is filled at once, every table in random order
            db.executescript(f"PRAGMA secure_delete = ON; BEGIN IMMEDIATE; {TABLES}")
            db.execute(f"PRAGMA user_version = {SCHEMA}")
            db.execute("COMMIT")
            self._write_stamp(seal)
        return db

    def discard(self, patience: float) -> None:
        """Discard the file; raise sqlite3.OperationalError if another process keeps writing it."""
        if not os.path.lexists(self._path):
            return
        try:
            with self._exclusive(patience) as seal:
                os.ftruncate(seal, 0)
                self._unlink()
        except (OSError, DiskFailure):  # a folder with files is in the place of the seal or a part: nobody can write
            for path in map(Path, self._parts):
                if not files.is_folder(path):
                    files.unlink(path)

    def was_touched(self) -> bool:
        """Return whether the file is not as mentorlog left it; False while a mentorlog writes it."""
        if self._is_intact():
            return False
        try:
            seal = files.look(self._seal)
            if seal is None or not S_ISREG(seal.st_mode):
                return True
            with self._exclusive():
                pass  # a writer seals before it releases the lock, which nobody else is to wait for
            return not self._is_intact()
        except InUse:
            return False
        except (OSError, MentorlogError):
            return True

    @contextmanager
    def writing(self, db: sqlite3.Connection) -> Iterator[None]:
        """Hold one transaction on the file, then seal it; raise sqlite3.OperationalError if another process writes it.

        Also if it is no longer the file that was opened: another file is never sealed, and the rollback journal of
        an old file is never left beside a new one.
        """
        if self.read_only:
            raise sqlite3.OperationalError("the file is opened for reading only")
        with self._exclusive() as seal:
            if os.lstat(self._path).st_ino != self._inode or not self._is_intact():
                raise sqlite3.OperationalError("another file is in its place")
            db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
            with transaction(db):
                yield
            db.execute(f"PRAGMA busy_timeout = {READ_SECONDS * 1000:.0f}")
            self._write_stamp(seal)

    def _unlink(self) -> None:
        for path in self._parts:
            files.clear(Path(path))

    @property
    def _parts(self) -> list[str]:
        return [f"{self._path}{part}" for part in INDEX_PARTS]

    def _connect(self) -> sqlite3.Connection:
        db = _connected(self._path)
        db.execute("PRAGMA secure_delete = ON")
        self._inode = os.lstat(self._path).st_ino
        return db

    def _stamp(self) -> bytes:
        return repr(files.stamp(os.lstat(self._path))).encode()

    def _is_intact(self) -> bool:
        """Return whether the file is as we left it, without a journal that SQLite would roll back."""
        try:
            fits = files.content(self._seal) == self._stamp()
        except (OSError, MentorlogError):
            return False
        return fits and not any(os.path.lexists(f"{self._path}{part}") for part in ("-journal", "-wal"))

    def _write_stamp(self, seal: int) -> None:
        now = time.time_ns()
        os.utime(self._path, ns=(now, now), follow_symlinks=False)
        os.ftruncate(seal, 0)
        os.pwrite(seal, self._stamp(), 0)

    @contextmanager
    def _exclusive(self, patience: float = BUSY_SECONDS) -> Iterator[int]:
        """Hold the lock of all writers: the seal's file."""
        seal = self._locked_seal(patience)
        try:
            yield seal
        finally:
            files.close(seal)

    def _locked_seal(self, patience: float) -> int:
        end = time.monotonic() + patience
        while True:
            seal = self._open_seal()
            try:
                syscalls.calls.flock(seal)
                if self._is_ours(seal):
                    return seal
            except BlockingIOError:
                pass
            except BaseException:
                files.close(seal)
                raise
            files.close(seal)
            if time.monotonic() > end:
                raise InUse("another mentorlog writes the index")
            time.sleep(_PAUSE)

    def _open_seal(self) -> int:
        """Return the open file of the seal; what else is in its place is removed, never followed or written."""
        from mentorlog.store.disk.lock import open_own

        try:
            return open_own(self._seal)
        except DiskFailure:
            files.clear(self._seal)  # another user's file, such as one of an earlier `sudo mentorlog`
            return open_own(self._seal)

    def _is_ours(self, seal: int) -> bool:
        """Return whether the locked file is still the seal, and nobody else's too; otherwise it is replaced."""
        opened = os.fstat(seal)
        try:
            if not os.path.samestat(opened, os.lstat(self._seal)):
                return False
        except FileNotFoundError:
            return False
        if opened.st_nlink > 1:
            self._seal.unlink()
        return opened.st_nlink == 1


def in_memory() -> sqlite3.Connection:
    """Return an empty database in memory."""
    db = _connected(":memory:")
    db.executescript(TABLES)
    return db


def _connected(path: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA temp_store = MEMORY")  # sorting must not write the user's text to a temporary folder
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold one transaction: all of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        yield
