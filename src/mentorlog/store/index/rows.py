"""The tables of the index, and their rows, which omit default values."""

from __future__ import annotations

import json
import sqlite3

from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.values import Value
from mentorlog.vocabulary import ME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from mentorlog.models.fields import Spec
    from mentorlog.models.record import Part
    from mentorlog.models.views import View

    Rows = Callable[[str, Iterable[Any]], list[tuple[Any, ...]]]
    RowDefaults = dict[str, str | list[Any] | None]

SCHEMA = 130259728
"""The file's user_version, computed from all that rows are made of (tests/store/index/test_rows.py says how).

The index of another version, or of records with other defaults, has another number and is rebuilt.
"""

TABLES = """
CREATE TABLE folders (folder TEXT PRIMARY KEY, names BLOB NOT NULL, stamps BLOB NOT NULL);
CREATE TABLE records (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, title TEXT NOT NULL,
    alias TEXT, status TEXT, subkind TEXT, day TEXT, created TEXT NOT NULL, data TEXT NOT NULL,
    checksum TEXT NOT NULL);
CREATE INDEX record_id ON records (id);
CREATE INDEX record_kind ON records (kind, status, day, id);
CREATE INDEX record_created ON records (created, kind);
CREATE TABLE links (path TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, target TEXT NOT NULL,
    status TEXT, day TEXT);
CREATE INDEX link_target ON links (target, role, kind, status, day, path);
CREATE INDEX link_path ON links (path);
CREATE TABLE evidence (path TEXT NOT NULL, goal TEXT NOT NULL, day TEXT NOT NULL);
CREATE INDEX evidence_goal ON evidence (goal, day);
CREATE INDEX evidence_path ON evidence (path);
CREATE TABLE defaults (kind TEXT PRIMARY KEY, defaults TEXT NOT NULL);
CREATE TABLE problems (path TEXT PRIMARY KEY, message TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL);
CREATE INDEX problem_copy ON problems (message, line, reason);
CREATE TABLE used (id TEXT PRIMARY KEY);
CREATE TABLE log (seq INTEGER NOT NULL);
INSERT INTO log VALUES (-1);
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, short, title_forms, body_forms, tokenize = "unicode61 remove_diacritics 2");
"""
"""A bit that flips on the disk must show (soundness.py): a record's row and words have a checksum, and every column of
`links`, `evidence`, `problems` and `used` is in a b-tree index too, with which SQLite compares it."""

CONFLICT = "conflict"
"""The role of the link, to nothing, of a record that waits for a choice."""

_BETWEEN = " · "  # separates the fields of a record in the search, so that a snippet shows where one ends
_VIEWED = ("record", "id", "title")
"""The keys of every view; an unknown key `title` is not text either."""


def compact(value: Any) -> str:
    """Return plain data as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class IndexedRecord(Value):
    """One readable file, ready for the index."""

    path: str
    fingerprint: str
    view: View
    part: type[Part] | None
    """The dataclass of its kind; None for journal.toml."""

    @property
    def defaults(self) -> RowDefaults:
        """The fields of every view of its kind, in order, with their defaults."""
        return row_defaults(self.part)

    @property
    def row(self) -> tuple[Any, ...]:
        """The columns of `records`, without defaults: they would double a long list's time."""
        from mentorlog.models.views import heading

        v, defaults = self.view, self.defaults
        states = (
            self._own("nickname"),
            self._own("status"),
            self._own("kind"),
            self._day(),
            str(self._own("created") or "")[:10],
        )
        data = compact({key: value for key, value in v.items() if key not in defaults or value != defaults[key]})
        return (self.path, v["record"], v["id"], self.fingerprint, heading(v), *states, data)

    def _own(self, field: str) -> str | None:
        """Return a field of its kind, or None: an unknown key may hold anything."""
        return self.view[field] if field in self.defaults else None

    def _day(self) -> str | None:
        """Return the day that orders and filters records of its kind."""
        return next((self.view[one.name] for one in _fields(self.part).values() if one.sort_day), None)

    def links(self) -> Iterator[tuple[str, str, str, str, str | None, str | None]]:
        """Yield the columns of `links` for all that this record links to: others, me, tags, and a conflict."""
        from mentorlog.models.fields import mentions

        v, fields = self.view, _fields(self.part)
        common = (self._own("status"), self._day())
        if "conflicts" in fields and v["conflicts"]:
            yield self.path, v["record"], CONFLICT, "", *common
        if "tags" not in fields:
            return
        mine = [(name, ME) for name, one in fields.items() if ME == one.alternative == v[name]]
        for role, target in dict.fromkeys([*mentions(v), *mine, *_tags(v)]):
            yield self.path, v["record"], role, target, *common

    def evidence(self) -> list[tuple[str, str, str]]:
        """Return the columns of `evidence`: the goals that this record advances, and when."""
        from mentorlog.domain import loop

        return [(self.path, *pair) for pair in loop.evidence(self.view)]

    def words(self) -> tuple[str, str, str, str, str]:
        """Return the heading, all other text, and the single words and ids, for the search.

        The last two are the forms of the heading and of the rest under which the tokenizer would not find them.
        """
        from mentorlog.models.fields import TITLE, WORDS
        from mentorlog.models.views import heading

        title, texts = heading(self.view), list(_written(self.part, self.view))
        body = ((text.replace(title, "", 1) if w == TITLE else text).strip() for w, text in texts if w != WORDS)
        rest = _BETWEEN.join(filter(None, body))
        short = " ".join(text for weight, text in texts if weight == WORDS)
        return title, rest, short, _forms(title), _forms(f"{rest} {short}")


def checksum(texts: Iterable[str | None]) -> str:
    """Return the checksum of the row and the words of a record."""
    joined = "".join(["null" if text is None else f"text{text}" for text in texts])
    return files.fingerprint(joined.encode())[:16]


def _tags(view: View) -> list[tuple[str, str]]:
    if not view["tags"]:
        return []
    from mentorlog.fold import tag_key

    return [("tag", tag_key(tag)) for tag in view["tags"]]


_ACCENTED = set(map(chr, range(0xC0, 0x100))).difference("ÆÐØÞßæðøþ")
PLAIN = frozenset(map(chr, range(128))).union(_ACCENTED, "‘’“”„«»–—…•·§°€\u00a0")
"""Signs that SQLite's tokenizer folds, or leaves out, as a search does; most texts have no others."""


def _forms(text: str) -> str:
    if PLAIN.issuperset(text):
        return ""
    from mentorlog.store.index.words import forms

    return forms(text)


def index_file(path: str, data: bytes, fingerprint: str) -> IndexedRecord:
    """Return the index entry of a file, validated; raise Unreadable with what is wrong."""
    from mentorlog.models.record import json_ready
    from mentorlog.store.format import document

    if path == layout.JOURNAL:
        names = {"record": "journal", "id": "journal", "title": "journal"}
        return IndexedRecord(path, fingerprint, json_ready(document.journal_data(path, data)) | names, None)
    return index_record(document.checked(path, data), path, fingerprint)


def index_record(part: Part, path: str, fingerprint: str) -> IndexedRecord:
    """Return the index entry of a record or the profile that is known to be valid."""
    from mentorlog.store.format.document import view_of

    return IndexedRecord(path, fingerprint, view_of(part), type(part))


def _fields(kind: type[Part] | None) -> Mapping[str, Spec]:
    from mentorlog.models.fields import spec

    return spec(kind) if kind else {}


_DEFAULTS: dict[type[Part] | None, RowDefaults] = {None: {}}


def row_defaults(kind: type[Part] | None) -> RowDefaults:
    """Return the defaults in the views of a kind."""
    if kind not in _DEFAULTS:
        defaults: RowDefaults = {"record": None, "id": None}
        for name, one in _fields(kind).items():
            defaults[name] = [] if one.default == () else one.default if isinstance(one.default, str) else None
        _DEFAULTS[kind] = defaults
    return _DEFAULTS[kind]


def decode_rows(rows: Rows, texts: Sequence[str]) -> list[View]:
    """Return the views stored in these texts, with every field; raise sqlite3.DatabaseError if a row is damaged."""
    if not texts:
        return []
    try:
        read: list[View] = json.loads(f"[{','.join(texts)}]")  # one text: many small ones would cost twice
        defaults = {kind: json.loads(text) for kind, text in rows("SELECT kind, defaults FROM defaults", ())}
        return [defaults[view["record"]] | view for view in read]
    except (ValueError, TypeError, KeyError) as error:
        raise sqlite3.DatabaseError("a row is damaged") from error


def _written(kind: type[Part] | None, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield each text of the user, with its column in the search."""
    from mentorlog.models.fields import TEXT
    from mentorlog.store.format.document import texts

    known = _fields(kind)
    for key, value in data.items():
        one = known.get(key)
        if one is None:
            yield from ((TEXT, text) for text in texts(value) if key not in _VIEWED and not _is_day(text))
        elif one.part and one.search:
            for item in value if one.is_list else [value] if value else ():
                yield from _written(one.part, item)
        elif one.search:
            yield from ((one.search, text) for text in texts(value) if not _is_day(text))


def _is_day(text: str) -> bool:
    """Return whether a text starts with a day, as an instant does too."""
    is_month = text[:4].isdigit() and text[4:5] == text[7:8] == "-" and text[5:7].isdigit()
    return is_month and len(text) >= 10 and text[10:11] in ("", "T")
