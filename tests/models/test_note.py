"""A note: open until it is closed, and whom it was told to."""

from __future__ import annotations

from datetime import date

import pytest

from factories import TODAY, make_note
from mentorlog.errors import BadValue

FRIDAY = date(2026, 11, 20)
LATER = date(2026, 12, 1)


def test_a_note_is_closed_with_what_came_of_it() -> None:
    """The day and the outcome are kept."""
    note = make_note(kind="advice").closed(on=LATER, outcome="It works")

    assert (note.status, note.closed_on, note.outcome) == ("closed", LATER, "It works")


def test_closing_again_only_adds_the_outcome() -> None:
    """The first day counts; nothing that was said is lost."""
    note = make_note(kind="advice").closed(on=TODAY, outcome="It works")

    assert note.closed(on=LATER) is note
    again = note.closed(on=LATER, outcome="On call too")
    assert (again.closed_on, again.outcome) == (TODAY, "It works\n\nOn call too")


def test_a_note_is_not_closed_before_its_day() -> None:
    """What was asked on Monday was not answered on the Friday before."""
    with pytest.raises(BadValue, match="is from Mon 23 Nov 2026, so it cannot be closed before"):
        make_note(kind="question").closed(on=FRIDAY)


def test_a_mentor_is_told_once() -> None:
    """The first day counts, for each mentor."""
    note = make_note().known_to("osler", on=TODAY)

    assert note.known_to("osler", on=LATER) is note
    both = note.known_to("curie", on=LATER)
    assert [(entry.mentor, entry.on) for entry in both.told] == [("osler", TODAY), ("curie", LATER)]
