"""A mentor: a person and the mentorship with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models.frozen import dataclass
from mentorlog.models.record import Part, Record, among, as_data, with_more


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StatusChange(Part):
    """One step of the mentorship: the day, the status from then on, the reason."""

    CLOSED = {"status": vocabulary.MENTOR_STATUSES}

    on: date
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Cadence(Part):
    """How often to meet: an ideal and a longest gap, in days, counted from the last held meeting."""

    CLOSED = {"mode": vocabulary.MODES}
    RANGES = {
        "every_days": (1, 3660),
        "longest_days": (1, 7320),
        "minutes": (1, 1440),
    }

    every_days: int
    longest_days: int | None = None
    mode: str | None = None
    minutes: int | None = None

    def __post_init__(self) -> None:
        """Hold the rules of parts, and that the longest gap is no shorter than the usual one."""
        Part.__post_init__(self)
        if self.longest_days is not None and self.longest_days < self.every_days:
            said = f"The longest gap ({self.longest_days} days) is shorter than the usual one ({self.every_days} days)."
            raise BadValue("longest_days", said, "change both at once")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Expectations(Part):
    """What each side expects, what is off limits, and what I am not looking for."""

    mine: Sequence[str] = ()
    theirs: Sequence[str] = ()
    asked_on: date | None = None
    off_limits: Sequence[str] = ()
    not_looking_for: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Fit(Part):
    """My answer, on one day, to whether the mentorship fits."""

    CLOSED = {"answer": vocabulary.FIT_ANSWERS}

    on: date
    answer: str
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Closure(Part):
    """How a mentorship ended and what it leaves behind."""

    CLOSED = {"kind": vocabulary.ENDINGS}

    on: date
    kind: str
    worked: str | None = None
    did_not: str | None = None
    lesson: str | None = None
    handed_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Mentor(Record):
    """A person and the mentorship with them."""

    KIND = "mentor"
    FOLDER = "mentors"
    TITLE = "name"
    PARTS = {
        "status_log": StatusChange,
        "cadence": Cadence,
        "expectations": Expectations,
        "fit": Fit,
        "closure": Closure,
    }
    ONE_LINE = ("name", "email", "phone", "introduced_by", "domains")
    OPEN = ("roles",)
    CLOSED = {
        "proximity": vocabulary.PROXIMITIES,
        "my_role": vocabulary.MY_ROLES,
        "formality": vocabulary.FORMALITIES,
        "model": vocabulary.MODELS,
        "origin": vocabulary.ORIGINS,
        "status": vocabulary.MENTOR_STATUSES,
    }

    name: str
    status: str = "active"
    email: str | None = None
    phone: str | None = None
    department: str | None = None
    institution: str | None = None
    program: str | None = None
    proximity: str | None = None
    roles: Sequence[str] = ()
    domains: Sequence[str] = ()
    my_role: str = "mentee"
    formality: str | None = None
    model: str | None = None
    origin: str | None = None
    met_via: str | None = None
    introduced_by: str | None = None
    qualities: str | None = None
    conflict_of_interest: str | None = None
    started: date | None = None
    term_ends: date | None = None
    purpose: str | None = None
    cadence: Cadence | None = None
    expectations: Expectations | None = None
    status_log: Sequence[StatusChange] = ()
    fit: Sequence[Fit] = ()
    closure: Closure | None = None

    # From the first sight of each other to the end

    def entered(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor with the status they come into the journal with noted on a day."""
        return self._moved(self.status, on, reason)

    def invited(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor asked; asking again is noted again, where something is said of it."""
        must_allow("ask", self.id, self.name, self.status)
        if self.status == "invited" and reason is None:
            return self
        return self._moved("invited", on, reason)

    def replied(self, answer: str, *, on: date, reason: str | None = None, asked: str | None = None) -> Mentor:
        """Return the mentor active after a yes, declined after a no or a referral; a candidate was asked that day.

        The mentor itself where that is so already.
        """
        answer = among(answer, "answer", vocabulary.REPLIES)
        if (answer, self.status) in (("yes", "active"), ("no", "declined")):
            return self
        must_allow("answer", self.id, self.name, self.status)
        mentor = self.invited(on=on, reason=asked) if self.status == "candidate" else self
        if answer == "yes":
            return mentor.activated(on=on, reason=reason)
        return mentor._moved("declined", on, reason)

    def activated(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor active; the first such day is the start, where none is known."""
        if self.status == "active":
            return self
        first = self.started is None and not any(entry.status == "active" for entry in self.status_log)
        return replace(self._moved("active", on, reason), started=on if first else self.started)

    def paused(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentorship at rest."""
        if self.status == "paused":
            return self
        must_allow("pause", self.id, self.name, self.status)
        return self._moved("paused", on, reason)

    def ended(
        self,
        *,
        on: date,
        kind: str,
        worked: str | None = None,
        did_not: str | None = None,
        lesson: str | None = None,
        handed_to: Iterable[str] = (),
        stay_in_touch: bool = False,
    ) -> Mentor:
        """Return the mentorship ended, or staying in touch, with what it leaves behind.

        Ended already it only gains what is new; what an earlier end left is kept. The mentor itself where nothing is.
        """
        must_allow("end", self.id, self.name, self.status)
        status = "stay_in_touch" if stay_in_touch else "ended"
        moved = status != self.status
        old = self.closure or Closure(on=on, kind=kind)
        closure = replace(
            old,
            on=on if moved else old.on,
            kind=kind,
            worked=with_more(old.worked, worked),
            did_not=with_more(old.did_not, did_not),
            lesson=with_more(old.lesson, lesson),
            handed_to=tuple(dict.fromkeys((*old.handed_to, *handed_to))),
        )
        if not moved and self.closure is not None and as_data(closure) == as_data(self.closure):
            return self
        return replace(self._moved(status, on, None) if moved else self, closure=closure)

    def _moved(self, status: str, on: date, reason: str | None) -> Mentor:
        entry = StatusChange(on=on, status=status, reason=reason)
        return replace(self, status=status, status_log=(*self.status_log, entry))

    # What is agreed, and how it feels

    def fitting(self, answer: str, *, on: date, comment: str | None = None) -> Mentor:
        """Return the mentor with my answer, that day, to whether it fits; in the order of days.

        The same answer on the same day only gains what is said of it.
        """
        entry = Fit(on=on, answer=answer, comment=comment)
        same = next((one for one in self.fit if (one.on, one.answer) == (entry.on, entry.answer)), None)
        if same is None:
            return replace(self, fit=tuple(sorted((*self.fit, entry), key=lambda one: one.on)))
        said = with_more(same.comment, comment)
        if said == same.comment:
            return self
        return replace(self, fit=tuple(replace(one, comment=said) if one is same else one for one in self.fit))

    def expecting(
        self, added: Mapping[str, Sequence[str]], *, clear: Iterable[str] = (), asked_on: date | None = None
    ) -> Mentor:
        """Return the mentor with fields of the expectations emptied, then with what is added, each thing once."""
        emptied = {among(name, "clear", (*vocabulary.EXPECTATIONS, "asked")) for name in clear}
        old = self.expectations or Expectations()
        lists: dict[str, Sequence[str]] = {}
        for name in vocabulary.EXPECTATIONS:
            kept = () if name in emptied else getattr(old, name)
            lists[name] = tuple(dict.fromkeys((*kept, *(_said(text, name) for text in added.get(name, ())))))
        day = asked_on or (None if "asked" in emptied else old.asked_on)
        now = replace(old, asked_on=day, **lists)  # type: ignore[arg-type]
        if as_data(now) == as_data(old):
            return self
        empty = as_data(now, full=False) == {}
        return replace(self, expectations=None if empty else now)

    def meeting_every(
        self,
        days: int | None = None,
        longest: int | None = None,
        mode: str | None = None,
        minutes: int | None = None,
    ) -> Mentor:
        """Return the mentor with another cadence; what is not given stays."""
        old = self.cadence
        if days is None and old is None:
            raise BadValue("every_days", "A cadence says how often to meet.", 'give it as --every "4 weeks"')
        old = old or Cadence(every_days=days or 1)
        given = {"every_days": days, "longest_days": longest, "mode": mode, "minutes": minutes}
        now = replace(old, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        same = self.cadence is not None and as_data(now) == as_data(self.cadence)
        return self if same else replace(self, cadence=now)

    def without_cadence(self) -> Mentor:
        """Return the mentor met whenever it happens."""
        return self if self.cadence is None else replace(self, cadence=None)


_STATES = {
    "candidate": "a candidate",
    "invited": "asked, without an answer",
    "active": "an active mentor",
    "paused": "a mentor whose time is paused",
    "stay_in_touch": "somebody to stay in touch with",
    "ended": "no mentor any more",
    "declined": "no mentor, having declined",
}
_STEPS = {
    "ask": (*vocabulary.HOPED_MENTORS, "declined", "ended"),
    "answer": (*vocabulary.HOPED_MENTORS, "declined"),
    "pause": ("active", "stay_in_touch"),
    "end": (*vocabulary.LIVE_MENTORS, "ended"),
}


def must_allow(step: str, id: str, name: str, status: str) -> None:
    """Raise MentorlogError where the status of a mentorship does not allow the step; the hint is what would fit."""
    if status in _STEPS[step]:
        return
    if status in vocabulary.LIVE_MENTORS:
        hint = f"a pause or an end: mentorlog mentor pause {id}, mentorlog mentor end {id}"
    elif status in vocabulary.HOPED_MENTORS:
        hint = f"say what they answered: mentorlog mentor invite {id} --answer yes|no|referral"
    else:
        hint = f"take it up again: mentorlog mentor activate {id}"
    raise MentorlogError(f"{name} is {_STATES[status]}: there is nothing to {step}.", hint)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise BadValue(field, f"{field.replace('_', ' ')} is empty.", "say it in a few words")
    return text
