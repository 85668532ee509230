"""Dates from words and words for dates, by a fixed grammar and relative to a given today.

Anything outside the grammar is rejected, never guessed. A bare weekday, `3 feb` and `2w` take the direction of the
question: the next such day for something planned or due, the last one for something that happened.
Names are English and do not depend on the locale.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from mentorlog.errors import BadDate, shortened

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
_YEAR += ("August", "September", "October", "November", "December")

_WEEKDAYS = {word: number for number, name in enumerate(_DAYS) for word in (name.lower(), name[:3].lower())}
_WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
_MONTHS = {word: number for number, name in enumerate(_YEAR, 1) for word in (name.lower(), name[:3].lower())}
_MONTHS |= {"sept": 9}

_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_NEAR |= {"day after tomorrow": 2, "day before yesterday": -2, "next week": 7}

# Each unit in days and in calendar months.
_UNITS = {"d": (1, 0), "day": (1, 0), "w": (7, 0), "week": (7, 0), "fortnight": (14, 0)}
_UNITS |= {"m": (0, 1), "month": (0, 1), "y": (0, 12), "year": (0, 12)}
_UNITS |= {f"{unit}s": size for unit, size in _UNITS.items() if len(unit) > 1}

_RHYTHMS = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 90, "yearly": 365}
_LONGEST = 3660

_AHEAD_HINT = "for example: 2027-02-03, 3 feb 2027, fri, next friday, tomorrow, +3d, in 6 weeks, eom"
_BACK_HINT = "for example: 2027-02-03, 3 feb 2027, fri, last friday, yesterday, -3d, 2 weeks ago"
_WHEN_HINT = "for example: fri 14:00, 2027-02-03 9:30, tomorrow at 8am, next friday"
_DAYS_HINT = "for example: 4 weeks, 28d, every 2 weeks, monthly, quarterly"


def ahead(text: str, today: date) -> date:
    """Return the date for words about something planned or due; an explicit past date is allowed."""
    return _day(text, today, True, _AHEAD_HINT)


def back(text: str, today: date) -> date:
    """Return the date for words about something that happened; BadDate if it is in the future."""
    day = _day(text, today, False, _BACK_HINT)
    if day > today:
        raise BadDate(f"{say(day)} is in the future.", "use today or an earlier date")
    return day


def when(text: str, today: date) -> tuple[date, str | None]:
    """Return the date ahead and the time (`14:00`) for words like `fri 14:00` or `tomorrow at 8am`."""
    match = re.fullmatch(r"(.+?)(?: [Aa][Tt])? ([0-9]{1,2})(?::([0-9]{2}))? ?([AaPp][Mm])?", _folded(text))
    if match is None or not (match[3] or match[4]):
        return _day(text, today, True, _WHEN_HINT), None
    at = _clock(int(match[2]), int(match[3] or 0), (match[4] or "").lower())
    return _day(match[1], today, True, _WHEN_HINT), at


def days(text: str) -> int:
    """Return the days in a length of time: `4 weeks`, `28d`, `every 2 weeks`, `monthly` (30), `10`."""
    phrase = _folded(text).lower() if text.isascii() else ""
    number = _RHYTHMS.get(phrase)
    if match := re.fullmatch(r"(?:(?:every )?([0-9]+)|an?(?= ))(?: ?([a-z]+))?", phrase):
        number = _length(int(match[1] or 1), match[2] or "d")
    elif match := re.fullmatch(r"every ([a-z]{3,})", phrase):
        number = _length(1, match[1])
    if number is None:
        raise BadDate(f"{shortened(text)} is not a length of time.", _DAYS_HINT)
    if not 0 < number <= _LONGEST:
        raise BadDate(f"{shortened(text)} is not between 1 and {_LONGEST} days.", _DAYS_HINT)
    return number


def say(day: date | str) -> str:
    """Return the date in words that the grammar can parse: `Sun 3 Jan 2027`."""
    day = _as_date(day)
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_YEAR[day.month - 1][:3]} {day.year:04d}"


def short(day: date | str, today: date) -> str:
    """Return the date in words, without the year if it is the current one."""
    return say(day).removesuffix(f" {today.year}")


def format_value(text: str | None, field: str = "") -> str:
    """Return a value of a goal's history in one line: dates in words, `none` for nothing."""
    line = " ".join((text or "none").split())
    if field == "mentors":
        return re.sub(r"\(told ([0-9-]{10})\)", lambda match: f"(told {format_value(match[1])})", line)
    try:
        return say(line) if len(line) == 10 else line
    except ValueError:
        return line


def ago(day: date | str, today: date) -> str:
    """Return the distance of a date from today, rounded down: `yesterday`, `6 weeks ago`, `in 3 days`."""
    day = _as_date(day)
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return ("today", "tomorrow", "yesterday")[distance]
    first, last = min(day, today), max(day, today)
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if abs(distance) < 14:
        length = f"{abs(distance)} days"
    elif months < 3:
        length = f"{abs(distance) // 7} weeks"
    else:
        length = f"{months} months" if months < 24 else f"{months // 12} years"
    return f"in {length}" if distance > 0 else f"{length} ago"


def lasting(day: date | str, today: date) -> str:
    """Return how long something has lasted since a date: `for 3 weeks`, `since yesterday`."""
    words = ago(day, today)
    return f"for {words.removesuffix(' ago')}" if words.endswith(" ago") else f"since {words}"


def later(day: str, days: int) -> str:
    """Return the day some days later, both as text."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def every(days: int) -> str:
    """Return the interval in words that `days` can parse: `every 4 weeks`, `every week`."""
    units = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
    count, unit = next((days // length, unit) for length, unit in units if days % length == 0)
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


# Parsing: fold, try the grammar, then dateparser, else reject.


def _day(text: str, today: date, forward: bool, hint: str) -> date:
    """Return the date for the text, or raise BadDate with examples."""
    phrase = _folded(text)
    if not phrase:
        raise BadDate("The date is empty.", hint)
    try:
        rules = _RULES if phrase.isascii() else ()
        day = next(filter(None, (rule(phrase.lower(), today, forward) for rule in rules)), None)
    except OverflowError:
        raise BadDate(f"{shortened(text)} is out of range.", hint) from None
    day = day or _by_extra(phrase, today, forward)
    if day is None:
        raise BadDate(f"{shortened(text)} is not a date.", hint)
    return day


def _folded(text: str) -> str:
    """Return the text with spaces folded; "" if it is too long to be a date."""
    return " ".join(re.findall(r"[^ \t\r\n]+", text)) if len(text) <= 100 else ""


def _by_extra(phrase: str, today: date, forward: bool) -> date | None:
    """Return the date by dateparser, if the extra `dates` is installed; None for what it would only guess."""
    swappable = re.search(r"(?<![0-9])[0-9]{1,2}[^0-9A-Za-z]+[0-9]{1,2}(?![0-9])", phrase)
    foreign = any(sign.isdigit() and not sign.isascii() for sign in phrase)
    if swappable or foreign or not any(sign.isalpha() for sign in phrase):
        return None
    try:
        import dateparser
    except ImportError:
        return None
    midnight = datetime.combine(today, time())
    settings = {
        "RELATIVE_BASE": midnight,
        "PREFER_DATES_FROM": "future" if forward else "past",
        "REQUIRE_PARTS": ["day", "month"],  # else `me` is a Wednesday and `a` is in January
    }
    try:
        parsed: datetime | None = dateparser.parse(phrase, settings=settings)
    except Exception:  # text that the library cannot handle is not a date
        return None
    # A time of day would be lost silently, so text with one is rejected.
    return parsed.date() if parsed is not None and parsed.time() == time() else None


# The rules: each returns a date, returns None for words of other rules, or raises for an impossible date.


def _fixed(phrase: str, today: date, forward: bool) -> date | None:
    """`today`, `day before yesterday`, `next week`, `eow` (Sunday), `eom`, `eoy`, `next month` (the same day of it)."""
    if phrase in _NEAR:
        return today + timedelta(_NEAR[phrase])
    match phrase:
        case "eow" | "end of week":
            return today + timedelta(6 - today.weekday())
        case "eom" | "end of month":
            return today.replace(day=_last_day(today.year, today.month))
        case "eoy" | "end of year":
            return date(today.year, 12, 31)
        case "next month":
            return _months_on(today, 1)
    return None


def _weekday(phrase: str, today: date, forward: bool) -> date | None:
    """`fri` after (before) today, never today; `next friday` of next calendar week; `last`, `this friday`."""
    which, _, name = phrase.rpartition(" ")
    number = _WEEKDAYS.get(name)
    if number is None or which not in ("", "next", "last", "this"):
        return None
    monday = today - timedelta(today.weekday())
    if which == "next":
        return monday + timedelta(7 + number)
    if which == "this":
        # Ahead, a weekday that has passed means next week's; back, it is this week's.
        return today + timedelta((number - today.weekday()) % 7) if forward else monday + timedelta(number)
    if which == "last" or not forward:
        return today - timedelta((today.weekday() - number - 1) % 7 + 1)
    return today + timedelta((number - today.weekday() - 1) % 7 + 1)


def _distance(phrase: str, today: date, forward: bool) -> date | None:
    """`+3d`, `-3d`, `in 6 weeks`, `in a fortnight`, `2 weeks ago`; `2w` takes the direction."""
    match = re.fullmatch(r"(in |\+|-|)([0-9]+|an?(?= )) ?([a-z]+)( ago)?", phrase)
    if match is None or match[3] not in _UNITS or (match[1] and match[4]):
        return None
    article = not match[2].isdigit()
    if article and match[1] != "in " and not match[4]:
        return None
    past = match[1] == "-" or match[4] or not (match[1] or forward)
    count = (1 if article else int(match[2])) * (-1 if past else 1)
    in_days, in_months = _UNITS[match[3]]
    return _months_on(today, count * in_months) if in_months else today + timedelta(count * in_days)


def _iso(phrase: str, today: date, forward: bool) -> date | None:
    """`2027-02-03`, on either side of today."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", phrase)
    if match is None:
        return None
    day = _possible(int(match[1]), int(match[2]), int(match[3]))
    if day is None:
        raise _no_such_day(phrase)
    return day


def _slashed(phrase: str, today: date, forward: bool) -> date | None:
    """`13/02/2027`; rejects `03/02/2027`, in which day and month could be swapped."""
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", phrase)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    readings = sorted(filter(None, {_possible(year, one, other), _possible(year, other, one)}))
    if len(readings) == 2:
        choice = " or ".join(f"{day.isoformat()} ({say(day)})" for day in readings)
        raise BadDate(f"{shortened(phrase)} is ambiguous.", f"use {choice}")
    if not readings:
        raise _no_such_day(phrase)
    return readings[0]


def _named(phrase: str, today: date, forward: bool) -> date | None:
    """`3 feb 2027`, `feb 3, 2027`, `3 feb` (today counts); a weekday before it must be correct: `wed 3 feb`."""
    match = re.fullmatch(
        r"(?:([a-z]+) )?"  # the weekday
        r"(?:([0-9]{1,2}) ([a-z]+)|([a-z]+) ([0-9]{1,2}),?)"  # 3 feb, feb 3
        r"(?: ([0-9]{4}))?",  # the year
        phrase,
    )
    if match is None:
        return None
    month, number = _MONTHS.get(match[3] or match[4]), int(match[2] or match[5])
    weekday = _WEEKDAYS.get(match[1]) if match[1] else None
    if month is None or (match[1] and weekday is None):
        return None
    day = _possible(int(match[6]), month, number) if match[6] else _in_year(month, number, today, forward)
    if day is None:
        raise _no_such_day(phrase)
    if weekday not in (None, day.weekday()):
        raise BadDate(f"{shortened(phrase)} has the wrong weekday: that date is {say(day)}.", "omit the weekday")
    return day


_RULES: tuple[Callable[[str, date, bool], date | None], ...]
_RULES = (_fixed, _weekday, _distance, _iso, _named, _slashed)


# Arithmetic.


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_such_day(phrase: str) -> BadDate:
    return BadDate(f"{shortened(phrase)} is not in the calendar.", "for example: 2027-02-28")


def _in_year(month: int, day: int, today: date, forward: bool) -> date | None:
    """Return the nearest such day in the direction, including today; 29 February may be eight years away."""
    years = range(today.year, today.year + 9) if forward else range(today.year, today.year - 9, -1)
    days = filter(None, (_possible(year, month, day) for year in years))
    return next((near for near in days if (near >= today if forward else near <= today)), None)


def _last_day(year: int, month: int) -> int:
    return next(day for day in (31, 30, 29, 28) if _possible(year, month, day))


def _months_on(day: date, count: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def _length(count: int, unit: str) -> int | None:
    """Return a number of units in days; a month is 30 and a year 365."""
    if unit not in _UNITS:
        return None
    in_days, in_months = _UNITS[unit]
    return count * (in_days or (365 if in_months == 12 else 30))


def _clock(hour: int, minute: int, half: str) -> str:
    """Return the time as `08:00`, or raise BadDate if there is no such time."""
    if minute > 59 or not (1 <= hour <= 12 if half else hour <= 23):
        raise BadDate(f"{hour}:{minute:02d}{half} is not a time.", "for example: 14:00, 9:30, 8am")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"


def _as_date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
