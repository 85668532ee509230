"""Advice on a goal or decision, in order and each once."""

from __future__ import annotations

from datetime import date
from typing import Any

from answers import Answers
from factories import make_goal, make_note
from mentorlog.domain.advice import named, on
from mentorlog.models.note import Note
from mentorlog.models.record import view

GOAL = make_goal(id="gbbbb", title="Choose a specialty")
DECISION = make_note(id="nbbbb", kind="decision", text="Surgery or radiology?", goal="gbbbb")


def advice(id: str, day: int = 2, **more: Any) -> Note:
    """Advice of a day in November."""
    return make_note(id=id, kind="advice", on=date(2026, 11, day), **more)


def ids(found: Any) -> list[str]:
    """The ids of the advice."""
    return [note["id"] for note in found["advice"]]


def test_on_a_decision() -> None:
    """Only what was said on it, the oldest first."""
    records = [
        advice("ncccc", 9, decision="nbbbb", mentors=("osler",)),
        advice("ndddd", 4, decision="nbbbb", mentors=("curie", "osler")),
        advice("nffff", decision="nzzzz"),
        advice("ngggg"),
        make_note(kind="question"),
    ]

    found = on(view(DECISION), Answers(*records))

    assert (ids(found), found["decisions"], found["about"]["id"]) == (["ndddd", "ncccc"], [], "nbbbb")
    assert named(found) == ["curie", "gbbbb", "osler"]


def test_on_a_goal() -> None:
    """Its own advice and its decisions; what bears on a decision of it is there alone."""
    records = [
        DECISION,
        advice("ncccc", goal="gbbbb", mentors=("osler",)),
        advice("ndddd", goal="gbbbb", decision="nbbbb", mentors=("curie",)),
        advice("nffff", decision="nbbbb"),
        advice("ngggg", goal="gzzzz"),
    ]

    found = on(view(GOAL), Answers(*records))

    assert ids(found) == ["ncccc"]
    assert [(one["about"]["id"], ids(one)) for one in found["decisions"]] == [("nbbbb", ["ndddd", "nffff"])]
    assert named(found) == ["curie", "gbbbb", "osler"]


def test_nothing_said() -> None:
    """A goal without advice has none, and nobody to name."""
    found = on(view(GOAL), Answers())

    assert (found["advice"], found["decisions"], named(found)) == ([], [], [])
