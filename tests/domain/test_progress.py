"""Progress as it is typed, and what it does to a goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from factories import make_goal, plain
from mentorlog.domain.progress import Step, parse, recorded
from mentorlog.errors import BadValue
from mentorlog.models.counts import amount, percent, standing, step
from mentorlog.models.record import view

ON = date(2026, 11, 23)
EARLIER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("40%", {"percent": 40}),
        ("40 %", {"percent": 40}),
        ("40", {"percent": 40, "bare": True}),
        ("0", {"percent": 0, "bare": True}),
        ("12/50", {"count": 12, "of": 50}),
        ("12 / 50", {"count": 12, "of": 50}),
        ("12 of 50", {"count": 12, "of": 50}),
        ("0/50", {"count": 0, "of": 50}),
        ("2.5/10", {"count": 2.5, "of": 10}),
        ("+3", {"more": 3}),
        ("+ 1.5", {"more": 1.5}),
    ],
)
def test_what_progress_says(text: str, known: dict[str, Any]) -> None:
    """A percentage with or without its sign, a count out of a target, so many more."""
    assert parse(text) == Step(**known)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-2", "Progress cannot be negative"),
        ("−2", "Progress cannot be negative"),
        ("12/0", "target of zero"),
        ("101", "not a whole percentage from 0 to 100"),
        ("12.5%", "not a whole percentage"),
        ("9" * 5000, "not a whole percentage"),
        ("+0", "is not progress"),
        ("half", "is not progress"),
        ("٣/50", "is not progress"),
        ("1/2/3", "is not progress"),
        ("1e3/50", "is not progress"),
        ("9" * 12 + "/50", "is not progress"),
    ],
)
def test_what_is_not_progress(text: str, sentence: str) -> None:
    """Each is named with an example of what is."""
    with pytest.raises(BadValue, match=sentence) as refused:
        parse(text)

    assert "for example" in str(refused.value.hint)


def test_a_first_count_sets_the_target() -> None:
    """12/50 says both; from then on the target is known."""
    goal = recorded(make_goal(), parse("12/50"), None, on=ON)

    assert (goal.target, goal.progress[0].count) == (50, 12)
    assert recorded(goal, parse("+3"), "Two at night", on=ON).progress[1].count == 15


@pytest.mark.parametrize(
    ("target", "text", "sentence", "hint"),
    [
        (50, "12/40", "has a target of 50, not 40", "12/50"),
        (50, "20", "can be a count or a percentage", "20/50 or 20%"),
        (None, "+3", "has no target, so \\+3 cannot be counted", "3/50"),
    ],
)
def test_what_does_not_fit_the_target(target: float | None, text: str, sentence: str, hint: str) -> None:
    """Another target, a number that may mean either, and more of nothing are refused."""
    with pytest.raises(BadValue, match=sentence) as refused:
        recorded(make_goal(target=target), parse(text), None, on=ON)

    assert hint in str(refused.value.hint)


def test_more_on_an_earlier_day_raises_the_later_counts() -> None:
    """Three more three weeks ago are three more today too; percentages and comments stay."""
    goal = make_goal(target=50).progressed(count=10, on=EARLIER).progressed(40, "Words", on=ON)
    goal = goal.progressed(count=14, on=ON)

    assert plain(*recorded(goal, parse("+3"), None, on=EARLIER).progress) == [
        {"on": EARLIER, "percent": None, "count": 10, "text": None},
        {"on": EARLIER, "percent": None, "count": 13, "text": None},
        {"on": ON, "percent": 40, "count": None, "text": "Words"},
        {"on": ON, "percent": None, "count": 17, "text": None},
    ]


def test_counts_add_up_without_a_rest() -> None:
    """0.1 and 0.2 are 0.3; a whole sum is written as one."""
    goal = recorded(make_goal(target=1), parse("0.1/1"), None, on=ON)
    goal = recorded(goal, parse("+0.2"), None, on=ON)
    goal = recorded(goal, parse("+0.7"), None, on=ON)

    assert [one.count for one in goal.progress] == [0.1, 0.3, 1]


@pytest.mark.parametrize(
    ("target", "count", "shown", "known"),
    [
        (50, 30, "30 of 50 hours", 60),
        (200, 199, "199 of 200 hours", 99),
        (3, 2, "2 of 3 hours", 66),
        (1, 0.29, "0.29 of 1 hours", 29),
        (50, 53, "53 of 50 hours", 100),
    ],
)
def test_how_far_a_count_is(target: float, count: float, shown: str, known: int) -> None:
    """The percentage is rounded down, so that 100 means reached; beyond the target it stays 100."""
    one = view(make_goal(target=target, unit="hours").progressed(count=count, on=ON))

    assert (standing(one), percent(one), amount(one)) == (shown, known, count)


def test_the_last_of_count_and_percentage_counts() -> None:
    """A percentage still works on a goal with a target; without progress nothing of the target is reached."""
    goal = make_goal(target=50, unit="lines")
    assert (standing(view(goal)), percent(view(goal))) == ("0 of 50 lines", None)

    goal = goal.progressed(count=10, on=EARLIER).progressed(40, on=ON)
    assert (standing(view(goal)), percent(view(goal)), amount(view(goal))) == ("40%", 40, 10)
    assert (standing(view(goal), "2026-11-02"), percent(view(goal), "2026-11-02")) == ("10 of 50 lines", 20)


def test_the_past_has_its_own_target() -> None:
    """An entry from before a revision is out of the target that was known then."""
    goal = make_goal(target=40, unit="lines").progressed(count=10, on=EARLIER)
    revised = goal.revised(replace(goal, target=50), on=ON, reason="More").progressed(count=12, on=ON)
    one = view(revised)

    assert [step(one, entry) for entry in one["progress"]] == ["10 of 40 lines", "12 of 50 lines"]
    assert (percent(one, "2026-11-02"), percent(one)) == (25, 24)
