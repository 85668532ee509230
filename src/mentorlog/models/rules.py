"""The rules of words and texts, which any field may hold to: light, so that a filter can ask them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mentorlog import vocabulary
from mentorlog.errors import BadValue

CLOSING_DATE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "task": ("done_on", ("done",)),
    "goal": ("closed_on", vocabulary.CLOSED_GOALS),
    "note": ("closed_on", ("closed",)),
}
"""Of which kinds the states have a day on which they were reached, and where it stands; in the others there is none."""


def stray_date(kind: str, record: Mapping[str, object]) -> str | None:
    """Return the field that holds the day of a state which a record is not in, None where all is well."""
    day, reached = CLOSING_DATE.get(kind, ("", ()))
    return day if day and record.get(day) is not None and record.get("status") not in reached else None


def clean_prose(text: str, field: str) -> str:
    """Return the text with line ends as LF; BadValue where it holds lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadValue(field, f"{field} holds bytes that are no text.", "write it in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean_line(text: str, field: str) -> str:
    """Return a text of one line; BadValue where it is blank, of several lines, or no text."""
    if not text.strip():
        raise BadValue(field, f"{field} is empty.", f"give the {field} in a few words")
    if text.splitlines() != [text]:
        raise BadValue(field, f"{field} has more than one line.", "put the rest into the notes")
    return clean_prose(text, field)


def among(value: str, field: str, allowed: Sequence[str]) -> str:
    """Return the allowed word that is meant (`not-good` is `not_good`); BadValue names the allowed ones."""
    if value in allowed:
        return value
    word = value.strip().lower().replace("-", "_").replace(" ", "_")
    for one in allowed:  # the competencies are capitals
        if one.lower() == word:
            return one
    raise BadValue(field, f"{field} is one of: {', '.join(allowed)}.", f"for example: {allowed[0]}")


def short_word(value: str, field: str) -> str:
    """Return a word of an open list, folded; BadValue where it is blank or longer than 40 characters."""
    word = clean_line(value, field).strip().lower().replace("-", "_").replace(" ", "_")
    if len(word) > 40:
        said = f"{field} is one short word, of at most 40 characters."
        raise BadValue(field, said, "shorten it, and put the rest into the notes")
    return word
