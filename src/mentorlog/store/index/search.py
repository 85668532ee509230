"""Full-text search: every word or prefix must match; ranked, with the matches marked."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.domain.reports import SearchHit
from mentorlog.errors import BadValue, shortened
from mentorlog.store.index.index import Index
from mentorlog.store.index.query import OFFERED, OPEN_FIRST
from mentorlog.store.index.rows import decode_rows

_MARKED = "highlight(words, 0, char(2), char(3)), snippet(words, 1, char(2), char(3), '…', 16)"
_START = "\x02"
_MATCHING = "FROM words JOIN records r ON r.rowid = words.rowid WHERE words MATCH ?"
_RANK = "bm25(words, 4.0, 1.0, 0.5, 4.0, 1.0)"
_ANY = 500


def search(index: Index, text: str, kinds: Sequence[str], limit: int | None) -> tuple[list[SearchHit], int]:
    """Return the records that match every word of the text as a word or prefix, best first, and their number.

    The record whose id the text is comes first; if nothing matches, those whose ids begin with it are returned.
    All are ranked (and by id) and counted, but only those within the limit are read and marked.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadValue("TEXT", "The search text is not valid UTF-8.", "type it as UTF-8")
    terms = _terms(text)
    if all(sign.isascii() and not sign.isalnum() for term in terms for sign in term):  # the index has no such words
        message = f"{shortened(text)} contains no word to search for." if text.strip() else "The search text is empty."
        raise BadValue("TEXT", message, "enter a word or the beginning of one, for example: mentorlog search consent")
    words = " ".join(f'"{term}"*' for term in terms)  # an FTS5 expression of prefixes
    only = f" AND r.kind IN ({', '.join('?' * len(kinds))})" if kinds else " AND r.kind != 'journal'"
    found = index.rows(f"SELECT r.rowid {_MATCHING}{only} ORDER BY {_RANK}, r.id", [words, *kinds])
    by_id = f"SELECT r.rowid FROM records r WHERE r.id >= ? AND r.id <= ?{only} ORDER BY r.id"
    id = text.strip().lower()
    with_id = index.rows(by_id, [id, id, *kinds])
    if not (found or with_id) and len(id) > 1:
        with_id = index.rows(by_id, [id, f"{id}\U0010ffff", *kinds])
    rowids = [rowid for (rowid,) in dict.fromkeys([*with_id, *found])]
    best = rowids[:limit]
    read = _read(index, best, words, terms)
    views = decode_rows(index.rows, [read[rowid][0] for rowid in best])
    return [SearchHit(view, *read[rowid][1:]) for view, rowid in zip(views, best, strict=True)], len(rowids)


def titled(index: Index, text: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return (id, title) of the records with words in their titles that begin with those of a text, as completions."""
    terms = [term for term in _terms(text) if any(map(str.isalnum, term))]
    words = " ".join(f'"{term}"*' for term in terms)
    if not words:
        return []
    only = f"r.kind IN ({', '.join('?' * len(kinds))})" if kinds else "r.kind != 'journal'"
    sql = f"SELECT r.id, r.title {_MATCHING} AND {only} ORDER BY {OPEN_FIRST}, r.created DESC, r.id LIMIT {OFFERED}"
    return [(id, title) for id, title in index.rows(sql, [f"{{title title_forms}} : ({words})", *kinds])]


def _terms(text: str) -> list[str]:
    """Return the words of a text as they are searched, each once."""
    words = text.replace('"', " ").replace("\0", " ").split()
    if text.isascii():
        return list(dict.fromkeys(word.lower() for word in words))
    from mentorlog.store.index.words import searched

    return [term for term in dict.fromkeys(map(searched, words)) if term]


def _read(index: Index, rowids: Sequence[int], words: str, terms: Sequence[str]) -> dict[int, tuple[str, str, str]]:
    """Return the data, the heading and a snippet of records, the matches marked."""
    # The + keeps FTS5 from searching for every row: one pass over the matches is cheaper.
    marks = ", ".join("?" * len(rowids))
    these = f" AND +words.rowid IN ({marks})" if len(rowids) < _ANY else ""
    columns = f"SELECT r.rowid, r.data, {_MARKED}, title_forms != '' OR body_forms != ''"
    rows = index.rows(f"{columns} {_MATCHING}{these}", [words, *(rowids if these else ())])
    read = {rowid: (data, title, snippet) for rowid, data, title, snippet, _ in rows}
    missing = [rowid for rowid in rowids if rowid not in read]
    if missing:  # found by their ids alone
        plain = "SELECT r.rowid, r.data, words.title, '' FROM words JOIN records r ON r.rowid = words.rowid"
        missed = index.rows(f"{plain} WHERE r.rowid IN ({', '.join('?' * len(missing))})", missing)
        read |= {rowid: (data, title, snippet) for rowid, data, title, snippet in missed}
    for rowid, data, title, snippet, has_forms in rows:
        if has_forms and _START not in title + snippet:
            from mentorlog.store.index.words import around, marked

            title, body = index.rows("SELECT title, body FROM words WHERE rowid = ?", [rowid])[0]
            title, body = marked(title, terms), marked(body, terms)
            read[rowid] = (data, title, around(body) if _START in body else snippet)
    return read
