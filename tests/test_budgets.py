"""The budgets of the house: nothing grows too long, everything public says what it is.

`python tests/test_budgets.py` prints the figures.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).resolve().parent.parent

LINES_OF_SOURCE = 400
LINES_OF_TESTS = 600
LINES_OF_FUNCTION = 50
LINES_OF_COMMAND = (
    '"""Goals."""\n@app.command("add")\ndef add(\n    ctx,\n    title,\n):\n    """Add.\n\n    Example: …\n    """\n'
)
BROKEN = [
    (long_files, "x = 1\n" * 401, "has 401 lines, 400 at most"),
    (long_functions, "def f():\n" + '    """Say.\n\n    More."""\n' + "    x = 1\n" * 50, "f has 51 lines"),
    (long_commands, COMMAND + "    x = 1\n" * 16, "add has a body of 16 lines, 15 at most"),
    (silent, "x = 1", "(the module) has no docstring"),
    (silent, '"""A."""\ndef f(): pass', ":2 f has no docstring"),
    (
        silent,
        '"""A."""\nclass C:\n    """C."""\n    def m(self): pass\n    def _m(self): pass',
        ":4 C.m has no docstring",
    ),
    (printing, "def f():\n    print('x')", ":2 prints"),
    (busy_commands, "try:\n    x = 1\nexcept ValueError:\n    pass", ":1 catches"),
    (busy_commands, "x = 1 if out.json else 2", ":1 asks for JSON"),
    (busy_commands, "from __future__ import annotations", "typer reads"),
    (unfinished, "x = 1  # TO" + "DO: more", ":1 leaves something to do"),
]
KEPT = [
    (long_files, "x = 1\n" * 400),
    (long_functions, "def f():\n" + '    """Say.\n\n    More."""\n' + "    x = 1\n" * 49),
    (long_commands, COMMAND + "    x = 1\n" * 15),
    (silent, '"""A."""\ndef _f(): pass\nclass _C:\n    def m(self): pass'),
    (silent, '"""A."""\ndef f():\n    """F."""\n    def inner(): pass'),
    (printing, "here.out.say('x')\nfingerprint(x)"),
    (unfinished, "status = 'todo'"),
]


@pytest.mark.parametrize(("budget", "text", "complaint"), BROKEN)
def test_a_budget_sees(budget: Budget, text: str, complaint: str, tmp_path: Path) -> None:
    """A file over a budget is told so, once, with its place."""
    complaints = budget(written(tmp_path, text))

    assert [complaint in said for said in complaints] == [True], complaints


@pytest.mark.parametrize(("budget", "text"), KEPT)
def test_a_budget_allows(budget: Budget, text: str, tmp_path: Path) -> None:
    """A file just within a budget is not told anything."""
    assert budget(written(tmp_path, text)) == []


def test_a_name_without_purpose(tmp_path: Path) -> None:
    """No module is called utils, helpers, common, base or manager."""
    (complaint,) = purposeless(written(tmp_path, "", "src/mentorlog/utils.py"))

    assert "src/mentorlog/utils.py" in complaint


if __name__ == "__main__":
    print(figures())
