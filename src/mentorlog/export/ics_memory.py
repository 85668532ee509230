"""A calendar file that is updated: which of its components are new, changed, removed or the same.

Calendars keep showing an old time if SEQUENCE does not rise when an event changes, and records do not know when they
were changed. So the file itself is the memory: an event that is the same keeps its stamps, one that changed gets the
next number, and one that is gone becomes a cancelled event without any text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from mentorlog import __version__
from mentorlog.export.ics_components import CalendarOptions, Entry
from mentorlog.values import Value

PRODUCT = "-//mentorlog//mentorlog"
_HEADER = (
    "VERSION:2.0",
    f"PRODID:{PRODUCT} {'.'.join(__version__.split('.')[:2])}//EN",
    "CALSCALE:GREGORIAN",
    "NAME:Mentorship",
    "X-WR-CALNAME:Mentorship",
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    "X-PUBLISHED-TTL:PT12H",
)
_STAMPS = frozenset({"DTSTAMP", "SEQUENCE", "CREATED", "LAST-MODIFIED"})
_MOST = 2**31 - 1
_SUFFIX = re.compile(r"[a-z0-9-]{1,60}")
_INSTANT = re.compile(r"\d{8}T\d{6}Z")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\dZ?)?")
KINDS = {"VEVENT": "events", "VTODO": "todos"}
CHANGES = ("new", "changed", "removed")


class Old(Value):
    """A component as a file has it: its name, its lines as they are, and unfolded."""

    name: str
    raw: tuple[str, ...]
    lines: tuple[str, ...]

    def value(self, name: str) -> str:
        """Return the value of a property, without its parameters; "" if there is none."""
        found = (line for line in self.lines if _name(line) == name)
        return next(found, "").partition(":")[2]

    @property
    def sequence(self) -> int:
        """The SEQUENCE; 0 if it has none."""
        text = self.value("SEQUENCE").strip()
        return int(text) if re.fullmatch(r"[0-9]{1,12}", text) else 0

    @property
    def content(self) -> list[str]:
        """The lines without the stamps."""
        return _content(self.lines)

    def day(self, zone: tzinfo | None) -> str | None:
        """Return the local day of an event or the due date of a to-do; None if it has none."""
        found = _TIME.match(self.value("DTSTART") or self.value("DUE"))
        if not found:
            return None
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        try:
            if found[4] is None:
                return date(year, month, day).isoformat()
            return datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(zone).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return None


class Memory(Value):
    """The components of a calendar file by their ids, and whether it is a calendar of this journal alone."""

    components: Mapping[str, Old]
    is_ours: bool


NOTHING = Memory({}, False)
"""The memory of a file that is no calendar."""


def remembered(data: bytes, prefix: str) -> Memory:
    """Return the components in a file whose ids begin with the prefix of this journal."""
    try:
        text = data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return NOTHING
    components: dict[str, Old] = {}
    is_ours, depth, name = False, 0, ""
    raw, lines, foreign = list[str](), list[str](), False
    for folded, line in _unfolded(text.removesuffix("\n").split("\n")):
        word, _, value = line.upper().partition(":")
        depth += word == "BEGIN"
        if depth == 2 and not lines:
            name = value
        if depth >= 2:
            raw += folded
            lines.append(line)
        elif word == "PRODID":
            is_ours = line[len("PRODID:") :].startswith(f"{PRODUCT} ")
        depth -= word == "END"
        if depth == 1 and lines:
            old = Old(name, tuple(raw), tuple(lines))
            uid = old.value("UID")
            is_own = uid.startswith(prefix) and _SUFFIX.fullmatch(uid.removeprefix(prefix))
            if is_own and uid not in components and name in KINDS:
                components[uid] = old
            else:
                foreign = True
            raw, lines = [], []
    return Memory(components, is_ours and depth == 0 and not foreign)


def _unfolded(physical: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield each content line as it stands in the file, and in one piece."""
    folded: list[str] = []
    for line in physical:
        if folded and line[:1] in (" ", "\t"):
            folded.append(line)
            continue
        if folded:
            yield folded, "".join([folded[0], *(part[1:] for part in folded[1:])])
        folded = [line]
    yield folded, "".join([folded[0], *(part[1:] for part in folded[1:])])


def _name(line: str) -> str:
    name, _, _ = line.partition(":")
    return name.upper().partition(";")[0]


def _content(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if _name(line) not in _STAMPS]


class Calendar(Value):
    """A calendar as text, how many events and to-dos it shows, and what became of those in the file."""

    text: str
    kinds: Mapping[str, int]
    counts: Mapping[str, int]


def calendar(entries: Sequence[Entry], memory: Memory, options: CalendarOptions, now: datetime) -> Calendar:
    """Return the calendar with these components, as an update of those that the file has already.

    None is added on days that are not asked for, but those in the file follow: they may have words for somebody else.
    """
    blocks: dict[str, Sequence[str]] = {}
    counts = Counter(dict.fromkeys((*CHANGES, "same"), 0))
    kinds = Counter(dict.fromkeys(KINDS.values(), 0))
    for entry in entries:
        block, outcome = _block(entry, memory.components.get(entry.uid), options, now)
        if block:
            blocks[entry.uid] = block
            counts[outcome] += 1
            kinds[KINDS[entry.name]] += 1
    gone = memory.components.keys() - {entry.uid for entry in entries}
    for uid in gone:
        old = memory.components[uid]
        blocks[uid] = tombstone = _tombstone(uid, old, options.zone, now)
        counts["removed"] += tombstone != old.raw
    lines = ["BEGIN:VCALENDAR", *_HEADER]
    for uid in sorted(blocks):
        lines += blocks[uid]
    return Calendar("\r\n".join([*lines, "END:VCALENDAR", ""]), kinds, counts)


def _block(entry: Entry, old: Old | None, options: CalendarOptions, now: datetime) -> tuple[Sequence[str], str]:
    """Return the lines of a component, none if it stays out, and whether it is new, changed or the same."""
    if old is None:
        return (_stamped(entry, 0, entry.created), "new") if options.includes(entry.day) else ((), "")
    lines = [line for _, line in _unfolded(entry.lines)]
    if old.content == [f"BEGIN:{entry.name}", *lines, f"END:{entry.name}"]:
        return old.raw, "same"
    return _stamped(entry, min(old.sequence + 1, _MOST), now, old), "changed"


def _stamped(entry: Entry, sequence: int, now: datetime, old: Old | None = None) -> list[str]:
    """Return the lines of a component with its stamps, which follow its UID."""
    first = next(place for place, line in enumerate(entry.lines) if place and line[0] != " ")  # a long UID is folded
    created = old.value("CREATED") if old and _INSTANT.fullmatch(old.value("CREATED")) else _utc(entry.created)
    stamps = [f"DTSTAMP:{_utc(now)}", f"SEQUENCE:{sequence}", f"CREATED:{created}"]
    stamps += [f"LAST-MODIFIED:{_utc(now)}"] if old else []
    return [f"BEGIN:{entry.name}", *entry.lines[:first], *stamps, *entry.lines[first:], f"END:{entry.name}"]


def _tombstone(uid: str, old: Old, zone: tzinfo | None, now: datetime) -> Sequence[str]:
    """Return a cancelled component on the same day without any word of the record."""
    day = old.day(zone)
    lines = ["SUMMARY:Cancelled", "CLASS:PRIVATE"]
    if old.name == "VTODO":
        lines += [f"DUE;VALUE=DATE:{_basic(date.fromisoformat(day))}"] if day else []
        lines += ["STATUS:CANCELLED"]
    else:
        start = date.fromisoformat(day) if day else now.date()
        lines += [f"DTSTART;VALUE=DATE:{_basic(start)}"]
        lines += [f"DTEND;VALUE=DATE:{_basic(start + timedelta(days=1))}"] if start < date.max else []
        lines += ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
    ends = f"BEGIN:{old.name}", f"END:{old.name}"
    if old.content == [ends[0], f"UID:{uid}", *lines, ends[1]] and not old.value("CREATED"):
        return old.raw
    stamps = [f"DTSTAMP:{_utc(now)}", f"SEQUENCE:{min(old.sequence + 1, _MOST)}", f"LAST-MODIFIED:{_utc(now)}"]
    return [ends[0], f"UID:{uid}", *stamps, *lines, ends[1]]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()}Z".replace("-", "").replace(
        ":", ""
    )


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")
