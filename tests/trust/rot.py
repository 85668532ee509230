"""One bit flipped somewhere in a journal, its index or its backup; what is said of it, and what mends it.

`Rot` is a bench whose backup is made too; `flips` chooses places, each bit of a kind of file as likely as another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from faults.harness import INDEX, Harness, Tree
from faults.outside import verified
from mentorlog.domain.reports import Verified
from mentorlog.store.backup.archive import SUMS, BadBackup
from mentorlog.store.oplog.operation import decoded
from trust.vouched import Bench, numbers, operation, ran

SHARES = {"record": 300, "profile": 60, "template": 60, "operation": 250, "index": 150, "sums": 80, "backup": 100}
"""How many of 1,000 flips each kind of file has."""
BACKUP = "backup.tar"
HARMLESS = LOOKED_AT_AGAIN, UNUSED = "only has mentorlog look again", "changes no row"
"""Why a flip in the index need not be named; both are proven."""
STAMPS = {"folders", "log"}
"""The tables of the index where a bit that changed only has mentorlog look again at the files."""


class Flip(NamedTuple):
    """One bit of one file."""

    kind: str
    path: str
    at: int
    bit: int

    def of(self, data: bytes) -> bytes:
        """Return the bytes with that bit flipped."""
        return data[: self.at] + bytes([data[self.at] ^ self.bit]) + data[self.at + 1 :]


class Told(NamedTuple):
    """What came of a flip: complaints, the state of the file then, and why it need not be named."""

    wrong: list[str]
    state: str = ""
    harmless: str = ""


class Rot(Bench):
    """A journal whose index and backup are kept, each the bytes that belong to its files."""

    def __init__(self, harness: Harness) -> None:
        super().__init__(harness)
        self.backup = harness.folder / BACKUP
        ran(harness.run("backup", "make", str(self.backup), "--with-log"))
        self.files: Tree = {**self.tree, INDEX: self.index, BACKUP: self.backup.read_bytes()}
        self.rows = rows(harness.root / INDEX)
        self.answers = harness.index_answers()

    def flips(self, kind: str, chance: Random) -> Iterator[Flip]:
        """Yield places of bits in the files of a kind, without end."""
        parts = self._parts(kind)
        while True:
            path, at = _place(parts, chance)
            yield Flip(kind, path, at, 1 << chance.randrange(8))

    def _parts(self, kind: str) -> list[tuple[str, int, int]]:
        """Return the parts of files that a kind consists of: paths, beginnings and sizes."""
        tar = self.files[BACKUP]
        start = tar.index(f"{SUMS}\0".encode()) + 512
        size = int(tar[start - 512 + 124 : start - 512 + 135], 8)
        if kind == "sums":
            return [(BACKUP, start, size)]
        kinds = {BACKUP: "backup", INDEX: "index", "profile.toml": "profile"}
        folders = {"templates": "template", ".mentorlog": "operation"}
        known = {path: kinds.get(path) or folders.get(path.partition("/")[0], "record") for path in self.files}
        del known["journal.toml"], known[".mentorlog/.gitignore"]  # the log does not vouch for them
        return [(path, 0, len(self.files[path])) for path in sorted(known) if known[path] == kind]

    def told(self, flip: Flip, *, mend: bool = True) -> Told:
        """Do one flip; return what came of it; `mend`: also mend what is damaged, and undo that."""
        self.put_back()
        if flip.kind in ("sums", "backup"):
            return self._in_backup(flip)
        if flip.kind == "index":
            return self._in_index(flip)
        self.put_back({**self.tree, flip.path: flip.of(self.tree[flip.path])})
        found = self.harness.journal().verify()
        return self._in_log(flip, found) if flip.kind == "operation" else self._in_record(flip, found, mend)

    # A record, the profile, a template

    def _in_record(self, flip: Flip, found: Verified, mend: bool) -> Told:
        states = {one.path: one.state for one in found.files}
        errors = {one.path for one in found.findings if one.level == "error"}
        state = states.pop(flip.path, None)
        if state not in ("changed", "damaged") or (flip.path in errors) != (state == "damaged"):
            return Told([f"{flip}: called {state}: {found.findings}"])
        if states or errors - {flip.path} or found.flaws:
            return Told([f"{flip}: others were accused: {states}, {errors}, {found.flaws}"])
        return self._mended(flip) if state == "damaged" and mend else Told([], state)

    def _mended(self, flip: Flip) -> Told:
        """The log gives the file back to the byte, and an undo the damaged bytes."""
        journal, path = self.harness.journal(), self.harness.root / flip.path
        damaged, others = path.read_bytes(), {key: data for key, data in self.tree.items() if "/operations/" not in key}
        journal.repair(lambda offered: [one.path for one in offered])
        now = {key: data for key, data in self.harness.tree().items() if key in others}
        wrong = [f"{flip}: not mended"] if now != others else []
        if not wrong:
            wrong += [f"{flip}: {one}" for one in map(str, self.harness.journal().verify().findings)]
            self.harness.journal().undo()
            wrong += [] if path.read_bytes() == damaged else [f"{flip}: undo gives other bytes"]
        return Told(wrong, "mended")

    def twice_rotten(self, chance: Random) -> list[str]:
        """Lose half of a record, and change a letter of the newest text that the log holds of it; then mend it.

        It becomes a text that it once had, with the damaged one saved beside, or stays as it is.
        """
        path, texts = chance.choice(sorted(self._texts().items()))
        newest = max(texts)
        rotten = self.tree[operation(newest)].replace(rb"\ntitle = ", rb"\ntitlf = ")
        assert rotten != self.tree[operation(newest)], "nothing is rotten"
        damaged = self.tree[path][: self.tree[path].index(b"title") + 9]
        self.put_back({**self.tree, path: damaged, operation(newest): rotten})
        self.harness.journal().repair(lambda offered: [one.path for one in offered])
        now = self.harness.tree()
        saved = {data for name, data in now.items() if name.startswith(".mentorlog/conflicts/")}
        if now[path] == damaged:
            return []
        wrong = [] if now[path] in texts.values() else [f"{path} was mended from a text that it never had"]
        return wrong + ([] if damaged in saved else [f"the damaged text of {path} was not saved"])

    def _texts(self) -> dict[str, dict[int, bytes]]:
        """Return the texts that the log holds of goals and tasks, by path and number of the operation."""
        found: dict[str, dict[int, bytes]] = {}
        for seq in numbers(self.tree):
            entry = decoded(self.tree[operation(seq)])
            for file in entry.operation.files:
                if file.before_sha and file.path in self.tree and file.path.startswith(("goals/", "tasks/")):
                    found.setdefault(file.path, {})[seq] = entry.before(file.path) or b""
        return found

    # An operation

    def _in_log(self, flip: Flip, found: Verified) -> Told:
        """It is named, or the one before, which is then not the one that it names; and no record is accused."""
        seq = int(flip.path[-11:-5])
        errors = {one.path for one in found.findings if one.level == "error"}
        wrong = [] if flip.path in errors else [f"{flip}: not named, but {found.findings}"]
        if others := errors - {flip.path, operation(seq - 1)}:
            wrong.append(f"{flip}: others were accused: {others}")
        if states := {one.path: one.state for one in found.files if one.state not in ("unknown", "changed")}:
            wrong.append(f"{flip}: records were accused: {states}")
        return Told(wrong)

    # The index

    def _in_index(self, flip: Flip) -> Told:
        """It is named, and then mended, or every row is what it was and every answer right."""
        self.harness.put_index(flip.of(self.index))
        found = self.harness.journal().verify()
        others = [one for one in found.findings if one.category != "index"]
        if others or found.files or found.flaws:
            return Told([f"{flip}: others were accused: {others}, {found.files}, {found.flaws}"])
        harmless = "" if found.findings else self._harmless()
        if harmless == "":
            if not found.findings:
                return Told([f"{flip}: not named, but rows are others: {self._differing()}"])
            self.harness.journal().repair()
        wrong = [] if self.harness.index_answers() == self.answers else [f"{flip}: the answers are others"]
        return Told(wrong, harmless=harmless)

    def _harmless(self) -> str:
        tables = self._differing()
        return UNUSED if not tables else LOOKED_AT_AGAIN if tables <= STAMPS else ""

    def _differing(self) -> set[str]:
        now = rows(self.harness.root / INDEX)
        return {table for table in {*now, *self.rows} if now.get(table) != self.rows.get(table)}

    # The backup

    def _in_backup(self, flip: Flip) -> Told:
        self.backup.write_bytes(flip.of(self.files[BACKUP]))
        try:
            verified(self.backup)
        except BadBackup as error:
            return Told([] if str(self.backup) in error.sentence else [f"{flip}: {error}"])
        return Told([f"{flip}: not named"])


def _place(parts: list[tuple[str, int, int]], chance: Random) -> tuple[str, int]:
    """Return a byte of some parts of files."""
    at = chance.randrange(sum(size for _, _, size in parts))
    for path, start, size in parts:
        if at < size:
            return path, start + at
        at -= size
    raise AssertionError


def rows(path: Path) -> Mapping[str, Any]:
    """Return every row of every table of an index, by table."""
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        database.text_factory = bytes
        with suppress(sqlite3.DatabaseError):
            tables = database.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name, type").fetchall()
            found["sqlite_master"] = tables
            for name in [name.decode() for name, kind, _ in tables if kind == b"table"]:
                found[name] = _selected(database, f"SELECT rowid, * FROM {name}", f"SELECT * FROM {name}")
    return found


def _selected(database: sqlite3.Connection, *queries: str) -> Any:
    """Return the rows of the first query that the table answers; not every table has numbers of rows."""
    for query in queries:
        with suppress(sqlite3.DatabaseError):
            return database.execute(query).fetchall()
    return "unreadable"
