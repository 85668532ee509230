"""The lines of a calendar file (RFC 5545) as components and properties, whatever they mean. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mentorlog.errors import MentorlogError, shortened
from mentorlog.exchange import foreign
from mentorlog.values import Value

EVENT = "VEVENT"
FORMAT = foreign.Format("a calendar file (iCalendar)", "export it from your calendar program as an .ics file")
_AGAIN = "export it from your calendar program again"
_DEEPEST = 20
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")  # in bytes: some programs fold a line in the middle of a letter
_LINE = re.compile(r'([A-Za-z0-9-]+)(;(?:"[^"]*"|[^":])*+)?:(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";])*+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")


class Property(NamedTuple):
    """One property: its value and its parameters as they stand in the file."""

    value: str
    after_name: str = ""

    @property
    def parameters(self) -> Mapping[str, str]:
        """The parameters by their names, without quotes."""
        return {name.upper(): text.replace('"', "") for name, text in _PARAMETER.findall(self.after_name)}

    @property
    def text(self) -> str:
        """The value as text, without its escapes and control characters."""
        plain = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)
        return _NO_TEXT.sub("", plain).strip()


class Component(NamedTuple):
    """An event: its properties by name, and the method of its calendar, such as CANCEL."""

    properties: Mapping[str, Sequence[Property]]
    method: str = ""

    def all(self, *names: str) -> Iterator[Property]:
        """Yield every property with one of these names."""
        for name in names:
            yield from self.properties.get(name, ())

    def first(self, name: str) -> Property | None:
        """Return the first property of a name; None if there is none, or it is empty."""
        for one in self.properties.get(name, ()):
            if one.value.strip():
                return one
        return None

    def text(self, name: str) -> str:
        """Return the first property of a name as text; "" if there is none."""
        found = self.first(name)
        return found.text if found else ""

    @property
    def is_cancelled(self) -> bool:
        """Whether it, or its calendar, says that it does not take place."""
        return self.method == "CANCEL" or self.text("STATUS").upper() == "CANCELLED"

    def line(self, name: str) -> str:
        """Return the first property of a name as one line; "" if there is none."""
        return " ".join(self.text(name).split())


class CalendarFile(Value):
    """What is in a calendar file: events, how many other components by name, time zones by their ids."""

    events: tuple[Component, ...]
    others: Mapping[str, int]
    zones: Mapping[str, tuple[str, ...]]
    skipped: int
    """The number of lines that have no form of iCalendar."""


def parse(data: bytes) -> CalendarFile:
    """Return the contents of a file with one calendar or several; MentorlogError if it is none, or is cut off."""
    reader = _Reader()
    for line in _lines(data):
        reader.read(line)
    return reader.finished()


def _lines(data: bytes) -> Iterator[str]:
    """Yield the lines of a file, each in one piece."""
    unfolded = _FOLD.sub(b"", data)
    try:
        unfolded.decode()
    except UnicodeDecodeError:
        unfolded = data  # for the number of its line
    return (line for line in foreign.text(unfolded, FORMAT).split("\n") if line.strip())


class _Reader:
    """The components that are open, and what was read."""

    def __init__(self) -> None:
        self._open = list[str]()
        self._body = list[str]()
        self._method = ""
        self._calendars = 0
        self._skipped = 0
        self._events = list[Component]()
        self._others = Counter[str]()
        self._zones = dict[str, tuple[str, ...]]()

    def read(self, line: str) -> None:
        """Read one line."""
        word, _, name = line.partition(":")
        word, name = word.strip().upper(), name.strip().upper()
        if word == "BEGIN":
            self._begin(name, line)
        elif word == "END":
            self._end(name, line)
        elif not self._open:
            if not self._calendars:
                raise FORMAT.wrong("it does not start with BEGIN:VCALENDAR")
            self._skipped += 1
        elif len(self._open) == 1:
            self._method = name if word == "METHOD" else self._method
        elif len(self._open) == 2 or self._open[1] == "VTIMEZONE":
            self._body.append(line)

    def finished(self) -> CalendarFile:
        """Return what was read."""
        if self._open:
            within = "an event" if EVENT in self._open else "the calendar"
            raise MentorlogError(f"The calendar is incomplete: it ends in the middle of {within}.", _AGAIN)
        return CalendarFile(tuple(self._events), self._others, self._zones, self._skipped)

    def _begin(self, name: str, line: str) -> None:
        if not self._open:
            if name != "VCALENDAR":
                raise FORMAT.wrong(f"it starts with {shortened(line.strip())}")
            self._calendars += 1
            self._method = ""
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            raise FORMAT.wrong("it is nested too deeply")
        if len(self._open) == 2:
            self._body = []
        if len(self._open) >= 2:
            self._body += [line] if self._open[1] == "VTIMEZONE" else []

    def _end(self, name: str, line: str) -> None:
        if not self._open or self._open[-1] != name:
            raise MentorlogError(f"The calendar is damaged: {shortened(line.strip())} ends what is not open.", _AGAIN)
        if self._open[1:2] == ["VTIMEZONE"]:
            self._body.append(line)
        self._open.pop()
        if len(self._open) != 1:
            return
        if name == EVENT:
            self._events.append(Component(self._properties(), self._method))
        elif name == "VTIMEZONE":
            zone = next(
                (found for found in map(_LINE.fullmatch, self._body) if found and found[1].upper() == "TZID"), None
            )
            if zone:
                self._zones.setdefault(zone[3].strip(), tuple(self._body))
        else:
            self._others[name] += 1

    def _properties(self) -> dict[str, list[Property]]:
        """Return the properties of the component that ends."""
        properties: dict[str, list[Property]] = {}
        for line in self._body:
            if found := _LINE.fullmatch(line):
                properties.setdefault(found[1].upper(), []).append(Property(found[3], found[2] or ""))
            else:
                self._skipped += 1
        return properties
