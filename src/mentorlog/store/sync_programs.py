"""Folders that a sync program copies to other machines, and how to keep mentorlog's own files out of it.

`.mentorlog` must not be copied: another machine would finish the change of this one, and two logs would mix.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from shlex import quote

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import PRIVATE
from mentorlog.values import Value

_MARK, _IGNORE = ".stfolder", ".stignore"  # what Syncthing has in a folder that it synchronizes
_PROGRAMS = (
    (r"Dropbox", "Dropbox"),
    (r"OneDrive", "OneDrive"),
    (r"iCloud ?Drive|com~apple~CloudDocs", "iCloud Drive"),
    (r"Nextcloud", "Nextcloud"),
    (r"ownCloud", "ownCloud"),
    (r"Google ?Drive", "Google Drive"),
)
_AFTER = r"(?:[ -].*)?"  # `OneDrive - Hospital`, `Dropbox (Personal)`, `GoogleDrive-mary@example.org`
_DROPBOX = "com.dropbox.ignored"
_IGNORED = re.compile(rf"(?!//|!)(?:\(\?\w\))*(?:.*/)?{re.escape(PRIVATE)}/?")


class SyncedBy(Value):
    """The program that synchronizes a folder, how it leaves `.mentorlog` out, and whether it is seen to do so.

    `exclusion` is None for a program that cannot.
    """

    program: str
    exclusion: str | None
    is_excluded: bool = False

    @property
    def remedy(self) -> str:
        """What to do, as a clause."""
        return self.exclusion or "it cannot leave a folder out: keep the journal elsewhere"


def synced_by(root: Path) -> SyncedBy | None:
    """Return the program that seems to synchronize the folder of a journal; None if none does."""
    with suppress(MentorlogError, OSError):
        real = Path(os.path.realpath(root))
        for folder in (real, *real.parents):
            if files.look(folder / _MARK) is not None:
                return _syncthing(folder, real)
        for pattern, program in _PROGRAMS:
            if any(re.fullmatch(f"(?:{pattern}){_AFTER}", part, re.IGNORECASE) for part in real.parts):
                return _by_name(program, real / PRIVATE)
    return None


def private_notice(root: Path) -> list[str]:
    """Return what to say to whoever keeps a journal in a synchronized folder; nothing where all is well."""
    found = synced_by(root)
    if found is None or found.is_excluded:
        return []
    return [f"{found.program} synchronizes this folder, but {PRIVATE} must stay on this machine; {found.remedy}"]


def double_notice(root: Path) -> list[str]:
    """Return what to say to whoever also syncs the journal with a remote."""
    found = synced_by(root)
    if found is None:
        return []
    return [f"{found.program} also synchronizes this folder. Use one of the two: both together make copies of records."]


def _syncthing(folder: Path, root: Path) -> SyncedBy:
    text = (files.content(folder / _IGNORE) or b"").decode("utf-8", "replace")
    is_excluded = any(_IGNORED.fullmatch(line.strip()) for line in text.splitlines())
    line = f"/{(root / PRIVATE).relative_to(folder).as_posix()}"
    return SyncedBy("Syncthing", f"add this line to {folder / _IGNORE}: {line}", is_excluded)


def _by_name(program: str, private: Path) -> SyncedBy:
    if program == "Dropbox":
        return SyncedBy(program, f"run: {_dropbox(private)}", _is_ignored_by_dropbox(private))
    if program in ("Nextcloud", "ownCloud"):
        return SyncedBy(program, f"in its settings, add to the ignored files: {PRIVATE}")
    return SyncedBy(program, None)


def _dropbox(private: Path) -> str:
    path = quote(str(private))
    if sys.platform != "darwin":
        return f"attr -s {_DROPBOX} -V 1 {path}"
    name = "com.apple.fileprovider.ignore#P" if "CloudStorage" in private.parts else _DROPBOX
    return f"xattr -w {quote(name)} 1 {path}"


def _is_ignored_by_dropbox(private: Path) -> bool:
    read = getattr(os, "getxattr", None)  # not on macOS
    with suppress(OSError):
        return bool(read and read(private, f"user.{_DROPBOX}") not in (b"", b"0"))
    return False
