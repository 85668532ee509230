"""The filter options of lists, and the query they make."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from mentorlog import lookup
from mentorlog.commands.options import about_goal, day, person, tags
from mentorlog.domain.query import About
from mentorlog.models.views import View
from mentorlog.store.journal import Query

_with = {"help": "Only with this mentor (repeat for any of several)", "to": lookup.mentor_ids, "rare": False}
With = Annotated[list[str] | None, person("--with", "-w", default=..., **_with)]
Goal = Annotated[View | None, about_goal("--goal", "-g", help="Only for this goal", default=...)]
Tags = Annotated[list[str] | None, tags(help="Only with this tag (repeat for all of several)")]
Since = Annotated[date | None, day("--since", help="On or after this date", default=...)]
Until = Annotated[date | None, day("--until", help="On or before this date", default=...)]


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
    """Return the query for a list of records; without a status, those with a default status, else all."""
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
    """Return the selection of a timeline or an export."""
    return About(
        mentors=tuple(mentors or ()),
        goal=goal["id"] if goal else None,
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        tags=tuple(tags or ()),
    )
