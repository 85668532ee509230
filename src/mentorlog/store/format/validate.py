"""Validates data from outside: files changed by others, imports, forms, answers, `set`.

The dataclasses declare the rules; pydantic applies them strictly and through JSON, since its lax mode would read
`by = 0` as a day of 1970. No message quotes a value. Only pydantic's core is loaded: a TypeAdapter builds the same
schema, at nine times the cost of starting Python (tests/store/format compares them).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from pydantic_core import CoreSchema, SchemaValidator, ValidationError
from pydantic_core import core_schema as core

from mentorlog.errors import BadValue
from mentorlog.models.fields import EXTRA, spec
from mentorlog.models.record import Part, json_ready

T = TypeVar("T", bound=Part)

_FREE = "="

_DATE_ERRORS = ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact")
_PREDICATES = {
    **dict.fromkeys(_DATE_ERRORS, "must be a date like 2027-02-03"),
    **dict.fromkeys(("dataclass_type", "dict_type", "mapping_type"), "must be a table"),
    **dict.fromkeys(("int_type", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "must be a number"),
    "missing": "is missing",
    "datetime_type": "must be a time like 2027-02-03T09:00:00+00:00",
    "datetime_parsing": "must be a time like 2027-02-03T09:00:00+00:00",
    "timezone_aware": "must be a time with an offset, like 2027-02-03T09:00:00+00:00",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "json_invalid": "is not valid UTF-8",
}


def accept(kind: type[T], data: Mapping[str, Any]) -> T:
    """Return the record or part in plain data, with unknown keys; raise BadValue with the wrong field."""
    known, extra = _split(kind, data)
    try:
        part: T = _validator(kind).validate_json(json.dumps(json_ready(known)), strict=True)
    except ValidationError as error:
        raise _as_bad_value(error) from None
    return _with_extra(part, extra)


_VALIDATORS: dict[type[Part], SchemaValidator] = {}


def _validator(kind: type[Part]) -> SchemaValidator:
    if kind not in _VALIDATORS:
        _VALIDATORS[kind] = SchemaValidator(_schema(kind))
    return _VALIDATORS[kind]


_PLAIN: dict[str, Callable[[], CoreSchema]] = {
    "str": core.str_schema,
    "int": core.int_schema,
    "float": core.float_schema,
    "bool": core.bool_schema,
    "date": core.date_schema,
    "datetime": core.datetime_schema,
    "Mapping[str, Any]": lambda: core.dict_schema(core.str_schema(), core.any_schema()),
}
"""The schema of each type of field, or of the items of a list, except parts."""


def _schema(kind: type[Part]) -> CoreSchema:
    """Return the declarations of a record or part as a schema of pydantic's core."""
    arguments = []
    for field in (spec(kind).get(one.name, EXTRA) for one in fields(kind)):
        schema = _schema(field.part) if field.part else _PLAIN[field.type_name]()
        if field.is_list:
            schema = core.list_schema(schema)
        if field.optional:
            schema = core.nullable_schema(schema)
        if not field.required:
            schema = core.with_default_schema(schema, default=field.default)
        arguments.append(core.dataclass_field(field.name, schema))
    names = [one.name for one in fields(kind)]
    return core.dataclass_schema(kind, core.dataclass_args_schema(kind.__name__, arguments), names, post_init=True)


def _split(kind: type[Part], data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Separate known from unknown keys: `extra` holds those of this level as "", others by field."""
    own = spec(kind)
    known = {key: value for key, value in data.items() if key in own}
    extra: dict[str, Any] = {"": {key: value for key, value in data.items() if key not in own}}
    # A free table (the changes of a verdict) may hold what JSON cannot: it is validated, and kept unchanged.
    free = {key: value for key, value in known.items() if isinstance(value, dict) and not own[key].part}
    if free:
        extra[_FREE] = free
    for key, value in list(known.items()):
        part = own[key].part
        if part is None:
            continue
        if isinstance(value, dict):
            known[key], extra[key] = _split(part, value)
        elif isinstance(value, list):
            pairs = [_split(part, item) if isinstance(item, dict) else (item, {}) for item in value]
            known[key], extra[key] = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return known, extra


def _with_extra(part: T, extra: Mapping[str, Any]) -> T:
    changes: dict[str, Any] = {"extra": extra[""]} if extra.get("") else {}
    changes |= extra.get(_FREE, {})
    for key, tree in extra.items():
        value = getattr(part, key) if key not in ("", _FREE) else None
        if isinstance(tree, list) and any(tree):
            changes[key] = tuple(_with_extra(item, below) for item, below in zip(value or (), tree, strict=True))
        elif isinstance(tree, dict) and isinstance(value, Part):
            changes[key] = _with_extra(value, tree)
    return replace(part, **changes) if changes else part


def _as_bad_value(error: ValidationError) -> BadValue:
    """Return the first failure as a BadValue, at `progress.2.percent` (lists count from 1)."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = [str(step + 1) if isinstance(step, int) else str(step) for step in first["loc"]]
    own = first.get("ctx", {}).get("error")
    if isinstance(own, BadValue):
        where = ".".join([*place, own.field])
        return BadValue(where, f"{'.'.join(place)}: {own.sentence}" if place else own.sentence, own.hint, inner=own)
    where = ".".join(place)
    predicate = f"{_PREDICATES.get(first['type'], 'has an invalid value')}."
    hint = "compare it with an exported record: mentorlog export json"
    return BadValue(where, f"{where} {predicate}", hint, predicate=predicate)
