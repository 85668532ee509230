"""What a sync needs of the journal, of git and of its own place; the real ones are beside this module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from mentorlog.errors import Unreadable
    from mentorlog.models.record import Record
    from mentorlog.store.oplog.operation import Change, Sync
    from mentorlog.store.sync.state import Known, State


Kept = dict[str, tuple[str, str]]
"""The fingerprint and the blob of every file, by path."""


class Own(Protocol):
    """The journal, as a sync uses it."""

    def opened(self) -> AbstractContextManager[Files]:
        """Return its files, under its lock if anything is to change."""

    def commit(self, name: str, changes: Sequence[Change], sync: Sync | None) -> None:
        """Commit one operation; `sync` is None for a part of a larger one."""

    def last(self) -> int:
        """Return the number of its last operation."""

    def mark(self, seq: int) -> str | None:
        """Return the link of an operation; None if it has none."""

    def logged(self, since: int) -> Known | None:
        """Return what the newest sync in the log left, of those after an operation."""

    def deleted(self, keys: Collection[str]) -> set[str]:
        """Return the keys of those records that an operation of the log deleted."""

    def new_id(self, record: Record, taken: Collection[str]) -> str:
        """Return an id for a record that no other has, or had, or is one of those taken."""

    def erasable(self, ids: Collection[str]) -> tuple[str, ...]:
        """Return the ids of which the history still holds something."""


class Files(Protocol):
    """The files of the journal as of one moment."""

    @property
    def blobs(self) -> Mapping[str, str]:
        """The blob of every file that can be read, by path."""

    @property
    def unreadable(self) -> Mapping[str, Unreadable]:
        """Why the others cannot be read, by path."""

    @property
    def sound(self) -> Collection[str]:
        """The paths of files that are known to hold a record."""

    @property
    def listing(self) -> str:
        """What is the same while no file changes; empty if that is not known."""

    def exists(self, path: str) -> bool:
        """Return whether anything is at a path: what seems to be absent is looked for."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""

    def are(self, kept: Kept | None) -> bool:
        """Return whether the files are those that were kept."""

    def after(self, changes: Mapping[str, bytes | None]) -> Kept:
        """Return what to keep of the files after changes."""


class Commits(Protocol):
    """What is known of the commits here."""

    def has(self, commit: str) -> bool:
        """Return whether a commit is here."""

    def merge_base(self, one: str, two: str) -> str | None:
        """Return the newest commit from which both follow; None if there is none."""


class Line(Commits, Protocol):
    """The remote, and the commits that are here of it."""

    def fetch(self) -> str | None:
        """Return the last commit of the remote; None if it has none."""

    def push(self, commit: str) -> bool:
        """Send a commit; return False if another machine was faster."""


class Trees(Protocol):
    """The records in commits, always by their plain paths."""

    def check(self, commit: str) -> tuple[str, ...]:
        """Return the ids erased from the history; raise if this version cannot read the commit."""

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the blob of the plain bytes of every file, by path."""

    def contents(self, commit: str, paths: Collection[str]) -> Mapping[str, bytes]:
        """Return the bytes of files; those that are larger than a record may be are left out."""

    def commit(
        self, changes: Mapping[str, bytes | None], *, onto: str | None, parents: Sequence[str], at: datetime
    ) -> str:
        """Return a new commit: the tree of another one with changes."""

    def is_outdated(self, commit: str) -> bool:
        """Return whether a commit is to be made again though no record has changed."""

    def holds(self, commit: str) -> bool:
        """Return whether a commit may be in the history of this remote: it is encrypted, or not, as all there is."""

    def squashed(self, tip: str, *, erased: Collection[str], trailer: str, at: datetime) -> str:
        """Return a commit without history with the files of another one, that names erased records."""


class Store(Protocol):
    """Where the state of the sync is kept between two of them."""

    def state(self) -> State | None:
        """Return what the last sync left."""

    def write(self, state: State, *, durably: bool = True) -> None:
        """Record what a sync leaves."""

    def kept(self, commit: str) -> Kept | None:
        """Return what was kept of the files that a commit stands for; None if nothing was."""

    def keep(self, commit: str, kept: Kept) -> None:
        """Keep what is known of the files that a commit stands for; it may be lost."""
