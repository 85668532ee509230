"""Errors of the operating system in words: the cause, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from mentorlog.errors import DiskFailure

_CAUSES = {
    errno.ENOSPC: ("the disk is full", "free some space, then run the command again"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, then run the command again"),
    errno.EROFS: ("the disk is read-only", "make it writable, then run the command again"),
    errno.EACCES: ("permission denied", "check the owner and permissions of the file and its folder with: ls -l"),
    errno.EPERM: ("permission denied", "check the owner and permissions of the file and its folder with: ls -l"),
    errno.EIO: ("the disk failed (input/output error)", "check the disk, and copy the journal to another one"),
    errno.ENOENT: ("the folder does not exist", "create the folder first"),
    errno.EISDIR: ("it is a folder", "move the folder, or use another path"),
    errno.ENOTEMPTY: ("it is a folder that is not empty", "move the folder"),
    errno.ENOTDIR: ("part of the path is not a folder", "check the path"),
    errno.EFBIG: ("the file is larger than allowed", "see the limit with: ulimit -f"),
}
_UNKNOWN = "check the disk, and whether the folder is writable"


def reason(error: OSError) -> str:
    """Return in a few words why the operating system refused."""
    return _CAUSES.get(error.errno or 0, ((error.strerror or "unknown error").lower(), ""))[0]


def disk_failure(error: OSError, path: Path, doing: str = "write") -> DiskFailure:
    """Return the error for the user: what could not be done to which path, and why."""
    why, hint = reason(error), _CAUSES.get(error.errno or 0, ("", _UNKNOWN))[1]
    return DiskFailure(f"Cannot {doing} {path}: {why}.", hint, why)
