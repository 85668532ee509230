"""Rotations stretch the time until contact is due and a goal drifts: property tests and the rules by example."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TODAY, make_goal, make_mentor
from mentorlog.domain import loop
from mentorlog.domain.stretch import stretched
from mentorlog.models.record import view

STARTS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
LENGTHS = st.integers(1, 400)
LOADS = ("light", "normal", "heavy", "away")


def block(first: str | date, last: str | date, load: str = "away", name: str = "Night float") -> Any:
    """A block as the view of a profile has it."""
    return {"name": name, "from": str(first), "to": str(last), "load": load}


@st.composite
def blocks(draw: st.DrawFn, loads: tuple[str, ...] = LOADS) -> Any:
    """A block of one of the loads near the days of the tests."""
    first = draw(STARTS)
    last = first + timedelta(days=draw(st.integers(0, 120)))
    return block(first, last, draw(st.sampled_from(loads)))


def counted(start: date, days: int, known: list[Any]) -> date:
    """The same, day by day."""
    halves, day = 0, start
    while halves < 2 * days:
        day += timedelta(days=1)
        loads = {one["load"] for one in known if one["from"] <= day.isoformat() <= one["to"]}
        halves += 0 if "away" in loads else 1 if "heavy" in loads else 2
    return day


@given(STARTS, LENGTHS, st.lists(blocks(loads=("light", "normal")), max_size=4))
def test_without_heavy_blocks_nothing_is_stretched(start: date, days: int, known: list[Any]) -> None:
    """No block, and blocks of a light or normal load, leave the day where it was."""
    assert stretched(start, days, known) == start + timedelta(days=days)


@given(STARTS, LENGTHS, st.lists(blocks(), max_size=6))
def test_the_days_are_counted(start: date, days: int, known: list[Any]) -> None:
    """A day away does not count, a heavy one counts half, and where blocks overlap the heavier counts."""
    assert stretched(start, days, known) == counted(start, days, known)


@given(STARTS, LENGTHS, st.lists(blocks(), max_size=4), blocks())
def test_a_block_makes_nothing_earlier(start: date, days: int, known: list[Any], more: Any) -> None:
    """Another block never brings a day forward."""
    assert stretched(start, days, [*known, more]) >= stretched(start, days, known)


@given(STARTS, LENGTHS, LENGTHS, st.lists(blocks(), max_size=4))
def test_the_longest_gap_ends_last(start: date, days: int, more: int, known: list[Any]) -> None:
    """What is further away without blocks is further away with them, so nothing is overdue before it is due."""
    assert stretched(start, days + more, known) > stretched(start, days, known)


@pytest.mark.parametrize(
    ("known", "day"),
    [
        ([], "2026-12-18"),
        ([block("2026-12-01", "2026-12-14")], "2027-01-01"),
        ([block("2026-12-01", "2026-12-14", "heavy")], "2026-12-25"),
        ([block("2026-12-01", "2026-12-14", "normal")], "2026-12-18"),
        ([block("2026-12-01", "2026-12-14", "heavy"), block("2026-12-08", "2026-12-14")], "2026-12-29"),
        ([block("2026-12-17", "2026-12-31")], "2027-01-02"),
        ([block("2026-12-19", "2026-12-31")], "2026-12-18"),
        ([block("2026-10-01", "2026-11-20")], "2026-12-18"),
        ([block("2026-11-20", "2026-11-21")], "2026-12-19"),
    ],
)
def test_four_weeks_after_the_last_meeting(known: list[Any], day: str) -> None:
    """Counted from Fri 20 Nov 2026: the days after it, up to the one on which contact is due."""
    assert stretched(date(2026, 11, 20), 28, known).isoformat() == day


def test_a_leap_day_counts() -> None:
    """29 February is a day like any other, in a block and outside."""
    start, february = date(2028, 2, 20), [block("2028-02-28", "2028-03-01")]

    assert stretched(start, 9, []) == date(2028, 2, 29)
    assert stretched(start, 9, february) == date(2028, 3, 3)


def test_a_block_without_end_in_sight() -> None:
    """A block until the last year there is makes nothing due, and no error."""
    assert stretched(TODAY, 28, [block("2026-12-01", "9999-12-31")]) == date.max


def test_contact_and_drift_are_stretched() -> None:
    """Contact due, overdue and a drifting goal all wait for the end of a block."""
    mentor, goal = view(make_mentor(every=28)), view(make_goal())
    away = [block("2026-11-01", "2026-11-20")]
    due = loop.contact(mentor, "2026-10-20", None, TODAY, away)

    assert due is not None
    assert (due["due_on"], due["overdue_on"]) == ("2026-12-07", "2026-12-21")
    assert loop.drifting(goal, "2026-10-05", TODAY)
    assert not loop.drifting(goal, "2026-10-05", TODAY, blocks=away)
    assert loop.drifting({**goal, "by": "2026-11-22"}, "2026-10-05", TODAY, blocks=away)


def test_a_planned_meeting_within_the_stretched_gap_is_soon_enough() -> None:
    """A meeting after the block is near enough where the block stretches the longest gap up to it."""
    mentor = view(make_mentor(every=28))

    assert loop.contact(mentor, "2026-10-20", "2026-12-15", TODAY) is not None
    assert loop.contact(mentor, "2026-10-20", "2026-12-15", TODAY, [block("2026-11-01", "2026-11-20")]) is None
