"""Find the decision, or the goal or decision, that words mean."""

from __future__ import annotations

from contextlib import suppress

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.domain import advice
from mentorlog.errors import BadValue, MentorlogError, UnknownId

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.views import View


def goal_or_decision(app: App, text: str) -> View:
    """Return the goal or the note of kind decision for the text; for a mentor, the hint lists their advice."""
    try:
        view = lookup.record("goal", "note")(app, text)
    except UnknownId as error:
        with suppress(MentorlogError):
            who = lookup.mentor(app, text)["id"]
            error.hint = f"to list the advice of a mentor: mentorlog note list --kind advice --with {who}"
        raise
    if view["record"] == "note":
        advice.must_be_decision(view)
    return view


def decision(app: App, text: str) -> View:
    """Return the note of kind decision for the text."""
    view = goal_or_decision(app, text)
    if view["record"] == "goal":
        raise BadValue("decision", f"{view['id']} is a goal, not a decision.", f"use: --goal {view['id']}")
    return view
