"""The state of the index's file, without touching it: missing, damaged, foreign or behind; nothing is lost by it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote

from mentorlog.models.views import counted
from mentorlog.store.disk import files
from mentorlog.store.index.rows import SCHEMA
from mentorlog.store.index.scan import EMPTY, NO_STAMP, DirectoryState, differences, scan_all
from mentorlog.store.layout import INDEX, INDEX_FILES


def describe(root: Path) -> str | None:
    """Return what is wrong with the index, or None if it is sound."""
    file = root / INDEX
    seen = files.look(file)
    if seen is None:
        return "there is no index yet"
    if not S_ISREG(seen.st_mode):
        return f"it is {files.kind_of(seen.st_mode)}, not the index"
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                return "the index was made by another version of mentorlog"
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return "the index is damaged"
            return _behind(db, root)
    except OSError:  # a folder that cannot be listed is reported separately
        return None
    except (sqlite3.Error, TypeError, ValueError):
        return "the index is damaged"


def _behind(db: sqlite3.Connection, root: Path) -> str | None:
    """Return how many files have changed since the index was written; those that it reads again anyway do not count."""
    rows = db.execute("SELECT folder, names, stamps FROM folders")
    stored = {folder: DirectoryState(names, stamps) for folder, names, stamps in rows}
    count = 0
    for folder, now in scan_all(root).items():
        old = stored.get(folder, EMPTY)
        racy = {name for name, stamp in old.stamped() if stamp == NO_STAMP}
        changed, gone = differences(old, now)
        count += len([name for name in changed if name not in racy]) + len(gone)
    return f"{counted(count, 'file')} changed since the index was written" if count else None


def discard(root: Path) -> None:
    """Discard the index's files."""
    for name in INDEX_FILES:
        files.clear(root / name)
