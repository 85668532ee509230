"""Every file of the journal, read and checked: for exports and doctor, which never ask the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import Any, NamedTuple

from mentorlog.errors import NeedsDoctor, Unreadable
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, Record
from mentorlog.store import entries, files, records
from mentorlog.store.operations import Log
from mentorlog.store.paths import FOLDERS, JOURNAL, PROFILE

_TRIES = 5
_NAMED = 3


class Found(NamedTuple):
    """A record and the path of its file."""

    path: str
    record: Record


class Whole(NamedTuple):
    """All that a journal holds: what journal.toml says, the profile, the records by kind and id."""

    journal: Mapping[str, Any] | None
    profile: Profile | None
    records: tuple[Found, ...]


def read(root: Path, log: Log) -> Whole:
    """Return all that the files hold; NeedsDoctor names what cannot be read. No lock: it reads until nobody wrote."""
    for folder in FOLDERS.values():
        files.real_folder(root / folder)
    for _ in range(_TRIES):
        mark = _mark(log)
        found, wrong = _read(root, log.overlay())
        if _mark(log) == mark:
            break
    if wrong:
        raise _told(wrong)
    return _whole(found)


def _mark(log: Log) -> tuple[int, Any]:
    """Return what differs when an operation came between."""
    pending = files.look(log.pending)
    return log.last(), pending and files.stamp(pending)


def _read(root: Path, overlay: Mapping[str, Path | None]) -> tuple[dict[str, Any], list[Unreadable]]:
    """Return what each file holds by its path, and what is wrong with the rest."""
    found: dict[str, Any] = {}
    wrong: list[Unreadable] = []
    for path in sorted({*record_paths(root), *overlay}):
        source = overlay.get(path, root / path)
        if source is None:
            continue
        try:
            data = files.read(source, name=path)
            found[path] = _journal(data) if path == JOURNAL else entries.checked(path, data)
        except FileNotFoundError:
            continue
        except Unreadable as error:
            wrong.append(error)
    return found, wrong


def record_paths(root: Path) -> Iterator[str]:
    """Yield the paths of all files that are to be records, then profile.toml and journal.toml."""
    for folder in FOLDERS.values():
        seen = files.look(root / folder)
        if seen is None or not S_ISDIR(seen.st_mode):
            continue
        for name in files.names(root / folder):
            if name.endswith(".toml") and name[0] != ".":
                yield f"{folder}/{name}"
    for name in (PROFILE, JOURNAL):
        if files.look(root / name) is not None:
            yield name


def _journal(data: bytes) -> dict[str, Any]:
    entries.read(JOURNAL, data, "")  # another format is refused
    return records.parse(JOURNAL, data)


def _told(wrong: Sequence[Unreadable]) -> NeedsDoctor:
    if len(wrong) == 1:
        return wrong[0]
    named = "; ".join(f"{error.path}: {error.message}" for error in wrong[:_NAMED])
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return NeedsDoctor(f"{len(wrong)} files cannot be read: {named}{more}.")


def _whole(found: dict[str, Any]) -> Whole:
    journal, profile = found.pop(JOURNAL, None), found.pop(PROFILE, None)
    held: dict[str, Found] = {}
    for path, part in found.items():
        if part.id in held:
            raise NeedsDoctor(f"Two files hold the id {part.id}: {held[part.id].path} and {path}.")
        held[part.id] = Found(path, part)
    return Whole(journal, profile, tuple(sorted(held.values(), key=_order)))


def _order(found: Found) -> tuple[int, str]:
    return list(FOLDERS).index(found.record.KIND), found.record.id


def is_same(part: Part, other: Part) -> bool:
    """Return whether two say the same: their files would hold the same bytes."""
    return type(part) is type(other) and records.dump(part) == records.dump(other)
