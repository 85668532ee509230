"""The copies of a record's file that sync programs and file managers make beside it."""

from __future__ import annotations

import re
from collections.abc import Collection

from mentorlog.store.layout import id_of

_MARKS = (" ", "(", "conflict")
_OWN = re.compile(r"[a-z0-9-]*")
"""Our file names, unlike those of copies."""
_COPY = re.compile(
    r"(?P<stem>.+?)(?:"
    r"\.sync-conflict-[\w-]+"  # Syncthing
    r"|[ _.-]*\([^()]*(?:conflict|case)[^()]*\)"  # Dropbox, Nextcloud, ownCloud
    r"|[ _.-]+conflict(?:ed)?[ _.-].*"
    r"| ?\(\d{1,3}\)"  # Google Drive, browsers, Windows
    r"| \d{1,2}"  # iCloud
    r"| - ?[Cc]opy.*| copy(?: \d{1,2})?"  # file managers
    r")",
    re.IGNORECASE,
)


def original_of(path: str) -> str | None:
    """Return the path of which a file is a copy by its name, whether it exists or not; None for any other name."""
    folder, slash, name = path.rpartition("/")
    if not any(mark in name for mark in _MARKS) or _OWN.fullmatch(name.removesuffix(".toml")):
        return None
    match = _COPY.fullmatch(name.removesuffix(".toml"))
    return f"{folder}{slash}{match['stem']}.toml" if match else None


def is_copy(name: str) -> bool:
    """Return whether a file of any kind has the name of a copy."""
    stem = name.rpartition(".")[0]
    return any(mark in name for mark in _MARKS) and not _OWN.fullmatch(stem) and bool(_COPY.fullmatch(stem))


def among(names: Collection[str]) -> set[str]:
    """Return the names of copies whose originals are among the names too."""
    known = set(names)
    return {name for name in names if original_of(name) in known}


def id_of_record(path: str) -> str:
    """Return the id in a path, or for a copy that in the path of its original."""
    return id_of(original_of(path) or path)
