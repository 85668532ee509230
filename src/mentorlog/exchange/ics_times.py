"""The times of calendar events: time zones by any name, lengths, and the dates of a series. Pure."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil.rrule import rrulestr
from icalendar import Timezone
from icalendar.timezone import TZP

from mentorlog.errors import MentorlogError, shortened
from mentorlog.exchange.ics_lines import Component, Property
from mentorlog.values import Value

EARLIEST = 1970
"""The year before which no series may start: its dates are counted from its first one."""
_MOST_DATES = 100_000  # of all series in a file
_MOST_IMPOSSIBLE = 5  # series without a date, each of which is looked for until the year 9999
_MOST_LISTED = 10_000  # dates that an event adds or excludes one by one
_DAY = timedelta(days=1)
_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_SECONDS_IN = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}
_DURATION = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?")


class UnreadableTime(Exception):
    """Why the time of an event cannot be read, as the end of a sentence."""


class Moment(Value):
    """A time as it stands in the file: on the clock of its zone (None: this machine's), or a whole day."""

    clock: datetime
    zone: tzinfo | None
    all_day: bool = False

    @property
    def instant(self) -> datetime:
        """The same moment in UTC: the first of two if the clock is put back, as if it were not if it is put forward."""
        try:
            return self.clock.replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError, OSError):
            raise UnreadableTime("its date cannot be read") from None

    def on_clock_of(self, zone: tzinfo | None) -> datetime:
        """Return what a clock in a zone shows; a whole day is the same everywhere."""
        if self.all_day:
            return self.clock
        try:
            return self.instant.astimezone(zone).replace(tzinfo=None)
        except (ValueError, OverflowError, OSError):
            raise UnreadableTime("its date cannot be read") from None


class Times:
    """The times in one file, whose hours without a zone are those of `zone` (None: this machine's)."""

    def __init__(self, zones: Mapping[str, Sequence[str]], zone: tzinfo | None) -> None:
        self._custom = zones
        self._zone = zone
        self._zones = dict[str, tzinfo | None]()
        self._dates_left = _MOST_DATES
        self._impossible_left = _MOST_IMPOSSIBLE

    def moment(self, found: Property) -> Moment:
        """Return the time that a property has; UnreadableTime says why there is none."""
        return self._moment(found.value.strip(), found.parameters)

    def start(self, event: Component) -> Moment:
        """Return when an event starts; a midnight that lasts for whole days is an all-day event."""
        found = event.first("DTSTART")
        if found is None:
            raise UnreadableTime("it has no date")
        start = self.moment(found)
        length = self.length(event, start)
        whole = start.clock.time() == time.min and length and not length % _DAY
        return start.but(all_day=True) if whole else start

    def length(self, event: Component, start: Moment) -> timedelta:
        """Return how long an event takes; nothing if it does not say so."""
        if end := event.first("DTEND"):
            return max(self.moment(end).instant - start.instant, timedelta())
        return _duration(event.text("DURATION"))

    def dates(self, event: Component, start: Moment, last: date) -> list[datetime]:
        """Return the dates of a series until a day, on the clock of its zone, each once and in order."""
        until = datetime.combine(last, time.max)
        made, excluded = {start.clock}, set[datetime]()
        if event.first("RRULE") and start.clock.year < EARLIEST:
            raise UnreadableTime(f"it starts before {EARLIEST}")
        try:
            for one in event.all("RRULE"):
                made.update(self._by_rule(one.value, start, until))
            for one in event.all("EXRULE"):
                excluded.update(self._by_rule(one.value, start, until))
        except ValueError:
            raise UnreadableTime("its rule cannot be read") from None
        made.update(self._beside(start, moment) for moment in self._listed(event, "RDATE") if not moment.all_day)
        excluded_days = set[date]()
        for moment in self._listed(event, "EXDATE"):
            if moment.all_day:
                excluded_days.add(moment.clock.date())
            else:
                excluded.add(self._beside(start, moment))
        return sorted(one for one in made - excluded if one <= until and one.date() not in excluded_days)

    @staticmethod
    def _beside(start: Moment, moment: Moment) -> datetime:
        """Return a time on the clock of a series; one of the same zone as it stands, even if the clock skips it."""
        return moment.clock if moment.zone is start.zone else moment.on_clock_of(start.zone)

    def _listed(self, event: Component, name: str) -> Iterator[Moment]:
        """Yield the times of a list; of a period, its start."""
        texts = [(text, one.parameters) for one in event.all(name) for text in one.value.split(",") if text.strip()]
        if len(texts) > _MOST_LISTED:
            raise UnreadableTime(f"it lists more than {_MOST_LISTED:,} dates")
        for text, parameters in texts:
            yield self._moment(text.strip().partition("/")[0], parameters)

    def _by_rule(self, rule: str, start: Moment, until: datetime) -> Iterator[datetime]:
        """Yield the dates of a rule; MentorlogError if the file has too many."""
        parts = _parts(rule)
        if end := parts.pop("UNTIL", ""):
            until = min(until, self._last(end, start))
        found = False
        for one in rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start.clock):
            found = True
            self._dates_left -= 1
            if self._dates_left < 0:
                raise MentorlogError(
                    f"The series of this calendar have more than {_MOST_DATES:,} dates.", "export fewer of its events"
                )
            if one > until:
                break
            yield one
        self._impossible_left -= not found
        if self._impossible_left < 0:
            raise MentorlogError(
                f"More than {_MOST_IMPOSSIBLE} series of this calendar never take place.", "export fewer of its events"
            )

    def _last(self, text: str, start: Moment) -> datetime:
        """Return the end of a rule on the clock of the series: a whole day, a moment in UTC, or the hour itself."""
        moment = self._moment(text, {})
        if moment.all_day:
            return datetime.combine(moment.clock, time.max)
        return self._beside(start, moment) if moment.zone is UTC else moment.clock

    def _moment(self, text: str, parameters: Mapping[str, str]) -> Moment:
        found = _TIME.fullmatch(text.upper())
        numbers = (int(part or 0) for part in found.groups()[:6]) if found else [0] * 6
        year, month, day, hour, minute, second = numbers
        try:
            clock = datetime(year, month, day, hour, minute, min(second, 59))  # a leap second is the 60th
        except ValueError:  # a month 0 has no days
            raise UnreadableTime("its date cannot be read") from None
        if found is None or found[4] is None:
            return Moment(clock, self._zone, all_day=True)
        named = parameters.get("TZID", "")
        return Moment(clock, UTC if found[7] else self._zone_of(named) if named else self._zone)

    def _zone_of(self, name: str) -> tzinfo:
        if name not in self._zones:
            self._zones[name] = _known(name) or _made(self._custom.get(name, ()))
        zone = self._zones[name]
        if zone is None:
            raise UnreadableTime(f"its time zone {shortened(name)} is unknown")
        return zone


def _duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text.upper())
    if not found:
        return timedelta()
    parts = zip(_SECONDS_IN.values(), found.groups(), strict=True)
    return timedelta(seconds=sum(seconds * int(count or 0) for seconds, count in parts))


# Time zones


def _known(name: str) -> tzinfo | None:
    """Return a zone by its name in the database, its name in Windows, or either behind the name of a program."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # icalendar warns of names behind that of a program
            return TZP().timezone(name)  # the one of icalendar remembers zones of other files
    except (ValueError, KeyError, OSError):  # a name such as Europe is a folder of the database
        return None


_MOST_RULES = 20  # of a zone: those of today, and some of the past
_YEARLY = re.compile(
    r"FREQ=YEARLY(;INTERVAL=1)?|BYMONTH=(1[0-2]|[1-9])|BYDAY=[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)|WKST=[A-Z]{2}"
    r"|BYMONTHDAY=-?[0-9]{1,2}(,-?[0-9]{1,2}){0,30}|UNTIL=[0-9TZ]{8,16}|COUNT=[0-9]{1,4}|INTERVAL=1"
)


def _made(lines: Sequence[str]) -> tzinfo | None:
    """Return the zone that a file describes; None if it does so in a way that no calendar program does."""
    rules = [line.partition(":")[2].strip().upper() for line in lines if line.upper().startswith("RRULE")]
    if not lines or len(lines) > 100 * _MOST_RULES or len(rules) > _MOST_RULES or not all(map(_is_yearly, rules)):
        return None
    try:
        described = Timezone.from_ical("\r\n".join(lines))
        zone: tzinfo | None = described.to_tz(lookup_tzid=False) if isinstance(described, Timezone) else None
        datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return None
    return zone


def _is_yearly(rule: str) -> bool:
    """Return whether a rule has one date in most years, as changes of the clock do."""
    parts = [part for part in rule.split(";") if part]
    if "FREQ=YEARLY" not in parts or not all(map(_YEARLY.fullmatch, parts)):
        return False
    values = dict(part.split("=") for part in parts)
    days = [abs(int(day)) for day in values.get("BYMONTHDAY", "1").split(",")]
    return 0 < min(days) <= 28 and not ("BYMONTHDAY" in values and values.get("BYDAY", "")[:1] in "+-12345")


# Rules of series

_NUMBERS = r"[+-]?\d{1,3}(,[+-]?\d{1,3}){0,365}"
_ONE_OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,8}",
    "BYDAY": r"([+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU))(,[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)){0,365}",
    "BYMONTH": r"(1[0-2]|0?[1-9])(,(1[0-2]|0?[1-9])){0,11}",
    "BYSETPOS": _NUMBERS,
    "BYMONTHDAY": _NUMBERS,
    "BYYEARDAY": _NUMBERS,
    "BYWEEKNO": _NUMBERS,
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    **dict.fromkeys(_ONE_OF_A_DAY, r"\d{1,2}"),
}
_BY_DAYS = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_ZEROS = re.compile(r"(?:^|,)[+-]?0+(?:,|[A-Z]|$)")


def _parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule; UnreadableTime for one that no calendar program writes, or that never ends.

    Dates are looked for day by day: what asks for more than one a day, or for days that are rare, could take hours.
    """
    parts = dict[str, str]()
    for part in filter(None, rule.upper().replace(" ", "").split(";")):
        name, _, value = part.partition("=")
        if name == "FREQ" and value in ("HOURLY", "MINUTELY", "SECONDLY"):
            raise UnreadableTime("it repeats more than once a day")
        if name in _ONE_OF_A_DAY and "," in value:
            raise UnreadableTime("it repeats more than once a day")
        if name != "UNTIL" and not re.fullmatch(_PARTS.get(name, "(?!)"), value):
            raise UnreadableTime("its rule cannot be read")
        parts[name] = value
    signed = [parts.get(name, "1") for name in (*_BY_DAYS, "BYSETPOS", "BYDAY")]
    is_rare = parts.get("FREQ") in ("DAILY", "WEEKLY") and any(name in parts for name in _BY_DAYS)
    if "FREQ" not in parts or is_rare or any(map(_ZEROS.search, signed)):
        raise UnreadableTime("its rule cannot be read")
    hours = [int(parts.get(name, "0")) for name in _ONE_OF_A_DAY]
    if hours[0] > 23 or max(hours[1:]) > 59:
        raise UnreadableTime("its rule cannot be read")
    return parts
