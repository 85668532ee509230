"""`mentorlog mentor panel`, as it is typed."""

from __future__ import annotations

from pathlib import Path

from commands.mentor.conftest import Invoke, Keep
from factories import make_goal, make_mentor


def test_the_panel(invoke: Invoke, keep: Keep) -> None:
    """It compares the profile and open goals with current mentors: no candidate, nobody who left, no closed goal."""
    people = (make_mentor(id=one, name=one.title(), status=one, domains=("career",)) for one in ("candidate", "ended"))
    keep(make_mentor(domains=("Research",)), *people)
    keep(make_goal(domain="research"), make_goal(domain="ethics", status="dropped", closed_on=make_mentor().started))
    invoke("profile", "set", "needs=career")

    data = invoke("mentor", "panel", "--json").data

    assert [mentor["id"] for mentor in data["mentors"]] == ["osler"]
    assert [(need["text"], [one["mentor"] for one in need["mentors"]]) for need in data["needs"]] == [
        ("career", []),
        ("research", ["osler"]),
    ]
    assert data["mentors"][0]["due_on"] is None  # the computed fields of every mentor
    assert invoke("mentor", "panel").out.startswith("What I need        osler\ncareer (need)      -\n")


def test_its_views(invoke: Invoke, keep: Keep) -> None:
    """--by changes the screen, not the data; an unknown view is named."""
    keep(make_mentor(proximity="external"))

    assert "External (1)" in invoke("mentor", "panel", "--by", "Proximity").out
    assert invoke("mentor", "panel", "--by", "proximity", "--json").out == invoke("mentor", "panel", "--json").out
    wrong = invoke("mentor", "panel", "--by", "score")
    assert (wrong.exit, wrong.err) == (1, "error: Unknown view 'score'.\nhint: one of: needs, proximity\n")


def test_what_cannot_be_read(invoke: Invoke, keep: Keep, journal_root: Path) -> None:
    """An unreadable mentor is counted; without the profile there is nothing to compare with."""
    keep(make_mentor(), make_mentor(id="curie", name="Marie Curie"))
    (journal_root / "mentors" / "curie.toml").write_text("name = ")

    ran = invoke("mentor", "panel")
    assert (ran.exit, "osler" in ran.out) == (0, True)
    assert "1 record cannot be read" in ran.err

    (journal_root / "profile.toml").write_text("name = ")
    assert invoke("mentor", "panel").exit == 3


def test_a_perspective(invoke: Invoke) -> None:
    """How a mentor differs can be recorded with them, or later, and taken back with one undo."""
    invoke("mentor", "add", "William Osler", "--perspective", "Learned at the bedside")
    invoke("set", "osler", "perspective=Numbers before opinions")

    assert "  osler  Numbers before opinions" in invoke("mentor", "panel").out
    invoke("undo", "--yes")
    assert "  osler  Learned at the bedside" in invoke("mentor", "panel").out
