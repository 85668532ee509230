"""The one table of commands: it agrees with the folder and with the docstrings."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import pytest

import mentorlog
from mentorlog.cli.table import COMMANDS, DEFAULTS, EXAMPLES, VERBS
from world import World

FOLDER = Path(mentorlog.__file__).parent / "commands"
SHARED = {"__init__", "options", "filters"}


def module(word: str) -> str:
    """The module of a command whose name may be a keyword of Python."""
    return f"{word}_" if iskeyword(word) else word.replace("-", "_")


def test_the_table_and_the_folder_agree() -> None:
    """Every root verb is a module, every noun a folder with one for each of its verbs; nothing else is there."""
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.py")}
    verbs = {module(name) for name in COMMANDS.keys() - VERBS.keys()}
    for noun, of_noun in VERBS.items():
        verbs |= {f"{module(noun)}/{module(verb)}" for verb in [*of_noun, *filter(None, [DEFAULTS.get(noun)])]}

    assert {file for file in files if file.rpartition("/")[2] not in SHARED} == verbs
    assert EXAMPLES.keys() | DEFAULTS.keys() == VERBS.keys() <= COMMANDS.keys()


@pytest.mark.parametrize(("noun", "verb"), [(noun, verb) for noun, verbs in VERBS.items() for verb in verbs])
def test_a_line_is_that_of_the_docstring(noun: str, verb: str) -> None:
    """What lists say of a verb is the first line of its help."""
    run = import_module(f"mentorlog.commands.{module(noun)}.{module(verb)}").run

    assert VERBS[noun][verb] == run.__doc__.partition("\n")[0].removesuffix(".")


@pytest.mark.parametrize(
    ("words", "modules"),
    [
        ("['goal', '--help']", []),
        ("['goal', 'xyzzy']", []),
        ("['review', 'due', '--help']", ["mentorlog.commands.review", "mentorlog.commands.review.due"]),
    ],
)
def test_one_verb_is_imported(words: str, modules: list[str], world: World) -> None:
    """The help of a noun and a strange word import no command; a verb imports its own module alone."""
    code = (
        f"import sys; from mentorlog.cli.main import main; main({words})\n"
        "names = [name for name in sys.modules if name.startswith('mentorlog.commands.')]\n"
        "print('', sorted(name for name in names if not name.endswith('options')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.stdout.endswith(f" {modules}\n"), done.stderr
