"""`mentorlog goal pause`, `resume`, `achieve` and `drop`, as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from commands.goal.conftest import Invoke
from factories import make_goal, make_task
from terminal import Terminal


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["pause", "-m", "x"], "paused", "Paused"),
        (["achieve"], "achieved", "Achieved"),
        (["achieve", "--partly", "-m", "x"], "partly", "Partly achieved"),
        (["drop", "-m", "x"], "dropped", "Dropped"),
    ],
)
def test_steps_and_back(invoke: Invoke, goal: str, words: list[str], status: str, said: str) -> None:
    """Each step is told with its day; again it is said to be so already; resume takes any of them back."""
    verb, *rest = words

    first = invoke("goal", verb, goal, *rest, "--on", "yesterday")
    again = invoke("goal", verb, goal, *rest)
    closed = invoke("show", goal, "--json").data
    back = invoke("goal", "resume", goal, "--json").data

    assert first.out == f"{said} goal {goal}: Submit case report (Sun 22 Nov 2026)\n"
    assert again.out.endswith("; nothing changed.\n")
    assert (closed["status"], closed["closed_on"]) == (status, None if status == "paused" else "2026-11-22")
    assert (back["status"], back["closed_on"]) == ("active", None)
    assert [entry["new"] for entry in back["history"]] == [status, "active"]


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (["pause"], "Why are you pausing it?"),
        (["achieve", "--partly"], "What did you achieve, and what not?"),
        (["drop"], "Why are you dropping it?"),
    ],
)
def test_some_steps_need_a_reason(invoke: Invoke, goal: str, words: list[str], question: str) -> None:
    """Without a terminal the question and the option are named."""
    verb, *rest = words
    ran = invoke("goal", verb, goal, *rest)

    hint = "hint: pass --message TEXT (-m), or run in a terminal"
    assert (ran.exit, ran.err.splitlines()) == (2, [f"error: An answer is needed: {question}", hint])


def test_a_reason_is_asked_for_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, goal: str) -> None:
    """One question, and its answer stands in the history."""
    screen = terminal("goal", "drop", goal)
    screen.answer("Why are you dropping it?", "Published by others")

    assert screen.end() == 0
    assert invoke("show", goal, "--json").data["history"][0]["reason"] == "Published by others"


def test_achieving_tells_what_is_still_open_below(invoke: Invoke, keep: Callable[..., Any], goal: str) -> None:
    """One line on stderr; the goal is achieved all the same, and nothing else changes."""
    keep(
        make_goal(parent=goal),
        make_goal(parent=goal, status="dropped"),
        make_task(goal=goal),
        make_task(goal=goal),
        make_task(goal=goal, status="done"),
    )

    ran = invoke("goal", "achieve", goal)

    assert (ran.exit, ran.err) == (0, "Still open under this goal: 1 goal and 2 tasks.\n")


def test_a_closed_goal_is_not_paused(invoke: Invoke, goal: str) -> None:
    """The hint says what to do first."""
    invoke("goal", "achieve", goal)
    ran = invoke("goal", "pause", goal, "-m", "x")

    assert ran.exit == 1
    assert f"hint: resume it first: mentorlog goal resume {goal}" in ran.err
