"""Arguments and options that become values while the command line is parsed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Run = Callable[..., Ran]


def test_help_looks_nothing_up(world: World) -> None:
    """--help behind ids that are unknown, in a journal that is not there, is help."""
    ran = world.invoke("goal", "tell", "gnone", "nobody", "--on", "rubbish", "--help", "--journal", "/nowhere")

    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.startswith("Usage: mentorlog goal tell")


def test_completion_looks_nothing_up(world: World, journal_root: Path) -> None:
    """An id before the cursor that is unknown keeps no shell from completing what follows."""
    world.invoke("mentor", "add", "William Osler")
    ran = world.run("mentorlog goal tell gnone os", env={"_MENTORLOG_COMPLETE": "bash"})

    assert (ran.out, ran.err) == ("words\nosler\n", "")


@pytest.mark.parametrize(
    ("words", "exit", "error"),
    [
        (["goal", "tell", "gnone", "osler"], 1, "No goal matches 'gnone'."),
        (["goal", "add", "Aim", "--with", "osler", "--with", "nobody"], 1, "No mentor matches 'nobody'."),
        (["goal", "add", "--with", "nobody"], 1, "No mentor matches 'nobody'."),
        (["task", "list", "--due-by", "rubbish"], 1, "'rubbish' is"),
        (["note", "list", "--since", "tomorrow"], 1, "Tue 24 Nov 2026"),
        (
            ["meeting", "list", "--status", "nosuch"],
            1,
            "Unknown status 'nosuch'.\nhint: one of: planned, held, cancelled, missed",
        ),
        (["mentor", "cadence", "osler", "--every", "x"], 1, "'x' is"),
        (["task", "add", "Draft", "--owner", "nobody"], 1, "No mentor matches 'nobody'."),
        (["goal", "tell", "gnone"], 1, "No goal matches 'gnone'."),
        (["goal", "tell"], 2, "Missing argument: GOAL."),
    ],
)
def test_what_is_wrong_is_said_at_once(
    words: list[str], exit: int, error: str, invoke: Run, journal_root: Path
) -> None:
    """Unknown records, days and words are refused before anything is asked or written, with and without --json."""
    invoke("mentor", "add", "William Osler")

    ran = invoke(*words, "--json")

    assert (ran.exit, ran.out) == (exit, "")
    assert ran.err.startswith(f"error: {error}")


def test_what_is_named_twice_counts_once(invoke: Run, journal_root: Path) -> None:
    """A record under two of its names is one record."""
    invoke("mentor", "add", "William Osler")
    task = invoke("task", "add", "Draft", "--json").data["id"]

    assert invoke("goal", "add", "Aim", "-w", "osler", "-w", "William Osler", "--json").data["mentors"] == [
        {"mentor": "osler", "told_on": None}
    ]
    assert invoke("task", "start", task, task[:4]).out == f"Started task {task}: Draft\n"


def test_me_can_own_and_assign(invoke: Run, journal_root: Path) -> None:
    """`me` stands where a mentor can."""
    task = invoke("task", "add", "Draft", "--owner", "me", "--from", "me", "--json").data

    assert (task["owner"], task["assigned_by"]) == ("me", "me")
    assert [one["id"] for one in invoke("task", "list", "--owner", "me", "--json").data] == [task["id"]]
