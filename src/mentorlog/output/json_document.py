"""The versioned JSON document that scripts read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from mentorlog.domain.reports import Problem
from mentorlog.output.text import dangerous

VERSION = 1


class _Escapes(dict[int, int | str]):
    def __missing__(self, code: int) -> int | str:
        self[code] = shown = _escape(code) if dangerous(code) else code
        return shown


_ESCAPES = _Escapes()


def envelope(data: Any, problems: Iterable[Problem] = ()) -> str:
    """Return the document: version, data, problems; no raw control or invisible character in it."""
    told = [{"path": problem.path, "message": problem.message} for problem in problems]
    return _json({"version": VERSION, "data": data, "problems": told}, "\n") + "\n"


def ascii_only(document: str) -> str:
    """Return a JSON document for a stream that cannot hold all characters: the same data, escaped."""
    return "".join(char if char.isascii() else _escape(ord(char)) for char in document)


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _text(text: str) -> str:
    written = encode_basestring(text)
    if text.isprintable() and (text.isascii() or max(text) < "\u0300"):
        return written
    return written.translate(_ESCAPES)


_key = cache(_text)
"""The keys of a thousand records are a few words."""


def _json(value: Any, line: str) -> str:
    """Return the value as json.dumps(indent=2) writes it, in a third of the time; `line` begins a line of it."""
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, Mapping):
        inner = line + "  "
        parts = [f"{_key(str(k))}: {_json(v, inner)}" for k, v in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}" if parts else "{}"
    if isinstance(value, (list, tuple)):
        inner = line + "  "
        return f"[{inner}{f',{inner}'.join([_json(v, inner) for v in value])}{line}]" if value else "[]"
    if isinstance(value, (date, time)):
        return _text(value.isoformat())
    # JSON has no infinity and no NaN; an unknown key of a file may.
    finite = isinstance(value, int) or abs(value) < float("inf")
    return repr(value) if finite else _text(str(value))
