"""The terminal harness, tried on small Python programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from terminal import Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `python -c …` on a terminal that is closed after the test."""
    opened: list[Terminal] = []

    def begin(code: str, **options: int) -> Terminal:
        opened.append(Terminal([sys.executable, "-c", code], env=os.environ, **options))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def test_size_and_terminal(start: Start) -> None:
    """The program sees a terminal of the size asked for, and its exit status comes back."""
    terminal = start(
        "import os, sys; print(*os.get_terminal_size(), sys.stdin.isatty()); sys.exit(3)",
        columns=40,
        lines=10,
    )

    assert terminal.end() == 3
    assert terminal.screen == ["40 10 True"]


def test_wraps_at_the_edge_and_draws_movements(start: Start) -> None:
    """The screen shows what a person sees: lines break at the edge, later words overwrite earlier ones."""
    terminal = start(r"print('x' * 45); print('wrong\rright\x1b[31m!\x1b[0m')", columns=40)

    assert terminal.end() == 0
    assert terminal.screen == ["x" * 40, "x" * 5, "right!"]


def test_answers_questions_in_their_order(start: Start) -> None:
    """The same question twice is answered twice: only what was asked since the last answer counts."""
    terminal = start("a = input('Name? '); b = input('Name? '); print(a, 'and', b)")

    terminal.answer("Name?", "Osler").answer("Name?", "Curie")

    assert terminal.end() == 0
    assert terminal.screen[-1] == "Osler and Curie"


def test_interrupt_reaches_the_program(start: Start) -> None:
    """Ctrl-C is a key like any other: the program gets SIGINT."""
    code = "try:\n    input('Sure? ')\nexcept KeyboardInterrupt:\n    print('stopped')\n    exit(130)"
    terminal = start(code)

    terminal.wait_for("Sure?").press("ctrl-c")

    assert terminal.end() == 130
    assert "stopped" in terminal.text


def test_what_scrolled_away_is_kept(start: Start) -> None:
    """`screen` holds what is seen, `everything` also what scrolled off its top."""
    terminal = start("for n in range(30): print('line', n)", lines=10)

    assert terminal.end() == 0
    assert "line 0" not in terminal.screen
    assert [f"line {n}" for n in range(30)] == terminal.everything


def test_waiting_in_vain_shows_the_screen(start: Start) -> None:
    """A wait that fails shows what stood on the screen instead."""
    terminal = start("print('no such mentor')")

    with pytest.raises(AssertionError, match=r"the program ended(.|\n)*no such mentor"):
        terminal.wait_for("Osler")


def test_kill_takes_the_program_away(start: Start) -> None:
    """A killed program says nothing more, and its signal is the exit status."""
    terminal = start("input('Sure? ')")

    terminal.wait_for("Sure?").kill()

    assert terminal.end() == -9
