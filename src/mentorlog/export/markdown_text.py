"""The small parts of a Markdown document; texts of one line are fully escaped."""

from __future__ import annotations

import re

from mentorlog.export.markdown_prose import inline, prose
from mentorlog.output.text import safe

# Markup within a line, and at the start of a line (of a heading or an item).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|(?<!\S)#|#(?=#*\s*$)|^[-+=]")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def line(text: str) -> str:
    """Return a text as one line without any markup."""
    clean = " ".join(safe(text, document=True).split())
    return _NUMBER.sub(r"\1\\\2", _MARKUP.sub(lambda match: f"\\{match[0]}", clean))


def address(text: str) -> str:
    """Return an address as a link, a path as text."""
    return f"<{text}>" if _ADDRESS.fullmatch(text) and text.isprintable() else line(text)


def bullet(head: str, *below: str) -> str:
    """Return one item of a list, with indented blocks below it."""
    lines = (text for block in below for text in block.split("\n"))
    return "\n".join([f"- {head}", *(f"  {text}" if text else "" for text in lines)])


def item(head: str, text: str | None) -> str:
    """Return `- head: text`; longer prose goes below the head, within the item."""
    if not text or not text.strip():
        return bullet(head)
    short = inline(text)
    return bullet(f"{head}: {short}") if short is not None else bullet(f"{head}:", "", prose(text))
