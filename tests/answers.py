"""Answers to the domain's questions, from views in memory instead of a journal on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mentorlog.domain import loop
from mentorlog.domain.query import Query
from mentorlog.models.record import Record, view
from mentorlog.models.views import heading


class Answers:
    """What a journal of these records would answer."""

    def __init__(self, *records: Record, blocks: Sequence[Any] = ()) -> None:
        self.views = [view(record) for record in records]
        self._blocks = list(blocks)

    def blocks(self) -> list[Any]:
        """Return the blocks of the profile."""
        return self._blocks

    def find(self, query: Query) -> list[dict[str, Any]]:
        """Return the views of a kind in one of the statuses."""
        of_kind = [one for one in self.views if one["record"] == query.record]
        return [dict(one) for one in of_kind if not query.statuses or one["status"] in query.statuses]

    def titles(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the headings of the ids that are there."""
        return {one["id"]: heading(one) for one in self.views if one["id"] in ids}

    def first_day(self) -> str | None:
        """Return the first day on which a record was made."""
        return min((one["created"][:10] for one in self.views), default=None)

    def last_evidence(self, goals: Sequence[str], until: date) -> dict[str, str]:
        """Return the last day of evidence of each goal."""
        pairs = [pair for one in self.views for pair in loop.evidence(one) if pair[0] in goals]
        return dict(sorted(pair for pair in pairs if pair[1] <= until.isoformat()))

    def meeting_days(self, mentors: Sequence[str], today: date) -> dict[str, tuple[str | None, str | None]]:
        """Return the days of the last held and the next planned meeting with each mentor."""
        meetings = [one for one in self.views if one["record"] == "meeting"]
        found: dict[str, tuple[str | None, str | None]] = {}
        for id in mentors:
            with_them = [one for one in meetings if id in one["mentors"]]
            held = [one["on"] for one in with_them if one["status"] == "held"]
            planned = [one["on"] for one in with_them if one["status"] == "planned" and one["on"] >= str(today)]
            found[id] = max(held, default=None), min(planned, default=None)
        return found

    def days_and_mentors(self, ids: Sequence[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
        """Return the day and the mentors of each meeting or goal."""
        found = [one for one in self.views if one["id"] in ids]
        named = {one["id"]: [m if isinstance(m, str) else m["mentor"] for m in one["mentors"]] for one in found}
        return {one["id"]: (one.get("on") or one.get("by"), tuple(named[one["id"]])) for one in found}
