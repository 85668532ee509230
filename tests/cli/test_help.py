"""The help: every page of it, on a pipe and on a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from mentorlog.cli import table
from offered import commands, own_params
from terminal import Terminal
from world import World

AT_FIRST = 6


@pytest.mark.parametrize("spelling", ["-h", "--help"])
def test_help_names_every_command(spelling: str, world: World) -> None:
    """The help of the program holds every command with its line, from the table alone."""
    ran = world.invoke(spelling)

    assert (ran.exit, ran.err) == (0, "")
    for name, (panel, line) in table.COMMANDS.items():
        assert f"\n{panel}:\n" in ran.out
        assert f"  {name} " in ran.out
        assert " ".join(line.split()) in " ".join(ran.out.split())


@pytest.mark.parametrize("words", [words for words, _ in commands()], ids=" ".join)
def test_every_help_has_an_example(words: tuple[str, ...], world: World) -> None:
    """Of nouns too: a line that can be copied."""
    ran = world.invoke(*words, "--help")

    assert (ran.exit, ran.err) == (0, "")
    assert "\n  Example: mentorlog " in ran.out


def test_a_few_options_come_first() -> None:
    """Not more than six stand in the first panel, whatever the command; the others are in the second."""
    many = {}
    for words, command in commands():
        first = [one for one in own_params(command) if one.param_type_name == "option" and not one.rich_help_panel]
        many[" ".join(words)] = len(first)

    assert {words: count for words, count in many.items() if count > AT_FIRST} == {}


def test_help_on_a_pipe_needs_no_rich(world: World) -> None:
    """Nothing of rich is imported where nothing is coloured, and no module of a command that is not called."""
    code = (
        "import sys; from mentorlog.cli.main import main; main(['--help']); main(['init', '--help'])\n"
        "print([name for name in sys.modules if name.partition('.')[0] == 'rich'])\n"
        "print(sorted(name for name in sys.modules if name.startswith('mentorlog.commands.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.stdout.endswith("[]\n['mentorlog.commands.init', 'mentorlog.commands.options']\n"), done.stderr


def test_help_shows_examples_on_their_own_line(world: World) -> None:
    """An example can be copied from the help."""
    ran = world.invoke("init", "--help")

    assert '\n  Example: mentorlog init ~/mentorship --name "Mary Blackwell" --stage resident\n' in ran.out
    assert ran.out.index("\nOptions:\n") < ran.out.index("\nGlobal options:\n")
    assert "Usage: mentorlog init [OPTIONS] [PATH]\n" in ran.out


@pytest.mark.parametrize("columns", [80, 40])
def test_help_on_a_terminal_is_the_same(columns: int, terminal: Callable[..., Terminal], world: World) -> None:
    """On a terminal the headings are bold, and nothing else is different."""
    shown = terminal("init", "--help", columns=columns, lines=60)

    assert shown.end() == 0
    written = shown.raw.decode().replace("\r", "")
    assert "\x1b[1mGlobal options:\x1b[0m\n" in written
    assert re.sub(r"\x1b\[[01]m", "", written) == world.invoke("init", "--help", env={"COLUMNS": str(columns)}).out


def test_a_noun_alone_shows_its_help(world: World) -> None:
    """A group that is called without a command shows what it has, without building any of it."""
    ran = world.invoke("goal")

    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.startswith("Usage: mentorlog goal [OPTIONS] COMMAND ...")
    assert ran.out == world.invoke("goal", "--help").out
