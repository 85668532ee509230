"""Full-text search: every word or its beginning, ranked, the found words marked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mentorlog.store.index import Index
from mentorlog.store.query import Hit, fts_words


def search(index: Index, text: str, kinds: Sequence[str], limit: int | None) -> list[Hit]:
    """Return the records that hold every word of the text or a word that begins so, best first, then by id."""
    words = fts_words(text)
    if not words:
        return []
    only = f" AND r.kind IN ({', '.join('?' * len(kinds))})" if kinds else " AND r.kind != 'journal'"
    sql = (
        "SELECT r.data, snippet(words, -1, char(2), char(3), '…', 16)"
        " FROM words JOIN records r ON r.rowid = words.rowid"
        f" WHERE words MATCH ?{only} ORDER BY bm25(words, 4.0, 1.0), r.id LIMIT ?"
    )
    rows = index.rows(sql, [words, *kinds, -1 if limit is None else limit])
    return [Hit(json.loads(data), snippet) for data, snippet in rows]
