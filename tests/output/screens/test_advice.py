"""Advice side by side, in 80 and in 40 columns, and with hostile text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_goal, make_note
from mentorlog.domain.advice import on
from mentorlog.models.note import Note
from mentorlog.models.record import view
from mentorlog.output.output import Page
from mentorlog.output.screens.advice import lines
from mentorlog.output.text import width
from output.payloads import PAYLOADS, STYLES

NAMES = {"osler": "William Osler", "curie": "Marie Curie", "gbbbb": "Choose a specialty"}
GOAL = make_goal(id="gbbbb", title="Choose a specialty", by=date(2027, 1, 4))


def decision(**more: Any) -> Note:
    """An open decision with two options."""
    fields = {"text": "Surgery or radiology?", "status": "open", "options": ("Surgery", "Radiology"), "goal": "gbbbb"}
    return make_note(id="nbbbb", kind="decision", **{**fields, **more})


def advice(id: str, day: int, text: str, **more: Any) -> Note:
    """Advice of a day in November."""
    return make_note(id=id, kind="advice", on=date(2026, 11, day), text=text, **{"decision": "nbbbb", **more})


SAID = [
    advice("ncccc", 2, "Surgery first: hands forget, and the rest can be read in a chair.", mentors=("osler",)),
    advice(
        "ndddd", 9, "Wait a year.", mentors=("curie",), status="closed", result="did_not", outcome="Asked; too late"
    ),
    advice("nffff", 10, "Toss a coin.", status="closed", result="not_tried"),
]


def shown(about: Note | Any, *records: Note, columns: int = 80) -> list[str]:
    """The screen of a goal or decision."""
    return lines(on(view(about), Answers(*records)), Page(columns, terminal=True), TODAY, NAMES)


def test_a_decision() -> None:
    """Its options, what was said beside what came of it, in the order of days."""
    assert shown(decision(), *SAID) == [
        "Surgery or radiology?",
        "decision nbbbb · open · Mon 23 Nov 2026 · for goal gbbbb Choose a specialty",
        "",
        "Options",
        "  Surgery",
        "  Radiology",
        "",
        "Advice                                   What came of it",
        "William Osler, Mon 2 Nov",
        "  ncccc  Surgery first: hands forget,    open",
        "         and the rest can be read in a",
        "         chair.",
        "Marie Curie, Mon 9 Nov",
        "  ndddd  Wait a year.                    did not help: Asked; too late",
        "Tue 10 Nov",
        "  nffff  Toss a coin.                    not tried",
    ]


def test_in_40_columns() -> None:
    """What came of it is below what was said."""
    assert shown(decision(options=()), *SAID[1:], columns=40) == [
        "Surgery or radiology?",
        "decision nbbbb · open · Mon 23 Nov 2026",
        "· for goal gbbbb Choose a specialty",
        "",
        "Marie Curie, Mon 9 Nov",
        "  ndddd  Wait a year.",
        "         did not help: Asked; too late",
        "Tue 10 Nov",
        "  nffff  Toss a coin.",
        "         not tried",
    ]


def test_a_choice() -> None:
    """A closed decision ends in what was chosen, and when."""
    closed = decision(status="closed", closed_on=TODAY, outcome="Radiology: I like the puzzle")

    assert shown(closed, SAID[2])[-3:] == ["", "Choice, Mon 23 Nov 2026", "  Radiology: I like the puzzle"]


def test_a_goal() -> None:
    """Its own advice, then each decision with what was said on that."""
    own = advice("ngggg", 3, "Sleep on it.", decision=None, goal="gbbbb", mentors=("osler",))

    assert shown(GOAL, own, decision(options=()), SAID[2]) == [
        "Choose a specialty",
        "goal gbbbb · active · by Mon 4 Jan 2027",
        "",
        "Advice                                   What came of it",
        "William Osler, Tue 3 Nov",
        "  ngggg  Sleep on it.                    open",
        "",
        "Surgery or radiology?",
        "decision nbbbb · open · Mon 23 Nov 2026",
        "",
        "Advice                                   What came of it",
        "Tue 10 Nov",
        "  nffff  Toss a coin.                    not tried",
    ]


def test_nothing_said_yet() -> None:
    """It says how to add it, with the id of the goal or decision."""
    command = 'No advice yet. Add it with: mentorlog note add "Draw it first"'

    assert " ".join(shown(GOAL)[-2:]) == f"{command} --kind advice --goal gbbbb"
    assert shown(decision())[-1] == f"{command} --decision nbbbb"


@pytest.mark.parametrize("columns", [80, 40, 20])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_it_keeps_to_the_terminal(columns: int, payload: tuple[str, str]) -> None:
    """No line is wider than the terminal, nothing is cut, and no text of a record acts on it."""
    text = payload[0].encode(errors="replace").decode() + " x"
    long = f"{text} {'word ' * 30}"
    option = " ".join(long.split())
    about = decision(text=long, outcome=long, options=(option,), status="closed", closed_on=TODAY)
    said = advice("ncccc", 2, long, outcome=long, result="helped", status="closed", mentors=("osler", "gone"))
    page = Page(columns, terminal=True, colour=True)

    bare = [STYLES.sub("", line) for line in lines(on(view(about), Answers(said)), page, TODAY, {"osler": text})]

    assert not [line for line in bare if "\x1b" in line or width(line) > columns]
    assert " ".join(bare).count("word") == 5 * 30
