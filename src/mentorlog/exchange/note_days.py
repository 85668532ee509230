"""The day of a Markdown note: from its front matter, else its file's name, else its first heading. Pure.

Only a day that is written in full counts, with its year: words that depend on today are not dates of a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from mentorlog import date_words
from mentorlog.dates import MONTHS
from mentorlog.errors import BadDate, shortened
from mentorlog.values import Value

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS).replace("(?:tember)", "(?:t|tember)")
_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th|\.)?"
_YEAR = "[12][0-9]{3}"
_DAYS = re.compile(
    rf"(?<![0-9])(?:{_YEAR}(?P<sign>[-./])[0-9]{{1,2}}(?P=sign)[0-9]{{1,2}}|{_YEAR}[0-9]{{4}}"
    rf"|[0-9]{{1,2}}(?P<mark>[-./])[0-9]{{1,2}}(?P=mark){_YEAR}"
    rf"|{_NUMBER}(?: of)?[ -]?(?:{_MONTH})\b\.?,?[ -]?{_YEAR}|{_YEAR}[ -](?:{_MONTH})\b\.?[ -]{_NUMBER}"
    rf"|(?<![A-Za-z])(?:{_MONTH})\b\.?[ -]?(?:the )?{_NUMBER},?[ -]{_YEAR})(?![0-9])",
    re.IGNORECASE,
)
_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[Tt ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::[0-9]{2}(?:\.[0-9]*)?)? ?(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{0,2})?"
)
_HINT = "write it like 2026-03-02"
_TODAYS = date(2001, 1, 15), date(2034, 8, 9)
"""Two days on which words such as `friday` and `3 feb` mean different dates."""


class Moment(Value):
    """The day of a note, and the time if there is one: `14:00`."""

    on: date
    at: str | None = None


def of_value(value: object) -> Moment:
    """Return the day of a value of front matter, as it is written whatever the zone; BadDate for anything else."""
    if isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, date):
        return Moment(value)
    text = str(value).strip()
    if match := _INSTANT.fullmatch(text):
        at = f"{match['hour']:0>2}:{match['minute']}"
        in_utc = (match["zone"] or "").upper() == "Z"
        is_time = "00:00" < at <= "23:59" and match["minute"] < "60" and not in_utc
        return Moment(_explicit(match["day"]), at if is_time else None)
    return Moment(_explicit(text))


def of_line(text: str) -> date | None:
    """Return the one day that a name or heading says, or the one that it begins with; BadDate if that is ambiguous."""
    text = re.sub("(?<=[0-9])_(?=[0-9])", "-", text).replace("_", " ").lstrip("#*[ ")
    found: dict[date, bool] = {}
    for match in _DAYS.finditer(text):
        if (day := _existing(match[0])) is not None:
            found.setdefault(day, match.start() == 0)
    first = next(iter(found), None)
    if len(found) > 1 and first and not found[first]:
        raise BadDate(f"{shortened(text)} has several days.", "write its own first")
    return first


def _explicit(text: str) -> date:
    try:
        one, other = (date_words.ahead(text, today) for today in _TODAYS)
    except BadDate as wrong:
        if wrong.hint and wrong.hint.startswith("for example"):  # of words, which are no dates here
            raise BadDate(wrong.sentence, _HINT) from None
        raise
    if one != other:
        raise BadDate(f"{shortened(text)} is not a date with its year.", _HINT)
    return one


def _existing(text: str) -> date | None:
    """Return the date; None for digits that are no day; BadDate for those that are two."""
    try:
        return _explicit(text)
    except BadDate as wrong:
        if "ambiguous" in wrong.sentence:
            raise
        return None


def first_heading(text: str) -> str:
    """Return the words of the first heading of a Markdown text, outside of code and comments; "" for none."""
    return next(_headings(text), "")


def _headings(text: str) -> Iterator[str]:
    fence, before = "", ""
    for line in re.sub(r"<!--.*?(?:-->|\Z)", _blank, text, flags=re.DOTALL).split("\n"):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line.strip(" `~") else fence
        elif mark:
            fence, before = mark[1], ""
        elif heading := re.fullmatch(r" {0,3}#{1,6}(?:[ \t]+(?P<words>.*?))?(?:[ \t]+#+)?[ \t]*", line):
            if words := (heading["words"] or "").strip():
                yield words
        elif before and re.fullmatch(r" {0,3}(?:=+|-+)[ \t]*", line):
            yield before
        else:
            before = "" if re.match(r" {4}|\t| {0,3}(?:[-*+>|]|[0-9]+[.)])", line) else line.strip()


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")
