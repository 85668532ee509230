"""What a shell may offer for an id, a name or words of a title that somebody begins to type."""

from __future__ import annotations

from mentorlog.output.text import one_line, safe
from mentorlog.store.index import query as ask
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mentorlog.app import App
    from mentorlog.domain.people import Person

_SHORTEST_WORD = 3
"""How many ASCII letters of a title's word are enough: with fewer, ids are meant."""
_IN_NAMES = frozenset(" .'-")


class Candidate(Value):
    """A word that a shell can complete."""

    value: str
    help: str = ""
    typed: str = ""
    """The same with what was typed in it, if the value does not begin with that: fish offers nothing else."""


def words(allowed: Iterable[str], start: str) -> list[Candidate]:
    """Return those of the words that begin with a text."""
    return [Candidate(word) for word in allowed if word.startswith(start)]


def records(app: App, start: str, kinds: Sequence[str]) -> list[Candidate]:
    """Return the records of some kinds (default: any) that a text may begin to name.

    Those whose ids begin with it come first, with mentors whose names or nicknames do. If there are none, those with
    words of the title that do.
    """
    if "," in start and "mentor" in kinds:  # a list of mentors
        before, comma, last = start.rpartition(",")
        found = records(app, last, kinds)
        before += comma
        return [Candidate(before + one.value, one.help, one.typed and before + one.typed) for one in found]
    index = app.reading.index
    found = [_record(id, title) for id, title in ask.completions(index, start.lower(), kinds) if _is_plain(id, "-")]
    if start and (not kinds or "mentor" in kinds):
        offered = {one.value for one in found}
        others = [one for one in ask.people(index) if one.id not in offered]
        found += _named(start, others, by_name="mentor" in kinds)
    if not found and (len(start) >= _SHORTEST_WORD or not start.isascii()):
        from mentorlog.store.index.search import titled

        rows = titled(index, start, kinds)
        found = [_record(id, title, _continued(start, title)) for id, title in rows if _is_plain(id, "-")]
    return found


def fields(app: App, record: str, start: str, *, clear: bool) -> list[Candidate]:
    """Return the fields of a record that may be set and begin with a text, or the values of one: `priority=h`."""
    from mentorlog import ids
    from mentorlog.domain.assign import settable
    from mentorlog.models.fields import class_of, spec

    of = class_of(record if record == "profile" else ids.kind_of(f"{record[:5]:2<5}") or "mentor")
    key, equals, value = start.partition("=")
    if clear or not equals:
        wanted = key.replace("-", "_")
        return [Candidate(name + "=" * (not clear)) for name in settable(of) if name.startswith(wanted)]
    field = spec(of).get(key.replace("-", "_"))
    if field is None or field.managed:
        return []
    found = records(app, value, field.target_kinds) if field.target_kinds else words(field.closed, value)
    return [Candidate(key + equals + one.value, one.help, one.typed and key + equals + one.typed) for one in found]


def _record(id: str, title: str, rest: str = "") -> Candidate:
    return Candidate(id, one_line(safe(title)), f"{id}-{rest}" if rest else "")


def _named(start: str, people: Sequence[Person], *, by_name: bool) -> list[Candidate]:
    """Return the mentors whose nickname or name begins with a text, by that name.

    By the id if the name is shared, if it is no plain text, or if only nicknames are understood (not `by_name`).
    """
    from mentorlog.fold import folded

    names = [(folded(name), name, one) for one in people for name in (one.nickname, one.name) if name]
    known = [form for form, _, _ in names]
    typed = folded(start)
    found: dict[str, Candidate] = {}
    for form, name, one in names:
        if form.startswith(typed) and typed:
            is_understood = by_name or name == one.nickname
            is_usable = is_understood and known.count(form) == 1 and _is_plain(name, _IN_NAMES)
            value = name if is_usable else one.id
            told = one.id if name == one.name else f"{one.name} ({one.id})"
            help = one_line(safe(told if is_usable else one.name))
            found.setdefault(one.id, Candidate(value, help, start + form[len(typed) :] if is_usable else ""))
    return list(found.values())


def _is_plain(text: str, besides: Iterable[str]) -> bool:
    """Return whether a shell can take a text for nothing but a word: letters, digits and a few signs."""
    plain = (sign.isalnum() or sign in besides or not sign.isascii() for sign in text)
    return text[:1].isalnum() and text.isprintable() and all(plain)


def _continued(start: str, title: str) -> str:
    """Return what was typed with the rest of the word of a title that it begins; plain, or as it was typed."""
    from mentorlog.fold import words

    typed = (words(start) or [""])[-1]
    rest = next((word[len(typed) :] for word in words(title) if word.startswith(typed)), "")
    return start + (rest if rest.isalnum() else "")
