"""Our git directory as files: whether it is whole and ours, and what a killed git has left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mentorlog.errors import NeedsDoctor
from mentorlog.store.disk import files

BRANCH = "refs/heads/mentorlog"
TIP = "refs/remote/mentorlog"
"""The last commit that was fetched."""
OFFERED = "refs/offered"
"""What keeps a commit of ours until it is on the remote."""
_REF = re.compile(rb"(?:[0-9a-f]{40}\n)?")
# What leads git to other settings, objects or parents.
_LEADING_ELSEWHERE = [
    "commondir",
    "config.worktree",
    "shallow",
    "info/grafts",
    "objects/info/alternates",
    "objects/info/http-alternates",
]
_OWN_SETTING = re.compile(
    r"\[core\]|\[extensions\]|(repositoryformatversion|filemode|bare|ignorecase|symlinks|precomposeunicode|objectformat"
    r"|refstorage) = [a-z0-9]+",
    re.IGNORECASE,
)
_LEFT = re.compile(r".+\.(lock|keep)|fast_import_crash_.+|gc\.pid|\.?tmp[-_].+")


def _names_objects(folder: Path) -> bool:
    """Return whether our refs name objects: git would write through one that names another ref, wherever that is."""
    refs = [folder / TIP, folder / OFFERED]
    if not all(files.is_folder(ref.parent) for ref in refs if files.look(ref.parent)):
        return False
    return all(_REF.fullmatch(files.content(ref) or b"") for ref in refs)


def is_whole(folder: Path) -> bool:
    """Return whether a folder is a git directory as `git init` makes it, with nothing that could lead git elsewhere."""
    if not all(files.is_folder(path) for path in (folder, folder / "objects", folder / "refs")):
        return False
    if any(files.look(folder / name) is not None for name in _LEADING_ELSEWHERE):
        return False
    try:
        if not _names_objects(folder):
            return False
        head = files.content(folder / "HEAD")
        config = (files.content(folder / "config") or b"").decode("utf-8", "replace")
    except NeedsDoctor:
        return False
    lines = [line.strip() for line in config.splitlines()]
    return head == f"ref: {BRANCH}\n".encode() and bool(lines) and all(map(_OWN_SETTING.fullmatch, lines))


def _own_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders of a git directory where a killed git may leave something."""
    yield folder
    objects = folder / "objects"
    yield objects
    yield from (objects / name for name in files.real_names(objects))
    refs = [folder / "refs"]
    while refs:
        one = refs.pop()
        yield one
        refs += [one / name for name in files.real_names(one) if files.is_folder(one / name)]


def tip(folder: Path) -> str | None:
    """Return the commit that was fetched last, if its ref is a file of its own: no git need be asked."""
    try:
        data = files.content(folder / TIP)
    except NeedsDoctor:
        return None
    return data.decode().strip() if data and _REF.fullmatch(data) else None


def sweep(folder: Path) -> None:
    """Remove what a killed git has left: locks, temporary files, reports of a crash; the caller is alone here."""
    for inner in _own_folders(folder):
        for name in files.real_names(inner):
            if _LEFT.fullmatch(name) and not files.is_folder(inner / name):
                files.unlink(inner / name)


def packs(folder: Path) -> int:
    """Return how many packs there are."""
    return sum(name.endswith(".pack") for name in files.real_names(folder / "objects" / "pack"))
