"""How `search` shows what it found: the record, then the words around the find, the found words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from mentorlog.models.views import View, heading
from mentorlog.output.screen import Page
from mentorlog.output.text import fit, pad, safe

START, END = "\x02", "\x03"


class Hit(Protocol):
    """A record that was found: its view, and a snippet whose found words stand between START and END."""

    @property
    def view(self) -> View:
        """The record."""

    @property
    def snippet(self) -> str:
        """The words around the find."""


def plain(snippet: str) -> str:
    """Return the snippet without its marks."""
    return snippet.replace(START, "").replace(END, "")


def lines(hits: Sequence[Hit], page: Page, asked: str) -> list[str]:
    """Lay out the finds, or say that there are none."""
    if not hits:
        return [f"Nothing holds the words: {safe(asked)}"]
    return [line for hit in hits for line in _one(hit, page)]


def _one(hit: Hit, page: Page) -> Iterator[str]:
    view, room = hit.view, page.width - 18
    title = safe(heading(view))
    yield f"{page.style(pad(view['id'], 8), 'cyan')}  {pad(view['record'], 7)} {page.fit(title, max(room, 12))}"
    around = " ".join(hit.snippet.split())
    if plain(around) != heading(view):
        yield " " * 10 + _marked(around, page, max(page.width - 10, 16))


def _marked(snippet: str, page: Page, room: int) -> str:
    """Return the snippet cut to the room, its found words in bold where there is colour."""
    shown = fit(safe(plain(snippet)), room) if page.terminal else safe(plain(snippet))
    if not page.colour:
        return shown
    for part in sorted({p.partition(END)[0] for p in snippet.split(START)[1:]}, key=len, reverse=True):
        word = safe(part)
        shown = shown.replace(word, page.style(word, "bold", "yellow")) if word.isprintable() else shown
    return shown
