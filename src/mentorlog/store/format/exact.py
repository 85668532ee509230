"""Records from plain data that has exactly the declared types, as what mentorlog writes always has: no pydantic needed.

Loading pydantic costs more than two bare Pythons. Whatever is not exact passes through it (validate.py), which also
says what is wrong; tests/store/format/test_exact.py holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from mentorlog.errors import BadValue
from mentorlog.models.record import Part, build

T = TypeVar("T", bound=Part)

_PLAIN: dict[str, type] = {
    "str": str,
    "int": int,
    "bool": bool,
    "date": date,
    "datetime": datetime,
    "Mapping[str, Any]": dict,
}


class _Declared(NamedTuple):
    """What a field's annotation says."""

    name: str
    holds: type[Any]
    part: type[Part] | None
    many: bool
    may_be_none: bool
    needed: bool


_DECLARED: dict[type[Part], tuple[_Declared, ...]] = {}


def validated(kind: type[T], plain: Mapping[str, Any]) -> T:
    """Return the record or part that the plain data holds, unknown keys kept; BadValue names the first wrong field."""
    if _is_exact(kind, plain):
        try:
            return build(kind, plain)
        except BadValue:
            pass  # a rule is broken: said with its place below
    from mentorlog.store.format import validate

    return validate.accept(kind, plain)


def _is_exact(kind: type[Part], plain: Mapping[str, Any]) -> bool:
    """Whether no field is missing, and each known one has exactly its type; unknown keys may hold anything."""
    for field in _declared(kind):
        value = plain.get(field.name, MISSING)
        if value is MISSING:
            fits = not field.needed
        elif value is None:
            fits = field.may_be_none
        elif field.many:
            fits = type(value) is list and all(_fits(field, item) for item in value)
        else:
            fits = _fits(field, value)
        if not fits:
            return False
    return True


def _fits(field: _Declared, value: Any) -> bool:
    if type(value) is not field.holds:
        return False
    if field.part is not None:
        return _is_exact(field.part, value)
    return field.holds is not str or value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)


def _declared(kind: type[Part]) -> tuple[_Declared, ...]:
    if kind not in _DECLARED:
        _DECLARED[kind] = tuple(_read(kind, one) for one in fields(kind) if one.name != "extra")
    return _DECLARED[kind]


def _read(kind: type[Part], field: Field[Any]) -> _Declared:
    """Return what an annotation says, such as `Sequence[Share]` or `date | None`."""
    words = str(field.type)
    plain = words.removesuffix(" | None")
    many = plain.startswith("Sequence[")
    part = kind.PARTS.get(field.name)
    inner = plain.removeprefix("Sequence[").removesuffix("]") if many else plain
    holds = dict if part and inner == part.__name__ else _PLAIN[inner]
    return _Declared(field.name, holds, part, many, plain != words, field.default is MISSING)
