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
    "level": None,
    "program": None,
    "institution": None,
    "specialty": None,
    "email": None,
    "orcid": None,
    "aims": None,
    "strengths": [],
    "growth_areas": [],
    "values": [],
    "needs": [],
    "assessments": [],
    "cv": [],
    "numbers": [],
    "time": [],
    "stages": [],
    "blocks": [],
    "year_starts": None,
    "training_ends": None,
    "known_names": [],
    "conflicts": [],
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
        "",
        "Ratings over time",
        "  Suturing  ▅▆  3, 4 of 5",
    ]


@pytest.mark.parametrize(
    ("words", "exit"),
    [(["suturing", "6"], 1), (["suturing", "good"], 1), (["", "3"], 1), (["x", "3", "--on", "tomorrow"], 1)],
)
def test_assess_refuses_what_is_no_rating(invoke: Invoke, words: list[str], exit: int) -> None:
    """From 1 to 5, in a named area, not in the future."""
    assert invoke("profile", "assess", *words).exit == exit
    assert invoke("profile", "show", "--json").data["assessments"] == []


def test_a_rating_may_be_a_half_and_stand_for_a_competency(invoke: Invoke, journal_root: Path) -> None:
    """A whole number stays whole in the file and in JSON, however it is typed."""
    invoke("profile", "assess", "patient care", "3", "--on", "3 may 2026", "--competency", "pc")
    ran = invoke("profile", "assess", "patient care", "3.5", "--competency", "PC")
    data = invoke("profile", "assess", "writing", "2.0", "--json").data

    assert ran.out == "Rated patient care: 3.5 of 5 (Mon 23 Nov 2026; 3 of 5 on Sun 3 May 2026)\n"
    rated = [(one["rating"], one["competency"]) for one in data["assessments"]]
    assert rated == [(3, "PC"), (3.5, "PC"), (2, None)]
    assert [type(one["rating"]) for one in data["assessments"]] == [int, float, int]
    kept = (journal_root / "profile.toml").read_text()
    assert [line for line in kept.splitlines() if "rating" in line] == ["rating = 3", "rating = 3.5", "rating = 2"]


def test_a_rating_is_asked_for(terminal: Callable[..., Any], invoke: Invoke) -> None:
    """Without a number there is a question on a terminal; a script is told which argument is missing."""
    screen = terminal("profile", "assess", "teaching", "--competency", "ICS")
    screen.answer("in teaching?", "4.2").answer("in teaching?", "4.5")

    assert screen.end() == 0
    assert "'4.2' is not a number from 1 to 5, in steps of 0.5." in screen.text
    assert [one["rating"] for one in invoke("profile", "show", "--json").data["assessments"]] == [4.5]
    assert invoke("profile", "assess", "teaching").exit == 2


def test_numbers_and_time(invoke: Invoke) -> None:
    """They are lists of tables, and one entry of them can be set by its number."""
    exam = '{on = 2026-11-01, name = "Exam", value = 71.5}'
    lines = f'numbers=[{{on = 2026-11-20, name = "Lines", value = 12, of = 25.5}}, {exam}]'
    shares = """time=[{area = "clinic", percent = 80}, {area = "research", percent = 20}]"""
    assert invoke("profile", "set", lines, shares).exit == 0
    assert invoke("profile", "set", "numbers.1.value=13").exit == 0

    assert invoke("profile", "show").out.splitlines()[2:] == [
        "",
        "numbers  Fri 20 Nov 2026  Lines: 13 of 25.5",
        "         Sun 1 Nov 2026  Exam: 71.5",
        "time     clinic 80%",
        "         research 20%",
    ]


@pytest.mark.parametrize(
    "pair",
    [
        "numbers=12",
        'numbers=[{on = 2026-11-20, name = "Lines"}]',
        'numbers=[{on = 2026-11-20, name = "Lines", value = nan}]',
        'numbers=[{on = 2026-11-20, name = "Lines", value = 1e99}]',
        'numbers=[{on = 2026-11-20, name = "Lines", value = "many"}]',
        'time=[{area = "clinic", percent = 101}]',
        'time=[{area = "clinic", percent = 50.5}]',
        'assessments=[{on = 2026-11-20, area = "Lines", rating = 3.25}]',
    ],
)
def test_what_is_no_number_is_refused(invoke: Invoke, pair: str) -> None:
    """One sentence, and nothing is kept."""
    ran = invoke("profile", "set", pair)

    assert (ran.exit, ran.err.count("\n")) == (1, 2), ran.err
    assert not invoke("profile", "show", "--json").data["assessments"]


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
