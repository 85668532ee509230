"""Whether the index is as it was written, to the bit: what a rotten disk has changed in it changes no stamp.

SQLite notices a broken page, but not another byte in a value. So each table has somebody who vouches for it: a
checksum for a record's row and words; `PRAGMA integrity_check` for links, evidence, problems, ids and all keys, which
are in a b-tree index too; FTS5's own check for the search; the program for the defaults and the schema; the rows for
the names in `folders`. A stamp or a number of the log that changed only has mentorlog look again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Mapping
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Thread

from mentorlog.errors import MentorlogError
from mentorlog.models.fields import class_of
from mentorlog.models.profile import Profile
from mentorlog.store.disk import files
from mentorlog.store.index import health, scan
from mentorlog.store.index.database import VerifiedDatabase, in_memory
from mentorlog.store.index.rows import compact, row_defaults
from mentorlog.store.layout import FOLDERS, INDEX, shown, template_at
from mentorlog.values import Value

_TRIES = 3
_CHECKED = ("path", "kind", "id", "fingerprint", "title", "alias", "status", "subkind", "day", "created", "data")
_TEXTS = [*(f"r.{column}" for column in _CHECKED), *(f"w.c{number}" for number in range(5))]
_JOINED = " || ".join(f"typeof({text}) || ifnull({text}, '')" for text in _TEXTS)
_ROWS = f"""
SELECT max(id), group_concat(path, char(10)), group_concat(fingerprint, char(10)), group_concat(checksum, char(10)),
    group_concat(length(CAST(texts AS BLOB)), char(10)), CAST(group_concat(texts, '') AS BLOB)
FROM (SELECT r.rowid AS id, r.path, r.fingerprint, r.checksum, {_JOINED} AS texts FROM records r
    LEFT JOIN words_content w ON w.id = r.rowid WHERE r.rowid > ? ORDER BY r.rowid LIMIT 1000)"""
"""A thousand records in one row: after each row, Python has the thread wait for the one that reads the files."""
_ENTRIES = "SELECT segid, pgno >> 1, term FROM words_idx ORDER BY segid, term"
_LEAVES = "SELECT id, block FROM words_data WHERE id >> 37 > 0 AND id >> 36 & 1 = 0 ORDER BY id"


class Soundness(Value):
    """What is wrong with the index, whether the next command would notice it, and which files changed unseen."""

    message: str | None
    heals: bool = True
    silent: tuple[str, ...] = ()
    """Paths of files that hold other bytes than the index read from them, though their stamps are the same."""


class _Rows(Value):
    """What an index holds: the fingerprints of records, the paths of problems, and the folders."""

    records: Mapping[str, str]
    problems: frozenset[str]
    folders: health.Listings


class Inspection:
    """The check of an index. It starts at once, in a thread beside the reading of the files, whose hashes end it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._start()

    def _start(self) -> None:
        self._stamp = self._stamped()
        self._seen: _Rows | Soundness = Soundness(health.absent(self._root))
        self._thread = Thread(target=self._inspect, daemon=True)
        if self._seen.message is None:
            self._thread.start()

    def _stamped(self) -> tuple[int, ...] | None:
        seen = files.look(self._root / INDEX)
        return files.stamp(seen) if seen else None

    def _inspect(self) -> None:
        """Ask SQLite alone: no other call of the store is made in a thread."""
        try:
            self._seen = self._inspected()
        except Exception:  # a damaged file may hold anything
            self._seen = Soundness(health.DAMAGED, heals=False)

    def _inspected(self) -> _Rows | Soundness:
        """Check a copy in memory: it keeps no other command waiting, and none changes it."""
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            with contextlib.closing(health.opened(self._root)) as source:
                source.backup(db)
            if message := health.foreign(db):
                return Soundness(message)
            if not _is_whole(db):
                return Soundness(health.DAMAGED, heals=False)
            records, wrong = _records(db)
            if wrong:
                return Soundness(_named(wrong), heals=False)
            if not _is_as_computed(db):
                return Soundness(health.DAMAGED, heals=False)
            problems = {path for (path,) in db.execute("SELECT path FROM problems")}
            return _Rows(records, frozenset(problems.difference(FOLDERS.values())), health.listings(db))

    def result(self, hashes: Mapping[str, str]) -> Soundness:
        """Return what is wrong, given the sha256 of every file that could be read, by its path as the rows show it."""
        for _ in range(_TRIES):
            if self._thread.is_alive():
                self._thread.join()
            if self._stamp == self._stamped():
                return self._compared(hashes)
            self._start()  # another command has written the index meanwhile
        return Soundness(None)

    def _compared(self, hashes: Mapping[str, str]) -> Soundness:
        try:
            return self._result(hashes)
        except OSError:  # a folder that cannot be listed is reported separately
            return Soundness(None)

    def _result(self, hashes: Mapping[str, str]) -> Soundness:
        seen = self._seen
        if self._stamp and VerifiedDatabase(self._root / INDEX).was_touched():
            return Soundness("it is not as mentorlog left it")
        if isinstance(seen, Soundness):
            return seen
        known, listed = seen.problems.union(seen.records), _stamps(seen.folders)
        if unlisted := known - listed.keys():
            return Soundness(_named(unlisted), heals=False)
        records = {path: sha for path, sha in hashes.items() if not template_at(path)}
        if seen.records == records and listed.keys() == known and not seen.problems:
            return Soundness(None)  # every byte says more than any stamp
        now = scan.scan_all(self._root)
        stamps = _stamps(now)
        unmoved = {path for path, stamp in listed.items() if stamps.get(path) == stamp != scan.NO_STAMP}
        if lost := unmoved - known:  # a file deleted while its folder was listed has a name, but no stamp any more
            return Soundness(_named(lost), heals=False)
        marks = ((path, seen.records[path]) for path in sorted(unmoved.intersection(seen.records)))
        silent = [path for path, mark in marks if hashes.get(path, mark) != mark and self._differs(path, mark)]
        if silent:  # one that was changed between the scan and the reading has another stamp by now
            again = _stamps(scan.scan_all(self._root))
            silent = [path for path in silent if again.get(path) == listed[path]]
        return Soundness(health.behind(seen.folders, now), silent=tuple(silent))

    def _differs(self, path: str, mark: str) -> bool:
        """Return whether a file is still another one: an unfinished change has others read what it will be."""
        with contextlib.suppress(MentorlogError):
            data = files.content(self._root / path)
            return data is not None and files.fingerprint(data) != mark
        return False


def _named(paths: Collection[str]) -> str:
    others = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
    return f"{health.DAMAGED}: the row of {min(paths)} is not as it was written{others}"


def _is_whole(db: sqlite3.Connection) -> bool:
    """Return whether the tables are ours, and each of them fits its b-tree indexes."""
    with contextlib.closing(in_memory()) as model:
        for table in ("sqlite_master", "words_config"):
            columns = "type, name, tbl_name, sql" if table == "sqlite_master" else "*"
            rows = f"SELECT {columns} FROM {table} ORDER BY 1, 2"
            if db.execute(rows).fetchall() != model.execute(rows).fetchall():
                return False
    return bool(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def _is_as_computed(db: sqlite3.Connection) -> bool:
    """Return whether the search and the small tables are what follows from the records; SQLite raises some errors."""
    db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    return bool(
        db.execute("SELECT (SELECT count(*) FROM records) = (SELECT count(*) FROM words_content)").fetchone()[0]
        and db.execute("SELECT typeof(seq) FROM log").fetchall() == [("integer",)]
        and not db.execute("SELECT 1 FROM folders WHERE typeof(names) || typeof(stamps) != 'blobblob'").fetchone()
        and all(text == _defaults(kind) for kind, text in db.execute("SELECT kind, defaults FROM defaults"))
        and leads_to_every_word(db)
    )


def _records(db: sqlite3.Connection) -> tuple[dict[str, str], list[str]]:
    """Return the fingerprints of all records by path, and the paths of those that do not fit their checksums."""
    records: dict[str, str] = {}
    wrong: list[str] = []
    last = -1
    while (row := db.execute(_ROWS, (last,)).fetchone())[0] is not None:
        last, (paths, marks, checksums, sizes), texts = row[0], (column.split("\n") for column in row[1:5]), row[5]
        records.update(zip(paths, marks, strict=True))
        ends = list(accumulate(map(int, sizes), initial=0))
        for path, kept, start, end in zip(paths, checksums, ends, ends[1:], strict=False):
            if sha256(texts[start:end]).hexdigest()[:16] != kept:
                wrong.append(path)
        if not len(paths) == len(checksums) == len(sizes) or ends[-1] != len(texts):
            raise sqlite3.DatabaseError("a row is damaged")
    return records, wrong


def _defaults(kind: str) -> str:
    part = None if kind == "journal" else Profile if kind == "profile" else class_of(kind)
    return compact(row_defaults(part))


def leads_to_every_word(db: sqlite3.Connection) -> bool:
    """Return whether the entries by which the search finds its pages fit them: FTS5's own check ignores most of them.

    An entry has the beginning of the first word of its page. The first page of a segment may have lost its first words,
    and with them all pages before, to a merge that is not finished; their entries stay.
    """
    entries = db.execute(_ENTRIES).fetchall()
    if any(one[0] == other[0] and one[1] >= other[1] for one, other in pairwise(entries)):
        return False
    begins = {(segment << 37) + page: term for segment, page, term in entries}
    before = 0
    for id, leaf in db.execute(_LEAVES):
        places = int.from_bytes(leaf[2:4])  # where the places of the words on the page begin
        if places < len(leaf):
            if id not in begins:
                return False
            length, start = _varint(leaf, _varint(leaf, places)[0])
            if before >> 37 == id >> 37 and not leaf[start : start + length].startswith(begins[id]):
                return False
        before = id
    return True


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of SQLite's, seven bits a byte, and where it ends."""
    number = 0
    while data[at] & 0x80:
        number, at = (number | data[at] & 0x7F) << 7, at + 1
    return number | data[at], at + 1


def _stamps(folders: health.Listings) -> dict[str, bytes]:
    """Return the stamps of all files by path, as the rows show it."""
    return {
        shown(f"{folder}/{name}".removeprefix("/")): stamp
        for folder, listing in folders.items()
        for name, stamp in listing.stamped()
    }
