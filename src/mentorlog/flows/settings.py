"""Show and change the user's settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mentorlog import config, date_words, lookup, places
from mentorlog.app import App
from mentorlog.errors import BadValue, ChangedSince, MentorlogError, Unreadable, shortened
from mentorlog.models.rules import among
from mentorlog.models.views import View
from mentorlog.store.disk import files
from mentorlog.toml_lines import with_value

_FIRST_LINE = "# Settings of mentorlog; see: mentorlog config list\n"
_AUDIENCES = ("self", "program")


def every(app: App) -> list[View]:
    """Return each setting, and each key of the file that is none; MentorlogError if the file cannot be read."""
    found = _config(app)
    app.out.note(*found.wrong.values())
    values = config.plain("", files.read(_file().resolve())) if found.unknown else {}
    unknown = [
        {"key": key, "value": _shown(values[key]), "is_set": True, "default": None, "help": None}
        for key in found.unknown
    ]
    return [_row(found, key) for key in config.SETTINGS] + unknown


def one(app: App, key: str) -> View:
    """Return a setting; MentorlogError if the value in the file cannot be used."""
    found = _config(app)
    found.checked(key)
    return _row(found, key)


def value(app: App, key: str, text: str) -> Any:
    """Return the value of a setting for a text; BadValue or BadDate if it is none."""
    least = config.SETTINGS[key].least
    if least is not None:
        digits = text.strip()
        days = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else date_words.days(text)
        if least <= days <= config.MOST_DAYS:
            return days
        hint = 'for example: 42, "6 weeks"'
        raise BadValue(key, f"{shortened(text)} is not between {least} and {config.MOST_DAYS} days.", hint)
    if key == "week_start":
        named = {day[:3]: day for day in config.WEEKDAYS}
        return among(named.get(text.strip().lower(), text), key, config.WEEKDAYS)
    if key == "zone":
        return str(lookup.zone(app, text.strip()))
    word = text.strip().lower()
    return word if word in _AUDIENCES else str(lookup.mentor(app, text, lookup.AUDIENCES)["id"])


def change(app: App, key: str, value: Any) -> tuple[View, View]:
    """Set a setting, or with None use its default; return it as it was and as it is."""
    file, before = _file(), _config(app)
    real = file.resolve()
    old = files.content(real) or b""
    found = config.plain(str(file), old)
    wanted = {name: one for name, one in found.items() if name != key} | ({} if value is None else {key: value})
    if found != wanted:
        new = with_value(old.decode() or _FIRST_LINE, key, None if value is None else json.dumps(value)).encode()
        if not _says(new, wanted):
            raise MentorlogError(f"{key} in {file} is written over several lines.", "change it there, in an editor")
        files.private_folder(real.parent, parents=True)
        if (files.content(real) or b"") != old:
            raise ChangedSince(f"{file} was changed by another program; nothing was written.", [str(file)], "try again")
        files.put(real, new)
    return _row(before, key), _row(config.read(file), key)


def _says(data: bytes, wanted: Mapping[str, Any]) -> bool:
    """Return whether a text has these keys and values; one that is not a number is equal to itself here."""
    try:
        found = config.plain("", data)
    except Unreadable:
        return False
    return {key: repr(one) for key, one in found.items()} == {key: repr(one) for key, one in wanted.items()}


def _config(app: App) -> config.Config:
    """Return the settings; MentorlogError if the file cannot be read."""
    found = config.read(_file())
    if "" in found.wrong:
        found.checked("")
    return found


def _file() -> Path:
    return places.folder("config") / places.SETTINGS


def _row(found: config.Config, key: str) -> View:
    return {
        "key": key,
        "value": getattr(found, key),
        "is_set": key in found.given,
        "default": getattr(config.Config, key),
        "help": config.SETTINGS[key].help,
    }


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "…" if isinstance(value, (dict, list)) else str(value)
