"""The factories make records that hold the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import factories
from mentorlog import ids
from mentorlog.models.record import Record

MAKERS = [
    factories.make_goal,
    factories.make_task,
    factories.make_meeting,
    factories.make_note,
    factories.make_review,
]


@pytest.mark.parametrize("make", MAKERS)
def test_ids_are_of_the_kind_and_differ(make: Callable[..., Record]) -> None:
    """A record without a named id gets one of its kind that no other has."""
    first, second = make(), make()

    assert first.id != second.id
    assert ids.kind_of(first.id) == first.KIND


def test_named_fields_win() -> None:
    """What a test names is what the record has; short forms become parts."""
    goal = factories.make_goal(id="g7k3q", by=date(2027, 5, 1), mentors=["osler", "curie"])
    mentor = factories.make_mentor(id="curie", name="Marie Curie", every=28)

    assert ("g7k3q", date(2027, 5, 1)) == (goal.id, goal.by)
    assert [share.mentor for share in goal.mentors] == ["osler", "curie"]
    assert (mentor.id, mentor.cadence.every_days) == ("curie", 28)


def test_notes_open_where_their_kind_does() -> None:
    """A question is open, a reflection is not."""
    assert factories.make_note(kind="question").status == "open"
    assert factories.make_note(kind="reflection").status == "closed"


def test_plain_data_compares() -> None:
    """Two records with the same fields are the same as plain data."""
    first, second = factories.make_task(id="t4m2x"), factories.make_task(id="t4m2x")

    assert factories.plain(first) == factories.plain(second)
