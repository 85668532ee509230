"""Named values: as a NamedTuple, without typing."""

from __future__ import annotations

from typing import Any

import pytest

from mentorlog.values import Value


class Visit(Value):
    """A ward and a day."""

    ward: str
    day: int = 1


def test_fields_come_by_place_or_name() -> None:
    """In the order of the class; what has a default may be left out."""
    assert Visit("surgery", 2) == Visit(ward="surgery", day=2) != Visit("surgery")
    assert {Visit("surgery"), Visit("surgery", 1)} == {Visit("surgery")}
    assert repr(Visit("surgery")) == "Visit(ward='surgery', day=1)"


@pytest.mark.parametrize(("values", "named"), [((), {}), (("a", 1, 2), {}), (("a",), {"bed": 3})])
def test_other_fields_are_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    """A field that is missing, or that the class does not have, is an error."""
    with pytest.raises(TypeError, match="Visit takes: ward, day"):
        Visit(*values, **named)


def test_a_value_never_changes() -> None:
    """A changed value is a copy."""
    visit = Visit("surgery")

    with pytest.raises(AttributeError, match="Visit is immutable"):
        visit.day = 2  # type: ignore[misc]
    assert visit.but(day=2) == Visit("surgery", 2)
