"""`mentorlog mentee list`, and who is in the list of mentors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commands.mentee.conftest import Invoke
from terminal import Terminal


def test_a_line_has_what_is_open(invoke: Invoke) -> None:
    """How many goals and tasks of theirs are open, and when to meet; those who mentor me too are among them."""
    assert invoke("mentee", "list").out.splitlines() == [
        "id       name          status  goals  tasks       every    last met     next",
        "noether  Emmy Noether  active      1  1 (1 late)  4 weeks  4 weeks ago  due Mon 23 Nov",
        "joliot   Irène Joliot  active",
        "curie    Marie Curie   active      1",
    ]


def test_for_scripts(invoke: Invoke) -> None:
    """The fields are those of a mentor; `open` has the ids behind the counts."""
    found = {one["id"]: one["open"] for one in invoke("mentee", "list", "--json").data}

    assert found["noether"] == {"goals": ["g3333"], "tasks": ["t3333"], "late": ["t3333"]}
    assert found["joliot"] == {"goals": [], "tasks": [], "late": []}
    assert set(found) == {"noether", "joliot", "curie"}


def test_the_list_of_mentors_has_no_mentee(invoke: Invoke) -> None:
    """Whoever only learns from me is no mentor of mine."""
    assert [one["id"] for one in invoke("mentor", "list", "--json").data] == ["osler", "curie"]


def test_on_a_small_terminal(terminal: Callable[..., Terminal]) -> None:
    """In forty columns each has lines of their own, with the words for the counts."""
    screen = terminal("mentee", "list", columns=40).wait_for("Marie Curie").everything

    assert max(map(len, screen)) <= 40
    assert "         active, 1 goal," in screen and "         1 task (1 late), every 4 weeks," in screen


def test_former_mentees_are_in_it_if_asked_for(invoke: Invoke) -> None:
    """As former mentors are."""
    invoke("mentor", "end", "joliot", "--kind", "completed")

    assert "joliot" not in invoke("mentee", "list").out
    assert "joliot" in invoke("mentee", "list", "--all").out
    assert [one["id"] for one in invoke("mentee", "list", "--status", "ended", "--json").data] == ["joliot"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], 'No mentees yet. Add one with: mentorlog mentee add "Emmy Noether"\n'),
        (["--tag", "x"], "No mentees match.\n"),
    ],
)
def test_an_empty_list(words: list[str], said: str, invoke: Invoke) -> None:
    """It says how to add one, or that none match."""
    for id in ("noether", "joliot", "curie"):
        invoke("set", id, "my_role=mentee")

    assert invoke("mentee", "list", *words).out == said
