"""What a field is, declared once, in its dataclass; every table of fields is made of that.

    title: str = required(line())
    parent: str | None = ref("goal")
    mentors: Sequence[Share] = parts(Share, key=("mentor",))
    tags: Sequence[str] = many(line())

`spec(kind)` returns it. Of it are made: the rules and the order of keys in files, the schema of what comes from
outside, what `set` does with words, links, search, what stays private, and by what entries of lists are told apart.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, TypeVar, dataclass_transform

from mentorlog.values import Value

Kind = type[Any]
T = TypeVar("T")

NOWHERE, TITLE, WORDS, TEXT = range(4)
"""Where the search looks for a field: nowhere, in the title and what goes on behind it, among words, in the text."""


class Spec(Value):
    """One field: its type, as its annotation says, and what its declaration says besides."""

    name: str
    type_name: str
    """`str`, `int`, `bool`, `date`, `datetime`, the name of a part, or `Mapping[str, Any]`."""
    is_list: bool
    optional: bool
    default: Any
    """MISSING for a field that is never left out."""

    part: Kind | None = None
    key: tuple[str, ...] = ()
    """Of a list of parts: the fields by which two entries are the same one; none where only equal entries are."""
    one_line: bool = False
    closed: tuple[str, ...] = ()
    """The only words that it takes."""
    open: bool = False
    """Whether it takes any short word."""
    between: tuple[int, int] | None = None
    """The least and the greatest number that it takes."""
    target_kinds: tuple[str, ...] = ()
    """The kinds of records that it names by their ids."""
    role: str = ""
    """What the record that it names is to this one; the name of the field where nothing else is said."""
    linked: bool = True
    alternative: str = ""
    """A word that may stand where otherwise an id does."""
    past: bool = False
    """Whether the day has been; the others lie ahead."""
    ahead_in: str = ""
    """The status of the record in which a past day still lies ahead."""
    reached: tuple[str, ...] = ()
    """Of which states it is the day on which they were reached: in the others there is none."""
    sort_day: bool = False
    """Whether it is the day that orders and filters records of its kind."""
    managed: bool = False
    """Whether mentorlog manages it, so that it is never set by hand."""
    private: bool | tuple[str, Sequence[str]] = False
    """Whether it never leaves the journal but to oneself; or in which states of a field beside it."""
    has_commas: bool = False
    """Whether the texts of a list have commas of their own."""
    search: int = TEXT

    @property
    def required(self) -> bool:
        """Whether it is never left out."""
        return self.default is dataclasses.MISSING

    def is_private(self, entry: Mapping[str, Any]) -> bool:
        """Return whether it is private in a record or part."""
        if isinstance(self.private, tuple):
            field, values = self.private
            return entry[field] in values
        return self.private


def required(field: Any) -> Any:
    """Declare a field that is never left out."""
    return dataclasses.field(metadata=field.metadata)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(required,))
def declared(kind: type[T]) -> type[T]:
    """Make a dataclass without methods of its own, which Part has: each costs as it is compiled."""
    return dataclasses.dataclass(init=False, eq=False, repr=False)(kind)


# What a field may be


def many(field: Any) -> Any:
    """Declare a list of what a declaration says of one."""
    return dataclasses.field(default=(), metadata=field.metadata)


def _field(default: Any, **traits: Any) -> Any:
    return dataclasses.field(default=default, metadata={"traits": traits})


def day(**traits: Any) -> Any:
    """Declare a day: past=True, ahead_in=STATUS, reached=STATUSES, sort_day=True."""
    return _field(None, search=NOWHERE, **traits)


def instant(default: datetime | None = None) -> Any:
    """Declare an instant with its offset, which mentorlog manages."""
    return _field(default, managed=True, search=NOWHERE)


def line(default: str | None = None, **traits: Any) -> Any:
    """Declare a text of one line."""
    return _field(default, one_line=True, **traits)


def prose(**traits: Any) -> Any:
    """Declare a text of any length."""
    return _field(None, **traits)


def texts(**traits: Any) -> Any:
    """Declare a list of texts of any length; has_commas=True where they are sentences or addresses."""
    return many(prose(**traits))


def word(closed: Sequence[str], default: str | None = None, **traits: Any) -> Any:
    """Declare a word of a closed list."""
    return _field(default, closed=closed, search=WORDS, **traits)


def state(closed: Sequence[str], default: str | None = None, **traits: Any) -> Any:
    """Declare a word of a closed list that says how a record stands: nobody searches for it."""
    return _field(default, closed=closed, search=NOWHERE, **traits)


def any_word() -> Any:
    """Declare a short word, of a list that is open."""
    return _field(None, open=True, search=WORDS)


def ref(*kinds: str, default: str | None = None, **traits: Any) -> Any:
    """Declare the id of a record of another kind: role=, alternative=WORD, linked=."""
    return _field(default, target_kinds=kinds, one_line=True, search=WORDS, **traits)


def number(*between: int, default: int | None = None, **traits: Any) -> Any:
    """Declare a whole number, from the first to the last of two where they are given."""
    return _field(default, between=between or None, **traits)


def plain(default: bool | None = None) -> Any:
    """Declare what its annotation says all of: a yes or no, a table of any keys."""
    return _field(default)


def part(kind: Kind, **traits: Any) -> Any:
    """Declare a table of its own."""
    return _field(None, part=kind, **traits)


def parts(kind: Kind, key: Sequence[str] = (), **traits: Any) -> Any:
    """Declare a list of tables, and by which fields two of them are the same entry."""
    return _field((), part=kind, key=key, **traits)


EXTRA = Spec("extra", "Mapping[str, Any]", is_list=False, optional=True, default=None)
"""What keeps the keys that mentorlog does not know; no field of a file."""

# What is made of it


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
    """A way to an id within a record: the fields on it, and what the record of that id is to this one."""

    path: tuple[str, ...]
    role: str
    target_kinds: tuple[str, ...]
    alternative: str


def references(kind: Kind) -> Sequence[Reference]:
    """Return where records of a kind name others by their ids."""
    if kind not in _REFERENCES:
        ways = _REFERENCES[kind] = list[Reference]()
        for name, one in spec(kind).items():
            if one.target_kinds and one.linked:
                ways.append(Reference((name,), one.role or name, one.target_kinds, one.alternative))
            ways += [way.but(path=(name, *way.path)) for way in (references(one.part) if one.part else ())]
    return _REFERENCES[kind]


def mentions(view: Mapping[str, Any], kind: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record that a view names, or for those of one kind."""
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


def stray_date(kind: Kind, record: Mapping[str, Any]) -> Spec | None:
    """Return the field that holds the day of a state which the record is not in."""
    filled = (one for name, one in spec(kind).items() if one.reached and record.get(name) is not None)
    return next((one for one in filled if record.get("status") not in one.reached), None)


def without_private(kind: Kind, view: Mapping[str, Any]) -> dict[str, Any]:
    """Return a view without what never leaves the journal."""
    bare = dict(view)
    for name, one in spec(kind).items():
        if one.is_private(view):
            bare[name] = [] if one.is_list else None
        elif one.part and view[name]:
            entries = [without_private(one.part, entry) for entry in (view[name] if one.is_list else [view[name]])]
            bare[name] = entries if one.is_list else entries[0]
    return bare
