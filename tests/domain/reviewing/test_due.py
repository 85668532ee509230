"""When the next review is due: one rule for `review due`, `status` and `due`."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_review
from mentorlog import vocabulary
from mentorlog.domain.reviewing.due import Due, due
from mentorlog.models.record import view
from mentorlog.models.views import View

FIRST = "2026-09-01"
JUNE = date(2027, 6, 7)


def held(on: date, kind: str = "full", next_on: date | None = None, **more: Any) -> View:
    """A review in its JSON form."""
    return view(make_review(on=on, kind=kind, next_on=next_on, **more))


def next_one(*reviews: View) -> Due:
    """The next review of a journal that began on FIRST."""
    found = due(reviews, FIRST)
    assert found is not None
    return found


HALF = held(date(2026, 12, 6), "semiannual", JUNE)


def test_nothing_was_named() -> None:
    """90 days after the last review of everything, a quick one too, else after the first record."""
    full, quick = held(date(2026, 11, 1)), held(date(2026, 11, 20), "quick")

    assert due([], None) is None
    assert (next_one().on, next_one().reason) == ("2026-11-30", "first_record")
    assert (next_one(full).on, next_one(full).reason) == ("2027-01-30", "last_review")
    assert next_one(full, quick).on == "2027-02-18"


def test_a_quick_look_moves_no_named_day() -> None:
    """CASES B2: a semiannual review named 7 Jun; a quick one names no other day, even where a file says one."""
    quick = held(date(2026, 12, 30), "quick")
    named = held(date(2026, 12, 30), "quick", date(2027, 1, 30))
    late = held(date(2027, 6, 20), "quick")

    for looks in ((), (quick,), (named,), (quick, named, late)):
        found = next_one(HALF, *looks)
        assert (found.on, found.reason, found.named_by) == ("2027-06-07", "next_on", HALF)
        assert found.command == "mentorlog review --kind semiannual"


@pytest.mark.parametrize("kind", vocabulary.REVIEW_KINDS)
def test_a_review_on_the_day_or_later_meets_it(kind: str) -> None:
    """Of whatever kind, but for a quick one; before the day only one in the place of the half-year does."""
    stands = kind in ("semiannual", "annual")
    for days, met in ((-14, stands), (-1, stands), (0, True), (9, True)):
        later = held(JUNE + timedelta(days), kind)
        is_met = next_one(HALF, later).on != "2027-06-07"
        assert is_met == (met and kind != "quick"), (kind, days)


@pytest.mark.parametrize("naming", ["full", "semiannual", "annual", "end_of_block"])
@pytest.mark.parametrize("early", ["full", "semiannual", "annual", "end_of_block"])
def test_an_early_review_meets_the_day_of_its_own_kind(naming: str, early: str) -> None:
    """A day is named for a kind of review: another one, held before, drops it no more than a quick one does.

    Only a year's review is also that of its second half.
    """
    named, before = held(date(2026, 12, 6), naming, JUNE), held(date(2027, 5, 24), early)

    is_met = early == naming or (naming, early) == ("semiannual", "annual")
    assert (next_one(named, before).on == "2027-06-07") == (not is_met)


def test_the_nearest_of_several_days_comes_first() -> None:
    """A full review in between names its own day; then the day of the half-year is still to come."""
    full = held(date(2026, 12, 20), "full", date(2027, 3, 1))
    second = held(date(2027, 3, 2), "full", date(2027, 9, 1))

    assert [next_one(*order).on for order in permutations((HALF, full))] == ["2027-03-01"] * 2
    assert [next_one(*order).on for order in permutations((HALF, full, second))] == ["2027-06-07"] * 6
    assert next_one(HALF, full, second, held(date(2027, 6, 10), "semiannual", date(2027, 12, 6))).on == "2027-09-01"


def test_a_second_review_of_one_day_names_anew() -> None:
    """What was said last on one day counts, in the order in which it was entered."""
    first = held(date(2026, 12, 6), "full", date(2027, 3, 1), id="r3333")
    again = held(date(2026, 12, 6), "full", date(2027, 2, 1), id="r4444")

    assert next_one(first, again).on == "2027-02-01"


def test_a_review_of_one_mentor_moves_nothing_for_the_others() -> None:
    """It names a day for itself; it neither postpones nor meets a day of everything, which meets its own."""
    of_osler = held(date(2026, 12, 10), "full", date(2027, 1, 10), scope="osler")
    far = held(date(2026, 12, 10), "full", date(2028, 1, 10), scope="osler")
    everything = held(date(2027, 2, 1))

    found = next_one(HALF, of_osler)
    assert (found.on, found.command) == ("2027-01-10", "mentorlog review --scope osler")
    assert next_one(far).on == "2026-11-30"
    assert next_one(HALF, of_osler, everything).on == "2027-06-07"
    assert next_one(HALF, held(date(2027, 6, 8), scope="osler")).on == "2027-06-07"
    assert next_one(of_osler, held(date(2027, 1, 11), scope="curie")).on == "2026-11-30"


DAYS = st.integers(0, 700).map(lambda days: date(2026, 9, 1) + timedelta(days=days))
NAMED = st.none() | st.integers(1, 200)
REVIEWS = st.lists(st.tuples(DAYS, st.sampled_from(vocabulary.REVIEW_KINDS), NAMED), max_size=8)


@given(REVIEWS, st.randoms())
def test_a_quick_review_never_changes_what_was_named(held_on: list[tuple[date, str, int | None]], random: Any) -> None:
    """With or without the quick ones the same day is due, once one is named; the order of entry changes nothing."""
    reviews = [
        held(on, kind, on + timedelta(days) if days else None, id=f"r{number}234")
        for number, (on, kind, days) in enumerate(held_on, 2)
    ]
    found, slow = next_one(*reviews), next_one(*(one for one in reviews if one["kind"] != "quick"))
    shuffled = random.sample(reviews, len(reviews))

    assert (found.reason == "next_on") == (slow.reason == "next_on")
    assert found.reason != "next_on" or found.on == slow.on
    assert next_one(*shuffled).on == found.on
