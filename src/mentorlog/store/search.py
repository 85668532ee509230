"""Full-text search: every word or its beginning, ranked, the found words marked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mentorlog.errors import BadValue
from mentorlog.store.index import Index
from mentorlog.store.query import Hit, fts_words


def search(index: Index, text: str, kinds: Sequence[str], limit: int | None) -> list[Hit]:
    """Return the records that hold every word of the text or a word that begins so, best first, then by id."""
    words = fts_words(_searchable(text))
    only = f" AND r.kind IN ({', '.join('?' * len(kinds))})" if kinds else " AND r.kind != 'journal'"
    sql = (
        "SELECT r.data, highlight(words, 0, char(2), char(3)), snippet(words, 1, char(2), char(3), '…', 16)"
        " FROM words JOIN records r ON r.rowid = words.rowid"
        f" WHERE words MATCH ?{only} ORDER BY bm25(words, 4.0, 1.0, 0.5), r.id LIMIT ?"
    )
    rows = index.rows(sql, [words, *kinds, -1 if limit is None else limit])
    return [Hit(json.loads(data), title, snippet) for data, title, snippet in rows]


def _searchable(text: str) -> str:
    """Return the text, where the index can know any of its words; else BadValue."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadValue("TEXT", "The words to search for hold bytes that are no text.", "write them in UTF-8")
    if all(sign.isascii() and not sign.isalnum() for sign in text):
        said = "There is nothing to search for." if not text.strip() else "There is no word in what to search for."
        raise BadValue("TEXT", said, "give a word or its beginning, like: mentorlog search consent")
    return text
