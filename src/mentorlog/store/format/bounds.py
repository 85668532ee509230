"""What a record's TOML may hold at most, so that reading one takes a moment whoever wrote it, and that what is written
can be read again.

tomllib takes seconds and gigabytes for a key of thousands of parts, recurses where tables and lists stand within each
other, and reads whole numbers that nothing else takes. Text may be long, values may not be many.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 48
"""How many tables and lists may stand within each other."""

MOST_PARTS = 64
"""How many parts a dotted key may have: more than tables can be nested."""

MOST_VALUES = 100_000
"""How many signs that part values may stand outside of texts."""

_WHOLE = range(-(2**63), 2**63)
_TEXTS = re.compile(
    rb'#[^\n]*+|"""(?s:\\.|[^\\])*?"""|\'\'\'(?s:.*?)\'\'\'|"(?:\\.|[^"\n\\])*+"|\'[^\'\n]*+\'',
)
_LONG_KEY = re.compile(rb'(?<![\w-])(?:(?:[\w-]++|"")[ \t]*+\.[ \t]*+){%d}' % MOST_PARTS)


def too_much(data: bytes) -> str | None:
    """Return what there is too much of in a TOML text, before anybody parses it; None where it is within bounds."""
    many = _parting(data) > MOST_VALUES
    if not many and data.count(b".") < MOST_PARTS:
        return None
    bare = _TEXTS.sub(b'""', data)
    if many and _parting(bare) > MOST_VALUES:
        return "it holds too many values"
    return "it has a key of too many parts" if _LONG_KEY.search(bare) else None


def _parting(data: bytes) -> int:
    return sum(map(data.count, (b",", b"=", b"[", b"{")))


def unfit(plain: Any) -> str | None:
    """Return what in parsed TOML cannot be kept: nested too deeply, or a number too long; None where all can."""
    rest = [(plain, 0)]
    while rest:
        value, depth = rest.pop()
        if depth > DEEPEST:
            return "it is nested too deeply"
        if isinstance(value, dict):
            rest += [(item, depth + 1) for item in value.values()]
        elif isinstance(value, list):
            rest += [(item, depth + 1) for item in value]
        elif isinstance(value, int) and value not in _WHOLE:
            return "it holds a number too long"
    return None
