"""A journal with what the tests of `mentorlog meeting` need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_note
from mentorlog.models.mentor import Cadence, Expectations
from world import Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
LATER = {"MENTORLOG_NOW": "2026-11-30T09:00:00+00:00"}
FIELDS = [
    *("record", "id", "on", "at", "status", "mentors", "mode", "kind", "minutes", "place", "cancelled_by", "decisions"),
    *(
        "usefulness",
        "feeling",
        "recap_on",
        "agenda",
        "visibility",
        "tags",
        "links",
        "created",
        "source",
        "conflicts",
        "notes",
    ),
]


@pytest.fixture(autouse=True)
def people(world: World, keep: Callable[..., None]) -> None:
    """Two mentors, a goal with one of them, and a question for him."""
    cadence = Cadence(every_days=28, mode="video", minutes=30)
    records = (
        make_mentor(cadence=cadence, expectations=Expectations(off_limits=("pay",))),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["osler"]),
        make_note(id="n4m2x", kind="question", text="Which journal?", mentors=("osler",)),
    )
    world.filled("meeting people", lambda: keep(*records))


def data(invoke: Run, *words: str, **more: Any) -> Any:
    """Run a command with --json and return its data."""
    ran = invoke(*words, "--json", **more)
    assert ran.exit == 0, ran
    return ran.data


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every record."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


def planned(invoke: Run, *words: str) -> str:
    """Plan a meeting and return its id."""
    return str(data(invoke, "meeting", "plan", *(words or ("osler", "--on", "fri 14:00")))["id"])
