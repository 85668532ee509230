"""The records of a report as they were on its last day, and how their days are written. Pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mentorlog import dates
from mentorlog.domain.loop import RULES, Rules
from mentorlog.domain.order import in_order
from mentorlog.domain.reviewing.period import existed, happened_on, start_of_months
from mentorlog.errors import BadValue
from mentorlog.models.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.audience import Selection

_MONTHS, _FEWEST_MONTHS = 12, 3


class Mark(NamedTuple):
    """Something on a day, and its kind."""

    on: str
    kind: str


def report_period(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """Return the first and the last day of a report: by default the twelve months until today."""
    last = until or today
    if since and since > last:
        days = dates.say(since), dates.say(last)
        raise BadValue("since", f"The report would begin on {days[0]} and end on {days[1]}.", "use an earlier --since")
    return since or start_of_months(last, _MONTHS), last


class Records:
    """A selection as of a day: `since` and `until` are the first and the last day of the report."""

    def __init__(self, selection: Selection, since: date | None, until: date, rules: Rules = RULES) -> None:
        self.selection, self.today, self.until, self.rules = selection, until, until.isoformat(), rules
        self.names, self.blocks = selection.named, selection.blocks
        every = (*selection.views, *selection.counted)
        self._every = [view for view in every if existed(view, self.until)]
        self._shown = {view["id"] for view in selection.views}
        self.since = (since or self._start()).isoformat()

    def _start(self) -> date:
        """Return the first day of the twelve months until the last day; later in a young journal."""
        days = [day for view in self._every for day in (view["created"][:10], happened_on(view)) if day]
        first = date.fromisoformat(min(days, default=self.until))
        fewest = min(first, start_of_months(self.today, _FEWEST_MONTHS))
        return max(report_period(None, self.today, self.today)[0], fewest)

    def of(self, kind: str) -> list[View]:
        """Return the records of a kind, also those that are only counted."""
        return [view for view in self._every if view["record"] == kind]

    def shown(self, kind: str) -> list[View]:
        """Return the records of a kind whose texts are shown."""
        return [view for view in self.of(kind) if view["id"] in self._shown]

    def recent(self, kind: str) -> list[View]:
        """Return the shown records of a kind whose own day is in the period, the newest first."""
        return in_order([view for view in self.shown(kind) if self.covers(view["on"])])

    def covers(self, day: str | None) -> bool:
        """Return whether a day is in the period."""
        return day is not None and self.since <= day <= self.until

    def day(self, day: str) -> str:
        """Return a day in words, without the year if it is that of the last day: `29 Nov`, `3 Jan 2027`."""
        return dates.short(day, self.today).partition(" ")[2]
