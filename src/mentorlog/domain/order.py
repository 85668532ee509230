"""The order of records in documents: the same journal gives the same order. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog import vocabulary
from mentorlog.models.views import View

_MENTORS = (*vocabulary.LIVE_MENTORS, "invited", "candidate", *vocabulary.PAST_MENTORS)
_NO_DAY = "9999"


def in_order(views: Sequence[View]) -> list[View]:
    """Return records of one kind in order.

    Mentors and goals are sorted by status, then by name or target date; tasks by due date; the others newest first.
    """
    match views[0]["record"] if views else "":
        case "mentor":
            return _ranked(views, _MENTORS, "name")
        case "goal":
            return _ranked(views, vocabulary.GOAL_STATUSES, "by")
        case "task":
            return sorted(views, key=lambda one: (one["due"] or _NO_DAY, one["id"]))
    return sorted(sorted(views, key=lambda one: str(one["id"])), key=lambda one: str(one["on"]), reverse=True)


def _ranked(views: Sequence[View], statuses: Sequence[str], key: str) -> list[View]:
    return sorted(views, key=lambda one: (statuses.index(one["status"]), one[key] or _NO_DAY, one["id"]))
