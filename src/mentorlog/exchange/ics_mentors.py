"""With which mentors an event is, and how that is known: by its guests, or by words of its title. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mentorlog import names
from mentorlog.exchange.directory import address_of
from mentorlog.exchange.ics_lines import Component
from mentorlog.fold import folded, words
from mentorlog.values import Value

_LONGEST_TITLE = 500  # of what is searched for names
_GUESTS = ("ORGANIZER", "ATTENDEE")
GIVEN, TITLE, EMAIL, GUEST, FULL_NAME, LAST_NAME = (
    *("--with", "--match", "e-mail address", "name of a guest", "full name", "last name"),
)
"""How a mentor was recognized, the surest way first."""


class Known(Value):
    """A mentor as an event may name them."""

    id: str
    name: str
    email: str | None = None


class Found(Value):
    """The mentors of an event and how each was recognized; if there are none, whether one declined it."""

    by: Mapping[str, str] = {}
    declined: bool = False
    unclear: str = ""
    """A last name in the title that several mentors have."""

    @property
    def mentors(self) -> tuple[str, ...]:
        """The ids of the mentors."""
        return tuple(self.by)

    @property
    def how(self) -> str:
        """How they were recognized, in words."""
        ways = dict.fromkeys(self.by.values())
        if len(ways) == 1:
            return f"by {next(iter(ways))}"
        return ", ".join(f"{id} by {way}" for id, way in self.by.items())


class Recognizer:
    """The mentors of a journal; `titles` has texts with the mentor whom they mean, `everyone` is in every event."""

    def __init__(
        self, people: Sequence[Known], titles: Sequence[tuple[str, str]] = (), everyone: str | None = None
    ) -> None:
        self._people = [one.id for one in people]
        self._everyone = everyone
        self._titles = [(words(text), folded(text), id) for text, id in titles]
        self._emails = {one.email.strip().lower(): one.id for one in people if one.email}
        self._full = {one.id: words(" ".join(names.bare(one.name))) for one in people}
        self._last = {one.id: words(names.bare(one.name)[-1]) if names.bare(one.name) else [] for one in people}
        self._guests = dict[str, str]()
        self._same = Counter(map(tuple, self._last.values()))
        self._same_full = Counter(map(tuple, self._full.values()))

    def find(self, event: Component) -> Found:
        """Return the mentors of an event, in the order of the journal."""
        found = dict[str, str]()
        declined = set[str]()
        if self._everyone:
            found[self._everyone] = GIVEN
        summary = event.line("SUMMARY")[:_LONGEST_TITLE]
        title = words(summary)
        for wanted, text, id in self._titles:
            if _within(wanted, title) or (not text.isascii() and text in folded(summary)):
                found.setdefault(id, TITLE)
        for guest in event.all(*_GUESTS):
            parameters = guest.parameters
            id, way = self._guest(guest.value, parameters)
            if id and _is_declined(parameters):
                declined.add(id)
            elif id:
                found.setdefault(id, way)
        unclear = self._named(title, found)
        by = {id: found[id] for id in self._people if id in found and id not in declined}
        return Found(by, bool(declined), "" if by else unclear)

    def _guest(self, value: str, parameters: Mapping[str, str]) -> tuple[str, str]:
        """Return the id of a guest who is a mentor, and how that is known."""
        addresses = filter(None, (_address(value), _address(parameters.get("EMAIL", ""))))
        if id := next((self._emails[one] for one in addresses if one in self._emails), ""):
            return id, EMAIL
        name = parameters.get("CN", "")[:_LONGEST_TITLE]
        if name not in self._guests:
            compared = words(" ".join(names.bare(name)))
            same = [id for id, full in self._full.items() if len(full) > 1 and full == compared]
            self._guests[name] = same[0] if len(same) == 1 else ""
        return self._guests[name], GUEST

    def _named(self, title: Sequence[str], found: dict[str, str]) -> str:
        """Add the mentors whose names are in a title; return a last name that several have, so that it means none."""
        there, unclear = set(title), ""
        near = [id for id, last in self._last.items() if last and last[-1] in there and _within(last, title)]
        near = [id for id in near if not any(self._is_part(id, other) for other in near)]
        for id in near:
            full = self._full[id]
            if len(full) > len(self._last[id]) and self._same_full[tuple(full)] == 1 and _within(full, title):
                found.setdefault(id, FULL_NAME)
        for id in near:
            last = self._last[id]
            if self._same[tuple(last)] == 1:
                found.setdefault(id, LAST_NAME)
            elif not any(self._last[other] == last for other in found):
                unclear = " ".join(names.bare(" ".join(last)))
        return unclear

    def _is_part(self, id: str, other: str) -> bool:
        """Return whether a last name is a part of that of another mentor, as Curie is of Joliot-Curie."""
        return len(self._last[id]) < len(self._last[other]) and _within(self._last[id], self._last[other])


def _within(wanted: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether words stand in a text one behind the other."""
    places = range(len(text) - len(wanted) + 1)
    return bool(wanted) and any(list(text[place : place + len(wanted)]) == list(wanted) for place in places)


def _address(text: str) -> str:
    """Return the address of a guest as addresses are compared, without what a URL asks for."""
    return address_of(text).partition("?")[0].strip()


def declines(event: Component, email: str | None) -> bool:
    """Return whether the guest with an e-mail address declined an event."""
    mine = (email or "").strip().lower()
    guests = [(guest.value, guest.parameters) for guest in event.all("ATTENDEE")] if mine else []
    return any(
        _is_declined(parameters) and mine in (_address(value), _address(parameters.get("EMAIL", "")))
        for value, parameters in guests
    )


def _is_declined(parameters: Mapping[str, str]) -> bool:
    return parameters.get("PARTSTAT", "").upper() == "DECLINED"
