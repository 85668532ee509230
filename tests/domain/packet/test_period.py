"""The period of a packet: words, two dates, or that of the last review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import TODAY, make_review
from mentorlog.domain.packet.period import Period, default, parsed
from mentorlog.domain.packet.source import span
from mentorlog.errors import MentorlogError
from mentorlog.models.record import view
from mentorlog.models.review import Period as Range


def period(start: str, end: str) -> Period:
    """Return a period from ISO dates."""
    return Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("half-year", "2026-05-24", "2026-11-23"),
        ("Half year", "2026-05-24", "2026-11-23"),
        ("year", "2025-11-24", "2026-11-23"),
        ("2026-07-01..2026-12-31", "2026-07-01", "2026-12-31"),
        ("2027-07-01..2027-12-31", "2027-07-01", "2027-12-31"),
        ("1 jul .. 31 dec", "2026-07-01", "2026-12-31"),
        ("1 jul..30 jun", "2026-07-01", "2027-06-30"),
        ("2026-11-23..2026-11-23", "2026-11-23", "2026-11-23"),
    ],
)
def test_words_and_dates(text: str, start: str, end: str) -> None:
    """A word counts back from today; the last of two dates may be ahead, and counts from the first."""
    assert parsed(text, TODAY) == period(start, end)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a period"),
        ("quarter", "is not a period"),
        ("2026-07-01..", "is not a period"),
        ("..2026-07-01", "is not a period"),
        ("2026-07-01..2026-06-30", "ends before that, on Tue 30 Jun 2026"),
        ("tomorrow..2027-12-31", "is in the future"),
        ("03/02/2026..2026-12-31", "03/02/2026"),
        ("soon..later", "soon"),
    ],
)
def test_what_is_no_period(text: str, said: str) -> None:
    """One sentence names what was typed."""
    with pytest.raises(MentorlogError, match=said):
        parsed(text, TODAY)


def held(on: str, start: str, **more: Any) -> Any:
    """Return the view of a review."""
    first, last = date.fromisoformat(start), date.fromisoformat(on)
    return view(make_review(**{"kind": "semiannual", "on": last, "period": Range(start=first, end=last), **more}))


def test_without_a_review_it_is_the_months_that_end_today() -> None:
    """Reviews of another kind, or of one goal, do not count."""
    others = [held("2026-11-20", "2026-06-01", kind="quick"), held("2026-11-20", "2026-06-01", scope="g7k3q")]

    assert default(others, ("semiannual",), 6, TODAY) == period("2026-05-24", "2026-11-23")
    assert default([], ("annual",), 12, TODAY) == period("2025-11-24", "2026-11-23")


def test_the_period_of_the_last_review_if_it_is_recent() -> None:
    """45 days later the next one is prepared, from the day after."""
    early, late = held("2026-05-30", "2025-12-01"), held("2026-10-09", "2026-05-31")

    assert default([late, early], ("semiannual",), 6, TODAY) == period("2026-05-31", "2026-10-09")
    assert default([late, early], ("semiannual",), 6, date(2026, 11, 24)) == period("2026-10-10", "2026-11-24")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-07-01", "2026-12-31", "1 Jul to 31 Dec 2026"),
        ("2025-12-01", "2026-05-30", "1 Dec 2025 to 30 May 2026"),
    ],
)
def test_a_period_in_words(start: str, end: str, said: str) -> None:
    """A year that both have is said once."""
    one = period(start, end)

    assert span(one.start, one.end) == said
