"""What may leave the journal: which records are asked for, and what of them stays at home. Pure, over views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain.timeline import About
from mentorlog.models.views import View, latest, targets

_SEVERAL = {"mentor": "mentors", "goal": "goals", "task": "tasks", "meeting": "meetings", "note": "notes"}


class LeftOut(NamedTuple):
    """What stays at home: so many private records of each kind, and so many others of which fields are left out."""

    records: Mapping[str, int]
    fields: int

    def said(self) -> str | None:
        """Return it in one line, None where nothing was left out."""
        parts = [f"{count} {_count(kind, count)}" for kind, count in self.records.items()]
        if self.fields:
            parts.append(f"private fields of {self.fields} record{'' if self.fields == 1 else 's'}")
        if not parts:
            return None
        return f"Left out, as private: {', '.join(parts)} (--include-private takes them along)"


def _count(kind: str, count: int) -> str:
    return kind if count == 1 else _SEVERAL.get(kind, f"{kind}s")


# Which records are asked for


def chosen(views: Sequence[View], about: About) -> list[View]:
    """Return the records that an export is about: of these mentors, this goal, these days (both inclusive)."""
    goals = {view["id"] for view in views if view["record"] == "goal" and _goal_asked(view, about)}
    picked = (_of(view, about, goals) for view in views)
    return [view for view in picked if view is not None and _in_days(view, about)]


def _goal_asked(goal: View, about: About) -> bool:
    if about.goal is not None and about.goal not in (goal["id"], goal["parent"]):
        return False
    return not about.mentors or bool({share["mentor"] for share in goal["mentors"]} & set(about.mentors))


def _of(view: View, about: About, goals: set[str]) -> View | None:
    """Return the view, or the part of it that is asked for, or None."""
    if not about.mentors and about.goal is None:
        return view
    kind, named = view["record"], _named(view)
    if kind == "goal":
        return view if view["id"] in goals else None
    if kind == "review":
        return _excerpt(view, about, goals)
    if kind == "mentor":
        return view if view["id"] in about.mentors else None
    of_goal = bool(named & goals)
    if not about.mentors:
        return view if of_goal else None
    people = {target for role, target in targets(view) if role not in ("tag", "goal", "meeting", "parent")} - {
        vocabulary.ME
    }
    with_them = bool(people & set(about.mentors)) or (of_goal and not people)
    return view if with_them and (about.goal is None or of_goal) else None


def _named(view: View) -> set[str]:
    return {target for role, target in targets(view) if role != "tag"}


def _excerpt(review: View, about: About, goals: set[str]) -> View | None:
    """Return a review of what is asked for whole; of any other only the verdicts that concern it."""
    if review["scope"] in goals or review["scope"] in about.mentors:
        return review
    verdicts = [entry for entry in review["verdicts"] if entry["goal"] in goals]
    mentors = [entry for entry in review["mentors"] if entry["mentor"] in about.mentors]
    if not verdicts and not mentors:
        return None
    texts = dict.fromkeys(("worked", "did_not", "changed", "unlearned", "notes"))
    return {**review, **texts, "verdicts": verdicts, "mentors": mentors, "tasks": [], "added_goals": [], "facts": None}


def _in_days(view: View, about: About) -> bool:
    first, last = _span(view)
    return (about.until is None or first <= about.until) and (
        about.since is None or last is None or last >= about.since
    )


def _span(view: View) -> tuple[str, str | None]:
    """Return the first and the last day of a record; None for the last of what goes on."""
    created = str(view["created"])[:10]
    match view["record"]:
        case "mentor":
            closure = latest(view["closure"]) if view["status"] == "ended" else None  # after an end it may go on
            return view["started"] or created, closure["on"] if closure else None
        case "goal":
            return created, view["closed_on"]
        case "task":
            return created, view["done_on"] or (created if view["status"] == "dropped" else None)
    return view["on"], view["on"]


# What stays at home


def shareable(views: Iterable[View]) -> tuple[list[View], LeftOut]:
    """Return the records that may be shown to others, without their private fields, and what was left out."""
    kept, private, fields = [], Counter[str](), 0
    for view in views:
        if view["record"] != "profile" and view["visibility"] == "private":
            private[view["record"]] += 1
            continue
        strip = _STRIPPERS.get(view["record"])
        bare = strip(view) if strip else view
        fields += bare != view
        kept.append(bare)
    return kept, LeftOut(private, fields)


def _mentor(view: View) -> View:
    log = [{**entry, "reason": None} for entry in view["status_log"]]
    agreed = view["expectations"]
    bare = {**view, "fit": [], "closure": [], "conflict_of_interest": None, "status_log": log}
    return {**bare, "expectations": {**agreed, "off_limits": []}} if agreed else bare


def _goal(view: View) -> View:
    return {**view, "history": [_without(entry, "reason", entry["field"] == "status") for entry in view["history"]]}


def _meeting(view: View) -> View:
    return {**view, "feeling": None, "usefulness": None}


def _review(view: View) -> View:
    verdicts = [_without(entry, "reason", entry["verdict"] in vocabulary.STATUS_VERDICTS) for entry in view["verdicts"]]
    mentors = [{**entry, "fit": None, "comment": None, "pulse": None} for entry in view["mentors"]]
    return {**view, "verdicts": verdicts, "mentors": mentors}


def _without(entry: Mapping[str, Any], key: str, hidden: bool) -> dict[str, Any]:
    return {**entry, key: None} if hidden else dict(entry)


def _profile(view: View) -> View:
    """The kinds of support I want may say what I lack: they stay at home (REQUIREMENTS 002-10)."""
    return {**view, "needs": []}


_STRIPPERS: dict[str, Callable[[View], View]] = {
    "profile": _profile,
    "mentor": _mentor,
    "goal": _goal,
    "meeting": _meeting,
    "review": _review,
}
