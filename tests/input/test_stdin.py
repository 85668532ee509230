"""`-` in the place of a text reads it from stdin: in every option that takes a text, and by one rule of line ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from offered import commands, own_params
from world import Ran, World

Invoke = Callable[..., Ran]

TEXTS = {"TEXT", "TEXT|-", "NAME", "TITLE", "ADDRESS", "NUMBER", "MENTOR... [NOTES]"}
"""What options and arguments that take a text of one's own are called; closed words, days and ids are called others."""

# What else the command needs; {goal} and so on are ids of records that are there.
NEEDED = {
    "goal add": "Aim",
    "goal progress": "{goal}",
    "goal revise": "{goal} why=Else",
    "goal pause": "{goal}",
    "goal resume": "{paused}",
    "goal achieve": "{goal}",
    "goal drop": "{goal}",
    "mentor add": "Ann",
    "mentor scout": "Ann",
    "mentee add": "Ann",
    "mentor invite": "curie",
    "mentor activate": "curie",
    "mentor pause": "osler",
    "mentor end": "osler --kind moved",
    "mentor fit": "osler good",
    "mentor expect": "osler",
    "meeting plan": "osler --on fri",
    "meeting log": "osler",
    "meeting move": "{meeting} fri",
    "meeting cancel": "{meeting}",
    "task add": "Draft",
    "task submit": "{task}",
    "task return": "{submitted}",
    "task done": "{task}",
    "task drop": "{task}",
    "task defer": "{task} 2027-03-01",
    "letter ask": "osler Award --due 2027-02-01",
    "letter declined": "{letter}",
    "letter received": "{letter}",
    "note add": "Thought",
    "note close": "{question}",
    "ask": "osler",
    "win": "--section abstract Poster",
    "init": "",
    "profile assess": "suturing 3",
    "profile stage": "fellow",
}
REPLACES = {"title", "name", "text", "arguments"}
"""Arguments that stand where NEEDED has the text: its last word gives way to them."""
CHOSEN = {
    ("search", "text"),
    ("export pack", "section"),
    ("export cv", "me"),
    ("lint", "known"),
    ("mentor expect", "remove"),
    ("profile block", "name"),
}
"""Words to search for, or that choose something, are no text of one's own."""


def _texts() -> list[tuple[str, str, bool]]:
    """Return (command, option or argument, whether it is an argument) of all that take a text."""
    found = []
    for words, command in commands():
        for one in own_params(command):
            is_text = str(one.metavar).removesuffix("...") in TEXTS or one.metavar in TEXTS
            if is_text and (" ".join(words), one.name) not in CHOSEN:
                found.append((" ".join(words), one.opts[0], one.param_type_name == "argument"))
    return found


def _one_for_each_command() -> list[Any]:
    """Return the same; all but the first text of each command for the slow tests."""
    texts = _texts()
    first = {command: option for command, option, _ in reversed(texts)}
    return [pytest.param(*one, marks=[] if first[one[0]] == one[1] else pytest.mark.slow) for one in texts]


@pytest.fixture
def ids(invoke: Invoke, world: World) -> dict[str, str]:
    """A journal with one record for each thing that can be done."""

    def fill() -> dict[str, str]:
        def made(*words: str) -> str:
            return str(invoke(*words, "--json").data["id"])

        made("mentor", "add", "William Osler")
        made("mentor", "scout", "Marie Curie")
        ids = {"goal": made("goal", "add", "Submit case report"), "paused": made("goal", "add", "Rest")}
        ids |= {"task": made("task", "add", "Draft", "--due", "fri"), "submitted": made("task", "add", "Letter")}
        ids["letter"] = made("letter", "ask", "osler", "Fellowship", "--due", "2027-02-01")
        ids |= {
            "meeting": made("meeting", "plan", "osler", "--on", "mon 9:00"),
            "question": made("ask", "osler", "Which?"),
        }
        invoke("goal", "pause", ids["paused"], "-m", "Nights")
        invoke("task", "submit", ids["submitted"])
        return ids

    return world.filled("stdin ids", fill)


def _everything(root: Path) -> str:
    """Return what all files of the journal hold, without the log."""
    return "\n".join(path.read_text() for path in sorted(root.rglob("*.toml")) if ".mentorlog" not in path.parts)


def _words(command: str, option: str, is_argument: bool, ids: dict[str, str]) -> list[str]:
    """Return the words of a command whose text is on stdin."""
    words = [word.format(**ids) for word in NEEDED[command].split()]
    if is_argument and option != "arguments":
        words = words[:-1] if command not in ("ask", "init") else words
    return [*command.split(), *words, *(["-"] if is_argument else [option, "-"])]


@pytest.mark.parametrize(("command", "option", "is_argument"), _texts(), ids=lambda value: str(value))
def test_every_text_takes_stdin(
    command: str, option: str, is_argument: bool, ids: dict[str, str], invoke: Invoke, world: World
) -> None:
    """What is piped in is kept; the dash itself is not, and neither is the line end of a single line."""
    said = {"--email": "quietly@example.org", "--pmid": "38012345"}.get(option, "Quietly said")
    ran = invoke(*_words(command, option, is_argument, ids), "--json", "--no-input", stdin=f"{said}\n")

    assert ran.exit == 0, ran.err
    text = _everything(world.journal)
    assert said in text
    assert '"-"' not in text
    assert f"{said}\n" not in _texts_of(world.journal)


@pytest.mark.parametrize(("command", "option", "is_argument"), _one_for_each_command(), ids=lambda value: str(value))
def test_an_empty_stdin_is_refused(
    command: str, option: str, is_argument: bool, ids: dict[str, str], invoke: Invoke, world: World
) -> None:
    """Whoever writes - has a text to give: where none came in, a pipe has failed; nothing is half done without it."""
    before = _everything(world.journal)

    ran = invoke(*_words(command, option, is_argument, ids), "--no-input", stdin="")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.startswith("error: The text on stdin is empty; nothing changed.\nhint: ")
    assert _everything(world.journal) == before


@pytest.mark.parametrize("piped", ["\n", " \n\t\n", "\r\n", "\ufeff"])
def test_blanks_are_as_empty(piped: str, invoke: Invoke) -> None:
    """Nobody wrote them: `echo "$nothing"` ends with a line end."""
    ran = invoke("note", "add", "-", stdin=piped)

    assert (ran.exit, ran.out) == (1, "")
    assert "The text on stdin is empty" in ran.err


@pytest.mark.parametrize("command", ["import json -", "review --answers -"])
def test_an_empty_document_is_refused(command: str, ids: dict[str, str], invoke: Invoke) -> None:
    """What is not there can be neither taken in nor answer anything."""
    ran = invoke(*command.split(), stdin="")

    assert (ran.exit, ran.out) == (1, "")
    assert "The text on stdin is empty" in ran.err


@pytest.mark.parametrize("command", ["set {goal} why=-", "goal revise {goal} why=- -m x", "profile set program=-"])
def test_an_empty_value_says_how_a_field_is_emptied(command: str, ids: dict[str, str], invoke: Invoke) -> None:
    """KEY=- is refused as KEY= is, with the option that empties the field."""
    ran = invoke(*command.format(**ids).split(), stdin="")

    assert (ran.exit, ran.out) == (1, "")
    assert "hint: to clear a field, use: --clear" in ran.err


def _texts_of(root: Path) -> list[str]:
    """Return every text of every record."""
    import tomllib

    found: list[str] = []

    def take(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                take(one)
        elif isinstance(value, list):
            for one in value:
                take(one)

    for path in root.rglob("*.toml"):
        if ".mentorlog" not in path.parts:
            take(tomllib.loads(path.read_text()))
    return found


TAKES_LINES = [
    ("note add -", "text"),
    ("goal add Aim --notes -", "notes"),
    ("goal add Aim --why -", "why"),
    ("goal add Aim --measure -", "measure"),
    ("task add Draft --deliverable -", "deliverable"),
    ("task add Draft --instructions -", "instructions"),
    ("meeting log osler -", "notes"),
    ("mentor add Ann --purpose -", "purpose"),
    ("ask osler -", "text"),
    ("set {goal} why=-", "why"),
    ("set {goal} notes=-", "notes"),
]


LINES = [
    ("Two\nlines\n", "Two\nlines\n"),
    ("One line\n", "One line"),
    ("One line", "One line"),
    ("One line\r\n", "One line"),
    ("Two\nlines", "Two\nlines"),
    ("  indented\n\n- and a list\n\n", "  indented\n\n- and a list\n\n"),
]


@pytest.mark.parametrize(
    ("command", "field", "piped", "kept"),
    [
        pytest.param(*taking, *lines, marks=pytest.mark.slow if row and column > 1 else [])
        for row, taking in enumerate(TAKES_LINES)
        for column, lines in enumerate(LINES)
    ],
)
def test_line_ends_follow_one_rule(
    command: str, field: str, piped: str, kept: str, ids: dict[str, str], invoke: Invoke
) -> None:
    """The line end of a single line is none of the text, whatever takes it; several lines come back to the byte."""
    ran = invoke(*command.format(**ids).split(), "--json", "--no-input", stdin=piped)

    assert ran.exit == 0, ran.err
    assert json.loads(ran.out)["data"][field] == kept
