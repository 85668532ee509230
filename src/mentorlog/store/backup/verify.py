"""Every byte of a backup checked, and which of its files this version of mentorlog can read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mentorlog.domain.backups import Backup
from mentorlog.domain.reports import Problem
from mentorlog.errors import Unreadable
from mentorlog.store.backup.archive import Archive
from mentorlog.store.backup.backup_file import Decode, opened
from mentorlog.store.format import document
from mentorlog.store.layout import JOURNAL, KINDS, OPERATIONS, PROFILE
from mentorlog.store.oplog import operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress


def verify(path: Path, decode: Decode, progress: Progress = None) -> tuple[Backup, list[Problem]]:
    """Return what a backup holds, and the files in it that cannot be read; BadBackup if it is not whole."""
    problems: list[Problem] = []
    with opened(path, decode) as (stream, encrypted_size):
        archive = Archive(stream, str(path))
        for member in archive.members(progress):
            problems += unreadable([member])
        return archive.report(encrypted_size), problems


def unreadable(contents: Iterable[tuple[str, bytes]]) -> list[Problem]:
    """Return which files, by path and bytes, this version of mentorlog cannot read."""
    problems: list[Problem] = []
    for path, data in contents:
        try:
            _check(path, data)
        except Unreadable as error:
            problems.append(Problem.of(error))
    return problems


def _check(path: str, data: bytes) -> None:
    """Raise Unreadable for a file that mentorlog cannot read."""
    if path == JOURNAL:
        document.journal_data(path, data)
    elif path == PROFILE or path.partition("/")[0] in KINDS:
        document.checked(path, data)
    elif path.startswith(OPERATIONS):
        try:
            wrong = operation.decoded(data).damaged
        except ValueError as error:
            wrong = str(error)
        if wrong:
            raise Unreadable(path, wrong)
