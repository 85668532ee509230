"""The screen of `search`: each record, then its text with the matches marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mentorlog.domain.reports import SearchHit
from mentorlog.models.views import noun
from mentorlog.output.page import NARROW, Page
from mentorlog.output.text import cut, few_lines, fit, pad, safe, width

START, END = "\x02", "\x03"

_JOINERS = "\u200c\u200d"
_KIND = len("meeting")
_ECHO = 60
_NARROW = 16  # the fewest cells for titles and snippets, however narrow the terminal is
_MOST = 4  # the most lines of a title on a narrow terminal

_Piece = tuple[str, bool]  # a part of a text, and whether it is a match


def data(hit: SearchHit) -> dict[str, Any]:
    """Return a result for scripts: the record, and as `snippet` the text around the match."""
    around = hit.snippet if START in hit.snippet else hit.title
    return {**hit.view, "snippet": " ".join(around.replace(START, "").replace(END, "").split())}


def lines(hits: Sequence[SearchHit], page: Page, asked: str) -> list[str]:
    """Lay out the results, or report that there are none."""
    if not hits:
        return [f"No results for '{fit(safe(asked), _ECHO)}'."]
    column = max(width(safe(hit.view["id"])) for hit in hits)
    ids = page.ids([hit.view["id"] for hit in hits])
    shown: list[str] = []
    for hit in hits:
        id, kind = hit.view["id"], noun(hit.view)
        head, indent = f"{ids[id]}{' ' * (column - width(safe(id)))}  ", " " * (column + 2)
        room = page.width - column - 2
        beside = room - _KIND - 2
        if page.terminal and page.width < NARROW and sum(width(text) for text, _ in _pieces(hit.title)) > beside:
            shown += [head + kind, *(indent + line for line in _wrapped(hit.title, page, room))]
        else:
            shown.append(f"{head}{pad(kind, _KIND)}  {_marked(hit.title, page, beside)}")
        if START in hit.snippet:
            shown.append(f"{indent}{_marked(hit.snippet, page, room)}")
    return shown


def _wrapped(text: str, page: Page, room: int) -> list[str]:
    """Return a text in a few lines, its matches in bold."""
    pieces = _pieces(text)
    plain = "".join(piece for piece, _ in pieces)
    shown, place = [], 0
    for line in few_lines(plain, max(room, _NARROW), _MOST):
        words = line.removesuffix("…")
        at = plain.find(words, place)
        place = max(at, place)
        inside = _between(pieces, at, at + len(words)) if at >= 0 else [(words, False)]
        shown.append(_styled(inside, page) + line[len(words) :])
    return shown


def _between(pieces: Sequence[_Piece], start: int, end: int) -> list[_Piece]:
    """Return the part of the pieces from one place to another."""
    found, at = [], 0
    for text, is_hit in pieces:
        part = text[max(start - at, 0) : max(end - at, 0)]
        found += [(part, is_hit)] if part else []
        at += len(text)
    return found


def _styled(pieces: Sequence[_Piece], page: Page) -> str:
    return "".join(page.style(text, "bold", "yellow") if is_hit else text for text, is_hit in pieces)


def _marked(text: str, page: Page, room: int) -> str:
    """Return a text in one line, cut to fit a terminal, its matches in bold."""
    if not (page.colour or page.terminal):
        return safe(" ".join(text.replace(START, "").replace(END, "").split()))
    pieces = _pieces(text)
    return _styled(_cut(pieces, max(room, _NARROW)) if page.terminal else pieces, page)


def _pieces(text: str) -> list[_Piece]:
    first, *rest = " ".join(text.split()).split(START)
    pieces = [(_safe(first), False)]
    for part in rest:
        hit, _, after = part.partition(END)
        pieces += [(_safe(hit), True), (_safe(after), False)]
    return [piece for piece in pieces if piece[0]]


def _safe(piece: str) -> str:
    """Return a piece of a text without what joined it to the next one."""
    return safe(piece.strip(_JOINERS))


def _cut(pieces: list[_Piece], room: int) -> list[_Piece]:
    """Return the pieces cut to fit, from the left first if the first match would be lost."""
    if sum(width(text) for text, _ in pieces) <= room:
        return pieces
    first, is_hit = pieces[0]
    if not is_hit and len(pieces) > 1 and width(first) > room // 2:
        count = cut(first[::-1], room // 2 - 1)
        pieces = [(f"…{first[len(first) - count :].lstrip()}", False), *pieces[1:]]
    shown: list[_Piece] = []
    for text, is_hit in pieces:
        left = room - sum(width(one) for one, _ in shown)
        shown.append((fit(text, left), is_hit))
        if width(text) > left:
            break
    return shown
