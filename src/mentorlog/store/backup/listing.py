"""The backups in a folder, by what they say of themselves; `verify` checks whether it is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from mentorlog.domain.backups import Listed
from mentorlog.errors import MentorlogError
from mentorlog.store import age
from mentorlog.store.backup import manifest
from mentorlog.store.backup.archive import BLOCK, END, Archive
from mentorlog.store.backup.backup_file import Decode, opened
from mentorlog.store.disk import files, streams


def backups_in(folder: Path, decode: Decode | None = None) -> list[Listed]:
    """Return the backups among the files of a folder, the latest first; all other files are ignored.

    Without `decode`, nothing is known of those that are encrypted.
    """
    if not files.is_folder(folder.resolve()):
        raise MentorlogError(f"{folder} is not a folder.", "use the folder that your backups are in")
    return sorted(_found(folder, decode), key=lambda one: (-_seconds(one), one.path))


def _seconds(listed: Listed) -> float:
    at = listed.backup.manifest.changed_at if listed.backup else None
    return at.timestamp() if at else 0.0


def _found(folder: Path, decode: Decode | None) -> Iterator[Listed]:
    for name in files.names(folder.resolve()):
        path = folder / name
        seen = files.look(path)
        if seen is None or not S_ISREG(seen.st_mode) or files.is_staged(name):
            continue
        nothing = Listed(str(path), seen.st_size, None, encrypted=False)
        try:
            listed = _listed(path, nothing, decode)
        except MentorlogError as error:
            listed = nothing.but(problem=error.sentence)
        if listed:
            yield listed


def _begins_like_one(start: bytes) -> bool:
    """Return whether a file begins like a backup, even if one byte of the name in its first header is damaged."""
    name = f"{manifest.NAME}\0".encode()
    wrong = sum(one != other for one, other in zip(start, name, strict=False))
    return len(start) >= len(name) and (wrong == 0 or (wrong == 1 and start[257:262] == b"ustar"))


def _listed(path: Path, nothing: Listed, decode: Decode | None) -> Listed | None:
    """Return what a file says of itself; None if it does not begin like a backup."""
    with streams.opened(path) as stream:
        start = stream.peek(BLOCK)  # type: ignore[attr-defined]
        if _begins_like_one(start):
            archive = Archive(stream, nothing.path)
            archive.must_end(streams.end(stream, path, END))
            return nothing.but(backup=archive.report())
    if not age.is_encrypted(start):
        return None
    encrypted = nothing.but(encrypted=True)
    if decode is None:
        return encrypted
    try:
        with opened(path, decode) as (stream, encrypted_size):
            return encrypted.but(backup=Archive(stream, nothing.path).report(encrypted_size))
    except MentorlogError as error:
        return encrypted.but(problem=error.sentence)
