"""The term of a mentorship: the meetings held in it, and how many its cadence makes. Pure but for a question."""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import MentorView

    class Term(TypedDict):
        """The term of a mentorship: the meetings held in it, and those that the cadence makes until it ends."""

        started: str
        ends: str
        held: int
        expected: int | None


def of(mentor: MentorView, ask: Questions) -> Term | None:
    """Return the meetings in the term of a mentorship; None without a term or the day on which it started."""
    start, end, cadence = mentor["started"], mentor["term_ends"], mentor["cadence"]
    if not (start and end):
        return None
    held = ask.meetings_held([mentor["id"]], start).get(mentor["id"], 0)
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days
    return {"started": start, "ends": end, "held": held, "expected": days // cadence["every_days"] if cadence else None}
