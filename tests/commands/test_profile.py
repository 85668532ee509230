"""`mentorlog profile …`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from world import Ran

Invoke = Callable[..., Ran]

EMPTY = {
    "record": "profile",
    "id": "profile",
    "name": None,
    "degrees": None,
    "stage": None,
    "program": None,
    "institution": None,
    "email": None,
    "orcid": None,
    "strengths": [],
    "growth_areas": [],
    "values": [],
    "needs": [],
    "assessments": [],
    "cv": [],
}


def test_an_empty_profile_says_how_to_begin(invoke: Invoke) -> None:
    """Nobody has to have one; as JSON every field is there."""
    assert "profile set" in invoke("profile", "show").out
    assert invoke("profile", "show", "--json").data == EMPTY


def test_set_echoes_what_was_understood(invoke: Invoke) -> None:
    """Lists take commas, or the key again for entries with commas of their own."""
    ran = invoke(
        "profile",
        "set",
        "name=Mary Blackwell",
        "stage=Junior staff",
        "growth-areas=ward, clinic",
        "needs=a, b",
        "needs=c",
    )

    assert ran.out.splitlines() == [
        "Set your profile",
        "  name: Mary Blackwell",
        "  stage: junior staff",
        "  growth areas: ward, clinic",
        "  needs: a, b; c",
    ]
    assert invoke("profile", "show", "--json").data == {
        **EMPTY,
        "name": "Mary Blackwell",
        "stage": "junior_staff",
        "growth_areas": ["ward", "clinic"],
        "needs": ["a, b", "c"],
    }


def test_clearing_and_undoing(invoke: Invoke, journal_root: Path) -> None:
    """A cleared field is empty; undo gives the bytes back."""
    invoke("profile", "set", "name=Mary", "values=candour")
    before = (journal_root / "profile.toml").read_bytes()

    assert invoke("profile", "set", "--clear", "values", "--json").data["values"] == []
    assert invoke("undo").exit == 0
    assert (journal_root / "profile.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        ([], 2),
        (["name"], 2),
        (["name="], 1),
        (["colour=red"], 1),
        (["id=me"], 1),
        (["name=two\nlines\udcff"], 1),
        (["assessments=3"], 1),
    ],
)
def test_set_refuses_what_is_no_field(invoke: Invoke, journal_root: Path, words: list[str], exit: int) -> None:
    """One sentence, and nothing is kept."""
    assert invoke("profile", "set", *words).exit == exit
    assert not (journal_root / "profile.toml").exists()


def test_assessments_can_be_compared(invoke: Invoke) -> None:
    """A rating names the one before it in the same area."""
    first = invoke("profile", "assess", "suturing", "3", "--on", "3 may 2026")
    second = invoke("profile", "assess", "Suturing", "4", "-m", "Alone, with time")

    assert first.out == "Rated suturing: 3 of 5 (Sun 3 May 2026)\n"
    assert second.out == "Rated Suturing: 4 of 5 (Mon 23 Nov 2026; 3 of 5 on Sun 3 May 2026)\n"
    assert invoke("profile", "show").out.splitlines()[2:] == [
        "",
        "assessments  Sun 3 May 2026  suturing 3 of 5",
        "             Mon 23 Nov 2026  Suturing 4 of 5, Alone, with time",
    ]


@pytest.mark.parametrize(
    ("words", "exit"),
    [(["suturing", "6"], 1), (["suturing", "good"], 1), (["", "3"], 1), (["x", "3", "--on", "tomorrow"], 1)],
)
def test_assess_refuses_what_is_no_rating(invoke: Invoke, words: list[str], exit: int) -> None:
    """From 1 to 5, in a named area, not in the future."""
    assert invoke("profile", "assess", *words).exit == exit
    assert invoke("profile", "show", "--json").data["assessments"] == []


def test_a_profile_that_cannot_be_read_is_never_called_empty(invoke: Invoke, journal_root: Path) -> None:
    """It needs the doctor, and is not rewritten."""
    path = journal_root / "profile.toml"
    path.write_text("stage = 3\n")

    for words in (["show"], ["set", "name=x"], ["assess", "suturing", "3"]):
        ran = invoke("profile", *words)
        assert (ran.exit, "profile.toml, line 1 cannot be read" in ran.err) == (3, True)
    assert path.read_text() == "stage = 3\n"


def test_an_empty_profile_fits_the_terminal(terminal: Callable[..., Any]) -> None:
    """The sentence is broken between words."""
    shown = terminal("profile", "show", columns=40)

    assert shown.end() == 0
    assert all(len(line) <= 40 for line in shown.everything)
    assert "Fill it in with:\nmentorlog profile set" in shown.text
