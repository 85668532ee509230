"""Meetings from a calendar (RFC 5545): past ones were held, and of what repeats only the next one is planned. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mentorlog import dates, ids, vocabulary
from mentorlog.errors import MentorlogError
from mentorlog.exchange import ics_mentors
from mentorlog.exchange.ics_lines import Component, parse
from mentorlog.exchange.ics_mentors import Found, Known, Recognizer
from mentorlog.exchange.ics_series import Dates, Occurrence, Series, by_uid, occurrences
from mentorlog.exchange.ics_times import Times, UnreadableTime
from mentorlog.exchange.incoming import MOST, Batch, Incoming, Stay
from mentorlog.models.meeting import Meeting
from mentorlog.models.views import counted
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.models.view_types import MeetingView

_COPY = "an older copy of another event"
_NOBODY = "with nobody of this journal"
_VIDEO = re.compile(r"(?<![a-z])(zoom|teams|webex|google meet|meet\.(google|jit))(?![a-z])", re.IGNORECASE)
_OTHERS = {"VTODO": "a to-do", "VJOURNAL": "a journal entry", "VFREEBUSY": "a list of busy hours"}
_FEWER = "import some of them at a time, with --since and --until"
_LONGEST_DAY = 1440  # minutes
_LONGEST_KEY = 200
_LONGEST_LINE = 500


class Wanted(Value):
    """What of a calendar is wanted, and what the journal knows that it needs."""

    people: Sequence[Known]
    now: datetime
    since: date
    until: date
    prefix: str
    """What the UIDs of this journal begin with."""
    zone: tzinfo | None = None
    """The zone of the hours in the journal; None for this machine's."""
    past: str = "held"
    """What becomes of meetings that are over: `held`, `planned`, or `skip`."""
    everyone: str | None = None
    """The mentor with whom every event is."""
    titles: Sequence[tuple[str, str]] = ()
    """Texts in titles, and whom they mean."""
    email: str | None = None
    """The resident's e-mail address."""
    meetings: Sequence[MeetingView] = ()
    """The meetings of this journal."""
    descriptions: bool = False


def read(data: bytes, wanted: Wanted) -> Batch:
    """Return the meetings with mentors in a calendar file."""
    file = parse(data)
    reader = _Reader(wanted, Times(file.zones, wanted.zone))
    series, replaced = by_uid(file.events)
    for one in series:
        reader.read(one)
    for name, count in file.others.items():
        reader.stays["", _OTHERS.get(name, "not an event")] += count
    if replaced:
        reader.stays["", _COPY] += replaced
    stays = tuple(Stay(title, _why(title, why, count), count) for (title, why), count in reader.stays.items())
    records = tuple(sorted(reader.records.values(), key=lambda one: (one.fields["on"], one.fields.get("at") or "")))
    remarks = tuple(reader.remarks(file.skipped))
    return Batch("a calendar", "ics", "meeting", records, stays, remarks, noun_there="event")


def _why(title: str, why: str, count: int) -> str:
    return f"{why}, {count} times" if title and count > 1 else why


class _Reader:
    """The meetings of a file that come, and why the others do not."""

    def __init__(self, wanted: Wanted, times: Times) -> None:
        self._wanted, self._times = wanted, times
        self._recognizer = Recognizer(wanted.people, wanted.titles, wanted.everyone)
        self.records = dict[str, Incoming]()
        self.stays = Counter[tuple[str, str]]()
        self._ids = {one["id"] for one in wanted.meetings}
        self._sources = {one["source"] for one in wanted.meetings}
        self._that_day: dict[tuple[str, str], list[MeetingView]] = {}
        for one in wanted.meetings:
            for mentor in one["mentors"]:
                self._that_day.setdefault((one["on"], mentor), []).append(one)
        self._past = 0
        self._repeating = 0

    def remarks(self, skipped: int) -> Iterator[str]:
        """Yield what there is to say of the file."""
        if self._past and self._wanted.past != "skip":
            come = counted(
                self._past, "meeting in the file is over and comes", "meetings in the file are over and come"
            )
            said = "held; with --past planned, you are asked about each" if self._wanted.past == "held" else "planned"
            yield f"{come} in as {said}."
        if self._repeating:
            yield "Of what repeats, only the next meeting is planned."
        if skipped:
            yield f"{counted(skipped, 'line')} of the file could not be read."

    def read(self, series: Series) -> None:
        """Read the events with one UID."""
        if series.uid.startswith(self._wanted.prefix):
            self._own(series)
            return
        found = {id(one): self._recognizer.find(one) for one in series.components}
        if not any(one.by for one in found.values()):
            self._stranger(series, found.values())
            return
        try:
            self._dates(series, occurrences(series, self._times, self._wanted.since, self._wanted.until), found)
        except UnreadableTime as error:
            self.stays[_title(series.components[0]), str(error)] += 1

    def _stranger(self, series: Series, found: Collection[Found]) -> None:
        """Count an event with no mentor; only one that a mentor declined is named."""
        unclear = next((one.unclear for one in found if one.unclear), "")
        if any(one.declined for one in found):
            self.stays[_title(series.components[0]), "your mentor declined it"] += 1
        elif unclear:
            self.stays["", f"with a last name that several mentors have ({unclear}); use --match"] += 1
        else:
            self.stays["", _NOBODY] += 1

    def _dates(self, series: Series, of: Dates, found: dict[int, Found]) -> None:
        """Read the dates of an event with a mentor: all that are over, and the next one."""
        wanted = self._wanted
        by_default = found[id(series.event)] if series.event else Found()
        dated = sorted(((self._clock(one), one) for one in of.found), key=lambda pair: (pair[0], pair[1].key))
        too_early, planned, reached = of.earlier, False, False
        for clock, one in dated:
            who = found[id(one.component)]
            who = who if who.by or who.declined else by_default
            is_over = self._is_over(one)
            if not wanted.since <= clock.date() <= wanted.until:
                too_early += clock.date() < wanted.since
                continue
            reached = True
            if why := self._reason(one, who):
                self.stays[_title(one.component) or _title(series.components[0]), why] += 1
            elif is_over and wanted.past == "skip":
                self.stays["", "over"] += 1
            elif is_over or not planned:
                self._add(series, one, clock, who, is_over=is_over)
                planned = planned or not is_over
        self._repeating += planned and series.repeats
        if too_early:
            self.stays["", f"before {dates.say(wanted.since)}; use --since"] += too_early
        elif not reached:
            self.stays["", f"after {dates.say(wanted.until)}; use --until"] += 1

    def _reason(self, one: Occurrence, who: Found) -> str:
        """Return why a date does not come; "" if it does."""
        event = one.component
        if one.start.all_day:
            return "all day"
        if event.is_cancelled:
            return "cancelled"
        if ics_mentors.declines(event, self._wanted.email):
            return "you declined it"
        return "" if who.by else "your mentor declined it"

    def _clock(self, one: Occurrence) -> datetime:
        return one.start.on_clock_of(self._wanted.zone)

    def _is_over(self, one: Occurrence) -> bool:
        if one.start.all_day:
            return one.start.clock.date() < self._wanted.now.date()
        return one.start.instant + one.length <= self._wanted.now

    def _add(self, series: Series, one: Occurrence, clock: datetime, who: Found, *, is_over: bool) -> None:
        """Add the meeting of a date."""
        event, first = one.component, dict[str, Any]()
        source = f"ics:{_key(series, event)}{'/' if one.key else ''}{one.key}"
        if source in self.records:  # without a UID, two that say the same
            self.stays["", _COPY] += 1
            return
        if source not in self._sources and (here := self._here(clock, who)):
            self.stays[_title(event), f"already in the journal as {here}"] += 1
            return
        if len(self.records) == MOST:
            raise MentorlogError(f"The calendar has more than {MOST:,} meetings to import.", _FEWER)
        self._past += is_over
        first["status"] = "held" if is_over and self._wanted.past == "held" else "planned"
        first["mentors"] = who.mentors
        first["kind"] = "group" if len(who.mentors) > 1 else "regular"
        if self._wanted.descriptions and (notes := event.text("DESCRIPTION")):
            first["notes"] = notes
        fields: dict[str, Any] = {"on": clock.date(), "at": f"{clock:%H:%M}"}
        minutes = int(one.length.total_seconds()) // 60
        if 1 <= minutes <= _LONGEST_DAY:
            fields["minutes"] = minutes
        place = event.line("LOCATION")[:_LONGEST_LINE]
        if (mode := place.lower().replace(" ", "_")) in vocabulary.MODES:  # as our own export writes it
            first["mode"] = mode
        elif place:
            fields["place"] = place
            first |= {"mode": "video"} if _VIDEO.search(place) else {}
        record = Incoming(Meeting, source, fields, _kept(event), at_first=first, title=_title(event), how=who.how)
        self.records[source] = record

    def _here(self, clock: datetime, who: Found) -> str:
        """Return the id of a meeting of the journal with one of the mentors at that time; "" if there is none."""
        there = [one for mentor in who.mentors for one in self._that_day.get((clock.date().isoformat(), mentor), ())]
        return next((one["id"] for one in there if one["at"] in (None, f"{clock:%H:%M}")), "")

    def _own(self, series: Series) -> None:
        """Read an event of this journal: one of its meetings, which may have moved, or a date of another record."""
        event, id = series.event, series.uid.removeprefix(self._wanted.prefix)
        if ids.kind_of(id) != "meeting" or event is None:
            self.stays["", "a date of another record of this journal"] += 1
            return
        if id not in self._ids:
            self.stays["", "a meeting that is not in this journal any more"] += 1
            return
        if event.is_cancelled:
            self.stays["", "a meeting of this journal that is marked as cancelled"] += 1
            return
        try:
            start = self._times.start(event)
            clock = start.on_clock_of(self._wanted.zone)
        except UnreadableTime as error:
            self.stays[_title(event), str(error)] += 1
            return
        fields: dict[str, Any] = {"on": clock.date()}
        if not start.all_day:
            fields["at"] = f"{clock:%H:%M}"
        source = f"ics:{series.uid}"
        self.records[source] = Incoming(Meeting, source, fields, id=id)


def _title(event: Component) -> str:
    return event.line("SUMMARY")[:_LONGEST_LINE]


def _key(series: Series, event: Component) -> str:
    """Return the UID of an event, or what stands for one that is missing, long or not printable."""
    uid = series.uid
    if uid and len(uid) <= _LONGEST_KEY and uid.isprintable():
        return uid
    start = event.first("DTSTART")
    text = uid or f"{start.value if start else ''} {event.line('SUMMARY')}"
    return f"sha256-{sha256(text.encode()).hexdigest()[:16]}"


def _kept(event: Component) -> dict[str, Any]:
    """Return what of an event has no field in a meeting."""
    words = {name.lower(): event.text(name) for name in ("SUMMARY", "URL")}
    categories = [" ".join(word.split()) for one in event.all("CATEGORIES") for word in one.text.split(",")]
    kept = {**words, "categories": [word for word in categories if word]}
    return {name: value for name, value in kept.items() if value}
