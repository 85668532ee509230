"""How a record is shown with the records that are linked to it, and the profile."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import computed
from mentorlog.domain.query import Query
from mentorlog.models.views import View
from mentorlog.output.screens import linked, profile, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LAST = 5
"""So many meetings and notes are shown with what they belong to."""


def show_record(app: App, view: View) -> None:
    """Show a record: its fields, its prose, and the records that belong to it."""
    counted = view["facts"]["goals"] if view["record"] == "review" and view["facts"] else ()
    named = {*app.journal.named(view["id"]).get(view["id"], ()), *(entry["goal"] for entry in counted)}
    names = app.journal.titles(sorted(named))
    unknown = app.journal.never_seen(named - names.keys())
    found = linked_records(app, view)
    states = {task["id"]: task["status"] for task in found.get("task", ())}
    also = [*_contact(app, view), *linked.sections(view, found)]
    others: dict[str, Any] = {"names": names, "goals": [], "tasks": [], "meetings": [], "notes": []}
    others |= {f"{kind}s": views for kind, views in found.items()}
    app.out.page(
        lambda page: record.lines(view, page, names=names, unknown=unknown, states=states, also=also),
        {**view, "linked": others},
        problems=app.journal.problems,
    )


def _contact(app: App, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return of a mentor when you met and when you meet again, as a section of the screen."""
    if view["record"] != "mentor":
        return []
    (mentor,) = computed.mentors([view], app.journal, app.today)
    return [("Contact", [("", line) for line in linked.contact(mentor, app.today)])]


def _newest(views: Sequence[View], kind: str) -> list[View]:
    return sorted((one for one in views if one["record"] == kind), key=lambda one: str(one["on"]), reverse=True)[:LAST]


def linked_records(app: App, view: View) -> dict[str, list[View]]:
    """Return the records that belong to one, by kind: of a mentor what is open, and the last meetings."""
    find, id = app.journal.find, view["id"]
    match view["record"]:
        case "mentor":
            return {
                "goal": find(Query("goal", mentors=(id,), statuses=vocabulary.OPEN_GOALS)),
                "task": find(Query("task", mentors=(id,), statuses=vocabulary.OPEN_TASKS)),
                "meeting": find(Query("meeting", mentors=(id,), statuses=("planned", "held"), limit=LAST)),
                "note": find(Query("note", mentors=(id,), statuses=("open",))),
            }
        case "goal":
            others = app.journal.references(id)
            return {
                "goal": [one for one in others if one["record"] == "goal" and one["parent"] == id],
                "task": find(Query("task", goals=(id,))),
                "meeting": _newest(others, "meeting"),
                "note": _newest(others, "note"),
            }
        case "meeting":
            return {"task": find(Query("task", meeting=id)), "note": find(Query("note", meeting=id))}
    return {}


def show_profile(app: App) -> None:
    """Show what the journal knows of the resident."""
    view = app.journal.profile()
    app.out.page(lambda page: profile.lines(view, page), view, problems=app.journal.problems)
