"""A note: one dated entry, such as a question for a meeting, advice or a win."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue
from mentorlog.models import fields as f
from mentorlog.models.cv import Cv
from mentorlog.models.record import Part, Record, in_state, with_more

_ONLY_OF = {"options": "decision", "to": "introduction", "decision": "advice", "result": "advice"}
"""Fields that only one kind of notes has."""


@f.declared
class Told(Part):
    """A mentor who was told about the note, and the date."""

    mentor: str = f.required(f.ref("mentor", role="told"))
    on: date = f.required(f.day(past=True))


@f.declared
class Note(Record):
    """One dated entry."""

    KIND = "note"

    on: date = f.required(f.day(past=True, sort_day=True, to=f.BOTH))
    kind: str = f.word(vocabulary.NOTE_KINDS, default="note", together="status", to=f.BOTH)
    status: str = f.state(vocabulary.NOTE_STATUSES, default="closed", roads=(vocabulary.NOTE_STATUSES,), to=f.BOTH)
    visibility: str = f.state(vocabulary.VISIBILITIES, default="private", first_wins=True, to=f.BOTH)
    mentors: Sequence[str] = f.many(f.ref("mentor", role="mentor", to=f.BOTH))
    goal: str | None = f.ref("goal", to=f.BOTH)
    meeting: str | None = f.ref("meeting", to=f.MENTOR)
    competency: str | None = f.word(vocabulary.COMPETENCIES, to=f.BOTH)
    closed_on: date | None = f.day(past=True, reached=("closed",), not_before="on", to=f.BOTH)
    text: str = f.required(f.prose(search=f.TITLE, to=f.BOTH))
    options: Sequence[str] = f.texts(has_commas=True, to=f.MENTOR)
    to: str | None = f.line(to=f.MENTOR)
    decision: str | None = f.ref("note", role="decision", to=f.MENTOR)
    result: str | None = f.word(vocabulary.ADVICE_RESULTS, reached=("closed",), to=f.MENTOR)
    outcome: str | None = f.prose(to=f.BOTH)
    cv: Cv | None = f.part(Cv, to=f.BOTH)
    told: Sequence[Told] = f.parts(Told, key=("mentor",), private=True)

    def _check(self) -> None:
        super()._check()
        if not self.text.strip():
            raise BadValue("text", "text is empty.", "enter some text")
        if self.status == "open" and self.kind not in vocabulary.OPENING_NOTES:
            hint = f"only these kinds can be open: {', '.join(vocabulary.OPENING_NOTES)}"
            raise BadValue("status", f"A note of kind {self.kind} cannot be open.", hint)
        if self.cv is not None and self.kind != "win":
            hint = "set kind=win as well, or use --clear cv"
            raise BadValue("cv", f"Only a win has a place in the CV; this note is of kind {self.kind}.", hint)
        for field, kind in _ONLY_OF.items():
            if self.kind != kind and getattr(self, field):
                sentence = f"Only a note of kind {kind} has {field}; this one is of kind {self.kind}."
                raise BadValue(field, sentence, f"set kind={kind} as well, or use --clear {field}")

    def moved_to(self, status: str, *, on: date, fields: Mapping[str, Any] | None = None) -> Note:
        """Return the note reopened, or closed on a date; other `fields` change with it."""
        if status == self.status:
            return replace(self, **fields) if fields else self
        day = (fields or {}).get("on", self.on)
        if status == "closed" and on < day:
            sentence = f"Note {self.id} is from {dates.say(day)}, so it cannot be closed before that."
            raise BadValue("closed_on", sentence, f"use {day} or a later date")
        if status == "open":
            return in_state(self, {"status": status, "closed_on": None, "result": None}, fields)
        if self.kind == "decision" and not (fields or {}).get("outcome", self.outcome):
            from shlex import quote

            choice = quote(self.options[0] if self.options else "I will wait a year")
            hint = f"record it with: mentorlog note close {self.id} -m {choice}"
            raise BadValue("outcome", f"Decision {self.id} is closed with what you chose.", hint)
        return in_state(self, {"status": status, "closed_on": on}, fields)

    def closed(self, *, on: date, outcome: str | None = None, result: str | None = None) -> Note:
        """Return the note closed on a date, with its outcome; if it is already closed, only the outcome is added.

        For advice there may be a result, which replaces an earlier one.
        """
        if result and self.kind != "advice":
            sentence = f"Note {self.id} is of kind {self.kind}; only advice has a result."
            raise BadValue("result", sentence, "use -m for the outcome")
        longer, result = with_more(self.outcome, outcome), result or self.result
        if self.status == "closed" and (longer, result) == (self.outcome, self.result):
            return self
        return self.moved_to("closed", on=on, fields={"outcome": longer, "result": result})

    def known_to(self, mentor: str, *, on: date) -> Note:
        """Return the note with the mentor told about it; unchanged if they were already told."""
        if any(entry.mentor == mentor for entry in self.told):
            return self
        return replace(self, told=(*self.told, Told(mentor=mentor, on=on)))
