"""Which machine the files in `.mentorlog` belong to: a random id, there and in the user's state folder.

It tells a log that a sync program brought from another machine, or that was carried on a USB stick. All of it is best
effort: without a home folder, or where a file cannot be read or written, nothing is known, and that is never an error.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import MACHINE, Layout
from mentorlog.store.seen import may_make

_ID = re.compile(rb"[0-9a-f]{32}\n")
_NAME = "machine"  # of the file in the state folder


def mark(layout: Layout, state: Path | None, *, again: bool = False) -> None:
    """Record, if possible, that the files in `.mentorlog` belong to this machine: if nothing is known, or `again`."""
    with suppress(MentorlogError, OSError):
        own = None if state is None else _id(state / _NAME) or _new(state)
        is_ours = files.real_folder(layout.private)  # never into a folder elsewhere, through a link
        if own is not None and is_ours and (again or _id(layout.root / MACHINE) is None):
            files.put_own(layout.root / MACHINE, own)


def is_foreign(layout: Layout, state: Path | None) -> bool:
    """Return whether the files in `.mentorlog` are known to belong to another machine."""
    there, own = _id(layout.root / MACHINE), None if state is None else _id(state / _NAME)
    return None not in (there, own) and there != own


def _id(path: Path) -> bytes | None:
    """Return the id in a file; None if there is none that can be read."""
    with suppress(MentorlogError, OSError):
        data = files.content(path) or b""
        return data if _ID.fullmatch(data) else None
    return None


def _new(state: Path) -> bytes:
    """Choose an id for this machine and save it."""
    if may_make(state):
        files.private_folder(state, parents=True)
    own = os.urandom(16).hex().encode() + b"\n"
    files.put_own(state / _NAME, own)
    return own
