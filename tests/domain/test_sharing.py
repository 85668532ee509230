"""Which records an export is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain import sharing
from mentorlog.domain.query import About
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Closure
from mentorlog.models.record import view
from mentorlog.models.review import Verdict

ON = date(2026, 11, 1)


@pytest.fixture
def records() -> list[dict[str, Any]]:
    """Two mentors, a goal with each, and what belongs to them."""
    osler, curie = make_mentor(), make_mentor(id="curie", name="Marie Curie")
    case, study = make_goal(id="gc222", mentors=["osler"]), make_goal(id="gs222", mentors=["curie"])
    found = [
        osler, curie, case, study,
        make_goal(id="gp222", parent="gc222"),
        make_task(id="tc222", goal="gc222"),
        make_task(id="ts222", goal="gs222"),
        make_task(id="tp222", owner="curie", goal="gc222"),
        make_meeting(id="mc222", mentors=("osler", "curie"), agenda=(AgendaItem(text="x", goal="gc222"),)),
        make_meeting(id="ms222", mentors=("curie",)),
        make_note(id="nc222", mentors=("osler",)),
        make_review(id="r2222", worked="All", verdicts=(Verdict(goal="gc222", verdict="keep"),
                                                       Verdict(goal="gs222", verdict="keep"))),
        make_review(id="r3333", scope="curie", worked="Hers"),
    ]  # fmt: skip
    return [view(one) for one in found]


def ids(views: list[dict[str, Any]]) -> set[str]:
    """The ids of views."""
    return {one["id"] for one in views}


def test_of_a_mentor(records: list[dict[str, Any]]) -> None:
    """--with gives the mentor, what is shared with them, and of a review only the verdicts that concern them."""
    found = sharing.chosen(records, About(mentors=("osler",)))

    assert ids(found) == {"osler", "gc222", "tc222", "mc222", "nc222", "r2222"}
    review = found[-1]
    assert [entry["goal"] for entry in review["verdicts"]] == ["gc222"]
    assert review["worked"] is None and review["facts"] is None


def test_of_a_goal(records: list[dict[str, Any]]) -> None:
    """--goal gives the goal, its parts, and what names it."""
    assert ids(sharing.chosen(records, About(goal="gc222"))) == {"gc222", "gp222", "tc222", "tp222", "mc222", "r2222"}


def test_a_review_of_what_is_asked_for_is_whole(records: list[dict[str, Any]]) -> None:
    """A review of this mentor alone comes whole."""
    found = {one["id"]: one for one in sharing.chosen(records, About(mentors=("curie",)))}

    assert found["r3333"]["worked"] == "Hers"


def test_a_mentorship_that_was_taken_up_again_goes_on() -> None:
    """An earlier end is no last day; one that has ended is left out of what comes after."""
    ended = make_mentor(started=ON, status="ended", closure=(Closure(on=ON, kind="moved"),))
    again = ended.moved_to("active", on=date(2026, 11, 9))

    found = [sharing.chosen([view(one)], About(since="2026-11-20")) for one in (ended, again)]

    assert [len(views) for views in found] == [0, 1]


def test_of_some_days() -> None:
    """--since and --until, both inclusive, give what was on those days: what lasts counts as long as it lasts."""
    views = [
        view(make_meeting(id="m2222", on=date(2026, 10, 1))),
        view(make_meeting(id="m3333", on=date(2026, 11, 1))),
        view(make_goal(id="g2222")),
        view(make_goal(id="g3333", status="achieved", closed_on=date(2026, 10, 31))),
        view(make_task(id="t2222", status="done", done_on=date(2026, 11, 1))),
        view(make_mentor(id="osler", started=date(2026, 11, 2))),
    ]

    found = sharing.chosen(views, About(since="2026-11-01", until="2026-11-01"))

    assert ids(found) == {"m3333", "g2222", "t2222"}
