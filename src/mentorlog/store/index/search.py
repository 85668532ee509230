"""Full-text search: every word or its beginning, ranked, the found words marked."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.domain.reports import SearchHit
from mentorlog.errors import BadValue
from mentorlog.store.index.index import Index
from mentorlog.store.index.query import Finds
from mentorlog.store.index.rows import decode_rows

_MARKED = "highlight(words, 0, char(2), char(3)), snippet(words, 1, char(2), char(3), '…', 16)"
_ANY = 500


def search(index: Index, text: str, kinds: Sequence[str], limit: int | None) -> Finds:
    """Return the records that hold every word of the text or a word that begins so, best first, then by id.

    All are ranked and counted, but only those within the limit are read and marked.
    """
    words = _match(_searchable(text))
    only = f" AND r.kind IN ({', '.join('?' * len(kinds))})" if kinds else " AND r.kind != 'journal'"
    matching = "FROM words JOIN records r ON r.rowid = words.rowid WHERE words MATCH ?"
    ranked = f"SELECT r.rowid {matching}{only} ORDER BY bm25(words, 4.0, 1.0, 0.5), r.id"
    found = [row[0] for row in index.rows(ranked, [words, *kinds])]
    best = found[:limit]
    # The + keeps FTS5 from looking every row up by a search of its own: one pass over the matches is cheaper.
    these = f" AND +words.rowid IN ({', '.join('?' * len(best))})" if len(best) < _ANY else ""
    rows = index.rows(f"SELECT r.rowid, r.data, {_MARKED} {matching}{these}", [words, *(best if these else ())])
    read = {row[0]: row[1:] for row in rows}
    marked = [read[rowid] for rowid in best]
    views = decode_rows(index.rows, [row[0] for row in marked])
    hits = [SearchHit(view, title, snippet) for view, (_, title, snippet) in zip(views, marked, strict=True)]
    return Finds(hits, len(found))


def _searchable(text: str) -> str:
    """Return the text, where the index can know any of its words; else BadValue."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadValue("TEXT", "The words to search for hold bytes that are no text.", "write them in UTF-8")
    if all(sign.isascii() and not sign.isalnum() for sign in text):
        message = "There is nothing to search for." if not text.strip() else "There is no word in what to search for."
        raise BadValue("TEXT", message, "give a word or its beginning, like: mentorlog search consent")
    return text


def _match(text: str) -> str:
    """Return an FTS5 expression that finds every word of the text, the last letters of each left open."""
    words = dict.fromkeys(text.replace('"', " ").replace("\0", " ").split())
    return " ".join(f'"{word}"*' for word in words)
