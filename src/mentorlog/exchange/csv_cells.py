"""The values of cells: dates, numbers, words, lists, and what is left of a formula. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mentorlog import date_words
from mentorlog.dates import say
from mentorlog.domain.audience import UNSAID
from mentorlog.errors import BadDate, BadValue, MentorlogError, shortened
from mentorlog.models.fields import Spec
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.rules import among
from mentorlog.values import Value

DATES = ("day-first", "month-first")
"""The orders of day and month that `--dates` names."""

_STATUSES = {
    "mentor": {
        "active": "current, yes, ongoing, in progress",
        "paused": "on hold, resting",
        "candidate": "prospective, potential, planned, to ask",
        "invited": "asked",
        "declined": "no, refused",
        "ended": "former, past, finished, done, over",
        "stay_in_touch": "in touch",
    },
    "goal": {
        "active": "open, in progress, ongoing, started, not started, new, to do, planned",
        "paused": "on hold, waiting, deferred, later",
        "achieved": "done, complete, completed, finished, reached, met, closed",
        "partly": "partial, partially, partly achieved, partly done",
        "dropped": "cancelled, canceled, abandoned, given up",
    },
    "task": {
        "todo": "open, not started, new, pending, planned, to do",
        "doing": "in progress, ongoing, started, active",
        "waiting": "on hold, blocked, paused",
        "submitted": "sent, in review, with mentor",
        "done": "complete, completed, finished, closed, yes, x",
        "dropped": "cancelled, canceled, abandoned, deleted",
    },
    "meeting": {
        "held": "done, met, took place, completed, yes",
        "planned": "scheduled, upcoming, confirmed, open",
        "cancelled": "canceled, called off",
        "missed": "no show, did not happen",
    },
    "note": {"open": "unanswered, to do", "closed": "answered, done"},
}
"""The statuses, each with other words for it in sheets; case, hyphens and blanks do not matter."""
_OTHER_WORDS = {"priority": {"normal": ("medium", "middle", "moderate"), "high": ("urgent", "top")}}
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_TIME = re.compile(r"(?P<day>.*[^ ,T])[ ,T]+(?P<time>[0-9]{1,2}:[0-9]{2})(?P<rest>:[0-9]{2}([.][0-9]+)?)?")
_FAILED = re.compile(r"Err:[0-9]{3}|#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL|SPILL|CALC|ERROR|FIELD)[!?]?|#{3,}")
_LONGEST_DATE = 60
_POINT = re.compile(r"\[([ xX])\] ?")
_ME = ("me", "i", "myself", "self")


def failed(cell: str) -> bool:
    """Return whether a cell is the error of a formula: `Err:509`, `#REF!`, or `###` of a narrow column."""
    return bool(_FAILED.fullmatch(cell.strip()))


def is_me(cell: str) -> bool:
    """Return whether a cell means the resident."""
    return cell.strip().lower() in _ME


# Dates


class DateColumn(Value):
    """How the dates of a column are read: on which day, in which order of day and month, whether they are past."""

    today: date
    order: str | None
    past: bool

    def value(self, cell: str) -> tuple[date, str | None]:
        """Return the date in a cell, and the time of day behind it (`14:00`); BadDate if it has no certain date."""
        text, at = split_time(cell)
        found = _DAY_FIRST.fullmatch(text)
        if found and self.order and found[4]:
            day = self._in_order(found, text)
        else:
            day = date_words.ahead(text, self.today)
            if day != date_words.ahead(text, self.today + timedelta(1_000)):
                raise BadDate(f"{shortened(text)} is another date on another day.", WRITE_IT)
        if self.past and day > self.today:
            raise BadDate(f"{say(day)} is in the future.", "correct the date")
        return day, at

    def _in_order(self, found: re.Match[str], text: str) -> date:
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        number, month = (one, other) if self.order == DATES[0] else (other, one)
        if len(found[4]) == 2:
            year += self.today.year // 100 * 100
            if self.past and year > self.today.year:
                year -= 100
        try:
            return date(year, month, number)
        except ValueError:
            raise BadDate(f"{shortened(text)} is not in the calendar with the {_ORDER[self.order]} first.") from None


_ORDER = {"day-first": "day", "month-first": "month", None: ""}
WRITE_IT = "write it with its year, like 2027-02-03 or 3 Feb 2027"


def split_time(cell: str) -> tuple[str, str | None]:
    """Return a date without the time of day behind it, and that time; None for midnight, which sheets add."""
    text = cell.strip()
    found = _TIME.fullmatch(text) if len(text) <= _LONGEST_DATE else None
    if not found:
        return text, None
    at = found["time"].rjust(5, "0")
    return found["day"].strip(), None if at == "00:00" else at


def unclear_order(column: str, cells: Sequence[tuple[int, str]]) -> MentorlogError | None:
    """Return the error, once for a column of (row, cell), that the order of day and month is not clear; None if it is.

    The hint is the order of those cells in which only one is possible, if they agree.
    """
    found = [(row, text, match) for row, cell in cells if (match := _DAY_FIRST.fullmatch(text := split_time(cell)[0]))]
    unclear = [(row, text) for row, text, match in found if len(match[4]) == 2 or _readings(match) > 1]
    if not unclear:
        return None
    rows = [str(row) for row, _ in unclear]
    more = f" and {len(rows) - 10} more rows" if len(rows) > 10 else ""
    where = f"row{'s' if len(rows) > 1 else ''} {', '.join(rows[:10])}{more}"
    sentence = f"Column {shortened(column)}, {where}: {shortened(unclear[0][1])} can be several dates."
    certain = {
        DATES[0] if int(match[1]) > 12 else DATES[1]: (row, text)
        for row, text, match in found
        if int(match[1]) > 12 or int(match[3]) > 12
    }
    if len(certain) == 1:
        ((order, (row, text)),) = certain.items()
        return MentorlogError(sentence, f"row {row} has {text}, so pass: --dates {order}")
    return MentorlogError(sentence, f"pass the order of the sheet: --dates {DATES[0]} or --dates {DATES[1]}")


def _readings(match: re.Match[str]) -> int:
    one, other = int(match[1]), int(match[3])
    return 2 if one != other and 0 < one <= 12 and 0 < other <= 12 else 1


# Words and numbers


def status(kind: str, cell: str) -> str:
    """Return the status of a kind of record that a word of a sheet means; BadValue lists the statuses."""
    return _word(cell, "status", _STATUSES[kind])


def word(field: Spec, cell: str) -> str:
    """Return a word of the closed list of a field; BadValue lists them."""
    others = {one: ", ".join(words) for one, words in _OTHER_WORDS.get(field.name, {}).items()}
    return _word(cell, field.name, {one: others.get(one, "") for one in field.closed})


def _word(cell: str, name: str, known: Mapping[str, str]) -> str:
    plain = " ".join(cell.lower().replace("-", " ").replace("_", " ").split())
    found = (one for one, others in known.items() if plain in (other.strip() for other in others.split(",")))
    return next(found, None) or among(cell, name, tuple(known))


def whole_number(name: str, cell: str, between: tuple[int, int], units: str = "") -> int:
    """Return a whole number within bounds, also with one of the `units` (a pattern) behind it."""
    least, most = between
    found = re.fullmatch(rf"([0-9]{{1,9}})(?:[.,]0+)? ?(?:{units})?", cell.strip(), re.IGNORECASE)
    if not found or not least <= int(found[1]) <= most:
        sentence = f"{shortened(cell.strip())} is not a whole number from {least} to {most}."
        raise BadValue(name, sentence, "for example: 30")
    return int(found[1])


def minutes(cell: str) -> int:
    """Return a length of time in minutes: `45`, `45 min`, `1:30`, `2 h`."""
    if found := re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::00)?", cell.strip()):
        return int(found[1]) * 60 + int(found[2])
    if found := re.fullmatch(r"([0-9]{1,2}) ?h(ours?|r|rs)?", cell.strip().lower()):
        return int(found[1]) * 60
    return whole_number("minutes", cell, (1, 1440), r"m|mins?\.?|minutes?")


def decimal(name: str, cell: str) -> float:
    """Return a number with a point or a comma; BadValue where it is not clear which of them groups thousands."""
    text = cell.strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]+)?", text) or re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        raise BadValue(name, f"{shortened(cell.strip())} is not a clear number.", "for example: 12.5, or 1000")
    return float(text.replace(",", "."))


def clock(cell: str) -> str:
    """Return a time of day as a meeting takes it: `14:00:00` and `2 pm` are 14:00."""
    text = cell.strip()
    if found := re.fullmatch(r"([0-9]{1,2}:[0-9]{2}):[0-9]{2}", text):
        text = found[1]
    try:
        _, at = date_words.when(f"2027-01-01 {text}", date(2027, 1, 1))
    except BadDate:
        at = None
    if at is None:
        raise BadValue("at", f"{shortened(text)} is not a time.", "for example: 14:00, 9:30 or 2 pm")
    return at


# Lists


def line(cell: str) -> str:
    """Return a cell as one line, with blanks for line ends."""
    return " ".join(cell.splitlines()).strip()


def items(cell: str, *, commas: bool = True) -> tuple[str, ...]:
    """Return the items of a cell between semicolons and line ends, else between commas, each once."""
    parts = re.split(r"[;\n\r]+", cell)
    if commas and len(parts) == 1:
        parts = cell.split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def links(cell: str) -> tuple[str, ...]:
    """Return the addresses in a cell."""
    return tuple(dict.fromkeys(part.strip(";,") for part in cell.split() if part.strip(";,")))


def agenda(cell: str, old: Sequence[AgendaItem] = ()) -> tuple[AgendaItem, ...]:
    """Return the points of an agenda, `[x] done` and `[ ] open`, after those of the old one, which all stay.

    A point that an export writes in place of a withheld one is none.
    """
    parts = re.split(r"; (?=\[[ xX]\] )|\n", cell) if _POINT.match(cell) else re.split(r"[;\n]", cell)
    points: dict[str, bool] = {}
    for part in filter(str.strip, parts):
        box = _POINT.match(part.strip())
        text = " ".join((part.strip()[box.end() :] if box else part).split())
        if text != UNSAID:
            points[text] = bool(box and box[1] != " ")
    stay = [replace(item, done=points.pop(item.text, item.done)) for item in old]
    return (*stay, *(AgendaItem(text=text, done=done) for text, done in points.items()))
