"""Rules for words and texts, light enough to be used by filters too."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.errors import BadValue, shortened


def clean_prose(text: str, field: str) -> str:
    """Return the text with LF newlines; BadValue if it has lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadValue(field, f"{field} is not valid UTF-8.", "use UTF-8") from None
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
