"""Ways to break the verifier, for the tests alone: each must be caught, or the tests of it prove nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from faults.mutants import instead
from mentorlog.domain.backups import Backup
from mentorlog.errors import Unreadable
from mentorlog.store.backup import archive, backup_file
from mentorlog.store.backup.archive import Archive
from mentorlog.store.checkup import damage, restore
from mentorlog.store.checkup.states import AS_LEFT, Past
from mentorlog.store.checkup.verification import Verification
from mentorlog.store.disk import files, streams
from mentorlog.store.index.soundness import Inspection, Soundness
from mentorlog.store.oplog import chain
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import LoggedOperation
from mentorlog.store.seen import Seen

Mutant = Callable[[], AbstractContextManager[None]]


@contextmanager
def hash_not_compared() -> Iterator[None]:
    """A file that is there is as it was left, whatever its bytes are."""
    kept = Verification._read_files

    def read(self: Verification, paths: Iterable[str]) -> set[str]:
        unsettled = kept(self, paths)
        known = {path for path in unsettled if path in self.known.pasts and self.known.pasts[path].is_there}
        self.as_left |= known
        return unsettled - known

    with instead(Verification, _read_files=read):
        yield


@contextmanager
def chain_not_followed() -> Iterator[None]:
    """Each operation is checked in itself, and none against the one after it."""
    with instead(chain._Place, follow=lambda self, *given, **more: iter(()), missing_above=lambda self, seq: ()):
        yield


@contextmanager
def links_not_calculated() -> Iterator[None]:
    """An operation is believed to be linked as it says."""
    with instead(LoggedOperation, is_linked=property(lambda self: self.link is not None)):
        yield


@contextmanager
def head_not_compared() -> Iterator[None]:
    """Nobody asks what this machine last saw."""
    with instead(Seen, missing=lambda self, history: 0):
        yield


@contextmanager
def only_the_newest_operations() -> Iterator[None]:
    """The verification stops where a plain check does, or earlier."""
    kept = chain.check

    def check(history: History, most: int | None = None) -> Iterator[chain.Checked]:
        return kept(history, 8)

    with instead(chain, check=check):
        yield


@contextmanager
def damage_called_a_hand_edit() -> Iterator[None]:
    """What cannot be parsed is called changed."""
    with instead(damage, wrong=lambda path, data: None):
        yield


@contextmanager
def hand_edit_called_damage() -> Iterator[None]:
    """What is not as it was left is called damaged."""

    def wrong(path: str, data: bytes) -> Unreadable:
        return Unreadable(path, "it is not as mentorlog left it")

    with instead(damage, wrong=wrong):
        yield


@contextmanager
def older_called_changed() -> Iterator[None]:
    """A file that is again as it was once is called changed by hand."""
    kept = Past.state

    def state(self: Past, sha: str | None) -> str:
        return "changed" if kept(self, sha) not in (AS_LEFT, "missing") else kept(self, sha)

    with instead(Past, state=state):
        yield


@contextmanager
def index_not_compared() -> Iterator[None]:
    """Nobody looks into the rows of the index."""

    def result(self: Inspection, hashes: Mapping[str, str]) -> Soundness:
        return Soundness(None)

    with instead(Inspection, result=result):
        yield


@contextmanager
def backup_not_read_back() -> Iterator[None]:
    """What was written is believed to be on the disk."""

    def read_back(staged: Path, path: Path, moment: Any, *more: Any) -> Backup:
        packed = b"".join(archive.pack(moment.manifest, moment.contents))
        return Archive(io.BytesIO(packed), str(path)).report(0)

    with instead(backup_file, _read_back=read_back):
        yield


@contextmanager
def sums_of_a_backup_not_compared() -> Iterator[None]:
    """The files of a backup are not compared with their sums."""
    members = Archive.members

    def believing(self: Archive, *more: Any) -> Iterator[tuple[str, bytes]]:
        with instead(archive, files=_Believing(self.sums)):
            yield from members(self, *more)

    with instead(Archive, members=believing):
        yield


class _Believing:
    """The functions of files, but every fingerprint is the one that is asked for next."""

    def __init__(self, sums: Mapping[str, str]) -> None:
        self._sums = iter(sums.values())

    def fingerprint(self, data: bytes) -> str:
        return next(self._sums)

    def __getattr__(self, name: str) -> Any:
        return getattr(files, name)


@contextmanager
def restored_in_place() -> Iterator[None]:
    """The files of a backup are written where they belong, one after the other."""

    def put_tree(folder: Path, folders: Any, contents: Any) -> None:
        for name in ("", *folders):
            if not (folder / name).is_dir():
                streams._make(folder / name, folder / name)
        for path, data in contents:
            files.write_new(folder / path, data, folder / path)

    with instead(streams, put_tree=put_tree):
        yield


@contextmanager
def mended_from_a_bad_text() -> Iterator[None]:
    """The text of an operation is used though its hash is not that of the operation."""

    def before(self: LoggedOperation, path: str) -> bytes | None:
        text = self._texts[path].get("before")
        return text.encode() if isinstance(text, str) else None

    with (
        instead(LoggedOperation, before=before),
        instead(damage, is_readable=lambda path, data: True),
        instead(restore, _title=lambda path, data: None),
    ):
        yield


@contextmanager
def damaged_text_not_kept() -> Iterator[None]:
    """A restored record takes the place of the damaged one, of which no copy is saved."""
    with instead(restore, _save=lambda layout, copy, data: None):
        yield


MUTANTS: dict[str, Mutant] = {
    "hash not compared": hash_not_compared,
    "chain not followed": chain_not_followed,
    "links not calculated": links_not_calculated,
    "head not compared": head_not_compared,
    "only the newest operations": only_the_newest_operations,
    "damage called a hand edit": damage_called_a_hand_edit,
    "a hand edit called damage": hand_edit_called_damage,
    "an older state called changed": older_called_changed,
    "index not compared": index_not_compared,
    "backup not read back": backup_not_read_back,
    "sums of a backup not compared": sums_of_a_backup_not_compared,
    "restored in place": restored_in_place,
    "mended from a bad text": mended_from_a_bad_text,
    "damaged text not kept": damaged_text_not_kept,
}
