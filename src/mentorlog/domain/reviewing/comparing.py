"""The differences between two reviews: goals, facts, fits, comfort. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.models.fields import spec
from mentorlog.models.review import Facts
from mentorlog.models.views import latest, made_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalFactView, GoalView, MentorView, ReviewView

COUNTS = tuple(name for name, one in spec(Facts).items() if one.type_name == "int")
"""The counters of a review."""


class GoalChange(NamedTuple):
    """One change of one goal: the day, the field, the old and new text, and the reason."""

    goal: GoalView
    on: str
    field: str
    old: str | None
    new: str | None
    reason: str | None


class Difference(NamedTuple):
    """The differences between an earlier and a later review."""

    earlier: ReviewView
    later: ReviewView
    added: Sequence[GoalView]
    closed: Sequence[GoalChange]
    revised: Sequence[GoalChange]
    gone: Sequence[str]
    counts: Sequence[tuple[str, int, int]]
    progress: Sequence[tuple[GoalView, GoalFactView | None, GoalFactView]]
    fits: Sequence[tuple[MentorView, str | None, str | None]]
    comforts: Sequence[tuple[MentorView, str | None, str | None]]


def compare(one: ReviewView, other: ReviewView, goals: Iterable[GoalView], mentors: Iterable[MentorView]) -> Difference:
    """Return the differences between two reviews, given in any order."""
    earlier, later = sorted((one, other), key=lambda review: (review["on"], made_at(review), review["id"]))

    def between(day: str, review: str | None) -> bool:
        """Return whether a change is after one review and up to the other, or made by it."""
        if review in (earlier["id"], later["id"]):
            return review == later["id"] != earlier["id"]
        return earlier["on"] < day <= later["on"]

    known = {goal["id"]: goal for goal in goals}
    makers = {id: review["id"] for review in (later, earlier) for id in review["added_goals"]}
    was: Mapping[str, Any] = earlier["facts"]
    now: Mapping[str, Any] = later["facts"]
    before, after = ({fact["goal"]: fact for fact in facts["goals"]} for facts in (was, now))
    mentors = list(mentors)
    fits = ((mentor, _fit(mentor, earlier), _fit(mentor, later)) for mentor in mentors)
    comforts = ((mentor, _comfort(mentor, earlier), _comfort(mentor, later)) for mentor in mentors)
    moves = [
        GoalChange(goal, entry["on"], entry["field"], entry["old"], entry["new"], entry["reason"])
        for goal in known.values()
        for entry in goal["history"]
        if between(entry["on"], entry["review"])
    ]
    return Difference(
        earlier=earlier,
        later=later,
        added=[goal for id, goal in known.items() if between(goal["created"][:10], makers.get(id))],
        closed=[move for move in moves if move.field == "status" and move.new in vocabulary.CLOSED_GOALS],
        revised=[move for move in moves if move.field != "status" or move.new not in vocabulary.CLOSED_GOALS],
        gone=[id for id in before if id not in known],
        counts=[(name, was[name], now[name]) for name in COUNTS],
        progress=[
            (known[id], before.get(id), fact)
            for id, fact in after.items()
            if id in known and _reached(fact) != _reached(before.get(id))
        ],
        fits=[(mentor, one, other) for mentor, one, other in fits if one != other],
        comforts=[(mentor, one, other) for mentor, one, other in comforts if one != other],
    )


def as_data(difference: Difference) -> dict[str, Any]:
    """Return the differences for scripts."""
    return {
        "earlier": difference.earlier["id"],
        "later": difference.later["id"],
        "added": [_short(goal) for goal in difference.added],
        "closed": [_move(move) for move in difference.closed],
        "revised": [_move(move) for move in difference.revised],
        "gone": list(difference.gone),
        "facts": {name: {"earlier": before, "later": after} for name, before, after in difference.counts},
        "progress": [_progress(*one) for one in difference.progress],
        "fits": [{"mentor": m["id"], "name": m["name"], "earlier": a, "later": b} for m, a, b in difference.fits],
        "comforts": [
            {"mentor": m["id"], "name": m["name"], "earlier": a, "later": b} for m, a, b in difference.comforts
        ],
    }


def _reached(fact: GoalFactView | None) -> tuple[int | None, float | None]:
    """Return the percentage and the count of a goal; an older review may know none."""
    return (fact["progress"], fact.get("count")) if fact else (None, None)


def _progress(goal: GoalView, earlier: GoalFactView | None, later: GoalFactView) -> dict[str, Any]:
    (was, count_was), (now, count_now) = _reached(earlier), _reached(later)
    counts = {"earlier_count": count_was, "later_count": count_now}
    return {**_short(goal), "earlier": was, "later": now, **counts}


def _short(goal: GoalView) -> dict[str, Any]:
    return {"goal": goal["id"], "title": goal["title"]}


def _move(move: GoalChange) -> dict[str, Any]:
    return {**_short(move.goal), **{name: value for name, value in move._asdict().items() if name != "goal"}}


def _fit(mentor: MentorView, review: ReviewView) -> str | None:
    in_review = next((v["fit"] for v in review["mentors"] if v["mentor"] == mentor["id"] and v["fit"]), None)
    entry = latest(mentor["fit"], review["on"])
    return in_review or (entry["answer"] if entry else None)


def _comfort(mentor: MentorView, review: ReviewView) -> str | None:
    in_review = next((v["comfort"] for v in review["mentors"] if v["mentor"] == mentor["id"] and v["comfort"]), None)
    entry = latest((one for one in mentor["comfort"] if one["mine"]), review["on"])
    return in_review or (entry["mine"] if entry else None)
