"""A remote that is a folder, and couriers of machines that meet there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mentorlog.store.sync.courier import Courier
from store.sync.exchanged import bare
from world import World


@pytest.fixture
def remote(world: World) -> Path:
    """An empty bare repository."""
    return bare(world.root / "remote.git")


@pytest.fixture
def courier(world: World, remote: Path) -> Iterator[Callable[..., Courier]]:
    """courier("laptop") -> the courier of a machine, with its directory."""
    made: list[Courier] = []

    def make(name: str = "desktop", url: str = str(remote), *, patience: float = 20.0) -> Courier:
        made.append(Courier(world.root / name / "git", url, may_ask=False, patience=patience))
        return made[-1]

    yield make
    for one in made:
        one.close()
