"""How goals are listed, and how the change of one is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.models.views import View
from mentorlog.output.table import ALWAYS, ID, Column


def columns(today: date) -> list[Column]:
    """Return the columns of a list of goals: each with `percent`, `last_evidence`, `drifting` and `untold` too."""
    return [
        ID,
        Column("title", "title", shrink=True),
        Column("by", lambda goal: dates.say(goal["by"]) if goal["by"] else "", style=_ink, keep=ALWAYS),
        Column("done", lambda goal: "" if goal["percent"] is None else f"{goal['percent']}%", align="right", keep=6),
        Column("moved", lambda goal: dates.ago(goal["last_evidence"], today) if goal["last_evidence"] else "", keep=4),
        Column("state", _state, style=_ink, keep=7),
        Column("mentors", lambda goal: _names(goal["mentors"]), keep=5),
        Column("untold", "untold", say=", ".join, keep=3),
    ]


def _state(goal: View) -> str:
    """What is to be said of a goal: active goes without saying."""
    state = "drifting" if goal["drifting"] else goal["status"]
    return "" if state == "active" else str(state)


def _ink(goal: View) -> str:
    return "yellow" if goal["drifting"] else "" if goal["status"] == "active" else "dim"


def _names(shares: Sequence[View]) -> str:
    return ", ".join(share["mentor"] for share in shares)


def added(goal: View, people: Sequence[View], parent: View | None) -> str:
    """Return that a goal was added, with all that was understood besides."""
    from mentorlog.output.messages import task as messages

    words = [f"due {dates.say(goal['by'])}"] if goal["by"] else []
    words += [f"with {' and '.join(person['name'] for person in people)}"] if people else []
    words += [f"part of goal {messages.record(parent['id'], parent['title'])}"] if parent else []
    return messages.sentence(f"Added goal {goal['id']}: {goal['title']}", words)


_LINKS = ("parent", "mentors")


def linked(entries: Sequence[View]) -> list[str]:
    """Return the ids of the records that a revision names."""
    texts = [entry[side] or "" for entry in entries if entry["field"] in _LINKS for side in ("old", "new")]
    return [part.partition(" ")[0] for text in texts for part in text.split(", ") if part]


def revision(goal: View, entries: Sequence[View], names: Mapping[str, str]) -> list[str]:
    """Return what a revision says: a line for each entry of the history, with the old and the new value.

    `names` has the name or title of every record that it names.
    """
    if not entries:
        return [f"Goal {goal['id']}: {goal['title']} says so already; nothing was changed."]
    from mentorlog.output.fields import Words, label

    words = Words(names)
    say = {"parent": words.record, "mentors": words.person}

    def value(text: str | None, field: str) -> str:
        if not text or field not in say:
            return dates.said(text)
        parts = [part.partition(" ") for part in dates.said(text, field).split(", ")]
        return ", ".join(f"{say[field](id)}{space}{told}" for id, space, told in parts)

    lines = [f"Revised goal {goal['id']}: {goal['title']}"]
    for entry in entries:
        old, new = (value(entry[side], entry["field"]) for side in ("old", "new"))
        lines.append(f"  {label(entry['field'])}: {old} → {new}")
    return lines
