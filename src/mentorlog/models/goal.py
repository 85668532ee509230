"""A goal: what the resident wants, and the mentors it is shared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models import fields as f
from mentorlog.models.record import Part, Record, as_data, in_state

_STEPS = "mentorlog goal pause, resume, achieve or drop"
KEPT_BY = {"status": _STEPS, "closed_on": _STEPS, "progress": "mentorlog goal progress"}
"""Fields that are never revised directly, and the commands that set them."""


@f.declared
class Share(Part):
    """A mentor who shares the goal, and the date they were told about it."""

    mentor: str = f.required(f.ref("mentor", to=f.MENTOR))
    told_on: date | None = f.day(past=True, private=True)


@f.declared
class Progress(Part):
    """Progress on a date: a percentage, a count towards the target, a comment, or several of these."""

    on: date = f.required(f.day(past=True, to=f.BOTH))
    percent: int | None = f.number(0, 100, to=f.BOTH)
    count: float | None = f.decimal(is_total=True, to=f.BOTH)
    text: str | None = f.prose(to=f.BOTH)

    def _check(self) -> None:
        if self.count is not None and self.count < 0:
            raise BadValue("count", "count must not be negative.", "for example: 12")


@f.declared
class HistoryEntry(Part):
    """One change of one field: the old and new value as text, the reason, the review that made it."""

    on: date = f.required(f.day(past=True, to=f.BOTH))
    field: str = f.required(f.line(search=f.NOWHERE, to=f.BOTH))
    old: str | None = f.prose(to=f.BOTH)
    new: str | None = f.prose(to=f.BOTH)
    reason: str | None = f.prose(private=("field", ["status"]), to=f.MENTOR)
    review: str | None = f.ref("review")


@f.declared
class Goal(Record):
    """Something the resident wants, with the mentors it is shared with."""

    KIND = "goal"
    title: str = f.required(f.line(search=f.TITLE, to=f.BOTH))
    status: str = f.state(vocabulary.GOAL_STATUSES, default="active", to=f.BOTH)
    whose: str | None = f.ref("mentor", alternative=vocabulary.ME, to=f.BOTH)
    why: str | None = f.prose(to=f.MENTOR)
    measure: str | None = f.prose(to=f.BOTH)
    target: float | None = f.decimal(to=f.BOTH)
    unit: str | None = f.line(together="target", to=f.BOTH)
    support: str | None = f.prose(to=f.BOTH)
    asked_by: str | None = f.ref("mentor", to=f.BOTH)
    horizon: str | None = f.word(vocabulary.HORIZONS, to=f.BOTH)
    domain: str | None = f.any_word()
    competency: str | None = f.word(vocabulary.COMPETENCIES, to=f.BOTH)
    by: date | None = f.day(sort_day=True, to=f.BOTH)
    priority: str = f.state(vocabulary.PRIORITIES, default="normal", to=f.BOTH)
    parent: str | None = f.ref("goal", to=f.BOTH)
    closed_on: date | None = f.day(past=True, reached=vocabulary.CLOSED_GOALS, to=f.BOTH)
    baseline: str | None = f.prose()
    mentors: Sequence[Share] = f.parts(Share, key=("mentor",), to=f.MENTOR)
    progress: Sequence[Progress] = f.parts(Progress, to=f.BOTH)
    history: Sequence[HistoryEntry] = f.parts(HistoryEntry, managed=True, to=f.BOTH)

    def _check(self) -> None:
        super()._check()
        if self.whose == vocabulary.ME:
            self.__dict__["whose"] = None
        if self.target is not None and self.target <= 0:
            raise BadValue("target", "target must be more than zero.", "for example: target=50")
        if self.unit is not None and self.target is None:
            raise BadValue("unit", "unit is set without a target.", "set a target too, for example 50, or clear both")

    @property
    def is_open(self) -> bool:
        """Whether it is active or paused."""
        return self.status in vocabulary.OPEN_GOALS

    def shared(self, *mentors: str) -> Goal:
        """Return the goal shared with these mentors too, as untold; mentors that it already has are unchanged."""
        known = {share.mentor for share in self.mentors}
        new = tuple(Share(mentor=mentor) for mentor in dict.fromkeys(mentors) if mentor not in known)
        return replace(self, mentors=(*self.mentors, *new)) if new else self

    def handed_over(self, leaving: str, heirs: Sequence[str], *, on: date) -> Goal:
        """Return the goal with these mentors in place of one who leaves; its history keeps who was told, and when."""
        goal = self.shared(*heirs)
        left = tuple(share for share in goal.mentors if share.mentor != leaving)
        asked_by = next(iter(heirs), None) if self.asked_by == leaving else self.asked_by
        return self.revised(replace(goal, mentors=left, asked_by=asked_by), on=on, reason="Handed over")

    def told(self, mentor: str, *, on: date) -> Goal:
        """Return the goal with the mentor told about it on a date."""
        if any(share.mentor == mentor and share.told_on == on for share in self.mentors):
            return self
        goal = self.shared(mentor)
        shares = tuple(replace(share, told_on=on) if share.mentor == mentor else share for share in goal.mentors)
        return replace(goal, mentors=shares)

    def progressed(
        self, percent: int | None = None, text: str | None = None, *, count: float | None = None, on: date
    ) -> Goal:
        """Return the goal with another progress entry; BadValue if it is empty."""
        if percent is None and count is None and not (text or "").strip():
            raise BadValue("progress", "progress is empty.", "enter a percentage, a count or a comment")
        entry = Progress(on=on, percent=percent, count=count, text=text)
        return replace(self, progress=tuple(sorted((*self.progress, entry), key=lambda one: one.on)))

    def revised(self, changed: Goal, *, on: date, reason: str, review: str | None = None) -> Goal:
        """Return the changed copy with the old and new value of every changed field in its history."""
        differing = self.differing(changed)
        must_be_revisable(differing)
        _need(reason, "a revision", "pass --message TEXT")
        history = list(self.history)
        for name in differing:
            old, new = self.text_of(name), changed.text_of(name)
            history.append(HistoryEntry(on=on, field=name, old=old, new=new, reason=reason, review=review))
        return replace(changed, history=tuple(history))

    def differing(self, other: Goal) -> list[str]:
        """Return the names of the fields in which another goal differs; a conflict is none."""
        mine, theirs = as_data(self), as_data(other)
        return [name for name in f.spec(Goal) if mine[name] != theirs[name] and name != "conflicts"]

    def text_of(self, name: str) -> str | None:
        """Return the value of a field as text; None if it is empty."""
        value = getattr(self, name)
        if name == "mentors":
            value = [s.mentor if s.told_on is None else f"{s.mentor} (told {s.told_on})" for s in self.mentors]
        if isinstance(value, (tuple, list)):
            return ", ".join(str(item) for item in value) or None
        return None if value is None else str(value)

    def moved_to(
        self,
        status: str,
        *,
        on: date,
        reason: str | None = None,
        review: str | None = None,
        fields: Mapping[str, Any] | None = None,
    ) -> Goal:
        """Return the goal with another status, which its history records; a closed goal has its closing date.

        Some statuses need a reason, and a closed goal cannot be paused. Other `fields` change with it.
        """
        if status == self.status:
            return replace(self, **fields) if fields else self
        if status == "paused" and not self.is_open:
            hint = f"resume it first: mentorlog goal resume {self.id}"
            raise MentorlogError(f"Goal {self.id} is closed ({self.status}), so it cannot be paused.", hint)
        if status in _NEED_REASON:
            what, command = _NEED_REASON[status]
            _need(reason, what, f"use: mentorlog goal {command.format(self.id)}")
        entry = HistoryEntry(on=on, field="status", old=self.status, new=status, reason=reason, review=review)
        closed_on = None if status in vocabulary.OPEN_GOALS else on
        return in_state(self, {"status": status, "closed_on": closed_on, "history": (*self.history, entry)}, fields)


def must_be_revisable(keys: Iterable[str]) -> None:
    """Raise BadValue for a field that cannot be revised directly; the hint names the command that sets it."""
    for key in keys:
        name = key.partition(".")[0]
        if name in KEPT_BY:
            raise BadValue(name, f"{name} cannot be revised directly.", f"use {KEPT_BY[name]}")


_NEED_REASON = {
    "paused": ("a pause", "pause {}"),
    "partly": ("a goal that is partly achieved", "achieve {} --partly"),
    "dropped": ("a dropped goal", "drop {}"),
}
"""The statuses that need a reason: what needs it, and the command that sets it."""


def _need(reason: str | None, what: str, hint: str) -> None:
    if not (reason or "").strip():
        raise BadValue("reason", f"{what} needs a reason.".capitalize(), hint)
