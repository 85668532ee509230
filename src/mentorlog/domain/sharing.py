"""Which records an export is asked for, by mentors, goal and days. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.domain.query import About
from mentorlog.models.fields import mentions
from mentorlog.models.views import View, latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import ReviewView

_OPEN = {
    "goal": vocabulary.OPEN_GOALS,
    "task": vocabulary.OPEN_TASKS,
    "meeting": ("planned",),
    "note": ("open",),
}


def chosen(views: Sequence[View], about: About) -> list[View]:
    """Return the records that an export selects by mentors, goal and days."""
    goals = [view for view in views if view["record"] == "goal" and about.goal in (None, view["id"], view["parent"])]
    if about.mentors:
        goals = [goal for goal in goals if any(share["mentor"] in about.mentors for share in goal["mentors"])]
    picked = (_of(view, about, {goal["id"] for goal in goals}) for view in views)
    return [view for view in picked if view is not None and _of_kind(view, about) and in_days(view, about)]


def _of_kind(view: View, about: About) -> bool:
    of_notes = not about.notes or (view["record"] == "note" and view["kind"] in about.notes)
    return of_notes and (not about.is_open or is_open(view))


def is_open(view: View) -> bool:
    """Return whether a record is an open goal, task or note, or a planned meeting."""
    return view["record"] in _OPEN and view["status"] in _OPEN[view["record"]]


def _of(view: View, about: About, goals: set[str]) -> View | None:
    """Return the view, or the selected part of it, or None."""
    if not about.mentors and about.goal is None:
        return view
    kind = view["record"]
    if kind == "goal":
        return view if view["id"] in goals else None
    if kind == "review":
        return _excerpt(view, about, goals)
    if kind == "mentor":
        return view if view["id"] in about.mentors else None
    of_goal = any(id in goals for _, id in mentions(view))
    if not about.mentors:
        return view if of_goal else None
    people = {id for _, id in mentions(view, "mentor")}
    with_them = bool(people & set(about.mentors)) or (of_goal and not people)
    return view if with_them and (about.goal is None or of_goal) else None


def _excerpt(review: ReviewView, about: About, goals: set[str]) -> View | None:
    """Return a review of the selected goal or mentors, or the verdicts of another that concern them."""
    if review["scope"] in goals or review["scope"] in about.mentors:
        return review
    verdicts = [entry for entry in review["verdicts"] if entry["goal"] in goals]
    mentors = [entry for entry in review["mentors"] if entry["mentor"] in about.mentors]
    if not verdicts and not mentors:
        return None
    texts = dict.fromkeys(("worked", "did_not", "changed", "unlearned", "notes"))
    return {**review, **texts, "verdicts": verdicts, "mentors": mentors, "tasks": [], "added_goals": [], "facts": None}


def in_days(view: View, about: About) -> bool:
    """Return whether something of a record was on the days that are asked for."""
    first, last = _span(view)
    begun = about.until is None or first <= about.until
    return begun and (about.since is None or last is None or last >= about.since)


def _span(view: View) -> tuple[str, str | None]:
    """Return the first and the last day of a record; the last is None if it is ongoing."""
    created = str(view["created"])[:10]
    match view["record"]:
        case "mentor":
            closure = latest(view["closure"]) if view["status"] == "ended" else None  # it may be resumed
            return view["started"] or created, closure["on"] if closure else None
        case "goal":
            return created, view["closed_on"]
        case "task":
            return created, view["done_on"] or (created if view["status"] == "dropped" else None)
    return view["on"], view["on"]
