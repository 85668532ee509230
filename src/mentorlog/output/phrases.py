"""Phrases that several screens and messages share: counts, days, references, sentences."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.models.views import heading
from mentorlog.output.text import fit, safe, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from mentorlog.models.view_types import GoalView, MeetingView
    from mentorlog.models.views import View

_TITLE = 72  # so many cells of a long text a message repeats


def state(status: str) -> str:
    """Return how a goal stands in words."""
    return "partly achieved" if status == "partly" else spaced(status)


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return how many there are: `1 record`, `3 records`, `2 copies`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def tally(counts: Iterable[tuple[int | None, str]]) -> str:
    """Return the counts that are not none: `7 held, 1 missed`."""
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "none"


def day(day: date | str | None, before: str = "") -> str:
    """Return a day in words with what stands before it; nothing where there is no day."""
    return f"{before}{dates.say(day)}" if day else ""


def when(meeting: MeetingView) -> str:
    """Return when a meeting is: `Fri 27 Nov 2026 at 14:00`."""
    return f"{dates.say(meeting['on'])}{' at ' + meeting['at'] if meeting['at'] else ''}"


def cadence(agreed: Mapping[str, Any] | None, *, exact: bool = False) -> list[str]:
    """Return the parts of a cadence: every 4 weeks, video; `exact` adds the days of months."""

    def every(days: int) -> str:
        words = dates.every(days)
        return f"{words} ({days} days)" if exact and "month" in words else words

    agreed = agreed or {}
    parts = [every(agreed["every_days"])] if agreed.get("every_days") else []
    parts += [f"at the longest {every(agreed['longest_days'])}"] if agreed.get("longest_days") else []
    parts += [spaced(agreed["mode"])] if agreed.get("mode") else []
    return parts + ([f"{agreed['minutes']} minutes"] if agreed.get("minutes") else [])


def shorten(text: str) -> str:
    """Return so much of a text, in one line, that it is recognised."""
    return fit(safe(text), _TITLE)


def title(view: View) -> str:
    """Return the heading of a record in one line; of a file that cannot be read its path."""
    return shorten(view["path"] if "unreadable" in view else heading(view))


def describe(view: View) -> str:
    """Return which record is meant: `goal g7k3q: Submit case report`, `your profile`."""
    if view["record"] == "profile":
        return "your profile"
    return f"{view['record']} {view['id']}: {title(view)}"


def ref(id: str, title: str) -> str:
    """Return a record within a sentence: `g7k3q Submit case report`."""
    return f"{id} {shorten(title)}".rstrip()


def origin(goal: GoalView | None, meeting: MeetingView | None = None) -> list[str]:
    """Return for which goal something is and from which meeting."""
    goals = [f"for goal {ref(goal['id'], goal['title'])}"] if goal else []
    return goals + ([f"from meeting {meeting['id']} of {dates.say(meeting['on'])}"] if meeting else [])


def sentence(text: str, details: Sequence[str] = ()) -> str:
    """Return a text and the details that there are as a sentence with one sign at its end."""
    whole = ", ".join(filter(None, [text, *details]))
    return whole if whole.endswith((".", "?", "!", "…")) else f"{whole}."
