"""The phase of a mentorship, and what is missing in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_goal, make_mentor, make_profile, make_review
from mentorlog.domain import computed
from mentorlog.domain.phases import is_assessed, phase_of
from mentorlog.models.goal import Goal, Share
from mentorlog.models.mentor import Cadence, Expectations, Fit
from mentorlog.models.record import view
from mentorlog.models.review import Discussion, MentorVerdict, Review
from mentorlog.store.format.document import profile_view

AGREED = Expectations(mine=("Honesty",), theirs=("Drafts in time",))
TOLD = Share(mentor="osler", told_on=date(2026, 11, 2))
GOAL = make_goal(id="gbbbb", mentors=[TOLD], measure="It is sent", by=date(2027, 1, 4))
HELD = "2026-11-16"


def phase(
    *goals: Goal, held: str | None = None, reviews: tuple[Review, ...] = (), assessed: bool = True, **mentor: Any
) -> Any:
    """The phase of the mentorship with Osler."""
    moving = computed.moving([view(goal) for goal in goals], Answers(*goals), TODAY)
    return phase_of(view(make_mentor(**mentor)), moving, held, [view(one) for one in reviews], assessed=assessed)


def missing(found: Any) -> list[tuple[str, str, list[str]]]:
    """What is missing: the phase, what, and of which goals."""
    return [(one["phase"], one["what"], one["goals"]) for one in found["missing"]]


def reviewed(day: int, **more: Any) -> Review:
    """A review of this month with a verdict on Osler."""
    return make_review(on=date(2026, 11, day), mentors=(MentorVerdict(mentor="osler", fit="good"),), **more)


def test_planning() -> None:
    """Nothing is agreed and nothing told: it names whose expectations are missing, and the goal."""
    assert phase() == {
        "name": "planning",
        "missing": [
            {"phase": "planning", "what": what, "goals": []}
            for what in ("my_expectations", "their_expectations", "goal")
        ],
    }
    assert phase(held=HELD)["name"] == "planning"  # meetings alone are no plan


def test_a_goal_that_is_not_told_is_a_plan_no_one_knows() -> None:
    """It stays in planning, and the goal is named."""
    found = phase(make_goal(id="gcccc", mentors=["osler"]), expectations=Expectations(mine=("Honesty",)))

    assert found["name"] == "planning"
    assert missing(found) == [("planning", "their_expectations", []), ("planning", "told", ["gcccc"])]


def test_expectations_that_were_asked_for() -> None:
    """Asked and without an answer, they are known to be none."""
    asked = Expectations(mine=("Honesty",), asked_on=date(2026, 11, 2))

    assert phase(expectations=asked)["name"] == "analysis"


def test_analysis() -> None:
    """They know a goal, or both expectations are known: what is not defined is named."""
    vague = make_goal(id="gcccc", mentors=[TOLD])

    found = phase(GOAL, vague, assessed=False, expectations=AGREED)

    assert found["name"] == "analysis"
    assert missing(found) == [
        ("analysis", "self_assessment", []),
        ("analysis", "cadence", []),
        ("analysis", "measure", ["gcccc"]),
        ("analysis", "day", ["gcccc"]),
    ]
    assert phase(expectations=AGREED)["name"] == "analysis"


def test_development() -> None:
    """A meeting was held, and they know a goal; what is missing from before stays named."""
    found = phase(GOAL, held=HELD, cadence=Cadence(every_days=28))

    assert found["name"] == "development"
    assert missing(found) == [
        ("planning", "my_expectations", []),
        ("planning", "their_expectations", []),
        ("development", "evidence", ["gbbbb"]),
    ]


@pytest.mark.parametrize(("day", "name"), [(15, "development"), (16, "evaluation"), (20, "evaluation")])
def test_evaluation(day: int, name: str) -> None:
    """It lasts from a review of the mentorship until the next meeting."""
    assert phase(GOAL, held=HELD, reviews=(reviewed(day),))["name"] == name


def test_missing_in_evaluation() -> None:
    """Whether it works for the resident, and that the review was discussed with the mentor."""
    all_said = {"expectations": AGREED, "cadence": Cadence(every_days=28)}
    fresh = make_goal(mentors=[TOLD], measure="m", by=date(2027, 1, 4), created=make_review().created.replace(month=11))
    discussed = reviewed(20, discussed=(Discussion(mentor="osler", on=TODAY),))
    fit = (Fit(on=TODAY, answer="good"),)

    assert missing(phase(fresh, held=HELD, reviews=(reviewed(20),), **all_said)) == [
        ("evaluation", "fit", []),
        ("evaluation", "discussed", []),
    ]
    assert missing(phase(fresh, held=HELD, reviews=(reviewed(17), discussed), fit=fit, **all_said)) == []


def test_a_meeting_after_the_review() -> None:
    """The next meeting begins the loop anew."""
    assert phase(GOAL, held="2026-11-21", reviews=(reviewed(20),))["name"] == "development"


@pytest.mark.parametrize("status", ["candidate", "invited", "stay_in_touch", "ended", "declined"])
def test_no_phase(status: str) -> None:
    """A mentorship that has not begun, or is over, has none; nor has that of a mentee."""
    assert phase(GOAL, held=HELD, status=status) is None
    assert phase(GOAL, held=HELD, my_role="mentor") is None


def test_a_self_assessment() -> None:
    """A rating, a strength or a growth area is one."""
    rated = make_profile().assessed("suturing", 3, on=TODAY)

    assert not is_assessed(profile_view(make_profile()))
    for profile in (rated, make_profile(strengths=("listening",)), make_profile(growth_areas=("suturing",))):
        assert is_assessed(profile_view(profile))
