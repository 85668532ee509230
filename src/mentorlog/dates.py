"""Dates and lengths of time in words, and the arithmetic of months.

Names are English and do not depend on the locale. What is said here, `date_words` can read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
MONTHS += ("August", "September", "October", "November", "December")


def say(day: date | str) -> str:
    """Return the date in words that the grammar can parse: `Sun 3 Jan 2027`."""
    day = _as_date(day)
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year:04d}"


def short(day: date | str, today: date) -> str:
    """Return the date in words, without the year if it is the current one."""
    return say(day).removesuffix(f" {today.year}")


def without_weekday(day: date | str) -> str:
    """Return the date in words without its weekday: `3 Jan 2027`."""
    return say(day).partition(" ")[2]


def format_value(text: str | None, field: str = "") -> str:
    """Return a value of a goal's history in one line: dates in words, `none` for nothing."""
    line = " ".join((text or "none").split())
    if field == "mentors":
        return re.sub(r"\(told ([0-9-]{10})\)", lambda match: f"(told {format_value(match[1])})", line)
    try:
        return say(line) if len(line) == 10 else line
    except ValueError:
        return line


def span(one: date | str, other: date | str) -> str:
    """Return the time between two days, rounded to the nearest unit: `3 days`, `6 weeks`, `5 months`, `2 years`.

    Up to 13 days it is in days, up to 12 weeks in weeks, up to 23 months in calendar months, and then in years.
    """
    first, last = sorted((_as_date(one), _as_date(other)))
    distance = (last - first).days
    if distance < 14:
        return f"{distance} day{'' if distance == 1 else 's'}"
    weeks = (2 * distance + 7) // 14
    if weeks <= 12:
        return f"{weeks} weeks"
    months = (last.year - first.year) * 12 + last.month - first.month
    months -= last < months_on(first, months)
    begun = months_on(first, months)
    months += 2 * (last - begun).days >= last_day(begun.year, begun.month)
    return f"{months} months" if months < 24 else f"{(months + 6) // 12} years"


def ago(day: date | str, today: date) -> str:
    """Return the distance of a date from today, as in `span`: `yesterday`, `6 weeks ago`, `in 3 days`."""
    distance = (_as_date(day) - today).days
    if distance in (-1, 0, 1):
        return ("today", "tomorrow", "yesterday")[distance]
    length = span(day, today)
    return f"in {length}" if distance > 0 else f"{length} ago"


def every(days: int) -> str:
    """Return the interval in words that `days` can parse: `every 4 weeks`, `every week`."""
    units = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))
    count, unit = next((days // length, unit) for length, unit in units if days % length == 0)
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def months_on(day: date, count: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def start_of_week(day: date, first: int = 0) -> date:
    """Return the first day of the week of a day; weeks begin on that weekday, 0 for Monday."""
    return day - timedelta((day.weekday() - first) % 7)


def last_day(year: int, month: int) -> int:
    """Return the number of the last day of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _as_date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
