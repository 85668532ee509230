"""What the sections of a packet are made of: the records of a selection as they were on a day, and its period. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from mentorlog import dates, vocabulary
from mentorlog.domain import loop
from mentorlog.domain.audience import Selection
from mentorlog.domain.packet.blocks import Blank
from mentorlog.domain.packet.period import RECENT, Period
from mentorlog.models.fields import class_of, spec
from mentorlog.models.views import View, first_words, is_mentee

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, MentorView, NoteView, ReviewView, TaskView

NOTHING = "–"


class Source:
    """The records of a packet; what happened after the day of the packet, or after its period, is left out."""

    def __init__(self, selection: Selection, period: Period, as_of: date) -> None:
        self.selection, self.profile, self.names = selection, selection.profile, selection.named
        self.period, self.as_of = period, as_of
        self.start, self.now = period.start.isoformat(), as_of.isoformat()
        self.until = min(self.now, period.end.isoformat())
        """The last day on which something is looked at as having happened."""
        self.of = {kind: [one for one in selection.of(kind) if self._is_known(one)] for kind in vocabulary.RECORD_KINDS}

    def _is_known(self, view: View) -> bool:
        """Return whether a record existed on the day of the packet."""
        if view["record"] == "meeting" and view["status"] == "planned":
            return str(view["created"])[:10] <= self.now
        days = (str(view["created"])[:10], view.get("on"), view.get("started"), view.get("done_on"))
        return min(str(day) for day in days if day) <= self.now

    def within(self, day: str | None) -> bool:
        """Return whether a day is in the period, and not after the day of the packet."""
        return day is not None and self.start <= day <= self.until

    # Records

    @cached_property
    def goals(self) -> list[GoalView]:
        """My goals, by their date."""
        mine = (goal for goal in self.of["goal"] if not goal["whose"])
        return sorted(mine, key=lambda goal: (goal["by"] or "9999", goal["created"], goal["id"]))

    def notes(self, kind: str) -> list[NoteView]:
        """Return the notes of a kind in the period, newest first."""
        found = [one for one in self.of["note"] if one["kind"] == kind and self.within(one["on"])]
        return sorted(found, key=lambda one: (one["on"], one["id"]), reverse=True)

    @cached_property
    def reviews(self) -> list[ReviewView]:
        """The reviews in the period that are of everything, oldest first; quick ones are none."""
        return [one for one in self._all_reviews if self.within(one["on"])]

    @cached_property
    def _all_reviews(self) -> list[ReviewView]:
        whole = [one for one in self.of["review"] if one["scope"] == "all" and one["kind"] != "quick"]
        return sorted(whole, key=lambda one: (one["on"], one["id"]))

    @cached_property
    def plan(self) -> ReviewView | None:
        """The last review before the period, or else the first one in it unless it is recent."""
        before = [one for one in self._all_reviews if one["on"] <= self.start]
        recent = (date.fromisoformat(self.until) - timedelta(days=RECENT)).isoformat()
        early = [one for one in self.reviews if one["on"] < recent]
        return before[-1] if before else early[0] if early else None

    @cached_property
    def meetings(self) -> list[View]:
        """The meetings, also those that are only counted."""
        counted = [one for one in self.selection.counted if one["record"] == "meeting"]
        return [*self.of["meeting"], *(one for one in counted if self._is_known(one))]

    def steps(self, goal: GoalView) -> tuple[list[TaskView], int]:
        """Return the open tasks of a goal, and how many others it has that are only counted."""
        shown = [one for one in self.of["task"] if one["goal"] == goal["id"] and loop.was_open(one, self.now)]
        hidden = [
            one
            for one in self.selection.counted
            if one["record"] == "task" and one["goal"] == goal["id"] and loop.was_open(one, self.now)
        ]
        return sorted(shown, key=lambda task: (task["due"] or "9999", task["id"])), len(hidden)

    @cached_property
    def hides_tasks(self) -> bool:
        """Whether the journal has tasks that are neither shown nor counted, so that a goal may have steps after all."""
        counted = {one["id"] for one in self.selection.counted}
        withheld = (one for one in self.selection.withheld if one.record == "task" and one.why != "field")
        return any(one.id not in counted for one in withheld)

    @cached_property
    def evidence(self) -> dict[str, list[str]]:
        """The days of evidence of each goal up to the day of the packet, in order."""
        days = defaultdict[str, list[str]](list)
        for view in (*self.selection.views, *self.selection.counted):
            for goal, day in loop.evidence(view):
                if day <= self.until:
                    days[goal].append(day)
        return {goal: sorted(found) for goal, found in days.items()}

    def status(self, goal: GoalView, on: str = "") -> str:
        """Return the status of a goal on a day, by default that of the packet, as far as is known."""
        closed_later = goal["closed_on"] is not None and goal["closed_on"] > (on or self.now)
        return "active" if closed_later else goal["status"]

    @cached_property
    def mentors(self) -> list[MentorView]:
        """Those who mentor me and whom I met in the period or meet still, the longest first."""
        met = {id for meeting in self.meetings if self.within(meeting["on"]) for id in meeting["mentors"]}
        found = [one for one in self.of["mentor"] if not is_mentee(one)]
        begun = {one["id"] for one in found if one["status"] == "active" and (one["started"] or "") <= self.until}
        found = [one for one in found if one["id"] in met | begun]
        return sorted(found, key=lambda one: (one["started"] or "9999", one["id"]))

    # Words

    def day(self, day: date | str | None) -> str:
        """Return a day without its weekday: `3 Nov 2026`."""
        return dates.without_weekday(day) if day else ""

    # What is missing

    def blank(self, view: View, field: str, what: str, command: str, shown: str = "") -> list[Blank]:
        """Return the blank for an empty field; none if it is not empty, or not for this audience."""
        record = None if view["record"] == "profile" else view["id"]
        return [Blank(what, command, record, shown)] if self.lacks(view, field) else []

    def lacks(self, view: View, field: str) -> bool:
        """Return whether a field that this audience may see is empty in the journal itself."""
        one, kind = spec(class_of(view["record"]))[field], self.selection.audience.kind
        is_seen = kind == "self" or one.seen_by(kind, view)
        return is_seen and not view[field] and field not in self._withheld.get(view.get("id") or "profile", ())

    @cached_property
    def _withheld(self) -> dict[str, Sequence[str]]:
        return {one.id: one.fields for one in self.selection.withheld if one.why == "field"}


def span(first: date, last: date) -> str:
    """Return two days as a period: `1 Jul to 31 Dec 2026`."""
    start, end = dates.without_weekday(first), dates.without_weekday(last)
    return f"{start.removesuffix(f' {last.year}') if first.year == last.year else start} to {end}"


def opening(text: str | None) -> str:
    """Return the first words of a text."""
    return first_words(text or "").rstrip(",;:")
