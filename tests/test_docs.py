"""README and docs say what is true: every command is in them, and everything that they show runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from transcript import FENCE, parse, takes_part
from world import World

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

# The two commands for a fresh machine. .ci/run takes the second one out of the README and runs it.
FIRST = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/mentorlog tour"
TESTS = '.venv/bin/pytest -q -n 2 --dist worksteal -m "not slow"'
SECOND = f'python3 -m venv .venv && .venv/bin/pip install -q -e ".[dev]" && {TESTS}'

OWN_CODE = re.compile(r"(?<!`)`mentorlog ([^`\n]+)`")
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)")


class Command(NamedTuple):
    """A command as the user writes it, its line in lists, its help, and whether it has commands of its own."""

    words: str
    line: str
    help: str
    is_group: bool


@cache
def commands() -> list[Command]:
    """Return every command that is not hidden, built as `mentorlog WORDS --help` builds it."""
    from mentorlog.cli import groups

    root = groups.Root()
    return sorted(_walk(root, ""))


def _walk(group: Any, before: str) -> Iterator[Command]:
    for name, stub in group.commands.items():
        if stub.hidden:
            continue
        built, words = group.build(name), f"{before}{name}"
        inner = hasattr(built, "commands")
        if not inner or built.callback is not None:
            yield Command(words, stub.help or "", built.help or "", inner)
        if inner:
            yield from _walk(built, f"{words} ")


def pages() -> dict[str, str]:
    """Return README and docs by path."""
    paths = [README, *sorted((ROOT / "docs").rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the language and the lines of each fenced block."""
    fence: re.Match[str] | None = None
    inside: list[str] = []
    for line in text.splitlines():
        if fence is None:
            fence, inside = FENCE.match(line), []
        elif line.strip().startswith(fence["ticks"]) and not line.strip().strip(fence["ticks"][0]):
            yield fence["language"], inside
            fence = None
        else:
            inside.append(line)


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    for _, inside in blocks(text):
        text = text.replace("\n".join(inside), "", 1) if inside else text
    return text


# Commands


def test_every_command_is_in_the_manual() -> None:
    """Every command is named in README.md or in a page of docs that a person wrote."""
    manual = "\n".join(text for path, text in pages().items() if "/reference/commands/" not in path)
    missing = [one.words for one in commands() if not re.search(rf"\bmentorlog {one.words}\b", manual)]

    assert missing == []


def test_every_command_has_help_and_an_example() -> None:
    """Each command has a short line without a period, and help with an example that 80 columns do not break."""
    from mentorlog.cli import groups

    wrong = [
        f"mentorlog {one.words}: {problem}"
        for one in commands()
        for problem, is_so in {
            "no help": not one.help.strip(),
            "its line in lists ends in a period": one.line.endswith("."),
            "its line in lists has 60 characters or more": len(one.line) >= 60,
            f"no line `Example: … mentorlog {one.words} …`": not re.search(
                rf"^Example: .*\bmentorlog {one.words}\b", one.help, re.MULTILINE
            ),
            "an example is longer than 78 columns": any(
                len(line) > 78 for line in f"{one.help}\n{groups._HELP}".splitlines() if line.startswith("Example")
            ),
        }.items()
        if is_so
    ]

    assert not wrong, "\n" + "\n".join(wrong)


def test_the_manual_names_no_command_that_is_not_there() -> None:
    """`mentorlog goal done` in a page means a command: it is there."""
    known = {one.words for one in commands()} | {one.words.split()[0] for one in commands()}
    groups = {one.words.split()[0] for one in commands() if " " in one.words} - {
        one.words for one in commands() if one.is_group
    }
    wrong = []
    for path, text in pages().items():
        for line in OWN_CODE.findall(prose(text)):
            words = [word for word in line.split() if not word.startswith("-")]
            plain = [word for word in words[:2] if re.fullmatch(r"[a-z]+", word)]
            named = " ".join(plain if plain and plain[0] in groups else plain[:1])
            if named and named not in known:
                wrong.append(f"{path}: `mentorlog {line}`")

    assert wrong == []


# Pages


def test_every_page_with_commands_is_a_transcript() -> None:
    """A page that shows a session in a console block takes part in the transcripts, so it is run."""
    silent = [path for path, text in pages().items() if parse(text) and not takes_part(text)]

    assert silent == [], "add a line <!-- transcript --> or <!-- transcript: no journal -->"


def test_sessions_stand_in_console_blocks() -> None:
    """mentorlog is shown in console blocks, with what it prints: other blocks would not be run."""
    wrong = [
        f"{path}: {line}"
        for path, text in pages().items()
        for language, lines in blocks(text)
        if language in ("", "sh", "bash", "shell", "zsh")
        for line in lines
        if re.match(r"\s*(\$ )?mentorlog\b", line)
    ]

    assert wrong == []


def test_links_between_pages_lead_somewhere() -> None:
    """A relative link names a file of the repository."""
    broken = [
        f"{path}: {target}"
        for path, text in pages().items()
        for target in LINK.findall(prose(text))
        if not ((ROOT / path).parent / target).exists()
    ]

    assert broken == []


# The README's two commands


@pytest.mark.parametrize("command", [FIRST, SECOND])
def test_the_readme_has_the_set_up_command(command: str) -> None:
    """The two commands for a fresh machine stand in the README, each on a line of its own."""
    lines = [line.strip().removeprefix("$ ") for line in README.read_text(encoding="utf-8").splitlines()]

    assert command in lines


@pytest.mark.slow
def test_the_first_command_runs_in_a_fresh_clone(world: World) -> None:
    """From the sources alone: make an environment, install, show the tour."""
    clone = world.work / "clone"
    left_out = shutil.ignore_patterns(".git", ".venv*", ".*_cache", "__pycache__", ".hypothesis", "*.egg-info", "dist")
    shutil.copytree(ROOT, clone, ignore=left_out)
    # The environment that runs the tests must not lend its packages; `python3` is the one below it.
    python = Path(sys.base_prefix) / "bin"
    variables = world.variables({"MENTORLOG_JOURNAL": None, "MENTORLOG_NOW": None, "PYTHONPATH": None})
    variables["PATH"] = f"{python}:{variables['PATH']}"

    done = subprocess.run(["bash", "-c", FIRST], cwd=clone, env=variables, capture_output=True, text=True, timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "mentorlog" in done.stdout
