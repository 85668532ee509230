"""A journal with a mentor, two mentees, and what is open with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.models.goal import Progress
from mentorlog.models.mentor import Cadence
from world import Ran, World

Invoke = Callable[..., Ran]


@pytest.fixture(autouse=True)
def people(world: World, keep: Callable[..., Any]) -> None:
    """Osler mentors me; I mentor Noether and Joliot, and Curie and I mentor each other."""
    step = Progress(on=date(2026, 11, 20), percent=40, text="Two chapters")
    records = (
        make_mentor(cadence=Cadence(every_days=28), started=date(2026, 11, 20)),
        make_mentor(id="curie", name="Marie Curie", my_role="both"),
        make_mentor(id="noether", name="Emmy Noether", my_role="mentor", cadence=Cadence(every_days=28)),
        make_mentor(id="joliot", name="Irène Joliot", my_role="mentor"),
        make_goal(id="g2222", title="Submit case report", mentors=["osler"]),
        make_goal(id="g3333", title="Submit the thesis", whose="noether", by=date(2026, 11, 30), progress=(step,)),
        make_goal(id="g4444", title="Isolate radium", whose="curie"),
        make_task(id="t2222", title="Send the checklist", owner="osler"),
        make_task(id="t3333", title="Read the review", owner="noether", due=date(2026, 11, 22)),
        make_task(id="t4444", title="Send the slides", helps="noether"),
        make_meeting(id="m2222", mentors=("noether",), on=date(2026, 10, 26), decisions=("Two pages a week",)),
        make_note(id="n2222", kind="question", text="How is it going?", mentors=("noether",), status="closed",
                  closed_on=date(2026, 10, 27), outcome="Well"),
        make_note(id="n3333", kind="question", text="Who reads it?", mentors=("noether",)),
    )  # fmt: skip
    world.filled("mentees", lambda: keep(*records))
