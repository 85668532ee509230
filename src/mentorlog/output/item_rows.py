"""Rows of an id, words and a day: in columns where there is room, else the day below the words."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.output.page import Page
from mentorlog.output.text import few_lines, pad, safe, width

Row = tuple[str, str, str, str]
"""The id, the words, the day or age, and the style of the day (dim where it is empty)."""


def layout_rows(rows: Sequence[Row], page: Page) -> list[str]:
    """Return the lines of rows: nothing is cut on a pipe; on a terminal words may take three, and the day one."""
    ids = max((width(safe(row[0])) for row in rows), default=0)
    days = max((width(row[2]) for row in rows), default=0)
    texts = max((width(safe(row[1])) for row in rows), default=0)
    if page.terminal:
        texts = min(texts, max(page.width - ids - days - 6, 0))  # two cells before the id, the words and the day
    lines: list[str] = []
    for id, text, day, ink in rows:
        text, styled = safe(text), page.style(day, ink or "dim")
        head, indent = f"  {page.style(pad(safe(id), ids), 'cyan')}  ", ids + 4
        if width(text) <= texts:
            lines.append(f"{head}{pad(text, texts)}  {styled}".rstrip())
            continue
        first, *rest = few_lines(text, max(page.width - indent, 1), most=3)
        below = " " * min(indent, max(page.width - width(day), 0))
        lines += [head + first, *(" " * indent + line for line in rest), below + styled]
    return lines
