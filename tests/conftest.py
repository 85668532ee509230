"""An isolated world: every test has a home of its own, and one that reaches for the real one fails by name."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import typer.main

# So that tests can import world, transcript, terminal and factories in every import mode of pytest.
sys.path.insert(0, str(Path(__file__).parent))

from figures import counted, pytest_terminal_summary
from isolation import ISOLATION
from terminal import Terminal
from world import Ran, World

# pytest holds some hundred thousand objects: the default thresholds search them for rings all the time.
gc.set_threshold(50_000, 20, 100)

# Typer makes the parameters of a function anew for every run of the program; in one process they stay the same. The
# function is private and not in every version (.ci/versions.sh): without it the tests are slower, nothing else.
PARAMETERS = "get_params_convertors_ctx_param_name_from_function"
if hasattr(typer.main, PARAMETERS):
    setattr(typer.main, PARAMETERS, cache(getattr(typer.main, PARAMETERS)))

# What runs in the background ignores Ctrl-C, and hands that on to every program that it starts; a handler does not.
signal.signal(signal.SIGINT, signal.default_int_handler)

__all__ = ["counted", "pytest_terminal_summary"]

try:
    from hypothesis import settings
except ImportError:  # a property test says so itself
    pass
else:
    # A busy machine is not a failure: no deadline. The same examples on every run, twenty times as many in `.ci/run`:
    # whether a change passes is no matter of luck. `explore` looks for new ones, by hand and before each release.
    settings.register_profile("mentorlog", deadline=None, derandomize=True, max_examples=15)
    settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=300)
    settings.register_profile("explore", deadline=None, max_examples=2000)
    settings.load_profile("mentorlog")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --update-transcripts` write what the program prints now into the transcripts."""
    parser.addoption("--update-transcripts", action="store_true", help="rewrite what transcripts expect")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the worlds of the quick tests in memory; the slow tests use the disk."""
    memory = Path("/dev/shm")
    if config.option.markexpr == "not slow" and os.access(memory, os.W_OK):
        free = os.statvfs(memory)
        if free.f_bavail * free.f_frsize > 2**30:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_finish() -> None:
    """Keep what was collected out of the search for rings: it stays to the end."""
    gc.freeze()


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a new folder for each world; `mktemp` would resolve its path each time."""
    root = tmp_path_factory.mktemp("worlds")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def world(worlds: Iterator[Path], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[World]:
    """A home, work folder and environment for this test alone; the real ones are out of bounds."""
    made = World(next(worlds))
    failures = request.session.testsfailed
    isolated = made.environment()
    for name in set(os.environ) - set(isolated):
        monkeypatch.delenv(name)
    for name, value in isolated.items():
        if os.environ.get(name) != value:
            monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)
    ISOLATION.test, ISOLATION.broken = request.node.nodeid, []
    try:
        yield made
    finally:
        ISOLATION.test = None
    assert not ISOLATION.broken, ISOLATION.broken[0]
    if request.session.testsfailed == failures:
        shutil.rmtree(made.root, ignore_errors=True)


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
