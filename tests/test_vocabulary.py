"""The vocabulary: every closed list of words stands once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import parsed
from mentorlog import vocabulary

ROOT = Path(__file__).parents[1] / "src" / "mentorlog"
LISTS = {name: frozenset(words) for name, words in vars(vocabulary).items() if isinstance(words, tuple)}
MOST = 2
"""How many words of a list may stand beside each other elsewhere."""


def copies(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each literal that repeats a list of the vocabulary, and which it is."""
    for node in parsed.nodes(text):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            words = {one.value for one in node.elts if isinstance(one, ast.Constant)}
            yield from ((node.lineno, name) for name, known in LISTS.items() if len(words & known) > MOST)


def test_no_list_stands_twice() -> None:
    """Who needs a list of words imports it from the vocabulary."""
    found = [
        f"{path.relative_to(ROOT)}:{line} repeats {name}"
        for path in sorted(ROOT.rglob("*.py"))
        if path.name != "vocabulary.py"
        for line, name in copies(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ('STATUSES = ("todo", "doing", "done")', {"TASK_STATUSES"}),
        ("{'low', 'normal', 'high'}", {"PRIORITIES"}),
        ('("todo", "doing")', set()),
        ('(*OPEN_TASKS, "done")', set()),
    ],
)
def test_a_copy_is_seen(text: str, lists: set[str]) -> None:
    """Three words of a list are a copy of it, two are not."""
    assert {name for _, name in copies(text)} == lists


def test_the_vocabulary_imports_nothing() -> None:
    """Whoever needs a word gets nothing else along."""
    tree = ast.parse((ROOT / "vocabulary.py").read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    assert [ast.unparse(one) for one in imported] == ["from __future__ import annotations"]


def test_a_word_stands_once_in_its_list() -> None:
    """No list names a word twice."""
    assert all(len(set(words)) == len(words) for words in vars(vocabulary).values() if isinstance(words, tuple))
