"""`mentorlog goal progress`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commands.goal.conftest import Invoke
from terminal import Terminal


def test_progress_takes_a_percentage_words_or_both(invoke: Invoke, goal: str) -> None:
    """Each stands on its day."""
    both = invoke("goal", "progress", goal, "40%", "-m", "Draft sent", "--on", "yesterday")
    data = invoke("goal", "progress", goal, "-m", "-", "--json", stdin="Two\nlines\n").data

    assert both.out == f"Recorded progress on goal {goal}: Submit case report (40%, Sun 22 Nov 2026)\n"
    assert data["progress"] == [
        {"on": "2026-11-22", "percent": 40, "count": None, "text": "Draft sent"},
        {"on": "2026-11-23", "percent": None, "count": None, "text": "Two\nlines\n"},
    ]


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        (["101"], 1),
        (["half"], 1),
        (["+3"], 1),
        (["9" * 5000], 1),
        (["٣"], 1),
        ([], 2),
        (["-m", " "], 1),
        (["--on", "tomorrow", "3"], 1),
    ],
)
def test_progress_refuses_what_says_nothing(invoke: Invoke, goal: str, words: list[str], exit: int) -> None:
    """A number from 0 to 100 or words, not in the future."""
    assert invoke("goal", "progress", goal, *words).exit == exit


def test_progress_asks_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, goal: str) -> None:
    """An answer in words is words, and a number is one."""
    screen = terminal("goal", "progress", goal)
    screen.answer("What is the progress", "The draft is with Osler")

    assert screen.end() == 0
    assert invoke("show", goal, "--json").data["progress"][0]["text"] == "The draft is with Osler"
