"""What words mean: records, days, and what a shell is offered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_mentor
from mentorlog import lookup
from mentorlog.app import App
from mentorlog.errors import BadDate, UnknownId
from world import NOW


@pytest.fixture
def app(journal_root: Path) -> App:
    """Two mentors and a goal."""
    app = App(datetime.fromisoformat(NOW))  # a Monday
    app.set_option("journal", str(journal_root))
    records = (make_mentor(), make_mentor(id="curie", name="Marie Curie"), make_goal(id="g7k3q"))
    app.journal.change("fill", lambda transaction: [transaction.put(record) for record in records])
    return app


# Records


def test_a_mentor_is_found_by_a_beginning(app: App) -> None:
    """Of the id or of a word of the name; several are each found once, in their order."""
    assert lookup.mentor(app, "Mar")["id"] == lookup.mentor(app, "cur")["id"] == "curie"
    assert lookup.mentor_ids(app, ["osl", "curie", "osler"]) == ("osler", "curie")
    assert lookup.mentor_ids(app, [" curie, ,osler"]) == ("curie", "osler")


def test_a_mentor_who_is_missing_has_the_hint_of_the_caller(app: App) -> None:
    """What to do about nobody depends on where they are asked for."""
    with pytest.raises(UnknownId) as usual:
        lookup.mentor(app, "nobody")
    with pytest.raises(UnknownId) as other:
        lookup.mentor(app, "nobody", "scout them")

    assert usual.value.hint == "see: mentorlog mentor list"
    assert other.value.hint == "scout them"


def test_a_record_is_of_its_kind(app: App) -> None:
    """A goal is found by the beginning of its id; a mentor is no goal."""
    assert lookup.goal(app, "g7")["id"] == "g7k3q"
    with pytest.raises(UnknownId):
        lookup.goal(app, "osler")


# Days


def test_what_happened_is_today_or_before(app: App) -> None:
    """A backward date is today where none is given, and never to come."""
    assert lookup.day_before(app, None) == app.today
    assert lookup.day_before(app, "fri") == date(2026, 11, 20)
    with pytest.raises(BadDate):
        lookup.day_before(app, "tomorrow")


def test_what_is_to_come_looks_forward(app: App) -> None:
    """A forward date is the next that the words can mean."""
    assert lookup.day_ahead(app, "fri") == date(2026, 11, 27)
