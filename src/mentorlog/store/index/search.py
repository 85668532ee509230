"""Full-text search: every word or prefix must match; ranked, with the matches marked."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.domain.reports import SearchHit
from mentorlog.errors import BadValue, shortened
from mentorlog.store.index.index import Index
from mentorlog.store.index.rows import decode_rows

_MARKED = "highlight(words, 0, char(2), char(3)), snippet(words, 1, char(2), char(3), '…', 16)"
_ANY = 500


def search(index: Index, text: str, kinds: Sequence[str], limit: int | None) -> tuple[list[SearchHit], int]:
    """Return the records that match every word of the text as a word or prefix, best first, and their number.

    All are ranked (and by id) and counted, but only those within the limit are read and marked.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadValue("TEXT", "The search text is not valid UTF-8.", "type it as UTF-8")
    if all(sign.isascii() and not sign.isalnum() for sign in text):  # the index has no such words
        message = f"{shortened(text)} contains no word to search for." if text.strip() else "The search text is empty."
        raise BadValue("TEXT", message, "enter a word or the beginning of one, for example: mentorlog search consent")
    terms = dict.fromkeys(text.replace('"', " ").replace("\0", " ").split())
    words = " ".join(f'"{term}"*' for term in terms)  # an FTS5 expression of prefixes
    only = f" AND r.kind IN ({', '.join('?' * len(kinds))})" if kinds else " AND r.kind != 'journal'"
    matching = "FROM words JOIN records r ON r.rowid = words.rowid WHERE words MATCH ?"
    ranked = f"SELECT r.rowid {matching}{only} ORDER BY bm25(words, 4.0, 1.0, 0.5), r.id"
    rowids = [row[0] for row in index.rows(ranked, [words, *kinds])]
    best = rowids[:limit]
    # The + keeps FTS5 from searching for every row: one pass over the matches is cheaper.
    these = f" AND +words.rowid IN ({', '.join('?' * len(best))})" if len(best) < _ANY else ""
    rows = index.rows(f"SELECT r.rowid, r.data, {_MARKED} {matching}{these}", [words, *(best if these else ())])
    read = {row[0]: row[1:] for row in rows}
    marked = [read[rowid] for rowid in best]
    views = decode_rows(index.rows, [row[0] for row in marked])
    hits = [SearchHit(view, title, snippet) for view, (_, title, snippet) in zip(views, marked, strict=True)]
    return hits, len(rowids)
