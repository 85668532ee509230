"""Groups of commands: one that also runs by itself, and what is imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from world import World


@pytest.mark.parametrize("words", [["--print-form"], ["--json", "--print-form"], ["list"], ["--json", "list"]])
def test_a_group_may_run_alone(words: list[str], world: World, journal_root: Path) -> None:
    """`review` runs by itself or through its verbs, never both."""
    world.invoke("goal", "add", "Aim")

    ran = world.invoke("review", *words)

    assert (ran.exit, ran.err) == (0, "")
    assert ("verdict" in ran.out) == ("--print-form" in words)


def test_a_group_mixes_no_options(world: World, journal_root: Path) -> None:
    """An option of the group itself before one of its verbs is a mistake, and nothing runs."""
    ran = world.invoke("review", "--quick", "list")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: --quick and list cannot be used together.\n")
