"""What may identify a patient in the texts of a journal. Pure.

It recognises forms (see lint_patterns), not people: finding nothing proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mentorlog import names
from mentorlog.domain.lint_patterns import GROUPS, LINK, PATIENT, IsKnown
from mentorlog.fold import words
from mentorlog.models.fields import Kind, Spec, class_of, spec
from mentorlog.models.views import View

MOST_PER_LINE = 20
"""A line with more hits is one report: the others are not listed."""

_CONTACT_FIELDS = frozenset(("email", "phone", "orcid", "pmid"))
"""The fields in which numbers and addresses of mentors, of the resident and of papers belong."""


class Hit(NamedTuple):
    """Words that may identify somebody: the line, the level and the pattern that they fit, the words, and where."""

    line: int
    level: str
    pattern: str
    text: str
    record: str | None = None
    id: str | None = None
    field: str | None = None
    """The path within the record, such as `progress.2.text`."""
    path: str | None = None
    """The file, if it is the text of a file."""

    @property
    def is_patient(self) -> bool:
        """Whether it may identify a patient, which stops an export for others."""
        return self.level == PATIENT


class Linted(NamedTuple):
    """What was found: the hits, the views and files that were checked, and the names that are known from now on."""

    hits: Sequence[Hit]
    views: Sequence[View]
    paths: Sequence[str]
    added: Sequence[str]

    @property
    def patient(self) -> list[Hit]:
        """The hits that may identify a patient."""
        return [hit for hit in self.hits if hit.is_patient]


class KnownNames:
    """The names of people who are no patients."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._by_surname: dict[str, list[frozenset[str]]] = {}
        for name in people:
            bare = names.bare(name)
            for surname in words(bare[-1]) if bare else ():
                self._by_surname.setdefault(surname, []).append(frozenset(words(" ".join(bare))))

    @classmethod
    def of(cls, profile: View, views: Iterable[View]) -> KnownNames:
        """Return the names that a journal knows: the resident, mentors and mentees, and those of the profile."""
        people = [view[key] for view in views if view["record"] == "mentor" for key in ("name", "nickname")]
        return cls(name for name in (profile["name"], *profile["known_names"], *people) if name)

    def include(self, name: Sequence[str]) -> bool:
        """Return whether the words of a name begin with a known surname, or are a surname and other words of a name."""
        if not name or name[0] in self._by_surname:
            return bool(name)
        people = (person for word in name for person in self._by_surname.get(word, ()))
        return any(set(name) <= person for person in people)


_NOBODY = KnownNames()


def in_views(views: Iterable[View], known: KnownNames = _NOBODY) -> list[Hit]:
    """Return the hits in every text of records and profiles, in order."""
    return [
        hit._replace(record=view["record"], id=view["id"], field=field)
        for view in views
        for field, text in texts(view)
        for hit in in_text(text, known)
    ]


def in_text(text: str, known: KnownNames = _NOBODY) -> Iterator[Hit]:
    """Yield the hits in a text, line by line."""
    for number, line in enumerate(text.split("\n"), 1):
        for start, end, level, name in sorted(_in_line(_plain(line), known.include)):
            yield Hit(number, level, name, line[start:end].strip())


def _in_line(line: str, is_known: IsKnown) -> list[tuple[int, int, str, str]]:
    """Return the start, end, level and pattern of the hits in a line; no two of them share a sign."""
    found: list[tuple[int, int, str, str]] = []
    for cut, patterns in GROUPS:
        for pattern in patterns if cut.search(line) else ():
            for match in pattern.regex.finditer(line):
                start, end = match.span()
                is_taken = any(start < its_end and its_start < end for its_start, its_end, *_ in found)
                if is_taken or (pattern.check and not pattern.check(match, is_known)):
                    continue
                found.append((start, end, pattern.level, pattern.name))
                if len(found) == MOST_PER_LINE:
                    return found
    return found


_SIGNS = str.maketrans(
    dict.fromkeys("*`|\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def _plain(line: str) -> str:
    """Return a line, as long as it was, without marks of Markdown, odd blanks and hyphens, links and DOIs."""
    line = line.translate(_SIGNS)
    if "_" in line:
        line = _EMPHASIS.sub(" ", line)
    return LINK.sub(lambda link: "\0" * len(link[0]), line) if "/" in line or ":" in line or "www." in line else line


# The texts of a record


def texts(view: View) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every field of a record, or of the profile, into which a user can write."""
    own = {name: value for name, value in view.items() if name != "record"}
    yield from _of_part(class_of(view["record"]), own, "")


def _of_part(kind: Kind, entry: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    fields = spec(kind)
    for name, value in entry.items():
        one = fields.get(name)
        if one is None or _has_text(one):  # keys that mentorlog does not know may contain anything
            yield from _of_value(one.part if one else None, value, f"{path}{name}")


def _has_text(one: Spec) -> bool:
    is_text = one.type_name in ("str", "Mapping[str, Any]") and not (one.closed or one.target_kinds or one.managed)
    return one.part is not None or (is_text and one.name not in _CONTACT_FIELDS)


def _of_value(part: Kind | None, value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        if part:
            yield from _of_part(part, value, f"{path}.")
        else:
            for name, item in value.items():
                yield from _of_value(None, item, f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value, 1):
            yield from _of_value(part, item, f"{path}.{number}")
