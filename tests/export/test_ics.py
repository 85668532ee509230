"""The calendar: what becomes an event or a to-do, on which day and at which hour, in bytes as RFC 5545 wants them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from icalendar import Calendar

from export.calendars import NOW, components, made
from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain.audience import SELF
from mentorlog.export.ics_components import Review
from mentorlog.models.goal import Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Cadence
from mentorlog.output.text import safe, safe_block
from output.payloads import ANY_TEXT, PAYLOADS

OSLER, CURIE = make_mentor(name="William Osler, MD"), make_mentor(id="curie", name="Marie Curie")
DUE, BY = date(2026, 12, 6), date(2026, 12, 27)


def shown(*records: Any, **options: Any) -> dict[str, tuple[str, ...]]:
    """Return the day, summary, status and description of every component."""
    found = components(made([OSLER, CURIE, *records], **options))
    return {
        id: (one.day, one.text("SUMMARY"), one["STATUS"], one.text("DESCRIPTION")) for id, one in sorted(found.items())
    }


# What becomes what


def test_meetings_are_events() -> None:
    """With a time they have an hour, else the day; cancelled and missed ones are cancelled."""
    agenda = (AgendaItem(text="Choice of journal"), AgendaItem(text="Films, ten", done=True))
    found = shown(
        make_meeting(
            id="m2222", on=date(2026, 12, 2), at="14:00", status="planned", agenda=agenda, mentors=("osler", "curie")
        ),
        make_meeting(id="m3333", feeling="Calm", notes="Hidden", decisions=("Hidden",)),
        make_meeting(id="m4444", status="cancelled", mentors=()),
        make_meeting(id="m5555", status="missed"),
    )  # fmt: skip

    assert found == {
        "m2222": (
            "20261202T140000Z", "William Osler, MD and Marie Curie", "CONFIRMED", "• Choice of journal\n✓ Films, ten",
        ),
        "m3333": ("20261116", "William Osler, MD", "CONFIRMED", ""),
        "m4444": ("20261116", "Meeting", "CANCELLED", ""),
        "m5555": ("20261116", "William Osler, MD", "CANCELLED", ""),
    }  # fmt: skip


def test_tasks_and_goals_are_events_of_a_day() -> None:
    """A task that was done is cancelled, a promise says whose it is; without a date there is no event."""
    found = shown(
        make_goal(id="g2222", title="Submit a case report", by=BY, measure="It is in print"),
        make_goal(id="g3333", title="Give up tea", by=BY, status="dropped"),
        make_goal(id="g4444", title="One day"),
        make_task(id="t2222", title="Send the abstract", due=DUE, assigned_by="osler", helps="curie", goal="g2222"),
        make_task(id="t3333", title="Send the checklist", due=DUE, owner="osler", instructions="Hidden"),
        make_task(id="t4444", title="Thank Virchow", due=DUE, status="done", done_on=DUE, outcome="Hidden"),
        make_task(id="t5555", title="Read more"),
    )

    assert found == {
        "g2222-by": ("20261227", "Goal: Submit a case report", "CONFIRMED", "It is in print"),
        "g3333-by": ("20261227", "Goal: Give up tea", "CANCELLED", ""),
        "t2222-due": (
            "20261206", "Due: Send the abstract", "CONFIRMED",
            "For William Osler, MD and Marie Curie\nGoal: Submit a case report",
        ),
        "t3333-due": ("20261206", "Due: Send the checklist (from William Osler, MD)", "CONFIRMED", ""),
        "t4444-due": ("20261206", "Due: Thank Virchow", "CANCELLED", ""),
    }  # fmt: skip


def test_tasks_and_goals_are_todos_on_request() -> None:
    """Every task, with a date or without, and goals with one; the states are those of to-do lists."""
    statuses = ("todo", "doing", "waiting", "submitted", "done", "dropped")
    days = {"done": DUE}
    tasks = [
        make_task(id=f"t{n}{n}{n}{n}", status=status, done_on=days.get(status), goal="g2222", priority="high")
        for n, status in enumerate(statuses, 2)
    ]
    steps = (Progress(on=date(2026, 11, 2), percent=70),)
    goals = [
        make_goal(id="g2222", by=BY, progress=steps),
        make_goal(id="g3333", by=BY),
        make_goal(id="g4444", by=BY, status="paused", progress=steps),
        make_goal(id="g5555", by=BY, status="partly", closed_on=DUE, progress=steps),
        make_goal(id="g6666", by=BY, status="dropped", closed_on=DUE, progress=steps),
        make_goal(id="g7777"),
    ]

    document = made([*tasks, *goals], tasks="todo")
    found = components(document)

    states = ("STATUS", "PERCENT-COMPLETE", "COMPLETED")
    done = {id: tuple(map(one.properties.get, states)) for id, one in found.items()}
    assert done == {
        "t2222": ("NEEDS-ACTION", None, None), "t3333": ("IN-PROCESS", None, None),
        "t4444": ("IN-PROCESS", None, None), "t5555": ("IN-PROCESS", None, None),
        "t6666": ("COMPLETED", "100", "20261206T120000Z"), "t7777": ("CANCELLED", None, None),
        "g2222": ("IN-PROCESS", "70", None), "g3333": ("NEEDS-ACTION", None, None),
        "g4444": ("NEEDS-ACTION", "70", None), "g5555": ("COMPLETED", "100", "20261206T120000Z"),
        "g6666": ("CANCELLED", "70", None),
    }  # fmt: skip
    assert {one.name for one in found.values()} == {"VTODO"}
    assert (found["t2222"]["PRIORITY"], found["g2222"]["PRIORITY"]) == ("1", "5")
    assert found["t2222"]["RELATED-TO"] == found["g2222"]["UID"]
    assert (document.data["events"], document.data["todos"]) == (0, 11)


def test_tasks_can_stay_out() -> None:
    """With none a calendar has meetings, goals and reminders to talk, but no task."""
    assert list(shown(make_task(due=DUE), make_goal(id="g2222", by=BY), tasks="none")) == ["g2222-by"]


def test_notes_reviews_and_private_records_are_no_events() -> None:
    """Not even a private mentor of a meeting is named; for oneself, private ones are there."""
    virchow = make_mentor(id="virchow", name="Rudolf Virchow", visibility="private")
    records = [
        make_note(), make_review(), virchow, make_goal(id="g2222", by=BY, visibility="private"),
        make_task(id="t2222", due=DUE, goal="g2222", owner="virchow"),
        make_meeting(id="m2222", mentors=("osler", "virchow")),
    ]  # fmt: skip

    assert {id: texts[1] for id, texts in shown(*records).items()} == {
        "t2222-due": "Due: Draft abstract", "m2222": "William Osler, MD",
    }  # fmt: skip
    assert {id: texts[1] for id, texts in shown(*records, audience=SELF).items()} == {
        "g2222-by": "Goal: Submit case report",
        "m2222": "William Osler, MD and Rudolf Virchow",
        "t2222-due": "Due: Draft abstract (from Rudolf Virchow)",
    }


def test_whom_to_talk_to_and_when_to_reassess() -> None:
    """One event each, on the day that is handed in; the id of the first does not tell whom it is about."""
    contact = {"id": "osler", "due_on": "2026-12-14"}
    found = components(made([OSLER], contacts=[contact], review=Review("2027-01-01", "2026-10-01T09:00:00+02:00")))

    assert [one.text("SUMMARY") for one in found.values()] == ["Talk to William Osler, MD", "Reassess"]
    assert [one.day for one in found.values()] == ["20261214", "20270101"]
    assert [one["CREATED"] for one in found.values()] == ["20260901T090000Z", "20261001T070000Z"]
    assert not any("osler" in id for id in found)
    assert components(made([CURIE], contacts=[contact])) == {}


def test_places() -> None:
    """A place is the location; else the mode is, but for in person, which says nothing."""
    document = made([
        make_meeting(id="m2222", place="Room 4; west", mode="video"), make_meeting(id="m3333", mode="video"),
        make_meeting(id="m4444"), make_meeting(id="m5555", mode="workplace"),
    ])  # fmt: skip

    found = components(document)
    assert [one.text("LOCATION") for one in found.values()] == ["Room 4; west", "Video", "", "Workplace"]


def test_a_bare_calendar() -> None:
    """It has names and titles, but neither descriptions nor places."""
    agenda = (AgendaItem(text="Hidden"),)
    task = make_task(id="t2222", due=DUE, assigned_by="osler")
    document = made([OSLER, make_meeting(id="m2222", place="Hidden", agenda=agenda), task], bare=True)

    assert [one["SUMMARY"] for one in components(document).values()] == ["William Osler\\, MD", "Due: Draft abstract"]
    assert "DESCRIPTION" not in document.text and "Hidden" not in document.text


def test_reminders() -> None:
    """Only what is ahead and open has one, and only on request."""
    records = [
        make_meeting(id="m2222", on=DUE, at="9:30", status="planned"),
        make_meeting(id="m3333", on=DUE, status="planned"),
        make_meeting(id="m4444", at="9:30"), make_meeting(id="m5555", on=DUE, at="9:30", status="cancelled"),
        make_task(id="t2222", due=DUE), make_task(id="t3333", due=DUE, status="dropped"), make_task(id="t4444"),
        make_goal(id="g2222", by=BY, status="paused"),
    ]  # fmt: skip
    ahead = {"remind": timedelta(minutes=15), "remind_due": timedelta(days=1)}

    def alarms(**options: Any) -> dict[str, dict[str, str]]:
        found = components(made(records, **options))
        return {id: one.inner[0].properties for id, one in found.items() if one.inner}

    events, todos = alarms(**ahead), alarms(**ahead, tasks="todo")
    assert alarms() == {}
    assert {id: alarm["TRIGGER"] for id, alarm in events.items()} == {
        "m2222": "-PT15M", "m3333": "-P1D", "t2222-due": "-P1D",
    }  # fmt: skip
    assert events["m2222"]["ACTION"] == "DISPLAY"
    assert todos["t2222"]["TRIGGER;RELATED=END"] == "-P1D" and "t4444" not in todos


# Hours


@pytest.mark.parametrize(
    ("zone", "on", "at", "start"),
    [
        ("Europe/Athens", "2026-12-02", "14:00", "20261202T120000Z"),
        ("Europe/Athens", "2026-07-02", "14:00", "20260702T110000Z"),
        ("Europe/Athens", "2026-03-29", "03:30", "20260329T013000Z"),  # clocks skip it
        ("Europe/Athens", "2026-10-25", "03:30", "20261025T003000Z"),  # it comes twice: the first one
        ("America/Los_Angeles", "2026-12-02", "23:50", "20261203T075000Z"),
        ("Pacific/Kiritimati", "2026-12-02", "09:00", "20261201T190000Z"),
        ("UTC", "2028-02-29", "00:00", "20280229T000000Z"),
        ("Asia/Tokyo", "0001-01-01", "09:00", "00010101"),  # no such time in UTC: the day
    ],
)
def test_hours_are_in_utc(zone: str, on: str, at: str, start: str) -> None:
    """The hour of the wall in the zone is the one in the file, in every season."""
    meeting = make_meeting(id="m2222", on=date.fromisoformat(on), at=at)

    assert components(made([meeting], zone=ZoneInfo(zone)))["m2222"].day == start


def test_the_end_of_a_meeting() -> None:
    """Its own length, else that of the mentor's cadence, else 30 minutes; over midnight too."""
    found = components(
        made([
            make_meeting(id="m2222", on=DUE, at="23:50"), make_meeting(id="m3333", on=DUE, at="23:50", minutes=90),
            make_meeting(id="m4444", on=DUE, at="23:50", mentors=("curie", "osler")),
            make_mentor(cadence=Cadence(every_days=28, minutes=45)),
        ], minutes={"osler": 45})
    )  # fmt: skip

    ends = [one["DTEND"] for id, one in found.items() if id[0] == "m"]
    assert ends == ["20261207T003500Z", "20261207T012000Z", "20261207T003500Z"]


def test_a_zone_changes_hours_only() -> None:
    """Every other byte is the same, whatever the zone."""
    records = [OSLER, make_meeting(id="m2222", at="9:30"), make_meeting(id="m3333"), make_task(due=DUE, id="t2222")]
    here, there = (made(records, zone=ZoneInfo(zone)).text.split("\r\n") for zone in ("UTC", "Pacific/Kiritimati"))

    different = [(one, other) for one, other in zip(here, there, strict=True) if one != other]
    assert different == [
        ("DTSTART:20261116T093000Z", "DTSTART:20261115T193000Z"),
        ("DTEND:20261116T100000Z", "DTEND:20261115T200000Z"),
    ]


# Bytes


def test_the_whole_file() -> None:
    """The same journal gives these bytes."""
    created = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Athens"))
    text = made([make_task(id="t2222", title="Send; é, 日本", due=DUE, created=created)]).text

    assert text.splitlines() == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mentorlog//mentorlog 0.2//EN", "CALSCALE:GREGORIAN",
        "NAME:Mentorship", "X-WR-CALNAME:Mentorship", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT", "UID:mentorlog-d002bc9b140ddf68-t2222-due", "DTSTAMP:20261201T070000Z", "SEQUENCE:0",
        "CREATED:20261201T070000Z", "SUMMARY:Due: Send\\; é\\, 日本", "CATEGORIES:Mentorship,Task", "CLASS:PRIVATE",
        "DTSTART;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261207", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


def test_an_empty_journal() -> None:
    """It gives a calendar without events."""
    assert components(made([])) == {}
    assert made([]).records == 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_acts(payload: str) -> None:
    """What attacks who shows it is a text like others: escaped, and on its own line."""
    text = PAYLOADS[payload][0]
    title = " ".join(text.encode("utf-8", "ignore").decode().split()) or "none"
    agenda = (AgendaItem(text=title),)
    document = made([
        make_mentor(name=title), make_meeting(id="m2222", place=title, agenda=agenda),
        make_goal(id="g2222", title=title, by=BY, measure=text.encode("utf-8", "ignore").decode()),
        make_task(id="t2222", title=title, due=DUE, assigned_by="osler", goal="g2222"),
    ])  # fmt: skip

    found = components(document)
    assert found["m2222"].text("LOCATION") == " ".join(safe(title, document=True).split())
    assert len(document.text.splitlines()) == document.text.count("\r\n")  # other programs split at more than CRLF


@given(ANY_TEXT, ANY_TEXT)
def test_every_text_survives(title: str, prose: str) -> None:
    """What another program reads is what a screen shows: by our reader, and by that of icalendar."""
    title = " ".join(title.encode("utf-8", "ignore").decode().split()) or "none"
    goal = make_goal(id="g2222", title=title, by=BY, measure=prose.encode("utf-8", "ignore").decode())
    document, prose = made([goal]), goal.measure or ""

    (event,) = components(document).values()
    summary, description = f"Goal: {' '.join(safe(title, document=True).split())}", safe_block(prose, document=True)
    assert (event.text("SUMMARY"), event.text("DESCRIPTION")) == (summary, description.strip())
    if "\\N" not in summary + description:  # icalendar reads it as a line break even where it is escaped
        (read,) = Calendar.from_ical(document.text).walk("VEVENT")
        assert (str(read["SUMMARY"]), str(read.get("DESCRIPTION", ""))) == (summary, description.strip())


def test_a_backslash_before_an_n() -> None:
    """icalendar alone would write a line break."""
    goal = make_goal(id="g2222", title="Tidy C:\\New\\notes", by=BY)

    assert "\r\nSUMMARY:Goal: Tidy C:\\\\New\\\\notes\r\n" in made([goal], now=NOW).text


def test_a_record_of_the_first_day_there_is() -> None:
    """Its stamp is not before the calendar begins."""
    first = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))

    assert components(made([make_meeting(id="m2222", created=first)]))["m2222"]["DTSTAMP"] == "00010101T000000Z"
