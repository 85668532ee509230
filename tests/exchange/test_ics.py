"""A calendar file comes in as the meetings with mentors that it has; all else is counted, not shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exchange.calendar_files import WEEKLY, calendar, days, event, only, read, stays, wanted
from mentorlog.errors import MentorlogError
from mentorlog.exchange import ics
from mentorlog.exchange.ics_mentors import Known
from mentorlog.exchange.incoming import Incoming
from mentorlog.models.meeting import Meeting

KHAL = Path(__file__).parent.parent / "data" / "imports" / "khal-0.14.ics"


# The real file


def test_the_file_of_khal_has_what_the_prototype_found() -> None:
    """Eight meetings held, the next one of the series and one more planned; two events are with nobody."""
    batch = ics.read(KHAL.read_bytes(), wanted())

    statuses = [one.at_first["status"] for one in batch.records]
    assert (statuses.count("held"), statuses.count("planned")) == (8, 2)
    assert stays(batch) == {"with nobody of this journal": 2}
    assert days(batch)[-2:] == ["12-02 08:00", "12-10 15:00"]
    assert batch.records[-1].fields["place"] == "Zoom"
    assert batch.records[-1].at_first["mode"] == "video"
    assert batch.records[-1].kept == {"summary": "Coffee with Marie Curie", "categories": ["mentoring"]}
    assert batch.remarks[0].startswith("8 meetings in the file are over and come in as held;")


def test_a_record_is_what_the_event_says() -> None:
    """Day, hour, length and place are compared later; what is for the journal to change is for new ones only."""
    one = only(
        read(event("DTEND:20261207T084500", "LOCATION:Ward 4\\, room 2", "DESCRIPTION:secret", "URL:https://x.org"))
    )

    assert one == Incoming(
        Meeting,
        "ics:u1",
        {"on": date(2026, 12, 7), "at": "08:00", "minutes": 45, "place": "Ward 4, room 2"},
        {"summary": "Osler", "url": "https://x.org"},
        at_first={"status": "planned", "mentors": ("osler",), "kind": "regular"},
        title="Osler",
        how="by last name",
    )


# Whose


@pytest.mark.parametrize(
    ("summary", "lines", "mentors", "how"),
    [
        ("Coffee with marie curie", [], ("curie",), "by full name"),
        ("Rontgen: the hand", [], ("roentgen",), "by last name"),
        ("Joliot-Curie", [], ("joliot",), "by last name"),
        ("Oslerian society", [], (), ""),
        ("1:1", ["ATTENDEE;CN=Bill:MAILTO:osler@example.org"], ("osler",), "by e-mail address"),
        ("1:1", ["ORGANIZER:mailto:osler@example.org"], ("osler",), "by e-mail address"),
        ("1:1", ['ATTENDEE;EMAIL="osler@example.org":/aMjA/principal/'], ("osler",), "by e-mail address"),
        ("1:1", ['ATTENDEE;CN="Curie, Marie":invalid:nomail'], ("curie",), "by name of a guest"),
        ("Films, week 3", [], ("roentgen",), "by --match"),
        ("Microfilms", [], (), ""),
        (
            "Osler and Marie Curie",
            ["ATTENDEE:mailto:osler@example.org"],
            ("osler", "curie"),
            "osler by e-mail address, curie by full name",
        ),
    ],
)
def test_whose_an_event_is(summary: str, lines: list[str], mentors: tuple[str, ...], how: str) -> None:
    """By the addresses and names of guests, by names in the title, or by words that the resident gave."""
    batch = read(event(*lines, summary=summary), titles=[("films", "roentgen")])

    if mentors:
        one = only(batch)
        assert (one.at_first["mentors"], one.how) == (
            mentors,
            f"by {how}" if not how.startswith(("by", "osler")) else how,
        )
        assert one.at_first["kind"] == ("group" if len(mentors) > 1 else "regular")
    else:
        assert stays(batch) == {"with nobody of this journal": 1}


def test_every_event_can_be_with_one_mentor() -> None:
    """A calendar of its own, or an invitation, needs no name."""
    one = only(read(event(summary="Invitation"), everyone="curie"))

    assert (one.at_first["mentors"], one.how) == (("curie",), "by --with")


def test_a_last_name_of_two_mentors_means_none() -> None:
    """The events are counted with the name that is unclear, and --match is named; a full name is clear."""
    people = [Known("frederic", "Frédéric Joliot"), Known("irene", "Irène Joliot")]

    batch = read(event(summary="Joliot"), event(summary="Irene Joliot", uid="u2"), people=people)

    assert only(batch).at_first["mentors"] == ("irene",)
    assert stays(batch) == {"with a last name that several mentors have (joliot); use --match": 1}


def test_the_titles_of_other_events_are_shown_nowhere() -> None:
    """What is with nobody of the journal is only counted."""
    batch = read(event(summary="Oncologist, results"))

    assert "ncolog" not in repr(batch)


# What stays


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["STATUS:CANCELLED"], "cancelled"),
        (["ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org"], "you declined it"),
        (["ATTENDEE;PARTSTAT=declined;CN=x:mailto:OSLER@example.org"], "your mentor declined it"),
        (["DURATION:P1D"], None),
    ],
)
def test_what_does_not_take_place_stays(lines: list[str], why: str | None) -> None:
    """Cancelled events, and those that one of the two declined; the title is a mentor's, so it is shown."""
    batch = read(event(*lines), email="me@example.org")

    assert stays(batch) == ({f"Osler: {why}": 1} if why else {})


@pytest.mark.parametrize(
    "lines", [[], ["DTEND;VALUE=DATE:20261209"], ["DTEND:20261208T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"]]
)
def test_whole_days_stay(lines: list[str]) -> None:
    """A day without an hour is no meeting, nor is one from midnight to midnight."""
    start = "20261207T000000" if len(lines) == 2 else ";VALUE=DATE:20261207"

    assert stays(read(event(*lines, start=start))) == {"Osler: all day": 1}


def test_other_components_are_counted() -> None:
    """To-dos stay, and so does what is no event at all; alarms within an event are part of it."""
    todo = "BEGIN:VTODO\r\nSUMMARY:Osler\r\nEND:VTODO"
    alarm = "BEGIN:VALARM\r\nSUMMARY:Curie\r\nEND:VALARM"

    batch = read(todo, todo, todo.replace("VTODO", "X-NOTE"), event(alarm))

    assert only(batch).at_first["mentors"] == ("osler",)
    assert stays(batch) == {"a to-do": 2, "not an event": 1}


def test_days_outside_the_window_stay() -> None:
    """They are counted with the option that brings them in."""
    batch = read(event(start="20200107T080000"), event(start="20290107T080000", uid="u2"))

    assert stays(batch) == {"before Sun 30 Nov 2025; use --since": 1, "after Fri 29 Jan 2027; use --until": 1}
    assert len(read(event(start="20200107T080000"), since=date(2020, 1, 1)).records) == 1


# Past and to come


@pytest.mark.parametrize(
    ("start", "lines", "status"),
    [
        ("20261129T080000", [], "held"),
        ("20261130T080000", ["DURATION:PT1H"], "held"),
        ("20261130T080000", ["DURATION:PT1H1M"], "planned"),
        ("20261130T110000", [], "planned"),
    ],
)
def test_a_meeting_was_held_once_it_is_over(start: str, lines: list[str], status: str) -> None:
    """One that is going on is planned."""
    assert only(read(event(*lines, start=start))).at_first["status"] == status


def test_what_is_over_can_be_asked_about_or_left_out() -> None:
    """--past planned saves a plan, which `status` asks about; --past skip counts what it leaves out."""
    over = event(start="20261102T080000")

    planned = read(over, past="planned")
    assert only(planned).at_first["status"] == "planned"
    assert planned.remarks == ("1 meeting in the file is over and comes in as planned.",)
    assert stays(read(over, past="skip")) == {"over": 1}


# What the journal has already


def here(id: str = "m4k2p", **more: Any) -> Any:
    """A meeting of the journal."""
    return {"id": id, "on": "2026-12-07", "at": None, "mentors": ["osler"], "source": None, **more}


@pytest.mark.parametrize(
    ("known", "stays_there"),
    [
        ({}, True),
        ({"at": "08:00", "mentors": ["curie", "osler"], "source": "csv:1"}, True),
        ({"at": "14:00"}, False),
        ({"on": "2026-12-08"}, False),
        ({"mentors": ["curie"]}, False),
        ({"source": "ics:u1"}, False),
    ],
)
def test_a_meeting_that_was_logged_by_hand_does_not_come_twice(known: dict[str, Any], stays_there: bool) -> None:
    """One with the same mentor on the same day, at the same hour if it has one, is the same meeting."""
    expected = {"Osler: already in the journal as m4k2p": 1} if stays_there else {}

    assert stays(read(event(), meetings=[here(**known)])) == expected


def test_our_own_meetings_are_found_by_their_uid() -> None:
    """Their day and hour may have moved; nothing else of them comes back, nor do other dates of this journal."""
    prefix = "mentorlog-abc-"
    batch = read(
        event(uid=f"{prefix}mb9st", start="20261210T060000Z", summary="x"),
        event(uid=f"{prefix}mc4rn", start=";VALUE=DATE:20261211"),
        event(uid=f"{prefix}md2vn"),
        event("STATUS:CANCELLED", uid=f"{prefix}mf2rs"),
        event(uid=f"{prefix}gf7km-due"),
        event(uid=f"{prefix}review"),
        event(uid="mentorlog-other-mb9st", start="20261212T080000"),
        meetings=[here(id) for id in ("mb9st", "mc4rn", "mf2rs")],
    )

    assert batch.records[:2] == (
        Incoming(Meeting, f"ics:{prefix}mb9st", {"on": date(2026, 12, 10), "at": "08:00"}, id="mb9st"),
        Incoming(Meeting, f"ics:{prefix}mc4rn", {"on": date(2026, 12, 11)}, id="mc4rn"),
    )
    assert [one.source for one in batch.records[2:]] == ["ics:mentorlog-other-mb9st"]
    assert stays(batch) == {
        "a meeting that is not in this journal any more": 1,
        "a meeting of this journal that is marked as cancelled": 1,
        "a date of another record of this journal": 2,
    }


# Bad files


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"<!DOCTYPE html><p>Sign in", "it does not start with BEGIN:VCALENDAR"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "it starts with 'BEGIN:VCARD'"),
        (b"\xff\xfeB\x00", "it is UTF-16 text"),
        (b"BEGIN:VCALENDAR\nX:\x00\nEND:VCALENDAR", "it has a NUL character"),
        (b"BEGIN:VCALENDAR\nX:\xe9\nEND:VCALENDAR", r"it is not UTF-8 text \(line 2\)"),
        (b"BEGIN:VCALENDAR\n" * 10_000, "it is nested too deeply"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "it ends in the middle of an event"),
        (b"BEGIN:VCALENDAR\n", "it ends in the middle of the calendar"),
        (b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "'END:VEVENT' ends what is not open"),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes, why: str) -> None:
    """One sentence says why, and a hint what to do."""
    with pytest.raises(MentorlogError, match=why) as caught:
        ics.read(data, wanted())

    assert caught.value.hint


def test_lines_that_are_no_properties_are_skipped_and_counted() -> None:
    """Some programs break a text without a blank at the start of the next line."""
    batch = read(event("DESCRIPTION:one", "two", 'ATTENDEE;CN="open:mailto:x@y.org'))

    assert len(batch.records) == 1
    assert batch.remarks == ("2 lines of the file could not be read.",)


def test_a_line_may_be_folded_within_a_letter() -> None:
    """Some programs fold by bytes."""
    data = calendar(event(summary="Röntgen")).replace("Röntgen".encode(), b"R\xc3\r\n \xb6nt\r\n\tgen")

    assert only(ics.read(data, wanted())).at_first["mentors"] == ("roentgen",)


def test_control_characters_of_titles_and_places_do_not_come_in() -> None:
    """Nor do line ends; what is printable stays as it is."""
    one = only(read(event("LOCATION:Ward\\n4 \x1b[31m\x7f", summary='Osler [/b] =1+1 "x" \\\\ é 日本 🩺')))

    assert one.fields["place"] == "Ward 4 [31m"
    assert one.kept["summary"] == 'Osler [/b] =1+1 "x" \\ é 日本 🩺'


def test_a_calendar_of_ten_years_is_read_once_a_line() -> None:
    """Thousands of events with nobody are counted, and their times are not looked at."""
    many = [event(start="nonsense", summary="Clinic", uid=f"n{number}") for number in range(2_000)]

    assert stays(read(*many, WEEKLY))["with nobody of this journal"] == 2_000
