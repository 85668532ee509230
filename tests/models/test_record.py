"""What all records hold to."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from factories import make_goal, make_review
from mentorlog.errors import BadValue


@pytest.mark.parametrize("year", [9001, 9999])
def test_no_day_from_which_nobody_could_count_on(year: int) -> None:
    """Ninety days after the last day of the calendar there is none."""
    with pytest.raises(BadValue, match="by is after the year 9000"):
        make_goal(by=date(year, 1, 1))
    with pytest.raises(BadValue):
        make_review(on=date(year, 12, 31))

    assert make_goal(by=date(9000, 12, 31)).by == date(9000, 12, 31)


def test_a_record_never_changes() -> None:
    """A changed record is a copy; a slip of the program is an error, never a changed record."""
    goal = make_goal()

    with pytest.raises(AttributeError, match="Goal is immutable"):
        goal.status = "dropped"  # type: ignore[misc]


def test_a_record_takes_its_fields_alone() -> None:
    """A field that is missing, or that the kind does not have, is an error."""
    for wrong in ({"titel": "Case report"}, {"title": dataclasses.MISSING}):
        with pytest.raises(TypeError, match="Goal takes: id, title, status"):
            make_goal(**wrong)
