"""`mentorlog goal revise`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.goal.conftest import Invoke, files


def test_revise_says_and_keeps_old_and_new(invoke: Invoke, people: None, goal: str) -> None:
    """Several fields at once are one operation with one reason."""
    invoke("goal", "revise", goal, "by=in 6 weeks", "measure=A letter", "-m", "First plan")
    ran = invoke("goal", "revise", goal, "by=1 mar 2027", "with=osler", "--clear", "measure", "-m", "New format")
    data = invoke("show", goal, "--json").data

    assert ran.out.splitlines() == [
        f"Revised goal {goal}: Submit case report",
        "  measure: A letter → none",
        "  by: Mon 4 Jan 2027 → Mon 1 Mar 2027",
        "  mentors: none → William Osler (osler)",
    ]
    assert data["history"][3] == {
        "on": "2026-11-23",
        "field": "by",
        "old": "2027-01-04",
        "new": "2027-03-01",
        "reason": "New format",
        "review": None,
    }


def test_revise_without_a_difference_says_so(invoke: Invoke, journal_root: Path, goal: str) -> None:
    """Nothing is written, and there is no operation to undo."""
    before = files(journal_root)
    ran = invoke("goal", "revise", goal, "priority=normal", "-m", "x")

    assert ran.out == f"Goal {goal} is already set to that; nothing changed.\n"
    assert files(journal_root) == before
    assert len(invoke("history", "--json").data) == 1


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        (["by=fri"], 2),
        (["-m", "x"], 2),
        (["by", "fri", "-m", "x"], 2),
        (["by=banana", "-m", "x"], 1),
        (["colour=red", "-m", "x"], 1),
        (["status=achieved", "-m", "x"], 1),
        (["progress.1.percent=3", "-m", "x"], 1),
        (["id=g9999", "-m", "x"], 1),
        (["with=nobody", "-m", "x"], 1),
        (["title=", "-m", "x"], 1),
        (["--clear", "title", "-m", "x"], 1),
    ],
)
def test_revise_refuses_and_changes_nothing(
    invoke: Invoke, journal_root: Path, goal: str, words: list[str], exit: int
) -> None:
    """A wrong field or value, or no reason: the goal stays as it was."""
    before = files(journal_root)

    assert invoke("goal", "revise", goal, *words).exit == exit
    assert files(journal_root) == before


def test_revise_reads_a_value_from_stdin(invoke: Invoke, goal: str) -> None:
    """`why=-` is what is piped in."""
    data = invoke("goal", "revise", goal, "why=-", "-m", "x", "--json", stdin="So that\n").data

    assert data["why"] == "So that"


def test_words_count_from_the_day_of_the_revision(invoke: Invoke, goal: str) -> None:
    """On a command that has its own day, words for what lies ahead count from that day."""
    ran = invoke("goal", "revise", goal, "by=in 6 weeks", "-m", "x", "--on", "2 oct", "--json")

    assert ran.data["by"] == "2026-11-13"
