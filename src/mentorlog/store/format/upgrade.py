"""Upgrades records of older versions to the current format, between parsing and validation.

Reading never writes: a file keeps its old format until its record is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mentorlog.errors import Reason, Unreadable

Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Returns the plain data of one record in the next format; other data unchanged."""

FORMAT = 1
"""The journal format that this version writes; it reads this one and every older one."""


def _list_closures(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a mentor's one closure as a list; older exports had null for none."""
    closure = plain.get("closure", [])
    if closure is not None and not isinstance(closure, Mapping):
        return plain
    return {**plain, "closure": [] if closure is None else [closure]}


STEPS: dict[str, tuple[Step, ...]] = {"mentor": (_list_closures,)}
"""The steps of each kind of record (and of the profile), oldest first."""


def upgrade(kind: str, plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the plain data of a record in the current format."""
    for step in STEPS.get(kind, ()):
        plain = step(plain)
    return plain


def check_format(path: str, plain: Mapping[str, Any]) -> None:
    """Raise Unreadable if this version cannot read the format in journal.toml."""
    if "format" not in plain:
        raise Unreadable(path, "it has no format")
    version = plain["format"]
    if type(version) is not int or version < 1:
        raise Unreadable(path, "its format is not a positive whole number", 1)
    if version > FORMAT:
        newer = f"its format {version} is from a newer version of mentorlog; this one reads formats up to {FORMAT}"
        raise Unreadable(path, newer, 1, Reason.NEWER)
