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
from mentorlog.models.views import View, called, noun


@f.declared
class StatusChange(Part):
    """A change of status: the date, the new status, the reason."""

    on: date = f.required(f.day(past=True, to=f.BOTH))
    status: str = f.required(f.state(vocabulary.MENTOR_STATUSES, to=f.BOTH))
    reason: str | None = f.prose(private=True)


@f.declared
class Cadence(Part):
    """How often to meet: an ideal and a longest gap, in days, counted from the last held meeting."""

    every_days: int = f.required(f.number(1, 3660, to=f.BOTH))
    longest_days: int | None = f.number(1, 7320, to=f.BOTH)
    mode: str | None = f.word(vocabulary.MODES, to=f.BOTH)
    minutes: int | None = f.number(1, 1440, to=f.BOTH)

    def _check(self) -> None:
        if self.longest_days is not None and self.longest_days < self.every_days:
            gaps = f"The longest gap ({self.longest_days} days) is shorter than the usual one ({self.every_days} days)."
            raise BadValue("longest_days", gaps, "set both together")


@f.declared
class Expectations(Part):
    """What each side expects, what is off limits, and what the resident is not looking for."""

    mine: Sequence[str] = f.texts(has_commas=True, to=f.MENTOR)
    theirs: Sequence[str] = f.texts(has_commas=True, to=f.MENTOR)
    asked_on: date | None = f.day(past=True, to=f.MENTOR)
    off_limits: Sequence[str] = f.texts(private=True)
    not_looking_for: Sequence[str] = f.texts()
    response_days: int | None = f.number(1, 365, to=f.MENTOR)
    prep_days: int | None = f.number(0, 365, to=f.MENTOR)
    scheduled_by: str | None = f.state(vocabulary.SCHEDULERS, to=f.MENTOR)
    confidentiality: str | None = f.prose(to=f.MENTOR)
    credit: str | None = f.prose(to=f.MENTOR)
    feedback: str | None = f.prose(to=f.MENTOR)
    revisit_on: date | None = f.day(to=f.MENTOR)


@f.declared
class Fit(Part):
    """The resident's answer, on a date, to whether the mentorship works for them."""

    on: date = f.required(f.day(past=True))
    answer: str = f.required(f.state(vocabulary.FIT_ANSWERS))
    productive: bool | None = f.plain()
    amicable: bool | None = f.plain()
    beneficial: bool | None = f.plain()
    comment: str | None = f.prose()


@f.declared
class Comfort(Part):
    """Whether the resident and the mentor felt comfortable on a date, as far as the resident knows."""

    on: date = f.required(f.day(past=True))
    mine: str | None = f.state(vocabulary.COMFORTS)
    theirs: str | None = f.state(vocabulary.COMFORTS)
    comment: str | None = f.prose()


@f.declared
class Agreed(Part):
    """The agreement as both sides agreed to it on a date: its fields and their values."""

    on: date = f.required(f.day(past=True, to=f.MENTOR))
    what: Mapping[str, Any] | None = f.plain(private=True, whole=True)


@f.declared
class Closure(Part):
    """How a mentorship ended, and what was learned."""

    on: date = f.required(f.day(past=True))
    kind: str = f.required(f.word(vocabulary.ENDINGS))
    reasons: Sequence[str] = f.many(f.any_word())
    worked: str | None = f.prose()
    did_not: str | None = f.prose()
    lesson: str | None = f.prose()
    thanked_on: date | None = f.day(past=True)
    handed_to: Sequence[str] = f.many(f.ref("mentor"))


_ROAD = (*vocabulary.HOPED_MENTORS, "active")


@f.declared
class Mentor(Record):
    """A person and the mentorship with them."""

    KIND = "mentor"

    name: str = f.required(f.line(search=f.TITLE, to=f.BOTH))
    nickname: str | None = f.line(search=f.WORDS)
    status: str = f.state(vocabulary.MENTOR_STATUSES, default="active", roads=(_ROAD,), to=f.BOTH)
    email: str | None = f.line()
    phone: str | None = f.line()
    department: str | None = f.prose()
    institution: str | None = f.prose()
    program: str | None = f.prose()
    proximity: str | None = f.word(vocabulary.PROXIMITIES)
    roles: Sequence[str] = f.many(f.any_word(to=f.BOTH))
    domains: Sequence[str] = f.many(f.line(search=f.WORDS))
    my_role: str = f.state(vocabulary.MY_ROLES, default="mentee", to=f.BOTH)
    formality: str | None = f.word(vocabulary.FORMALITIES)
    model: str | None = f.word(vocabulary.MODELS)
    origin: str | None = f.word(vocabulary.ORIGINS)
    met_via: str | None = f.prose()
    introduced_by: str | None = f.ref("mentor")
    qualities: str | None = f.prose()
    perspective: str | None = f.prose()
    conflict_of_interest: str | None = f.prose(private=True)
    started: date | None = f.day(past=True, sort_day=True, to=f.BOTH)
    term_ends: date | None = f.day(not_before="started", to=f.MENTOR)
    purpose: str | None = f.prose(to=f.MENTOR)
    cadence: Cadence | None = f.part(Cadence, whole=True, search=f.NOWHERE, to=f.BOTH)
    expectations: Expectations | None = f.part(Expectations, to=f.MENTOR)
    status_log: Sequence[StatusChange] = f.parts(StatusChange, key=("on", "status"), managed=True, to=f.BOTH)
    agreed: Sequence[Agreed] = f.parts(Agreed, key=("on",), managed=True, search=f.NOWHERE, to=f.MENTOR)
    comfort: Sequence[Comfort] = f.parts(Comfort, key=("on",), private=True)
    fit: Sequence[Fit] = f.parts(Fit, key=("on", "answer"), private=True)
    closure: Sequence[Closure] = f.parts(Closure, private=True)

    # From first contact to the end

    def entered(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor with the current status recorded on a date."""
        return replace(self, status_log=(*self.status_log, StatusChange(on=on, status=self.status, reason=reason)))

    def moved_to(
        self, status: str, *, on: date, reason: str | None = None, fields: Mapping[str, Any] | None = None
    ) -> Mentor:
        """Return the mentor with another status, which the status log records; other `fields` change with it.

        The first active date becomes the start date if there is none; an end needs a closure among the fields.
        """
        if status == self.status:
            return replace(self, **fields) if fields else self
        must_allow(status, self.as_seen)
        known = len(self.closure) - (self.status == "ended")  # a change of the ending needs no second closure
        if status in _ENDS and len((fields or {}).get("closure", self.closure)) <= known:
            touch = " --stay-in-touch" if status == "stay_in_touch" else ""
            hint = f"use: mentorlog mentor end {self.id}{touch}"
            raise BadValue("closure", f"To end the mentorship with {self.name}, a closure is needed.", hint)
        # an answer implies an invitation
        asked = ("invited",) if self.status == "candidate" and status == "declined" else ()
        steps = [StatusChange(on=on, status=one) for one in asked] + [StatusChange(on=on, status=status, reason=reason)]
        brought: dict[str, Any] = {"status": status, "status_log": (*self.status_log, *steps)}
        if status == "active" and self.started is None and not any(one.status == "active" for one in self.status_log):
            brought["started"] = on
        return in_state(self, brought, fields)

    def invited(self, *, on: date, reason: str | None = None) -> Mentor:
        """Return the mentor invited; another invitation is recorded only with a reason."""
        if self.status == "invited":
            return self if reason is None else self.entered(on=on, reason=reason)
        return self.moved_to("invited", on=on, reason=reason)

    def replied(self, answer: str, *, on: date, reason: str | None = None, asked: str | None = None) -> Mentor:
        """Return the mentor active after a yes, declined after a no or a referral."""
        answer = among(answer, "answer", vocabulary.REPLIES)
        if (answer, self.status) in (("yes", "active"), ("no", "declined")):
            return self
        must_allow("declined", self.as_seen)
        mentor = self.invited(on=on, reason=asked) if self.status == "candidate" else self
        status = "active" if answer == "yes" else "declined"
        if mentor.status == status:  # a referral from someone who declined
            return mentor.entered(on=on, reason=reason)
        return mentor.moved_to(status, on=on, reason=reason)

    def ended(self, new: Closure, *, stay_in_touch: bool = False) -> Mentor:
        """Return the mentorship ended, or staying in touch; ended already, its closure gains what is new."""
        status = "stay_in_touch" if stay_in_touch else "ended"
        must_allow(status, self.as_seen)
        if not self.closure or self.status not in (status, "ended"):
            return self.moved_to(status, on=new.on, fields={"closure": (*self.closure, new)})
        old = self.closure[-1]
        more: dict[str, Any] = {
            **{name: with_more(getattr(old, name), getattr(new, name)) for name in ("worked", "did_not", "lesson")},
            "reasons": tuple(dict.fromkeys((*old.reasons, *new.reasons))),
            "handed_to": tuple(dict.fromkeys((*old.handed_to, *new.handed_to))),
            "thanked_on": new.thanked_on or old.thanked_on,
        }
        if status == self.status:
            return self.with_last_closure(replace(old, on=new.on, kind=new.kind, **more))
        closure = replace(old, kind=new.kind, **more)
        return self.moved_to(status, on=new.on, fields={"closure": (*self.closure[:-1], closure)})

    def with_last_closure(self, closure: Closure) -> Mentor:
        """Return the mentor with another last closure; the day of that end in the status log changes with it."""
        old = self.closure[-1]
        if as_data(closure) == as_data(old):
            return self
        log = list(self.status_log)
        ends = [place for place, one in enumerate(log) if one.on == old.on and one.status in _ENDS]
        if ends:
            log[ends[-1]] = replace(log[ends[-1]], on=closure.on)
        return replace(self, closure=(*self.closure[:-1], closure), status_log=tuple(log))

    # Agreement and fit

    def fitting(
        self, answer: str, *, on: date, comment: str | None = None, tests: Mapping[str, Any] | None = None
    ) -> Mentor:
        """Return the mentor with an answer on the fit; the same on the same date gains the comment and the tests."""
        entry = Fit(on=on, answer=answer, comment=comment, **(tests or {}))
        same = next((one for one in self.fit if (one.on, one.answer) == (entry.on, entry.answer)), None)
        if same is None:
            return replace(self, fit=tuple(sorted((*self.fit, entry), key=lambda one: one.on)))
        longer = replace(same, comment=with_more(same.comment, comment), **(tests or {}))
        if as_data(longer) == as_data(same):
            return self
        return replace(self, fit=tuple(longer if one is same else one for one in self.fit))

    def comfortable(
        self, mine: str | None = None, theirs: str | None = None, *, on: date, comment: str | None = None
    ) -> Mentor:
        """Return the mentor with how both feel; on the same date only what is given replaces the answers."""
        same = next((one for one in self.comfort if one.on == on), None)
        old = same or Comfort(on=on)
        text = with_more(old.comment, comment)
        now = replace(old, mine=mine or old.mine, theirs=theirs or old.theirs, comment=text)
        if same and as_data(now) == as_data(same):
            return self
        others = (one for one in self.comfort if one is not same)
        return replace(self, comfort=tuple(sorted((*others, now), key=lambda one: one.on)))

    def expecting(
        self,
        added: Mapping[str, Sequence[str]],
        values: Mapping[str, Any] | None = None,
        *,
        clear: Iterable[str] = (),
    ) -> Mentor:
        """Return the mentor with expectations cleared, then added to the lists, each text once, or set to values."""
        single = [name for name in f.spec(Expectations) if name not in vocabulary.EXPECTATIONS]
        clearable = (*vocabulary.EXPECTATIONS, *(_CALLED.get(name, name) for name in single))
        emptied = {among(name, "clear", clearable) for name in clear}
        old = self.expectations or Expectations()
        changes: dict[str, Any] = {name: None for name in single if _CALLED.get(name, name) in emptied}
        changes |= values or {}
        for name in vocabulary.EXPECTATIONS:
            present = () if name in emptied else getattr(old, name)
            changes[name] = tuple(dict.fromkeys((*present, *added.get(name, ()))))
            if not all(map(str.strip, added.get(name, ()))):
                raise BadValue(name, f"{name.replace('_', ' ')} is empty.", "enter some text")
        now = replace(old, **changes)
        if as_data(now) == as_data(old):
            return self
        return replace(self, expectations=now if as_data(now, full=False) else None)

    def meeting_every(
        self, days: int | None = None, longest: int | None = None, mode: str | None = None, minutes: int | None = None
    ) -> Mentor:
        """Return the mentor with another cadence; parts that are not given stay."""
        old = self.cadence
        if days is None and old is None:
            raise BadValue("every_days", "A cadence must say how often to meet.", 'pass --every "4 weeks"')
        old = old or Cadence(every_days=days or 1)
        given: dict[str, Any] = {"every_days": days, "longest_days": longest, "mode": mode, "minutes": minutes}
        now = replace(old, **{name: value for name, value in given.items() if value is not None})
        same = self.cadence is not None and as_data(now) == as_data(self.cadence)
        return self if same else replace(self, cadence=now)

    def without_cadence(self) -> Mentor:
        """Return the mentor without a cadence."""
        return self if self.cadence is None else replace(self, cadence=None)


_CALLED = {"asked_on": "asked", "revisit_on": "revisit"}
"""What options call fields of expectations that they do not call by their names."""
_STATES = {
    "candidate": "a candidate",
    "invited": "invited, without an answer",
    "active": "an active {}",
    "paused": "a paused {}",
    "stay_in_touch": "someone you stay in touch with",
    "ended": "a former {}",
    "declined": "someone who declined",
}
_ENDS = ("ended", "stay_in_touch")
_FROM = {
    "invited": ("invite them", (*vocabulary.HOPED_MENTORS, "declined", "ended")),
    "declined": ("record an answer", (*vocabulary.HOPED_MENTORS, "declined")),
    "paused": ("pause the mentorship", ("active", "stay_in_touch")),
    **dict.fromkeys(_ENDS, ("end the mentorship", vocabulary.BEGUN_MENTORS)),
}
"""The step to a status and the statuses it is allowed from; other statuses are allowed from any."""


def must_allow(status: str, mentor: View) -> None:
    """Raise MentorlogError if a mentorship cannot go from its status to this one."""
    step, allowed = _FROM.get(status, ("", vocabulary.MENTOR_STATUSES))
    if mentor["status"] not in allowed:
        raise _refusal(step, mentor)


def must_be_current(step: str, mentor: View) -> None:
    """Raise MentorlogError if a mentorship has not begun or is over, so that a step makes no sense."""
    if mentor["status"] not in vocabulary.LIVE_MENTORS:
        raise _refusal(step, mentor)


def _refusal(step: str, mentor: View) -> MentorlogError:
    id, old = mentor["id"], mentor["status"]
    if old in vocabulary.LIVE_MENTORS:
        hint = f"to end the mentorship: mentorlog mentor end {id}"
    elif old in vocabulary.HOPED_MENTORS:
        hint = f"record the answer (yes, no or referral): mentorlog mentor invite {id} --answer yes"
    else:
        hint = f"resume it first: mentorlog mentor activate {id}"
    state = _STATES[old].format(noun(mentor))
    return MentorlogError(f"{called(mentor)} is {state}, so you cannot {step}.", hint)
