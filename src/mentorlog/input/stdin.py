"""The texts that a command reads: on stdin for `-`, or in a file that is named."""

from __future__ import annotations

import sys
from collections.abc import Callable

from mentorlog import places
from mentorlog.errors import BadValue, MentorlogError, Usage


class StdinText:
    """What is piped in, or typed: UTF-8, line ends as LF; it can be read once."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._was_read = False

    def read(self, *, may_be_empty: bool = False) -> str:
        """Return all of it, to the byte; Usage where it is empty: whoever writes - has a text to give."""
        if self._was_read:
            raise Usage("Only one option can take - (stdin).", "give the other text in words, or with --edit")
        self._was_read = True
        if _is_typed():
            self._note("Type the text; Ctrl-D on a line of its own ends it, Ctrl-C to cancel.")
        text = decode(sys.stdin.buffer.read() if sys.stdin else b"", "the text on stdin")
        if not text.strip() and not may_be_empty:
            raise Usage(
                "The text on stdin (-) is empty; nothing was changed.",
                "pipe the text in, or write it in place of the -",
            )
        return text

    def text(self, *, may_be_empty: bool = False) -> str:
        """Return it as the text of a field: the line end of a single line is none of it, several lines are kept."""
        text = self.read(may_be_empty=may_be_empty)
        return text if text.count("\n") > 1 else text.removesuffix("\n")


def _is_typed() -> bool:
    try:
        return bool(sys.stdin.isatty())
    except (AttributeError, ValueError):
        return False


def read_file(path: str, limit: int, hint: str) -> bytes:
    """Return the bytes of a file that the user named; the hint says what to name instead of one that is none."""
    place = places.full(path, "The name of the file", hint)
    try:
        with place.open("rb") as opened:
            data = opened.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise MentorlogError(f"There is no file {path}.", hint) from None
    except IsADirectoryError:
        raise MentorlogError(f"{path} is a folder, not a file.", hint) from None
    except OSError as error:
        from mentorlog.store.disk.os_errors import disk_failure

        raise disk_failure(error, place, "read") from error
    if len(data) > limit:
        raise MentorlogError(f"{path} is larger than {limit >> 20} MiB.", hint)
    return data


def decode(data: bytes, what: str) -> str:
    """Return the bytes as text with LF line ends and without a byte order mark; BadValue where they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadValue(
            "text", f"{what[:1].upper()}{what[1:]} is not UTF-8 (line {line}).", "save it as UTF-8"
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
