"""The days of a residency that have a name: `end-of-block`, `pgy3`, `h1`, `end-of-training`. Pure.

They follow from the profile: the blocks, the level, the day on which a year of training starts (1 July by default)
and the day on which the training ends. A year or half a year alone is its last day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from mentorlog.dates import last_day, months_on
from mentorlog.errors import BadDate, shortened
from mentorlog.fold import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from mentorlog.models.view_types import BlockView, ProfileView

    class Rotation(TypedDict):
        """A block of the profile within some days: its name, and how much time it leaves."""

        name: str
        first: str
        last: str
        load: str


YEAR_STARTS = "07-01"
"""The month and the day on which a year of training starts, if the profile does not say."""

_NAMED = re.compile(r"(?:(?P<edge>start|end) of (?:the |this |my )?)?(?P<what>.+)")
_YEAR = re.compile(r"pgy ?([1-9]|1[0-5])(?: year)?")
_HALF = re.compile(r"h([12])")
_BLOCK = 'add it with: mentorlog profile block "Night float" {} {}'


def named_day(text: str, profile: Callable[[], ProfileView], today: date) -> date | None:
    """Return the day ahead that has this name; None for other words, BadDate where the profile lacks what it needs."""
    phrase = " ".join(re.sub(r"[-_\s]+", " ", text).lower().split())
    found = _NAMED.fullmatch(phrase.strip("'\""))
    if found is None or len(text) > 100:
        return None
    edge, what = found["edge"], found["what"]
    try:
        if year := _YEAR.fullmatch(what):
            return _of_year(int(year[1]), edge, profile(), today, text)
        if half := _HALF.fullmatch(what):
            return _of_half(int(half[1]), edge, profile(), today)
        if edge == "end" and what == "training":
            return _end_of_training(profile(), text)
        return _of_block(what, edge, profile(), today, text) if edge else None
    except (OverflowError, ValueError):
        raise BadDate(f"{shortened(text)} is out of range.", "use a date, like 2027-02-03") from None


def _of_block(what: str, edge: str, profile: ProfileView, today: date, text: str) -> date | None:
    """Return the first or the last day of the nearest block ahead, or of the one with a name; None for no name."""
    blocks: list[BlockView] = profile["blocks"]
    if what != "block":
        blocks = [one for one in blocks if folded(one["name"]) == folded(what)]
        if not blocks:
            return None
    days = (one["from"] if edge == "start" else one["to"] for one in blocks)
    ahead = sorted(day for day in days if day >= today.isoformat())
    if not ahead:
        verb = "starts" if edge == "start" else "ends"
        sentence = f"{shortened(text)} is not known: no block of your profile {verb} today or later."
        raise BadDate(sentence, _BLOCK.format(today, today + timedelta(days=27)))
    return date.fromisoformat(ahead[0])


def _of_year(number: int, edge: str | None, profile: ProfileView, today: date, text: str) -> date:
    """Return the first or the last day of a year of training, counted from the level and since when it holds."""
    level, since = profile["level"], today
    for one in profile["stages"]:
        if one["level"] == level and one["from"] and not one["to"]:
            since = date.fromisoformat(one["from"])
    current = _YEAR.fullmatch((level or "").lower().replace("-", " ").strip())
    if current is None:
        known = f"your level is {shortened(level)}" if level else "your profile has no level"
        sentence = f"{shortened(text)} is not known: {known}, from which a year like PGY-2 could be counted."
        raise BadDate(sentence, "set it with: mentorlog profile set level=PGY-2")
    starts = profile["year_starts"] or YEAR_STARTS
    year = year_of(since, starts).year + number - int(current[1])
    return _start(year, starts) if edge == "start" else _start(year + 1, starts) - timedelta(days=1)


def _of_half(number: int, edge: str | None, profile: ProfileView, today: date) -> date:
    """Return the next first or last day of the first or the second half of a year of training."""
    starts = profile["year_starts"] or YEAR_STARTS
    year = year_of(today, starts).year
    days = []
    for start in (_start(year, starts), _start(year + 1, starts)):
        middle, end = months_on(start, 6), _start(start.year + 1, starts)
        first, after = (start, middle) if number == 1 else (middle, end)
        days.append(first if edge == "start" else after - timedelta(days=1))
    return next(day for day in days if day >= today)


def _end_of_training(profile: ProfileView, text: str) -> date:
    if not profile["training_ends"]:
        sentence = f"{shortened(text)} is not known: your profile does not say when your training ends."
        raise BadDate(sentence, "set it with: mentorlog profile set training_ends=2029-06-30")
    return date.fromisoformat(profile["training_ends"])


def year_of(day: date, starts: str) -> date:
    """Return the first day of the year of training that a day is in."""
    start = _start(day.year, starts)
    if start <= day:
        return start
    return _start(day.year - 1, starts) if day.year > 1 else date.min


def _start(year: int, starts: str) -> date:
    """Return the day in a year on which a year of training starts."""
    month, day = map(int, starts.split("-"))
    return date(year, month, min(day, last_day(year, month)))


def blocks_within(blocks: Sequence[BlockView], first: str, last: str) -> list[Rotation]:
    """Return the blocks that have days from one day to another, in their order."""
    found = [one for one in blocks if one["from"] <= last and first <= one["to"]]
    return [
        {"name": one["name"], "first": one["from"], "last": one["to"], "load": one["load"]}
        for one in sorted(found, key=lambda one: (one["from"], one["to"]))
    ]
