"""The manifest of a backup as the bytes of its first file, and back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from mentorlog.domain.backups import Manifest
from mentorlog.errors import Unreadable
from mentorlog.store.format import toml

FORMAT = 1
NAME = "backup.toml"
LIMIT = 8 * 1024 * 1024
"""The largest manifest, in bytes; it names the files that were left out."""

_LATEST = 8**11 - 1  # seconds that the header of a file can hold


class NewerFormat(Exception):
    """The backup has a format that this version does not know; `args[0]` is its number."""


def encoded(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest."""
    fields: dict[str, Any] = {"format": FORMAT, **vars(manifest), "left_out": list(manifest.left_out)}
    return toml.dump_plain({key: value for key, value in fields.items() if value is not None})


def decoded(data: bytes) -> Manifest:
    """Return the manifest in the bytes; raise ValueError if it is none, NewerFormat if this version is too old."""
    try:
        plain = toml.parse(NAME, data)
    except Unreadable as error:
        raise ValueError(error.message) from None
    number = plain.get("format")
    if type(number) is not int or number < 1:
        raise ValueError("it has no format")
    if number > FORMAT:
        raise NewerFormat(number)
    manifest = Manifest(
        journal=_text(plain.get("journal"), "[0-9A-Za-z-]{0,64}"),
        change=_is(plain.get("change"), int),
        changed_at=plain.get("changed_at"),
        link=None if "link" not in plain else _text(plain["link"], "[0-9a-f]{64}"),
        with_log=_is(plain.get("with_log"), bool),
        left_out=tuple(_text(path, "(?s:.+)") for path in _is(plain.get("left_out"), list)),
    )
    at = manifest.changed_at
    if manifest.change < 0 or (at is not None and _is(at, datetime).tzinfo is None):
        raise ValueError("a value of it is not valid")
    return manifest


def _is(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError("a value of it is missing or not valid")
    return value


def _text(value: Any, pattern: str) -> str:
    if not re.fullmatch(pattern, _is(value, str)):
        raise ValueError("a value of it is not valid")
    return str(value)


def seconds(manifest: Manifest) -> int:
    """Return the time that every file of the backup has: that of the last operation, so that it follows from it."""
    at = manifest.changed_at
    return min(max(int(at.timestamp()), 0), _LATEST) if at else 0
