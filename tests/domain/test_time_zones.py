"""Records of one day that were written in two time zones come in the order in which they were made."""

from __future__ import annotations

from datetime import datetime

from factories import TODAY, make_note, make_review
from mentorlog.domain import timeline
from mentorlog.domain.query import About
from mentorlog.domain.reviewing import comparing, due
from mentorlog.models.record import view

# As texts the first one comes last: at ten in Berlin it is four in New York.
BERLIN = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
NEW_YORK = datetime.fromisoformat("2026-11-23T08:00:00-05:00")
FIRST = view(make_review(id="r3333", on=TODAY, created=BERLIN))
SECOND = view(make_review(id="r2222", on=TODAY, created=NEW_YORK))


def test_the_last_review_is_the_one_made_last() -> None:
    """It says when the next one is due, and where its period begins."""
    assert due.last_review([FIRST, SECOND]) == SECOND
    assert due.last_review([SECOND, FIRST]) == SECOND


def test_reviews_are_compared_in_the_order_of_time() -> None:
    """Whichever of them is named first."""
    for pair in ((FIRST, SECOND), (SECOND, FIRST)):
        found = comparing.compare(*pair, [], [])

        assert (found.earlier["id"], found.later["id"]) == ("r3333", "r2222")


def test_a_timeline_is_in_the_order_of_time() -> None:
    """Within one day and one kind what was written first comes first."""
    notes = [view(make_note(text="Later", created=NEW_YORK)), view(make_note(text="Sooner", created=BERLIN))]

    events = timeline.events(notes, About(), {})

    assert [event["title"] for event in events] == ["Sooner", "Later"]
