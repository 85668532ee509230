"""`mentorlog mentor lineage`: who helped me, and who led to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from commands.mentor.conftest import Invoke, Keep
from factories import make_goal, make_meeting, make_mentor, make_note
from mentorlog.models.mentor import Closure, Mentor
from output.payloads import PAYLOADS
from terminal import Terminal

ON = date(2026, 3, 2)


def person(id: str, name: str, by: str | None = None, **more: Any) -> Mentor:
    """Somebody whom another mentor introduced."""
    return make_mentor(**{"id": id, "name": name, "introduced_by": by, "started": ON, **more})


@pytest.fixture
def people(invoke: Invoke, keep: Keep) -> Invoke:
    """Osler led to Curie, and she to Joliot; Semmelweis came first, and Blackwell was only scouted."""
    closures = (Closure(on=ON, kind="moved", lesson="Ask earlier"), Closure(on=date(2026, 10, 5), kind="completed"))
    roles = {"roles": ["advisor", "teacher"], "domains": ["case reports"]}
    keep(
        make_mentor(status="ended", started=date(2024, 9, 1), closure=closures, **roles),
        person("semmelweis", "Ignaz Semmelweis", started=date(2023, 1, 1), roles=["coach"]),
        person("curie", "Marie Curie", "osler", domains=["statistics", "radiology"]),
        person("joliot", "Irène Joliot", status="candidate", started=None),
        person("blackwell", "Elizabeth Blackwell", status="candidate", started=None),
        person("noether", "Emmy Noether", my_role="mentor"),
        make_meeting(mentors=["osler", "curie"], on=ON),
        make_meeting(mentors=["osler"], on=date(2026, 2, 2)),
        make_meeting(mentors=["osler"], on=date(2026, 2, 3), status="cancelled"),
        make_goal(mentors=["osler"], status="achieved", closed_on=ON),
        make_goal(mentors=["osler"], status="partly", closed_on=ON),
        make_goal(mentors=["osler"]),
        make_note(id="n2222", kind="introduction", to="irene joliot", mentors=["curie"], status="open", on=ON),
        make_note(id="n3333", kind="introduction", to="Émile Roux", mentors=["osler"], outcome="He lent a book", on=ON),
        make_note(id="n4444", kind="introduction", text="To the editor", mentors=["osler"], on=ON),
    )
    return invoke


def test_everybody_is_below_who_introduced_them(people: Invoke) -> None:
    """The first mentor comes first; a note introduces a mentor or somebody else; who never helped is left out."""
    assert people("mentor", "lineage").out.splitlines() == [
        "semmelweis  Ignaz Semmelweis, since Jan 2023: coach",
        "",
        "osler  William Osler, Sep 2024 to Oct 2026: advisor, teacher; case reports",
        "    2 meetings, 1 goal achieved",
        "    Lesson: Ask earlier",
        "  Émile Roux",
        "      introduced Mon 2 Mar 2026, followed up: He lent a book",
        "  To the editor",
        "      introduced Mon 2 Mar 2026",
        "  curie  Marie Curie, since Mar 2026: statistics, radiology",
        "      1 meeting",
        "    joliot  Irène Joliot, candidate",
        "        introduced Mon 2 Mar 2026, not followed up",
    ]


def test_json(people: Invoke) -> None:
    """A list in the order of the tree, with the depth of each person and who introduced them."""
    data = people("mentor", "lineage", "--json").data

    assert [(one["depth"], one["id"], one["introduced_by"]) for one in data] == [
        (0, "semmelweis", None),
        (0, "osler", None),
        (1, None, "osler"),
        (1, None, "osler"),
        (1, "curie", "osler"),
        (2, "joliot", "curie"),
    ]
    assert data[1] | {"introduction": None} == {
        "depth": 0,
        "id": "osler",
        "name": "William Osler",
        "introduced_by": None,
        "introduction": None,
        "status": "ended",
        "started": "2024-09-01",
        "ended": "2026-10-05",
        "roles": ["advisor", "teacher"],
        "domains": ["case reports"],
        "meetings": 2,
        "goals": 1,
        "lessons": ["Ask earlier"],
    }
    assert data[2]["introduction"] == {
        "note": "n3333",
        "on": "2026-03-02",
        "status": "closed",
        "outcome": "He lent a book",
    }


def test_rings_end(invoke: Invoke, keep: Keep) -> None:
    """Who introduced each other, themselves, or somebody who is gone: each is shown once, and it ends."""
    keep(
        person("curie", "Marie Curie", "joliot"),
        person("joliot", "Irène Joliot", "semmelweis"),
        person("semmelweis", "Ignaz Semmelweis", "curie"),
        person("osler", "William Osler", "osler"),
        person("roux", "Émile Roux", "deleted"),
    )

    assert invoke("mentor", "lineage").out.splitlines() == [
        "osler  William Osler, since Mar 2026",
        "",
        "roux  Émile Roux, since Mar 2026",
        "",
        "curie  Marie Curie, since Mar 2026",
        "    introduced by Irène Joliot",
        "  semmelweis  Ignaz Semmelweis, since Mar 2026",
        "    joliot  Irène Joliot, since Mar 2026",
    ]


@pytest.mark.slow
def test_a_long_chain_fits(invoke: Invoke, keep: Keep, terminal: Callable[..., Terminal]) -> None:
    """Hundreds of people who introduced the next one: the indent stays within a quarter of the width."""
    keep(*(person(f"p{n:03}", f"Person {n}", f"p{n - 1:03}" if n else None) for n in range(300)))
    said = invoke("mentor", "lineage").out.splitlines()
    shown = terminal("mentor", "lineage", columns=40, lines=320)
    shown.end()

    assert len(said) == 300 and max(map(len, said)) <= 80
    assert max(map(len, shown.screen)) <= 40


def test_without_mentors(invoke: Invoke) -> None:
    """It says how to add one; who only mentors others is nobody who helped."""
    assert invoke("mentor", "lineage").out.startswith("No mentors yet. Add one with: mentorlog mentor add")


def test_texts_are_harmless(keep: Keep, invoke: Invoke) -> None:
    """No text reaches the screen as markup or as a control sequence."""
    text = "".join(typed for typed, _ in PAYLOADS.values() if typed != "\ud800")
    closure = Closure(on=ON, kind="moved", lesson=text)
    keep(
        person("osler", '[/b] =1+1 "x" \\ é 日本 🩺', status="ended", closure=(closure,)),
        make_note(kind="introduction", text=text, mentors=["osler"], outcome=text, on=ON),
    )

    said = invoke("mentor", "lineage").out
    assert "\x1b" not in said and "[/b]" in said


@pytest.mark.parametrize("columns", [80, 40])
def test_it_keeps_to_the_terminal(columns: int, people: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Lines are wrapped between words, below the name."""
    shown = terminal("mentor", "lineage", columns=columns, lines=60)
    shown.end()

    assert max(map(len, shown.screen)) <= columns
    assert any(line.startswith("    joliot  Irène Joliot") for line in shown.screen)
