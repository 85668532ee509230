"""Passages of a text: where one stands, whatever white space is between its words, and the text without it."""

from __future__ import annotations

import re


def found(text: str, passage: str) -> re.Match[str] | None:
    """Return where a passage stands in a text."""
    words = passage.split()
    return re.search(r"\s+".join(map(re.escape, words)), text) if words else None


def without(text: str, passage: str) -> str:
    """Return a text without a passage that stands in it, and without the gap that this leaves."""
    place = found(text, passage)
    assert place
    before, after = text[: place.start()], text[place.end() :]
    gaps = after[: len(after) - len(after.lstrip())], before[len(before.rstrip()) :]
    if before.strip() and after.strip():
        return before.rstrip() + max(gaps, key=lambda gap: gap.count("\n")) + after.lstrip()
    return (before.rstrip() or before) + (after if before.strip() else after.lstrip())
