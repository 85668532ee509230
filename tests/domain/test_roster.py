"""The mentors side by side, without the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_meeting, make_mentor
from mentorlog.domain import computed, roster
from mentorlog.errors import MentorlogError
from mentorlog.models.record import view


def seen(name: str, last: str | None = None, planned: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return a mentor as a list shows them."""
    days = ((last, "held"), (planned, "planned"))
    id = name.lower()
    meetings = [make_meeting(on=date.fromisoformat(on), status=status, mentors=(id,)) for on, status in days if on]
    (mentor,) = computed.mentors([view(make_mentor(id=id, name=name, **changes))], Answers(*meetings), TODAY)
    return mentor


def test_a_list_begins_with_who_is_met_next() -> None:
    """Active before the rest; then by the day a contact is due or a meeting is planned; then by name."""
    people = [
        seen("Nightingale", status="ended"),
        seen("Semmelweis"),
        seen("Blackwell", status="candidate"),
        seen("Curie", planned="2026-11-27", every=28),
        seen("Osler", last="2026-11-01", every=28),
        seen("Röntgen", last="2026-10-01", every=28),
        seen("Ärzt"),
    ]

    names = [person["name"] for person in roster.ordered(people)]

    assert names == ["Röntgen", "Curie", "Osler", "Semmelweis", "Ärzt", "Blackwell", "Nightingale"]


def test_a_planned_meeting_silences_the_cadence() -> None:
    """What is shown besides is the last held and the next planned day, and when a contact is due."""
    assert {key: seen("Osler", "2026-11-01", None, every=28)[key] for key in ("last_held", "due_on", "overdue_on")} == {
        "last_held": "2026-11-01",
        "due_on": "2026-11-29",
        "overdue_on": "2026-12-13",
    }
    assert seen("Osler", planned="2026-11-27", every=28)["due_on"] is None


def test_roles_and_domains_are_found_as_they_are_said() -> None:
    """Case, accents, hyphens and underscores make no difference; one of several is enough."""
    mentor = seen("Osler", roles=("career_coach",), domains=("Case reports", "Épidémiologie"))

    assert roster.serves(mentor, ["Career-Coach", "sponsor"], ["case  REPORTS"])
    assert roster.serves(mentor, [], ["epidemiologie"])
    assert not roster.serves(mentor, ["sponsor"], [])
    assert roster.serves(mentor, [], [])


@pytest.mark.parametrize(
    "name", ["Dr William Osler", "William Osler, MD", "Prof. William Osler FRCP", "Osler, William"]
)
def test_titles_make_nobody_else_of_anybody(name: str) -> None:
    """The same person is met with and without a title, and surname first."""
    assert roster.namesake(name, [seen("Revere Osler")]) is None
    assert roster.namesake(name, [seen("William Osler")])
    assert roster.namesake("William Osler", [seen(name)])


def test_a_namesake_is_refused_with_the_way_out() -> None:
    """The same full name is the same person unless an id says otherwise."""
    known = [seen("William Osler", status="candidate")]

    with pytest.raises(MentorlogError, match="already exists: william osler") as error:
        roster.refuse_namesake(" william  OSLER", known)

    assert "mentorlog mentor activate" in str(error.value.hint) and "-2" in str(error.value.hint)
    roster.refuse_namesake("Revere Osler", known)
