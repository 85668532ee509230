"""The guard against formulas in CSV: a spreadsheet runs no text of a journal, and reading it back gives the same text.

A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that looks like a
guarded text. Each text has one guarded form, so that `unguarded` is the exact inverse.
"""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What a spreadsheet may take for a formula, or a guarded text: apostrophes, then the beginning of a formula."""


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
