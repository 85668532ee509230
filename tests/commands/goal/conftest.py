"""A journal with what the tests of `mentorlog goal` need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_mentor
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from world import Ran, World

Invoke = Callable[..., Ran]


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


@pytest.fixture
def keep(journal_root: Path) -> Callable[..., Any]:
    """Keep records in the journal, past the command line."""

    def put(*records: Record) -> None:
        journal = Journal(journal_root, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
        for record in records:
            journal.add(record, name="keep")

    return put


@pytest.fixture
def people(world: World, keep: Callable[..., Any]) -> None:
    """Osler and Curie."""
    world.filled("goal people", lambda: keep(make_mentor(), make_mentor(id="curie", name="Marie Curie")))


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """The id of a goal."""
    return world.filled("goal", lambda: str(invoke("goal", "add", "Submit case report", "--json").data["id"]))
