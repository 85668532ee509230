"""Records to JSON and back without loss: unknown keys keep their TOML types.

Known fields are converted by their types. In unknown keys, types that JSON lacks are tagged, as in
`{"$toml": "date", "value": "2027-01-01"}`, and a key that could be mistaken for one of ours is prefixed with `$`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from mentorlog.errors import BadValue
from mentorlog.models.fields import spec
from mentorlog.models.record import Part, as_data, json_ready

TAG = "$toml"
FILE = "$file"
"""The key for the name of a record's file, if it differs from the name the record would get today."""

_PARSERS = {"date": date.fromisoformat, "time": time.fromisoformat, "datetime": datetime.fromisoformat}
_FLOATS = ("inf", "-inf", "nan")


def portable(part: Part) -> dict[str, Any]:
    """Return a record or part as JSON data with every field, unknown keys last and tagged."""
    data = {name: _known(getattr(part, name)) for name in spec(type(part))}
    return {**data, **_table(part.extra or {})}


def _known(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Part):
        return portable(value) if as_data(value, full=False) else None  # an empty table is not written
    if isinstance(value, (list, tuple)):
        return [_known(item) for item in value]
    return _table(value) or None if isinstance(value, Mapping) else json_ready(value)


def tagged(value: Any) -> Any:
    """Return a TOML value as JSON data, tagged with its type where JSON lacks it."""
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, (list, tuple)):
        return [tagged(item) for item in value]
    if isinstance(value, (date, time)):
        kind = "datetime" if isinstance(value, datetime) else "date" if isinstance(value, date) else "time"
        return {TAG: kind, "value": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {TAG: "float", "value": str(value)}
    return value


def _table(data: Mapping[str, Any]) -> dict[str, Any]:
    return {f"${key}" if _taken(key) else key: tagged(value) for key, value in data.items()}


def _taken(key: str) -> bool:
    return key.startswith("$") or key == "record"  # it names the kind


def restored(kind: type[Part], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain data of a record from its JSON; BadValue names an invalid key."""
    known = spec(kind)
    plain: dict[str, Any] = {}
    for key, value in data.items():
        part = known[key].part if key in known else None
        if key not in known:
            plain[_key(key)] = untagged(value, key)
        elif part and isinstance(value, list):
            plain[key] = [restored(part, item) if isinstance(item, dict) else item for item in value]
        elif isinstance(value, dict):
            plain[key] = restored(part, value) if part else _rows(value, key)
        else:
            plain[key] = value
    return plain


def untagged(value: Any, key: str) -> Any:
    """Return the TOML value for a JSON value; `key` is for BadValue."""
    if value is None:
        raise BadValue(key, f"{key} is null, which is not allowed.", "omit the key")
    if isinstance(value, list):
        return [untagged(item, key) for item in value]
    if isinstance(value, dict):
        return _untagged_value(value, key) if TAG in value else _rows(value, key)
    return value


def _rows(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {_key(name): untagged(value, f"{key}.{name}") for name, value in data.items()}


def _untagged_value(data: Mapping[str, Any], key: str) -> Any:
    kind, text = data[TAG], data.get("value")
    try:
        if not isinstance(text, str) or len(data) != 2 or len(text) > 40:
            raise ValueError
        if kind == "float" and text in _FLOATS:
            return float(text)
        return _PARSERS[kind](text)
    except (ValueError, KeyError, TypeError):
        raise BadValue(key, f"{key} is not a valid TOML value.", "correct it in the file, or export again") from None


def _key(key: str) -> str:
    """Return an unknown key as the record has it; BadValue for one that an export never writes."""
    if not key.startswith("$"):
        return key
    if not _taken(key[1:]) and key != "$prefix":  # which exports of version 0.1 mark too
        raise BadValue(key, f"{key} is not a valid key of an export.", "write keys that begin with $ with $$")
    return key[1:]
