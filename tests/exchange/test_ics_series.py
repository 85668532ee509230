"""The dates of a calendar: series and what changes them, time zones by any name, and what would never end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.calendar_files import WEEKLY, calendar, days, event, only, read, stays, wanted
from mentorlog.errors import MentorlogError
from mentorlog.exchange import ics
from mentorlog.exchange.incoming import Batch

# Series


def series(rule: str, *lines: str, start: str = "20261102T080000", **changes: Any) -> Batch:
    """The batch of one event that repeats."""
    return read(event(*([f"RRULE:{rule}"] if rule else []), *lines, start=start), **changes)


@pytest.mark.parametrize(
    ("rule", "lines", "expected"),
    [
        ("FREQ=WEEKLY", [], ["11-02", "11-09", "11-16", "11-23", "11-30", "12-07"]),
        ("FREQ=WEEKLY;COUNT=3", [], ["11-02", "11-09", "11-16"]),
        ("FREQ=WEEKLY;COUNT=3", ["EXDATE:20261109T080000"], ["11-02", "11-16"]),
        ("FREQ=WEEKLY;UNTIL=20261109", [], ["11-02", "11-09"]),
        ("FREQ=WEEKLY;UNTIL=20261109T060000Z", [], ["11-02", "11-09"]),
        ("FREQ=WEEKLY;UNTIL=20261109T055959Z", [], ["11-02"]),
        ("FREQ=WEEKLY;UNTIL=20261109T080000;COUNT=9", [], ["11-02", "11-09"]),
        ("FREQ=MONTHLY;BYDAY=-1MO", [], ["11-02", "11-30", "12-28"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;WKST=MO;", [], ["11-02", "11-05", "11-16", "11-19", "11-30", "12-03"]),
        ("freq=monthly;bymonthday=15;byhour=8;byminute=0", [], ["11-02", "11-15", "12-15"]),
        ("FREQ=WEEKLY", ["EXDATE;VALUE=DATE:20261109,20261130"], ["11-02", "11-16", "11-23", "12-07"]),
        ("FREQ=WEEKLY", ["EXDATE:20261109T060000Z"], ["11-02", "11-16", "11-23", "11-30", "12-07"]),
        ("FREQ=WEEKLY", ["EXRULE:FREQ=WEEKLY;INTERVAL=2"], ["11-09", "11-23", "12-07"]),
        ("FREQ=YEARLY", [], ["11-02"]),
        ("", ["RDATE;VALUE=PERIOD:20261105T080000/PT1H,20261203T080000/PT1H"], ["11-02", "11-05", "12-03"]),
        ("", ["RDATE:20261105T060000Z", "RDATE:20261203T080000"], ["11-02", "11-05", "12-03"]),
    ],
)
def test_of_a_series_the_past_and_the_next_come(rule: str, lines: list[str], expected: list[str]) -> None:
    """Rules end by a count, a day or a moment; single dates are taken out and added; only the next one is planned."""
    assert days(series(rule, *lines)) == [f"{day} 08:00" for day in expected]


def test_the_key_of_a_date_is_its_day_before_any_change() -> None:
    """So a series whose hour is moved is the same records, which differ; a second date of one day has its hour too."""
    one, other = series("FREQ=WEEKLY"), series("FREQ=WEEKLY", "RDATE:20261102T170000", start="20261102T083000")

    assert one.records[0].source == other.records[0].source == "ics:u1/20261102"
    assert other.records[1].source == "ics:u1/20261102T170000"


def change(of: str, *lines: str, **more: Any) -> str:
    """A component that changes one date of the series."""
    return event(f"RECURRENCE-ID{of if of[0] == ';' else f':{of}'}", *lines, **more)


def test_one_date_of_a_series_moves_or_is_cancelled() -> None:
    """A change is found by the date that it replaces, in UTC or in another zone too, and by its day."""
    batch = read(
        change("20261109T080000", start="20261110T140000"),
        WEEKLY,
        change("20261116T060000Z", "STATUS:CANCELLED", start="20261116T080000"),
        change(";TZID=Europe/Berlin:20261123T070000", start=";TZID=Europe/Berlin:20261123T100000", summary="Films"),
        change("20261207T093000", start="20261208T093000"),
    )

    assert days(batch) == ["11-02 08:00", "11-10 14:00", "11-23 11:00", "11-30 08:00", "12-08 09:30"]
    assert [one.source[-8:] for one in batch.records] == ["20261102", "20261109", "20261123", "20261130", "20261207"]
    assert batch.records[2].at_first["mentors"] == ("osler",)
    assert stays(batch) == {"Osler: cancelled": 1}


def test_if_the_next_date_is_cancelled_the_one_after_is_next() -> None:
    """So is one that I declined."""
    gone = change("20261207T080000", "STATUS:CANCELLED", start="20261207T080000")
    mine = change("20261214T080000", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@x.org", start="20261214T080000")

    assert days(read(WEEKLY, gone, mine, email="me@x.org"))[-1] == "12-21 08:00"


def test_all_later_dates_move() -> None:
    """THISANDFUTURE moves the dates from one on by the same time, until another does; their keys stay."""
    batch = read(
        WEEKLY,
        change(";RANGE=THISANDFUTURE:20261116T080000", "LOCATION:Ward", start="20261117T090000"),
        change(";RANGE=THISANDFUTURE:20261130T080000", start="20261130T070000"),
        change("20261123T080000", start="20261123T080000"),
    )

    assert days(batch) == ["11-02 08:00", "11-09 08:00", "11-17 09:00", "11-23 08:00", "11-30 07:00", "12-07 07:00"]
    assert batch.records[2].source == "ics:u1/20261116"
    assert batch.records[2].fields["place"] == "Ward"


def test_a_change_alone_is_a_meeting() -> None:
    """An invitation to one date of a series comes without the series."""
    one = only(read(change(";TZID=Europe/Berlin:20261207T070000", start=";TZID=Europe/Berlin:20261207T100000")))

    assert (one.source, one.fields["at"]) == ("ics:u1/20261207", "11:00")


def test_the_newest_of_several_with_one_uid_counts() -> None:
    """A file of several calendars may have an event twice; what is left out is counted."""
    old, new = event("SEQUENCE:9", start="20261208T080000"), event("SEQUENCE:10", start="20261209T080000")
    undated = event(start="20261210T080000")
    file = calendar(new, undated) + calendar(old)

    batch = ics.read(file, wanted())

    assert days(batch) == ["12-09 08:00"]
    assert stays(batch) == {"an older copy of another event": 2}


def test_events_without_a_uid_are_told_apart() -> None:
    """The key is made of what they say; so is that of a UID that is too long, or not printable."""
    batch = read(
        event(uid=""), event(uid=""), event(uid="", start="20261208T080000"), event(uid="\ue000"), event(uid="x" * 999)
    )

    sources = [one.source for one in batch.records]
    assert len(set(sources)) == 4
    assert all(one.startswith("ics:sha256-") for one in sources)
    assert stays(batch) == {"an older copy of another event": 1}


# Time zones

CUSTOM = """BEGIN:VTIMEZONE
TZID:Hospital time
BEGIN:STANDARD
DTSTART:16010101T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0530
TZOFFSETTO:+0430
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0430
TZOFFSETTO:+0530
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("20261207T080000", "12-07 08:00"),
        ("20261207T080000Z", "12-07 10:00"),
        (";TZID=America/New_York:20261207T200000", "12-08 03:00"),
        (';TZID="America/New_York":20261207T200000', "12-08 03:00"),
        (";TZID=W. Europe Standard Time:20261207T080000", "12-07 09:00"),
        (";TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261207T080000", "12-07 09:00"),
        (";TZID=Hospital time:20261207T080000", "12-07 05:30"),
        (";TZID=Hospital time:20270401T080000", "04-01 05:30"),
        # The clocks of Athens go forward on 28 March 2027 at 3, and back on 31 October at 4.
        ("20270328T033000", "03-28 04:30"),
        (";TZID=Europe/Berlin:20270328T023000", "03-28 04:30"),
        ("20271031T033000", "10-31 03:30"),
        ("20271031T013000Z", "10-31 03:30"),
    ],
)
def test_an_hour_is_that_of_the_journal(start: str, expected: str) -> None:
    """From UTC, from zones by the names that programs give them, from one that only the file knows; or without one."""
    batch = read(CUSTOM.replace("\n", "\r\n"), event(start=start), until=date(2028, 1, 1))

    assert days(batch) == [expected]


def test_a_series_keeps_the_hour_of_its_zone() -> None:
    """When the clocks of New York change a week after those of Athens, the meeting here is an hour earlier."""
    batch = series("FREQ=WEEKLY", start=";TZID=America/New_York:20261019T080000")

    assert days(batch)[:3] == ["10-19 15:00", "10-26 14:00", "11-02 15:00"]


@pytest.mark.parametrize("name", ["Nowhere/Town", "Europe", "../../etc/passwd", "x" * 5000, "Customized Time Zone"])
def test_an_unknown_zone_is_not_guessed(name: str) -> None:
    """The event stays, with the name of the zone."""
    (why,) = stays(read(event(start=f";TZID={name}:20261207T080000")))

    assert why.startswith("Osler: its time zone '")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYHOUR=1,2",
        "FREQ=YEARLY;BYDAY=1SU;BYMONTHDAY=28",
    ],
)
def test_a_zone_that_no_program_describes_is_unknown(rule: str) -> None:
    """Its changes would be looked for without end."""
    zone = CUSTOM.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", rule).replace("\n", "\r\n")
    batch = read(zone, event(start=";TZID=Hospital time:20261207T080000"))

    assert stays(batch) == {"Osler: its time zone 'Hospital time' is unknown": 1}


# Limits


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "it repeats more than once a day"),
        ("FREQ=HOURLY;COUNT=87600", "it repeats more than once a day"),
        ("FREQ=DAILY;BYHOUR=8,9", "it repeats more than once a day"),
        ("FREQ=DAILY;INTERVAL=0", "its rule cannot be read"),
        ("FREQ=DAILY;INTERVAL=99999999999999", "its rule cannot be read"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "its rule cannot be read"),
        ("FREQ=MONTHLY;BYDAY=0MO", "its rule cannot be read"),
        ("FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO", "its rule cannot be read"),
        ("FREQ=DAILY;BYHOUR=99", "its rule cannot be read"),
        ("FREQ=DAILY;COUNT=" + "9" * 5000, "its rule cannot be read"),
        ("FREQ=DAILY;UNTIL=tomorrow", "its date cannot be read"),
        ("FREQ=DAILY;__proto__=1", "its rule cannot be read"),
        ("W1 MO #0", "its rule cannot be read"),
        ("COUNT=3", "its rule cannot be read"),
        ("((((", "its rule cannot be read"),
    ],
)
def test_a_series_that_cannot_be_read_stays(rule: str, why: str) -> None:
    """Whatever a rule asks for, the answer comes at once."""
    assert stays(series(rule)) == {f"Osler: {why}": 1}


def test_a_series_without_end_is_cut_at_the_window() -> None:
    """Daily since 1970 is counted from its first date; what is before that is not a series of meetings."""
    batch = series("FREQ=DAILY", start="19700101T080000", since=date(2026, 11, 29))

    assert days(batch) == ["11-29 08:00", "11-30 08:00", "12-01 08:00"]
    assert stays(series("FREQ=DAILY", start="19691231T080000")) == {"Osler: it starts before 1970": 1}


@pytest.mark.slow
def test_series_have_limits_together() -> None:
    """More dates than any calendar has are refused in a sentence."""
    daily = [event("RRULE:FREQ=DAILY", start="19700101T080000", uid=f"u{number}") for number in range(6)]
    with pytest.raises(MentorlogError, match="more than 100,000 dates"):
        read(*daily)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_series_that_never_take_place_are_few() -> None:
    """Each is looked for until the year 9999, so a file of them is refused."""
    never = [event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", uid=f"u{number}") for number in range(6)]
    with pytest.raises(MentorlogError, match="More than 5 series of this calendar never take place"):
        read(*never)


@pytest.mark.slow
def test_a_calendar_has_fewer_meetings_than_an_import_takes() -> None:
    """The options that take a part of it are named."""
    with pytest.raises(MentorlogError, match="more than 20,000 meetings") as caught:
        read(*[event(uid=f"u{number}") for number in range(20_001)])

    assert "--since" in caught.value.hint


@pytest.mark.parametrize(
    ("start", "lines", "why"),
    [
        ("", [], "it has no date"),
        ("20261307T080000", [], "its date cannot be read"),
        ("99991231T235959Z", [], "its date cannot be read"),
        (";TZID=Asia/Tokyo:00010101T000000", [], "its date cannot be read"),
        ("PT1H", [], "its date cannot be read"),
        ("١٢٣٤٥٦٧٨", [], "its date cannot be read"),
        ("20261102T080000", ["RDATE:" + "20261102T080000," * 10_001], "it lists more than 10,000 dates"),
        ("20261102T080000", ["RRULE:FREQ=DAILY", "EXDATE:nonsense"], "its date cannot be read"),
    ],
)
def test_a_time_that_cannot_be_read_stays(start: str, lines: list[str], why: str) -> None:
    """With its title, as it is with a mentor."""
    assert stays(read(event(*lines, start=start))) == {f"Osler: {why}": 1}


LINES = st.lists(
    st.sampled_from(
        [
            *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:VALARM", "END:VALARM", "TZID:A"),
            *("UID:1", "UID:", "SUMMARY:Osler", 'SUMMARY;X="a:b":Curie', "DTSTART:20261102T080000", "DTSTART:"),
            *("DTSTART;TZID=A:20261102T080000", "DTSTART;VALUE=DATE:20261102", "DTEND:20261102T070000", "DURATION:PT"),
            *("RRULE:FREQ=DAILY", "RRULE:FREQ=MONTHLY;BYDAY=5MO", "RRULE:", "EXDATE:20261103T080000", "RDATE:,"),
            *("RECURRENCE-ID:20261103T080000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261105T080000", "SEQUENCE:x"),
            *("STATUS:CANCELLED", "ATTENDEE:", "ORGANIZER;CN=:mailto:", " folded", "\t", ":", ";", "\x00", "X"),
        ]
    ),
    max_size=25,
)


@given(lines=LINES)
def test_any_lines_are_read_or_refused(lines: list[str]) -> None:
    """A file of any lines is a batch, or an error of ours."""
    data = "\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode()
    try:
        batch = ics.read(data, wanted())
    except MentorlogError:
        return
    sources = [one.source for one in batch.records]
    assert len(set(sources)) == len(sources)
