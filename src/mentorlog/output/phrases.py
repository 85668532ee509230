"""Phrases that several screens and messages share: results, counts, days, references."""

from __future__ import annotations

from mentorlog import dates
from mentorlog.models.views import counted, heading, noun
from mentorlog.output.text import fit, safe, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from mentorlog.models.view_types import GoalView, MeetingView
    from mentorlog.models.views import View

ADVICE_RESULTS = {"helped": "helped", "mixed": "mixed", "did_not": "did not help", "not_tried": "not tried"}
"""What came of advice, in words."""
_TITLE = 72  # the most cells of a long text that a message repeats


def result(done: str, title: str = "", details: Iterable[str] = ()) -> str:
    """Return what was done: `Added goal g7k3q: Submit case report (by Mon 4 Jan 2027, with Marie Curie)`."""
    about = ", ".join(filter(None, details))
    return done + (f": {title}" if title else "") + (f" ({about})" if about else "")


def unchanged(state: str) -> str:
    """Return that there was nothing to do: `Goal g7k3q is already paused; nothing changed.`"""
    return f"{state}; nothing changed."


def tally(counts: Iterable[tuple[int | None, str]]) -> str:
    """Return the counts above zero: `7 held, 1 missed`."""
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "none"


def size(count: int) -> str:
    """Return a number of bytes in words: `12 kB`, `3.4 MB`."""
    if count < 10**6:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 10**6:.1f} MB" if count < 10**9 else f"{count / 10**9:.1f} GB"


def day(day: date | str | None, before: str = "") -> str:
    """Return a day in words after some text; empty if there is no day."""
    return f"{before}{dates.say(day)}" if day else ""


def when(meeting: MeetingView) -> str:
    """Return the day and time of a meeting: `Fri 27 Nov 2026, 14:00`."""
    return f"{dates.say(meeting['on'])}{', ' + meeting['at'] if meeting['at'] else ''}"


def age(then: datetime, now: datetime) -> str:
    """Return how long ago a time was: `just now`, `5 minutes ago`, `2 hours ago`, then in days or more."""
    minutes = int((now - then).total_seconds()) // 60
    if not 0 <= minutes < 24 * 60:
        return dates.ago(then.astimezone(now.tzinfo).date(), now.date())
    length = counted(minutes, "minute") if minutes < 60 else counted(minutes // 60, "hour")
    return f"{length} ago" if minutes else "just now"


def cadence(agreed: Mapping[str, Any] | None, *, exact: bool = False) -> list[str]:
    """Return the parts of a cadence: every 4 weeks, video; `exact` gives months in days."""

    def every(days: int) -> str:
        words = dates.every(days)
        return f"every {days} days" if exact and "month" in words else words

    agreed = agreed or {}
    parts = [every(agreed["every_days"])] if agreed.get("every_days") else []
    parts += [f"at least {every(agreed['longest_days'])}"] if agreed.get("longest_days") else []
    parts += [spaced(agreed["mode"])] if agreed.get("mode") else []
    return parts + ([f"{agreed['minutes']} minutes"] if agreed.get("minutes") else [])


def shorten(text: str) -> str:
    """Return a text in one line, cut to what identifies it."""
    return fit(safe(text), _TITLE)


def title(view: View) -> str:
    """Return the heading of a record in one line, or the path of an unreadable file."""
    return shorten(view["path"] if "unreadable" in view else heading(view))


def describe(view: View) -> str:
    """Return which record is meant: `goal g7k3q: Submit case report`, `your profile`."""
    if view["record"] == "profile":
        return "your profile"
    return f"{noun(view)} {view['id']}: {title(view)}"


def from_to(first: str, last: str) -> str:
    """Return `A to B`; without one of the two `since A` or `until B`."""
    if not (first and last):
        return f"since {first}" if first else last and f"until {last}"
    return f"{first} to {last}"


def ref(id: str, title: str) -> str:
    """Return a record for use within a sentence: `g7k3q Submit case report`."""
    return f"{id} {shorten(title)}".rstrip()


def origin(goal: GoalView | None, meeting: MeetingView | None = None) -> list[str]:
    """Return the goal that something is for, and the meeting it comes from."""
    goals = [f"for goal {ref(goal['id'], goal['title'])}"] if goal else []
    return goals + ([f"from meeting {meeting['id']} of {dates.say(meeting['on'])}"] if meeting else [])
