"""A journal made of a backup, in a folder that is new or empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mentorlog.domain.backups import Backup
from mentorlog.errors import MentorlogError
from mentorlog.store.backup.archive import Archive, BadBackup
from mentorlog.store.backup.backup_file import Decode, opened
from mentorlog.store.disk import files, streams
from mentorlog.store.layout import FOLDERS, IGNORE, PRIVATE_FOLDERS, TEMPLATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress


def must_be_free(folder: Path) -> None:
    """Raise MentorlogError unless a folder can be restored into: it does not exist, or is empty."""
    hint = "use a folder that does not exist yet"
    status = files.look(folder)
    if status is None:
        if files.look(folder.parent) is None:
            raise MentorlogError(f"The folder {folder.parent} does not exist.", "create it first")
    elif not files.is_folder(folder):
        raise MentorlogError(f"{folder} already exists: it is {files.kind_of(status.st_mode)}.", hint)
    elif files.names(folder):
        raise MentorlogError(f"{folder} is not empty; nothing was restored.", hint)


def restore(path: Path, folder: Path, backup: Backup, decode: Decode, progress: Progress = None) -> None:
    """Write the files of a backup that was verified into a folder that is free, all or nothing.

    BadBackup is raised if it is no longer the one that was verified, DiskFailure if the folder is no longer free.
    """
    with opened(path, decode) as (stream, encrypted_size):
        archive = Archive(stream, str(path))
        folders = [*FOLDERS.values(), *([TEMPLATES] if backup.template_count else [])]
        if archive.manifest.with_log:
            folders += PRIVATE_FOLDERS

        def contents() -> Iterator[tuple[str, bytes]]:
            yield from archive.members(progress)
            if archive.manifest.with_log:
                yield IGNORE, b"*\n"
            if archive.report(encrypted_size) != backup:
                raise BadBackup(f"{backup.path} was changed while it was read.", "run the command again")

        streams.put_tree(folder, folders, contents())
