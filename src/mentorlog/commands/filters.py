"""The options that narrow a list, and what they mean together."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from mentorlog.commands.options import day, flag
from mentorlog.domain.query import About
from mentorlog.models.views import View
from mentorlog.store.journal import Query

Since = Annotated[date | None, day("--since", help="From this day on", default=...)]
Until = Annotated[date | None, day("--until", help="Up to this day", default=...)]
All = Annotated[bool, flag("--all", help="Include closed ones", default=...)]


def query(
    record: str,
    status: str | None = None,
    *,
    default: Sequence[str] = (),
    mentors: Sequence[str] | None = None,
    goal: View | None = None,
    kinds: Sequence[str] | None = None,
    tags: Sequence[str] | None = None,
    **more: Any,
) -> Query:
    """Return which records of a kind are listed; without a status those in the default ones, all where there is none.

    What is not given does not narrow.
    """
    return Query(
        record,
        statuses=(status,) if status else tuple(default),
        mentors=tuple(mentors or ()),
        goals=(goal["id"],) if goal else (),
        kinds=tuple(kinds or ()),
        tags=tuple(tags or ()),
        **more,
    )


def about(
    mentors: Sequence[str] | None,
    goal: View | None,
    since: date | None,
    until: date | None,
    tags: Sequence[str] | None = None,
) -> About:
    """Return what a timeline or an export is about."""
    return About(
        mentors=tuple(mentors or ()),
        goal=goal["id"] if goal else None,
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        tags=tuple(tags or ()),
    )
