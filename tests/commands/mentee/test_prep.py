"""`mentorlog meeting prep` for a mentee: the same meeting, seen from the other chair."""

from __future__ import annotations

from collections.abc import Callable

from commands.mentee.conftest import Invoke
from factories import make_note, make_task
from terminal import Terminal


def test_the_other_chair(invoke: Invoke, keep: Callable[..., None]) -> None:
    """What I gave, asked and promised, what was decided, and their goals with the last progress."""
    keep(make_task(id="t5555", title="Outline", owner="noether"), make_note(id="n5555", kind="change", text="I moved"))
    invoke("task", "submit", "t5555", "--on", "yesterday")

    assert invoke("meeting", "prep", "noether").out == (
        "Emmy Noether: no meeting planned\n"
        "last met Mon 26 Oct 2026, 4 weeks ago\n"
        "\n"
        "What I gave them to do\n"
        "  t3333  Read the review: late, due Sun 22 Nov 2026, given Tue 1 Sep\n"
        "  t5555  Outline: submitted on Sun 22 Nov 2026, with you\n"
        "\n"
        "What I asked last time\n"
        "  n2222  How is it going? → Well\n"
        "\n"
        "Decided last time\n"
        "  m2222  Two pages a week\n"
        "\n"
        "Their goals\n"
        "  g3333  Submit the thesis: 40% on Fri 20 Nov (Two chapters), by Mon 30 Nov 2026\n"
        "\n"
        "What I promised them\n"
        "  t4444  Send the slides: owed since Tue 1 Sep\n"
        "\n"
        "My questions\n"
        "  n3333  Who reads it?\n"
        "\n"
        "Suggested agenda\n"
        "  1. Their 2 tasks (1 late)\n"
        "  2. Their goal: Submit the thesis\n"
        "  3. My question: Who reads it?\n"
        "  4. My task: Send the slides\n"
        "  5. What they expect of me\n"
        "  6. The next meeting\n"
    )


def test_for_scripts(invoke: Invoke) -> None:
    """The keys are those of a mentor's; what is asked, decided and theirs is in three more."""
    data = invoke("meeting", "prep", "noether", "--json").data

    assert [one["id"] for one in data["promises"]] == ["t3333"]
    assert [one["id"] for one in data["asked"]] == ["n2222"]
    assert data["decided"] == [{"id": "m2222", "text": "Two pages a week"}]
    assert [(one["id"], one["percent"]) for one in data["their_goals"]] == [("g3333", 40)]
    assert data["changes"] == data["goals_untold"] == []


def test_who_mentors_me_too(invoke: Invoke) -> None:
    """The screen is that of a mentor, and their goals are on it."""
    shown = invoke("meeting", "prep", "curie").out

    assert "Their goals\n  g4444  Isolate radium: no progress yet, drifting\n" in shown
    assert "What I gave them" not in shown


def test_on_a_small_terminal(terminal: Callable[..., Terminal]) -> None:
    """Forty columns are enough."""
    screen = terminal("meeting", "prep", "noether", columns=40).wait_for("The next meeting").everything

    assert max(map(len, screen)) <= 40
