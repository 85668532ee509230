"""The small parts of a Markdown document; texts of one line are escaped whole."""

from __future__ import annotations

import re

from mentorlog.export.markdown_prose import inline, prose
from mentorlog.output.text import safe

# What is markup within a line, and what is markup where a line begins (of a heading or an item).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~]|&(?=#?\w+;)|(?<!\S)#|#(?=#*\s*$)|^[-+=]")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def line(text: str) -> str:
    """Return a text of one line: nothing in it is markup."""
    clean = " ".join(safe(text).split())
    return _NUMBER.sub(r"\1\\\2", _MARKUP.sub(lambda match: f"\\{match[0]}", clean))


def address(text: str) -> str:
    """Return an address as a link, a path as text."""
    return f"<{text}>" if _ADDRESS.fullmatch(text) and text.isprintable() else line(text)


def bullet(head: str, *below: str) -> str:
    """Return one item of a list with what stands below it, set in."""
    lines = (text for block in below for text in block.split("\n"))
    return "\n".join([f"- {head}", *(f"  {text}" if text else "" for text in lines)])


def item(head: str, text: str | None) -> str:
    """Return `- head: text`; longer prose stands below the head, within the item."""
    if not text or not text.strip():
        return bullet(head)
    short = inline(text)
    return bullet(f"{head}: {short}") if short is not None else bullet(f"{head}:", "", prose(text))
