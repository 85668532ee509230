"""The period of a review depends on its kind alone; what was entered too late for an earlier one is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_goal, make_meeting, make_note, make_review, make_task
from mentorlog import vocabulary
from mentorlog.domain.reviewing.due import STANDS_FOR
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest, check_since, start_of_months
from mentorlog.errors import BadValue
from mentorlog.models.record import Record, view

DAY = timedelta(days=1)
FIRST = date(2025, 3, 10)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day."""
    return datetime.combine(day, time(hour), UTC)


def held(on: date, kind: str = "full", **more: Any) -> Record:
    """A review that was held and entered on a day."""
    return make_review(on=on, kind=kind, created=more.pop("created", at(on)), **more)


def look(records: Sequence[Record], on: date, kind: str = "full", **more: Any) -> ReviewFacts:
    """What a review of a day sees."""
    return ReviewFacts(map(view, records), ReviewRequest(on, kind, **more))


def start(records: Sequence[Record], on: date, kind: str = "full", **more: Any) -> date:
    """The first day of the period of a review of a journal that began on FIRST."""
    return look([make_goal(created=at(FIRST)), *records], on, kind, **more).period.start


# The case, and every kind behind every kind


def test_a_semiannual_review_counts_the_half_year_whatever_else_was_held() -> None:
    """CASES B1: a full review in September takes nothing from the half-year, nor the half-year from the year."""
    meetings = [make_meeting(on=date(2026, month, 5)) for month in range(1, 12)]
    full, half = held(date(2026, 9, 29)), held(date(2026, 12, 6), "semiannual")
    six = look([*meetings, full], date(2026, 12, 6), "semiannual")
    year = look([*meetings, full, half], date(2026, 12, 20), "annual")

    assert (six.period.start, six.facts.meetings_held) == (date(2026, 6, 7), 5)
    assert (year.period.start, year.facts.meetings_held) == (date(2025, 12, 21), 11)


BEFORE = date(2026, 10, 4)
ON = date(2026, 12, 6)
AFTER, HALF, YEAR = BEFORE + DAY, date(2026, 6, 7), date(2025, 12, 7)
TABLE = {
    # the kind of the review: its first day after one review of each kind, in the order of REVIEW_KINDS
    "quick": (AFTER, AFTER, AFTER, AFTER, AFTER),
    "full": (FIRST, AFTER, AFTER, AFTER, AFTER),
    "semiannual": (HALF, HALF, AFTER, AFTER, HALF),
    "annual": (YEAR, YEAR, YEAR, AFTER, YEAR),
    "end_of_block": (FIRST, AFTER, AFTER, AFTER, AFTER),
}


@pytest.mark.parametrize("kind", vocabulary.REVIEW_KINDS)
@pytest.mark.parametrize("earlier", vocabulary.REVIEW_KINDS)
def test_where_a_period_begins_after_one_of_each_kind(kind: str, earlier: str) -> None:
    """Behind the last review that stands for the kind; without one with the journal, or six or twelve months back."""
    expected = TABLE[kind][vocabulary.REVIEW_KINDS.index(earlier)]

    assert start([held(BEFORE, earlier)], ON, kind) == expected
    # and whatever else is held between: what does not stand for the kind changes nothing
    between = [held(BEFORE + 20 * DAY, other) for other in vocabulary.REVIEW_KINDS if other not in STANDS_FOR[kind]]
    assert start([held(BEFORE, earlier), *between], ON, kind) == expected


DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
REVIEWS = st.lists(st.tuples(DAYS, st.sampled_from(vocabulary.REVIEW_KINDS)), max_size=12)


@given(REVIEWS, st.sampled_from(vocabulary.REVIEW_KINDS))
def test_the_periods_of_one_kind_tile(held_on: list[tuple[date, str]], kind: str) -> None:
    """Held in any order, on any days: every period but the first begins where the one before it ended.

    Reviews of one day look at the same days; those that do not stand for the kind change nothing.
    """
    reviews = [held(on, one) for on, one in held_on]
    mine = [held(on, one) for on, one in held_on if one in STANDS_FOR[kind]]
    days = sorted({on for on, one in held_on if one in STANDS_FOR[kind]})

    for before, on in pairwise(days):
        period = look(reviews, on, kind).period
        assert (period.start, period.end) == (before + DAY, on)
        assert look(mine, on, kind).period.start == period.start
        assert look([*reviews, held(on, kind)], on, kind).period.start == period.start


@given(REVIEWS, st.sampled_from(vocabulary.REVIEW_KINDS), st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=8))
def test_what_was_entered_is_counted_or_told_once(
    held_on: list[tuple[date, str]], kind: str, notes: list[tuple[date, int]]
) -> None:
    """Every meeting that was entered before the last review of a kind is in exactly one of them: counted or late."""
    days = sorted({on for on, one in held_on if one == kind})
    meetings = [make_meeting(on=on, created=at(on + late * DAY, 12)) for on, late in notes]
    others = [held(on, one) for on, one in held_on if one != kind and one not in STANDS_FOR[kind]]
    reviews: list[Record] = []
    seen: list[str] = []
    for number, on in enumerate(days):
        known = [meeting for meeting in meetings if meeting.created < at(on)]
        found = look([*known, *reviews, *others], on, kind)
        if number:  # the first one looks back as far as its kind does
            in_period = [one.id for one in known if found.period.start <= one.on <= on]
            assert found.facts.meetings_held == len(in_period)
            seen += [*in_period, *found.facts.entered_late]
        else:
            seen += [one.id for one in known]
        reviews.append(held(on, kind))

    assert sorted(seen) == sorted(one.id for one in meetings if days and one.created < at(days[-1]))


# Days that only some months have


@pytest.mark.parametrize(
    ("end", "months", "first"),
    [
        (date(2026, 12, 6), 6, date(2026, 6, 7)),
        (date(2026, 6, 30), 6, date(2026, 1, 1)),
        (date(2026, 12, 31), 6, date(2026, 7, 1)),
        (date(2027, 2, 28), 6, date(2026, 9, 1)),
        (date(2028, 2, 29), 6, date(2027, 9, 1)),
        (date(2028, 2, 28), 6, date(2027, 8, 29)),
        (date(2026, 8, 30), 6, date(2026, 2, 28)),
        (date(2028, 8, 30), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2026, 3, 1)),
        (date(2026, 10, 30), 6, date(2026, 4, 30)),
        (date(2026, 12, 6), 12, date(2025, 12, 7)),
        (date(2027, 2, 28), 12, date(2026, 3, 1)),
        (date(2028, 2, 28), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 3, 1)),
        (date(2026, 1, 1), 12, date(2025, 1, 2)),
        (date(1, 3, 1), 12, date.min),
    ],
)
def test_whole_months_are_whole(end: date, months: int, first: date) -> None:
    """The months that end on a day begin with the number of the day after it, or on the last day of a shorter month."""
    assert start_of_months(end, months) == first


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.sampled_from((6, 12)))
def test_months_begin_on_the_number_of_the_day_after_them(end: date, months: int) -> None:
    """Or on the last day of a shorter month; a later end never begins earlier."""
    first, after = start_of_months(end, months), end + DAY

    assert (after.year - first.year) * 12 + after.month - first.month == months
    assert first.day == after.day or (first.day < after.day and (first + DAY).day == 1)
    assert start_of_months(after, months) >= first


# What was chosen, what is scoped, what is of one day


@pytest.mark.parametrize("kind", vocabulary.REVIEW_KINDS)
def test_the_user_chooses_where_it_begins(kind: str) -> None:
    """--since comes before every rule, also earlier than the journal; it is not after the review."""
    for since in (date(2024, 1, 1), date(2026, 11, 1), ON):
        assert start([held(BEFORE, kind)], ON, kind, since=since) == since
    with pytest.raises(BadValue, match=r"since is Mon 7 Dec 2026, which is after the review \(Sun 6 Dec 2026\)"):
        check_since(ReviewRequest(ON, kind, since=ON + DAY))


@pytest.mark.parametrize("kind", vocabulary.REVIEW_KINDS)
def test_a_review_of_one_goal_or_mentor_shifts_no_other(kind: str) -> None:
    """It ends the period of its own scope alone; one of everything ends that of every scope."""
    scoped = held(BEFORE, "annual", scope="osler")
    met = make_meeting(on=date(2026, 5, 1), created=at(FIRST), mentors=("osler", "curie"))

    assert start([scoped, met], ON, kind) == start([], ON, kind)
    assert start([scoped, met], ON, kind, scope="osler") == AFTER
    assert start([scoped, met], ON, kind, scope="curie") == start([met], ON, kind, scope="curie") != AFTER
    assert start([held(BEFORE, "annual"), met], ON, kind, scope="osler") == AFTER


@pytest.mark.parametrize("kind", vocabulary.REVIEW_KINDS)
def test_reviews_of_one_day_see_the_same_days(kind: str) -> None:
    """Whatever was held earlier on that day, and in which order."""
    alone = start([held(BEFORE, kind)], ON, kind)

    for other in vocabulary.REVIEW_KINDS:
        assert start([held(BEFORE, kind), held(ON, other)], ON, kind) == alone


# What was entered late


def test_what_was_entered_after_a_review_is_told_by_the_next() -> None:
    """CASES B1: a meeting of 3 Dec that was entered on 12 Dec, after the review of 6 Dec, is in the next one."""
    late = make_meeting(id="m2222", on=date(2026, 12, 3), created=at(date(2026, 12, 12)))
    early = make_meeting(id="m3333", on=date(2026, 12, 3), created=at(date(2026, 12, 4)))
    for kind, earlier in (("full", "semiannual"), ("quick", "full"), ("semiannual", "annual"), ("annual", "annual")):
        found = look([late, early, held(date(2026, 12, 6), earlier)], date(2027, 3, 1), kind)

        assert found.facts.entered_late == ("m2222",)
        assert found.facts.meetings_held == 0


def test_what_can_be_late() -> None:
    """Meetings that took place or not, finished tasks of both sides and notes; nothing planned, open or dayless."""
    entered = at(date(2026, 12, 12))
    day = date(2026, 12, 3)
    happened = [
        *(make_meeting(on=day, status=status, created=entered) for status in ("held", "cancelled", "missed")),
        *(make_task(status="done", done_on=day, owner=owner, created=entered) for owner in ("me", "osler")),
        make_note(on=day, created=entered),
    ]
    rest = [
        make_meeting(on=date(2026, 12, 5), status="planned", created=entered),
        *(make_task(created=entered), make_goal(created=entered)),
        make_note(on=date(2026, 12, 8), created=entered),
    ]
    found = look([*happened, *rest, held(date(2026, 12, 6))], date(2027, 3, 1))

    assert set(found.facts.entered_late) == {record.id for record in happened}


def test_what_was_only_planned_or_open_at_the_last_review_is_late_too() -> None:
    """It was created long before, but told later: a planned meeting that was held, a task done, a day corrected."""
    review, on = held(date(2026, 12, 6)), date(2026, 12, 3)
    now: list[Record] = [
        make_meeting(id="m2222", on=on),
        make_task(id="t2222", status="done", done_on=on),
        make_note(id="n2222", on=on),
        make_meeting(id="m3333", on=on),
        make_meeting(id="m4444", on=on),
    ]
    then = [
        make_meeting(id="m2222", on=on, status="planned"),
        make_task(id="t2222"),
        make_note(id="n2222", on=date(2026, 12, 8)),
        make_meeting(id="m3333", on=date(2026, 12, 4)),  # corrected, but known and counted
    ]
    asked: list[datetime] = []

    def as_of(instant: datetime) -> dict[str, Any]:
        asked.append(instant)
        return {record.id: view(record) for record in then}

    found = ReviewFacts(map(view, [*now, review]), ReviewRequest(date(2027, 3, 1)), as_of)

    assert found.facts.entered_late == ("m2222", "n2222", "t2222")
    assert asked == [review.created]


def test_what_was_entered_on_the_day_of_the_review_after_it() -> None:
    """The instant decides, not the day; what happened on the day of the review is before the next period too."""
    day = date(2026, 12, 6)
    sooner, later = make_meeting(on=day, created=at(day, 8)), make_meeting(on=day, created=at(day, 18))

    assert look([sooner, later, held(day)], date(2027, 3, 1)).facts.entered_late == (later.id,)


def test_each_kind_tells_what_is_late_for_itself() -> None:
    """What a quick look told is told again by the full review: it is in no other of its kind."""
    late = make_meeting(on=date(2026, 12, 3), created=at(date(2026, 12, 12)))
    records = [late, held(date(2026, 12, 6)), held(date(2026, 12, 20), "quick")]

    assert look(records, date(2027, 3, 1)).facts.entered_late == (late.id,)
    assert look(records, date(2027, 3, 1), "quick").facts.entered_late == ()


def test_late_for_a_first_half_year_is_what_came_after_the_last_review_of_any_kind() -> None:
    """There was no half-year before; without any review nothing is late."""
    late = make_meeting(on=date(2026, 5, 3), created=at(date(2026, 11, 12)))
    old = make_meeting(on=date(2026, 5, 3), created=at(date(2026, 5, 3)))

    assert look([late, old, held(date(2026, 9, 29))], ON, "semiannual").facts.entered_late == (late.id,)
    assert look([late, old], ON, "semiannual").facts.entered_late == ()


def test_what_since_leaves_out_is_told() -> None:
    """What was entered since the last review and lies before the chosen day is in no review: it is named."""
    left = make_meeting(on=date(2026, 10, 20), created=at(date(2026, 10, 20)))
    found = look([left, held(BEFORE)], ON, since=date(2026, 11, 1))

    assert found.facts.entered_late == (left.id,)
    assert look([left, held(BEFORE)], ON, since=date(2026, 10, 1)).facts.entered_late == ()


def test_what_is_late_belongs_to_the_scope() -> None:
    """A review of one mentor names only what was late with that one."""
    entered = at(date(2026, 12, 12))
    with_osler = make_meeting(on=date(2026, 12, 3), created=entered)
    with_curie = make_meeting(on=date(2026, 12, 3), created=entered, mentors=("curie",))

    found = look([with_osler, with_curie, held(date(2026, 12, 6))], date(2027, 3, 1), scope="curie")
    assert found.facts.entered_late == (with_curie.id,)
