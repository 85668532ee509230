"""The period of a review, and what was entered too late for an earlier one. Pure.

A period ends on the day of the review. It begins on the day after the last review that stands for the kind
(`STANDS_FOR`), whatever else was reviewed: so the periods of one kind follow each other without gap or overlap, and
those of different kinds overlap. Reviews of one day do not end each other's period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mentorlog import dates
from mentorlog.domain.reviewing.due import ALL, END_OF_BLOCK, QUICK, last_review, last_week, unmet_blocks
from mentorlog.errors import BadValue
from mentorlog.models.review import Period
from mentorlog.models.views import View, made_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import BlockView, ReviewView


class ReviewRequest(NamedTuple):
    """The day, the kind and the scope of a review, and the first day of its period if the user chose one."""

    on: date
    kind: str = "full"
    scope: str = ALL
    since: date | None = None

    @property
    def quick(self) -> bool:
        """Whether it is a quick review."""
        return self.kind == QUICK


def check_since(request: ReviewRequest) -> ReviewRequest:
    """Return the request; BadValue if its period would begin after its end."""
    if request.since and request.since > request.on:
        days = dates.say(request.since), dates.say(request.on)
        raise BadValue("since", f"since is {days[0]}, which is after the review ({days[1]}).", "use an earlier date")
    return request


AsOf = Callable[[datetime], Mapping[str, View]]
"""Returns the records that were changed since an instant, as they were then."""

MONTHS = {"semiannual": 6, "annual": 12}
"""How many months a review covers without an earlier one that stands for it."""


def period_of(
    reviews: Sequence[ReviewView], request: ReviewRequest, first_day: date, blocks: Sequence[BlockView] = ()
) -> Period:
    """Return the period: from the day that the user chose, else of the block, else after an earlier review, else of
    some months.

    A quick or full review without an earlier one begins with the first day of the journal.
    """
    on, start = request.on, request.since
    if start is None and request.kind == END_OF_BLOCK and (block := _block_of(reviews, on, first_day, blocks)):
        start = date.fromisoformat(block["from"])
    if start is None and (last := last_review(reviews, request.kind, request.scope, before=on)):
        start = date.fromisoformat(last["on"]) + timedelta(days=1)
    elif start is None and (months := MONTHS.get(request.kind)):
        start = start_of_months(on, months)
    return Period(start=min(start or first_day, on), end=on)


def _block_of(
    reviews: Sequence[ReviewView], on: date, first_day: date, blocks: Sequence[BlockView]
) -> BlockView | None:
    """Return the block whose end a review of this day meets: the first not met yet, else the one of the day."""
    now = on.isoformat()
    earlier = [one for one in reviews if one["on"] < now]
    unmet = [one for one in unmet_blocks(earlier, first_day.isoformat(), blocks) if last_week(one) <= now]
    current = [one for one in blocks if one["from"] <= now <= one["to"]]
    return next(iter(unmet), max(current, key=lambda one: (one["from"], one["to"]), default=None))


def start_of_months(end: date, count: int) -> date:
    """Return the first day of the months that end on a day, so that whole calendar months are whole.

    It has the number of the day after the end: 1 Sep for six months to 28 Feb, 7 Jun for those to 6 Dec. In a month
    without such a day it is the last one: 28 Feb for six months to 30 Aug.
    """
    try:
        return dates.months_on(end + timedelta(days=1), -count)
    except OverflowError:  # before the first year
        return date.min


def entered_late(
    records: Iterable[View],
    reviews: Sequence[ReviewView],
    request: ReviewRequest,
    period: Period,
    as_of: AsOf,
) -> list[str]:
    """Return the ids of what happened before the period and was entered since the last review, by its day.

    That review is the one after which a review of this kind begins, else the last of any kind. A record counts as
    entered when it was created, or when it was changed to say that something happened: a planned meeting was held.
    """
    last = last_review(reviews, request.kind, request.scope, before=request.on)
    last = last or last_review(reviews, QUICK, request.scope, before=request.on)
    if last is None:
        return []
    since, start = made_at(last), period.start.isoformat()
    happened = ((happened_on(view), view) for view in records)
    early = sorted((day, view["id"], made_at(view)) for day, view in happened if day and day < start)
    then = as_of(since) if early else {}
    return [id for _, id, created in early if created > since or (id in then and not _was_known(then[id], last))]


def _was_known(then: View, last: ReviewView) -> bool:
    """Return whether a record said on the day of a review that something had happened."""
    day = happened_on(then)
    return day is not None and day <= last["on"]


_BEGINNINGS = {"mentor": "started", "goal": "created", "task": "done_on"}
"""The field that may show that a record is older than its file; for other kinds `on`."""


def existed(view: View, until: str) -> bool:
    """Return whether a record existed on a day, as far as is known."""
    days = (view["created"][:10], view.get(_BEGINNINGS.get(view["record"], "on")))
    return bool(min(filter(None, days)) <= until)


def happened_on(view: View) -> str | None:
    """Return the day of a meeting that is no longer planned, a finished task or a note; None for what has no day."""
    match view["record"]:
        case "meeting":
            return None if view["status"] == "planned" else str(view["on"])
        case "task":
            return view["done_on"] if view["status"] == "done" else None
        case "note":
            return str(view["on"])
    return None
