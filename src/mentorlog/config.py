"""The settings of the user: one TOML file in the configuration folder, read once into a frozen value.

It is the user's own file, on this machine and for all their journals; nothing in the folder of a journal is a setting.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from mentorlog.dates import DAYS
from mentorlog.domain.loop import RULES, Rules
from mentorlog.errors import MentorlogError, Unreadable
from mentorlog.store.disk import files
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_LARGEST = 16 * 1024
"""The largest file that is read, in bytes."""
_VALUE = r'(?:(?P<number>0|[1-9][0-9]{0,8})|"(?P<text>[^"\\\x00-\x1f\x7f]*+)")'
_LINE = rf"[ \t]*+(?:(?P<key>[A-Za-z0-9_-]++)[ \t]*+=[ \t]*+{_VALUE})?[ \t]*+(?:#[^\x00-\x08\x0a-\x1f\x7f]*+)?"
"""What a line of the file usually is: nothing, a key with a number or a plain text, a comment."""
WEEKDAYS = tuple(day.lower() for day in DAYS)
MOST_DAYS = 3660


class Config(Value):
    """The settings, with the default of each that the file does not set; see SETTINGS."""

    drift_days: int = RULES.drift_days
    review_days: int = RULES.review_days
    within_days: int = RULES.within_days
    waiting_days: int = RULES.waiting_days
    week_start: str = WEEKDAYS[0]
    zone: str | None = None
    audience: str | None = None
    given: frozenset[str] = frozenset()
    """The keys that the file sets, and whose values are used."""
    unknown: tuple[str, ...] = ()
    """The keys in the file that are not settings."""
    wrong: Mapping[str, str] = {}
    """For each key whose value cannot be used a sentence that says why; under "" for the file, if it cannot be read."""
    path: str = ""

    @property
    def rules(self) -> Rules:
        """The rules of the loop, with the days that are set; `status` looks as far ahead as `due` where that is set."""
        near = self.within_days if "within_days" in self.given else RULES.near_days
        return RULES.but(
            drift_days=self.drift_days,
            review_days=self.review_days,
            within_days=self.within_days,
            near_days=near,
            waiting_days=self.waiting_days,
        )

    @property
    def first_weekday(self) -> int:
        """The day on which a week begins, as `date.weekday` counts them."""
        return WEEKDAYS.index(self.week_start)

    def checked(self, key: str) -> Any:
        """Return a value; MentorlogError if the file cannot be read, or what it sets cannot be used."""
        if sentence := self.wrong.get(""):
            raise MentorlogError(sentence, f"correct {self.path}, or delete it to use the defaults")
        if sentence := self.wrong.get(key):
            raise MentorlogError(sentence, f"set another value, or use the default: mentorlog config unset {key}")
        return getattr(self, key)


class Setting(Value):
    """One setting: what it means, and the least value of a number of days; 0 for a text."""

    help: str
    least: int | None = None


SETTINGS = {
    "drift_days": Setting("Days without progress after which a goal is drifting", 1),
    "review_days": Setting("Days from one review to the next, where it names no day", 1),
    "within_days": Setting("How many days ahead due looks, and status (without it, 14)", 0),
    "waiting_days": Setting("Days after which due and status name what waits for others", 1),
    "week_start": Setting("First day of the week: monday, sunday or another day"),
    "zone": Setting("Time zone of calendars, such as Europe/Athens (default: this machine's)"),
    "audience": Setting("Who exports are for without --for: self, program or a mentor"),
}
"""Every setting, with its help. The file has these keys; others are kept and named, and mean nothing."""


def read(path: Path | None) -> Config:
    """Return the settings in a file; what is wrong with it is in `wrong`. The file may be a link to another folder."""
    if path is None:
        return Config()
    try:
        return _config(plain(str(path), files.read(os.path.realpath(path), name=str(path))), str(path))
    except FileNotFoundError:
        if not path.is_symlink():
            return Config()
        sentence = f"{path} is a link to a file that does not exist."
    except Unreadable as error:
        sentence = error.sentence
    return Config(wrong={"": sentence}, path=str(path))


def plain(name: str, data: bytes) -> dict[str, Any]:
    """Return the keys and values in the bytes of a file; raise Unreadable, with its name, if it is not TOML."""
    if len(data) > _LARGEST:
        raise Unreadable(name, f"it is larger than {_LARGEST // 1024} KiB")
    if (found := _simple(data)) is not None:
        return found
    from mentorlog.store.format import toml  # takes a third of a bare Python to load, and tomllib as long again

    return toml.parse(name, data)


def _simple(data: bytes) -> dict[str, Any] | None:
    """Return the keys and values of a file in which each is a number or a plain text in a line; None of others."""
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        return None
    found: dict[str, Any] = {}
    for line in lines:
        match = re.fullmatch(_LINE, line)
        if match is None or match["key"] in found:
            return None
        if match["key"]:
            found[match["key"]] = int(match["number"]) if match["number"] else match["text"]
    return found


def _config(found: Mapping[str, Any], path: str) -> Config:
    """Return the settings among the values of a file."""
    known = {key: found[key] for key in SETTINGS if key in found}
    wrong = {key: sentence for key, value in known.items() if (sentence := _wrong(key, value, path))}
    good = {key: value for key, value in known.items() if key not in wrong}
    unknown = tuple(key for key in found if key not in SETTINGS)
    return Config(**good, given=frozenset(good), unknown=unknown, wrong=wrong, path=path)


def _wrong(key: str, value: Any, path: str) -> str:
    """Return what is wrong with a value; "" if nothing is. Time zones and mentors are looked up where they are used."""
    least = SETTINGS[key].least
    if least is not None:
        if type(value) is int and least <= value <= MOST_DAYS:
            return ""
        return f"{key} in {path} is not a whole number from {least} to {MOST_DAYS}."
    if key == "week_start":
        return "" if value in WEEKDAYS else f"{key} in {path} is not a day of the week, such as monday."
    if isinstance(value, str) and re.fullmatch(r"[!-~]{1,200}", value):
        return ""
    return f"{key} in {path} is not {'a time zone' if key == 'zone' else 'self, program or a mentor'}."
