"""JSON with one space of indentation a level: what `json.dumps(data, ensure_ascii=False, indent=1)` returns, faster.

With an indentation, json does without its C code; a verification writes every operation of a log again to compare it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def dumps(data: Any) -> str:
    """Return plain data: dicts with plain words as keys, lists, tuples, texts, whole numbers, true, false and null."""
    from json.encoder import encode_basestring as quoted

    def dump(value: Any, start: str) -> str:
        kind = type(value)
        if kind is str:
            return quoted(value)
        if value is None:
            return "null"
        if kind is bool:
            return "true" if value else "false"
        if kind is int:
            return repr(value)
        if not value:
            return "{}" if kind is dict else "[]"
        within = start + " "
        if kind is dict:
            parts = [
                f'{within}"{key}": {quoted(item) if type(item) is str else dump(item, within)}'
                for key, item in value.items()
            ]
            return "{" + ",".join(parts) + start + "}"
        return "[" + ",".join([within + dump(item, within) for item in value]) + start + "]"

    return dump(data, "\n")
