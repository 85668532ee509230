"""The isolated world: nothing leads out of it, and whoever leaves it is named."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isolation import ISOLATION
from world import World


def test_everything_lies_in_the_world(world: World) -> None:
    """Home, the XDG folders and the temporary folder belong to this test alone."""
    places = [
        Path.home(),
        Path(tempfile.gettempdir()),
        *(Path(os.environ[f"XDG_{kind}_HOME"]) for kind in ["DATA", "CONFIG", "STATE", "CACHE"]),
    ]

    assert all(place.is_relative_to(world.root) for place in places)


def test_what_would_change_the_words_is_gone() -> None:
    """Editors, colours, widths and the caller's own mentorlog settings do not reach a test."""
    names = ["EDITOR", "VISUAL", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "MENTORLOG_JOURNAL", "MENTORLOG_NOW"]

    assert [name for name in names if name in os.environ] == []


@pytest.mark.parametrize("how", ["open", "mkdir", "scandir", "sqlite"])
def test_the_real_home_is_out_of_bounds(how: str, request: pytest.FixtureRequest) -> None:
    """Touching anything in the real folders fails and names the test; no `except Exception` hides it."""
    real = Path(ISOLATION.folders[0])
    ways = {
        "open": lambda: (real / "config.toml").open(),
        "mkdir": lambda: real.mkdir(),
        "scandir": lambda: list(os.scandir(real)),
        "sqlite": lambda: sqlite3.connect(real / "index.sqlite"),
    }

    with pytest.raises(pytest.fail.Exception, match="uses the real home"):
        try:
            ways[how]()
        except Exception:
            pytest.fail("hidden")

    assert [request.node.nodeid in message for message in ISOLATION.broken] == [True]
    ISOLATION.broken.clear()


def test_a_folder_with_a_similar_name_is_free(tmp_path: Path) -> None:
    """Only the real folders are guarded; any other folder called mentorlog is free."""
    (tmp_path / "mentorlog").mkdir()

    assert ISOLATION.broken == []


@given(st.text())
def test_properties_live_in_the_isolated_world(text: str) -> None:
    """A Hypothesis test can be run although every test has the world's fixture."""
    assert ISOLATION.test is not None
