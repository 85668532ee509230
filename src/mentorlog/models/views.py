"""Functions on views that do not need the class of their kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mentorlog.errors import joined as joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, TypeVar

    from mentorlog.models.view_types import Dated, GoalView, MeetingView

    D = TypeVar("D", bound=Dated)
    View = Any
else:
    View = dict
"""A view of any kind, possibly with additional keys. For known kinds, see mentorlog.models.view_types."""

_LONG_NAME = 20
_DIGITS = frozenset("0123456789")

MOVED = "Moved from "
"""The start of the line that is added to the notes of a moved meeting."""


def made_at(view: View) -> datetime:
    """Return when a record was created, for sorting: times with offsets do not sort correctly as text."""
    from datetime import datetime  # rarely needed

    return datetime.fromisoformat(view["created"])


def heading(view: View) -> str:
    """Return the title of a record, or a line in place of one."""
    kind = view["record"]
    if kind in ("meeting", "review"):
        from mentorlog import dates  # rarely needed

        title = f"Review ({view['kind'].replace('_', ' ')})"
        if kind == "meeting":
            title = f"Meeting with {joined(view['mentors']) or 'nobody'}"
        return f"{title} on {dates.say(view['on'])}"
    if kind == "note":
        text = str(view["text"])
        return first_words(text) or next((line.strip() for line in text.splitlines() if line.strip()), "")
    return str(view["name" if kind in ("mentor", "profile") else "title"] or "Profile")


def noun(view: View) -> str:
    """Return what a record is called in a sentence: its kind, or `mentee` for somebody whom the resident mentors."""
    return "mentee" if view["record"] == "mentor" and is_mentee(view) else str(view["record"])


def is_mentee(mentor: Mapping[str, object]) -> bool:
    """Return whether the resident mentors somebody who does not mentor the resident too."""
    return mentor.get("my_role") == "mentor"


def called(mentor: Mapping[str, Any]) -> str:
    """Return what a mentor is called on screens: by the nickname, if there is one and the full name is long."""
    name, nickname = str(mentor["name"]), mentor.get("nickname")
    return str(nickname) if nickname and len(name) > _LONG_NAME else name


def done_by(name: str, *, is_mentee: bool) -> str:
    """Return who has a task that is not mine: `promised by William Osler`, but `for Emmy Noether to do`."""
    return f"for {name} to do" if is_mentee else f"promised by {name}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: `1 record`, `3 records`, `2 copies`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def times(count: int) -> str:
    """Return how often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def goal_state(status: str) -> str:
    """Return the status of a goal in words."""
    return "partly achieved" if status == "partly" else status


def first_of(names: Sequence[str], most: int) -> str:
    """Return the first names, and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def latest(entries: Iterable[D], until: str | None = None) -> D | None:
    """Return the newest of dated entries, up to a day if given; of one day the last."""
    reached = [entry for entry in entries if until is None or entry["on"] <= until]
    return max(reversed(reached), key=lambda entry: str(entry["on"]), default=None)


def percentage(goal: GoalView, until: str | None = None) -> int | None:
    """Return the last percentage of a goal without a target, or the one on a date."""
    entry = latest((entry for entry in goal["progress"] if entry["percent"] is not None), until)
    return entry["percent"] if entry else None


def about(meeting: MeetingView) -> str:
    """Return the first decision of a meeting, else the first words of its notes, else the first point of its agenda.

    Why it was moved is what it is about only where nothing else is known.
    """
    if meeting["decisions"]:
        return meeting["decisions"][0]
    notes = meeting["notes"] or ""
    moved = MOVED in notes
    said = "\n".join(line for line in notes.split("\n") if not line.startswith(MOVED)) if moved else notes
    if words := said and first_words(said):
        return words
    return meeting["agenda"][0]["text"] if meeting["agenda"] else first_words(notes) if moved else ""


def first_words(text: str) -> str:
    """Return the first line of prose that says something; "" if there is none."""
    line = text.strip().partition("\n")[0].rstrip()
    if line[:1].isalpha() and line.isprintable() and _DIGITS.isdisjoint(line):
        return line  # as most texts are
    from mentorlog.models.prose import first_words

    return first_words(text)
