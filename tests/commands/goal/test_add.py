"""`mentorlog goal add`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.goal.conftest import Invoke, files
from terminal import Terminal

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'


def test_add_keeps_every_field(invoke: Invoke, people: None, goal: str) -> None:
    """Whatever a goal can hold can be said when it is set, and comes back in the JSON."""
    said = {"why": "W", "measure": "M", "horizon": "SHORT", "domain": "Career", "competency": "pc"}
    said |= {"support": "S", "asked-by": "osl", "target": "2.5", "unit": "papers"}
    said |= {"priority": "high", "baseline": "B", "parent": goal[:4], "notes": "N"}
    options = [f"--{name}={value}" for name, value in said.items()]
    lists = ["-w", "osl", "-w", "Marie", "--tag", "a", "--tag", "b", "--link", "https://example.org"]

    data = invoke("goal", "add", "Present", "--by", "in 6 weeks", *options, *lists, "--private", "--json").data

    assert {key: value for key, value in data.items() if key != "id"} == {
        "record": "goal",
        "title": "Present",
        "status": "active",
        "whose": None,
        "why": "W",
        "measure": "M",
        "target": 2.5,
        "unit": "papers",
        "support": "S",
        "asked_by": "osler",
        "horizon": "short",
        "domain": "career",
        "competency": "PC",
        "by": "2027-01-04",
        "priority": "high",
        "parent": goal,
        "closed_on": None,
        "baseline": "B",
        "mentors": [{"mentor": "osler", "told_on": None}, {"mentor": "curie", "told_on": None}],
        "progress": [],
        "history": [],
        "visibility": "private",
        "tags": ["a", "b"],
        "links": ["https://example.org"],
        "created": "2026-11-23T09:00:00+00:00",
        "source": None,
        "conflicts": [],
        "notes": "N",
        "percent": None,
        "count": None,
        "pace": {"left": 2.5, "days": 42, "by": "2027-01-04", "count": None, "per": None},
        "last_evidence": None,
        "drifting": False,
        "untold": ["osler", "curie"],
    }


def test_add_echoes_what_was_understood(invoke: Invoke, people: None) -> None:
    """The day with its weekday, the mentors with their names."""
    ran = invoke("goal", "add", "Submit case report", "--by", "fri", "--with", "osler", "--with", "osler")

    assert ran.exit == 0
    assert ran.out.endswith(": Submit case report (by Fri 27 Nov 2026, with William Osler)\n")


@pytest.mark.parametrize("title", [NASTY, "-", "--x", "'", " padded ", "x" * 5000])
def test_add_takes_any_title_of_one_line(invoke: Invoke, title: str) -> None:
    """Titles are stored as typed and shown escaped."""
    stdin = "" if title != "-" else "from stdin\n"

    data = invoke("goal", "add", "--json", "--", title, stdin=stdin).data

    assert data["title"] == (title if title != "-" else "from stdin")


@pytest.mark.parametrize(
    ("words", "exit", "sentence"),
    [
        ([""], 1, "title is empty."),
        (["two\nlines"], 1, "title has more than one line."),
        (["lone \udcff surrogate"], 1, "title is not valid UTF-8."),
        (["x", "--by", "friday banana"], 1, "'friday banana' is not a date."),
        (["x", "--by", "03/02/2027"], 1, "'03/02/2027' is ambiguous."),
        (["x", "--with", "nobody"], 1, "No mentor matches 'nobody'."),
        (["x", "--parent", "gzzzz"], 1, "No goal matches 'gzzzz'."),
        (["x", "--horizon", "soon"], 1, "Unknown horizon 'soon'.\nhint: one of: short, medium, long"),
        (["x", "--competency", "XX"], 1, "Unknown competency 'XX'.\nhint: one of: PC, MK, PBLI, ICS, PROF, SBP"),
        (["x", "--priority", "urgent"], 1, "Unknown priority 'urgent'.\nhint: one of: low, normal, high"),
        (["x", "--notes", "-", "--why", "-"], 2, "Only one option can read stdin (-)."),
        (["x", "y"], 2, "Unexpected argument: y."),
        ([], 2, "An answer is needed: What is your goal?"),
    ],
)
def test_add_refuses_what_cannot_be(
    invoke: Invoke, journal_root: Path, words: list[str], exit: int, sentence: str
) -> None:
    """One sentence each; nothing is kept."""
    ran = invoke("goal", "add", *words, stdin="On stdin")

    assert (ran.exit, ran.out) == (exit, "")
    assert f"error: {sentence}" in ran.err
    assert files(journal_root) == {}


def test_add_takes_pages_from_stdin(invoke: Invoke) -> None:
    """Notes come back to the byte."""
    text = "# A plan\n\n| a | b |\n|---|---|\n\n\t“quotes” [brackets]\n"

    assert invoke("goal", "add", "x", "--notes", "-", "--json", stdin=text).data["notes"] == text


def test_add_is_one_operation(invoke: Invoke, journal_root: Path, people: None) -> None:
    """Undo gives the bytes back, and redo too."""
    before = files(journal_root)
    invoke("goal", "add", "Submit case report", "--with", "osler")
    after = files(journal_root)

    assert invoke("undo").exit == 0
    assert files(journal_root) == before
    assert invoke("redo").exit == 0
    assert files(journal_root) == after


def test_add_asks_five_questions(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """On a terminal, without a title; all but the first may stay unanswered."""
    screen = terminal("goal", "add")
    screen.answer("What is your goal?", "Submit case report").answer("Why do you want it?", "")
    screen.answer("How will you know you achieved it?", "A letter").answer("By when?", "fri")
    screen.answer("With which mentors?", "osler, marie")

    assert screen.end() == 0
    (kept,) = invoke("goal", "list", "--json").data
    assert (kept["title"], kept["why"], kept["measure"], kept["by"]) == (
        "Submit case report",
        None,
        "A letter",
        "2026-11-27",
    )
    assert [share["mentor"] for share in kept["mentors"]] == ["osler", "curie"]


def test_a_wrong_answer_is_asked_again(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """A mistake costs one answer, not those before it."""
    screen = terminal("goal", "add")
    screen.answer("What is your goal?", "").wait_for("title is empty")
    screen.answer("What is your goal?", "Submit case report").answer("Why do you want it?").answer("How will you")
    screen.answer("By when?", "03/02/2027").wait_for("is ambiguous").answer("By when?", "3 feb 2027")
    screen.answer("With which mentors?", "osler, nobody").wait_for("No mentor matches 'nobody'")
    screen.answer("With which mentors?", "osler")

    assert screen.end() == 0
    (kept,) = invoke("goal", "list", "--json").data
    assert (kept["title"], kept["by"]) == ("Submit case report", "2027-02-03")
    assert [share["mentor"] for share in kept["mentors"]] == ["osler"]


def test_ctrl_c_at_a_question_keeps_nothing(terminal: Callable[..., Terminal], journal_root: Path) -> None:
    """Exit 130, and the journal as it was."""
    screen = terminal("goal", "add")
    screen.answer("What is your goal?", "x").wait_for("Why do you want it?").press("ctrl-c")

    assert screen.end() == 130
    assert files(journal_root) == {}
