"""How a record is shown with the records that are linked to it, and the profile."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import computed
from mentorlog.models.views import View
from mentorlog.output.fields import Names
from mentorlog.output.screens import linked, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_LAST, _MOST, _ALL = 5, 20, 1_000
"""So many meetings and notes are shown; goals, tasks and open notes of a mentor; tasks and notes of one meeting."""

_LINKED: dict[str, tuple[tuple[str, int, tuple[str, ...]], ...]] = {
    "mentor": (
        ("goal", _MOST, vocabulary.OPEN_GOALS),
        ("task", _MOST, vocabulary.OPEN_TASKS),
        ("meeting", _LAST, ("planned", "held")),
        ("note", _MOST, ("open",)),
    ),
    "goal": (("goal", _MOST, ()), ("task", _MOST, ()), ("meeting", _LAST, ()), ("note", _LAST, ())),
    "meeting": (("task", _ALL, ()), ("note", _ALL, ())),
}
"""What is shown with a record: of which kind, how many, in which statuses (all, where none is named)."""


def show_record(app: App, view: View) -> None:
    """Show a record: its fields, its prose, and the records that belong to it."""
    counted = view["facts"]["goals"] if view["record"] == "review" and view["facts"] else ()
    named = {*app.reading.named(view["id"]).get(view["id"], ()), *(entry["goal"] for entry in counted)}
    names = app.reading.titles(sorted(named))
    unknown = app.reading.never_seen(named - names.keys())
    asked = _LINKED.get(view["record"], ())
    found = {kind: app.reading.belonging_to(view, kind, most, statuses) for kind, most, statuses in asked}
    states = {task["id"]: task["status"] for task in found["task"].records} if "task" in found else {}
    also = [*_contact(app, view), *linked.sections(view, found)]
    others: dict[str, Any] = {"names": names, "counts": {}, "goals": [], "tasks": [], "meetings": [], "notes": []}
    for kind, one in found.items():
        others[f"{kind}s"], others["counts"][f"{kind}s"] = one.records, one.count
    app.out.page(
        lambda page: record.lines(view, page, Names(names, unknown), states, also),
        {**view, "linked": others},
        problems=app.reading.problems,
    )


def _contact(app: App, view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return of a mentor when you met and when you meet again, as a section of the screen."""
    if view["record"] != "mentor":
        return []
    (mentor,) = computed.mentors([view], app.reading, app.today)
    return [("Contact", [("", line) for line in linked.contact(mentor, app.today)])]


def show_profile(app: App) -> None:
    """Show what the journal knows of the resident."""
    view = app.reading.profile()
    app.out.page(lambda page: record.profile(view, page), view, problems=app.reading.problems)
