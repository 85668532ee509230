"""Answers that are typed on a real terminal: keys edit them, and nothing remembers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mentorlog.input import prompt
from world import Ran, World

LEFT, UP, HOME, KILL = "\x1b[D", "\x1b[A", "\x01", "\x15"


def test_arrows_edit_the_answer(terminal: Callable[..., Any], invoke: Callable[..., Ran], world: World) -> None:
    """An arrow moves in the line, and is no part of the text; the question stays where it was."""
    shown = terminal("goal", "add")
    shown.wait_for("What is your goal?")
    shown.type(f"ubmt a paper{LEFT * 9}i{HOME}S")
    shown.wait_for("Submit a paper")
    assert any(line.startswith("What is your goal? Submit a paper") for line in shown.screen)
    shown.type(f"\rwrong{KILL}{UP}To learn\r")
    shown.wait_for("How will you know")
    shown.type("\r\r\r")

    assert shown.end() == 0
    (goal,) = invoke("goal", "list", "--json").data
    assert (goal["title"], goal["why"]) == ("Submit a paper", "To learn")
    assert not [path for path in world.home.rglob("*") if "history" in path.name or "inputrc" in path.name]


def test_no_editing_where_there_is_no_terminal(monkeypatch: Any) -> None:
    """On a pipe readline is not even loaded."""
    import sys

    monkeypatch.delitem(sys.modules, "readline", raising=False)

    assert prompt._has_line_editing() is False
    assert "readline" not in sys.modules
