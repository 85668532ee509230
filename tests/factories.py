"""Records with sane defaults: a test names only what it is about.

make_goal(title="Present at grand rounds", by=date(2027, 5, 1)); every other field of the kind can be named too.
Ids count up (g2222, g2223 …), so that they differ within a run; a test that shows an id names it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from mentorlog.ids import ALPHABET
from mentorlog.models.goal import Goal, Share
from mentorlog.models.meeting import Meeting
from mentorlog.models.mentor import Cadence, Mentor
from mentorlog.models.note import Note
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, as_data
from mentorlog.models.review import Facts, Period, Review
from mentorlog.models.task import Task

TODAY = date(2026, 11, 23)  # the day of world.NOW, a Monday
CREATED = datetime(2026, 9, 1, 9, tzinfo=UTC)

T = TypeVar("T", bound=Part)

_numbers = count()


def make_id(letter: str) -> str:
    """Return an id of a kind's letter that no other call returns."""
    number, text = next(_numbers), ""
    for _ in range(4):
        number, rest = divmod(number, len(ALPHABET))
        text = ALPHABET[rest] + text
    return letter + text


def _make(kind: Callable[..., T], letter: str, defaults: dict[str, Any], changes: dict[str, Any]) -> T:
    always = {"id": changes.get("id") or make_id(letter), "created": CREATED}
    return kind(**{**always, **defaults, **changes})


def make_goal(**changes: Any) -> Goal:
    """Return an active goal without mentors; `mentors=["osler"]` shares it, untold."""
    if "mentors" in changes:
        shares = (one if isinstance(one, Share) else Share(mentor=one) for one in changes["mentors"])
        changes["mentors"] = tuple(shares)
    return _make(Goal, "g", {"title": "Submit case report"}, changes)


def make_task(**changes: Any) -> Task:
    """Return an open task of mine."""
    return _make(Task, "t", {"title": "Draft abstract"}, changes)


def make_mentor(**changes: Any) -> Mentor:
    """Return an active mentor; `every=28` gives a cadence in days."""
    if "every" in changes:
        changes["cadence"] = Cadence(every_days=changes.pop("every"))
    return _make(Mentor, "", {"id": "osler", "name": "William Osler", "started": date(2026, 9, 1)}, changes)


def make_meeting(**changes: Any) -> Meeting:
    """Return a meeting held with Osler a week before today."""
    defaults = {"on": date(2026, 11, 16), "status": "held", "mentors": ("osler",)}
    return _make(Meeting, "m", defaults, changes)


def make_note(**changes: Any) -> Note:
    """Return a plain note of today; a question, advice, feedback or change is open."""
    opens = changes.get("kind") in ("question", "advice", "feedback", "change")
    defaults = {"on": TODAY, "text": "He draws the differential first.", "status": "open" if opens else "closed"}
    return _make(Note, "n", defaults, changes)


def make_review(**changes: Any) -> Review:
    """Return a full review of today over the last twelve weeks, without verdicts."""
    period = Period(start=date(2026, 9, 1), end=TODAY)
    return _make(Review, "r", {"on": TODAY, "period": period, "facts": Facts()}, changes)


def make_profile(**changes: Any) -> Profile:
    """Return a resident's profile."""
    return Profile(**{"name": "Elizabeth Blackwell", "stage": "resident", **changes})


def plain(*records: Part) -> list[dict[str, Any]]:
    """Return records as plain data, for comparing: records themselves are equal only to themselves."""
    return [as_data(record) for record in records]
