"""Every file of the journal, read and checked: for exports and doctor, which never ask the index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import Any, NamedTuple

from mentorlog.errors import Busy, NeedsDoctor, Unreadable
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, Record
from mentorlog.store.disk import files
from mentorlog.store.format import document, toml
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, is_record_file
from mentorlog.store.oplog.history import History

_TRIES = 100
_NAMED = 3


class Found(NamedTuple):
    """A record and the path of its file."""

    path: str
    record: Record


class Seen(NamedTuple):
    """The bytes of a file, or why they cannot be read, and the stamp that it had before they were read."""

    stamp: tuple[Any, ...]
    data: bytes | Unreadable


class Snapshot(NamedTuple):
    """All that a journal holds: what journal.toml says, the profile, the records by kind and id."""

    journal: Mapping[str, Any] | None
    profile: Profile | None
    records: tuple[Found, ...]


def read(root: Path, history: History) -> Snapshot:
    """Return all that the files hold; NeedsDoctor names what cannot be read. No lock: it reads until nobody wrote."""
    for folder in FOLDERS.values():
        files.real_folder(root / folder)
    seen: dict[str, Seen] = {}
    for _ in range(_TRIES):
        mark = _mark(history)
        seen = _look(root, history.overlay(), seen)
        if _mark(history) == mark:
            return _whole(seen)
    raise Busy("The journal is being changed all the time.", "try again in a moment")


def _mark(history: History) -> tuple[int, Any]:
    """Return what differs when an operation came between."""
    pending = files.look(history.layout.pending)
    return history.last(), pending and files.stamp(pending)


def _look(root: Path, overlay: Mapping[str, Path | None], before: Mapping[str, Seen]) -> dict[str, Seen]:
    """Return the bytes of each file by its path, or why they cannot be read; what has not changed is not read again.

    The bytes only, for now: the sooner it is done, the less comes between.
    """
    found: dict[str, Seen] = {}
    for path in sorted({*record_paths(root), *overlay}):
        staged = overlay.get(path, root / path)
        # A staged file that is gone was renamed into place meanwhile.
        sources = [] if staged is None else [staged, root / path]
        seen = next(filter(None, (_seen(path, source, before.get(path)) for source in sources)), None)
        if seen is not None:
            found[path] = seen
    return found


def _seen(path: str, source: Path, before: Seen | None) -> Seen | None:
    """Return the bytes of one file; None where it is not there."""
    there = files.look(source)
    if there is None:
        return None
    stamp = (str(source), *files.stamp(there))
    if before is not None and before.stamp == stamp:
        return before
    try:
        return Seen(stamp, files.read(source, name=path))
    except FileNotFoundError:
        return None
    except Unreadable as error:
        return Seen(stamp, error)


def record_paths(root: Path, closed: Collection[str] = ()) -> Iterator[str]:
    """Yield the paths of the files that are to be records, none of closed folders; then profile.toml, journal.toml."""
    for folder in FOLDERS.values():
        seen = files.look(root / folder)
        if folder in closed or seen is None or not S_ISDIR(seen.st_mode):
            continue
        for name in files.names(root / folder):
            if is_record_file(name):
                yield f"{folder}/{name}"
    for name in (PROFILE, JOURNAL):
        if files.look(root / name) is not None:
            yield name


def _journal(data: bytes) -> dict[str, Any]:
    document.read(JOURNAL, data, "")  # another format is refused
    return toml.parse(JOURNAL, data)


def _held(path: str, data: bytes) -> Any:
    return _journal(data) if path == JOURNAL else document.checked(path, data)


def _told(wrong: Sequence[Unreadable]) -> NeedsDoctor:
    if len(wrong) == 1:
        return wrong[0]
    named = "; ".join(f"{error.path}: {error.message}" for error in wrong[:_NAMED])
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return NeedsDoctor(f"{len(wrong)} files cannot be read: {named}{more}.")


def _whole(seen: Mapping[str, Seen]) -> Snapshot:
    """Return what the bytes of all files hold."""
    found: dict[str, Any] = {}
    wrong: list[Unreadable] = []
    for path, (_, data) in seen.items():
        try:
            if isinstance(data, Unreadable):
                raise data
            found[path] = _held(path, data)
        except Unreadable as error:
            wrong.append(error)
    if wrong:
        raise _told(wrong)
    journal, profile = found.pop(JOURNAL, None), found.pop(PROFILE, None)
    held: dict[str, Found] = {}
    for path, part in found.items():
        if part.id in held:
            raise NeedsDoctor(f"Two files hold the id {part.id}: {held[part.id].path} and {path}.")
        held[part.id] = Found(path, part)
    return Snapshot(journal, profile, tuple(sorted(held.values(), key=_order)))


def _order(found: Found) -> tuple[int, str]:
    return list(FOLDERS).index(found.record.KIND), found.record.id


def is_same(part: Part, other: Part) -> bool:
    """Return whether two say the same: their files would hold the same bytes."""
    return type(part) is type(other) and toml.dump(part) == toml.dump(other)
