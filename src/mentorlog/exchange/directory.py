"""Which mentors the names in a foreign file mean; who is not in the journal is counted, not invented. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from mentorlog import ids
from mentorlog.domain.people import Person, named, nicknamed
from mentorlog.fold import words

_UMLAUT = re.compile("([aou])e", re.IGNORECASE)
"""How umlauts are written without them: roentgen. Names are compared without their points: rontgen."""


class Directory:
    """The mentors of a journal, as the names and e-mail addresses in a foreign file find them.

    `emails` has the ids by address. With `add`, the name of an unknown person becomes a mentor of `added`, whose slug
    `new_id` makes (default: a free one among these mentors), and which the import saves as a prospective mentor.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        emails: Mapping[str, str] | None = None,
        *,
        add: bool = False,
        new_id: Callable[[str], str] | None = None,
    ) -> None:
        self._people = list(people)
        self._emails = {address_of(address): id for address, id in (emails or {}).items()}
        self._add = add
        self._new_id = new_id or self._free_slug
        self._counts: dict[str, int] = {}
        self._found: dict[str, str | None] = {}
        self._several: dict[str, tuple[str, ...]] = {}
        self.added: dict[str, str] = {}
        """The names of the mentors to add, by their ids."""

    def find(self, name: str, count: bool = True) -> str | None:
        """Return the id of the mentor whom a name means; None counts the name as a stranger, if it is to `count`.

        It may be an id, a nickname, an e-mail address, a full name (also `Osler, William`), or whole words that fit
        one mentor only. With `count`, the text must be somebody's name: it is also what is added.
        """
        if "@" in name[1:] and (known := self.by_email(name)):
            return known
        name = name_of(name)
        key = " ".join(words(name))
        if not key:
            return None
        if key not in self._found:
            self._found[key] = self._look(name, key)
        id = self._found[key]
        if id is None and count:
            if self._add and key not in self._several:
                id = self._found[key] = self._new(name)
            else:
                shown = next((one for one in self._counts if " ".join(words(one)) == key), name)
                self._counts[shown] = self._counts.get(shown, 0) + 1
        return id

    def by_email(self, address: str) -> str | None:
        """Return the id of the mentor with an e-mail address, which may begin with `mailto:`."""
        return self._emails.get(address_of(address))

    @property
    def strangers(self) -> Mapping[str, int]:
        """The names that are no mentor's, and how often each was looked for."""
        return {name: count for name, count in self._counts.items() if not self.several(name)}

    @property
    def unclear(self) -> Mapping[str, int]:
        """The names that fit several mentors, and how often each was looked for."""
        return {name: count for name, count in self._counts.items() if self.several(name)}

    def several(self, name: str) -> Sequence[str]:
        """Return the ids of the mentors whom a name fits, if they are several."""
        return self._several.get(" ".join(words(name_of(name))), ())

    def _look(self, name: str, key: str) -> str | None:
        exact = name.strip().lstrip("@").lower()
        if id := next((one.id for one in self._people if one.id == exact), None):
            return id
        found = nicknamed(name, self._people) or named(name, self._people, whole=True)
        found = found or named(_UMLAUT.sub(r"\1", name), self._people, whole=True)
        if len(found) > 1:
            self._several[key] = tuple(one.id for one in found)
        return found[0].id if len(found) == 1 else None

    def _new(self, name: str) -> str:
        id = self._new_id(name)
        self.added[id] = name
        self._people.append(Person(id, name))
        return id

    def _free_slug(self, name: str) -> str:
        taken = {one.id for one in self._people}
        return ids.mentor_slug(name, taken.__contains__)


def name_of(text: str) -> str:
    """Return a name as people write it: `rudolf.virchow` and `@rudolf_virchow` are Rudolf Virchow."""
    name = " ".join(text.lstrip("@").replace("_", " ").split())
    if name.islower() and not any(map(str.isspace, name)):
        name = name.replace(".", " ").strip()
    return name.title() if name.islower() and name.isascii() else name


def address_of(text: str) -> str:
    """Return an e-mail address as addresses are compared, without its scheme."""
    address = text.strip()
    return (address[7:] if address[:7].lower() == "mailto:" else address).lower()
