"""Records that an older version wrote, brought to today's shape between parsing and validation.

Reading never writes: a file keeps its old shape until its record is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mentorlog.errors import Unreadable

Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Returns the plain data of one record in the next shape; other data as it is."""

FORMAT = 1
"""The format of a journal that this version writes; it reads this one and every older one."""


def _list_closures(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a mentor's one closure as the first of a list; exports had null where none was."""
    closure = plain.get("closure", [])
    if closure is not None and not isinstance(closure, Mapping):
        return plain
    return {**plain, "closure": [] if closure is None else [closure]}


STEPS: dict[str, tuple[Step, ...]] = {"mentor": (_list_closures,)}
"""The steps of each kind of record (and of the profile), oldest first."""


def upgrade(kind: str, plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the plain data of a record in today's shape."""
    for step in STEPS.get(kind, ()):
        plain = step(plain)
    return plain


def check_format(path: str, plain: Mapping[str, Any]) -> None:
    """Raise Unreadable where this version cannot read the format that journal.toml names."""
    if "format" not in plain:
        raise Unreadable(path, "it has no format")
    version = plain["format"]
    if type(version) is not int or version < 1:
        raise Unreadable(path, "its format is not a positive whole number", 1)
    if version > FORMAT:
        newer = f"its format {version} is from a newer version of mentorlog; this one reads formats up to {FORMAT}"
        raise Unreadable(path, newer, 1)
