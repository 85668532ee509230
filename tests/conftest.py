"""A sealed world: every test has a home of its own, and one that reaches for the real one fails by name."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# So that tests can import world, transcript, terminal and factories in every import mode of pytest.
sys.path.insert(0, str(Path(__file__).parent))

from figures import counted, pytest_terminal_summary
from seal import SEAL
from terminal import Terminal
from world import Ran, World

# What runs in the background ignores Ctrl-C, and hands that on to every program that it starts; a handler does not.
signal.signal(signal.SIGINT, signal.default_int_handler)

__all__ = ["counted", "pytest_terminal_summary"]

try:
    from hypothesis import settings
except ImportError:  # a property test says so itself
    pass
else:
    # A busy machine is not a failure: no deadline. `.ci/run` asks for ten times the examples.
    settings.register_profile("mentorlog", deadline=None, max_examples=30)
    settings.register_profile("thorough", deadline=None, max_examples=300)
    settings.load_profile("mentorlog")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --update-transcripts` write what the program prints now into the transcripts."""
    parser.addoption("--update-transcripts", action="store_true", help="rewrite what transcripts expect")


@pytest.fixture(autouse=True)
def world(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[World]:
    """A home, work folder and environment for this test alone; the real ones are out of bounds."""
    made = World(tmp_path_factory.mktemp("world"))
    sealed = made.environment()
    for name in set(os.environ) - set(sealed):
        monkeypatch.delenv(name)
    for name, value in sealed.items():
        if os.environ.get(name) != value:
            monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)
    SEAL.test, SEAL.broken = request.node.nodeid, []
    try:
        yield made
    finally:
        SEAL.test = None
    assert not SEAL.broken, SEAL.broken[0]


@pytest.fixture
def journal_root(world: World) -> Path:
    """The folder of a journal that `mentorlog init` has made; `run` and `invoke` are told of it."""
    return world.found()


@pytest.fixture
def run(world: World, journal_root: Path) -> Callable[..., Ran]:
    """run("goal", "list", stdin="", env={}, cwd=None) -> (exit, out, err) of the real program."""
    return world.run


@pytest.fixture
def invoke(world: World, journal_root: Path) -> Callable[..., Ran]:
    """As `run`, inside this process: fast."""
    return world.invoke


@pytest.fixture
def terminal(world: World, journal_root: Path) -> Iterator[Callable[..., Terminal]]:
    """terminal("review", columns=40, lines=24, env={}) -> the program on a real pseudo-terminal."""
    opened: list[Terminal] = []

    def start(*arguments: str, columns: int = 80, lines: int = 24, env: Any = None) -> Terminal:
        command = [sys.executable, "-P", "-m", "mentorlog", *arguments]
        variables = world.variables(env)
        opened.append(Terminal(command, columns=columns, lines=lines, env=variables, cwd=world.work))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
