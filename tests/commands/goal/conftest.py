"""A journal with what the tests of `mentorlog goal` need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factories import make_mentor
from world import Ran, World

Invoke = Callable[..., Ran]


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("*/*.toml"))}


@pytest.fixture
def people(world: World, keep: Callable[..., Any]) -> None:
    """Osler and Curie."""
    world.filled("goal people", lambda: keep(make_mentor(), make_mentor(id="curie", name="Marie Curie")))


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """The id of a goal."""
    return world.filled("goal", lambda: str(invoke("goal", "add", "Submit case report", "--json").data["id"]))
