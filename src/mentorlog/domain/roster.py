"""The list of mentors: their order, and who already exists. Pure."""

from __future__ import annotations

from itertools import count

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError, shortened
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from mentorlog.domain.ports import RecordWriter
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.view_types import FullMentor, MentorView
    from mentorlog.models.views import View


class Referral(Value):
    """A mentor who was invited (an id) named another person: when, how, with which comment."""

    mentor: str
    name: str
    on: date
    channel: str | None
    comment: str | None


_SHORTEST_NICKNAME = 2

LISTED_STATUSES = (*vocabulary.LIVE_MENTORS, *vocabulary.HOPED_MENTORS)
"""The statuses that a list shows by default."""


def ordered(mentors: Iterable[FullMentor]) -> list[FullMentor]:
    """Return mentors in the order of lists: by status, then by next meeting."""

    def rank(mentor: FullMentor) -> tuple[int, str, str, str]:
        day = mentor["due_on"] or mentor["next_planned"] or "9999-12-31"
        return vocabulary.LISTED_MENTORS.index(mentor["status"]), day, mentor["name"].casefold(), mentor["id"]

    return sorted(mentors, key=rank)


def serves(mentor: MentorView, roles: Sequence[str], domains: Sequence[str]) -> bool:
    """Return whether a mentor has one of the roles and one of the domains."""
    return _any(roles, mentor["roles"]) and _any(domains, mentor["domains"])


def _any(wanted: Sequence[str], present: Sequence[str]) -> bool:
    if not wanted:
        return True
    from mentorlog.fold import folded  # a list without these filters does not need it

    known = {folded(word.replace("_", " ")) for word in present}
    return any(folded(word.replace("_", " ")) in known for word in wanted)


def namesake(name: str, mentors: Iterable[MentorView]) -> MentorView | None:
    """Return the mentor with the same full name, folded and without titles."""
    from mentorlog import names  # a list does not need it

    return next((mentor for mentor in mentors if names.same(name, mentor["name"])), None)


def refuse_namesake(name: str, mentors: Sequence[MentorView], my_role: str = "mentee") -> None:
    """Raise MentorlogError if a mentor or mentee with the same full name exists."""
    if known := namesake(name, mentors):
        from mentorlog.models.views import noun

        id, status = known["id"], known["status"]
        live = status in vocabulary.LIVE_MENTORS
        step = "" if live else f"activate the mentorship: mentorlog mentor activate {id}; "
        if my_role not in (known["my_role"], "both") and known["my_role"] != "both":
            step += f"if you mentor each other: mentorlog set {id} my_role=both; "
        sentence = f"A {noun(known)} named {known['name']} already exists: {id} ({status.replace('_', ' ')})."
        ids = {one["id"] for one in mentors}
        free = next(other for number in count(2) if (other := f"{id}-{number}") not in ids)
        raise MentorlogError(sentence, f"{step}for someone else of that name use --id {free}")


def check_new(mentor: Mentor, old: Mentor | None, known: Iterable[MentorView]) -> None:
    """Raise BadValue for a new value that cannot be right; what a file already held stays, and doctor reports it."""
    for wrong in doubts(mentor, known):
        if old is None or getattr(mentor, wrong.field) != getattr(old, wrong.field):
            raise wrong


def doubts(mentor: Mentor, known: Iterable[MentorView]) -> Iterator[BadValue]:
    """Yield what cannot be right: an e-mail address that is none, a nickname that means somebody or something else."""
    from mentorlog.models.rules import wrong_email  # a list does not need it

    if mentor.email and (wrong := wrong_email(mentor.email)):
        yield wrong
    if mentor.nickname:
        from mentorlog.fold import words
        from mentorlog.ids import RESERVED, is_id

        wanted, shown = words(mentor.nickname), shortened(mentor.nickname)
        slug = "-".join(wanted)
        if len(slug) < _SHORTEST_NICKNAME or slug in RESERVED or is_id(slug):
            hint = f"use two or more letters that are not the id of a record, nor one of: {', '.join(sorted(RESERVED))}"
            yield BadValue("nickname", f"{shown} cannot be a nickname.", hint)
        for one in known:
            of = "id" if words(one["id"]) == wanted else "nickname" if words(one["nickname"] or "") == wanted else ""
            if of and one["id"] != mentor.id:
                sentence = f"{shown} is the {of} of {one['name']} ({one['id']})."
                yield BadValue("nickname", sentence, "choose another nickname")


def enter(transaction: RecordWriter, known: Sequence[MentorView], mentor: Mentor, slug: str | None) -> View:
    """Save a new mentor under the slug, else one made of the name; the same name needs a slug."""
    from dataclasses import replace  # a list does not need it

    check_new(mentor, None, known)
    if slug is None:
        refuse_namesake(mentor.name, known, mentor.my_role)
    return transaction.put(replace(mentor, id=transaction.new_id("mentor", mentor.name, slug)))


def refer(transaction: RecordWriter, known: Iterable[MentorView], referral: Referral, now: datetime) -> View:
    """Save a decline and the person named, as a candidate if new; both are in the view."""
    from dataclasses import replace

    from mentorlog.models.mentor import Mentor

    asked = transaction.get(Mentor, referral.mentor)
    reason = f"referred me to {referral.name}{f': {referral.comment}' if referral.comment else ''}"
    declined = asked.replied("referral", on=referral.on, reason=reason, asked=referral.channel)
    other = namesake(referral.name, known)
    if other is None:
        id = transaction.new_id("mentor", referral.name)
        made = Mentor(id=id, created=now, name=referral.name, status="candidate", introduced_by=asked.id)
        named = made.entered(on=referral.on, reason=f"referred by {asked.name}")
    elif other["id"] == asked.id:
        raise BadValue("referral", f"{asked.name} cannot be referred to themselves.", "use another name")
    else:
        old = transaction.get(Mentor, other["id"])
        named = replace(old, introduced_by=old.introduced_by or asked.id)
    return {**transaction.put(declined), "referral": transaction.put(named)}
