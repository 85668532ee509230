"""What is usually next after the first record of a kind: said once in a journal, on a terminal."""

from __future__ import annotations

from collections.abc import Set

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError
from mentorlog.models.views import View, is_mentee
from mentorlog.store.layout import id_of, kind_of


def after(app: App, view: View) -> list[str]:
    """Return the hint after a record was added; nothing if there is, or was, another of its kind."""
    if not _is_first(app, view):
        return []
    says = {"mentor": _mentor, "goal": _goal, "task": _task, "meeting": _meeting, "note": _note}
    return [f"hint: {says[view['record']](app, view)}"]


def _is_first(app: App, view: View) -> bool:
    """Return whether there is no other, and none is gone; mentors, prospective ones and mentees are three kinds."""
    kind = view["record"]
    found = app.reading.find(Query(kind) if kind == "mentor" else Query(kind, limit=2))
    others = [one for one in found if one["id"] != view["id"] and _like(one) == _like(view)]
    return not others and not _has_lost_one(app, view, {one["id"] for one in found})


def _has_lost_one(app: App, view: View, known: Set[str]) -> bool:
    """Return whether the log has another record of the kind, which is gone now; also if the log cannot be read."""
    try:
        paths = app.journal.history.paths_ever(0)
    except MentorlogError:  # what was added is saved
        return True
    return any(kind_of(path) == view["record"] and id_of(path) not in {view["id"], *known} for path in paths)


def _like(view: View) -> tuple[bool, bool]:
    """Return what kind of mentor it is, or was once: a prospective one, or a mentee."""
    if view["record"] != "mentor":
        return False, False
    return any(one["status"] in vocabulary.HOPED_MENTORS for one in view["status_log"]), is_mentee(view)


def _mentor(app: App, view: View) -> str:
    id = view["id"]
    if view["status"] in vocabulary.HOPED_MENTORS:
        return f"for a letter that asks for a first meeting: mentorlog mentor invite {id} --draft"
    if is_mentee(view):
        return f'add what they want to reach: mentorlog goal add "Pass the board exam" --whose {id}'
    if app.reading.find(Query("goal", limit=1)):
        return f'plan your next meeting: mentorlog meeting plan {id} --on "next thursday"'
    return f'add a goal that you share with them: mentorlog goal add "Submit case report" --with {id}'


def _goal(app: App, view: View) -> str:
    id = view["id"]
    if view["whose"]:
        return f'add what they will do for it: mentorlog task add "Read a review" --owner {view["whose"]} --goal {id}'
    if view["mentors"]:
        return f"once you have told them: mentorlog goal tell {id} {view['mentors'][0]['mentor']}"
    return f'add a first step: mentorlog task add "Draft abstract" --goal {id}'


def _task(app: App, view: View) -> str:
    return f"once it is done: mentorlog task done {view['id']}"


def _meeting(app: App, view: View) -> str:
    return f"to prepare for it: mentorlog meeting prep {view['mentors'][0]}"


def _note(app: App, view: View) -> str:
    if view["status"] == "open":
        return f"once you know what came of it: mentorlog note close {view['id']}"
    return "to see what happened, day by day: mentorlog timeline"
