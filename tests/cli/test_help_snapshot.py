"""The whole help in one file, as a pipe gets it at 80 columns: a change of a word is seen where all of it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from offered import commands
from world import World

SNAPSHOT = Path(__file__).resolve().parent.parent / "data" / "help.txt"


def test_the_help_is_as_it_was_reviewed(world: World, request: pytest.FixtureRequest) -> None:
    """Every help reads as in tests/data/help.txt; `pytest --update-transcripts` writes the file anew."""
    pages = []
    for words, _ in commands():
        ran = world.invoke(*words, "--help", env={"COLUMNS": "80"})
        assert (ran.exit, ran.err) == (0, ""), words
        pages.append(f"$ {' '.join(['mentorlog', *words, '--help'])}\n{ran.out}")
    found = "\n".join(pages)
    if request.config.getoption("update_transcripts"):
        SNAPSHOT.write_text(found, encoding="utf-8")

    assert SNAPSHOT.read_text(encoding="utf-8").splitlines() == found.splitlines()
