"""A remote that is a folder, and couriers of machines that meet there."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorlog.store.sync.courier import Courier
from world import World

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What git prints about a repository, run as a user would."""
    command = ["git", f"--git-dir={folder}", *arguments]
    ended = subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=folder.parent)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode("utf-8", "surrogateescape")


@pytest.fixture
def remote(world: World) -> Path:
    """An empty bare repository."""
    folder = world.root / "remote.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True, env=os.environ)
    return folder


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
