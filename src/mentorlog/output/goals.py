"""How goals are listed, and how the change of one is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mentorlog.domain import dates
from mentorlog.models.views import View
from mentorlog.output.columns import ALWAYS, ID, Column


def columns(today: date) -> list[Column]:
    """Return the columns of a list of goals: each with `percent`, `last_evidence` and `drifting` beside its fields."""
    return [
        ID,
        Column("title", "title", shrink=True),
        Column("by", lambda goal: dates.say(goal["by"]) if goal["by"] else "", style=_ink, keep=ALWAYS),
        Column("done", lambda goal: "" if goal["percent"] is None else f"{goal['percent']}%", align="right", keep=6),
        Column("moved", lambda goal: dates.ago(goal["last_evidence"], today) if goal["last_evidence"] else "", keep=4),
        Column("state", _state, style=_ink, keep=7),
        Column("mentors", lambda goal: _names(goal["mentors"]), keep=5),
        Column("untold", lambda goal: _names([one for one in goal["mentors"] if not one["told_on"]]), keep=3),
    ]


def _state(goal: View) -> str:
    """What is to be said of a goal: active goes without saying."""
    state = "drifting" if goal["drifting"] else goal["status"]
    return "" if state == "active" else str(state)


def _ink(goal: View) -> str:
    return "yellow" if goal["drifting"] else "" if goal["status"] == "active" else "dim"


def _names(shares: Sequence[View]) -> str:
    return ", ".join(share["mentor"] for share in shares)


def revision(goal: View, entries: Sequence[View]) -> list[str]:
    """Return what a revision says: a line for each entry of the history, with the old and the new value."""
    if not entries:
        return [f"Goal {goal['id']}: {goal['title']} says so already; nothing was changed."]
    from mentorlog.output.assigned import value
    from mentorlog.output.entries import label

    lines = [f"Revised goal {goal['id']}: {goal['title']}"]
    for entry in entries:
        old, new = value(entry["old"]), value(entry["new"])
        lines.append(f"  {label(entry['field'])}: {old} → {new}")
    return lines
