"""`mentorlog review` with several mentors: whom a form names, and whose turn their tasks are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def namesakes(invoke: Run, journal_root: Path) -> None:
    """Two mentors of one surname."""
    invoke("mentor", "add", "Marie Curie", "--every", "4 weeks")
    invoke("mentor", "add", "Pierre Curie", "--every", "4 weeks")


def test_an_id_of_the_form_is_no_name(invoke: Run, world: World) -> None:
    """The form wrote `curie`: nobody asked for a Curie, so nothing is said about the other one. Names are read too."""
    form = invoke("review", "--print-form").out
    filled = form.replace('fit = ""', 'fit = "good"')
    ran = invoke("review", "--answers", "-", stdin=filled)
    assert (ran.exit, ran.err) == (0, "")
    invoke("undo")

    by_name = invoke("review", "--answers", "-", stdin='[[mentors]]\nmentor = "pierre"\nfit = "good"\n')
    assert (by_name.exit, by_name.err) == (0, "")
    assert "curie-2 Pierre Curie: fits well" in by_name.out


def test_a_draft_with_a_mentor_is_not_their_promise(invoke: Run) -> None:
    """The mentorships add up to the facts: a draft that is out is mine and open, and said to be with them."""
    invoke("task", "add", "Draft", "--from", "curie")
    invoke("task", "add", "Outline", "--from", "curie")
    invoke("task", "add", "Read it", "--owner", "curie")
    invoke("task", "add", "Poster", "--from", "curie")
    for title in ("Draft", "Outline"):
        assert invoke("task", "submit", title).exit == 0

    lines = invoke("review", "--print-form").out.splitlines()
    assert "#   my tasks: 3 open" in lines
    assert "#   their promises: 1 open" in lines
    assert "#   open tasks: 1 mine, 1 theirs, 2 drafts with them" in lines


def test_a_review_calls_people_as_other_screens_do(invoke: Run) -> None:
    """By the nickname where the full name is long, whose commas are no list; also in what was entered late."""
    invoke("mentor", "add", "Prof. Dr. Maria-Theresia von Hohenberg, MD, PhD, FACP", "--nickname", "Maria")
    invoke("goal", "add", "Fellowship", "--with", "hohenberg", "--with", "curie")
    invoke("task", "add", "Send it", "--owner", "maria", "--due", "2026-11-24")
    day = {"MENTORLOG_NOW": "2026-12-20T09:00:00+00:00"}
    assert invoke("review", "--answers", "-", stdin='worked = "x"', env=day).exit == 0
    day = {"MENTORLOG_NOW": "2026-12-20T10:00:00+00:00"}
    invoke("meeting", "log", "maria", "--on", "2026-12-19", "--no-input", env=day)
    for number in range(5):
        invoke("note", "add", f"Which {number}?", "-k", "question", "--on", "2026-12-19", env=day)

    later = {"MENTORLOG_NOW": "2026-12-27T09:00:00+00:00"}
    lines = invoke("review", "--print-form", env=later).out.splitlines()
    assert "#   with: Maria (not told yet), Marie Curie (not told yet)" in lines
    assert "#   owed by: Maria" in lines
    late = [line for line in lines if line.startswith("#   entered late")]
    assert late[0].endswith(" meeting with Maria on Sat 19 Dec 2026")
    assert " question: Which " in late[1]
    assert late[1].endswith("? on Sat 19 Dec 2026")
    assert lines[lines.index(late[-1]) + 1] == "#   and 1 more from before this period"
