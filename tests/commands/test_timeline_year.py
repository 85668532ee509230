"""`mentorlog timeline --year`: a year as a road map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_review
from mentorlog.domain import roadmap
from mentorlog.errors import BadValue
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]

HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture
def year(keep: Keep) -> None:
    """Two goals, a mentor with a gap, a planned and a cancelled meeting, two reviews; today is Mon 23 Nov 2026."""
    keep(make_mentor(every=28, started=date(2026, 3, 2)), make_mentor(id="curie", name="Marie Curie"))
    goal = make_goal(id="g2222", title=HOSTILE, by=date(2026, 12, 14)).progressed(20, on=date(2026, 10, 5))
    keep(goal, make_goal(id="g3333", title="Teach", by=date(2027, 5, 3)).moved_to("achieved", on=date(2026, 11, 9)))
    held = (date(2026, 3, 30), date(2026, 4, 27), date(2026, 7, 6), date(2026, 7, 8))
    keep(*(make_meeting(id=f"m{n}222", on=on, status="held", mentors=["osler"]) for n, on in enumerate(held, 2)))
    keep(make_meeting(id="m6222", on=date(2026, 8, 3), status="cancelled", mentors=["osler"], cancelled_by="them"))
    keep(make_meeting(id="m7222", on=date(2026, 12, 7), status="planned", mentors=["osler"]))
    keep(make_review(id="r2222", on=date(2026, 6, 30), kind="full", next_on=date(2026, 12, 28)))


def test_a_year_is_a_row_of_weeks(year: None, invoke: Invoke) -> None:
    """A digit counts the meetings of a week; dots are longer than agreed or without evidence; days are letters."""
    shown = invoke("timeline", "--year").out.splitlines()

    assert shown == [
        "1 Jan 2026 to 31 Dec 2026",
        "",
        f"{'':27}Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov  Dec",
        f"{'':27}{'today v':>48}",
        "",
        "Goals",
        f"{HOSTILE}  {'-----+.......  D':>51}",
        f"{'Teach':27}{'----------A':>46}",
        "  + evidence · - open · . no evidence for six weeks or more · D its date · A achieved",
        "",
        "Contact",
        f"{'William Osler':27}{'----1---1.........2...x................ o':>50}",
        "  1-9 meetings held a week · o planned · x cancelled or missed · - no meeting · . longer than agreed",
        "",
        "Reviews",
        f"{'Full':27}{'R':>27}",
        f"{'Next':27}{'r':>53}",
        "  R held · r the next one",
    ]


def test_the_data_of_a_year(year: None, invoke: Invoke) -> None:
    """Scripts get the days behind the row; gaps and evidence are those of the report."""
    data = invoke("timeline", "--year", "--json").data

    assert (data["first"], data["last"], data["as_of"]) == ("2026-01-01", "2026-12-31", "2026-11-23")
    (mentor,) = data["mentors"]
    assert (mentor["mentor"], mentor["role"], mentor["over"]) == ("osler", "mentor", False)
    assert mentor["gaps"] == [
        {"first": "2026-04-27", "last": "2026-07-06"},
        {"first": "2026-07-08", "last": "2026-11-23"},
    ]
    assert mentor["meetings"][-2:] == [
        {"on": "2026-08-03", "kind": "cancelled"},
        {"on": "2026-12-07", "kind": "planned"},
    ]
    assert [(goal["goal"], goal["by"], goal["quiet_since"]) for goal in data["goals"]] == [
        ("g2222", "2026-12-14", "2026-10-05"),
        ("g3333", "2027-05-03", None),
    ]
    assert data["reviews"] == [{"on": "2026-06-30", "kind": "full"}]
    assert data["next_review"] == "2026-12-28"
    assert data["blocks"] == []


def test_filters_narrow_the_year(year: None, invoke: Invoke) -> None:
    """By goal, by mentor, and by the day on which the twelve months begin."""
    assert [one["goal"] for one in invoke("timeline", "--year", "-g", "g3333", "--json").data["goals"]] == ["g3333"]
    assert invoke("timeline", "--year", "--with", "curie", "--json").data["mentors"] == []
    later = invoke("timeline", "--year", "--since", "2026-07-01", "--json").data
    assert (later["first"], later["last"]) == ("2026-07-01", "2027-06-30")
    assert later["mentors"][0]["meetings"][0]["on"] == "2026-07-06"


def test_rotations_are_a_row_of_their_own(year: None, invoke: Invoke) -> None:
    """By the first letter of their load; where two are at a time, the one that leaves less time."""
    invoke("profile", "block", "Wards", "2026-11-02", "2026-12-27", "--load", "heavy")
    invoke("profile", "block", "Leave", "2026-12-21", "2027-01-03", "--load", "away")
    invoke("profile", "block", "Next year", "2027-02-01", "2027-02-28")

    assert invoke("timeline", "--year").out.splitlines()[-3:] == [
        "Rotations",
        f"{'Load':27}{'hhhhhhhaa':>53}",
        "  h heavy · a away",
    ]
    assert invoke("timeline", "--year", "--json").data["blocks"] == [
        {"name": "Wards", "first": "2026-11-02", "last": "2026-12-27", "load": "heavy"},
        {"name": "Leave", "first": "2026-12-21", "last": "2027-01-03", "load": "away"},
    ]


def test_a_mentorship_begins_when_it_was_recorded(invoke: Invoke, journal_root: Any) -> None:
    """Without a first day and without a meeting, its row begins on the day on which it became active."""
    invoke("mentor", "add", "Ignaz Semmelweis", "--every", "4 weeks")

    (mentor,) = invoke("timeline", "--year", "--json").data["mentors"]
    assert mentor["first"] == "2026-11-23"


def test_a_year_of_nothing(invoke: Invoke, journal_root: Any) -> None:
    """It says so, below the months."""
    assert invoke("timeline", "--year").out.splitlines()[-1] == "Nothing to show in this year."


@pytest.mark.parametrize("columns", [40, 64, 68, 80])
def test_a_year_fits_the_terminal(year: None, terminal: Callable[..., Terminal], columns: int) -> None:
    """At 40 columns a cell is two weeks, and a name has a line of its own."""
    screen = terminal("timeline", "--year", columns=columns, lines=40)

    assert screen.end() == 0
    lines = [line.rstrip() for line in screen.screen]
    assert max(map(len, lines)) <= columns
    if columns == 40:
        assert lines[2] == "J F M A M  J J A S O N  D"
        at = lines.index("William Osler")
        assert lines[at + 1].strip() == "--1-1....2.x........o"


@pytest.mark.parametrize(
    ("since", "until", "starts", "first", "last"),
    [
        (None, None, None, "2026-01-01", "2026-12-31"),
        (None, None, "07-01", "2026-07-01", "2027-06-30"),
        (None, None, "12-01", "2025-12-01", "2026-11-30"),
        (None, None, "02-29", "2026-02-28", "2027-02-27"),
        (date(2026, 3, 15), None, "07-01", "2026-03-15", "2027-03-14"),
        (None, date(2026, 6, 30), None, "2025-07-01", "2026-06-30"),
        (date(2026, 1, 1), date(2026, 2, 1), None, "2026-01-01", "2026-02-01"),
        (date(9999, 1, 1), None, None, "9999-01-01", "9999-12-31"),
    ],
)
def test_the_days_of_a_year(since: date | None, until: date | None, starts: str | None, first: str, last: str) -> None:
    """Of a day the twelve months from or to it, else the calendar year or the year of training that today is in."""
    found = roadmap.year(since, until, starts, date(2026, 11, 23))

    assert tuple(day.isoformat() for day in found) == (first, last)


def test_a_year_does_not_end_before_it_begins() -> None:
    """The sentence names both days."""
    with pytest.raises(BadValue, match="would begin on Tue 1 Dec 2026 and end on Sun 1 Nov 2026"):
        roadmap.year(date(2026, 12, 1), date(2026, 11, 1), None, date(2026, 12, 24))
