"""What can be said of a record from its view alone, without loading its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mentorlog import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

View = dict[str, "Any"]
"""A record as scripts see it: every field present, dates as text, `record` naming its kind."""

MOVED = "Moved from "
"""How the line begins that a meeting put off gains in its notes."""

_DAYS = {"mentor": "started", "goal": "by", "task": "due", "meeting": "on", "note": "on", "review": "on"}
_NAMING = {
    "mentor": ("introduced_by",),
    "goal": ("parent",),
    "task": ("owner", "assigned_by", "helps", "goal", "meeting"),
    "note": ("goal", "meeting"),
}
_WITH_MENTORS = ("goal", *vocabulary.DATED_KINDS)


def day_of(view: View) -> str | None:
    """Return the day that orders and filters records of a kind: due of a task, by of a goal, else on."""
    found = view.get(_DAYS.get(view["record"], ""))
    return str(found) if found else None


def made_at(view: View) -> datetime:
    """Return the instant at which a record was made: as texts, instants with offsets have another order."""
    from datetime import datetime  # most who look at views need no instants

    return datetime.fromisoformat(view["created"])


def heading(view: View) -> str:
    """Return the line by which people know the record."""
    match view["record"]:
        case "mentor":
            return str(view["name"])
        case "meeting":
            return met(view["mentors"], view["on"])
        case "review":
            return reassessed(view["kind"], view["on"])
        case "note":
            return next((line.strip() for line in view["text"].splitlines() if line.strip()), "")
        case "profile":
            return str(view["name"] or "Profile")
    return str(view["title"])


def met(mentors: Sequence[str], on: date | str) -> str:
    """Return the line by which people know a meeting: its mentors and day."""
    return f"Meeting with {', '.join(mentors) or 'nobody'} on {_said(on)}"


def reassessed(kind: str, on: date | str) -> str:
    """Return the line by which people know a review: its kind and day."""
    return f"Review ({kind.replace('_', ' ')}) on {_said(on)}"


def _said(day: date | str) -> str:
    from mentorlog import dates  # most who look at views need no words for days

    return dates.say(day)


def latest(entries: Iterable[View], until: str | None = None) -> View | None:
    """Return the newest of dated entries, up to a day where one is given; of one day the one that was said last."""
    said = [entry for entry in entries if until is None or entry["on"] <= until]
    return max(reversed(said), key=lambda entry: str(entry["on"]), default=None)


def percent(goal: View, until: str | None = None) -> int | None:
    """Return how far a goal is, or was on a day, as it was last said."""
    found = latest((entry for entry in goal["progress"] if entry["percent"] is not None), until)
    return found["percent"] if found else None


def about(meeting: View) -> str:
    """Return the first thing that a meeting is or was about: a decision, a point of its agenda, a line of its notes.

    Why it was moved is said only where there is nothing else.
    """
    agenda = (item["text"] for item in meeting["agenda"])
    texts = [*meeting["decisions"], *agenda, *(meeting["notes"] or "").split("\n")]
    said = (text.strip(" #\t") for text in texts if text.strip(" #\t-="))
    first = next(said, "")
    return next((text for text in said if not text.startswith(MOVED)), first) if first.startswith(MOVED) else first


def names_records(kind: str, field: str) -> bool:
    """Say whether a field of a kind names records by their ids, and is not another kind's in a file of this one."""
    if field == "mentors":
        return kind in _WITH_MENTORS
    return field in (("scope", "added_goals") if kind == "review" else _NAMING.get(kind, ()))


def targets(view: View) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record or tag that a view names.

    Only the fields of its kind are asked: a key of the same name may stand in any file, and hold anything.
    """
    kind = view["record"]
    for role in _NAMING.get(kind, ()):
        if view[role]:
            yield role, view[role]
    for entry in view["mentors"] if kind in _WITH_MENTORS else ():
        yield "mentor", entry if isinstance(entry, str) else entry["mentor"]
    if kind == "meeting":
        yield from (("goal", item["goal"]) for item in view["agenda"] if item["goal"])
    if kind == "review":
        yield from (("goal", entry["goal"]) for entry in view["verdicts"])
    if kind == "note":
        yield from (("told", told["mentor"]) for told in view["told"])
    if kind in _DAYS:
        yield from (("tag", tag) for tag in view["tags"])


def mentions(view: View) -> Iterator[tuple[str, str]]:
    """Yield (role, id) for every record that a view refers to in any way: its targets, and what a goal's story, a
    review or the end of a mentorship names besides."""
    kind = view["record"]
    yield from (pair for pair in targets(view) if pair[0] != "tag")
    if kind == "goal":
        yield from (("review", entry["review"]) for entry in view["history"] if entry["review"])
    if kind == "mentor":
        yield from (("handed_to", id) for closure in view["closure"] for id in closure["handed_to"])
    if kind == "review":
        yield from (("goal", id) for id in view["added_goals"])
        yield from (("task", entry["task"]) for entry in view["tasks"])
        if view["scope"] != "all":
            yield "scope", view["scope"]
