"""Ids, slugs and file names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LETTERS = {"goal": "g", "task": "t", "meeting": "m", "note": "n", "review": "r"}
RESERVED = frozenset({*vocabulary.CANCELLED_BY, "all", "self", "program", "profile"})
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
"""What Windows accepts as no file name; older journals may have such an id."""

_KINDS = {letter: kind for kind, letter in LETTERS.items()}
_RANDOM_LETTERS = 4
_FAIR = 256 - 256 % len(ALPHABET)  # bytes from here on would favour the first letters
_MOST_TRIES = 10_000

_MOST_SLUG = 40
_WORD_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SLUG_SIGNS = frozenset(f"{_WORD_SIGNS}-")
_SPACED = bytes(code if chr(code) in _WORD_SIGNS else 0x20 for code in range(256))


def new(kind: str, taken: Callable[[str], bool], random: Callable[[int], bytes] | None = None) -> str:
    """Return a random id of the kind that is not taken."""
    for _ in range(_MOST_TRIES):
        fair = [byte for byte in (random or os.urandom)(2 * _RANDOM_LETTERS) if byte < _FAIR][:_RANDOM_LETTERS]
        id = LETTERS[kind] + "".join(ALPHABET[byte % len(ALPHABET)] for byte in fair)
        if len(fair) == _RANDOM_LETTERS and not taken(id):
            return id
    raise MentorlogError(f"No free id was found for a {kind}.", "try again, or run: mentorlog doctor")


def is_id(text: str) -> bool:
    """Return whether the text looks like a record's id; a mentor's slug does not."""
    return len(text) == 1 + _RANDOM_LETTERS and text[0] in _KINDS and {*text[1:]} <= {*ALPHABET}


def wrong(id: str) -> str | None:
    """Return why a text cannot be the id of any record, or None: the rule for files and imports."""
    if id in RESERVED:
        return f"{id} is reserved and cannot be an id"
    if not _is_slug(id):
        return "an id has up to 40 of a-z, 0-9 and hyphens, in lower case"
    return None


def kind_of(id: str) -> str | None:
    """Return the kind of record of an id; None for a slug or other text."""
    return _KINDS[id[0]] if is_id(id) else None


def slug_words(title: str) -> str:
    """Return a title as a file name: `submit-case-report`; "" if no letter folds to ASCII."""
    return _joined(_ascii_words(title), _MOST_SLUG)


def mentor_slug(name: str, taken: Callable[[str], bool]) -> str:
    """Return a free slug for a mentor: the surname without titles, with a number if needed."""
    from mentorlog.names import bare  # only mentors have slugs

    most = _MOST_SLUG - len("-999")
    slugs = (_joined(_ascii_words(word), most) for word in reversed(bare(name)))
    slug = base = next(filter(None, slugs), "mentor")
    number = 1
    # Only digits are the number of a change in the history.
    while slug in RESERVED or slug in DEVICES or is_id(slug) or slug.isdigit() or taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def check_slug(text: str) -> str:
    """Return the text if it is a valid mentor id; otherwise raise BadValue."""
    shown = repr(text[:_MOST_SLUG])
    hint = "use up to 40 of a-z, 0-9 and hyphens, starting with a letter or digit; for example: osler-2"
    if not _is_slug(text):
        raise BadValue("id", f"{shown} is not a valid mentor id.", hint)
    if text in RESERVED:
        raise BadValue("id", f"{shown} is reserved and cannot be a mentor id.", hint)
    if text in DEVICES:
        raise BadValue("id", f"{shown} cannot be the name of a file on Windows, so it cannot be a mentor id.", hint)
    if is_id(text):
        raise BadValue("id", f"{shown} looks like a {kind_of(text)} id and cannot be a mentor id.", hint)
    return text


def may_be_name(text: str) -> bool:
    """Return whether a text can be the name of a file on every system: a slug that Windows does not refuse."""
    return _is_slug(text) and text not in DEVICES


def _is_slug(text: str) -> bool:
    return 0 < len(text) <= _MOST_SLUG and text[0] != "-" and _SLUG_SIGNS.issuperset(text)


def _ascii_words(text: str) -> list[str]:
    """Return the words of a text in lower-case ASCII, without apostrophes."""
    from mentorlog.fold import folded

    return folded(text).replace("'", "").encode("ascii", "replace").translate(_SPACED).decode().split()


def _joined(words: Iterable[str], most: int) -> str:
    """Return as many words as fit, joined by hyphens; a first word that is too long is cut."""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:most]
        if len(longer) > most:
            break
        slug = longer
    return slug
