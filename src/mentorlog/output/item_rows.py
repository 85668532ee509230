"""Rows of an id, words and a day: in columns where there is room, else the day below the words."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.output.page import Page
from mentorlog.output.text import few_lines, pad, safe, width

Row = tuple[str, str, str, str]
"""The id, the words, the day or age, and the style of the day (dim where it is empty)."""

_INDENT = 2
_GAPS = 6
_MOST = 3


def laid_out(rows: Sequence[Row], page: Page) -> list[str]:
    """Return the lines of rows: nothing is cut on a pipe; on a terminal words may take three, and the day one."""
    first = max((width(safe(row[0])) for row in rows), default=0)
    last = max((width(row[2]) for row in rows), default=0)
    words = max((width(safe(row[1])) for row in rows), default=0)
    if page.terminal:
        words = min(words, max(page.width - first - last - _GAPS, 0))
    return [line for row in rows for line in _lines(row, page, first, words)]


def _lines(row: Row, page: Page, first: int, words: int) -> list[str]:
    id, text, day, ink = row
    said, styled = safe(text), page.style(day, ink or "dim")
    head, indent = f"{' ' * _INDENT}{page.style(pad(safe(id), first), 'cyan')}  ", first + _INDENT + 2
    if width(said) <= words:
        return [f"{head}{pad(said, words)}  {styled}".rstrip()]
    told = few_lines(said, max(page.width - indent, 1), _MOST)
    below = " " * min(indent, max(page.width - width(day), 0))
    return [head + told[0], *(" " * indent + line for line in told[1:]), below + styled]
