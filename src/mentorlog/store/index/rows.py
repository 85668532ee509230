"""From records to rows of the index and back: a row leaves out what its record has as most have it."""

from __future__ import annotations

import json

from mentorlog.store import layout
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from mentorlog.models.record import Part
    from mentorlog.models.views import View

    Rows = Callable[[str, Iterable[Any]], list[tuple[Any, ...]]]
    Link = tuple[str, str, str, str, str | None, str | None]

# What nobody wrote: states, and what the program keeps. Days are left out too.
_UNSEARCHED = frozenset(
    [
        *("record", "id", "created", "visibility", "status", "priority", "my_role", "cadence", "facts", "period"),
        *("field", "answer", "verdict", "cancelled_by"),
    ]
)
# Single words and ids: they are found, but say nothing as a snippet.
_SHORT = frozenset(
    [
        *("kind", "mode", "domain", "competency", "horizon", "roles", "domains", "stage", "proximity", "formality"),
        *("model", "origin", "tags", "owner", "assigned_by", "helps", "goal", "meeting", "mentor", "mentors"),
        *("parent", "introduced_by", "handed_to", "scope", "added_goals", "review", "task"),
    ]
)
_TITLES = {"title", "name"}
_BETWEEN = " · "
"""Stands between the fields of a record where the search keeps them: a snippet that goes over an edge shows it."""


class RowDefaults:
    """The fields that every view of a kind has, in their order, with their defaults; and the same as JSON."""

    def __init__(self, defaults: Mapping[str, str | list[Any] | None]) -> None:
        self.defaults = defaults
        self.text = compact(defaults)


class IndexedRecord(Value):
    """One readable file, ready for the index."""

    path: str
    fingerprint: str
    view: View
    defaults: RowDefaults

    @property
    def row(self) -> tuple[Any, ...]:
        """The columns of `records`."""
        from mentorlog.models.views import day_of, heading

        v = self.view
        day, created = day_of(v), str(self._own("created") or "")[:10]
        states = (self._own("status"), self._own("kind"), day, created)
        return (self.path, v["record"], v["id"], self.fingerprint, heading(v), *states, encode_view(v, self.defaults))

    def _own(self, field: str) -> str | None:
        """A field of its kind, None where the kind has none: an unknown key of that name may hold anything."""
        return self.view[field] if field in self.defaults.defaults else None

    def links(self) -> Iterator[Link]:
        """Yield the columns of `links` for every record that this one names."""
        from mentorlog.models.views import day_of, mentions, targets

        v = self.view
        common = (self._own("status"), day_of(v))
        named = dict.fromkeys([*targets(v), *mentions(v)])
        for role, target in named:
            yield self.path, v["record"], role, target, *common

    def evidence(self) -> list[tuple[str, str, str]]:
        """Return the columns of `evidence`: the goals that this record moves, and when."""
        from mentorlog.domain import loop

        return [(self.path, *pair) for pair in loop.evidence(self.view)]

    def words(self) -> tuple[str, str, str]:
        """Return the heading, all other text, and the single words and ids, for the search."""
        from mentorlog.models.views import heading

        title, rest = heading(self.view), {key: text for key, text in self.view.items() if key not in _TITLES}
        if self.view["record"] == "note":
            rest["text"] = rest["text"].partition(title)[2]
        found = list(_written("", rest))
        body = (text.strip() for key, text in found if key not in _SHORT)
        return title, _BETWEEN.join(filter(None, body)), " ".join(text for key, text in found if key in _SHORT)


def index_file(path: str, data: bytes, fingerprint: str) -> IndexedRecord:
    """Return what the index keeps of a file that came from outside, validated; Unreadable says what is wrong."""
    from mentorlog.store.format import document

    if path == layout.JOURNAL:
        return IndexedRecord(path, fingerprint, document.journal_view(path, data), RowDefaults({}))
    return index_record(document.checked(path, data), path, fingerprint)


def index_record(part: Part, path: str, fingerprint: str) -> IndexedRecord:
    """Return what the index keeps of a record, or of the profile, that is right by construction."""
    from mentorlog.store.format.document import view_of

    return IndexedRecord(path, fingerprint, view_of(part), row_defaults(type(part)))


_DEFAULTS: dict[type[Part], RowDefaults] = {}


def row_defaults(kind: type[Part]) -> RowDefaults:
    """Return the defaults of a kind as its views have them."""
    from dataclasses import fields

    from mentorlog.models.record import field_names

    if kind not in _DEFAULTS:
        usual = {one.name: _as_in_view(one.default) for one in fields(kind)}
        _DEFAULTS[kind] = RowDefaults({name: usual.get(name) for name in ("record", "id", *field_names(kind))})
    return _DEFAULTS[kind]


def _as_in_view(default: Any) -> str | list[Any] | None:
    if default == ():
        return []
    return default if isinstance(default, str) else None


def encode_view(view: View, defaults: RowDefaults) -> str:
    """Return a view as the index keeps it: decoding all defaults would cost a long list half its time."""
    usual = defaults.defaults
    return compact({key: value for key, value in view.items() if key not in usual or value != usual[key]})


def decode_rows(rows: Rows, texts: Sequence[str]) -> list[View]:
    """Return the views that the index has kept in these texts, every field present."""
    if not texts:
        return []
    read: list[View] = json.loads(f"[{','.join(texts)}]")  # one text: many small ones would cost twice
    defaults = {kind: json.loads(text) for kind, text in rows("SELECT kind, defaults FROM defaults", ())}
    return [defaults[view["record"]] | view for view in read]


def compact(value: Any) -> str:
    """Return plain data as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _written(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield each text that somebody wrote, with the key above it."""
    if isinstance(value, str):
        if not _is_day(value):
            yield key, value
    elif isinstance(value, dict):
        for below, item in value.items():
            if below not in _UNSEARCHED:
                yield from _written(below, item)
    elif isinstance(value, list):
        for item in value:
            yield from _written(key, item)


def _is_day(text: str) -> bool:
    """Whether a text is a day, or an instant: both begin with one."""
    return (
        len(text) >= 10
        and text[:4].isdigit()
        and text[4] == text[7] == "-"
        and text[5:7].isdigit()
        and (len(text) == 10 or text[10] == "T")
    )
