"""A meeting: planned, held, cancelled or missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models import fields as f
from mentorlog.models.record import Part, Record, in_state, with_more
from mentorlog.models.views import counted


def not_held(id: str, status: str, mentors: Sequence[str], so: str = "it has no recap") -> MentorlogError:
    """Return the error that a meeting was not held, and what follows from that."""
    hint = "see the meetings that were held: mentorlog meeting list"
    if status == "planned" and mentors:
        hint = f"log it first: mentorlog meeting log {' '.join(mentors)}"
    return MentorlogError(f"Meeting {id} is {status}, so {so}.", hint)


@f.declared
class AgendaItem(Part):
    """One point of the agenda, which may name a goal."""

    text: str = f.required(f.line(to=f.MENTOR))
    goal: str | None = f.ref("goal", to=f.BOTH)
    done: bool = f.plain(default=False, roads=((False, True),), to=f.BOTH)


@f.declared
class Meeting(Record):
    """A meeting with one or more mentors."""

    KIND = "meeting"

    on: date = f.required(f.day(past=True, ahead_in="planned", sort_day=True, together="status", to=f.BOTH))
    at: str | None = f.line(together="on", to=f.MENTOR)
    status: str = f.state(vocabulary.MEETING_STATUSES, default="planned", roads=(("planned", "held"),), to=f.BOTH)
    mentors: Sequence[str] = f.many(f.ref("mentor", role="mentor", to=f.BOTH))
    mode: str = f.word(vocabulary.MODES, default="in_person", to=f.MENTOR)
    kind: str = f.word(vocabulary.MEETING_KINDS, default="regular", to=f.MENTOR)
    minutes: int | None = f.number(1, 1440, to=f.MENTOR)
    place: str | None = f.line(to=f.MENTOR)
    cancelled_by: str | None = f.state(vocabulary.CANCELLED_BY, reached=("cancelled",), to=f.MENTOR)
    decisions: Sequence[str] = f.texts(has_commas=True, to=f.MENTOR)
    usefulness: int | None = f.number(1, 5, private=True)
    feeling: str | None = f.prose(private=True)
    recap_on: date | None = f.day(past=True, reached=("held",), not_before="on")
    notes: str | None = f.prose(to=f.MENTOR)
    agenda: Sequence[AgendaItem] = f.parts(AgendaItem, key=("text",), has_commas=True, to=f.BOTH)

    def _check(self) -> None:
        super()._check()
        if self.at is not None:
            at = self.__dict__["at"] = self.at.rjust(len("14:00"), "0")  # 9:30 becomes 09:30
            if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", at):
                raise BadValue("at", "at must be a time.", "for example: 14:00 or 9:30")

    def about(self, goals: Mapping[str, str], *, done: bool = False) -> Meeting:
        """Return the meeting with each goal (id and title) on its agenda once."""
        agenda = tuple(replace(item, done=item.done or done) if item.goal in goals else item for item in self.agenda)
        named = {item.goal for item in agenda}
        new = (AgendaItem(text=title, goal=id, done=done) for id, title in goals.items() if id not in named)
        return replace(self, agenda=(*agenda, *new))

    def discussed(self, numbers: Iterable[int]) -> Meeting:
        """Return the meeting with these points of its agenda done, counted from 1; BadValue if it has no such point."""
        points = {*numbers}
        for number in points:
            if not 1 <= number <= len(self.agenda):
                hint = f"it has {counted(len(self.agenda), 'point')}" if self.agenda else "it has none"
                raise BadValue("agenda", f"The agenda has no point {number}.", hint)
        if all(self.agenda[number - 1].done for number in points):
            return self
        done = (replace(item, done=item.done or number in points) for number, item in enumerate(self.agenda, 1))
        return replace(self, agenda=tuple(done))

    def moved_to(self, status: str, *, on: date, fields: Mapping[str, Any] | None = None) -> Meeting:
        """Return the meeting with another status; a cancelled one records who cancelled it (default: me).

        A held meeting cannot be cancelled, nor a future one be held. Other `fields` change with it.
        """
        if status == self.status:
            return replace(self, **fields) if fields else self
        if self.status == "held" and status != "planned":
            hint = f"if it was not held: mentorlog set {self.id} status=planned"
            raise MentorlogError(f"Meeting {self.id} was held, so it cannot be {status}.", hint)
        day = (fields or {}).get("on", self.on)
        if status == "held" and day > on:
            sentence = f"Meeting {self.id} is on {dates.say(day)}, so it cannot have been held."
            raise BadValue("on", sentence, "set the date it was held with on=DATE")
        reached = {"status": status, "cancelled_by": "me" if status == "cancelled" else None}
        return in_state(self, reached if status == "held" else {**reached, "recap_on": None}, fields)

    def held(self, known: Mapping[str, Any], *, on: date) -> Meeting:
        """Return the meeting as held: known values replace the planned ones, and lists are merged."""
        if self.status == "held":
            raise MentorlogError(f"Meeting {self.id} was already held.", f"add to it with: mentorlog edit {self.id}")
        from mentorlog.fold import each_tag_once

        values = dict(known)
        for name in ("mentors", "decisions", "tags", "links"):
            both = (*getattr(self, name), *values.get(name, ()))
            values[name] = tuple(each_tag_once(both) if name == "tags" else dict.fromkeys(both))
        values["notes"] = with_more(self.notes, values.get("notes"))
        if values.get("on", self.on) != self.on:
            values["at"] = None  # the time was for the planned date
        return self.moved_to("held", on=on, fields=values)

    def recapped(self, *, on: date | None, today: date) -> Meeting:
        """Return the meeting with the day on which its recap was sent; the first stays unless another is given."""
        if self.status != "held":
            raise not_held(self.id, self.status, self.mentors)
        day = on or self.recap_on or today
        if day < self.on:
            sentence = f"{dates.say(day)} is before the meeting ({dates.say(self.on)})."
            raise BadValue("recap_on", sentence, "use the date on which you sent it")
        return self if day == self.recap_on else replace(self, recap_on=day)

    def cancelled(self, by: str, reason: str | None = None, *, on: date) -> Meeting:
        """Return the meeting cancelled by me, them or other, with the reason in its notes."""
        whom = {"me": "by me", "them": "by them"}.get(by, "by someone else")
        return self._off("cancelled", on, f"Cancelled {whom}", reason, by)

    def missed(self, reason: str | None = None, *, on: date) -> Meeting:
        """Return the meeting as missed, with the reason in its notes."""
        return self._off("missed", on, "Missed", reason)

    def _off(self, status: str, on: date, label: str, reason: str | None, by: str | None = None) -> Meeting:
        notes = with_more(self.notes, f"{label}: {_paragraph(reason)}" if reason and reason.strip() else None)
        if (status, by, notes) == (self.status, self.cancelled_by, self.notes):
            return self
        return self.moved_to(status, on=on, fields={"cancelled_by": by, "notes": notes})

    def moved(self, on: date, at: str | None = None, note: str | None = None) -> Meeting:
        """Return the planned meeting on another date, at the same time if none is given."""
        if self.status == "held":
            hint = f"to correct its date: mentorlog set {self.id} on={on.isoformat()}"
            raise MentorlogError(f"Meeting {self.id} was held, so it cannot be moved.", hint)
        if self.status != "planned":
            again = f"mentorlog meeting plan {' '.join(self.mentors) or 'MENTOR'} --on {on.isoformat()}"
            raise MentorlogError(
                f"Meeting {self.id} is {self.status}, so it cannot be moved.", f"plan another: {again}"
            )
        if (on, at or self.at) == (self.on, self.at):
            return self
        return replace(self, on=on, at=at or self.at, notes=with_more(self.notes, note and _paragraph(note)))


def _paragraph(text: str) -> str:
    """Return a text as one paragraph, so that an export can tell where it ends."""
    return "\n".join(line for line in text.split("\n") if line.strip())
