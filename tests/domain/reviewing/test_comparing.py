"""How aims moved between two reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_review
from mentorlog.domain.reviewing.comparing import Difference, as_data, compare
from mentorlog.models.goal import HistoryEntry
from mentorlog.models.mentor import Comfort, Fit
from mentorlog.models.record import view
from mentorlog.models.review import Facts, GoalFact, MentorVerdict

FIRST = make_review(id="r2222", on=date(2026, 9, 1), facts=Facts(tasks_done=1, goals=(GoalFact(goal="gbbbb"),)))
SECOND = make_review(
    id="r3333",
    on=date(2026, 12, 1),
    added_goals=("gdddd",),
    facts=Facts(tasks_done=4, goals=(GoalFact(goal="gbbbb", progress=40),)),
)


def at(day: int, month: int) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, 9, tzinfo=UTC)


def compared(*goals: Any, mentors: Any = (), reviews: Any = (FIRST, SECOND)) -> Difference:
    """What lies between two reviews."""
    return compare(view(reviews[0]), view(reviews[1]), [view(goal) for goal in goals], [view(m) for m in mentors])


def entry(day: date, field: str = "by", **more: Any) -> HistoryEntry:
    """A change of a goal."""
    return HistoryEntry(on=day, field=field, **{"old": "2026-12-01", "new": "2027-02-01", "reason": "Format", **more})


def test_goals_that_were_added() -> None:
    """Added is what was made after the one and up to the other, or by the other itself."""
    goals = [
        make_goal(id="g2222", created=at(1, 9)),
        make_goal(id="g3333", created=at(2, 9)),
        make_goal(id="gdddd", created=at(5, 12)),
        make_goal(id="gffff", created=at(2, 12)),
    ]

    assert [goal["id"] for goal in compared(*goals).added] == ["g3333", "gdddd"]


def test_a_goal_that_the_first_review_made_is_not_added() -> None:
    """Even if it was written later."""
    first = make_review(id="r2222", on=date(2026, 9, 1), added_goals=("g3333",))

    assert compared(make_goal(id="g3333", created=at(5, 9)), reviews=(first, SECOND)).added == []


def test_goals_that_were_closed_and_revised() -> None:
    """Each change with old, new and reason; those of the first review or later than the second do not count."""
    goal = make_goal(
        id="gbbbb",
        created=at(1, 8),
        history=(
            entry(date(2026, 8, 1)),
            entry(date(2026, 9, 1), review="r2222"),
            entry(date(2026, 10, 1), "measure", old="Sent", new="Accepted"),
            entry(date(2026, 11, 1), "status", old="active", new="paused"),
            entry(date(2026, 12, 1), "status", old="paused", new="partly", review="r3333"),
            entry(date(2026, 12, 2)),
        ),
    )
    found = compared(goal)

    assert [(move.on, move.field, move.new) for move in found.revised] == [
        ("2026-10-01", "measure", "Accepted"),
        ("2026-11-01", "status", "paused"),
    ]
    assert [(move.on, move.old, move.new, move.reason) for move in found.closed] == [
        ("2026-12-01", "paused", "partly", "Format")
    ]


def test_facts_stand_side_by_side() -> None:
    """Counts as they were frozen, and the progress of goals that moved."""
    found = compared(make_goal(id="gbbbb", created=at(1, 8)))

    assert ("tasks_done", 1, 4) in found.counts
    (moved,) = as_data(found)["progress"]
    assert (moved["goal"], moved["earlier"], moved["later"]) == ("gbbbb", None, 40)


def test_fits_that_changed() -> None:
    """What the review said, else what the mentor's own entries say up to that day."""
    second = make_review(id="r3333", on=date(2026, 12, 1), mentors=(MentorVerdict(mentor="curie", fit="good"),))
    osler = make_mentor(fit=(Fit(on=date(2026, 8, 1), answer="good"), Fit(on=date(2026, 10, 1), answer="deciding")))
    curie = make_mentor(id="curie", name="Marie Curie")
    same = make_mentor(id="roentgen", name="Wilhelm Röntgen", fit=(Fit(on=date(2026, 8, 1), answer="good"),))

    found = compared(mentors=(osler, curie, same), reviews=(FIRST, second))

    assert [(m["id"], a, b) for m, a, b in found.fits] == [("osler", "good", "deciding"), ("curie", None, "good")]


def test_my_comfort_that_changed() -> None:
    """What the review said, else the last answer of mine up to that day."""
    second = make_review(id="r3333", on=date(2026, 12, 1), mentors=(MentorVerdict(mentor="curie", comfort="yes"),))
    felt = (Comfort(on=date(2026, 8, 1), mine="yes"), Comfort(on=date(2026, 10, 1), mine="unsure", theirs="no"))
    osler = make_mentor(comfort=(*felt, Comfort(on=date(2026, 10, 2), theirs="yes")))

    found = compared(mentors=(osler, make_mentor(id="curie", name="Marie Curie")), reviews=(FIRST, second))

    assert [(m["id"], a, b) for m, a, b in found.comforts] == [("osler", "yes", "unsure"), ("curie", None, "yes")]
    assert as_data(found)["comforts"][1] == {"mentor": "curie", "name": "Marie Curie", "earlier": None, "later": "yes"}


def test_the_earlier_one_comes_first() -> None:
    """Whichever is named first."""
    found = compared(reviews=(SECOND, FIRST))

    assert (found.earlier["id"], found.later["id"]) == ("r2222", "r3333")


def test_a_goal_that_is_gone() -> None:
    """A goal that was deleted since is named."""
    assert compared().gone == ["gbbbb"]


def test_a_review_and_itself() -> None:
    """Nothing lies between."""
    goal = make_goal(id="gbbbb", created=at(1, 9), history=(entry(date(2026, 9, 1), review="r2222"),))
    found = as_data(compared(goal, reviews=(FIRST, FIRST)))

    assert [found[key] for key in ("added", "closed", "revised", "gone", "progress", "fits", "comforts")] == [[]] * 7


@pytest.mark.parametrize("name", ["added", "closed", "revised", "progress"])
def test_scripts_read_plain_data(name: str) -> None:
    """Every goal stands with its id and title."""
    history = (entry(date(2026, 10, 1)), entry(date(2026, 11, 1), "status", new="achieved"))
    found = as_data(compared(make_goal(id="gbbbb", created=at(1, 10), history=history)))

    assert [(item["goal"], item["title"]) for item in found[name]] == [("gbbbb", "Submit case report")]
    assert found["facts"]["tasks_done"] == {"earlier": 1, "later": 4}
