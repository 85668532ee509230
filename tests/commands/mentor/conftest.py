"""A journal with what the tests of `mentorlog mentor` need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_task
from mentorlog.models.mentor import Cadence
from world import Ran, World

Invoke = Callable[..., Ran]
Keep = Callable[..., None]
EMPTY = {
    "record": "mentor",
    "last_held": None,
    "next_planned": None,
    "due_on": None,
    "overdue_on": None,
    "status": "active",
    "nickname": None,
    "email": None,
    "phone": None,
    "department": None,
    "institution": None,
    "program": None,
    "proximity": None,
    "roles": [],
    "domains": [],
    "my_role": "mentee",
    "formality": None,
    "model": None,
    "origin": None,
    "met_via": None,
    "introduced_by": None,
    "qualities": None,
    "perspective": None,
    "conflict_of_interest": None,
    "started": None,
    "term_ends": None,
    "purpose": None,
    "cadence": None,
    "expectations": None,
    "status_log": [{"on": "2026-11-23", "status": "active", "reason": None}],
    "agreed": [],
    "comfort": [],
    "fit": [],
    "closure": [],
    "visibility": "mentor",
    "tags": [],
    "links": [],
    "created": "2026-11-23T09:00:00+00:00",
    "source": None,
    "conflicts": [],
    "notes": None,
}


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


@pytest.fixture
def osler(keep: Keep) -> None:
    """William Osler, active since September."""
    keep(make_mentor())


@pytest.fixture
def people(world: World, keep: Keep) -> None:
    """Osler, and what is open with him; Curie beside."""
    rhythm = Cadence(every_days=28, longest_days=42)
    records = (
        make_mentor(cadence=rhythm),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g2345", mentors=["osler"]),
        make_task(id="t2345", title="Send the protocol", owner="osler", assigned_by="curie"),
        make_task(id="t3456", title="Draft abstract", assigned_by="osler"),
        make_meeting(id="m2345", on=datetime(2026, 11, 27).date(), status="planned"),
    )
    world.filled("mentor people", lambda: keep(*records))
