"""The rules of words and texts, which any field may hold to: light, so that a filter can ask them too."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.errors import BadValue


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
    sentence = f"Unknown {field} {value[:40]!r}; use one of: {', '.join(allowed)}."
    raise BadValue(field, sentence, f"for example: {allowed[0]}")


def short_word(value: str, field: str) -> str:
    """Return a word of an open list, folded; BadValue where it is blank or longer than 40 characters."""
    word = clean_line(value, field).strip().lower().replace("-", "_").replace(" ", "_")
    if len(word) > 40:
        sentence = f"{field} is one short word, of at most 40 characters."
        raise BadValue(field, sentence, "shorten it, and put the rest into the notes")
    return word
