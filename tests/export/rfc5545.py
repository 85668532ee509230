"""A calendar read by the letter of RFC 5545: its own few lines, no library; whatever is wrong fails by name."""

from __future__ import annotations

import re
from typing import NamedTuple

ONCE = {
    "VEVENT": ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"),
    "VTODO": ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY"),
}
FORBIDDEN = {"ORGANIZER", "ATTENDEE", "METHOD", "RRULE", "ATTACH"}


class Component(NamedTuple):
    """A component: its name, its properties (with parameters in the name), and the components in it."""

    name: str
    properties: dict[str, str]
    inner: list[Component]

    def __getitem__(self, name: str) -> str:
        return self.properties[name]

    def text(self, name: str) -> str:
        """Return the value of a TEXT property; "" if there is none."""
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.properties.get(name, ""))

    @property
    def day(self) -> str:
        """The day on which it begins or is due, or the time in UTC."""
        found = (value for name, value in self.properties.items() if name.split(";")[0] in ("DTSTART", "DUE"))
        return next(found, "")


def read(data: bytes) -> list[Component]:
    """Return the components of one calendar, after every check."""
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, physical)) <= 75
    for line in physical:
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f\x80-\x9f\u2028\u2029]", line.decode()), line
    calendar = _parsed(data.decode().removesuffix("\r\n").replace("\r\n ", "").split("\r\n"))
    assert calendar.name == "VCALENDAR" and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert not FORBIDDEN & {name.split(";")[0] for one in (calendar, *calendar.inner) for name in one.properties}
    ids = [one["UID"] for one in calendar.inner]
    assert ids == sorted(set(ids)) and all(re.fullmatch("[A-Za-z0-9-]+", id) for id in ids)
    for one in calendar.inner:
        assert all(any(name.split(";")[0] == needed for name in one.properties) for needed in ONCE[one.name]), one
        assert one["CLASS"] == "PRIVATE" and re.fullmatch(r"\d{8}T\d{6}Z", one["DTSTAMP"])
        day, end = one.properties.get("DTSTART;VALUE=DATE"), one.properties.get("DTEND;VALUE=DATE")
        assert end is None or (day is not None and day < end)
        assert re.fullmatch(r"(\d{8}|\d{8}T\d{6}Z)?", one.day)
    return calendar.inner


def _parsed(lines: list[str]) -> Component:
    top = Component("", {}, [])
    open_ = [top]
    for line in lines:
        found = re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[A-Z]+)?):(.*)", line)
        assert found, line
        name, value = found.groups()
        if name == "BEGIN":
            open_.append(Component(value, {}, []))
        elif name == "END":
            closed = open_.pop()
            assert closed.name == value
            open_[-1].inner.append(closed)
        else:
            assert name not in open_[-1].properties, f"twice: {line}"
            open_[-1].properties[name] = value
    assert open_ == [top] and len(top.inner) == 1
    return top.inner[0]
