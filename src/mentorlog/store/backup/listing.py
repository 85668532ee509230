"""The backups in a folder, by what they say of themselves; `verify` checks whether it is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from mentorlog.domain.backups import Listed
from mentorlog.errors import MentorlogError
from mentorlog.store.backup import manifest
from mentorlog.store.backup.archive import BLOCK, Archive
from mentorlog.store.backup.backup_file import ENCRYPTED
from mentorlog.store.disk import files, streams


def backups_in(folder: Path) -> list[Listed]:
    """Return the backups among the files of a folder, the latest first; all other files are ignored."""
    if not files.is_folder(folder.resolve()):
        raise MentorlogError(f"{folder} is not a folder.", "use the folder that your backups are in")
    return sorted(_found(folder), key=lambda one: (-_seconds(one), one.path))


def _seconds(listed: Listed) -> float:
    at = listed.backup.manifest.changed_at if listed.backup else None
    return at.timestamp() if at else 0.0


def _found(folder: Path) -> Iterator[Listed]:
    for name in files.names(folder.resolve()):
        path = folder / name
        seen = files.look(path)
        if seen is None or not S_ISREG(seen.st_mode) or files.is_staged(name):
            continue
        nothing = Listed(str(path), seen.st_size, None, encrypted=False)
        try:
            with streams.opened(path) as stream:
                listed = _listed(stream, nothing)
        except MentorlogError as error:
            listed = nothing.but(problem=error.sentence)
        if listed:
            yield listed


def _listed(stream: BinaryIO, nothing: Listed) -> Listed | None:
    """Return what a file says of itself; None if it does not begin like a backup."""
    start = stream.peek(BLOCK)  # type: ignore[attr-defined]
    if start.startswith(ENCRYPTED):
        return nothing.but(encrypted=True)
    if not start.startswith(f"{manifest.NAME}\0".encode()):
        return None
    return nothing.but(backup=Archive(stream, nothing.path).report())
