"""The single dates of a calendar event, of which a series has many, some of them changed. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from mentorlog.exchange.ics_lines import Component
from mentorlog.exchange.ics_times import Moment, Times, UnreadableTime
from mentorlog.values import Value

_SERIES = ("RRULE", "RDATE")
_SLACK = timedelta(days=2)
"""How far the clocks of two zones, and a meeting over midnight, may take a date across a day."""


class Series(Value):
    """The components with one UID: the event, and those that change or cancel one of its dates."""

    uid: str
    event: Component | None
    changes: tuple[Component, ...]

    @property
    def repeats(self) -> bool:
        """Whether it has more than one date."""
        return self.event is None or bool(self.changes) or any(self.event.first(name) for name in _SERIES)

    @property
    def components(self) -> tuple[Component, ...]:
        """The event and its changes."""
        return (*([self.event] if self.event else []), *self.changes)


class Occurrence(Value):
    """One date of an event: which of a series, when it starts and how long it takes, and the component that says so."""

    key: str
    start: Moment
    length: timedelta
    component: Component


def by_uid(events: Iterable[Component]) -> tuple[list[Series], int]:
    """Return the events of a file by their UIDs, and how many of them others of the same UID replace."""
    groups: dict[str, dict[str, Component]] = {}
    events = list(events)
    for number, one in enumerate(events):
        uid = one.line("UID") or f"\n{number}"  # RFC 5545 requires one; without it, an event is alone
        same = groups.setdefault(uid, {})
        changed = one.first("RECURRENCE-ID")
        key = "" if changed is None else f"{changed.value} {changed.parameters.get('TZID', '')}"
        if key not in same or _revision(one) >= _revision(same[key]):
            same[key] = one
    series = [
        Series(uid.strip() if uid[0] != "\n" else "", same.pop("", None), tuple(same.values()))
        for uid, same in groups.items()
    ]
    return series, len(events) - sum(len(one.components) for one in series)


def _revision(event: Component) -> tuple[int, str]:
    """Return which of two components is the newer one."""
    number = event.text("SEQUENCE")
    stamp = event.text("LAST-MODIFIED") or event.text("DTSTAMP")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0, stamp


class Dates(Value):
    """The dates of an event, and how many more of a series are before the first day that is asked for."""

    found: tuple[Occurrence, ...]
    earlier: int = 0


def occurrences(series: Series, times: Times, first: date, last: date) -> Dates:
    """Return the dates of an event; those of a series between two days. UnreadableTime says why there are none."""
    event = series.event
    if event is None:
        return Dates(tuple(_changed(one, times, None) for one in series.changes))
    start = times.start(event)
    length = times.length(event, start)
    if start.all_day or not series.repeats:
        return Dates((Occurrence("", start, length, event),))
    later = _later(series.changes, times, start)
    slack = max((abs(one.shift) for one in later), default=timedelta()) + _SLACK
    clocks = times.dates(event, start, _on(last, slack))
    earlier = bisect_left(clocks, datetime.combine(_on(first, -slack), time.min))
    found: dict[str, Occurrence] = {}
    for clock in clocks[earlier:]:
        change = next((one for one in reversed(later) if one.since <= clock), None)
        at, by = (clock + change.shift, change.component) if change else (clock, event)
        key = _day(clock) if _day(clock) not in found else _hour(clock)
        found[key] = Occurrence(key, start.but(clock=at), change.length if change else length, by)
    for one in series.changes:
        if not _is_later(one):
            changed = _changed(one, times, start)
            key = changed.key if changed.key in found else changed.key[:8]
            found[key] = changed.but(key=key)
    return Dates(tuple(found.values()), earlier)


class _Later(Value):
    """A change of all dates from one on."""

    since: datetime
    shift: timedelta
    length: timedelta
    component: Component


def _later(changes: Sequence[Component], times: Times, start: Moment) -> list[_Later]:
    """Return the changes of a date and all later ones, the first one first."""
    found = []
    for one in filter(_is_later, changes):
        since = _original(one, times).on_clock_of(start.zone)
        begins = times.start(one)
        shift = begins.on_clock_of(start.zone) - since
        found.append(_Later(since, shift, times.length(one, begins), one))
    return sorted(found, key=lambda one: one.since)


def _is_later(change: Component) -> bool:
    """Return whether a component changes all later dates too."""
    found = change.first("RECURRENCE-ID")
    return found is not None and found.parameters.get("RANGE", "").upper() == "THISANDFUTURE"


def _original(change: Component, times: Times) -> Moment:
    found = change.first("RECURRENCE-ID")
    if found is None:
        raise UnreadableTime("its date cannot be read")
    return times.moment(found)


def _changed(change: Component, times: Times, of: Moment | None) -> Occurrence:
    """Return a changed date of a series, whose key is that of the date before the change."""
    original = _original(change, times)
    clock = original.on_clock_of(of.zone) if of else original.clock
    key = _day(clock) if original.all_day else _hour(clock)
    start = times.start(change) if change.first("DTSTART") else original
    return Occurrence(key if of else key[:8], start, times.length(change, start), change)


def _day(clock: datetime) -> str:
    return f"{clock:%Y%m%d}"


def _hour(clock: datetime) -> str:
    return f"{clock:%Y%m%dT%H%M%S}"


def _on(day: date, length: timedelta) -> date:
    try:
        return day + length
    except OverflowError:
        return date.max if length > timedelta() else date.min
