"""What can be said of a record from its view alone, without loading its kind."""

from __future__ import annotations

from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

View = dict[str, "Any"]
"""A record as scripts see it: every field present, dates as text, `record` naming its kind."""

OPEN_TASKS = ("todo", "doing", "waiting", "submitted")
OPEN_GOALS = ("active", "paused")
LIVE_MENTORS = ("active", "paused", "stay_in_touch")
HOPED_MENTORS = ("candidate", "invited")

_DAYS = {"task": "due", "goal": "by", "mentor": "started"}


def day_of(view: View) -> str | None:
    """Return the day that orders and filters records of a kind: due of a task, by of a goal, else on."""
    found = view.get(_DAYS.get(view["record"], "on"))
    return str(found) if found else None


def heading(view: View) -> str:
    """Return the line by which people know the record."""
    match view["record"]:
        case "mentor":
            return str(view["name"])
        case "meeting":
            return f"Meeting with {', '.join(view['mentors']) or 'nobody'} on {view['on']}"
        case "review":
            return f"Review ({view['kind']}) on {view['on']}"
        case "note":
            return next((line.strip() for line in view["text"].splitlines() if line.strip()), "")
        case "profile":
            return str(view["name"] or "Profile")
    return str(view["title"])


def about(meeting: View) -> str:
    """Return the first thing that a meeting is or was about: a decision, a point of its agenda, a line of its notes."""
    agenda = (item["text"] for item in meeting["agenda"])
    texts = [*meeting["decisions"], *agenda, *(meeting["notes"] or "").split("\n")]
    return next((text.strip(" #\t") for text in texts if text.strip(" #\t-=")), "")


def targets(view: View) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record or tag that a view names."""
    for role in ("owner", "assigned_by", "helps", "goal", "meeting", "parent", "introduced_by"):
        if view.get(role):
            yield role, view[role]
    for entry in view.get("mentors") or ():
        yield "mentor", entry if isinstance(entry, str) else entry["mentor"]
    for entry in view.get("agenda") or ():
        if entry["goal"]:
            yield "goal", entry["goal"]
    for entry in view.get("verdicts") or ():
        yield "goal", entry["goal"]
    for tag in view.get("tags") or ():
        yield "tag", tag
    for told in view.get("told") or ():
        yield "told", told["mentor"]


def mentions(view: View) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record that a view refers to in any way: its targets, and what a review or an end
    of a mentorship names besides."""
    yield from (pair for pair in targets(view) if pair[0] != "tag")
    for id in view.get("added_goals") or ():
        yield "goal", id
    for id in (view.get("closure") or {}).get("handed_to") or ():
        yield "handed_to", id
    if view["record"] == "review":
        yield from (("task", entry["task"]) for entry in view["tasks"])
        if view["scope"] != "all":
            yield "scope", view["scope"]
    if view["record"] == "goal":
        yield from (("review", entry["review"]) for entry in view["history"] if entry["review"])
