"""How a record is shown with the records that are linked to it, and the profile."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import computed
from mentorlog.models.views import View
from mentorlog.output.screens import linked, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.domain.reports import Linked

LAST = 5
"""So many meetings and notes are shown with what they belong to."""

MOST = 20
"""So many goals and tasks, and open notes of a mentor: what is due last of all."""

ALL = 1_000
"""As many tasks and notes as one meeting may have."""


def show_record(app: App, view: View) -> None:
    """Show a record: its fields, its prose, and the records that belong to it."""
    counted = view["facts"]["goals"] if view["record"] == "review" and view["facts"] else ()
    named = {*app.reading.named(view["id"]).get(view["id"], ()), *(entry["goal"] for entry in counted)}
    names = app.reading.titles(sorted(named))
    unknown = app.reading.never_seen(named - names.keys())
    found = linked_records(app, view)
    states = {task["id"]: task["status"] for task in found["task"].records} if "task" in found else {}
    also = [*_contact(app, view), *linked.sections(view, found)]
    others: dict[str, Any] = {"names": names, "counts": {}, "goals": [], "tasks": [], "meetings": [], "notes": []}
    for kind, one in found.items():
        others[f"{kind}s"], others["counts"][f"{kind}s"] = one.records, one.count
    app.out.page(
        lambda page: record.lines(view, page, names=names, unknown=unknown, states=states, also=also),
        {**view, "linked": others},
        problems=app.reading.problems,
    )


def _contact(app: App, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return of a mentor when you met and when you meet again, as a section of the screen."""
    if view["record"] != "mentor":
        return []
    (mentor,) = computed.mentors([view], app.reading, app.today)
    return [("Contact", [("", line) for line in linked.contact(mentor, app.today)])]


def linked_records(app: App, view: View) -> dict[str, Linked]:
    """Return what belongs to a record, by kind: of a mentor what is open, and of all the newest few."""
    match view["record"]:
        case "mentor":
            asked = [
                ("goal", MOST, vocabulary.OPEN_GOALS),
                ("task", MOST, vocabulary.OPEN_TASKS),
                ("meeting", LAST, ("planned", "held")),
                ("note", MOST, ("open",)),
            ]
        case "goal":
            asked = [("goal", MOST, ()), ("task", MOST, ()), ("meeting", LAST, ()), ("note", LAST, ())]
        case "meeting":
            asked = [("task", ALL, ()), ("note", ALL, ())]
        case _:
            return {}
    return {kind: app.reading.belonging_to(view, kind, most, statuses) for kind, most, statuses in asked}


def show_profile(app: App) -> None:
    """Show what the journal knows of the resident."""
    view = app.reading.profile()
    app.out.page(lambda page: record.profile(view, page), view, problems=app.reading.problems)
