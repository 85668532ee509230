"""What the program tells its users to type: every command and option in its texts is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import parsed
from mentorlog.cli import groups, table

SOURCES = Path(__file__).resolve().parent.parent / "src" / "mentorlog"
# A command is meant behind a colon, a backquote or a bracket, and where a text begins.
TYPED = re.compile(r"(?:^|[:`(,] ?|with |Example: )mentorlog (?P<words>[a-z][^`\n;,.)]*)")

PROSE = {"itself", "failed", "makes", "does", "did", "journal"}
"""Words behind the program's name that are no command."""


def texts(nodes: tuple[ast.AST, ...]) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every string; what an f-string puts in is X."""
    inside = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "X" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def typed() -> Iterator[tuple[str, str]]:
    """Yield (place, words after mentorlog) of every command that a text of the program names."""
    for path in sorted(SOURCES.rglob("*.py")):
        for line, text in texts(parsed.nodes(path.read_text(encoding="utf-8"))):
            for found in TYPED.finditer(text):
                yield f"{path.relative_to(SOURCES)}:{line}", found["words"]


@cache
def options(*path: str) -> frozenset[str]:
    """Return the options of a command."""
    command: Any = groups.Root()
    for name in path:
        command = command.build(name)
    return frozenset(spelling for param in command.params for spelling in param.opts)


def complaint(words: str) -> str | None:
    """Say what is not there of a command line; None where all is."""
    first, *rest = words.split()
    if first not in table.COMMANDS:
        return None if first.rstrip(":") in PROSE else "no such command"
    path = [first]
    if rest and first in table.VERBS and re.fullmatch(r"[a-z]+", rest[0]):
        path.append(rest[0])
        if rest[0] not in table.VERBS[first]:
            return "no such verb"
    elif rest and rest[0] == "X":  # any verb
        return None
    given = {word.partition("=")[0] for word in rest if re.match(r"--[a-z]", word)}
    return None if given <= options(*path) else "no such option"


def test_a_command_in_a_text_is_there() -> None:
    """Whoever does what a hint says is not told that there is no such command, or no such option."""
    commands = list(typed())

    assert len(commands) > 200
    assert [f"{place}: {wrong}: {words}" for place, words in commands if (wrong := complaint(words))] == []


@pytest.mark.parametrize("words", ["gaol list", "goal lst", "goal list --nosuch", "undo 3 --all=x"])
def test_a_command_that_is_not_there_is_seen(words: str) -> None:
    """The rule itself, tried."""
    assert complaint(words)
