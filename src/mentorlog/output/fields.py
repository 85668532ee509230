"""The nested entries of a record in words, one line each: progress, history, rounds, verdicts …

Nothing here is safe to show yet: the layout that asks makes each text safe, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from mentorlog import dates, vocabulary

Entry = dict[str, Any]


class Words:
    """Says ids and days; `names` holds the name or title of every record that is linked.

    One that is missing was deleted, unless it is `unknown`: nothing tells that it ever was there.
    """

    def __init__(self, names: Mapping[str, str], unknown: Collection[str] = ()) -> None:
        self.names = names
        self._unknown = unknown

    def person(self, id: str) -> str:
        """Return `William Osler (osler)`; me, them and other stay as they are."""
        if id in vocabulary.CANCELLED_BY:
            return id
        return f"{self.names[id]} ({id})" if id in self.names else self._missing(id)

    def record(self, id: str) -> str:
        """Return `g7k3q Submit case report`."""
        return f"{id} {self.names[id]}" if id in self.names else self._missing(id)

    def _missing(self, id: str) -> str:
        return f"{id} ({'unknown' if id in self._unknown else 'deleted'})"

    def anyone(self, id: str) -> str:
        """Return what a review is about: all, a mentor or another record."""
        if id == "all":
            return id
        return self.record(id) if any(char.isdigit() for char in id) else self.person(id)

    @staticmethod
    def day(text: Any) -> str:
        """Return `Sun 3 Jan 2027`, or the text where it is no day."""
        try:
            return dates.say(date.fromisoformat(text))
        except (TypeError, ValueError):
            return generic(text)


def label(key: str) -> str:
    """Return a field's name as people read it."""
    return key.replace("_", " ")


def generic(value: Any) -> str:
    """Return any plain value in words."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, Mapping):
        return ", ".join(f"{label(str(key))}: {generic(item)}" for key, item in value.items() if not hollow(item))
    if isinstance(value, (list, tuple)):
        return ", ".join(generic(item) for item in value)
    return str(value)


def hollow(value: Any) -> bool:
    """Say whether a value is nothing to show: absent or empty (but never no, and never 0)."""
    return value is None or (isinstance(value, (str, list, tuple, Mapping)) and not value)


QUICK = {"worked": "moved", "did_not": "stuck", "changed": "changes"}
"""What a quick review asks in place of what worked, what did not and what changed."""


def in_words(kind: str, field: str, entry: Any, words: Words) -> str:
    """Return one entry of a field of a record in words; keys that mentorlog does not know stand last."""
    say = _SAYERS.get(f"{kind}.{field}") or _SAYERS.get(field)
    if say is None or not isinstance(entry, Mapping):
        return generic(entry)
    left = dict(entry)
    said = say(left, words)
    unknown = generic({key: value for key, value in left.items() if not hollow(value)})
    return _and(said, unknown)


def _and(*parts: Any) -> str:
    return ", ".join(part for part in map(generic, parts) if part)


def _dated(entry: Entry, words: Words, parts: Iterable[Any]) -> str:
    return "  ".join(part for part in (words.day(entry.pop("on", None)), _and(*parts)) if part)


def _progress(entry: Entry, words: Words) -> str:
    percent = entry.pop("percent", None)
    return _dated(entry, words, ["" if percent is None else f"{percent}%", entry.pop("text", None)])


def _history(entry: Entry, words: Words) -> str:
    field, old, new = label(entry.pop("field", "")), entry.pop("old", None), entry.pop("new", None)
    old, new = (dates.said(side, field) if field == "mentors" else words.day(side) or "nothing" for side in (old, new))
    change = f"{field}: {old} → {new}"
    review = entry.pop("review", None)
    return _dated(entry, words, [change, entry.pop("reason", None), f"review {review}" if review else None])


def _status(entry: Entry, words: Words) -> str:
    return _dated(entry, words, [label(entry.pop("status", "")), entry.pop("reason", None)])


def _fit(entry: Entry, words: Words) -> str:
    return _dated(entry, words, [label(entry.pop("answer", "")), entry.pop("comment", None)])


def _round(entry: Entry, words: Words) -> str:
    returned = entry.pop("returned", None)
    back = f"back {words.day(returned)}" if returned else "not back yet"
    comment = entry.pop("comment", None)
    said = re.sub(r"\n{2,}", "\n", comment) if isinstance(comment, str) else comment  # what was said going and coming
    return _and(f"sent {words.day(entry.pop('sent', None))}", back, said)


def _defer(entry: Entry, words: Words) -> str:
    old, new = words.day(entry.pop("old", None)), words.day(entry.pop("new", None))
    return _dated(entry, words, [f"from {old} to {new}" if old else f"to {new}", entry.pop("reason", None)])


def _told(entry: Entry, words: Words) -> str:
    return _and(words.person(entry.pop("mentor", "")), words.day(entry.pop("on", None)))


def _share(entry: Entry, words: Words) -> str:
    on = entry.pop("told_on", None)
    return _and(words.person(entry.pop("mentor", "")), f"told {words.day(on)}" if on else "not told yet")


def _agenda(entry: Entry, words: Words) -> str:
    goal = entry.pop("goal", None)
    box = "[x]" if entry.pop("done", False) else "[ ]"
    text = entry.pop("text", "")
    about = goal if words.names.get(goal) == text else words.record(goal) if goal else ""
    return f"{box} " + _and(text, f"goal {about}" if about else None)


def _verdict(entry: Entry, words: Words) -> str:
    said = f"{words.record(entry.pop('goal', ''))}: {entry.pop('verdict', '')}"
    changes = entry.pop("changes", None) or {}
    moved = [f"{label(str(key))} = {words.day(value)}" for key, value in changes.items()]
    return _and(said, entry.pop("reason", None), *moved)


def _task_verdict(entry: Entry, words: Words) -> str:
    due = entry.pop("due", None)
    said = f"{words.record(entry.pop('task', ''))}: {entry.pop('verdict', '')}"
    return _and(f"{said} to {words.day(due)}" if due else said, entry.pop("reason", None))


def _mentor_verdict(entry: Entry, words: Words) -> str:
    fit, right, pulse = entry.pop("fit", None), entry.pop("cadence_ok", None), entry.pop("pulse", None)
    parts = [
        f"fit {label(fit)}" if fit else None,
        None if right is None else ("cadence all right" if right else "cadence not right"),
        entry.pop("comment", None),
        f"pulse: {', '.join(f'{key} {value}' for key, value in pulse.items() if value)}" if pulse else None,
    ]
    person = words.person(entry.pop("mentor", ""))
    return f"{person}: {_and(*parts)}" if any(parts) else person


def _goal_fact(entry: Entry, words: Words) -> str:
    last, progress = entry.pop("last_evidence", None), entry.pop("progress", None)
    evidence = f"last evidence {words.day(last)}" if last else "no evidence"
    said = _and(evidence, None if progress is None else f"{progress}%")
    return f"{words.record(entry.pop('goal', ''))}: {said}"


def _assessment(entry: Entry, words: Words) -> str:
    rating = f"{entry.pop('area', '')} {entry.pop('rating', '')} of 5"
    return _dated(entry, words, [rating, entry.pop("comment", None)])


def _cadence(entry: Entry, words: Words) -> str:
    every, longest = entry.pop("every_days", None), entry.pop("longest_days", None)
    mode, minutes = entry.pop("mode", None), entry.pop("minutes", None)
    return _and(
        dates.every(every) if every else None,
        f"at the longest {dates.every(longest)}" if longest else None,
        label(mode) if mode else None,
        f"{minutes} minutes" if minutes else None,
    )


def _period(entry: Entry, words: Words) -> str:
    return f"{words.day(entry.pop('start', None))} to {words.day(entry.pop('end', None))}"


_SAYERS: dict[str, Callable[[Entry, Words], str]] = {
    "progress": _progress,
    "history": _history,
    "status_log": _status,
    "fit": _fit,
    "rounds": _round,
    "defers": _defer,
    "told": _told,
    "agenda": _agenda,
    "verdicts": _verdict,
    "assessments": _assessment,
    "cadence": _cadence,
    "period": _period,
    "goal.mentors": _share,
    "review.tasks": _task_verdict,
    "review.mentors": _mentor_verdict,
    "review.facts.goals": _goal_fact,
}
