"""What every verb of `mentorlog goal` does alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.goal.conftest import Invoke
from factories import make_goal


@pytest.mark.parametrize(
    "words",
    [
        ["tell", "gzzzz", "osler"],
        ["progress", "gzzzz", "3"],
        ["revise", "gzzzz", "by=fri", "-m", "x"],
        ["pause", "gzzzz", "-m", "x"],
        ["resume", "gzzzz"],
        ["achieve", "gzzzz"],
        ["drop", "gzzzz", "-m", "x"],
    ],
)
def test_an_unknown_goal_is_named(invoke: Invoke, words: list[str]) -> None:
    """Exit 1, one sentence, one hint, and nothing on stdout, even for a script."""
    ran = invoke("goal", *words, "--json")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines() == ["error: No goal matches 'gzzzz'.", "hint: see: mentorlog goal list"]


def test_a_prefix_of_several_goals_lists_them(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """None and several are two errors."""
    keep(make_goal(id="g2222", title="One"), make_goal(id="g2233", title="Other"))
    ran = invoke("goal", "achieve", "g22")

    assert ran.exit == 1
    assert "'g22' matches several records: g2222 (One); g2233 (Other)." in ran.err


def test_a_goal_that_cannot_be_read_needs_the_doctor(invoke: Invoke, goal: str, journal_root: Path) -> None:
    """It is never rewritten and never called unknown."""
    (path,) = (journal_root / "goals").iterdir()
    path.write_text("title = 3\n")
    ran = invoke("goal", "achieve", goal)

    assert ran.exit == 3
    assert path.read_text() == "title = 3\n"


def test_a_goal_that_was_found_is_named(invoke: Invoke, people: None, goal: str) -> None:
    """Whoever gives a beginning of an id sees which goal or meeting it was: in every command that takes one."""
    start, named = goal[:4], f"{goal} Submit case report"
    meeting = invoke("meeting", "plan", "osler", "--on", "sat", "-g", start, "--json").data["id"]
    said = {
        ("ask", "osler", "What?", "-g", start): f"for William Osler: What? (for goal {named})",
        ("note", "add", "x", "-g", start): f"x (for goal {named})",
        ("note", "add", "x", "--meeting", meeting[:4]): f"x (from meeting {meeting} of Sat 28 Nov 2026)",
        ("meeting", "plan", "osler", "--on", "fri", "-g", start): f"(Fri 27 Nov 2026, about goal {named})",
        ("meeting", "log", "osler", "x y", "-g", start): f"(Mon 23 Nov 2026, about goal {named})",
        ("task", "add", "x", "-g", start): f"x (for goal {named})",
        ("goal", "add", "Part", "--parent", start): f"Part (part of goal {named})",
    }

    for words, end in said.items():
        assert invoke(*words).out.splitlines()[0].endswith(end), words
    other = invoke("goal", "add", "Other", "--json").data["id"]
    assert f"  parent: {named}\n" in invoke("set", other, f"parent={start}").out
    assert f"  parent: {named} → none\n" in invoke("goal", "revise", other, "--clear", "parent", "-m", "x").out
    assert f"  parent: none → {named}\n" in invoke("goal", "revise", other, f"parent={start}", "-m", "x").out
