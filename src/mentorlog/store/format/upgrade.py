"""Data in the shape of an earlier version, brought to today's: the step between parsing and validation. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def upgrade(kind: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the plain data of a record in today's shape; the same data where they have it already.

    A file is written in its new shape only when its record is changed.
    """
    step = _STEPS.get(kind)
    return step(data) if step else data


def _mentor(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A mentorship had one closure, a table (in JSON null where there was none)."""
    closure = data.get("closure", [])
    if closure is not None and not isinstance(closure, Mapping):
        return data
    return {**data, "closure": [] if closure is None else [closure]}


_STEPS = {"mentor": _mentor}
