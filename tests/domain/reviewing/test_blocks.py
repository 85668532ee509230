"""The review at the end of a block: when it is due, what meets it, and where its period begins."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_goal, make_review
from mentorlog import vocabulary
from mentorlog.domain.reviewing.due import due
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.models.record import view
from mentorlog.models.views import View

FIRST = date(2026, 9, 1)
WARDS: Any = {"name": "Wards", "from": "2026-11-02", "to": "2026-11-29", "load": "heavy"}
NIGHTS: Any = {"name": "Night float", "from": "2026-12-01", "to": "2026-12-14", "load": "away"}
LEAVE: Any = {"name": "Leave", "from": "2026-10-05", "to": "2026-10-11", "load": "away"}
OLD: Any = {"name": "Clinic", "from": "2026-06-01", "to": "2026-08-31", "load": "light"}


def held(on: str, kind: str = "full", **more: Any) -> View:
    """A review of a day."""
    return view(make_review(on=date.fromisoformat(on), kind=kind, created=datetime(2026, 12, 31, tzinfo=UTC), **more))


def next_one(*reviews: View, blocks: Any = (NIGHTS, WARDS)) -> tuple[str, str, str]:
    """The day, the reason and the command of the next review."""
    found = due(reviews, FIRST.isoformat(), blocks=blocks)
    assert found is not None
    return found.on, found.reason, found.command


def start(on: str, *reviews: View, blocks: Any = (NIGHTS, WARDS), **more: Any) -> str:
    """The first day of the period of a review of a block."""
    request = ReviewRequest(date.fromisoformat(on), "end_of_block", **more)
    goal = view(make_goal(created=datetime.combine(FIRST, datetime.min.time(), UTC)))
    return ReviewFacts([goal, *reviews], request, blocks=blocks).period.start.isoformat()


def test_the_end_of_a_block_is_due() -> None:
    """The nearest block that no review has met, with the command of its kind."""
    assert next_one() == ("2026-11-29", "end_of_block", "mentorlog review --kind end_of_block")
    assert next_one(held("2026-11-29"))[0] == "2026-12-14"


def test_a_nearer_day_comes_first() -> None:
    """A day that a review named before the end of the block, or 90 days after the first record."""
    assert next_one(held("2026-09-10", next_on=date(2026, 11, 20)))[:2] == ("2026-11-20", "next_on")
    assert next_one(blocks=[NIGHTS])[:2] == ("2026-11-30", "first_record")


@pytest.mark.parametrize(
    ("on", "kind", "met"),
    [
        ("2026-11-21", "end_of_block", False),
        ("2026-11-22", "end_of_block", True),
        ("2026-11-29", "end_of_block", True),
        ("2026-11-28", "full", False),
        ("2026-11-29", "full", True),
        ("2026-12-02", "annual", True),
        ("2026-11-29", "quick", False),
    ],
)
def test_what_meets_the_end(on: str, kind: str, met: bool) -> None:
    """A review of its kind in the last week, or any other from the last day on; a quick one never does."""
    assert (next_one(held(on, kind))[0] != "2026-11-29") is met


def test_a_review_of_one_goal_meets_no_block() -> None:
    """It is everything that is looked at."""
    assert next_one(held("2026-11-29", scope="g2222"))[0] == "2026-11-29"


def test_short_and_old_blocks_need_no_review() -> None:
    """A week of leave, and what ended before the journal began."""
    assert next_one(blocks=[LEAVE, OLD])[1] == "first_record"
    assert due([], None, blocks=[WARDS]) is None


@given(st.lists(st.tuples(st.dates(FIRST, date(2027, 3, 1)), st.sampled_from(vocabulary.REVIEW_KINDS)), max_size=5))
def test_without_blocks_nothing_changes(reviews: list[tuple[date, str]]) -> None:
    """The next review of a journal without blocks, or with those that need none, is what it was."""
    known = [held(on.isoformat(), kind) for on, kind in reviews]

    assert next_one(*known, blocks=()) == next_one(*known, blocks=[LEAVE, OLD])


@pytest.mark.parametrize("on", ["2026-11-22", "2026-11-29", "2026-12-05"])
def test_the_period_is_that_of_the_block(on: str) -> None:
    """In its last week or after it, whatever was reviewed in between."""
    assert start(on) == "2026-11-02"
    assert start(on, held("2026-11-15")) == "2026-11-02"


def test_the_next_block_has_its_own_period() -> None:
    """Once the end of a block is met, the review of the next one begins with that."""
    assert start("2026-12-14", held("2026-11-29", "end_of_block")) == "2026-12-01"
    assert start("2026-12-04", held("2026-11-30")) == "2026-12-01"


def test_otherwise_as_a_full_one() -> None:
    """Without a block on that day, after the last review that was not quick; a day that was chosen wins."""
    assert start("2026-12-20", held("2026-12-16")) == "2026-12-17"
    assert start("2026-12-20", blocks=()) == "2026-09-01"
    assert start("2026-11-29", since=date(2026, 11, 20)) == "2026-11-20"
