"""A harness: one journal in memory (tmpfs where there is one), put back in a moment, and the program run on it here.

Everything that chance decides (ids, temporary names) comes from a seed, so that a command which is run again on the
same files writes the same bytes: there is one `old` and one `new` for each workflow.
"""

from __future__ import annotations

import gc
import io
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from faults import sample_journal
from faults.inject import Killed
from faults.once import build_once, read_once
from mentorlog import places
from mentorlog.errors import Unreadable
from mentorlog.store.disk import files
from mentorlog.store.index import query, scan
from mentorlog.store.index.rows import index_file
from mentorlog.store.journal import Journal
from mentorlog.store.layout import JOURNAL, Layout
from mentorlog.store.seen import HEAD, Seen

Tree = dict[str, bytes]
HIDDEN = ".mentorlog/"
OUTSIDE = (f"{HIDDEN}index.", f"{HIDDEN}lock", f"{HIDDEN}drafts/")  # no part of what must be old or new
INDEX = f"{HIDDEN}index.sqlite"
MEMORY = "/dev/shm"
_PIECE = 1 << 16


class Ended(NamedTuple):
    """How a run ended: its exit status (None: killed), and what it printed."""

    exit: int | None
    out: str
    err: str

    @property
    def acknowledged(self) -> bool:
        """Whether somebody may rely on the change: exit 0, or the result on stdout before the process died."""
        return self.exit == 0 or (self.exit is None and self.out != "")


class Harness:
    """The folder of one journal, and what can be done with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "journal"
        self._stamp = 0
        self._dumps: dict[frozenset[tuple[str, bytes]], Any] = {}
        self._views: dict[tuple[str, bytes], Any] = {}

    # The files

    def tree(self) -> Tree:
        """Return every file of the journal but the index, the lock and the drafts."""
        found: Tree = {}
        root, folders = f"{self.root}/", [""]
        for folder in folders:
            try:
                inside = os.scandir(root + folder)
            except FileNotFoundError:
                continue
            with inside:
                for one in inside:
                    path = folder + one.name
                    if one.is_dir(follow_symlinks=False):
                        folders.append(f"{path}/")
                    elif not path.startswith(OUTSIDE):
                        found[path] = _bytes(root + path)
        return found

    def restore(self, tree: Tree) -> None:
        """Make the journal's files those of a tree, each rewritten one with a stamp that it never had."""
        if not tree:
            shutil.rmtree(self.root, ignore_errors=True)
        now = self.tree()
        for path in now:
            if path not in tree:
                os.unlink(self.root / path)  # noqa: PTH108
        for path, data in tree.items():
            if now.get(path) != data:
                self._write(path, data)
        shutil.rmtree(self.root / ".mentorlog" / "drafts", ignore_errors=True)
        self.put_seen(None)

    def _write(self, path: str, data: bytes) -> None:
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if not os.path.isdir(folder):  # noqa: PTH112
            os.makedirs(folder, mode=0o700)  # noqa: PTH103
        with open(f"{target}~", "wb") as file:
            file.write(data)
        self._stamp += 1_000
        os.utime(f"{target}~", ns=(self._stamp, self._stamp))
        os.replace(f"{target}~", target)  # noqa: PTH105

    def folders(self) -> list[str]:
        """Return every folder of the journal, the empty ones too."""
        return [folder[len(str(self.root)) + 1 :] for folder, _, _ in os.walk(self.root)][1:]

    def forget_index(self) -> None:
        """Delete the index."""
        for name in ("index.sqlite", "index.sqlite-journal", "index.seal"):
            (self.root / ".mentorlog" / name).unlink(missing_ok=True)

    def index(self) -> bytes:
        """Return the bytes of an index that fits the files as they are now."""
        self.forget_index()
        self.index_answers()
        return (self.root / INDEX).read_bytes()

    def put_index(self, data: bytes) -> None:
        """Put an index back as mentorlog left it, with its seal; where files changed since, it is an old one."""
        path = self.root / INDEX
        if not path.parent.is_dir():
            return
        self.forget_index()
        path.write_bytes(data)
        path.with_suffix(".seal").write_bytes(repr(files.stamp(path.lstat())).encode())

    # What this machine last saw of the journal

    @property
    def seen(self) -> Seen:
        """What is recorded in the user's state folder."""
        return Seen(Layout(self.root), places.folder("state"))

    @property
    def _head(self) -> Path:
        folder = self.seen.folder
        assert folder is not None
        return folder / HEAD

    def recorded(self) -> bytes | None:
        """Return the bytes that record the last operation that was seen."""
        return self._head.read_bytes() if self._head.exists() else None

    def put_seen(self, data: bytes | None) -> None:
        """Put back the record of the last operation that was seen, or remove it."""
        if data is None:
            self._head.unlink(missing_ok=True)
        else:
            self._head.parent.mkdir(parents=True, exist_ok=True)
            self._head.write_bytes(data)

    # The program

    def run(self, *argv: str, stdin: str = "", seed: int = 1) -> Ended:
        """Run the program within this process; what chance decides follows from the seed."""
        from mentorlog.cli.main import main

        out, err = io.StringIO(), io.StringIO()
        kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        try:
            with seeded(seed), redirect_stdout(out), redirect_stderr(err):
                exit = main(argv)
        except Killed:
            exit = None
        finally:
            sys.stdin = kept
        return Ended(exit, out.getvalue(), err.getvalue())

    # What a reader is told

    def journal(self) -> Journal:
        """Open the journal afresh."""
        return Journal(self.root, now=datetime.fromisoformat(sample_journal.NOW))

    def index_answers(self, journal: Journal | None = None) -> tuple[Any, ...]:
        """Return all that the index answers: every view, link, word and problem."""
        asked = journal or self.journal()
        rows = asked.reading.index.rows
        return (
            rows("SELECT path, kind, id, title, status, subkind, day, created, data FROM records ORDER BY path"),
            rows("SELECT path, kind, role, target, status, day FROM links ORDER BY path, role, target"),
            rows("SELECT path, goal, day FROM evidence ORDER BY path, goal, day"),
            rows("SELECT r.path, w.title, w.body FROM records r JOIN words w ON w.rowid = r.rowid ORDER BY path"),
            asked.reading.index.problems(),
        )

    def expected_answers(self, records: Tree) -> tuple[Any, ...]:
        """Return what must be told of these records: read from their bytes, with no index that lasts."""
        key = frozenset(records.items())
        if key not in self._dumps:
            self._dumps[key] = self._scan(records)
        return self._dumps[key]  # type: ignore[no-any-return]

    def _scan(self, records: Tree) -> tuple[Any, ...]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            other = Harness(Path(folder))
            other.restore(records)
            told = other.index_answers()
        known = ((path, data) for path, data in sorted(records.items()) if path.endswith(".toml"))  # no templates
        views = []
        for path, data in known:
            with suppress(Unreadable):  # damaged
                views.append(index_file(path, data, "").row)
        assert [row[-1] for row in told[0]] == [row[-1] for row in views], "a new index differs from the files"
        return told


def _bytes(path: str) -> bytes:
    """Return what a file holds; a case reads some fifty, and a file object costs more than its bytes."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        data = os.read(descriptor, _PIECE)
        while len(data) % _PIECE == 0 and (more := os.read(descriptor, _PIECE)):
            data += more
        return data
    finally:
        os.close(descriptor)


def records_of(tree: Tree) -> Tree:
    """Return the records in a tree: no temporary files, nothing of .mentorlog."""
    return {
        path: data
        for path, data in tree.items()
        if not path.startswith(HIDDEN) and not files.is_staged(path.rpartition("/")[2])
    }


def is_journal(tree: Tree) -> bool:
    """Say whether there is a journal at all."""
    return JOURNAL in tree


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let chance follow from a seed; the ids are the same with every seed, only temporary names differ.

    Whether an id was used once is not asked: the index may remember the case before.
    """
    of_ids, of_names = random.Random(1).randbytes, random.Random(seed).randbytes
    kept, kept_memory = os.urandom, query.was_used
    os.urandom = lambda size: (of_ids if size == 8 else of_names)(size)  # 8: an id, of a record or the journal
    query.was_used = lambda index, id: False
    try:
        yield
    finally:
        os.urandom = kept
        query.was_used = kept_memory


@contextmanager
def harness_in_memory() -> Iterator[Harness]:
    """Make a harness in memory, and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="mentorlog-faults-", dir=MEMORY if os.path.isdir(MEMORY) else None))  # noqa: PTH112
    try:
        with harness_in(folder) as harness:
            yield harness
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def harness_in(folder: Path) -> Iterator[Harness]:
    """Make a harness in a folder: its home, its clock, its journal for every command."""
    kept, kept_mask, kept_gc, kept_racy = dict(os.environ), os.umask(0o077), gc.get_threshold(), scan.RACY_NS
    home = folder / "home"
    home.mkdir()
    harness = Harness(folder)
    os.environ.update(
        HOME=str(home),
        XDG_STATE_HOME=str(home / "state"),
        XDG_CONFIG_HOME=str(home / ".config"),
        MENTORLOG_JOURNAL=str(harness.root),
        MENTORLOG_NOW=sample_journal.NOW,
        COLUMNS="80",
    )
    # Else every file would be read again at every look, as all are young here. Harness gives each its own stamp.
    scan.RACY_NS = -60_000_000_000
    try:
        with read_once(), build_once():
            yield harness
    finally:
        scan.RACY_NS = kept_racy
        os.environ.clear()
        os.environ.update(kept)
        os.umask(kept_mask)
        gc.set_threshold(*kept_gc)
