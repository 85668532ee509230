"""What words mean: records, days, kinds, and what a shell is offered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_mentor
from mentorlog.errors import BadDate, BadValue, NoJournal, UnknownId
from mentorlog.lookup import Lookup
from mentorlog.store.journal import Journal
from world import NOW

TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture
def lookup(journal_root: Path) -> Lookup:
    """Two mentors and a goal."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    records = (make_mentor(), make_mentor(id="curie", name="Marie Curie"), make_goal(id="g7k3q"))
    journal.change("fill", lambda transaction: [transaction.put(record) for record in records])
    return Lookup(lambda: journal, TODAY)


def never() -> Journal:
    """Where no journal may be opened."""
    raise NoJournal("/gone", "--journal")


# Records


def test_a_mentor_is_found_by_a_beginning(lookup: Lookup) -> None:
    """Of the id or of a word of the name; several are each found once, in their order."""
    assert lookup.mentor("Mar")["id"] == lookup.mentor("cur")["id"] == "curie"
    assert lookup.mentor_ids(["osl", "curie", "osler"]) == ("osler", "curie")
    assert lookup.mentor_ids(None) == ()
    assert lookup.several_mentors(" curie, ,osler") == ("curie", "osler")


def test_a_mentor_who_is_missing_has_the_hint_of_the_caller(lookup: Lookup) -> None:
    """What to do about nobody depends on where they are asked for."""
    with pytest.raises(UnknownId) as usual:
        lookup.mentor("nobody")
    with pytest.raises(UnknownId) as other:
        lookup.mentor("nobody", "scout them")

    assert usual.value.hint == "list them with: mentorlog mentor list"
    assert other.value.hint == "scout them"


def test_a_record_is_of_its_kind(lookup: Lookup) -> None:
    """A goal is no task, meeting or note."""
    assert lookup.goal("g7")["id"] == "g7k3q"
    for find in (lookup.task, lookup.meeting, lookup.note):
        with pytest.raises(UnknownId):
            find("g7k3q")


def test_kinds_are_named_in_the_singular_or_the_plural(lookup: Lookup) -> None:
    """A word that is no kind is refused."""
    assert lookup.kinds(["goals", "profile"]) == ("goal", "profile")
    assert lookup.kinds(None) == ()
    with pytest.raises(BadValue):
        lookup.kinds(["houses"])


# Days


def test_what_happened_is_today_or_before() -> None:
    """A backward date is today where none is given, and never to come."""
    lookup = Lookup(never, TODAY)

    assert lookup.day_before(None) == TODAY
    assert lookup.day_before("fri") == date(2026, 11, 20)
    with pytest.raises(BadDate):
        lookup.day_before("tomorrow")


def test_what_is_to_come_looks_forward() -> None:
    """A forward date is none where none is given."""
    lookup = Lookup(never, TODAY)

    assert lookup.day_ahead(None) is None
    assert lookup.day_ahead("fri") == date(2026, 11, 27)
    assert lookup.format_day("2027-01-03") == "Sun 3 Jan 2027"


# The completion of a shell


def test_titles_for_the_shell_are_harmless() -> None:
    """Typer's scripts evaluate what they are given: no quote, backslash or dollar is in it; odd ids are left out."""

    class Hostile:
        def completions(self, start: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
            return [
                ("g7k3q", "\\$(touch /tmp/x) `id` \"a\" 'b'; \x1b[2J\na:b"),
                ("$(id)", "x"),
                ("-rf", "y"),
            ]

    ((id, title),) = Lookup(Hostile, TODAY).completions("", ())
    assert id == "g7k3q"
    assert not set(title) & set("\\$`\"'\n\x1b:")


def test_completion_never_fails() -> None:
    """No journal, no answer."""
    assert Lookup(never, TODAY).completions("g", ("goal",)) == []
