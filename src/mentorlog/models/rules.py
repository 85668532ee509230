"""Rules for words and texts, light enough to be used by filters too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mentorlog.errors import BadValue, shortened


def clean_prose(text: str, field: str) -> str:
    """Return the text with LF newlines; BadValue if it has lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadValue(field, f"{field} is not valid UTF-8.", "use UTF-8") from None
    return with_lf(text)


def with_lf(text: str) -> str:
    """Return the text with LF newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean_line(text: str, field: str) -> str:
    """Return a text of one line; BadValue if it is blank, has several lines, or is not valid UTF-8."""
    if not text.strip():
        raise BadValue(field, f"{field} is empty.", "enter some text")
    if text.splitlines() != [text]:
        raise BadValue(field, f"{field} has more than one line.", "move the rest to the notes")
    return clean_prose(text, field)


def among(value: str, field: str, allowed: Sequence[str]) -> str:
    """Return the allowed word for a value (`not-good` is `not_good`); BadValue lists the allowed ones."""
    if value in allowed:
        return value
    word = value.strip().lower().replace("-", "_").replace(" ", "_")
    for one in allowed:  # competencies are upper case
        if one.lower() == word:
            return one
    raise BadValue(field, f"Unknown {field} {shortened(value)}.", f"one of: {', '.join(allowed)}")


def short_word(value: str, field: str) -> str:
    """Return a word of an open list, folded; BadValue if it is blank or longer than 40 characters."""
    word = clean_line(value, field).strip().lower().replace("-", "_").replace(" ", "_")
    if len(word) > 40:
        raise BadValue(field, f"{field} is longer than 40 characters.", "move the rest to the notes")
    return word


def words(field: str, values: Sequence[str]) -> list[str]:
    """Return words of an open list, folded, each once."""
    return list(dict.fromkeys(short_word(value, field) for value in values))


def month_and_day(text: str, field: str) -> tuple[int, int]:
    """Return the month and the day of every year in `07-01`; BadValue for another text, and for 29 February."""
    try:
        day = date.fromisoformat(f"2001-{text}")  # not a leap year
    except ValueError:
        sentence = f"{field} {shortened(text)} is not a month and a day of every year."
        raise BadValue(field, sentence, "write it like 07-01 for the first of July") from None
    return day.month, day.day


def wrong_email(text: str) -> BadValue | None:
    """Return the error for an e-mail address without an @ between two parts, or with a blank or control character."""
    name, _, host = text.rpartition("@")
    if name and host and text.isprintable() and not any(map(str.isspace, text)):
        return None
    return BadValue("email", f"{shortened(text)} is not an e-mail address.", "write it like osler@example.org")


def orcid_id(text: str) -> str:
    """Return an ORCID iD as 0000-0002-1825-0097, from that or its address; BadValue for a wrong one.

    The last sign is a check digit by ISO 7064, mod 11-2.
    """
    signs = text.strip().removesuffix("/").rpartition("/")[2].replace("-", "").upper()
    if not (len(signs) == 16 and signs.isascii() and signs.removesuffix("X").isdigit()):
        hint = "write it like 0000-0002-1825-0097"
        raise BadValue("orcid", f"{shortened(text)} is not an ORCID iD, which has 16 digits.", hint)
    total = 0
    for digit in signs[:15]:
        total = (total + int(digit)) * 2
    right = "0123456789X"[(12 - total % 11) % 11]
    if signs[15] != right:
        sentence = f"{shortened(text)} is not an ORCID iD: its last digit does not fit the others."
        raise BadValue("orcid", sentence, "copy it again from your page at orcid.org")
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))
