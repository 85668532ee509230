"""The lines of notes that begin with an id: `n4wp2: me first, he last` or `x t4m2x`, as Markdown reads them. Pure."""

from __future__ import annotations

import re

from mentorlog.domain.action_lines import BLANK, BULLET, OTHER, RECORD, START, TICK, blocks
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = rf"(?P<id>{RECORD})"
_BEFORE = rf"[{BLANK}]*(?:{BULLET}[{BLANK}]*)*(?:(?P<tick>{TICK})[{BLANK}]+)?"
_LINE = rf"(?i){_BEFORE}{_ID}(?P<colon>[{BLANK}]*:)?(?P<text>.*)"
_MAY_BE = rf"(?i)(?<![\w-]){_ID}"


class IdLine(Value):
    """A line that begins with an id: the first of its lines in the text, and what stands there.

    The text is what follows a colon, and any further lines that are indented; None without a colon.
    """

    first: int
    last: int
    id: str
    is_ticked: bool
    text: str | None


def may_be_in(text: str) -> bool:
    """Return whether a text has anything that looks like an id."""
    return re.search(_MAY_BE, text) is not None


def find(text: str) -> Iterator[IdLine]:
    """Yield the lines that begin with an id, in order; not those in code, quotes, tables and headings."""
    if not may_be_in(text):
        return
    typed = text.split("\n")
    for block in blocks(text):
        if block.place or block.is_code:
            continue
        begun: IdLine | None = None
        for number, line in enumerate(block.lines, block.first):
            if found := re.match(_LINE, line):
                if begun:
                    yield begun
                words = found["text"].strip() if found["colon"] else None
                begun = IdLine(number, number, found["id"].lower(), bool(found["tick"]), words)
            elif begun and begun.text is not None and _goes_on(line, typed[number]):
                begun = begun.but(last=number, text=f"{begun.text} {line.strip()}".lstrip())
            elif begun:
                yield begun
                begun = None
        if begun:
            yield begun


def is_one(text: str) -> bool:
    """Return whether the text behind a box begins with an id, so that the line is no action item."""
    return re.match(rf"(?i){_ID}", text) is not None


def _goes_on(line: str, typed: str) -> bool:
    """Return whether a line goes on with the one before: it is indented and nothing of its own."""
    return typed[:1].isspace() and not re.match(START, line) and not re.match(OTHER, line)
