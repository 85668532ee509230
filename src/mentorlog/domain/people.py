"""Which mentors a text means: by nickname, by name, by words of it. Pure."""

from __future__ import annotations

from mentorlog.errors import shortened
from mentorlog.fold import words
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Person(Value):
    """A mentor as they may be called."""

    id: str
    name: str
    nickname: str | None = None


def nicknamed(text: str, people: Sequence[Person]) -> list[Person]:
    """Return the mentors with this nickname."""
    wanted = words(text)
    return [one for one in people if one.nickname and words(one.nickname) == wanted]


def named(text: str, people: Sequence[Person], *, whole: bool = False) -> list[Person]:
    """Return the mentors whose names the text fits best: by all words, `whole` ones, else the beginnings of words."""
    from mentorlog import names  # an id needs none of it

    fitting = [(max(names.fits(text, name) for name in (one.name, one.nickname) if name), one) for one in people]
    best = max((fit for fit, _ in fitting), default=names.NOT)
    return [one for fit, one in fitting if fit == best] if best >= (names.WORDS if whole else names.BEGINNINGS) else []


def also_called(text: str, id: str, people: Sequence[Person]) -> str:
    """Return whom a text was taken to mean, and the ids of others with that word in their names; empty for none."""
    wanted = set(words(text))
    others = [one for one in people if one.id != id and wanted <= set(words(one.name))]
    if not others or not wanted:
        return ""
    name = next((one.name for one in people if one.id == id), id)
    return f"{shortened(text)} is {name}; {', '.join(f'for {one.name} use {one.id}' for one in others)}"
