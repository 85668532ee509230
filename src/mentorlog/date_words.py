"""Dates and lengths of time from words, by a fixed grammar and relative to a given today.

A spelling that has one meaning is taken, in any usual punctuation. Anything outside the grammar is rejected, never
guessed. A bare weekday, `3 feb`, `the 3rd` and `2w` take the direction of the question: the next such day for
something planned or due, the last one for something that happened.
Names are English and do not depend on the locale.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from mentorlog.dates import DAYS, MONTHS, last_day, months_on, say, start_of_week
from mentorlog.errors import BadDate, shortened

_WEEKDAYS = {word: number for number, name in enumerate(DAYS) for word in (name.lower(), name[:3].lower())}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {word: number for number, name in enumerate(MONTHS, 1) for word in (name.lower(), name[:3].lower())}
_MONTHS |= {"sept": 9}

_NEAR = {"now": 0, "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_NEAR |= {"day after tomorrow": 2, "day before yesterday": -2, "next week": 7}

# Each unit in days and in calendar months.
_UNITS = {"d": (1, 0), "day": (1, 0), "w": (7, 0), "wk": (7, 0), "week": (7, 0), "fortnight": (14, 0)}
_UNITS |= {"m": (0, 1), "mo": (0, 1), "mth": (0, 1), "month": (0, 1), "quarter": (0, 3)}
_UNITS |= {"y": (0, 12), "yr": (0, 12), "year": (0, 12)}
_UNITS |= {f"{unit}s": size for unit, size in _UNITS.items() if len(unit) > 1}

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"a": 1, "an": 1}
_EACH = {"other": 2, "second": 2, "third": 3, "fourth": 4}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}

_RHYTHMS = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 90, "yearly": 365, "annually": 365}
_RHYTHMS |= {"half-yearly": 180, "semiannually": 180, "semi-annually": 180}
# Twice in the period to some, once in two of them to others.
_DOUBTFUL = {"weekly": ("2 weeks", "3 days"), "monthly": ("2 months", "15 days"), "yearly": ("2 years", "6 months")}
_DOUBTFUL |= {"annual": _DOUBTFUL["yearly"], "annually": _DOUBTFUL["yearly"]}
_DOUBTFUL = {f"bi{sign}{word}": choice for word, choice in _DOUBTFUL.items() for sign in ("", "-")}
_LONGEST = 3660

_AHEAD_HINT = 'for example: 2027-02-03, "3 feb 2027", fri, "next friday", tomorrow, +3d, "in 6 weeks", eom'
_BACK_HINT = 'for example: 2026-02-03, "3 feb 2026", fri, "last friday", yesterday, -3d, "2 weeks ago"'
_WHEN_HINT = 'for example: "fri 14:00", "2027-02-03 9:30", "tomorrow at 8am", "next friday"'
_DAYS_HINT = 'for example: "4 weeks", 28d, "every 2 weeks", "twice a year", monthly, quarterly'

_BLANKS = "[ \t\r\n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+"
_CLOCK = r"(?P<hour>[0-9]{1,2})(?:[:h](?P<minute>[0-9]{2})(?: ?(?P<half>[ap]\.?m\.?))?| ?(?P<full>[ap]\.?m\.?))|noon"


def ahead(text: str, today: date, first_weekday: int = 0) -> date:
    """Return the date for words about something planned or due; an explicit past date is allowed."""
    return _day(text, today, True, _AHEAD_HINT, first_weekday)


def back(text: str, today: date, first_weekday: int = 0) -> date:
    """Return the date for words about something that happened; BadDate if it is in the future."""
    day = _day(text, today, False, _BACK_HINT, first_weekday)
    if day > today:
        raise BadDate(f"{say(day)} is in the future.", "use today or an earlier date")
    return day


def when(text: str, today: date, first_weekday: int = 0) -> tuple[date, str | None]:
    """Return the date ahead and the time (`14:00`) for words like `fri 14:00`, `tomorrow at 8am`, `9:30 on 3 feb`."""
    phrase = _folded(text)
    time_last = rf"(?i)(?P<day>.+?),?(?: at| @)? (?P<time>{_CLOCK})"
    time_first = rf"(?i)(?:at )?(?P<time>{_CLOCK}),? (?P<day>.+)"
    match = re.fullmatch(time_last, phrase) or re.fullmatch(time_first, phrase)
    if match is None:
        return _day(text, today, True, _WHEN_HINT, first_weekday), None
    half = (match["half"] or match["full"] or "").lower().replace(".", "")
    at = _clock(int(match["hour"] or 12), int(match["minute"] or 0), half)
    return _day(match["day"], today, True, _WHEN_HINT, first_weekday), at


def days(text: str) -> int:
    """Return the days in a length of time: `4 weeks`, `28d`, `every other week`, `twice a year`, `monthly` (30)."""
    number = _period(_plain(_folded(text)), shortened(text))
    if number is None:
        raise BadDate(f"{shortened(text)} is not a length of time.", _DAYS_HINT)
    if not 0 < number <= _LONGEST:
        raise BadDate(f"{shortened(text)} is not between 1 and {_LONGEST} days.", _DAYS_HINT)
    return number


# Parsing: fold, try the grammar, then dateparser, else reject. A rule raises BadDate with what to say after the text.


def _day(text: str, today: date, forward: bool, hint: str, first_weekday: int) -> date:
    """Return the date for the text, or raise BadDate with examples."""
    phrase = _folded(text)
    if not phrase:
        raise BadDate(f"{shortened(text)} is not a date." if text.strip() else "The date is empty.", hint)
    plain = _plain(phrase)
    try:
        day = next(filter(None, (rule(plain, today, forward, first_weekday) for rule in _RULES)), None)
    except OverflowError:
        raise BadDate(f"{shortened(text)} is out of range.", hint) from None
    except BadDate as wrong:
        raise BadDate(f"{shortened(text)} {wrong.sentence}", wrong.hint) from None
    day = day or _by_extra(phrase, today, forward)
    if day is None:
        raise BadDate(f"{shortened(text)} is not a date.", hint)
    return day


def _folded(text: str) -> str:
    """Return the text without quotes around it, one space for blanks of any kind, and ASCII signs.

    It is "" if it is too long to be a date.
    """
    if len(text) > 100:
        return ""
    if not text.isascii():
        full_width = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
        text = text.translate(full_width | str.maketrans("\u2010\u2011\u2013\u2212‘’“”", "----''\"\""))
    text = re.sub(_BLANKS, " ", text).strip(" ")
    return text[1:-1].strip(" ") if len(text) > 2 and text[0] == text[-1] in "\"'" else text


def _plain(phrase: str) -> str:
    """Return a folded phrase in lower case, without what changes no meaning; "" if it is not ASCII."""
    if not phrase.isascii():
        return ""
    text = re.sub(r"(?<=[a-z])\.(?![a-z0-9])|[.;]$", "", phrase.lower())  # `nov. 27`
    text = re.sub(r" ?,(?= |$|[a-z]|[0-9]{4}$)", " ", text)  # `fri, 27 nov`, `nov 27,2026`
    text = re.sub(r"\bhalf an? year\b|\b(?:an? )?half[ -]year\b", "6 months", text)
    text = " ".join(filter(None, text.split(" ")))
    return re.sub(r"^(?:on )?(?:the (?=[0-9]|day |end ))?", "", text)


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


def _near(phrase: str, today: date, forward: bool, first: int) -> date | None:
    """`today`, `day before yesterday`, `next week`, `next month` (the same day of it)."""
    if phrase in _NEAR:
        return today + timedelta(_NEAR[phrase])
    return months_on(today, 1) if phrase == "next month" else None


def _end(phrase: str, today: date, forward: bool, first: int) -> date | None:
    """`eow` (the last day of the week), `eom`, `end of the month`, `end-of-year`, `end of next week`, `end of feb`."""
    words = phrase.replace("-", " ")
    match = re.fullmatch(r"eo([wmy])|end of (?:the |this |(next ))?([a-z]{3,})(?: ([0-9]{4}))?", words)
    if match is None:
        return None
    following, unit, year = match[2], match[1] or match[3], match[4]
    month = _MONTHS.get(unit)
    if month and not following:
        return _last_of(int(year), month) if year else _in_year(month, None, today, forward)
    in_days, in_months = _UNITS.get(unit, (0, 0))
    if year or (in_days, in_months) not in ((7, 0), (0, 1), (0, 12)) or unit.endswith("s"):
        return None
    if in_days:
        return start_of_week(today, first) + timedelta(13 if following else 6)
    base = months_on(today, in_months) if following else today
    return _last_of(base.year, 12 if in_months == 12 else base.month)


def _weekday(phrase: str, today: date, forward: bool, first: int) -> date | None:
    """`fri` after (before) today, never today; `next friday` of next calendar week; `last`, `this friday`."""
    match = re.fullmatch(r"(?:(next|last|this) )?([a-z]+)(?: (?:of )?(next|last|this) week)?", phrase)
    number = _WEEKDAYS.get(match[2]) if match else None
    if match is None or number is None or (match[1] and match[3]):
        return None
    week, of_week = start_of_week(today, first), (number - first) % 7
    if match[3]:
        return week + timedelta({"next": 7, "last": -7, "this": 0}[match[3]] + of_week)
    if match[1] == "next":
        return week + timedelta(7 + of_week)
    if match[1] == "this":
        # Ahead, a weekday that has passed means next week's; back, it is this week's.
        return today + timedelta((number - today.weekday()) % 7) if forward else week + timedelta(of_week)
    if match[1] == "last" or not forward:
        return today - timedelta((today.weekday() - number - 1) % 7 + 1)
    return today + timedelta((number - today.weekday() - 1) % 7 + 1)


def _distance(phrase: str, today: date, forward: bool, first: int) -> date | None:
    """`+3d`, `-3d`, `in two weeks`, `in a fortnight's time`, `2 weeks ago`; `2w` takes the direction."""
    if phrase.startswith("in "):
        phrase = re.sub(r"(?<=[a-z])('s|'|) time$", "", phrase)
    match = re.fullmatch(r"(in |\+|-|)([0-9]+|[a-z]+(?= )) ?([a-z]+)( ago| from (?:now|today))?", phrase)
    count = _count(match[2]) if match else None
    if match is None or count is None or match[3] not in _UNITS or (match[1] and match[4]):
        return None
    if not match[2].isdigit() and (
        match[1] in ("+", "-") or (match[2] in ("a", "an") and not match[1] + (match[4] or ""))
    ):
        return None
    past = match[1] == "-" or match[4] == " ago" or not (match[1] or match[4] or forward)
    in_days, in_months = _UNITS[match[3]]
    count = -count if past else count
    return months_on(today, count * in_months) if in_months else today + timedelta(count * in_days)


def _of_calendar(phrase: str, today: date, forward: bool, first_weekday: int) -> date | None:
    """A date, also with its weekday, which must be correct: `fri, 27 nov`, `27 nov 2026 (fri)`."""
    first, _, behind = phrase.partition(" ")
    before, _, last = phrase.rpartition(" ")
    weekday = _WEEKDAYS.get(first)
    if weekday is not None:
        phrase = behind.removeprefix("the ")
    elif (weekday := _WEEKDAYS.get(last.strip("()"))) is not None:
        phrase = before
    rules = (_year_first, _year_last, _named, _of_month)
    day = next(filter(None, (rule(phrase, today, forward) for rule in rules)), None)
    if day and weekday not in (None, day.weekday()):
        named = day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
        named -= timedelta(7 if not forward and named > today else 0)
        what = f"{say(day)[4:]} is a {DAYS[day.weekday()]}, not a {DAYS[weekday]}."
        raise BadDate(f"has the wrong weekday: {what}", _choice(day, named))
    return day


def _year_first(phrase: str, today: date, forward: bool) -> date | None:
    """`2027-02-03`, `2027/2/3`, `2027.02.03`, `20270203`, on either side of today."""
    match = re.fullmatch(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))", phrase)
    if match is None:
        return None
    year, month, number = (int(part) for part in (match[1], match[3] or match[5], match[4] or match[6]))
    return _existing(year, month, number)


def _year_last(phrase: str, today: date, forward: bool) -> date | None:
    """`13/02/2027`, `13.2.2027`; rejects `03/02/2027`, in which day and month could be swapped, and short years."""
    match = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?", phrase)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4] or 0)

    def reading(month: int, number: int) -> date | None:
        if not match[4]:
            return _in_year(month, number, today, forward) if 0 < month < 13 else None
        return _possible(year if year > 99 else today.year // 100 * 100 + year, month, number)

    readings = sorted(filter(None, {reading(one, other), reading(other, one)}))
    if year > 99 and len(readings) < 2:
        return readings[0] if readings else _existing(year, other, one)
    if not readings:
        return None
    raise BadDate("is ambiguous." if len(readings) > 1 else "needs the year in full.", _choice(*readings))


def _named(phrase: str, today: date, forward: bool) -> date | None:
    """`3 feb 2027`, `3rd of february`, `feb 3, 2027`, `3-Feb-2027`, `2027 feb 3`, `3 feb` (today counts)."""
    day, month, year = r"([0-9]{1,2})(st|nd|rd|th|\.|)", "([a-z]{3,9})", "([0-9]{4})"
    match = re.fullmatch(rf"{day}(?: of)?[ ./-]?{month}(?:[ ./-]?{year})?", phrase)
    if match:
        number, suffix, name, of = match.groups()
    elif match := re.fullmatch(rf"(?:{year}[ ./-])?{month}[ ./-]?(?:the )?{day}(?:[ ./-]{year})?", phrase):
        before, name, number, suffix, behind = match.groups()
        if before and behind:
            return None
        of = before or behind
    else:
        return None
    which = _MONTHS.get(name)
    if which is None or not _fits(int(number), suffix):
        return None
    if of:
        return _existing(int(of), which, int(number))
    near = _in_year(which, int(number), today, forward) or _in_year(which, None, today, forward) or today
    return _existing(near.year, which, int(number))


def _of_month(phrase: str, today: date, forward: bool) -> date | None:
    """`the 3rd`, today or the nearest one; `the 3rd of next month`."""
    match = re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)(?: of (this|next|last) month)?", phrase)
    if match is None or not _fits(int(match[1]), match[2]):
        return None
    number = int(match[1])
    if match[3]:
        base = months_on(today, {"this": 0, "next": 1, "last": -1}[match[3]])
        return _existing(base.year, base.month, number)
    for month in range(12) if forward else range(0, -12, -1):
        base = months_on(today.replace(day=1), month)
        day = _possible(base.year, base.month, number)
        if day and (day >= today if forward else day <= today):
            return day
    return None


_RULES: tuple[Callable[[str, date, bool, int], date | None], ...]
_RULES = (_near, _end, _weekday, _distance, _of_calendar)


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _fits(number: int, suffix: str) -> bool:
    """Return whether an ordinal is spelt right: `1th` may be a slip of the digit."""
    usual = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return suffix in ("", ".", usual)


def _choice(*days: date) -> str:
    return f"use {' or '.join(f'{day.isoformat()} ({say(day)})' for day in days)}"


def _existing(year: int, month: int, day: int) -> date:
    """Return the date; raise BadDate with the last day of the month if it has no such day."""
    if existing := _possible(year, month, day):
        return existing
    has_month = 0 < month < 13 and year
    hint = f"the last day of that month is {_last_of(year, month)}" if has_month else "for example: 2027-02-28"
    raise BadDate("is not in the calendar.", hint)


def _period(phrase: str, shown: str) -> int | None:
    """Return the days of a length of time or a cadence; None for other words."""
    phrase = re.sub(r"^(?:once )?(?:each|every) ", "every ", phrase)
    if phrase in _RHYTHMS:
        return _RHYTHMS[phrase]
    if match := re.fullmatch(r"(?:every )?([0-9]+)(?: ?([a-z]+))?", phrase):
        return _length(int(match[1]), match[2] or "d")
    if match := re.fullmatch(r"every ([a-z]{3,})", phrase):
        return _length(1, match[1])
    if match := re.fullmatch(r"(every )?([a-z]+|([0-9]+)(st|nd|rd|th)) ([a-z]+)", phrase):
        if not match[1]:
            count = _NUMBERS.get(match[2])
        elif match[3]:
            count = int(match[3]) if _fits(int(match[3]), match[4]) else None
        else:
            count = _EACH.get(match[2]) or (None if match[2] in ("a", "an") else _NUMBERS.get(match[2]))
        if count:
            return _length(count, match[5])
    if match := re.fullmatch(r"(once|twice|thrice|([0-9]+|[a-z]+) times) (?:an? |every |each |per )?([a-z]+)", phrase):
        return _share(_count(match[2]) if match[2] else _TIMES[match[1]], match[3].removesuffix("ly"), shown)
    if choice := _DOUBTFUL.get(phrase):
        raise BadDate(f"{shown} is ambiguous.", f'use "every {choice[0]}" or "every {choice[1]}"')
    if match := re.fullmatch(r"(?:every )?([0-9]+|[a-z]+) ?(?:-| to | or ) ?([0-9]+|[a-z]+) ?([a-z]+)", phrase):
        least, most = _count(match[1]), _count(match[2])
        if least and most and match[3] in _UNITS:
            raise BadDate(f"{shown} is a range.", f'use "every {least} {match[3]}" or "every {most} {match[3]}"')
    return None


def _share(times: int | None, unit: str, shown: str) -> int | None:
    """Return the days between so many times in a unit, if they are whole: `twice a year` is every 6 months."""
    whole = _length(1, unit)
    if not times or not whole:
        return None
    in_months = _UNITS[unit][1]
    if times > 1 and in_months and in_months % times == 0:
        return _length(in_months // times, "month")
    if whole % times and whole > times:
        least = whole // times
        raise BadDate(
            f"{shown} is not a whole number of days.", f'use "every {least} days" or "every {least + 1} days"'
        )
    return whole // times


# Arithmetic.


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_year(month: int, day: int | None, today: date, forward: bool) -> date | None:
    """Return the nearest such day (None: the last of the month) in the direction, including today.

    29 February may be eight years away.
    """
    years = range(today.year, today.year + 9) if forward else range(today.year, today.year - 9, -1)
    days = filter(None, (_possible(year, month, last_day(year, month) if day is None else day) for year in years))
    return next((near for near in days if (near >= today if forward else near <= today)), None)


def _last_of(year: int, month: int) -> date:
    return date(year, month, last_day(year, month))


def _length(count: int, unit: str) -> int | None:
    """Return a number of units in days; a month is 30 and a year 365."""
    if unit not in _UNITS:
        return None
    in_days, in_months = _UNITS[unit]
    return count * (in_days or (365 if in_months == 12 else 30 * in_months))


def _clock(hour: int, minute: int, half: str) -> str:
    """Return the time as `08:00`, or raise BadDate if there is no such time."""
    if minute > 59 or not (1 <= hour <= 12 if half else hour <= 23):
        raise BadDate(f"{hour}:{minute:02d}{half} is not a time.", "for example: 14:00, 9:30, 8am")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"
