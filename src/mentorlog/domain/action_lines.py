"""The action items in notes, such as `- [ ] @me Draft abstract due:fri`, parsed as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mentorlog import ids

_ITEM = r"(?s)[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[(?P<box>[ xX])\][ \t]+@(?P<who>\S+)(?P<rest>.*)"
"""A list item with a checkbox and an owner."""

ENDS_IN_ID = rf"\((?P<id>t[{ids.ALPHABET}]{{4}})\)[ \t]*$"
"""The end of an item that became a task: `(t4m2x)`."""

_HIDES = r"```|~~~|[<>\t]| {4}"
"""A text without any of these has no code, HTML or quote."""


def action_items(text: str) -> dict[int, re.Match[str]]:
    """Return the action items by line index, except those in code, comments or quotes."""
    lines = enumerate(text.split("\n"))
    items = {number: item for number, line in lines if "@" in line and (item := re.fullmatch(_ITEM, line))}
    hidden = _hidden_lines(text) if items and re.search(_HIDES, text) else frozenset[int]()
    return {number: item for number, item in items.items() if number not in hidden}


def _hidden_lines(text: str) -> set[int]:
    """Return the lines of code, HTML and quotes, as parsed by markdown-it."""
    from markdown_it import MarkdownIt  # slow to load, and most notes have no code or quotes

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).disable("inline")
    blocks = ("fence", "code_block", "html_block", "blockquote_open")
    maps = [token.map for token in parser.parse(text.replace("\r", " ")) if token.type in blocks and token.map]
    return {line for start, end in maps for line in range(start, end)}


def annotated(notes: str, states: Mapping[str, str]) -> str:
    """Return notes with the status of each task after its action item: `… (t4m2x) → done`."""
    lines = notes.split("\n")
    for number in action_items(notes):
        made = re.search(ENDS_IN_ID, lines[number])
        if made and (state := states.get(made["id"])):
            lines[number] = f"{lines[number].rstrip()} → {state}"
    return "\n".join(lines)
