"""Which files are damaged: their bytes are there, but this version cannot read them as what they should be."""

from __future__ import annotations

from mentorlog.errors import Reason, Unreadable
from mentorlog.models.record import Part
from mentorlog.store import layout, templates
from mentorlog.store.format import document, toml

_MOST_TRIED = 16 * 1024
"""The largest file, in bytes, of which every bit is tried: the time grows with the square of the size."""


def checked(path: str, data: bytes) -> Part | None:
    """Return the record in the bytes of a record, the profile, a template or journal.toml; None in the last two.

    Raises Unreadable with what is wrong and the line.
    """
    if path == layout.JOURNAL:
        document.journal_data(path, data)
        return None
    if layout.template_at(path):
        templates.decoded(path, data)
        return None
    if is_blank(data) and path != layout.PROFILE:  # an empty profile is one without fields
        raise Unreadable(path, "it is empty", reason=Reason.ELSEWHERE)
    return document.checked(path, data)


def is_damage(error: Unreadable) -> bool:
    """Return whether bytes that `checked` refuses are damaged: those of a newer version are not."""
    return error.reason != Reason.NEWER


def is_edit(path: str, data: bytes) -> bool:
    """Return whether somebody has written bytes that `checked` refuses: they are TOML, with the end of the fields.

    It may be a slip of a person, or a word of a later version; an older text is never better.
    """
    try:
        return not layout.template_at(path) and "created" in toml.parse(path, data)
    except Unreadable:
        return False


def wrong(path: str, data: bytes) -> Unreadable | None:
    """Return why `checked` refuses the bytes of a file; None if this version can read them."""
    try:
        checked(path, data)
    except Unreadable as error:
        return error
    return None


def is_readable(path: str, data: bytes) -> bool:
    """Return whether this version can read a file with these bytes."""
    return wrong(path, data) is None


ROTTEN = "other bytes were read before, and no program has written it since"
"""What is wrong with a file that can be read, but that changed although its stamp did not."""


def is_blank(data: bytes) -> bool:
    """Return whether nothing is in a file, or only the NUL of blocks that were never written."""
    return not data.strip(b"\0\n")


class BitSearch:
    """A search for files of which one bit is wrong, which hashes at most so many bytes in all."""

    def __init__(self, most: int) -> None:
        self._left = most

    def corrected(self, path: str, data: bytes, sha: str | None) -> bytes | None:
        """Return the readable bytes with this sha256 that differ from the given ones in one bit; None if none do."""
        cost = 4 * len(data) ** 2  # each of the bits, with half the file after it on average
        if sha is None or len(data) > _MOST_TRIED or cost > self._left or is_blank(data):
            return None
        self._left -= cost
        whole = _corrected(data, sha)
        return whole if whole is not None and is_readable(path, whole) else None


def _corrected(data: bytes, sha: str) -> bytes | None:
    from hashlib import sha256  # three times as fast as the interpreter's own

    start, view = sha256(), memoryview(data)
    for at, byte in enumerate(data):
        rest = view[at + 1 :]
        for bit in range(8):
            tried = start.copy()
            tried.update(bytes((byte ^ 1 << bit,)))
            tried.update(rest)
            if tried.hexdigest() == sha:
                return data[:at] + bytes((byte ^ 1 << bit,)) + data[at + 1 :]
        start.update(view[at : at + 1])
    return None
