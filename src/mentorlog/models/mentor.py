"""A mentor: a person and the mentorship with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.models import fields as f
from mentorlog.models.record import Part, Record, as_data, in_state, with_more
from mentorlog.models.rules import among


@f.declared
class StatusChange(Part):
    """One step of the mentorship: the day, the status from then on, the reason."""

    on: date = f.required(f.day(past=True))
    status: str = f.required(f.state(vocabulary.MENTOR_STATUSES))
    reason: str | None = f.prose(private=True)


@f.declared
class Cadence(Part):
    """How often to meet: an ideal and a longest gap, in days, counted from the last held meeting."""

    every_days: int = f.required(f.number(1, 3660))
    longest_days: int | None = f.number(1, 7320)
    mode: str | None = f.word(vocabulary.MODES)
    minutes: int | None = f.number(1, 1440)

    def _check(self) -> None:
        if self.longest_days is not None and self.longest_days < self.every_days:
            gaps = f"The longest gap ({self.longest_days} days) is shorter than the usual one ({self.every_days} days)."
            raise BadValue("longest_days", gaps, "change both at once")


@f.declared
class Expectations(Part):
    """What each side expects, what is off limits, and what I am not looking for."""

    mine: Sequence[str] = f.texts(has_commas=True)
    theirs: Sequence[str] = f.texts(has_commas=True)
    asked_on: date | None = f.day(past=True)
    off_limits: Sequence[str] = f.texts(private=True)
    not_looking_for: Sequence[str] = f.texts()


@f.declared
class Fit(Part):
    """My answer, on one day, to whether the mentorship fits."""

    on: date = f.required(f.day(past=True))
    answer: str = f.required(f.state(vocabulary.FIT_ANSWERS))
    comment: str | None = f.prose()


@f.declared
class Closure(Part):
    """How a mentorship ended and what it leaves behind."""

    on: date = f.required(f.day(past=True))
    kind: str = f.required(f.word(vocabulary.ENDINGS))
    worked: str | None = f.prose()
    did_not: str | None = f.prose()
    lesson: str | None = f.prose()
    handed_to: Sequence[str] = f.many(f.ref("mentor"))


@f.declared
class Mentor(Record):
    """A person and the mentorship with them."""

    KIND = "mentor"

    name: str = f.required(f.line(search=f.TITLE))
    status: str = f.state(vocabulary.MENTOR_STATUSES, default="active")
    email: str | None = f.line()
    phone: str | None = f.line()
    department: str | None = f.prose()
    institution: str | None = f.prose()
    program: str | None = f.prose()
    proximity: str | None = f.word(vocabulary.PROXIMITIES)
    roles: Sequence[str] = f.many(f.any_word())
    domains: Sequence[str] = f.many(f.line(search=f.WORDS))
    my_role: str = f.state(vocabulary.MY_ROLES, default="mentee")
    formality: str | None = f.word(vocabulary.FORMALITIES)
    model: str | None = f.word(vocabulary.MODELS)
    origin: str | None = f.word(vocabulary.ORIGINS)
    met_via: str | None = f.prose()
    introduced_by: str | None = f.ref("mentor")
    qualities: str | None = f.prose()
    conflict_of_interest: str | None = f.prose(private=True)
    started: date | None = f.day(past=True, sort_day=True)
    term_ends: date | None = f.day()
    purpose: str | None = f.prose()
    cadence: Cadence | None = f.part(Cadence, search=f.NOWHERE)
    expectations: Expectations | None = f.part(Expectations)
    status_log: Sequence[StatusChange] = f.parts(StatusChange, key=("on", "status"), managed=True)
    fit: Sequence[Fit] = f.parts(Fit, key=("on", "answer"), private=True)
    closure: Sequence[Closure] = f.parts(Closure, private=True)

    # From the first sight of each other to the end

    def entered(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor with the status they come into the journal with noted on a day."""
        return replace(self, status_log=(*self.status_log, StatusChange(on=on, status=self.status, reason=reason)))

    def moved_to(
        self, status: str, *, on: date, reason: str | None = None, fields: Mapping[str, Any] | None = None
    ) -> Mentor:
        """Return the mentor in another state, as the log of states then says; other `fields` change with it.

        The first active day is the start, where none is known; an end comes with a closure among the fields.
        """
        if status == self.status:
            return replace(self, **fields) if fields else self
        must_allow(status, self.id, self.name, self.status)
        known = len(self.closure) - (self.status == "ended")  # an end that goes on as another needs no second closure
        if status in _ENDS and len((fields or {}).get("closure", self.closure)) <= known:
            touch = " --stay-in-touch" if status == "stay_in_touch" else ""
            hint = f"use: mentorlog mentor end {self.id}{touch} --kind {'|'.join(vocabulary.ENDINGS)}"
            raise BadValue("closure", f"The mentorship with {self.name} ends with a closure.", hint)
        # nobody declines what they were not asked
        asked = ("invited",) if self.status == "candidate" and status == "declined" else ()
        steps = [StatusChange(on=on, status=one) for one in asked] + [StatusChange(on=on, status=status, reason=reason)]
        brought: dict[str, Any] = {"status": status, "status_log": (*self.status_log, *steps)}
        if status == "active" and self.started is None and not any(one.status == "active" for one in self.status_log):
            brought["started"] = on
        return in_state(self, brought, fields)

    def invited(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor asked; asking again is noted again, where something is said of it."""
        if self.status == "invited":
            return self if reason is None else self.entered(on=on, reason=reason)
        return self.moved_to("invited", on=on, reason=reason)

    def replied(self, answer: str, *, on: date, reason: str | None = None, asked: str | None = None) -> Mentor:
        """Return the mentor active after a yes, declined after a no or a referral."""
        answer = among(answer, "answer", vocabulary.REPLIES)
        if (answer, self.status) in (("yes", "active"), ("no", "declined")):
            return self
        must_allow("declined", self.id, self.name, self.status)
        mentor = self.invited(on=on, reason=asked) if self.status == "candidate" else self
        status = "active" if answer == "yes" else "declined"
        if mentor.status == status:  # a referral from somebody who has declined
            return mentor.entered(on=on, reason=reason)
        return mentor.moved_to(status, on=on, reason=reason)

    def ended(self, new: Closure, *, stay_in_touch: bool = False) -> Mentor:
        """Return the mentorship ended, or staying in touch; ended already, its closure gains what is new."""
        status = "stay_in_touch" if stay_in_touch else "ended"
        must_allow(status, self.id, self.name, self.status)
        again = self.status in (status, "ended") and bool(self.closure)
        old = self.closure[-1] if again else Closure(on=new.on, kind=new.kind)
        texts: dict[str, Any] = {
            name: with_more(getattr(old, name), getattr(new, name)) for name in ("worked", "did_not", "lesson")
        }
        takers = tuple(dict.fromkeys((*old.handed_to, *new.handed_to)))
        closure = replace(old, kind=new.kind, handed_to=takers, **texts)
        if again and status == self.status and as_data(closure) == as_data(old):
            return self
        closures = (*(self.closure[:-1] if again else self.closure), closure)
        return self.moved_to(status, on=new.on, fields={"closure": closures})

    # What is agreed, and how it feels

    def fitting(self, answer: str, *, on: date, comment: str | None = None) -> Mentor:
        """Return the mentor with my answer to whether it fits; the same again gains a comment."""
        entry = Fit(on=on, answer=answer, comment=comment)
        same = next((one for one in self.fit if (one.on, one.answer) == (entry.on, entry.answer)), None)
        if same is None:
            return replace(self, fit=tuple(sorted((*self.fit, entry), key=lambda one: one.on)))
        longer = with_more(same.comment, comment)
        if longer == same.comment:
            return self
        return replace(self, fit=tuple(replace(one, comment=longer) if one is same else one for one in self.fit))

    def expecting(
        self, added: Mapping[str, Sequence[str]], *, clear: Iterable[str] = (), asked_on: date | None = None
    ) -> Mentor:
        """Return the mentor with fields of the expectations emptied, then with what is added, each thing once."""
        emptied = {among(name, "clear", (*vocabulary.EXPECTATIONS, "asked")) for name in clear}
        old = self.expectations or Expectations()
        changes: dict[str, Any] = {"asked_on": asked_on or (None if "asked" in emptied else old.asked_on)}
        for name in vocabulary.EXPECTATIONS:
            present = () if name in emptied else getattr(old, name)
            changes[name] = tuple(dict.fromkeys((*present, *added.get(name, ()))))
            if not all(map(str.strip, added.get(name, ()))):
                raise BadValue(name, f"{name.replace('_', ' ')} is empty.", "say it in a few words")
        now = replace(old, **changes)
        if as_data(now) == as_data(old):
            return self
        return replace(self, expectations=now if as_data(now, full=False) else None)

    def meeting_every(
        self, days: int | None = None, longest: int | None = None, mode: str | None = None, minutes: int | None = None
    ) -> Mentor:
        """Return the mentor with another cadence; what is not given stays."""
        old = self.cadence
        if days is None and old is None:
            raise BadValue("every_days", "A cadence says how often to meet.", 'give it as --every "4 weeks"')
        old = old or Cadence(every_days=days or 1)
        given: dict[str, Any] = {"every_days": days, "longest_days": longest, "mode": mode, "minutes": minutes}
        now = replace(old, **{name: value for name, value in given.items() if value is not None})
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
_ENDS = ("ended", "stay_in_touch")
_FROM = {
    "invited": ("ask", (*vocabulary.HOPED_MENTORS, "declined", "ended")),
    "declined": ("answer", (*vocabulary.HOPED_MENTORS, "declined")),
    "paused": ("pause", ("active", "stay_in_touch")),
    **dict.fromkeys(_ENDS, ("end", (*vocabulary.LIVE_MENTORS, "ended"))),
}
"""What leads to a state, and from which states; the others are entered from any."""


def must_allow(status: str, id: str, name: str, old: str) -> None:
    """Raise MentorlogError where a mentorship does not go from the old status to this one."""
    step, allowed = _FROM.get(status, ("", vocabulary.MENTOR_STATUSES))
    if old in allowed:
        return
    if old in vocabulary.LIVE_MENTORS:
        hint = f"a pause or an end: mentorlog mentor pause {id}, mentorlog mentor end {id}"
    elif old in vocabulary.HOPED_MENTORS:
        hint = f"say what they answered: mentorlog mentor invite {id} --answer yes|no|referral"
    else:
        hint = f"take it up again: mentorlog mentor activate {id}"
    raise MentorlogError(f"{name} is {_STATES[old]}: there is nothing to {step}.", hint)
