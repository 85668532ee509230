"""A backup file on the disk: written, read back, and opened; the one place that knows whether it is encrypted."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from mentorlog.domain.backups import Backup
from mentorlog.errors import DiskFailure, MentorlogError, NeedsDoctor
from mentorlog.store import age
from mentorlog.store.age import CannotDecrypt
from mentorlog.store.backup import archive
from mentorlog.store.backup.archive import BLOCK, Archive, BadBackup
from mentorlog.store.backup.gather import Moment
from mentorlog.store.disk import files, streams
from mentorlog.store.layout import JOURNAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress

Decode = Callable[[bytes, str], bytes]
"""Turns the bytes of an encrypted file back into those of the tar; errors have the name of the file."""


def write(
    path: Path, moment: Moment, *, replace: bool, passphrase: str | None = None, progress: Progress = None
) -> Backup:
    """Write a backup, 0600 and durable, and return what was read back from the disk; else leave what was there.

    With a passphrase nothing of it is ever on the disk unencrypted.
    """
    if JOURNAL not in moment.contents:
        raise NeedsDoctor(f"{JOURNAL} is missing or cannot be read: nothing was backed up.")
    parts = archive.pack(moment.manifest, moment.contents)
    staged = path.with_name(files.staged_name(path.name))
    content = streams.pieces(parts) if passphrase is None else age.encrypt(b"".join(parts), passphrase)
    try:
        files.write_new(staged, content, path)
        backup = _read_back(staged, path, moment, partial(age.decrypt, passphrase=passphrase or ""), progress)
    except BaseException:
        files.discard(staged)
        raise
    if replace:
        files.place(staged, path)
    elif not files.place_new(staged, path):
        raise MentorlogError(f"{path} already exists; nothing was written.", "use another path, or --yes")
    return backup


def _read_back(staged: Path, path: Path, moment: Moment, decode: Decode, progress: Progress) -> Backup:
    """Return the backup as it is on the disk; raise DiskFailure if one byte of it is not what was written.

    Only one sequence of bytes gives the same manifest and the same files: see `archive`.
    """
    try:
        with opened(staged, decode, str(path), from_disk=True) as (stream, encrypted_size):
            found = Archive(stream, str(path))
            same = all(moment.contents.get(name) == data for name, data in found.members(progress))
            same = same and found.manifest == moment.manifest and found.sums.keys() == moment.contents.keys()
            backup = found.report(encrypted_size)
    except (BadBackup, CannotDecrypt):
        same = False
    if not same:
        sentence = f"Cannot write {path}: the disk returns other bytes than were written."
        raise DiskFailure(sentence, "check the disk, and write the backup to another one")
    return backup


@contextlib.contextmanager
def opened(
    path: Path, decode: Decode, name: str | None = None, *, from_disk: bool = False
) -> Iterator[tuple[BinaryIO, int]]:
    """Open the tar in a backup file, with the size of the file if it is encrypted, else 0; errors name it `name`."""
    shown = name or str(path)
    with streams.opened(path, shown, from_disk=from_disk) as stream:
        start = stream.peek(BLOCK)  # type: ignore[attr-defined]
        if not age.is_encrypted(start):
            yield stream, 0
            return
        age.must_be_decryptable(start, shown, streams.size(stream))
        data = stream.read()
        yield io.BytesIO(decode(data, shown)), len(data)
