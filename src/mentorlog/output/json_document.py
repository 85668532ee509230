"""The versioned JSON document that scripts read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from mentorlog.domain.reports import Problem
from mentorlog.output.text import dangerous

VERSION = 1
_quoted = json.encoder.encode_basestring


def envelope(data: Any, problems: Iterable[Problem] = ()) -> str:
    """Return the document with version, data and problems, and without raw control or invisible characters."""
    document = {"version": VERSION, "data": data, "problems": problems_data(problems)}
    text = indented(document) + "\n"
    return re.sub("[^\0-~]", lambda char: _escape(char) if dangerous(ord(char[0])) else char[0], text)


def indented(value: Any, margin: str = "\n") -> str:
    """Return what `json.dumps` does with an indent of two, which is written in Python there and takes twice as long."""
    if isinstance(value, dict):
        if not value:
            return "{}"
        inner = f"{margin}  "
        items = [
            f"{_quoted(key)}: {_quoted(item) if type(item) is str else indented(item, inner)}"
            for key, item in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(items)}{margin}}}"
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        inner = f"{margin}  "
        return f"[{inner}{f',{inner}'.join([indented(item, inner) for item in value])}{margin}]"
    if value is None or isinstance(value, (str, int, float)):
        return "null" if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False)
    return indented(_plain(value), margin)


def problems_data(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return files that cannot be used, as scripts get them."""
    return [{"path": problem.path, "message": problem.message} for problem in problems]


def ascii_only(document: str) -> str:
    """Return a JSON document in ASCII, for a stream that cannot encode all characters."""
    return re.sub("[^\0-~]", _escape, document)


def _escape(char: re.Match[str]) -> str:
    return json.dumps(char[0])[1:-1]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, time)) else dict(value)
