"""The declaration of fields, each once in its dataclass, from which every table of fields is made.

    title: str = required(line())
    parent: str | None = ref("goal")
    mentors: Sequence[Share] = parts(Share, key=("mentor",))
    tags: Sequence[str] = many(line())

`spec(kind)` returns the declarations. From them follow the rules and the order of keys in files, the schema for
validation, how `set` parses values, links, search, privacy, and the keys by which entries of lists are identified.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

from mentorlog.values import Value

Kind = type[Any]
T = TypeVar("T")

MENTOR, PROGRAM = ("mentor",), ("program",)
BOTH = (*MENTOR, *PROGRAM)
"""The named audiences that may see a field."""

NOWHERE, TITLE, WORDS, TEXT = range(4)
"""The column in which a field is searched: none, the title, the words, or the text."""


class Spec(Value):
    """One field: its type from the annotation, and its traits from the declaration."""

    name: str
    type_name: str
    """`str`, `int`, `float`, `bool`, `date`, `datetime`, the name of a part, or `Mapping[str, Any]`."""
    is_list: bool
    optional: bool
    default: Any
    """MISSING for a required field."""

    part: Kind | None = None
    key: tuple[str, ...] = ()
    """For a list of parts: the fields that identify an entry; none if only equal entries are the same."""
    one_line: bool = False
    closed: tuple[str, ...] = ()
    """The only allowed words."""
    open: bool = False
    """Whether any short word is allowed."""
    between: tuple[int, int] | None = None
    """The smallest and largest allowed number."""
    in_halves: bool = False
    """Whether the number is a multiple of one half."""
    target_kinds: tuple[str, ...] = ()
    """The kinds of records whose ids are allowed."""
    role: str = ""
    """The role of the linked record; by default, the name of the field."""
    linked: bool = True
    alternative: str = ""
    """A word that is allowed in place of an id."""
    past: bool = False
    """Whether the date is in the past; others are ahead."""
    ahead_in: str = ""
    """The status of the record in which a `past` date is still ahead."""
    reached: tuple[str, ...] = ()
    """The statuses whose date or word it is; it is empty in the others."""
    not_before: str = ""
    """The field with an earlier date of the same record, if both are set."""
    sort_day: bool = False
    """Whether records of its kind are sorted and filtered by this date."""
    managed: bool = False
    """Whether it is managed by mentorlog, so that users cannot set it."""
    private: bool | tuple[str, Sequence[str]] = False
    """Whether nobody but the resident may see it; or a field and the values for which that is so."""
    to: tuple[str, ...] = ()
    """The named audiences that may see it; of a table, those of its fields that say so too."""
    whole: bool = False
    """Whether a merge takes the table as one value, from one side."""
    together: str = ""
    """The field without which it says nothing: where that differs, a merge takes both from one side."""
    roads: tuple[tuple[Any, ...], ...] = ()
    """Values that follow each other: of two on one road, a merge takes the further one."""
    first_wins: bool = False
    """Whether a merge shows the first of two words in the closed list; otherwise the last."""
    is_total: bool = False
    """Whether the number is a running total, which two sides cannot both have raised unseen."""
    derived: bool = False
    """Whether the record sets it from other fields."""
    has_commas: bool = False
    """Whether the texts of a list may contain commas."""
    search: int = TEXT

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.default is dataclasses.MISSING

    @property
    def anchor(self) -> str:
        """The field that it belongs to in a merge; the date or word of a status belongs to the status."""
        return self.together or ("status" if self.reached else "")

    @property
    def is_prose(self) -> bool:
        """Whether it is a text of any length, or a list of such texts."""
        return self.type_name == "str" and not (self.one_line or self.closed or self.open)

    def seen_by(self, audience: str, entry: Mapping[str, Any]) -> bool:
        """Return whether an audience sees it in a record or part: `mentor`, `program`, or `others` without a name."""
        private = self.private
        if isinstance(private, tuple):
            field, values = private
            private = entry[field] in values
        return not private and (audience == "others" or audience in self.to)


def required(field: Any) -> Any:
    """Declare a required field."""
    return dataclasses.field(metadata=field.metadata)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(required,))
def declared(kind: type[T]) -> type[T]:
    """Make a dataclass without generated methods, which are slow to compile; Part has them.

    A name that is a keyword is declared with an underscore: the field of `from_` is `from`, and `from_` reads it.
    """
    types = vars(kind).get("__annotations__", {})
    if any(name.endswith("_") for name in types):
        kind.__annotations__ = {name.rstrip("_"): type for name, type in types.items()}
        for name in types:
            if name.endswith("_"):
                setattr(kind, name.rstrip("_"), getattr(kind, name))
                setattr(kind, name, property(attrgetter(name.rstrip("_"))))
    return dataclasses.dataclass(init=False, eq=False, repr=False)(kind)


# Types of fields


def many(field: Any) -> Any:
    """Declare a list of values of a field."""
    return dataclasses.field(default=(), metadata=field.metadata)


def _field(default: Any, **traits: Any) -> Any:
    return dataclasses.field(default=default, metadata={"traits": traits})


def day(**traits: Any) -> Any:
    """Declare a date: past=True, ahead_in=STATUS, reached=STATUSES, not_before=FIELD, sort_day=True."""
    return _field(None, search=NOWHERE, **traits)


def instant(default: datetime | None = None, **traits: Any) -> Any:
    """Declare a time with its offset, managed by mentorlog."""
    return _field(default, managed=True, search=NOWHERE, **traits)


def line(default: str | None = None, **traits: Any) -> Any:
    """Declare a text of one line."""
    return _field(default, one_line=True, **traits)


def prose(**traits: Any) -> Any:
    """Declare a text of any length."""
    return _field(None, **traits)


def texts(**traits: Any) -> Any:
    """Declare a list of texts of any length; has_commas=True for sentences and addresses."""
    return many(prose(**traits))


def word(closed: Sequence[str], default: str | None = None, **traits: Any) -> Any:
    """Declare a word of a closed list."""
    return _field(default, closed=closed, search=WORDS, **traits)


def state(closed: Sequence[str], default: str | None = None, **traits: Any) -> Any:
    """Declare a word of a closed list that is not searched, such as a status."""
    return _field(default, closed=closed, search=NOWHERE, **traits)


def any_word(**traits: Any) -> Any:
    """Declare a short word of an open list."""
    return _field(None, open=True, search=WORDS, **traits)


def ref(*kinds: str, default: str | None = None, **traits: Any) -> Any:
    """Declare the id of a record of another kind: role=, alternative=WORD, linked=."""
    return _field(default, target_kinds=kinds, one_line=True, search=WORDS, **traits)


def number(*between: int, default: int | None = None, **traits: Any) -> Any:
    """Declare a whole number, optionally within two bounds."""
    return _field(default, between=between or None, **traits)


def decimal(*between: int, **traits: Any) -> Any:
    """Declare a number, stored as a whole one if it is; optionally within two bounds, and in_halves=True."""
    return _field(None, between=between or None, **traits)


def plain(default: bool | None = None, **traits: Any) -> Any:
    """Declare a boolean, or a table with any keys."""
    return _field(default, **traits)


def part(kind: Kind, **traits: Any) -> Any:
    """Declare a table of its own."""
    return _field(None, part=kind, **traits)


def parts(kind: Kind, key: Sequence[str] = (), **traits: Any) -> Any:
    """Declare a list of tables, and the fields that identify an entry."""
    return _field((), part=kind, key=key, **traits)


EXTRA = Spec("extra", "Mapping[str, Any]", is_list=False, optional=True, default=None)
"""The attribute for keys that mentorlog does not know; not a field in files."""

# Derived tables


_SPECS: dict[Kind, dict[str, Spec]] = {}
_REFERENCES: dict[Kind, Sequence[Reference]] = {}


def spec(kind: Kind) -> dict[str, Spec]:
    """Return the fields of a record or part in the order of its file: id, its own, then those of every record."""
    if kind not in _SPECS:
        every = {one.name: _spec(kind, one) for one in dataclasses.fields(kind) if one.name != EXTRA.name}
        base = kind.__base__
        shared = list(spec(base)) if base and dataclasses.is_dataclass(base) else []
        first = 1 if shared[:1] == ["id"] else len(shared)
        own = [name for name in every if name not in shared]
        _SPECS[kind] = {name: every[name] for name in (*shared[:first], *own, *shared[first:])}
    return _SPECS[kind]


def _spec(kind: Kind, field: dataclasses.Field[Any]) -> Spec:
    traits = field.metadata.get("traits")
    if traits is None:
        raise TypeError(f"{kind.__name__}.{field.name} has no declaration: see mentorlog.models.fields")
    bare = str(field.type).removesuffix(" | None")
    name = bare.removeprefix("Sequence[").removesuffix("]") if bare.startswith("Sequence[") else bare
    return Spec(field.name, name, name != bare, bare != field.type, field.default, **traits)


def class_of(kind: str) -> Kind:
    """Return the dataclass of a kind of record, or of the profile, importing it alone."""
    kind_class: Kind = getattr(import_module(f"mentorlog.models.{kind}"), kind.capitalize())
    return kind_class


class Reference(Value):
    """The path of fields to an id in a record, and the role of the record with that id."""

    path: tuple[str, ...]
    role: str
    target_kinds: tuple[str, ...]
    alternative: str


def references(kind: Kind) -> Sequence[Reference]:
    """Return the paths to ids of other records in records of a kind."""
    if kind not in _REFERENCES:
        ways = _REFERENCES[kind] = list[Reference]()
        for name, one in spec(kind).items():
            if one.target_kinds and one.linked:
                ways.append(Reference((name,), one.role or name, one.target_kinds, one.alternative))
            ways += [way.but(path=(name, *way.path)) for way in (references(one.part) if one.part else ())]
    return _REFERENCES[kind]


def mentions(view: Mapping[str, Any], kind: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record that a view links to, or for those of one kind."""
    for one in references(class_of(view["record"])):
        if kind is None or kind in one.target_kinds:
            yield from ((one.role, id) for id in _values(view, one.path) if id and id != one.alternative)


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _values(item, path)
    elif path and value:
        yield from _values(value[path[0]], path[1:])
    else:
        yield value


def units(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Return the fields that belong together, by the one that the others belong to, which is first.

    A field may belong to one that itself belongs to another: the fields of that one are then in both.
    """
    fields = spec(kind)

    def below(name: str) -> Iterator[str]:
        yield name
        for other, one in fields.items():
            if one.anchor == name:
                yield from below(other)

    anchors = dict.fromkeys(one.anchor for one in fields.values() if one.anchor in fields)
    return {name: tuple(below(name)) for name in anchors}


def stray_date(kind: Kind, record: Mapping[str, Any]) -> Spec | None:
    """Return the field with the date or word of a status that the record does not have."""
    filled = (one for name, one in spec(kind).items() if one.reached and record.get(name) is not None)
    return next((one for one in filled if record.get("status") not in one.reached), None)


def only(view: Mapping[str, Any], kept: Collection[str]) -> dict[str, Any]:
    """Return a view with every field emptied but some."""
    return {key: value if key in kept else [] if isinstance(value, list) else None for key, value in view.items()}


def cut(kind: Kind, view: Mapping[str, Any], audience: str) -> dict[str, Any]:
    """Return a view with every field emptied that an audience does not see; a named one sees no unknown keys."""
    known = {"record", "id", *spec(kind)}
    bare = {key: value for key, value in view.items() if audience == "others" or key in known}
    for name, one in spec(kind).items():
        if not one.seen_by(audience, view):
            bare[name] = [] if one.is_list else None
        elif one.part and view[name]:
            entries = [cut(one.part, entry, audience) for entry in (view[name] if one.is_list else [view[name]])]
            bare[name] = entries if one.is_list else entries[0]
    return bare
