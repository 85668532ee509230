"""One file as the index keeps it: a view with its links, evidence and words, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from mentorlog import ids
from mentorlog.errors import BadValue, Unreadable
from mentorlog.models.fields import TEXT, TITLE, WORDS, Spec, class_of, mentions, spec
from mentorlog.models.record import Part, Record, build, json_ready, view
from mentorlog.models.views import View, heading
from mentorlog.store import layout
from mentorlog.store.format import toml
from mentorlog.store.index import rows
from mentorlog.vocabulary import ME

_BETWEEN = " · "
"""Stands between the fields of a record where the search keeps them: a snippet that goes over an edge shows it."""
_VIEWED = ("record", "id", "title")
"""What a view has whatever its kind; a user's own title of a record without one is no text either."""
_DAYS = {"date": date, "datetime": datetime}


class IndexedRecord(NamedTuple):
    """One readable file, ready for the index."""

    path: str
    fingerprint: str
    view: View
    part: type[Part] | None
    """The dataclass of its kind; None for journal.toml."""

    @property
    def row(self) -> tuple[Any, ...]:
        """The columns of `records`: path, kind, id, fingerprint, title, status, flavour, day, created, data."""
        v = self.view
        kind = v["record"]
        title = heading(v)
        return (
            self.path, kind, v["id"], self.fingerprint, title, self._own("status"), self._own("kind"), self._day(),
            str(self._own("created") or "")[:10], rows.kept(v, self.shape),
        )  # fmt: skip

    @property
    def shape(self) -> rows.Shape:
        """What most records of its kind have in common."""
        return _shape(self.part)

    def _own(self, field: str) -> str | None:
        """A field of its kind, None where the kind has none: an unknown key of that name may hold anything."""
        return self.view[field] if field in self.shape.usual else None

    def _day(self) -> str | None:
        """The day that orders and filters records of its kind."""
        return next((self.view[one.name] for one in _fields(self.part) if one.orders), None)

    def links(self) -> Iterator[tuple[str, str, str, str, str | None, str | None]]:
        """Yield (path, kind, role, target, status, day) for all that this record names: others, me, tags."""
        v = self.view
        if self.part is None or "tags" not in spec(self.part):
            return
        common = (self._own("status"), self._day())
        mine = [(name, ME) for name, one in spec(self.part).items() if ME == one.also == v[name]]
        tags = [("tag", tag) for tag in v["tags"]]
        for role, target in dict.fromkeys([*mentions(v), *mine, *tags]):
            yield self.path, v["record"], role, target, *common

    def words(self) -> tuple[str, str, str]:
        """Return the heading, all other text, and the single words and ids, for the search."""
        title, found = heading(self.view), list(_written(self.part, self.view))
        body = ((text.partition(title)[2] if w == TITLE else text).strip() for w, text in found if w != WORDS)
        return title, _BETWEEN.join(filter(None, body)), " ".join(text for weight, text in found if weight == WORDS)


def read(path: str, data: bytes, fingerprint: str) -> IndexedRecord:
    """Return the entry of a file that came from outside, checked at the gate; Unreadable says what is wrong."""
    if path == layout.JOURNAL:
        return IndexedRecord(path, fingerprint, _journal(path, data), None)
    part = checked(path, data)
    return entry_of(part, path, fingerprint)


def entry_of(part: Part, path: str, fingerprint: str) -> IndexedRecord:
    """Return the entry of a record or the profile that is right by construction."""
    seen = view(part) if isinstance(part, Record) else profile_view(part)
    return IndexedRecord(path, fingerprint, seen, type(part))


def _fields(kind: type[Part] | None) -> Collection[Spec]:
    return spec(kind).values() if kind else ()


_SHAPES: dict[type[Part] | None, rows.Shape] = {None: rows.Shape({})}


def _shape(kind: type[Part] | None) -> rows.Shape:
    if kind not in _SHAPES:
        usual = {one.name: _usual(one.default) for one in _fields(kind)}
        _SHAPES[kind] = rows.Shape({"record": None, "id": None, **usual})
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
    from mentorlog.store.format import validate

    if layout.shown(path) != path:
        raise Unreadable(layout.shown(path), "its name holds bytes that are no text")
    part_class, plain = _parsed(path, data)
    try:
        part = validate.accept(part_class, plain)
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


def trusted(path: str, data: bytes) -> Part:
    """Return the record in a file whose fingerprint the index knows as good: no check is needed.

    The gate reads as JSON does, where days are texts: a file that says one as the other passes through it once more.
    """
    part_class, plain = _parsed(path, data)
    return build(part_class, plain) if _typed(part_class, plain) else checked(path, data)


def _parsed(path: str, data: bytes) -> tuple[type[Part], Mapping[str, Any]]:
    """Return the class of a file's record, and its plain data in today's shape."""
    from mentorlog.store.format.upgrade import upgrade

    kind = layout.kind_of(path)
    plain = upgrade(kind, toml.parse(path, data))
    return class_of(kind), plain


def _typed(kind: type[Part], plain: Mapping[str, Any]) -> bool:
    """Whether the days of known fields are days, and nothing else is one."""
    for key, one in spec(kind).items():
        value, day = plain.get(key), _DAYS.get(one.holds)
        for item in value if isinstance(value, list) else [value] if key in plain else ():
            if one.part and isinstance(item, dict):
                if not _typed(one.part, item):
                    return False
            elif (day or isinstance(item, (date, time, float))) and type(item) is not day:
                return False
    return True


def _journal(path: str, data: bytes) -> View:
    from mentorlog.store.format.upgrade import check_format

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


def _written(kind: type[Part] | None, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield each text that somebody wrote, with where the search keeps it."""
    known = spec(kind) if kind else {}
    for key, value in data.items():
        one = known.get(key)
        if one is None:
            yield from ((TEXT, text) for text in texts(value) if key not in _VIEWED and not _is_day(text))
        elif one.part and one.search:
            for item in value if one.many else [value] if value else ():
                yield from _written(one.part, item)
        elif one.search:
            yield from ((one.search, text) for text in texts(value))


def _is_day(text: str) -> bool:
    """Whether a text is a day, or an instant: both begin with one."""
    return (
        len(text) >= 10
        and text[:4].isdigit()
        and text[4] == text[7] == "-"
        and text[5:7].isdigit()
        and (len(text) == 10 or text[10] == "T")
    )
