"""What `show` says of the records that belong to one: a line each, by kind."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.models.views import View, about, heading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mentorlog.domain.reports import Linked

_TITLES = (("goal", "Goals"), ("task", "Tasks"), ("meeting", "Meetings"), ("note", "Notes"))


_LISTED = {
    ("mentor", "goal"): "goal list --with",
    ("mentor", "task"): "task list --with",
    ("mentor", "meeting"): "meeting list --with",
    ("mentor", "note"): "note list --open --with",
    ("goal", "goal"): "goal list --all --parent",
    ("goal", "task"): "task list --all --goal",
    ("goal", "meeting"): "meeting list --all --goal",
    ("goal", "note"): "note list --goal",
}
"""The command that lists all records of a kind that belong to one of another."""


def sections(view: View, found: Mapping[str, Linked]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield a title and, for each record of a kind that belongs to this one, its id and what is said of it."""
    for kind, title in _TITLES:
        linked = found.get(kind)
        if linked and linked.records:
            lines = [(one["id"], _said(one, view)) for one in linked.records]
            if more := linked.count - len(linked.records):
                command = _LISTED[view["record"], kind]
                lines.append(("", f"and {more:,} more; see: mentorlog {command} {view['id']}"))
            yield "Parts" if view["record"] == kind else title, lines


def contact(mentor: View, today: date) -> list[str]:
    """Return when a mentor was last met, and when you meet again: as planned, else as their cadence has it."""
    last, planned = mentor["last_held"], mentor["next_planned"]
    met = f"last met {dates.say(last)}, {dates.ago(last, today)}" if last else "not met yet"
    words, day = "planned on", planned
    if mentor["due_on"]:
        late = mentor["overdue_on"] < today.isoformat()
        words, day = ("overdue since", mentor["overdue_on"]) if late else ("due on", mentor["due_on"])
    return [met, *([f"next contact {words} {dates.say(day)}, {dates.ago(day, today)}"] if day else [])]


def _said(one: View, view: View) -> str:
    match one["record"]:
        case "goal":
            by = f", by {dates.say(one['by'])}" if one["by"] else ""
            told, state = _told(one, view["id"]), one["status"]
            stands = [*([state] if state != "active" or not told else []), *([told] if told else [])]
            return f"{one['title']}{by} ({', '.join(stands)})"
        case "task":
            due = f", due {dates.say(one['due'])}" if one["due"] else ""
            return f"{one['title']}{due} ({one['status']})"
        case "meeting":
            what = about(one)
            return f"{dates.say(one['on'])} ({one['status']}){': ' + what if what else ''}"
    return f"{dates.say(one['on'])}, {one['kind']}: {heading(one)}"


def _told(goal: View, id: str) -> str:
    """Whether a mentor has been told of the goal; nothing where the id is no mentor of it."""
    for share in goal["mentors"]:
        if share["mentor"] == id:
            return f"told {dates.say(share['told_on'])}" if share["told_on"] else "not told yet"
    return ""
