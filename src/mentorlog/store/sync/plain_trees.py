"""The records in the commits of a remote that is not encrypted: the same files as on the disk."""

from __future__ import annotations

from mentorlog.domain.syncing import PLAIN
from mentorlog.store.sync import label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from mentorlog.store.sync.courier import Courier


class PlainTrees:
    """The trees of a remote, by the paths of records; other entries are neither read nor written, and stay."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self._files: dict[str, dict[str, str]] = {}

    def check(self, commit: str) -> tuple[str, ...]:
        """Return the ids erased from the history; raise if this version cannot read the commit."""
        said = label.of(self._courier, commit)
        label.must_be(said, PLAIN)
        return said.erased

    def files(self, commit: str) -> dict[str, str]:
        """Return the blob of every file that may be a record."""
        if commit not in self._files:
            files = {path: one.id for path, one in self._courier.entries(commit).items() if one.is_file}
            self._files[commit] = {path: id for path, id in files.items() if path not in (label.LABEL, label.README)}
        return self._files[commit]

    def contents(self, commit: str, paths: Collection[str]) -> dict[str, bytes]:
        """Return the bytes of some files of a commit; those that are larger than a record may be are left out."""
        entries = self._courier.entries(commit)
        ids = {path: entries[path].id for path in paths if path in entries}
        blobs = self._courier.blobs(ids.values())
        return {path: blobs[id] for path, id in ids.items() if id in blobs}

    def commit(
        self, changes: Mapping[str, bytes | None], *, onto: str | None, parents: Sequence[str], at: datetime
    ) -> str:
        """Return a new commit: the tree of another one with changes."""
        written = dict(changes) if onto is not None else {**label.written(PLAIN), **changes}
        return self._courier.commit(written, onto=onto, parents=parents, at=at)

    def is_outdated(self, commit: str) -> bool:
        """Return False: nothing of a commit depends on what this machine knows besides its records."""
        return False

    def holds(self, commit: str) -> bool:
        """Return whether a commit is not encrypted."""
        return label.of(self._courier, commit).cipher == PLAIN

    def squashed(self, tip: str, *, erased: Collection[str], trailer: str, at: datetime) -> str:
        """Return a commit without history with the files of another one, that names erased records."""
        written = label.written(PLAIN, sorted({*self.check(tip), *erased}))
        message = f"{label.SUBJECT}\n\n{trailer}"
        return self._courier.commit(dict(written), onto=tip, parents=[], at=at, message=message)
