"""A year at a glance: the days of goals, the contact with each mentor, the reviews. Pure.

The same rows as in the HTML report, so that both agree on gaps and evidence.
"""

from __future__ import annotations

from datetime import date, timedelta

from mentorlog import dates
from mentorlog.domain.loop import RULES, Rules
from mentorlog.domain.report import goals, people
from mentorlog.domain.report.records import Records
from mentorlog.domain.reviewing import due as next_review
from mentorlog.domain.reviewing.period import start_of_months
from mentorlog.domain.training import blocks_within, year_of
from mentorlog.errors import BadValue
from mentorlog.models.views import noun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from typing import TypedDict

    from mentorlog.domain.audience import Selection
    from mentorlog.domain.report.goals import GoalRow
    from mentorlog.domain.report.people import MentorRow
    from mentorlog.domain.training import Rotation
    from mentorlog.models.view_types import ReviewView

    class Marked(TypedDict):
        """Something on a day, and its kind."""

        on: str
        kind: str

    class Stretch(TypedDict):
        """Some days, both included."""

        first: str
        last: str

    class GoalRoad(TypedDict):
        """A goal in a year: its evidence, its date and earlier dates, and since when it is quiet."""

        goal: str
        title: str
        status: str
        first: str
        last: str
        by: str | None
        earlier: list[str]
        quiet_since: str | None
        evidence: list[Marked]

    class MentorRoad(TypedDict):
        """The contact with a mentor or mentee in a year: meetings by status, and gaps longer than agreed."""

        mentor: str
        name: str
        role: str
        first: str
        last: str
        over: bool
        meetings: list[Marked]
        gaps: list[Stretch]

    class RoadMap(TypedDict):
        """A year of mentoring, as of today or of its last day."""

        first: str
        last: str
        as_of: str
        goals: list[GoalRoad]
        mentors: list[MentorRoad]
        reviews: list[Marked]
        next_review: str | None
        blocks: list[Rotation]


_MONTHS = 12
_FIRST_DAY = "01-01"


def year(since: date | None, until: date | None, starts: str | None, today: date) -> tuple[date, date]:
    """Return the first and the last day of a year: of that from or until a day, else of the one that contains today.

    `starts` is the month and day on which a year of training begins, such as 07-01; by default it is a calendar year.
    """
    if since and until:
        if since > until:
            sentence = f"The year would begin on {dates.say(since)} and end on {dates.say(until)}."
            raise BadValue("since", sentence, "use an earlier --since")
        return since, until
    if until:
        return start_of_months(until, _MONTHS), until
    first = since or year_of(today, starts or _FIRST_DAY)
    try:
        return first, dates.months_on(first, _MONTHS) - timedelta(days=1)
    except OverflowError:
        return first, date.max


def of(
    selection: Selection,
    reviews: Sequence[ReviewView],
    first_day: str | None,
    days: tuple[date, date],
    today: date,
    rules: Rules = RULES,
) -> RoadMap:
    """Return the road map of a selection; `reviews` are all, and `first_day` is that of the journal."""
    first, last = days
    records = Records(selection, first, min(last, today), rules)
    until = last.isoformat()
    mentees = {view["id"] for view in selection.of("mentor") if noun(view) == "mentee"}
    next_on = next_review.due(reviews, first_day, rules, selection.blocks)
    held = sorted((one["on"], one["kind"]) for one in selection.of("review"))
    return {
        "first": first.isoformat(),
        "last": until,
        "as_of": records.until,
        "goals": [_goal(row, until) for row in goals.rows(records)],
        "mentors": [_mentor(row, until, mentees) for row in people.rows(records)[0]],
        "reviews": [{"on": on, "kind": kind} for on, kind in held if records.covers(on)],
        "next_review": next_on.on if next_on and first.isoformat() <= next_on.on <= until else None,
        "blocks": blocks_within(selection.profile["blocks"], first.isoformat(), until),
    }


def _goal(row: GoalRow, until: str) -> GoalRoad:
    return {
        "goal": row.id,
        "title": row.title,
        "status": row.status,
        "first": row.begun,
        "last": row.ended,
        "by": row.by,
        "earlier": list(row.earlier),
        "quiet_since": row.quiet_since,
        "evidence": [{"on": mark.on, "kind": mark.kind} for mark in row.marks if mark.on <= until],
    }


def _mentor(row: MentorRow, until: str, mentees: Set[str]) -> MentorRoad:
    return {
        "mentor": row.id,
        "name": row.name,
        "role": "mentee" if row.id in mentees else "mentor",
        "first": row.begun,
        "last": row.ended,
        "over": row.is_over,
        "meetings": [{"on": mark.on, "kind": mark.kind} for mark in row.marks if mark.on <= until],
        "gaps": [{"first": first, "last": last} for first, last in row.gaps],
    }
