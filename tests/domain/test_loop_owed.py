"""Who owes what to whom: rules over several records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from answers import Answers
from factories import TODAY, make_goal, make_meeting, make_task
from mentorlog.domain import computed, loop
from mentorlog.models.record import view

GOAL = make_goal(id="g7k3q", mentors=["curie", "osler"])
MEETING = make_meeting(id="m4k2p", on=date(2026, 11, 2), mentors=("blackwell",))


def owed(*mentors: str, **task: Any) -> tuple[list[str], list[str]]:
    """What loop.owed says of one task: with whom I owe it, with whom they do."""
    found = loop.owed(computed.tasks([view(make_task(**task))], Answers(GOAL, MEETING), TODAY), mentors)
    return [id for one in found["i_owe"] for id in one["with"]], [id for one in found["they_owe"] for id in one["with"]]


def test_a_task_of_mine_is_owed_to_those_whom_it_concerns() -> None:
    """Who assigned it and whose project it helps; without them the mentors of its meeting, else of its goal."""
    links = {"meeting": "m4k2p", "goal": "g7k3q"}

    assert owed(assigned_by="osler", helps="semmelweis", **links) == (["osler", "semmelweis"], [])
    assert owed(**links) == (["blackwell"], [])
    assert owed(goal="g7k3q") == (["curie", "osler"], [])


def test_a_task_of_mine_alone_is_owed_to_nobody_else() -> None:
    """What concerns no mentor I owe to myself."""
    assert computed.tasks([view(make_task())], Answers(), TODAY)[0]["with"] == []


def test_a_task_of_a_mentor_is_a_promise_of_that_mentor() -> None:
    """Whoever else it concerns, the owner owes it."""
    assert owed(owner="curie", helps="osler", goal="g7k3q") == ([], ["curie"])


def test_only_the_mentors_asked_for() -> None:
    """With mentors named, what concerns none of them is left out."""
    assert owed("osler", assigned_by="osler") == (["osler"], [])
    assert owed("osler", assigned_by="curie") == ([], [])
    assert owed("osler") == ([], [])


def test_a_task_is_owed_since_its_meeting() -> None:
    """A meeting that is written down later counts from its own day; without one the creation does."""
    later = datetime(2026, 11, 20, 9, tzinfo=UTC)
    tasks = [view(make_task(created=later, meeting=meeting)) for meeting in ("m4k2p", None, "m9999")]

    since = [task["since_on"] for task in computed.tasks(tasks, Answers(MEETING), TODAY)]

    assert since == ["2026-11-02", "2026-11-20", "2026-11-20"]


def test_late_is_an_open_task_past_its_day() -> None:
    """Today is not late, and what is done is not late any more."""
    yesterday = date(2026, 11, 22)
    tasks = [make_task(due=TODAY), make_task(due=yesterday), make_task(due=yesterday, status="done"), make_task()]

    assert [loop.late(view(task), TODAY) for task in tasks] == [False, True, False, False]
