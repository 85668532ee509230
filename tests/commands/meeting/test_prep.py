"""`mentorlog meeting prep`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from commands.meeting.conftest import LATER, Run, content, data, planned
from terminal import Terminal


def test_prep(invoke: Run, journal_root: Path) -> None:
    """One screen from the journal; it changes nothing, and logging marks nothing as told."""
    planned(invoke, "osler", "--on", "fri 14:00", "-a", "Choice of journal", "--place", "Room 4")
    before = content(journal_root)
    ran = invoke("meeting", "prep", "osler")

    assert ran.out.splitlines() == [
        "William Osler: Fri 27 Nov 2026, 14:00, in 4 days",
        "not met yet · 30 minutes · video · Room 4",
        "Off limits: pay",
        "Phase: planning · missing: what you expect of them, what they expect of you, telling them about 1 goal",
        "",
        "My questions",
        "  n4m2x  Which journal?",
        "",
        "To tell them",
        "  g7k3q  Submit case report: not told yet",
        "",
        "Suggested agenda",
        "  1. Choice of journal",
        "  2. My question: Which journal?",
        "  3. Tell them about a goal: Submit case report",
        "  4. What they expect of me",
        "  5. The next meeting",
    ]
    assert content(journal_root) == before
    invoke("meeting", "log", "osler", env=LATER)
    assert data(invoke, "meeting", "prep", "osler")["goals_untold"][0]["id"] == "g7k3q"


def test_prep_for_scripts(invoke: Run) -> None:
    """Every part is there, empty where there is nothing."""
    invoke("mentor", "end", "curie", "--kind", "completed")
    found = data(invoke, "meeting", "prep", "curie")

    assert {key: value for key, value in found.items() if key not in ("mentor", "agenda")} == {
        "meeting": None, "last_meeting": None, "recap_unsent": False, "minutes": None, "mode": None, "off_limits": [],
        "conflict_of_interest": None, "assignments": [], "assignments_done": [], "promises": [], "promises_kept": [],
        "drafts": [], "introductions": [], "questions": [], "asked": [], "decided": [], "their_goals": [],
        "decisions": [], "goals_untold": [], "changes": [], "news": [], "minutes_agreed": None, "expected_of_me": [],
        "material_by": None, "phase": None,
    }  # fmt: skip
    assert found["mentor"]["id"] == "curie"


def test_the_phase(invoke: Run) -> None:
    """It follows from told goals, held meetings and reviews, here and in `show`."""
    invoke("goal", "tell", "g7k3q", "osler")
    invoke("meeting", "log", "osler", "Read it", "--new", "--on", "20 nov")
    develops = data(invoke, "meeting", "prep", "osler")["phase"]
    invoke("review", "--answers", "-", stdin='[[mentors]]\nmentor = "osler"\nfit = "good"\n')
    evaluates = data(invoke, "show", "osler")["linked"]["phase"]

    assert (develops["name"], evaluates["name"]) == ("development", "evaluation")
    assert {"phase": "evaluation", "what": "discussed", "goals": []} in evaluates["missing"]
    assert evaluates == data(invoke, "meeting", "prep", "osler")["phase"]
    assert "Phase\n  evaluation\n  missing in planning: what you expect" in invoke("show", "osler").out


def test_prep_on_a_small_terminal(terminal: Callable[..., Terminal], invoke: Run) -> None:
    """Forty columns are enough."""
    invoke("task", "add", "Draft a study protocol for the ward round", "--from", "osler", "--due", "yesterday")
    screen = terminal("meeting", "prep", "osler", columns=40).wait_for("The next meeting").everything

    assert max(map(len, screen)) <= 40
    assert "What I owe" in screen


def test_a_list_on_a_small_terminal(terminal: Callable[..., Terminal], invoke: Run) -> None:
    """Each meeting has lines of its own, and nothing is left out."""
    id = planned(invoke, "osler", "--on", "fri 14:00", "-a", "Choice of a journal for the case report")
    screen = terminal("meeting", "list", columns=40).wait_for(id).everything

    assert max(map(len, screen)) <= 40
    assert screen == [
        f"{id}  Choice of a journal for the case",
        "       report",
        "       Fri 27 Nov, in 4 days, at 14:00,",
        "       with osler, planned, regular",
    ]


def test_a_mentor_is_planned_with_once(invoke: Run) -> None:
    """Who is named twice is one person, in what is said too."""
    ran = invoke("meeting", "plan", "osler", "will", "--on", "fri")

    assert "with William Osler (Fri" in ran.out


def test_an_action_line_without_an_action_is_told(invoke: Run) -> None:
    """Nothing after the name makes no task, and nobody passes over it in silence."""
    ran = invoke("meeting", "log", "osler", "-", stdin="- [ ] @me\n- [ ] @me due:fri\n")

    assert ran.err.startswith(
        "Lines 1 and 2 of the notes did not become tasks: each has no text (write the task after the name)\n"
    )
