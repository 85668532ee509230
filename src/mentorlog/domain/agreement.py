"""The agreement of a mentorship: its terms, the versions that both agreed to, and what is open. Pure.

The terms are fields of the mentor. A version has their values as they stood when both agreed.
"""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.errors import BadValue, MentorlogError, shortened
from mentorlog.models.views import called, latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any, TypedDict

    from mentorlog.models.mentor import Mentor
    from mentorlog.models.view_types import AgreedView, ComfortView, MentorView

    class TermChange(TypedDict):
        """A term with its old and its new value; of a list, also what was added and removed."""

        term: str
        old: Any
        new: Any
        added: list[str]
        removed: list[str]

    class Step(TypedDict):
        """What changed from one version (None before the first) to the next, or to what stands now (None)."""

        since: str | None
        until: str | None
        changes: list[TermChange]

    class NoAnswer(TypedDict):
        """What one side expects and the other has not agreed to."""

        from_them: list[str]
        from_me: list[str]

    class Comfort(TypedDict):
        """The last known answer of each side to whether it feels comfortable."""

        mine: ComfortView | None
        theirs: ComfortView | None

    class AgreementSheet(TypedDict):
        """The agreement as it stands or, `at` a day, as it stood: the data of `mentor agreement`."""

        mentor: MentorView
        at: str | None
        agreed_on: str | None
        held_until: str | None
        terms: dict[str, Any]
        no_answer: NoAnswer
        never_asked: list[str]
        changes: list[TermChange]
        comfort: Comfort
        revisit_on: str | None
        revisit_due: bool
        history: list[Step]


FIELDS = ("purpose", "term_ends", "cadence", "expectations")
"""The fields of a mentor that are terms, or hold them."""
_NUMBERS = ("response_days", "prep_days")
_NOT_TERMS = ("asked_on", "revisit_on")
TERMS = (
    *("purpose", "term_ends", "cadence", "mine", "theirs", "response_days", "prep_days", "scheduled_by"),
    *("feedback", "credit", "confidentiality", "off_limits", "not_looking_for"),
)
"""Every term, in the order of screens."""
_ASKED = tuple(name for name in TERMS if name not in ("term_ends", "not_looking_for"))
"""The terms that are named where nobody has asked about them."""


def terms(source: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the terms that a mentor or a version of the agreement has, in order.

    A version can have been written by hand: what cannot be a value of its term is left out.
    """
    source = source or {}
    expected = source.get("expectations")
    held = {**source, **(expected if isinstance(expected, dict) else {})}
    found = ((name, _value(name, held.get(name))) for name in TERMS)
    return {name: value for name, value in found if value not in (None, [], {}, "")}


def _value(name: str, value: Any) -> Any:
    if name in vocabulary.EXPECTATIONS:
        return [text for text in value if isinstance(text, str)] if isinstance(value, (list, tuple)) else None
    if name == "cadence":
        parts = value.items() if isinstance(value, dict) else ()
        return {key: part for key, part in parts if isinstance(part, str if key == "mode" else int)}
    return value if isinstance(value, int if name in _NUMBERS else str) else None


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[TermChange]:
    """Return how the terms of one version differ from those of another, or from what stands now."""
    old, new = terms(before), terms(after)
    return [_change(name, old.get(name), new.get(name)) for name in TERMS if not _same(old.get(name), new.get(name))]


def _change(name: str, old: Any, new: Any) -> TermChange:
    added, removed = list[str](), list[str]()
    if name in vocabulary.EXPECTATIONS:
        added = [text for text in new or () if text not in (old or ())]
        removed = [text for text in old or () if text not in (new or ())]
    return {"term": name, "old": old, "new": new, "added": added, "removed": removed}


def _same(old: Any, new: Any) -> bool:
    """Return whether two values of a term are the same; empty fields and the order of a list do not matter."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(old.get(key) == new.get(key) for key in {*old, *new})
    if isinstance(old, list) and isinstance(new, list):
        return sorted(old) == sorted(new)
    return bool(old == new)


# Entries of its lists


def without(mentor: Mentor, texts: Iterable[str]) -> Mentor:
    """Return the mentor without the expectations that these texts mean, whole or in part; BadValue if not just one."""
    from dataclasses import replace

    from mentorlog.fold import folded

    for text in texts:
        expected = mentor.expectations
        every = [(name, one) for name in vocabulary.EXPECTATIONS for one in getattr(expected, name, ())]
        found = [entry for entry in every if folded(entry[1]) == folded(text)]
        found = found or [entry for entry in every if text.strip() and folded(text) in folded(entry[1])]
        if len(found) != 1 or expected is None:
            raise _not_one(mentor, text, [one for _, one in found])
        name, entry = found[0]
        others: dict[str, Any] = {name: tuple(one for one in getattr(expected, name) if one != entry)}
        rest = replace(expected, **others)
        mentor = replace(mentor, expectations=rest if _is_filled(rest) else None)
    return mentor


def _not_one(mentor: Mentor, text: str, found: Sequence[str]) -> BadValue:
    if found:
        several = f"{shortened(text)} matches several expectations: {'; '.join(map(shortened, found))}."
        return BadValue("remove", several, "type more of it")
    who = called(mentor.as_seen)
    hint = f"see them: mentorlog mentor agreement {mentor.id}"
    return BadValue("remove", f"No expectation with {who} matches {shortened(text)}.", hint)


# Both agree


def agree(mentor: Mentor, *, on: date, revisit_on: date | None = None) -> Mentor:
    """Return the mentor with a new version of the agreement, if anything changed since the last one.

    If the day to look at it again has come, this is that look: the day is cleared, and the version is stored even
    without a change.
    """
    from dataclasses import replace

    from mentorlog.models.mentor import Agreed, Expectations, must_be_current

    must_be_current("agree with them", mentor.as_seen)
    now = _as_it_stands(mentor)
    if not terms(now):
        sentence = f"There is nothing to agree on with {called(mentor.as_seen)} yet."
        raise MentorlogError(sentence, f'record it first: mentorlog mentor expect {mentor.id} --mine "Honest feedback"')
    last = max(mentor.agreed, key=lambda one: one.on, default=None)
    if last and last.on > on:
        from mentorlog import dates

        later = f"You have agreed with {called(mentor.as_seen)} since then, on {dates.say(last.on)}."
        raise BadValue("on", later, f"use that day or a later one: --on {last.on.isoformat()}")
    expected = mentor.expectations or Expectations()
    looked_again = expected.revisit_on is not None and expected.revisit_on <= on
    if revisit_on:
        must_be_later(revisit_on, on)
    if looked_again or revisit_on:
        emptied = replace(expected, revisit_on=revisit_on)
        mentor = replace(mentor, expectations=emptied if _is_filled(emptied) else None)
    if last and not changes(_plain(last.what), now) and not looked_again:
        return mentor
    others = [one for one in mentor.agreed if one.on != on]
    return replace(mentor, agreed=(*others, Agreed(on=on, what=now)))


def _as_it_stands(mentor: Mentor) -> dict[str, Any]:
    """Return the fields with the terms, as a version stores them."""
    from mentorlog.models.record import as_data

    data = _plain({name: value for name, value in as_data(mentor, full=False).items() if name in FIELDS})
    expected = {key: value for key, value in data.get("expectations", {}).items() if key not in _NOT_TERMS}
    kept = {name: value for name, value in data.items() if name != "expectations"}
    return {**kept, **({"expectations": expected} if expected else {})}


def _plain(value: Any) -> Any:
    from mentorlog.models.record import json_ready

    return json_ready(value)


def _is_filled(part: Any) -> bool:
    from mentorlog.models.record import as_data

    return bool(as_data(part, full=False))


def must_be_later(revisit_on: date, on: date) -> date:
    """Return the day to look at an agreement again; BadValue if it is not after the day of the agreement."""
    if revisit_on > on:
        return revisit_on
    raise BadValue("revisit_on", "The day to look again must be after the day of the agreement.", "use a later day")


# What stands, and what is open


def revisit_day(mentor: MentorView) -> str | None:
    """Return the day on which to look at the agreement again."""
    expected = mentor["expectations"]
    return expected["revisit_on"] if expected else None


def sheet(mentor: MentorView, today: date, at: date | None = None) -> AgreementSheet:
    """Return the agreement as it stands today, or as both had agreed to it on a day; MentorlogError if they had not."""
    versions = sorted(mentor["agreed"], key=lambda one: one["on"])
    version = latest(versions, at.isoformat() if at else None)
    if at and version is None:
        raise _nothing_agreed(mentor, versions, at)
    agreed, revisit_on = version["what"] if version else None, revisit_day(mentor)
    version_on = version["on"] if version else ""
    following = [one["on"] for one in versions if version and one["on"] > version_on]
    return {
        "mentor": mentor,
        "at": at.isoformat() if at else None,
        "agreed_on": version["on"] if version else None,
        "held_until": min(following, default=None),
        "terms": terms(agreed if at else mentor),
        "no_answer": _no_answer(mentor, agreed),
        "never_asked": list(_never_asked(mentor)),
        "changes": changes(agreed, mentor) if version else [],
        "comfort": comfort(mentor, at),
        "revisit_on": revisit_on,
        "revisit_due": bool(revisit_on and revisit_on <= today.isoformat()),
        "history": [step for step in _history(mentor, versions) if not at or (step["since"] or "") >= version_on],
    }


def comfort(mentor: MentorView, until: date | None = None) -> Comfort:
    """Return the last known answer of each side, up to a day if given, to whether it feels comfortable."""
    day = until.isoformat() if until else None
    return {
        "mine": latest((one for one in mentor["comfort"] if one["mine"]), day),
        "theirs": latest((one for one in mentor["comfort"] if one["theirs"]), day),
    }


def _nothing_agreed(mentor: MentorView, versions: Sequence[AgreedView], at: date) -> MentorlogError:
    from mentorlog import dates

    sentence = f"You had agreed on nothing with {called(mentor)} by {dates.say(at)}."
    if versions:
        first = versions[0]["on"]
        return MentorlogError(sentence, f"the first time: mentorlog mentor agreement {mentor['id']} --at {first}")
    return MentorlogError(sentence, f"see what stands now: mentorlog mentor agreement {mentor['id']}")


def _no_answer(mentor: MentorView, agreed: Mapping[str, Any] | None) -> NoAnswer:
    """Return what each side expects that both have not agreed to."""
    now, then = terms(mentor), terms(agreed)

    def new(name: str) -> list[str]:
        return [text for text in now.get(name, ()) if text not in then.get(name, ())]

    return {"from_them": new("mine"), "from_me": new("theirs")}


def _never_asked(mentor: MentorView) -> Iterator[str]:
    """Yield the terms about which nothing is known, and comfort if neither side has said anything."""
    known, expected = terms(mentor), mentor["expectations"]
    asked = expected["asked_on"] if expected else None
    for name in _ASKED:
        if name not in known and not (name == "theirs" and asked):
            yield name
    if not mentor["comfort"]:
        yield "comfort"


def _history(mentor: MentorView, versions: Sequence[AgreedView]) -> list[Step]:
    """Return what changed from version to version and since the last, the newest first."""
    steps: list[Step] = []
    before: Mapping[str, Any] | None = None
    day = None
    for one in versions:
        steps.append({"since": day, "until": one["on"], "changes": changes(before, one["what"])})
        before, day = one["what"], one["on"]
    if versions:
        steps.append({"since": day, "until": None, "changes": changes(before, mentor)})
    return steps[::-1]
