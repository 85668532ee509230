"""The pace that a goal with a target needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TODAY, make_goal
from mentorlog.domain import pace
from mentorlog.models.record import view


def goal(target: float | None, count: float | None, days: int, **changes: Any) -> Any:
    """Return a goal whose day is so many days ahead, with a count."""
    made = make_goal(target=target, unit="procedures" if target else None, by=TODAY + timedelta(days=days), **changes)
    return view(made if count is None else made.progressed(count=count, on=TODAY))


@pytest.mark.parametrize(
    ("target", "count", "days", "words"),
    [
        (50, 30, 150, "5 a month"),
        (50, 30, 62, "10 a month"),
        (50, 30, 61, "3 a week"),
        (50, 36, 14, "7 a week"),
        (50, 30, 13, "20 in 13 days"),
        (50, 30, 1, "20 tomorrow"),
        (50, 30, 0, "20 today"),
        (50, None, 100, "16 a month"),
        (3, 1, 150, "2 in 5 months"),
        (2, 1, 21, "1 in 3 weeks"),
        (10, 7.5, 13, "2.5 in 13 days"),
    ],
)
def test_the_pace_is_what_is_left_over_the_time(target: float, count: float | None, days: int, words: str) -> None:
    """By the month from two months on, then by the week, rounded up; less than one, or in a few days, as it is."""
    needed = pace.needed(goal(target, count, days), TODAY)

    assert needed is not None
    assert pace.words(needed, TODAY) == words


def test_no_pace_without_something_to_reach() -> None:
    """None without a target or a day, after its day, when it is reached, unless active, and after a percentage."""
    reached, beyond, past = goal(50, 50, 90), goal(50, 53, 90), goal(50, 30, -1)
    without_day = view(make_goal(target=50))
    paused = goal(50, 30, 90, status="paused")
    percentage = view(make_goal(target=50, by=TODAY + timedelta(days=90)).progressed(40, on=TODAY))

    for one in (goal(None, None, 90), reached, beyond, past, without_day, paused, percentage):
        assert pace.needed(one, TODAY) is None


def test_sentences() -> None:
    """How far, what is left, the pace and the day; only how far where there is no pace."""
    assert pace.sentence(goal(50, 30, 150), TODAY) == ("30 of 50 procedures, 20 to go: 5 a month until Thu 22 Apr 2027")
    assert pace.sentence(goal(3, 1, 150), TODAY) == "1 of 3 procedures, 2 to go by Thu 22 Apr 2027"
    assert pace.sentence(goal(50, 53, 150), TODAY) == "53 of 50 procedures"
    assert pace.brief(goal(50, 30, 150), TODAY) == "30 of 50 procedures, 5 a month"
    assert pace.brief(goal(50, 30, 5), TODAY) == "30 of 50 procedures"


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 4000))
def test_who_keeps_the_pace_is_there(target: int, count: int, days: int) -> None:
    """So many in each week or month reach the target by the day, and one less a time would not."""
    needed = pace.needed(goal(target, count, days), TODAY)

    if needed is not None and needed["count"] is not None:
        length = {"week": 7, "month": 365 / 12}[str(needed["per"])]
        times = (date.fromisoformat(needed["by"]) - TODAY).days / length
        assert (needed["count"] - 1) * times < needed["left"] + 1e-6
        assert needed["count"] * times >= needed["left"] - 1e-6
