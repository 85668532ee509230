"""Records from plain data with exactly the declared types, as mentorlog writes it: no pydantic needed.

Loading pydantic takes twice as long as starting Python. Other data goes through it (validate.py), which also
reports what is wrong; tests/store/format/test_exact.py compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from mentorlog.errors import BadValue
from mentorlog.models.fields import Spec, spec
from mentorlog.models.record import Part, build

if TYPE_CHECKING:
    from mentorlog.domain.assign import Pairs
    from mentorlog.models.views import View

T = TypeVar("T", bound=Part)

_TYPES: dict[str, tuple[type[Any], ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "date": (date,),
    "datetime": (datetime,),
}
"""The types of fields; a part, and any other table, is a dict."""


def validated(kind: type[T], plain: Mapping[str, Any]) -> T:
    """Return the record or part in plain data, with unknown keys; raise BadValue with the wrong field."""
    if _is_exact(kind, plain):
        try:
            return build(kind, plain)
        except BadValue:
            pass  # a rule is broken: reported with its place below
    from mentorlog.store.format import validate

    return validate.accept(kind, plain)


def assigned(
    part: T,
    pairs: Pairs,
    clear: Iterable[str],
    *,
    today: date,
    resolve: Callable[..., View],
    ahead: Callable[[str, date], date] | None = None,
    first_weekday: int = 0,
) -> T:
    """Return the part with fields set and cleared (see domain/assign.py), validated."""
    from mentorlog.domain.assign import ValueParser, assign
    from mentorlog.store.format import toml

    parser = ValueParser(today, resolve, toml.literal, first_weekday=first_weekday)
    return assign(part, pairs, clear, parser.but(ahead=ahead) if ahead else parser, validated)


def _is_exact(kind: type[Part], plain: Mapping[str, Any]) -> bool:
    """Return whether no field is missing, and each known one has exactly its type."""
    for name, one in spec(kind).items():
        value = plain.get(name, MISSING)
        if value is MISSING:
            fits = one.default is not MISSING
        elif value is None:
            fits = one.optional
        elif one.is_list:
            fits = type(value) is list and all(_fits(one, item) for item in value)
        else:
            fits = _fits(one, value)
        if not fits:
            return False
    return True


def _fits(one: Spec, value: Any) -> bool:
    if type(value) not in _TYPES.get(one.type_name, (dict,)):
        return False
    if one.part is not None:
        return _is_exact(one.part, value)
    return one.type_name != "str" or value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)
