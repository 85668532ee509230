"""The options that every command takes, before it and behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentorlog import __version__
from world import Ran, World

Run = Callable[..., Ran]


def test_version_is_told(world: World) -> None:
    """--version alone needs no parser; with other options it is the same."""
    assert world.invoke("--version").out == f"mentorlog {__version__}\n"
    assert world.invoke("--plain", "--version").out == f"mentorlog {__version__}\n"
    assert world.invoke("--json", "--version").data == {"version": __version__}
    assert world.invoke("--version", "--json").data == {"version": __version__}


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--journal", "{}", "paths"],
        ["--json", "paths", "--journal", "{}"],
        ["paths", "--journal={}", "--json"],
        ["--journal", "elsewhere", "paths", "--json", "--journal", "{}"],
    ],
)
def test_global_options_stand_anywhere(words: list[str], world: World) -> None:
    """--journal and --json work before and after the command; the later one counts."""
    ran = world.invoke(*[word.format(world.root / "named") for word in words])

    assert ran.data["journal"] == str(world.root / "named")
    assert ran.data["named_by"] == "--journal"


def test_global_options_stand_between_noun_and_verb(run: Run) -> None:
    """`goal --json list` is `goal list --json`."""
    assert run("goal", "--json", "list") == run("goal", "list", "--json")


def test_global_options_steal_no_value(world: World) -> None:
    """A word that another option takes is its value, whatever it looks like."""
    world.found("--name", "--json", "--stage", "--debug")

    assert 'name = "--json"' in (world.journal / "profile.toml").read_text()


@pytest.mark.parametrize(
    "words", [["status"], ["goal", "list"], ["review"], ["profile", "show"], ["paths"]], ids=" ".join
)
def test_json_stands_before_and_after_everything(words: list[str], invoke: Run) -> None:
    """Wherever --json stands the document is the same."""
    places = [[*words[:place], "--json", *words[place:]] for place in range(len(words) + 1)]
    ran = {invoke(*place, "--no-input") for place in places}

    assert len(ran) == 1
