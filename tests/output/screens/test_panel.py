"""The screen of the panel, in 80 and in 40 columns, with no mentor and with twelve, and with hostile text."""

from __future__ import annotations

from typing import Any

import pytest

from factories import make_goal, make_mentor, make_profile
from mentorlog.domain.panel import gather
from mentorlog.models.record import Record, view
from mentorlog.output.output import Page
from mentorlog.output.screens.panel import lines
from mentorlog.output.text import width
from mentorlog.store.format.document import profile_view
from output.payloads import PAYLOADS, STYLES

NEEDS = ("a sponsor", "career advice")
OSLER = make_mentor(
    roles=("advisor",), domains=("case reports", "career"), department="Medicine", perspective="Learned at the bedside"
)
CURIE = make_mentor(
    id="curie",
    name="Marie Curie",
    roles=("sponsor",),
    domains=("research",),
    department="medicine",
    proximity="external",
    status="paused",
)
GOALS = [make_goal(id=f"gbbb{letter}", domain="research", mentors=["osler"]) for letter in "bcd"]


def panel(*records: Record, **profile: Any) -> Any:
    """The panel of some goals and mentors for a profile."""
    kinds = {kind: [view(one) for one in records if kind == one.KIND] for kind in ("goal", "mentor")}
    return gather(profile_view(make_profile(**profile)), kinds["goal"], kinds["mentor"])


FULL = panel(OSLER, CURIE, *GOALS, needs=NEEDS, growth_areas=("suturing",))
FACTS = [
    "",
    "Covered by nobody",
    "  suturing",
    "",
    "Covered by one mentor",
    "  curie  a sponsor",
    "  osler  career advice",
    "",
    "Both are from one department: Medicine",
    "",
    "Perspectives",
    "  osler  Learned at the bedside",
    "  Not recorded: curie",
]


def test_the_table() -> None:
    """Needs down, mentors across; below it who they are, what is not covered, and how they think."""
    assert lines(FULL, Page(80, terminal=True), "needs") == [
        "What I need             osler  curie",
        "a sponsor (need)        -      x",
        "career advice (need)    x      -",
        "suturing (growth area)  -      -",
        "research (3 goals)      g      x",
        "",
        "x: one of their domains or roles · g: a goal that you share with them",
        "",
        "Mentors",
        "  osler  William Osler (advisor): case reports, career",
        "  curie  Marie Curie (sponsor, paused): research",
        *FACTS,
    ]


def test_in_40_columns() -> None:
    """The table is a list, in words."""
    shown = lines(FULL, Page(40, terminal=True), "needs")

    assert shown[:9] == [
        "What I need",
        "  a sponsor (need)",
        "      curie (role)",
        "  career advice (need)",
        "      osler (domain)",
        "  suturing (growth area)",
        "      nobody",
        "  research (3 goals)",
        "      osler (goal), curie (domain)",
    ]
    assert shown[-len(FACTS) :] == FACTS


def test_by_proximity() -> None:
    """How near each mentor is, where they work and what they cover; a proximity without anybody is named."""
    assert lines(FULL, Page(80), "proximity") == [
        "Same section: nobody",
        "",
        "Same department: nobody",
        "",
        "Same institution: nobody",
        "",
        "External (1)",
        "  curie  Marie Curie (sponsor, paused): research. medicine. Covers a sponsor; research",
        "",
        "Not recorded (1)",
        "  osler  William Osler (advisor): case reports, career. Medicine. Covers career advice; research",
        *FACTS,
    ]


def test_nobody_yet() -> None:
    """Without a mentor, what is needed and how to add one; without needs, how to say them."""
    assert lines(panel(needs=NEEDS), Page(80), "needs") == [
        'No current mentors. Add one with: mentorlog mentor add "William Osler"',
        "",
        "What I need",
        "  a sponsor (need)",
        "  career advice (need)",
    ]
    assert lines(panel(), Page(80), "proximity") == lines(panel(), Page(80), "needs")
    assert lines(panel(make_mentor()), Page(80), "needs") == [
        "No needs yet. Add some with: mentorlog profile set needs=research,career",
        "",
        "Mentors",
        "  osler  William Osler",
    ]


def test_one_mentor() -> None:
    """A panel of one has a table too, and says nothing of one department."""
    shown = lines(panel(OSLER, needs=NEEDS), Page(80), "needs")

    assert shown[0] == "What I need           osler"
    assert not [line for line in shown if "department" in line]


def test_twelve_mentors() -> None:
    """Their columns have numbers, which the list of mentors explains; a long need is wrapped."""
    people = [make_mentor(id=f"semmelweis-{n}", name=f"Ignaz Semmelweis {n:02}") for n in range(1, 12)]
    long = "somebody who has been through all of it before me"

    shown = lines(panel(*people, OSLER, needs=(long, "career")), Page(80, terminal=True), "needs")

    assert shown[:4] == [
        "What I need                       1   2   3   4   5   6   7   8   9   10  11  12",
        "somebody who has been through     -   -   -   -   -   -   -   -   -   -   -   -",
        "  all of it before me (need)",
        "career (need)                     -   -   -   -   -   -   -   -   -   -   -   x",
    ]
    assert shown[8] == "  semmelweis-1   1. Ignaz Semmelweis 01"
    assert "  osler          12. William Osler (advisor): case reports, career" in shown
    assert "All 12" not in "\n".join(shown)


def test_more_mentors_than_columns() -> None:
    """Where not even numbers fit, the table is a list."""
    people = [make_mentor(id=f"m-{n}", name=f"Mentor {n:02}", domains=("career",)) for n in range(30)]

    assert lines(panel(*people, needs=("career",)), Page(80), "needs")[2].startswith("      m-0 (domain), m-1 (domain)")


@pytest.mark.parametrize("columns", [80, 40, 20])
@pytest.mark.parametrize("by", ["needs", "proximity"])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_it_keeps_to_the_terminal(columns: int, by: str, payload: tuple[str, str]) -> None:
    """No line is wider than the terminal, nothing is cut, and no text of a record acts on it."""
    text = payload[0].encode(errors="replace").decode()
    long = make_mentor(
        id="a-name-that-is-as-long-as-an-id-may-be-1",
        name="Wilhelmina van der Post-Röntgen " * 3,
        domains=(" ".join(text.split()) or "x",),
        department=text,
        perspective=f"{text} {'word ' * 30}",
    )
    shown = lines(panel(OSLER, long, needs=(f"{text} {'need ' * 20}",)), Page(columns, terminal=True, colour=True), by)
    bare = [STYLES.sub("", line) for line in shown]

    assert not [line for line in bare if "\x1b" in line or width(line) > columns]
    assert " ".join(bare).count("need") >= 20
    assert " ".join(bare).count("word") == 30
