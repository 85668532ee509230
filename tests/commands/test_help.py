"""`mentorlog help`: the help of a command, all of them, or the man page."""

from __future__ import annotations

import shutil
import site
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "man" / "mentorlog.1"


@pytest.mark.parametrize("words", ["", "goal", "goal add", "review", "undo", "help"])
def test_help_of_a_command_is_its_help(words: str, invoke: Invoke) -> None:
    """`mentorlog help goal add` prints what `mentorlog goal add --help` prints."""
    ran = invoke("help", *words.split())

    assert (ran.exit, ran.err) == (0, "")
    assert ran.out == invoke(*words.split(), "--help").out


def test_other_names_of_commands_are_understood(invoke: Invoke) -> None:
    """`rm` is delete, behind help too."""
    assert invoke("help", "rm").out == invoke("delete", "--help").out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("nosuch", "error: Unknown command 'nosuch'."),
        ("goal nosuch", "error: Unknown command 'goal nosuch'."),
        ("goal add x", "error: Unexpected argument: x."),
    ],
)
def test_words_that_are_no_command(words: str, error: str, invoke: Invoke) -> None:
    """What is not a command is a usage error, with a hint."""
    ran = invoke("help", *words.split())

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == error
    assert ran.err.splitlines()[1].startswith("hint: ")


def test_help_as_data(invoke: Invoke) -> None:
    """With --json the usage, the arguments, the options and the commands are data."""
    goal = invoke("help", "goal", "--json").data
    tell = invoke("help", "goal", "tell", "--json").data

    assert {key: goal["commands"][2][key] for key in ("name", "required")} == {"name": "tell", "required": False}
    assert tell["usage"] == "mentorlog goal tell [OPTIONS] GOAL MENTOR"
    assert [(one["name"], one["required"]) for one in tell["arguments"]] == [("GOAL", True), ("MENTOR", True)]
    assert tell["options"][0]["name"] == "--on DATE"
    assert tell["commands"] == []


@pytest.fixture
def installed(world: World) -> Callable[..., Terminal]:
    """installed("help") -> mentorlog on a terminal, in an environment with the man page, and a `man` that names it."""
    folder = world.root / "venv"
    venv.create(folder, symlinks=True)
    place = folder / "share" / "man" / "man1"
    place.mkdir(parents=True)
    shutil.copy(PAGE, place)
    man = world.root / "bin" / "man"
    man.write_text('#!/bin/sh\necho "man: $@"\nexit ${MAN_STATUS:-0}\n')
    man.chmod(0o755)
    packages = ":".join([world.variables()["PYTHONPATH"], *site.getsitepackages()])

    def start(*arguments: str, **variables: str) -> Terminal:
        env = world.variables({"PYTHONPATH": packages, **variables})
        command = [str(folder / "bin" / "python"), "-P", "-m", "mentorlog", *arguments]
        return Terminal(command, lines=90, env=env, cwd=world.work)

    return start


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is needed")
def test_help_alone_opens_the_man_page(installed: Callable[..., Terminal], world: World) -> None:
    """On a terminal the installed page is shown by man."""
    shown = installed("help")

    assert shown.end() == 0
    assert "".join(shown.everything).startswith(f"man: {world.root / 'venv' / 'share'}")


def test_help_alone_lists_all_commands_where_man_fails(installed: Callable[..., Terminal], invoke: Invoke) -> None:
    """Where man fails, and where nobody asks for a pager, it is the help of the program."""
    failed = installed("help", MAN_STATUS="1")
    plain = installed("help", "--no-input")

    assert (failed.end(), plain.end()) == (0, 0)
    assert "Usage: mentorlog" in "\n".join(failed.everything)
    assert plain.everything[0].startswith("Usage: mentorlog")
