"""The phase of a mentorship, from planning to evaluation, and what is missing in it and in those before. Pure."""

from __future__ import annotations

from mentorlog.models.views import is_mentee, latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypedDict

    from mentorlog.models.view_types import GoalView, MentorView, MovingGoal, ProfileView, ReviewView

    class Missing(TypedDict):
        """What is missing, in which phase, and the goals it is missing of."""

        phase: str
        what: str
        goals: list[str]

    class Phase(TypedDict):
        """The phase of a mentorship, with what is missing in it and in those before it."""

        name: str
        missing: list[Missing]


PHASES = ("planning", "analysis", "development", "evaluation")
_RUNNING = ("active", "paused")


def phase_of(
    mentor: MentorView,
    goals: Sequence[MovingGoal],
    last_held: str | None,
    reviews: Sequence[ReviewView],
    *,
    assessed: bool,
) -> Phase | None:
    """Return the phase of a running mentorship of the resident, else None.

    `goals` are the open ones that are shared with the mentor; of `reviews` those count that judge the mentor.
    `assessed` is whether the resident has assessed themselves.
    """
    if mentor["status"] not in _RUNNING or is_mentee(mentor):
        return None
    review = latest(review for review in reviews if _judges(review, mentor["id"]))
    name = _name(mentor, goals, last_held, review["on"] if review else None)
    reached = PHASES[: PHASES.index(name) + 1]
    every = (*_planning(mentor, goals), *_analysis(mentor, goals, assessed), *_later(mentor, goals, review))
    missing = [one for one in every if one["phase"] in reached]
    return {"name": name, "missing": missing}


def is_assessed(profile: ProfileView) -> bool:
    """Return whether a profile says what the resident is good at or wants to improve."""
    return bool(profile["assessments"] or profile["strengths"] or profile["growth_areas"])


def is_measured(goal: GoalView) -> bool:
    """Return whether a goal says how it is measured, in words or by a target."""
    return bool(goal["measure"]) or goal["target"] is not None


def _name(mentor: MentorView, goals: Sequence[MovingGoal], last_held: str | None, reviewed: str | None) -> str:
    if last_held and reviewed and reviewed >= last_held:
        return "evaluation"
    knows = any(_is_told(goal, mentor["id"]) for goal in goals)
    if knows and last_held:
        return "development"
    return "analysis" if knows or not any(_unsaid(mentor)) else "planning"


def _judges(review: ReviewView, mentor: str) -> bool:
    return review["scope"] == mentor or any(entry["mentor"] == mentor for entry in review["mentors"])


def _is_told(goal: MovingGoal, mentor: str) -> bool:
    return any(share["mentor"] == mentor and share["told_on"] for share in goal["mentors"])


def _unsaid(mentor: MentorView) -> Iterator[str]:
    """Yield whose expectations are not recorded; that there are none is known if they were asked."""
    agreed: Mapping[str, Any] = mentor["expectations"] or {}
    if not agreed.get("mine"):
        yield "my_expectations"
    if not agreed.get("theirs") and not agreed.get("asked_on"):
        yield "their_expectations"


def _planning(mentor: MentorView, goals: Sequence[MovingGoal]) -> Iterator[Missing]:
    for what in _unsaid(mentor):
        yield _missing("planning", what)
    if not goals:
        yield _missing("planning", "goal")
    yield from _of("planning", "told", [goal for goal in goals if not _is_told(goal, mentor["id"])])


def _analysis(mentor: MentorView, goals: Sequence[MovingGoal], assessed: bool) -> Iterator[Missing]:
    if not assessed:
        yield _missing("analysis", "self_assessment")
    if not mentor["cadence"]:
        yield _missing("analysis", "cadence")
    yield from _of("analysis", "measure", [goal for goal in goals if not is_measured(goal)])
    yield from _of("analysis", "day", [goal for goal in goals if not goal["by"]])


def _later(mentor: MentorView, goals: Sequence[MovingGoal], review: ReviewView | None) -> Iterator[Missing]:
    yield from _of("development", "evidence", [goal for goal in goals if goal["drifting"]])
    if not mentor["fit"]:
        yield _missing("evaluation", "fit")
    if review and all(entry["mentor"] != mentor["id"] for entry in review["discussed"]):
        yield _missing("evaluation", "discussed")


def _of(phase: str, what: str, goals: Sequence[MovingGoal]) -> Iterator[Missing]:
    if goals:
        yield _missing(phase, what, *(goal["id"] for goal in goals))


def _missing(phase: str, what: str, *goals: str) -> Missing:
    return {"phase": phase, "what": what, "goals": list(goals)}
