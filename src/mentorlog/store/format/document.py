"""One file as the index keeps it: a view with its links, evidence and words, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from mentorlog import ids
from mentorlog.errors import BadValue, Unreadable
from mentorlog.models.record import Part, Record, field_names, json_ready, view
from mentorlog.models.views import View, day_of, heading, mentions, targets
from mentorlog.store import layout
from mentorlog.store.format import exact, toml
from mentorlog.store.format.upgrade import check_format, upgrade
from mentorlog.store.index import rows

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
        *("model", "origin", "tags", "owner", "assigned_by", "helps", "goal", "meeting"),
        *("mentor", "mentors", "parent", "introduced_by", "handed_to"),
        *("scope", "added_goals", "review", "task"),
    ]
)
_TITLES = {"title", "name"}
_BETWEEN = " · "
"""Stands between the fields of a record where the search keeps them: a snippet that goes over an edge shows it."""


class IndexedRecord(NamedTuple):
    """One readable file, ready for the index."""

    path: str
    fingerprint: str
    view: View
    shape: rows.Shape

    @property
    def row(self) -> tuple[Any, ...]:
        """The columns of `records`: path, kind, id, fingerprint, title, status, flavour, day, created, data."""
        v = self.view
        kind = v["record"]
        title = heading(v)
        day = day_of(v)
        return (
            self.path, kind, v["id"], self.fingerprint, title, self._own("status"), self._own("kind"), day,
            str(self._own("created") or "")[:10], rows.kept(v, self.shape),
        )  # fmt: skip

    def _own(self, field: str) -> str | None:
        """A field of its kind, None where the kind has none: an unknown key of that name may hold anything."""
        return self.view[field] if field in self.shape.usual else None

    def links(self) -> Iterator[tuple[str, str, str, str, str | None, str | None]]:
        """Yield (path, kind, role, target, status, day) for every record that this one names."""
        v = self.view
        common = (self._own("status"), day_of(v))
        named = dict.fromkeys([*targets(v), *mentions(v)])
        for role, target in named:
            yield self.path, v["record"], role, target, *common

    def words(self) -> tuple[str, str, str]:
        """Return the heading, all other text, and the single words and ids, for the search."""
        title, said = heading(self.view), {key: text for key, text in self.view.items() if key not in _TITLES}
        if self.view["record"] == "note":
            said["text"] = said["text"].partition(title)[2]
        found = list(_written("", said))
        body = (text.strip() for key, text in found if key not in _SHORT)
        return title, _BETWEEN.join(filter(None, body)), " ".join(text for key, text in found if key in _SHORT)


def read(path: str, data: bytes, fingerprint: str) -> IndexedRecord:
    """Return the entry of a file that came from outside, checked at the gate; Unreadable says what is wrong."""
    if path == layout.JOURNAL:
        return IndexedRecord(path, fingerprint, _journal(path, data), rows.Shape({}))
    part = checked(path, data)
    return entry_of(part, path, fingerprint)


def entry_of(part: Part, path: str, fingerprint: str) -> IndexedRecord:
    """Return the entry of a record or the profile that is right by construction."""
    seen = view(part) if isinstance(part, Record) else profile_view(part)
    return IndexedRecord(path, fingerprint, seen, _shape(type(part)))


_SHAPES: dict[type[Part], rows.Shape] = {}


def _shape(kind: type[Part]) -> rows.Shape:
    if kind not in _SHAPES:
        usual = {one.name: _usual(one.default) for one in fields(kind)}
        _SHAPES[kind] = rows.Shape({name: usual.get(name) for name in ("record", "id", *field_names(kind))})
    return _SHAPES[kind]


def _usual(default: Any) -> str | list[Any] | None:
    """Return a field's default as a view has it."""
    if default == ():
        return []
    return default if isinstance(default, str) else None


def profile_view(profile: Part) -> View:
    """Return the profile as scripts see it."""
    from mentorlog.models.record import as_data

    first: View = {"record": "profile", "id": "profile"}
    return {**first, **json_ready(as_data(profile)), **first}


def checked(path: str, data: bytes) -> Part:
    """Return the record in a file from outside; Unreadable names the path, the fault and its line."""
    if layout.shown(path) != path:
        raise Unreadable(layout.shown(path), "its name holds bytes that are no text")
    kind = layout.kind_of(path)
    plain = upgrade(kind, toml.parse(path, data))
    part_class: type[Part] = toml.class_of(kind) if kind != "profile" else _profile_class()
    try:
        part = exact.validated(part_class, plain)
    except BadValue as error:
        if place := _elsewhere(path, plain):
            raise Unreadable(path, f"it lies in the wrong folder: its id is one of {place}/") from None
        raise Unreadable(path, error.sentence.rstrip("."), toml.line_of(data, error.field)) from None
    if isinstance(part, Record) and part.id != layout.id_of(path):
        line = toml.line_of(data, "id")
        raise Unreadable(path, f"it says id {part.id!r}, its file name says {layout.id_of(path)!r}", line)
    return part


def _elsewhere(path: str, plain: Mapping[str, Any]) -> str | None:
    """Return the folder where a file that is no record of its own folder belongs, as its id says; None where it may."""
    id = layout.id_of(path)
    kind = ids.kind_of(id) if plain.get("id") == id else None
    return layout.FOLDERS[kind] if kind in layout.FOLDERS and kind != layout.kind_of(path) else None


def _profile_class() -> type[Part]:
    from mentorlog.models.profile import Profile

    return Profile


def _journal(path: str, data: bytes) -> View:
    plain = toml.parse(path, data)
    check_format(path, plain)
    return {**json_ready(plain), "record": "journal", "id": "journal", "title": "journal"}


def texts(value: Any) -> Iterator[str]:
    """Yield every text within plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


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
