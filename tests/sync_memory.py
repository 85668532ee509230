"""Machines and a remote in memory, over which the real exchange runs: for thousands of schedules.

    remote = Remote()
    desktop, laptop = Machine("a", remote), Machine("b", remote)
    desktop.folder["goals/g2222.toml"] = b"…"
    desktop.sync()

A machine's folder, log and place are plain data, which a test may change, copy and restore.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha1
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import ids
from mentorlog.domain.reports import SyncReport
from mentorlog.domain.syncing import SyncRequest
from mentorlog.errors import Unreadable
from mentorlog.models.record import Record
from mentorlog.store.format.merged import merged_file
from mentorlog.store.layout import JOURNAL, id_of
from mentorlog.store.oplog.operation import Change, Sync
from mentorlog.store.sync import twins
from mentorlog.store.sync.address import Address
from mentorlog.store.sync.exchange import Exchange
from mentorlog.store.sync.plan import key_of
from mentorlog.store.sync.state import Known, State

if TYPE_CHECKING:
    from mentorlog.store.sync.plan import Merge
    from mentorlog.store.sync.ports import Kept

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
REMOTE = Address("remote", "remote", "remote", is_folder=True)
BROKEN = b"title = \n"
"""What an editor that was killed may leave of a record."""


class Commit(NamedTuple):
    """A commit: its files, and those that it follows from."""

    tree: Mapping[str, bytes]
    parents: tuple[str, ...]


class Remote:
    """A repository: commits by name, and its one branch, which moves forward only."""

    def __init__(self) -> None:
        self.commits: dict[str, Commit] = {}
        self.tip: str | None = None

    def history(self, commit: str) -> set[str]:
        """Every commit that one follows from, itself too."""
        return reachable(commit, self.commits)

    def push(self, commit: str, commits: Mapping[str, Commit]) -> bool:
        """Take a commit with all that it follows from, if the branch moves forward by it."""
        self.commits |= commits
        if self.tip is not None and self.tip not in self.history(commit):
            return False
        self.tip = commit
        return True


class Repository:
    """The commits of one machine, and the trees in them."""

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.commits: dict[str, Commit] = {}
        self.step: Callable[[str], None] = lambda name: None
        self._made = count()

    def fetch(self) -> str | None:
        """Bring what the branch of the remote holds."""
        tip = self.remote.tip
        if tip is not None and tip not in self.commits:
            self.commits |= {one: self.remote.commits[one] for one in self.remote.history(tip)}
        return tip

    def push(self, commit: str) -> bool:
        """Send a commit with all that it follows from."""
        return self.remote.push(commit, {one: self.commits[one] for one in self.history(commit)})

    def history(self, commit: str) -> set[str]:
        """Every commit that one follows from, as far as they are here."""
        return reachable(commit, self.commits)

    def merge_base(self, one: str, two: str) -> str | None:
        """The newest commit that two have in common: one that no other of those follows from."""
        common = self.history(one) & self.history(two)
        older = {parent for commit in common for parent in self.commits[commit].parents}
        return min(common - older, default=None)

    # What the exchange asks of trees

    def check(self, commit: str) -> tuple[str, ...]:
        """Nothing was erased from the history."""
        return ()

    def files(self, commit: str) -> Mapping[str, str]:
        """The blobs of a commit."""
        return {path: blob(data) for path, data in self.commits[commit].tree.items()}

    def contents(self, commit: str, paths: Collection[str]) -> Mapping[str, bytes]:
        """The bytes of some files of a commit."""
        tree = self.commits[commit].tree
        return {path: tree[path] for path in paths if path in tree}

    def commit(
        self, changes: Mapping[str, bytes | None], *, onto: str | None, parents: Sequence[str], at: datetime
    ) -> str:
        """Make a commit: the tree of another with changes."""
        with stepped(self.step, "commit"):
            tree = dict(self.commits[onto].tree) if onto is not None else {}
            tree = {path: data for path, data in {**tree, **changes}.items() if data is not None}
            text = f"{sorted(tree.items())}{list(parents)}{id(self)}{next(self._made)}"
            name = sha1(text.encode(), usedforsecurity=False).hexdigest()
            self.commits[name] = Commit(tree, tuple(parents))
            return name

    def holds(self, commit: str) -> bool:
        """Nothing is encrypted."""
        return True

    def is_outdated(self, commit: str) -> bool:
        """No commit is made again unless a record has changed."""
        return False


def reachable(commit: str, commits: Mapping[str, Commit]) -> set[str]:
    """Return a commit and all that it follows from, as far as they are known."""
    found: set[str] = set()
    waiting = [commit]
    while waiting:
        one = waiting.pop()
        if one not in found and one in commits:
            found.add(one)
            waiting += commits[one].parents
    return found


def blob(data: bytes) -> str:
    """The name of bytes."""
    return sha1(data, usedforsecurity=False).hexdigest()


class Logged(NamedTuple):
    """An operation: its mark, the changes in it, and what a sync left."""

    mark: str
    changes: tuple[Change, ...]
    sync: Sync | None


class Files:
    """The files of a machine as of one moment."""

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        self._files = {path: data for path, data in files.items() if data is not None}
        self.blobs = {path: blob(data) for path, data in self._files.items()}
        self.unreadable = {path: Unreadable(path, "made up") for path, data in files.items() if data is None}

        self.sound: Collection[str] = ()
        self.listing = blob(repr(sorted(self.blobs.items())).encode())

    def exists(self, path: str) -> bool:
        """Tell whether there is a file at a path."""
        return path in self._files or path in self.unreadable

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._files[path]

    def are(self, kept: Kept | None) -> bool:
        """Tell whether the files are those that were kept."""
        return kept is not None and {path: (blob, blob) for path, blob in self.blobs.items()} == kept

    def after(self, changes: Mapping[str, bytes | None]) -> Kept:
        """What to keep of the files after changes."""
        files = {path: data for path, data in {**self._files, **changes}.items() if data is not None}
        return {path: (blob(data), blob(data)) for path, data in files.items()}


class Machine:
    """A journal with its log, the place of its sync, and its commits. A file without bytes (None) cannot be read."""

    def __init__(self, name: str, remote: Remote, journal: str = "0123456789abcdef") -> None:
        self.name = name
        self.folder: dict[str, bytes | None] = {JOURNAL: f'format = 1\nid = "{journal}"\n'.encode()}
        self.log: list[Logged] = []
        self.left: State | None = None
        self.files_kept: tuple[str, Kept] = ("", {})
        self.repository = Repository(remote)
        self.step: Callable[[str], None] = lambda name: None
        """Is called with each step of a sync before it happens, and with `after …` behind it: it may raise."""
        self._made = count()

    def sync(self, *, merge: Merge = merged_file, **options: Any) -> SyncReport:
        """Sync with the remote."""
        self.repository.step = self.step
        trees = self.repository
        exchange = Exchange(self, self, self, trees, remote=REMOTE, now=AT, merge=merge, pause=lambda attempt: None)
        return exchange.run(SyncRequest(**options))

    def change(self, changes: Mapping[str, bytes | None]) -> None:
        """Change files as a command does: in an operation of the log."""
        self._log([Change(path, self.folder.get(path), data) for path, data in changes.items()], None)

    def _log(self, changes: Sequence[Change], sync: Sync | None) -> None:
        for one in changes:
            assert self.folder.get(one.path) == one.before, f"{one.path} is not as it was read"
            if one.after is None:
                self.folder.pop(one.path, None)
            else:
                self.folder[one.path] = one.after
        self.log.append(Logged(f"{self.name}{next(self._made)}", tuple(changes), sync))

    # What the exchange asks of a journal

    @contextmanager
    def opened(self) -> Iterator[Files]:
        """All files, as of now."""
        with stepped(self.step, "read"):
            found = Files(self.folder)
        yield found

    def commit(self, name: str, changes: Sequence[Change], sync: Sync | None) -> None:
        """Commit one operation."""
        with stepped(self.step, "operation"):
            self._log(changes, sync)

    def last(self) -> int:
        """The number of the last operation."""
        return len(self.log)

    def mark(self, seq: int) -> str | None:
        """The mark of an operation."""
        return self.log[seq - 1].mark if 0 < seq <= len(self.log) else None

    def logged(self, since: int) -> Known | None:
        """What the newest sync after an operation left."""
        for one in reversed(self.log[since:]):
            if one.sync is not None:
                return Known(one.sync.commit, one.sync.held)
        return None

    def deleted(self, keys: Collection[str]) -> set[str]:
        """The records that an operation deleted."""
        last = {key_of(change.path): change.after for one in self.log for change in one.changes}
        return {key for key in keys if key in last and last[key] is None}

    def new_id(self, record: Record, taken: Collection[str]) -> str:
        """An id that no record has or had."""
        used = {id_of(path) for path in self.folder} | {id_of(one.path) for op in self.log for one in op.changes}
        if record.KIND == "mentor":
            return ids.mentor_slug(twins.stem(record.id), lambda slug: slug in used or slug in taken)
        return ids.new(record.KIND, lambda id: id in used or id in taken, self._random)

    def _random(self, size: int) -> bytes:
        """Bytes that differ at each call and machine, and are the same in each run."""
        return sha1(f"{self.name}{next(self._made)}".encode(), usedforsecurity=False).digest()[:size]

    def erasable(self, ids: Collection[str]) -> tuple[str, ...]:
        """Nothing is erased in memory."""
        return ()

    # What it asks of its place

    def state(self) -> State | None:
        """What the last sync left."""
        return self.left

    def write(self, state: State, *, durably: bool = True) -> None:
        """Keep what a sync leaves."""
        with stepped(self.step, "state"):
            self.left = state

    def kept(self, commit: str) -> Kept | None:
        """What was kept of the files that a commit stands for."""
        return self.files_kept[1] if commit == self.files_kept[0] else None

    def keep(self, commit: str, kept: Kept) -> None:
        """Keep what is known of the files."""
        self.files_kept = commit, kept

    # What it asks of git

    def fetch(self) -> str | None:
        """Fetch."""
        with stepped(self.step, "fetch"):
            return self.repository.fetch()

    def push(self, commit: str) -> bool:
        """Push."""
        with stepped(self.step, "push"):
            return self.repository.push(commit)

    def has(self, commit: str) -> bool:
        """Tell whether a commit is here."""
        return commit in self.repository.commits

    def merge_base(self, one: str, two: str) -> str | None:
        """The newest commit that two have in common."""
        return self.repository.merge_base(one, two)


@contextmanager
def stepped(step: Callable[[str], None], name: str) -> Iterator[None]:
    """Tell of a step before and after it."""
    step(name)
    yield
    step(f"after {name}")
