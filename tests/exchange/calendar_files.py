"""Calendar files of a few events, as tests write them, and what is read of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mentorlog.exchange import ics
from mentorlog.exchange.ics_mentors import Known
from mentorlog.exchange.incoming import Batch, Incoming

ATHENS = ZoneInfo("Europe/Athens")
NOW = datetime(2026, 11, 30, 9, tzinfo=ATHENS)
PEOPLE = (
    Known("osler", "William Osler, MD", "Osler@Example.org"),
    Known("curie", "Marie Curie"),
    Known("roentgen", "Wilhelm Röntgen"),
    Known("joliot", "Irène Joliot-Curie"),
)


def event(*lines: str, start: str = "20261207T080000", summary: str = "Osler", uid: str = "u1") -> str:
    """The lines of an event, an hour of the zone of the journal by default."""
    first = [f"UID:{uid}"] if uid else []
    first += [f"DTSTART{start if start[0] in ';:' else f':{start}'}"] if start else []
    return "\r\n".join(["BEGIN:VEVENT", *first, f"SUMMARY:{summary}", *lines, "END:VEVENT"])


def calendar(*components: str) -> bytes:
    """A calendar file with these components."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *components, "END:VCALENDAR", ""]).encode()


def wanted(**changes: Any) -> ics.Wanted:
    """What a command asks for by default."""
    known: dict[str, Any] = {"since": date(2025, 11, 30), "until": date(2027, 1, 29), "zone": ATHENS}
    known["prefix"] = "mentorlog-abc-"
    return ics.Wanted(**{"people": PEOPLE, "now": NOW, **known, **changes})


def read(*components: str, **changes: Any) -> Batch:
    """The batch of a calendar with these components."""
    return ics.read(calendar(*components), wanted(**changes))


def days(batch: Batch) -> list[str]:
    """When the meetings of a batch are, in the order of the file."""
    return [f"{one.fields['on']:%m-%d} {one.fields.get('at')}" for one in batch.records]


def only(batch: Batch) -> Incoming:
    """The single meeting of a batch."""
    assert len(batch.records) == 1, (batch.records, batch.stays)
    return batch.records[0]


def stays(batch: Batch) -> dict[str, int]:
    """Why events stay, and how many."""
    return {f"{one.title}: {one.why}" if one.title else one.why: one.count for one in batch.stays}


WEEKLY = event("RRULE:FREQ=WEEKLY", "DURATION:PT30M", start="20261102T080000")
