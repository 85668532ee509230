"""A bad number is a bad value (1), never a bad command line (2), in every argument and option that takes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from offered import commands, own_params
from world import Ran, World

Invoke = Callable[..., Ran]

NUMBERS = ("N", "PROGRESS", "RATING", "LENGTH")
BAD = ("x", "-1", "-20", "1.25", "1e3", "", "99999999999")
GIVEN = {"AREA": "suturing", "GOAL": "GOAL", "MENTOR": "osler", "MENTOR...": "osler", "NAME": "Marie Curie"}
GIVEN |= {"MENTOR... [NOTES]": "osler"}
"""What stands in the required arguments of a command."""


def places() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (words, place) of each argument and option with a number; the place is the option, or empty."""
    for words, command in commands():
        params = own_params(command)
        for param in params:
            if param.metavar in NUMBERS:
                arguments = [one for one in params if one.param_type_name == "argument" and one.metavar not in NUMBERS]
                given = [GIVEN[one.metavar] for one in arguments if one.metavar in GIVEN]
                yield (*words, *given), param.opts[0] if param.param_type_name == "option" else ""


PLACES = list(places())


@pytest.fixture
def goal(world: World, invoke: Invoke) -> str:
    """A mentor and a goal, for the arguments before a number."""

    def fill() -> str:
        invoke("mentor", "add", "William Osler")
        return str(invoke("goal", "add", "Case report", "--json").data["id"])

    return world.filled("numbers", fill)


def test_every_place_of_a_number_is_known() -> None:
    """The table grows with the program; it holds the ones that were reported."""
    known = {(" ".join(words[: 1 if words[0] in ("undo", "history", "due") else 2]), place) for words, place in PLACES}

    assert {("undo", ""), ("undo", "--no"), ("redo", ""), ("history", "--limit"), ("goal progress", "")} <= known
    assert {("profile assess", ""), ("mentor add", "--every"), ("due", "--within")} <= known
    assert len(PLACES) > 15


@pytest.mark.parametrize(("words", "place"), PLACES, ids=lambda one: "-".join(one) if isinstance(one, tuple) else one)
def test_a_bad_number(words: tuple[str, ...], place: str, goal: str, invoke: Invoke, journal_root: Path) -> None:
    """It is named, the status is 1, nothing is printed and nothing is changed; so for negative ones."""
    files = {path: path.read_bytes() for path in journal_root.rglob("*.toml")}
    command = [goal if word == "GOAL" else word for word in words]
    for bad in BAD:
        ran = invoke(*command, *([place] if place else []), bad, "--json")
        assert (ran.exit, ran.out) == (1, ""), (bad, ran)
        assert bad in ran.err.splitlines()[0], ran.err
    assert {path: path.read_bytes() for path in journal_root.rglob("*.toml")} == files
