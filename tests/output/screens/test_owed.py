"""The screen of promises."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_task
from mentorlog.domain import computed, loop
from mentorlog.models.record import view
from mentorlog.output.output import Page
from mentorlog.output.screens.owed import lines
from mentorlog.output.text import safe, width

NAMES = {"osler": "William Osler", "curie": "Marie Curie"}
STYLE = re.compile("\x1b\\[[0-9;]*m")
HARD = '[/b] =1+1 "x" \\ é 日本 🩺 \x1b[31m and so on, longer than any column'


def screen(*tasks: dict[str, Any], columns: int = 80, mentors: tuple[str, ...] = (), colour: bool = False) -> list[str]:
    """The screen of some tasks."""
    views = [view(make_task(**task)) for task in tasks]
    found = loop.owed(computed.tasks(views, Answers(), TODAY), mentors)
    page = Page(columns, colour=colour, terminal=colour)
    return lines(found, page, TODAY, NAMES, mentors, "Nothing is owed.")


MINE = {"id": "t4m2x", "title": "Revise your CV", "assigned_by": "osler", "due": date(2026, 11, 20), "status": "doing"}
THEIRS = {"id": "t9k3w", "title": "Send the protocol", "owner": "osler"}
OWN = {"id": "t5k3w", "title": "Buy a notebook"}


def test_both_sides_stand_side_by_side() -> None:
    """Each mentor is a heading; left what I owe, right what is owed to me, with date and age; myself comes last."""
    assert screen(OWN, MINE, THEIRS) == [
        "I owe (2, 1 late)                        I am owed (1)",
        "",
        "William Osler",
        "  t4m2x  Revise your CV                    t9k3w  Send the protocol",
        "         doing                                    since Tue 1 Sep",
        "         late, due Fri 20 Nov 2026",
        "         since Tue 1 Sep",
        "",
        "Myself",
        "  t5k3w  Buy a notebook",
        "         since Tue 1 Sep",
    ]


def test_on_a_narrow_terminal_one_side_follows_the_other() -> None:
    """At 40 columns the sides are stacked."""
    assert screen(MINE, THEIRS, columns=40) == [
        "I owe (1, 1 late)",
        "",
        "William Osler",
        "  t4m2x  Revise your CV",
        "         doing",
        "         late, due Fri 20 Nov 2026",
        "         since Tue 1 Sep",
        "",
        "I am owed (1)",
        "",
        "William Osler",
        "  t9k3w  Send the protocol",
        "         since Tue 1 Sep",
    ]


@pytest.mark.parametrize("columns", [20, 40, 64, 80, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_page(columns: int, colour: bool) -> None:
    """Whatever a title holds, it is safe, wrapped to the page, and nothing of it is cut away."""
    shown = [STYLE.sub("", line) for line in screen({"title": HARD, "owner": "curie"}, columns=columns, colour=colour)]
    narrow = shown if columns < 64 else [line[columns // 2 :] for line in shown]

    assert max(map(width, shown)) <= columns
    assert "".join(safe(HARD).split()) in "".join("".join(narrow).split())


def test_nothing_owed_is_said() -> None:
    """An empty screen is a sentence."""
    assert screen() == ["Nothing is owed."]


def test_only_the_mentor_asked_for_is_a_heading() -> None:
    """A task that concerns two mentors stands under each; asked for one, under that one only."""
    both = {**MINE, "helps": "curie"}

    assert [line for line in screen(both) if line in NAMES.values()] == ["Marie Curie", "William Osler"]
    assert [line for line in screen(both, mentors=("curie",)) if line in NAMES.values()] == ["Marie Curie"]


def test_a_mentor_who_was_deleted_reads_as_deleted() -> None:
    """A link that leads nowhere is said to."""
    assert "semmelweis (deleted)" in screen({"owner": "semmelweis"})
