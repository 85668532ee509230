"""A calendar that is written over: numbers rise when an event changes, and what is gone leaves no word behind."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.calendars import NOW, components, counts, made
from factories import make_goal, make_meeting, make_mentor, make_task
from mentorlog.export.document import Document
from mentorlog.export.ics_components import CalendarOptions
from mentorlog.export.ics_memory import remembered

LATER = NOW + timedelta(days=1)
OSLER = make_mentor()
DUE = date(2026, 12, 6)
TASK = make_task(id="t2222", title="Send the abstract", due=DUE)
GOAL = make_goal(id="g2222", by=DUE)
MEETING = make_meeting(id="m2222", on=DUE, at="14:00", status="planned", place="Room 4")
FIRST = made([OSLER, TASK, GOAL, MEETING]).text


def changed(record: Any, **fields: Any) -> Any:
    """Return a copy of a record with other fields."""
    return replace(record, **fields)


def stamps(text: str, id: str) -> tuple[str, str, str | None]:
    """Return SEQUENCE, DTSTAMP and LAST-MODIFIED of a component."""
    one = components_of(text)[id]
    return one["SEQUENCE"], one["DTSTAMP"], one.properties.get("LAST-MODIFIED")


def components_of(text: str) -> Any:
    """Return the components of a calendar by the ends of their ids."""
    return components(Document(text, 0))


def test_the_same_journal_gives_the_same_bytes() -> None:
    """Whenever it is written: nothing is new, changed or removed."""
    again = made([OSLER, TASK, GOAL, MEETING], over=FIRST, now=LATER)

    assert (again.text, counts(again)) == (FIRST, (0, 0, 0, 3))


def test_what_changed_gets_the_next_number() -> None:
    """And the time of the change; the others keep theirs, and CREATED stays."""
    moved = made([OSLER, TASK, changed(GOAL, title="Other"), changed(MEETING, at="15:00")], over=FIRST, now=LATER)
    again = made([OSLER, TASK, GOAL, changed(MEETING, at="15:00")], over=moved.text, now=LATER + timedelta(hours=1))

    assert (counts(moved), counts(again)) == ((0, 2, 0, 1), (0, 1, 0, 2))
    assert stamps(again.text, "m2222") == ("1", "20261124T090000Z", "20261124T090000Z")
    assert stamps(again.text, "g2222-by") == ("2", "20261124T100000Z", "20261124T100000Z")
    assert stamps(again.text, "t2222-due") == ("0", "20260901T090000Z", None)
    assert components(again)["g2222-by"]["CREATED"] == "20260901T090000Z"


@pytest.mark.parametrize("tasks", ["event", "todo"])
def test_what_is_gone_leaves_no_word(tasks: str) -> None:
    """A cancelled component on the same day, with the next number; once, and kept."""
    agenda = {"helps": "osler", "goal": "g2222", "notes": "Hidden"}
    before = made([OSLER, changed(TASK, **agenda), GOAL, MEETING], tasks=tasks, remind_due=timedelta(days=1)).text
    gone = made([OSLER], over=before, now=LATER, tasks=tasks)

    assert (counts(gone), gone.records) == ((0, 0, 3, 0), 0)
    found = components(gone)
    assert len(found) == 3
    for id, one in found.items():
        day = "DUE;VALUE=DATE" if one.name == "VTODO" else "DTSTART;VALUE=DATE"
        allowed = {
            "UID",
            "DTSTAMP",
            "SEQUENCE",
            "LAST-MODIFIED",
            "SUMMARY",
            "CLASS",
            "STATUS",
            "TRANSP",
            "DTEND;VALUE=DATE",
        }
        assert {*one.properties} <= {*allowed, day} and not one.inner
        assert (one["SUMMARY"], one["STATUS"], one["SEQUENCE"], one[day]) == ("Cancelled", "CANCELLED", "1", "20261206")
        assert re.fullmatch(r"[gtm]2222(-due|-by)?", id)
    again = made([OSLER], over=gone.text, now=LATER + timedelta(days=1), tasks=tasks)
    assert (again.text, counts(again)) == (gone.text, (0, 0, 0, 0))


def test_what_comes_back_has_the_next_number() -> None:
    """A record that was deleted and is there again, after an undo, is shown again by every calendar."""
    gone = made([OSLER, GOAL, MEETING], over=FIRST, now=LATER)
    back = made([OSLER, TASK, GOAL, MEETING], over=gone.text, now=LATER)

    assert counts(back) == (0, 1, 0, 2)
    assert components(back)["t2222-due"]["SEQUENCE"] == "2"
    assert components(back)["t2222-due"].text("SUMMARY") == "Due: Send the abstract"


def test_a_meeting_is_gone_on_its_own_day() -> None:
    """The day is that of the zone, not of UTC."""
    meeting, zone = changed(MEETING, at="23:50"), ZoneInfo("America/Los_Angeles")
    before = made([meeting], zone=zone).text
    assert "DTSTART:20261207T075000Z" in before

    assert components(made([], over=before, zone=zone))["m2222"].day == "20261206"


def test_todos_take_the_place_of_events() -> None:
    """Whoever changes --tasks sees each task once."""
    todos = made([OSLER, TASK, GOAL, MEETING], over=FIRST, now=LATER, tasks="todo")

    assert counts(todos) == (2, 0, 2, 1)
    shown = [one.name for one in components(todos).values() if one["STATUS"] != "CANCELLED"]
    assert sorted(shown) == ["VEVENT", "VTODO", "VTODO"]


def test_days_that_are_not_asked_for() -> None:
    """None is added, but those that the file has follow the journal; in a new file they are not."""
    early, late = changed(TASK, id="t3333", due=date(2026, 1, 5)), changed(TASK, id="t4444", due=date(2027, 1, 5))
    before = made([TASK, early, late]).text
    records = [changed(one, title="Other") for one in (TASK, early, late)]
    asked: dict[str, Any] = {"since": "2026-12-01", "until": "2026-12-31", "now": LATER}

    updated = made(records, over=before, **asked)
    assert counts(updated) == (0, 3, 0, 0)
    assert updated.text.count("Due: Other") == 3
    assert list(components(made(records, **asked))) == ["t2222-due"]


def test_what_is_gone_is_gone_on_every_day() -> None:
    """A record that is private now does not stay in the file because its day is not asked for."""
    gone = made([], over=FIRST, since="2027-01-01")

    assert counts(gone) == (0, 0, 3, 0)


def test_what_moves_out_of_the_days_moves() -> None:
    """An event that the file has on a day that is asked for is not left there."""
    moved = made([changed(TASK, due=date(2027, 3, 1))], over=made([TASK]).text, until="2026-12-31")

    assert counts(moved) == (0, 1, 0, 0)
    assert components(moved)["t2222-due"].day == "20270301"


# What a file is


def memory(data: bytes) -> Any:
    """Return what a file remembers."""
    return remembered(data, CalendarOptions(journal="d002bc9b140ddf68").prefix)


def test_a_file_of_this_journal() -> None:
    """Its producer and all its ids say so, whatever its line ends; without events it is one too."""
    assert memory(FIRST.encode()).is_ours and len(memory(FIRST.encode()).components) == 3
    assert memory(FIRST.replace("\r\n", "\n").encode()).components.keys() == memory(FIRST.encode()).components.keys()
    assert memory(made([]).text.encode()).is_ours


@pytest.mark.parametrize(
    "data",
    [
        b"", b"mine", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"END:VCALENDAR\r\n" * 3,
        b"PRODID:-//mentorlog//mentorlog 0.2//EN\r\nBEGIN:VEVENT\r\n", b" \r\n \r\n", b"\r\n",
        FIRST.replace("-//mentorlog//", "-//other//").encode(),
        FIRST.replace("d002bc9b140ddf68", "0123456789abcdef").encode(),
        FIRST.replace("UID:mentorlog-d002bc9b140ddf68-t2222-due", "UID:lunch").encode(),
        FIRST.replace("-t2222-due", "-t2222-due of Osler").encode(),
        FIRST.replace("END:VEVENT", "END:VEVENT\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE", 1).encode(),
        FIRST.replace("END:VCALENDAR", "").encode(), (FIRST + FIRST).encode(),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_file_of_somebody_else(data: bytes) -> None:
    """Anything else is not ours, so that the user is asked before it is written over."""
    assert not memory(data).is_ours


def test_numbers_are_kept_of_a_file_that_another_program_rewrote() -> None:
    """Its producer is another, but calendars know the numbers of the events."""
    before = made([TASK], over=made([changed(TASK, title="Other")]).text).text.replace("-//mentorlog//", "-//other//")

    assert components(made([TASK], over=before))["t2222-due"]["SEQUENCE"] == "1"


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 12, "9" * 5000, "2147483647", "٣"])
def test_numbers_that_are_none(number: str) -> None:
    """Whatever stands there, the next one is a number that a calendar can read."""
    broken = re.sub("SEQUENCE:0", f"SEQUENCE:{number}", FIRST)
    new = made([OSLER, changed(TASK, title="Other")], over=broken)

    assert all(0 < int(one["SEQUENCE"]) <= 2**31 - 1 for one in components(new).values())


def test_damaged_components_are_replaced() -> None:
    """What a program or a person wrote into our events is replaced by what the journal says."""
    for old, new in (
        ("DTSTART", "X-START"),
        ("20261206", "20269999"),
        ("CREATED:2", "CREATED:words "),
        ("UID:", "UID;X=1:"),
    ):
        fixed = made([OSLER, TASK, GOAL, MEETING], over=FIRST.replace(old, new), now=LATER)
        gone = made([OSLER], over=FIRST.replace(old, new), now=LATER)

        assert {id: one.day for id, one in components(fixed).items()} == {
            "g2222-by": "20261206", "m2222": "20261206T140000Z", "t2222-due": "20261206",
        }  # fmt: skip
        assert all(re.fullmatch(r"\d{8}", one.day) for one in components(gone).values())


# Any life of a calendar


STATES = st.dictionaries(
    st.sampled_from(["t2222", "t3333", "g2222", "m2222"]),
    st.tuples(st.sampled_from(["Zebra", "Yak; \\N, é"]), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
)
MAKE = {
    "t": lambda id, title, day: make_task(id=id, title=title, due=day),
    "g": lambda id, title, day: make_goal(id=id, title=title, by=day),
    "m": lambda id, title, day: make_meeting(id=id, place=title, on=day, at="23:50"),
}


@given(st.lists(st.tuples(STATES, st.sampled_from(["event", "todo", "none"])), min_size=1, max_size=6))
def test_any_life_of_a_calendar(lives: list[tuple[dict[str, tuple[str, date]], str]]) -> None:
    """Numbers never fall, ids never go, a second time changes nothing, and what is gone has no word of a record."""
    text: str | None = None
    numbers: dict[str, int] = {}
    bodies: dict[str, str] = {}
    for step, (state, tasks) in enumerate(lives):
        records = [MAKE[id[0]](id, title, day) for id, (title, day) in state.items()]
        now = NOW + timedelta(days=step)
        document = made(records, over=text, now=now, tasks=tasks)
        found = components(document)

        assert made(records, over=document.text, now=now + timedelta(hours=1), tasks=tasks).text == document.text
        assert numbers.keys() <= found.keys()
        for id, one in found.items():
            body = str({**one.properties, "SEQUENCE": "", "DTSTAMP": "", "LAST-MODIFIED": "", "CREATED": ""})
            rises = id in bodies and bodies[id] != body
            assert int(one["SEQUENCE"]) == numbers.get(id, 0) + rises
            numbers[id], bodies[id] = int(one["SEQUENCE"]), body
            if id.partition("-")[0] not in state:
                assert "Zebra" not in body and "Yak" not in body and one["STATUS"] == "CANCELLED"
        text = document.text


def test_without_a_file() -> None:
    """What goes to stdout has the numbers of a first time, at any time."""
    found = components(made([TASK, GOAL], now=LATER))

    assert [(one["SEQUENCE"], one["DTSTAMP"]) for one in found.values()] == [("0", "20260901T090000Z")] * 2


@pytest.mark.parametrize(
    ("journal", "prefix"),
    [("", "mentorlog-journal-"), ("../é x", "mentorlog-x-"), ("a" * 99, f"mentorlog-{'a' * 32}-")],
)
def test_ids_of_any_journal(journal: str, prefix: str) -> None:
    """The id of a journal may be edited by hand; those of events stay letters and digits."""
    assert CalendarOptions(journal=journal).prefix == prefix
    assert made([TASK], journal=journal).text.count(prefix) == 1
