"""A backup file on the disk: written, read back, and opened; the one place that knows whether it is encrypted."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from mentorlog.domain.backups import Backup
from mentorlog.errors import DiskFailure, MentorlogError, NeedsDoctor
from mentorlog.store.backup import archive
from mentorlog.store.backup.archive import Archive, BadBackup
from mentorlog.store.backup.gather import Moment
from mentorlog.store.disk import files, streams
from mentorlog.store.layout import JOURNAL

ENCRYPTED = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""How a file begins that age has encrypted, in binary and as text."""

Encode = Callable[[bytes], bytes]
"""Turns the bytes of a finished tar into those of the file."""

Decode = Callable[[bytes], bytes]
"""Turns the bytes of a file back into those of the tar."""


class Encrypted(MentorlogError):
    """An encrypted backup that cannot be decrypted here."""


def write(
    path: Path, moment: Moment, *, replace: bool, encode: Encode | None = None, decode: Decode | None = None
) -> Backup:
    """Write a backup, 0600 and durable, and return what was read back from the disk; else leave what was there."""
    if JOURNAL not in moment.contents:
        raise NeedsDoctor(f"{JOURNAL} is missing or cannot be read: nothing was backed up.")
    parts = archive.pack(moment.manifest, moment.contents)
    staged = path.with_name(files.staged_name(path.name))
    files.write_new(staged, encode(b"".join(parts)) if encode else streams.pieces(parts), path)
    try:
        backup = _read_back(staged, path, moment, decode)
    except BaseException:
        files.discard(staged)
        raise
    if replace:
        files.place(staged, path)
    elif not files.place_new(staged, path):
        raise MentorlogError(f"{path} already exists; nothing was written.", "use another path, or --yes")
    return backup


def _read_back(staged: Path, path: Path, moment: Moment, decode: Decode | None) -> Backup:
    """Return the backup as it is on the disk; raise DiskFailure if one byte of it is not what was written.

    Only one sequence of bytes gives the same manifest and the same files: see `archive`.
    """
    try:
        with opened(staged, str(path), decode, from_disk=True) as (stream, is_encrypted):
            found = Archive(stream, str(path))
            same = all(moment.contents.get(name) == data for name, data in found.members())
            same = same and found.manifest == moment.manifest and found.sums.keys() == moment.contents.keys()
            backup = found.report(encrypted=is_encrypted)
    except BadBackup:
        same = False
    if not same:
        sentence = f"Cannot write {path}: the disk returns other bytes than were written."
        raise DiskFailure(sentence, "check the disk, and write the backup to another one")
    return backup


@contextlib.contextmanager
def opened(
    path: Path, name: str | None = None, decode: Decode | None = None, *, from_disk: bool = False
) -> Iterator[tuple[BinaryIO, bool]]:
    """Open the tar in a backup file, and say whether the file is encrypted; errors name it `name`."""
    with streams.opened(path, name, from_disk=from_disk) as stream:
        start = stream.peek(64)  # type: ignore[attr-defined]
        if not start.startswith(ENCRYPTED):
            yield stream, False
            return
        if decode is None:
            sentence = f"{name or path} is encrypted, and this mentorlog cannot decrypt it."
            raise Encrypted(sentence, "install the extra: pip install 'mentorlog[encrypt]'")
        yield io.BytesIO(decode(stream.read())), True
