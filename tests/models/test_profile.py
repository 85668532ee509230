"""The resident's own ratings."""

from __future__ import annotations

from datetime import date

import pytest

from factories import TODAY, make_profile
from mentorlog.errors import BadValue

EARLIER = date(2026, 5, 3)


def test_ratings_stand_in_the_order_of_days() -> None:
    """A rating noted late stands where it belongs, and the others stay."""
    profile = make_profile().assessed("suturing", 4, on=TODAY).assessed("suturing", 3, on=EARLIER, comment="With help")

    assert [(one.on, one.rating, one.comment) for one in profile.assessments] == [
        (EARLIER, 3, "With help"),
        (TODAY, 4, None),
    ]


@pytest.mark.parametrize(("area", "rating"), [("suturing", 0), ("suturing", 6), ("", 3), (" ", 3), ("two\nlines", 3)])
def test_a_rating_is_from_one_to_five_in_a_named_area(area: str, rating: int) -> None:
    """Everything else is refused."""
    with pytest.raises(BadValue):
        make_profile().assessed(area, rating, on=TODAY)


def test_the_rating_before_is_of_the_same_area() -> None:
    """Capitals and accents do not matter; a later rating is not before."""
    profile = make_profile().assessed("Suturing", 3, on=EARLIER).assessed("teaching", 2, on=EARLIER)

    assert profile.before("suturing", TODAY).rating == 3  # type: ignore[union-attr]
    assert profile.before("SUTU\u0308RING", TODAY).rating == 3  # type: ignore[union-attr]
    assert profile.before("suturing", date(2026, 5, 2)) is None
    assert profile.before("writing", TODAY) is None
