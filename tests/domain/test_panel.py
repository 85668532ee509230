"""The panel: what is needed, who covers it, what nobody covers, and what the mentors have in common."""

from __future__ import annotations

from typing import Any

import pytest

from factories import make_goal, make_mentor, make_profile
from mentorlog.domain.panel import gather
from mentorlog.models.record import Record, view
from mentorlog.store.format.document import profile_view


def panel(*records: Record, **profile: Any) -> dict[str, Any]:
    """The panel of some goals and mentors for a profile."""
    kinds = {kind: [view(one) for one in records if kind == one.KIND] for kind in ("goal", "mentor")}
    return dict(gather(profile_view(make_profile(**profile)), kinds["goal"], kinds["mentor"]))


def covers(found: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Who covers each need, and by what."""
    return {need["text"]: {one["mentor"]: one["by"] for one in need["mentors"]} for need in found["needs"]}


def test_an_empty_journal() -> None:
    """Without mentors and needs there is nothing to compare."""
    found = panel()

    assert (found["needs"], found["mentors"], found["nobody"], found["one_person"]) == ([], [], [], [])
    assert (found["one_department"], found["one_institution"]) == (None, None)


def test_needs_with_the_same_words_are_one() -> None:
    """Needs, growth areas and the domains of open goals, each once, with where they are from."""
    goals = [make_goal(id=id, domain="case_reports") for id in ("gbbbb", "gcccc")] + [make_goal()]

    found = panel(*goals, needs=("Case-Reports", "a sponsor"), growth_areas=("CASE reports",))

    assert found["needs"] == [
        {
            "text": "Case-Reports",
            "sources": ["need", "growth_area", "goal"],
            "goals": ["gbbbb", "gcccc"],
            "mentors": [],
        },
        {"text": "a sponsor", "sources": ["need"], "goals": [], "mentors": []},
    ]


@pytest.mark.parametrize(
    ("need", "domain"),
    [
        ("research", "Research"),
        ("clinical research", "research"),
        ("research", "clinical research"),
        ("réséarch", "research"),
        ("case-reports", "case reports"),
        ("I want to learn suturing, at last", "suturing"),
    ],
)
def test_words_that_match(need: str, domain: str) -> None:
    """A domain covers a need if all words of one are in the other, whatever the case, accents and hyphens."""
    assert covers(panel(make_mentor(domains=(domain,)), needs=(need,))) == {need: {"osler": ["domain"]}}


@pytest.mark.parametrize(
    ("need", "domain"),
    [
        ("research", "researcher"),
        ("case reports", "case report"),
        ("career advice", "career planning"),
        ("research", "studies"),
        ("!?", "!?"),
        ("日本", "日本語"),
    ],
)
def test_nothing_is_guessed(need: str, domain: str) -> None:
    """A part of a word, a plural and a synonym do not match, nor does what has no words."""
    assert covers(panel(make_mentor(domains=(domain,)), needs=(need,))) == {need: {}}


def test_roles_and_shared_goals_cover_too() -> None:
    """A role is a word like a domain; a goal covers its own domain for the mentors that share it."""
    people = make_mentor(roles=("role_model", "sponsor")), make_mentor(id="curie", name="Marie Curie")
    goals = [make_goal(domain="research", mentors=["curie"]), make_goal(domain="teaching")]

    found = panel(*people, *goals, needs=("a sponsor", "a role model"))

    assert covers(found) == {
        "a sponsor": {"osler": ["role"]},
        "a role model": {"osler": ["role"]},
        "research": {"curie": ["goal"]},
        "teaching": {},
    }


def test_blanks_and_what_rests_on_one_person() -> None:
    """What nobody covers, and for each mentor what they alone cover."""
    people = [make_mentor(domains=("career", "ecg", "ethics")), make_mentor(id="curie", name="A", domains=("ECG",))]

    found = panel(*people, needs=("career", "ecg", "ethics", "suturing"))

    assert found["nobody"] == ["suturing"]
    assert found["one_person"] == [{"mentor": "osler", "needs": ["career", "ethics"]}]


def test_one_department() -> None:
    """It is named only if it is known of everybody, and there are two."""
    curie = make_mentor(id="curie", name="Marie Curie", department="internal  medicine", institution="Paris")

    found = panel(make_mentor(department="Internal Medicine", institution="Baltimore"), curie)

    assert (found["one_department"], found["one_institution"]) == ("internal  medicine", None)
    assert panel(curie)["one_department"] is None
    assert panel(curie, make_mentor())["one_department"] is None


def test_proximity() -> None:
    """Every proximity has its mentors, also none; those without one come last."""
    people = [make_mentor(proximity="external"), make_mentor(id="curie", name="Marie Curie")]

    assert panel(*people)["proximities"] == [
        *({"proximity": word, "mentors": []} for word in ("same_section", "same_department", "same_institution")),
        {"proximity": "external", "mentors": ["osler"]},
        {"proximity": None, "mentors": ["curie"]},
    ]


def test_who_is_on_it() -> None:
    """Active mentors first; somebody whom the resident only mentors is not one of them."""
    people = [
        make_mentor(id="a", name="Mentee", my_role="mentor"),
        make_mentor(id="b", name="Zoe", my_role="both"),
        make_mentor(id="c", name="Ada", status="paused"),
        make_mentor(id="d", name="ben"),
    ]

    assert [mentor["id"] for mentor in panel(*people)["mentors"]] == ["d", "b", "c"]
