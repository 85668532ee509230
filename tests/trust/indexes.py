"""An index as it should not be, in a thousand ways; the answers must be those of a scan of the files.

`python -m trust.indexes 17` (in tests/) does case 17; `0 1000` does so many and prints what came of them as JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

from faults import sample_journal
from faults.harness import Harness, harness_in_memory, records_of
from mentorlog.store.index import query
from trust.rubbish import run

INDEX, JOURNAL, SEAL = "index.sqlite", "index.sqlite-journal", "index.seal"
ASKED = [("search", "er", "--json"), ("goal", "list", "--all", "--json"), ("status",)]
SECONDS = 3.0  # another may hold the index for a while; nobody waits for it longer than that


class Shelf:
    """A journal with two states of its files, and indexes of other places and times to put in the way."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.folder = harness.root / ".mentorlog"
        sample_journal.write(harness.root)
        harness.run("delete", "n6h7j", "--yes")
        self.old = self._kept(harness.folder / "old")
        harness.run("goal", "add", "Present at grand rounds", "--with", "osler")
        harness.run("set", "osler", "email=osler@example.org")
        harness.run("goal", "drop", "g8v7w", "-m", "Nobody came")
        self.now = self._kept(harness.folder / "now")
        self.tree = harness.tree()
        other = Harness(harness.folder / "elsewhere")
        other.folder.mkdir()
        sample_journal.write(other.root)
        for path in list(other.root.glob("goals/*.toml"))[:2]:
            path.unlink()
        (other.root / "mentors" / "osler.toml").write_bytes(
            (other.root / "mentors" / "osler.toml").read_bytes().replace(b"William", b"Mallory")
        )
        other.index_answers()
        self.foreign = other.root / ".mentorlog"
        self.expected: dict[frozenset[tuple[str, bytes]], tuple[Any, ...]] = {}

    def _kept(self, folder: Path) -> Path:
        self.harness.index_answers()
        shutil.copytree(self.folder, folder)
        return folder

    def fresh(self, chance: Random) -> None:
        """Lay out the journal with a sound index; then, mostly, change a record behind its back."""
        self.harness.restore(self.tree)
        for name in (INDEX, JOURNAL, SEAL):
            _remove(self.folder / name)
        self.harness.index_answers()
        if chance.random() < 0.7:
            path = chance.choice(sorted(path for path in records_of(self.tree) if "/" in path))
            data = self.tree[path].replace(b'title = "', b'title = "Now: ').replace(b'name = "', b'name = "Dr ')
            self.harness.restore({**self.tree, path: data})

    def answers(self, harness: Harness | None = None) -> tuple[Any, ...]:
        """Return all that a reader is told, by the index itself and by commands."""
        journal = (harness or self.harness).journal()
        told = self.harness.index_answers(journal)
        gone = [id for id in ("n6h7j", "g7k3q", "g9999", "blackwell") if query.was_used(journal.reading.index, id)]
        return told, gone, *((ran.exit, ran.out, ran.err) for ran in map(run, ASKED))

    def wanted(self) -> tuple[Any, ...]:
        """Return what is to be told of the files as they are: with no index there before."""
        tree = self.harness.tree()
        key = frozenset(tree.items())
        if key not in self.expected:
            with _elsewhere(self.harness.folder / "scan") as other:
                other.restore(tree)
                self.expected[key] = self.answers(other)
            assert self.expected[key][0] == self.harness.expected_answers(records_of(tree))
        return self.expected[key]

    def case(self, number: int) -> list[str]:
        """Do one case; return what was wrong."""
        chance = Random(f"index {number}")
        way = WAYS[number % len(WAYS)]
        self.fresh(chance)
        wanted, wrong = self.wanted(), []
        with way(self, chance):
            for when in ("at once", "again"):
                start = time.perf_counter()
                if self.answers() != wanted:
                    wrong.append(f"{when} the answers differ from the files")
                if time.perf_counter() - start > SECONDS * (1 + len(ASKED)):
                    wrong.append(f"{when} it took {time.perf_counter() - start:.1f} s")
            done = run(("goal", "pause", "g2n5t", "-m", "x")) if chance.random() < 0.3 else None
            if done and (done.exit or self.answers() != self.wanted()):
                wrong.append(f"after a change the answers differ from the files; {done.err}")
        if self.answers() != self.wanted():
            wrong.append("afterwards the answers differ from the files")
        return [f"index {number}, {way.__name__}: {one}" for one in wrong]


@contextmanager
def _elsewhere(folder: Path) -> Iterator[Harness]:
    """Lay the same journal out in another place, where no index ever was."""
    folder.mkdir()
    other = Harness(folder)
    kept = os.environ["MENTORLOG_JOURNAL"]
    os.environ["MENTORLOG_JOURNAL"] = str(other.root)
    try:
        yield other
    finally:
        os.environ["MENTORLOG_JOURNAL"] = kept
        shutil.rmtree(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


@contextmanager
def flipped(shelf: Shelf, chance: Random) -> Iterator[None]:
    """Bytes change within the file, its size stays; with its times put back or not."""
    path = shelf.folder / INDEX
    before = path.stat()
    with path.open("r+b") as file:
        for _ in range(chance.choice([1, 3, 50, 2_000])):
            file.seek(chance.randrange(before.st_size))
            file.write(bytes([chance.randrange(256)]))
    if chance.random() < 0.5:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield


@contextmanager
def words_replaced(shelf: Shelf, chance: Random) -> Iterator[None]:
    """A word in it becomes another one of the same length, which SQLite cannot notice."""
    path = shelf.folder / INDEX
    before = path.stat()
    old, new = chance.choice([(b"Osler", b"Odder"), (b"active", b"paused"), (b"g7k3q", b"g7k3z"), (b"todo", b"done")])
    data = path.read_bytes().replace(old, new)
    with path.open("r+b") as file:
        file.write(data)
    if chance.random() < 0.5:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield


@contextmanager
def cut(shelf: Shelf, chance: Random) -> Iterator[None]:
    """The end is missing, or too much follows."""
    path = shelf.folder / INDEX
    size = path.stat().st_size
    os.truncate(path, chance.choice([0, 1, 99, 100, 4096, size - 1, size + 4096, chance.randrange(size)]))
    yield


@contextmanager
def something_else(shelf: Shelf, chance: Random) -> Iterator[None]:
    """The file holds anything else."""
    (shelf.folder / INDEX).write_bytes(
        chance.choice([b"", b"\0" * 8192, b"SQLite format 3\0", b"{}", chance.randbytes(9000)])
    )
    yield


@contextmanager
def of_another_journal(shelf: Shelf, chance: Random) -> Iterator[None]:
    """It is another journal's, put in place by a copy, its seal too or not."""
    for name in (INDEX, SEAL)[: chance.choice([1, 2])]:
        _copy(shelf.foreign / name, shelf.folder / name, chance)
    yield


@contextmanager
def of_yesterday(shelf: Shelf, chance: Random) -> Iterator[None]:
    """It comes back from a copy made earlier, its seal too or not."""
    source = chance.choice([shelf.old, shelf.now])
    for name in chance.choice([(INDEX,), (INDEX, SEAL), (SEAL,)]):
        _copy(source / name, shelf.folder / name, chance)
    yield


def _copy(source: Path, target: Path, chance: Random) -> None:
    """Copy over a file, or put a new one there; with the times of the source or not."""
    if chance.random() < 0.5:
        target.write_bytes(source.read_bytes())
    else:
        staged = target.with_name("copy")
        shutil.copyfile(source, staged)
        staged.rename(target)
    if chance.random() < 0.5:
        shutil.copystat(source, target)


@contextmanager
def of_another_version(shelf: Shelf, chance: Random) -> Iterator[None]:
    """A newer or older mentorlog wrote it: another schema number, tables more or less."""
    more = [
        ["DROP TABLE links"],
        ["CREATE TABLE more (x)"],
        ["ALTER TABLE records ADD COLUMN y"],
        ["DROP TABLE words"],
        [],
    ]
    _sql(shelf.folder / INDEX, f"PRAGMA user_version = {chance.choice([0, 1, 99, -1])}", *chance.choice(more))
    yield


@contextmanager
def changed_by_hand(shelf: Shelf, chance: Random) -> Iterator[None]:
    """Somebody changed rows with SQLite's own program."""
    statements = [
        "UPDATE records SET title = 'Lies', data = replace(data, 'Osler', 'Mallory')",
        "UPDATE records SET fingerprint = 'x'",
        "DELETE FROM links",
        "DELETE FROM records WHERE kind = 'goal'",
        "UPDATE records SET data = '[]'",
        "UPDATE folders SET stamps = zeroblob(8)",
        "DELETE FROM folders",
        "UPDATE folders SET names = 'x'",
        "INSERT INTO problems VALUES ('goals/x.toml', 'Lies', 1, 'invalid')",
        "UPDATE evidence SET day = '1999-01-01'",
        "DELETE FROM used",
        "INSERT INTO used VALUES ('g9999')",
        "DELETE FROM words",
        "DELETE FROM defaults",
    ]
    _sql(shelf.folder / INDEX, *chance.sample(statements, chance.choice([1, 2])))
    yield


@contextmanager
def with_a_strange_seal(shelf: Shelf, chance: Random) -> Iterator[None]:
    """The seal is missing, empty, of another file, rubbish, or no file."""
    seal = shelf.folder / SEAL
    right = seal.read_bytes()
    _remove(seal)
    others = [b"", b"\0", right[:-1], right + b"\n", b"(0, 0, 0, 0)", chance.randbytes(100), b"x" * 10_000_000]
    match chance.choice(["missing", "other", "other", "folder", "pipe", "link", "zero", "loop"]):
        case "other":
            seal.write_bytes(chance.choice(others))
        case "folder":
            seal.mkdir()
        case "pipe":
            os.mkfifo(seal)
        case "link":
            (shelf.harness.folder / "elsewhere.seal").write_bytes(right)
            seal.symlink_to(shelf.harness.folder / "elsewhere.seal")
        case "zero":
            seal.symlink_to("/dev/zero")
        case "loop":
            seal.symlink_to(seal)
    try:
        yield
    finally:
        _remove(seal)


@contextmanager
def no_file(shelf: Shelf, chance: Random) -> Iterator[None]:
    """In place of the index is nothing, a folder, a pipe, or a link to somewhere."""
    index = shelf.folder / INDEX
    kept = shelf.harness.folder / "kept.sqlite"
    shutil.copyfile(index, kept)
    _remove(index)
    match chance.choice(["nothing", "folder", "pipe", "link", "dangling", "zero"]):
        case "folder":
            index.mkdir()
        case "pipe":
            os.mkfifo(index)
        case "link":
            index.symlink_to(kept)
        case "dangling":
            index.symlink_to(shelf.harness.folder / "nowhere")
        case "zero":
            index.symlink_to("/dev/zero")
    if chance.random() < 0.3:
        _remove(shelf.folder / SEAL)
    try:
        yield
    finally:
        _remove(index)


@contextmanager
def with_a_journal_beside_it(shelf: Shelf, chance: Random) -> Iterator[None]:
    """A rollback journal lies beside it: rubbish, or a real one of another time that SQLite would play back."""
    target = shelf.folder / JOURNAL
    if chance.random() < 0.3:
        target.write_bytes(chance.choice([b"", b"\0" * 1024, chance.randbytes(5000)]))
    else:
        scratch = shelf.harness.folder / "scratch.sqlite"
        shutil.copyfile(shelf.old / INDEX, scratch)
        with closing(sqlite3.connect(scratch, isolation_level=None)) as db:
            db.execute("PRAGMA cache_size = 1")
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE records SET data = replace(data, 'Osler', 'Mallory'), title = 'x'")
            shutil.copyfile(scratch.with_name("scratch.sqlite-journal"), target)
    yield


@contextmanager
def locked(shelf: Shelf, chance: Random) -> Iterator[None]:
    """Another program holds SQLite's lock on it, to read or to write."""
    with closing(sqlite3.connect(shelf.folder / INDEX, isolation_level=None)) as db:
        db.execute(chance.choice(["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "BEGIN"]))
        db.execute("SELECT count(*) FROM records").fetchall()
        yield
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")


@contextmanager
def being_written(shelf: Shelf, chance: Random) -> Iterator[None]:
    """Another mentorlog holds the seal, as one that writes does, and does not let go."""
    seal = os.open(shelf.folder / SEAL, os.O_RDWR)
    fcntl.flock(seal, fcntl.LOCK_EX)
    if chance.random() < 0.5:
        os.truncate(seal, 0)
    try:
        yield
    finally:
        os.close(seal)


QUICK_WAYS = [flipped, words_replaced, cut, something_else, of_another_journal, of_yesterday, of_another_version]
QUICK_WAYS += [changed_by_hand, with_a_strange_seal, no_file, with_a_journal_beside_it]
SLOW_WAYS = [locked, being_written]  # they wait
WAYS: list[Callable[[Shelf, Random], Any]] = [*QUICK_WAYS * 4, *SLOW_WAYS]


def told(first: int, count: int) -> dict[str, Any]:
    """Do cases; return how many there were and what was wrong."""
    with harness_in_memory() as harness:
        shelf = Shelf(harness)
        wrong = [one for number in range(first, first + count) for one in shelf.case(number)]
        return {"cases": count, "wrong": wrong}


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    print(json.dumps(told(*(numbers + [0, 1][len(numbers) :])), indent=1))
