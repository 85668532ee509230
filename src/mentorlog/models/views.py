"""What can be said of a record from its view alone, without loading its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, TypeVar

    from mentorlog.models.view_types import Dated, GoalView, MeetingView

    D = TypeVar("D", bound=Dated)
    View = Any
else:
    View = dict
"""A view of whatever kind, or with more in it than its kind has: for what takes them all, as lists and exports do.

Where the kind is known, mentorlog.models.view_types has its type.
"""

MOVED = "Moved from "
"""How the line begins that a meeting put off gains in its notes."""


def made_at(view: View) -> datetime:
    """Return the instant at which a record was made: as texts, instants with offsets have another order."""
    from datetime import datetime  # most who look at views need no instants

    return datetime.fromisoformat(view["created"])


def heading(view: View) -> str:
    """Return the line by which people know the record."""
    kind = view["record"]
    if kind in ("meeting", "review"):
        from mentorlog import dates  # most who look at views need no words for days

        title = f"Review ({view['kind'].replace('_', ' ')})"
        if kind == "meeting":
            title = f"Meeting with {', '.join(view['mentors']) or 'nobody'}"
        return f"{title} on {dates.say(view['on'])}"
    if kind == "note":
        return next((line.strip() for line in view["text"].splitlines() if line.strip()), "")
    return str(view["name" if kind in ("mentor", "profile") else "title"] or "Profile")


def joined(names: Sequence[str]) -> str:
    """Return names as people list them: `Osler, Curie and Blackwell`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def latest(entries: Iterable[D], until: str | None = None) -> D | None:
    """Return the newest of dated entries, up to a day if given; of one day the last."""
    reached = [entry for entry in entries if until is None or entry["on"] <= until]
    return max(reversed(reached), key=lambda entry: str(entry["on"]), default=None)


def percent(goal: GoalView, until: str | None = None) -> int | None:
    """Return how far a goal is, or was on a day, by the newest entry that says so."""
    entry = latest((entry for entry in goal["progress"] if entry["percent"] is not None), until)
    return entry["percent"] if entry else None


def about(meeting: MeetingView) -> str:
    """Return the first thing that a meeting is about; why it was moved only in the end."""
    agenda = (item["text"] for item in meeting["agenda"])
    texts = [*meeting["decisions"], *agenda, *(meeting["notes"] or "").split("\n")]
    lines = [text.strip(" #\t") for text in texts if text.strip(" #\t-=")]
    return next((line for line in lines if not line.startswith(MOVED)), lines[0] if lines else "")
