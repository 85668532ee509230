"""When the next review is due, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mentorlog.domain import loop
from mentorlog.models.views import made_at
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.models.view_types import ReviewView


ALL = "all"
"""The scope of a review of everything."""

QUICK = "quick"
"""The kind of a review of the drifting goals only."""


def last_review(reviews: Iterable[ReviewView], scope: str = ALL, on: date | None = None) -> ReviewView | None:
    """Return the last review of everything or of the scope, up to a day."""
    fitting = [r for r in reviews if r["scope"] in (ALL, scope) and (on is None or r["on"] <= on.isoformat())]
    return max(fitting, key=lambda r: (r["on"], made_at(r), r["id"]), default=None)


class Due(Value):
    """When the next review is due, and what determines it: the last one or the first record."""

    on: str
    last: ReviewView | None
    first_day: str | None

    @property
    def reason(self) -> str:
        """What determines it, for scripts."""
        return ("next_on" if self.last["next_on"] else "last_review") if self.last else "first_record"


def due(reviews: Iterable[ReviewView], first_day: str | None, scope: str = ALL) -> Due | None:
    """Return when the next review of the scope is due; None for an empty journal."""
    last = last_review(reviews, scope)
    on = loop.review_due(last, first_day)
    return Due(on, last, first_day) if on else None


def as_data(due: Due | None, today: date) -> dict[str, Any]:
    """Return when the next review is due, for scripts."""
    if due is None:
        return {"due_on": None, "late": False, "reason": None, "last_review": None}
    last = due.last["id"] if due.last else None
    return {"due_on": due.on, "late": due.on < today.isoformat(), "reason": due.reason, "last_review": last}
