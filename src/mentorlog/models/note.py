"""A note: one dated entry, from a question parked for a meeting to a win."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue
from mentorlog.models.frozen import dataclass
from mentorlog.models.record import Part, Record, with_more


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Told(Part):
    """A mentor who has been told, and the day."""

    ONE_LINE = ("mentor",)

    mentor: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Note(Record):
    """One dated entry."""

    KIND = "note"
    FOLDER = "notes"
    TITLE = "text"
    PARTS = {"told": Told}
    ONE_LINE = ("goal", "meeting", "mentors")
    CLOSED = {"kind": vocabulary.NOTE_KINDS, "status": vocabulary.NOTE_STATUSES}

    on: date
    kind: str = "note"
    status: str = "closed"
    visibility: str = "private"
    mentors: Sequence[str] = ()
    goal: str | None = None
    meeting: str | None = None
    closed_on: date | None = None
    text: str
    outcome: str | None = None
    told: Sequence[Told] = ()

    def __post_init__(self) -> None:
        """Hold the rules of records, that the text is not empty, and that only some kinds stay open."""
        Record.__post_init__(self)
        if not self.text.strip():
            raise BadValue("text", "text is empty.", "write a few words")
        if self.status == "open" and self.kind not in vocabulary.OPENING_NOTES:
            said = f"only these kinds of notes stay open: {', '.join(vocabulary.OPENING_NOTES)}."
            raise BadValue("status", said, "make it one of them, or set status=closed")

    @property
    def heading(self) -> str:
        """The first line of the text."""
        return next(line.strip() for line in self.text.splitlines() if line.strip())

    def closed(self, *, on: date, outcome: str | None = None) -> Note:
        """Return the note closed on a day, with what came of it; closed already it only gains the outcome."""
        said = with_more(self.outcome, outcome)
        if self.status == "closed":
            return self if said == self.outcome else replace(self, outcome=said)
        if on < self.on:
            sentence = f"Note {self.id} is of {dates.say(self.on)}: it cannot be closed before."
            raise BadValue("closed_on", sentence, f"give a day from {self.on} on")
        return replace(self, status="closed", closed_on=on, outcome=said)

    def known_to(self, mentor: str, *, on: date) -> Note:
        """Return the note with the mentor told of it; a mentor who knows already is not told again."""
        if any(entry.mentor == mentor for entry in self.told):
            return self
        return replace(self, told=(*self.told, Told(mentor=mentor, on=on)))
