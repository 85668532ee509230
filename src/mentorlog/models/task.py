"""A task: an assignment or a promise; its owner is `me` or a mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue, MentorlogError, RecordClosed
from mentorlog.models import fields as f
from mentorlog.models.record import Part, Record, in_state, with_more


@f.declared
class Round(Part):
    """One round of a draft: the dates it was sent and returned, and the comments."""

    sent: date = f.required(f.day(past=True, to=f.BOTH))
    returned: date | None = f.day(past=True, to=f.BOTH)
    comment: str | None = f.prose(to=f.MENTOR)


@f.declared
class Defer(Part):
    """A change of the due date, with the reason."""

    on: date = f.required(f.day(past=True))
    old: date | None = f.day()
    new: date = f.required(f.day())
    reason: str | None = f.prose()


@f.declared
class Letter(Part):
    """A letter of recommendation: for what, to whom, and the dates of its way."""

    for_: str = f.required(f.line(to=f.MENTOR))
    to: str | None = f.line(to=f.MENTOR)
    asked_on: date | None = f.day(past=True, to=f.MENTOR)
    answer: str | None = f.state(vocabulary.LETTER_ANSWERS, to=f.MENTOR)
    answered_on: date | None = f.day(past=True, together="answer", to=f.MENTOR)
    packet_on: date | None = f.day(past=True, to=f.MENTOR)
    reminded: Sequence[date] = f.many(f.day(past=True, to=f.MENTOR))
    received_on: date | None = f.day(past=True, managed=True, derived=True, to=f.MENTOR)
    """The day on which its task was done: there is one road to it."""


_ROAD = (*vocabulary.OPEN_TASKS, "done")


@f.declared
class Task(Record):
    """An assignment or a promise."""

    KIND = "task"

    title: str = f.required(f.line(search=f.TITLE, to=f.BOTH))
    status: str = f.state(vocabulary.TASK_STATUSES, default="todo", roads=(_ROAD,), to=f.BOTH)
    owner: str = f.ref("mentor", default=vocabulary.ME, alternative=vocabulary.ME, to=f.BOTH)
    assigned_by: str = f.ref("mentor", default=vocabulary.ME, alternative=vocabulary.ME, to=f.BOTH)
    helps: str | None = f.ref("mentor", to=f.BOTH)
    goal: str | None = f.ref("goal", to=f.BOTH)
    meeting: str | None = f.ref("meeting", to=f.BOTH)
    due: date | None = f.day(sort_day=True, to=f.BOTH)
    priority: str = f.state(vocabulary.PRIORITIES, default="normal", to=f.BOTH)
    instructions: str | None = f.prose(to=f.MENTOR)
    deliverable: str | None = f.prose(to=f.MENTOR)
    done_on: date | None = f.day(past=True, reached=("done",), to=f.BOTH)
    outcome: str | None = f.prose(to=f.MENTOR)
    letter: Letter | None = f.part(Letter, to=f.MENTOR)
    rounds: Sequence[Round] = f.parts(Round, key=("sent",), to=f.BOTH)
    defers: Sequence[Defer] = f.parts(Defer, managed=True)

    def _check(self) -> None:
        super()._check()
        if self.letter and self.letter.received_on != self.done_on:
            self.__dict__["letter"] = replace(self.letter, received_on=self.done_on)

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status in vocabulary.OPEN_TASKS

    @property
    def out(self) -> Round | None:
        """The last round that was not returned; None if there is none."""
        return next((entry for entry in reversed(self.rounds) if entry.returned is None), None)

    def moved_to(self, status: str, *, on: date, fields: Mapping[str, Any] | None = None) -> Task:
        """Return the task with another status: submitting starts a round, and a done task has its date.

        A closed task can only be reopened. Other `fields` change with it.
        """
        if status == self.status:
            return replace(self, **fields) if fields else self
        if status != "todo":
            self._must_be_open()
        brought: dict[str, Any] = {"status": status, "done_on": on if status == "done" else None}
        if status == "submitted":
            brought["rounds"] = (*self.rounds, Round(sent=on))
        if self.letter:
            brought["letter"] = self._letter_in(status, on)
        return in_state(self, brought, fields)

    def _letter_in(self, status: str, on: date) -> Letter | None:
        """Return the letter with the task in another status: a reopened one is no longer declined."""
        letter = self.letter
        if letter and status == "done" and letter.asked_on and on < letter.asked_on:
            asked = dates.say(letter.asked_on)
            sentence = f"Letter {self.id} cannot be received on {dates.say(on)}: it was asked for on {asked}."
            raise BadValue("received_on", sentence, f"use {letter.asked_on} or a later date")
        is_reopened = letter and letter.answer == "no" and status in vocabulary.OPEN_TASKS
        return replace(letter, answer=None, answered_on=None) if letter and is_reopened else letter

    def submitted(self, *, on: date, comment: str | None = None) -> Task:
        """Return the task with a new round sent on a date; a second one on the same date adds its comment."""
        self._must_be_open()
        out = self.out
        if self.status == "submitted" and out is not None and on <= out.sent:
            longer = with_more(out.comment, comment)
            return self if longer == out.comment else self._with(out, replace(out, comment=longer))
        sent = Round(sent=on, comment=with_more(None, comment))
        return self.moved_to("submitted", on=on, fields={"rounds": (*self.rounds, sent)})

    def returned(self, *, on: date, comment: str | None = None) -> Task:
        """Return the task with its last open round returned; unchanged if that was already returned."""
        self._must_be_open()
        out = self.out
        if self.status != "submitted" and comment is None and self.rounds and self.rounds[-1].returned:
            return self
        if out is None:
            hint = f"submit it first: mentorlog task submit {self.id}"
            raise MentorlogError(f"Task {self.id} has not been submitted.", hint)
        if on < out.sent:
            sentence = f"Task {self.id} cannot be returned on {dates.say(on)}: it was sent on {dates.say(out.sent)}."
            raise BadValue("returned", sentence, f"use {out.sent} or a later date")
        back = replace(out, returned=on, comment=with_more(out.comment, comment))
        return self._with(out, back).moved_to("doing", on=on)

    def done(self, *, on: date, outcome: str | None = None) -> Task:
        """Return the task done on a date; if it is already done, its date stays and only the outcome is added."""
        longer = with_more(self.outcome, outcome)
        if self.status == "done":
            return self if longer == self.outcome else replace(self, outcome=longer)
        return self.moved_to("done", on=on, fields={"outcome": longer})

    def dropped(self, *, on: date, reason: str | None = None) -> Task:
        """Return the task dropped, with the reason as its outcome."""
        longer = with_more(self.outcome, reason)
        if self.status == "dropped" and longer == self.outcome:
            return self
        return self.moved_to("dropped", on=on, fields={"outcome": longer})

    def reopened(self, *, on: date) -> Task:
        """Return the task reopened; its outcome stays."""
        return self if self.is_open else self.moved_to("todo", on=on)

    def deferred(self, new: date, *, on: date, reason: str | None = None) -> Task:
        """Return the task due on another date, which is recorded; BadValue for a date in the past."""
        self._must_be_open()
        if new == self.due:
            return self
        if new < on:
            sentence = f"Task {self.id} cannot be deferred to {dates.say(new)}, which is in the past."
            raise BadValue("due", sentence, "use today or a later date")
        entry = Defer(on=on, old=self.due, new=new, reason=with_more(None, reason))
        return replace(self, due=new, defers=(*self.defers, entry))

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise RecordClosed(self.KIND, self.id, self.status)

    def _with(self, old: Round, new: Round) -> Task:
        return replace(self, rounds=tuple(new if entry is old else entry for entry in self.rounds))
