"""The state of the index's file, without touching it: missing, damaged, foreign or behind; nothing is lost by it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote

from mentorlog.models.views import counted
from mentorlog.store.disk import files
from mentorlog.store.index.database import VerifiedDatabase
from mentorlog.store.index.rows import SCHEMA
from mentorlog.store.index.scan import EMPTY, NO_STAMP, DirectoryState, differences, scan_all
from mentorlog.store.layout import INDEX, INDEX_FILES

Listings = Mapping[str, DirectoryState]
DAMAGED = "the index is damaged"


def describe(root: Path) -> str | None:
    """Return what is wrong with the index at first sight, or None; store/index/soundness.py looks at every row."""
    if message := absent(root):
        return message
    try:
        with contextlib.closing(opened(root)) as db:
            if message := foreign(db):
                return message
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return DAMAGED
            return behind(listings(db), scan_all(root))
    except OSError:  # a folder that cannot be listed is reported separately
        return None
    except (sqlite3.Error, TypeError, ValueError):
        return DAMAGED


def absent(root: Path) -> str | None:
    """Return that there is no file of the index, or something else in its place."""
    seen = files.look(root / INDEX)
    if seen is None:
        return "there is no index yet"
    return None if S_ISREG(seen.st_mode) else f"it is {files.kind_of(seen.st_mode)}, not the index"


def opened(root: Path) -> sqlite3.Connection:
    """Return the file, to read as it is: nothing is created, locked or rolled back."""
    return sqlite3.connect(f"file:{quote(str(root / INDEX))}?mode=ro&immutable=1", uri=True)


def foreign(db: sqlite3.Connection) -> str | None:
    """Return that an index has other tables."""
    is_ours = db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    return None if is_ours else "the index was made by another version of mentorlog"


def listings(db: sqlite3.Connection) -> Listings:
    """Return the folders as the index last saw them."""
    rows = db.execute("SELECT folder, names, stamps FROM folders")
    return {folder: DirectoryState(names, stamps) for folder, names, stamps in rows}


def behind(stored: Listings, seen: Listings) -> str | None:
    """Return how many files have changed since the index was written; those that it reads again anyway do not count."""
    count = 0
    for folder, now in seen.items():
        old = stored.get(folder, EMPTY)
        racy = {name for name, stamp in old.stamped() if stamp == NO_STAMP}
        changed, gone = differences(old, now)
        count += len([name for name in changed if name not in racy]) + len(gone)
    return f"{counted(count, 'file')} changed since the index was written" if count else None


def used(root: Path) -> tuple[int, set[str]]:
    """Return every id that operations used, as far as the index has seen the log, and the number of the last one.

    0 and none if the file is not as mentorlog left it.
    """
    try:
        if absent(root) is None and not VerifiedDatabase(root / INDEX).was_touched():
            with contextlib.closing(opened(root)) as db:
                if foreign(db) is None:
                    seq = int(db.execute("SELECT seq FROM log").fetchone()[0])
                    return seq, {id for (id,) in db.execute("SELECT id FROM used")}
    except (OSError, sqlite3.Error, TypeError, ValueError):
        pass
    return 0, set()


def discard(root: Path) -> None:
    """Discard the index's files."""
    for name in INDEX_FILES:
        files.clear(root / name)
