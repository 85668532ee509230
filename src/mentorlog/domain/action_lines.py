"""The action items of notes: `- [ ] @me Draft abstract due:fri`, read as Markdown reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mentorlog import ids

_ITEM = r"(?s)[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[(?P<box>[ xX])\][ \t]+@(?P<who>\S+)(?P<rest>.*)"
"""A list item with a box, and whose it is."""

ENDS_IN_ID = rf"\((?P<id>t[{ids.ALPHABET}]{{4}})\)[ \t]*$"
"""The end of an item that became a task: `(t4m2x)`."""

_HIDES = r"```|~~~|[<>\t]| {4}"
"""Without any of these there is no code, HTML or quote in a text."""


def action_items(text: str) -> dict[int, re.Match[str]]:
    """Return the action items by the index of their line: none in code, comments or quotes."""
    lines = enumerate(text.split("\n"))
    items = {number: item for number, line in lines if "@" in line and (item := re.fullmatch(_ITEM, line))}
    hidden = _hidden_lines(text) if items and re.search(_HIDES, text) else frozenset[int]()
    return {number: item for number, item in items.items() if number not in hidden}


def _hidden_lines(text: str) -> set[int]:
    """Return the lines of code, HTML and quotes, as markdown-it has them."""
    from markdown_it import MarkdownIt  # dear to load, and most notes have nothing that hides an item

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).disable("inline")
    blocks = ("fence", "code_block", "html_block", "blockquote_open")
    maps = [token.map for token in parser.parse(text.replace("\r", " ")) if token.type in blocks and token.map]
    return {line for start, end in maps for line in range(start, end)}


def annotated(notes: str, states: Mapping[str, str]) -> str:
    """Return notes with the state of each task beside its action item: `… (t4m2x) → done`."""
    lines = notes.split("\n")
    for number in action_items(notes):
        made = re.search(ENDS_IN_ID, lines[number])
        if made and (state := states.get(made["id"])):
            lines[number] = f"{lines[number].rstrip()} → {state}"
    return "\n".join(lines)
