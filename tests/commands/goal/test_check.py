"""`mentorlog goal check`: what is vague in goals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands.goal.conftest import Invoke, files
from factories import make_goal, make_mentor, make_task
from terminal import Terminal

HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture
def goals(keep: Callable[..., Any], people: None) -> None:
    """A vague goal, one that says everything, one with a part, one of a mentee, and two that are not active."""
    clear = {"why": "To write", "by": date(2027, 1, 1), "mentors": ["osler"]}
    keep(
        make_mentor(id="lister", name="Joseph Lister", my_role="mentor"),
        make_goal(id="g2222", title=HOSTILE, mentors=["curie"]),
        make_goal(id="g3333", title="Clear", target=5, **clear).told("osler", on=date(2026, 11, 1)),
        make_goal(id="g4444", title="Whole", measure="Accepted", **clear).told("osler", on=date(2026, 11, 1)),
        make_goal(id="g5555", title="Part", parent="g4444", **clear),
        make_goal(id="g6666", title="Theirs", whose="lister"),
        make_goal(id="g7777", title="Paused", status="paused"),
        make_goal(id="g8888", title="Closed", status="achieved", closed_on=date(2026, 11, 1)),
        make_task(id="t2222", title="Later", goal="g3333"),
        make_task(id="t3333", title="First", goal="g3333", due=date(2026, 12, 1)),
        make_task(id="t4444", title="Done", goal="g5555", status="done", done_on=date(2026, 11, 1)),
    )


def test_check_lists_what_is_vague(goals: None, invoke: Invoke, journal_root: Path) -> None:
    """Of my active goals; a target is a measure, a part is a next step; nothing is changed."""
    before = files(journal_root)
    ran = invoke("goal", "check")

    assert (ran.exit, ran.out.splitlines()) == (
        0,
        [
            "id     goal" + " " * 23 + "missing",
            "g5555  Part" + " " * 23 + "no measure, no mentor told, no next task",
            f"g2222  {HOSTILE}  no reason, no measure, no date, no mentor told, no next task",
            "",
            "2 other active goals lack nothing. Complete one with: mentorlog goal check g5555",
        ],
    )
    assert files(journal_root) == before


def test_check_for_scripts(goals: None, invoke: Invoke) -> None:
    """All active goals with what is missing; of one goal an object."""
    every = {one["id"]: (one["missing"], one["next"]) for one in invoke("goal", "check", "--json").data}
    one = invoke("goal", "check", "g2222", "--json").data

    assert every == {
        "g2222": (["why", "measure", "by", "told", "task"], None),
        "g3333": ([], "t3333"),
        "g4444": ([], "g5555"),
        "g5555": (["measure", "told", "task"], None),
    }
    assert (one["id"], one["missing"]) == ("g2222", ["why", "measure", "by", "told", "task"])


def test_check_of_one_goal(goals: None, invoke: Invoke) -> None:
    """What it says, and for what it does not say the command that does."""
    assert invoke("goal", "check", "g3333").out.splitlines() == [
        "Clear",
        "",
        "why        To write",
        "measure    0 of 5",
        "by         Fri 1 Jan 2027",
        "told       William Osler",
        "next task  t3333 First",
    ]
    assert invoke("goal", "check", "g2222").out.splitlines()[2:] == [
        "why        no reason; say it with: mentorlog set g2222 why=-",
        "measure    no measure; say it with: mentorlog set g2222 measure=-",
        "by         no date; say it with: mentorlog set g2222 by=-",
        "told       no mentor told; say it with: mentorlog goal tell g2222 curie",
        "next task  no next task; say it with: mentorlog task add - --goal g2222",
    ]
    assert invoke("goal", "check", "g8888").out == "Goal g8888 is closed (achieved), so nothing is missing.\n"


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (["set", "g2222", "why=-"], "To write"),
        (["set", "g2222", "measure=-"], "Accepted"),
        (["set", "g2222", "by=-"], "in 6 weeks"),
        (["goal", "tell", "g2222", "curie"], ""),
        (["task", "add", "-", "--goal", "g2222"], "Draft"),
    ],
)
def test_each_command_says_what_is_missing(goals: None, invoke: Invoke, command: list[str], text: str) -> None:
    """Typed as it is named, it ends what it is named for."""
    before = invoke("goal", "check", "g2222", "--json").data["missing"]
    assert invoke(*command, stdin=text).exit == 0

    assert len(invoke("goal", "check", "g2222", "--json").data["missing"]) == len(before) - 1


def test_without_goals(invoke: Invoke, journal_root: Path) -> None:
    """A sentence says so, and another that all say everything."""
    assert invoke("goal", "check").out == "No active goals.\n"


def test_check_asks_on_a_terminal(goals: None, terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """At most five questions, Enter skips one; the answers are one change that one undo takes back."""
    screen = terminal("goal", "check", "g2222")
    screen.answer("Why do you want it?", "To write")
    screen.answer("How will you know", "50 procedures")
    screen.answer("By when?", "soon")
    screen.answer("By when?", "1 feb 2027")
    screen.answer("Which mentors have you told", "curie")
    screen.answer("What is the next task?", "Draft it")

    assert screen.end() == 0
    data = invoke("show", "g2222", "--json").data
    assert (data["why"], data["target"], data["unit"], data["by"]) == ("To write", 50, "procedures", "2027-02-01")
    assert data["mentors"] == [{"mentor": "curie", "told_on": "2026-11-23"}]
    assert invoke("goal", "check", "g2222", "--json").data["missing"] == []
    text = "\n".join(screen.screen)
    assert "Told Marie Curie about goal g2222" in text
    assert "for goal g2222" in text
    assert invoke("undo").exit == 0
    assert len(invoke("goal", "check", "g2222", "--json").data["missing"]) == 5


def test_nothing_said_changes_nothing(goals: None, terminal: Callable[..., Terminal], journal_root: Path) -> None:
    """Five times Enter leaves every file as it was."""
    before = files(journal_root)
    screen = terminal("goal", "check", "g2222")
    for question in ("Why do you", "How will you", "By when?", "Which mentors", "What is the next"):
        screen.answer(question, "")

    assert screen.end() == 0
    assert "Nothing was entered; goal g2222 is unchanged." in " ".join(" ".join(screen.screen).split())
    assert files(journal_root) == before
