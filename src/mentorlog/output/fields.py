"""The labels of fields and their values in words; the caller makes them safe."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mentorlog import dates, ids, vocabulary
from mentorlog.output import phrases
from mentorlog.output.text import spaced
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.views import View

    EntryFormatter = Callable[["_Entry", "Names"], str]


class Names:
    """The names of linked records; one without a name was deleted, or is `unknown`."""

    def __init__(self, names: Mapping[str, str], unknown: Collection[str] = ()) -> None:
        self.names = names
        self._unknown = unknown

    def person(self, id: str) -> str:
        """Return `William Osler (osler)`; me, them and other are unchanged."""
        if id in vocabulary.CANCELLED_BY:
            return id
        return f"{self.names[id]} ({id})" if id in self.names else self.missing(id)

    def record(self, id: str) -> str:
        """Return `g7k3q Submit case report`."""
        return f"{id} {self.names[id]}" if id in self.names else self.missing(id)

    def scope(self, id: str) -> str:
        """Return the scope of a review: all, a mentor or another record."""
        if id == "all":
            return id
        return self.record(id) if ids.is_id(id) else self.person(id)

    def missing(self, id: str) -> str:
        """Return the id of a missing record, with why it is missing."""
        return f"{id} ({'unknown' if id in self._unknown else 'deleted'})"


def format_day(text: Any) -> str:
    """Return `Sun 3 Jan 2027`, or the text if it is not a date."""
    try:
        return dates.say(date.fromisoformat(text))
    except (TypeError, ValueError):
        return format_value(text)


def format_value(value: Any) -> str:
    """Return any plain value in words."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, Mapping):
        shown = ((key, item) for key, item in value.items() if not is_empty(item))
        return ", ".join(f"{spaced(str(key))}: {format_value(item)}" for key, item in shown)
    return ", ".join(map(format_value, value)) if isinstance(value, (list, tuple)) else str(value)


def is_empty(value: Any) -> bool:
    """Return whether a value is absent or empty; False and 0 are not."""
    return value is None or (isinstance(value, (str, list, tuple, Mapping)) and not value)


_CADENCE = ("every_days", "longest_days", "mode", "minutes")


class _Entry(dict[str, Any]):
    """A nested entry; a formatter takes out the keys that it formats."""

    def take(self, key: str) -> Any:
        return self.pop(key, "")

    def day(self, key: str, before: str = "") -> str:
        day = format_day(self.take(key))
        return f"{before}{day}" if day else ""

    def percent(self, key: str) -> str:
        percent = self.take(key)
        return "" if percent in (None, "") else f"{percent}%"

    def word(self, key: str, before: str = "") -> str:
        word = self.take(key)
        return f"{before}{spaced(word)}" if word else ""

    def yes_or_no(self, key: str) -> str:
        return {True: key, False: f"not {key}"}.get(self.take(key), "")

    def dated(self, *parts: Any) -> str:
        return "  ".join(filter(None, (self.day("on"), _commas(*parts))))


def _commas(*parts: Any) -> str:
    return ", ".join(filter(None, map(format_value, parts)))


def _history(entry: _Entry, names: Names) -> str:
    field, review = entry.take("field"), entry.take("review")
    sides = entry.take("old"), entry.take("new")
    old, new = (dates.format_value(one, field) if field == "mentors" else format_day(one) or "none" for one in sides)
    change = f"{spaced(field)}: {old} → {new}"
    return entry.dated(change, entry.take("reason"), f"review {review}" if review else None)


def _out_of(entry: _Entry) -> str:
    value, of = entry.take("value"), entry.take("of")
    return format_value(value) if of in (None, "") else f"{value} of {of}"


def _span(entry: _Entry) -> str:
    return phrases.from_to(entry.day("from"), entry.day("to"))


def format_agreed(what: Mapping[str, Any] | None) -> str:
    """Return what both agreed to in one line, unknown keys last."""
    from mentorlog.domain.agreement import FIELDS  # few records have a version
    from mentorlog.output.terms import in_words

    others = {key: value for key, value in (what or {}).items() if key not in FIELDS}
    return "; ".join(filter(None, [in_words(what), format_value(others)]))


def _letter(entry: _Entry, names: Names) -> str:
    reminded = ", ".join(map(format_day, entry.take("reminded")))
    return _commas(
        f"for {entry.take('for')}",
        entry.word("to", "to "),
        entry.day("asked_on", "asked "),
        " ".join(filter(None, (entry.word("answer", "answer: "), entry.day("answered_on", "on ")))),
        entry.day("packet_on", "packet sent "),
        f"reminded {reminded}" if reminded else None,
        entry.day("received_on", "received "),
    )


def _reached(entry: _Entry) -> str:
    """Return how far a goal was at a review; with a target in numbers, which say more than the percentage."""
    percent, count, target = entry.percent("progress"), entry.take("count"), entry.take("target")
    return percent if count in (None, "") else f"{count} of {target}"


def _round(entry: _Entry, names: Names) -> str:
    comment, back = entry.take("comment"), entry.day("returned", "returned ") or "not returned yet"
    if isinstance(comment, str):  # the comments of both directions are one entry
        comment = re.sub(r"\n{2,}", "\n", comment)
    return _commas(f"sent {entry.day('sent')}", back, comment)


def _agenda(entry: _Entry, names: Names) -> str:
    goal, text = entry.take("goal"), entry.take("text")
    box = "[x]" if entry.take("done") else "[ ]"
    about = goal if names.names.get(goal) == text else names.record(goal) if goal else ""
    return f"{box} " + _commas(text, f"goal {about}" if about else None)


def _verdict(entry: _Entry, names: Names) -> str:
    changes = (f"{spaced(str(key))} = {format_day(value)}" for key, value in (entry.take("changes") or {}).items())
    goal = names.record(entry.take("goal"))
    return _commas(f"{goal}: {entry.take('verdict')}", entry.take("reason"), *changes)


def _task_verdict(entry: _Entry, names: Names) -> str:
    verdict = f"{entry.take('verdict')}{entry.day('due', ' to ')}"
    return _commas(f"{names.record(entry.take('task'))}: {verdict}", entry.take("reason"))


def _mentor_verdict(entry: _Entry, names: Names) -> str:
    fit, pulse = entry.take("fit"), entry.take("pulse") or {}
    rated = ", ".join(f"{key} {value}" for key, value in pulse.items() if value)
    parts = _commas(
        f"fit {spaced(fit)}" if fit else None,
        entry.word("comfort", "comfortable: "),
        {True: "cadence works", False: "cadence does not work"}.get(entry.take("cadence_ok")),
        entry.take("comment"),
        f"pulse: {rated}" if pulse else None,
    )
    return ": ".join(filter(None, [names.person(entry.take("mentor")), parts]))


def _cv(entry: _Entry, names: Names) -> str:
    words = [entry.take(key) for key in ("role", "title", "authors", "venue", "place")]
    span = "–".join(filter(None, (entry.take("start"), entry.take("end"))))
    state, scope = (spaced(entry.take(key) or "") for key in ("state", "scope"))
    return f"{spaced(entry.take('section'))}: {_commas(*words, span, state, scope)}".removesuffix(": ")


FORMATTERS: Mapping[Any, Callable[[Names, Any], str]] = {
    "day": lambda names, value: format_day(value),
    "instant": lambda names, value: f"{format_day(value[:10])} {value[11:16]}",
    "person": Names.person,
    "rating": lambda names, value: f"{value} of 5",
    "record": Names.record,
    "scope": Names.scope,
    "word": lambda names, value: spaced(value),
}
"""How values are formatted; those of the formats "line" and "prose", or of none, are unchanged."""

_FORMATS = {
    "day": "asked_on by closed_on done_on due next_on on recap_on revisit_on started term_ends thanked_on "
    "training_ends",
    "instant": "created",
    "line": "decisions links mine not_looking_for off_limits options theirs",
    "prose": "aims asks baseline changed confidentiality conflict_of_interest credit deliverable did_not feedback "
    "feeling instructions measure notes outcome perspective purpose qualities support unlearned wellbeing why worked",
    "rating": "usefulness",
    "word": "domain formality mode model my_role origin proximity reasons result roles scheduled_by stage",
}


def _conflict(entry: _Entry, names: Names) -> str:
    """Return what was written beside what is shown: the passages that are both in a text, or the other value."""
    passages, place = entry.take("both") or (), entry.take("field") or entry.take("at")
    what = " / ".join(passages) or format_value(entry.take("other"))
    return f"{place.rstrip('.')}: {what}" if place else what


SHARED: Mapping[str, str | EntryFormatter] = {
    **{name: format for format, names in _FORMATS.items() for name in names.split()},
    "conflicts": _conflict,
}
"""The formats of the fields that are the same in every record and table."""

BY_KIND: Mapping[str, Mapping[str, str | EntryFormatter]] = {
    "mentor": {
        "introduced_by": "person",
        "cadence": lambda entry, names: _commas(*phrases.cadence({key: entry.take(key) for key in _CADENCE})),
        "status_log": lambda entry, names: entry.dated(spaced(entry.take("status")), entry.take("reason")),
        "agreed": lambda entry, names: entry.dated(format_agreed(entry.take("what"))),
        "comfort": lambda entry, names: entry.dated(
            entry.word("mine", "me: "), entry.word("theirs", "them: "), entry.take("comment")
        ),
        "fit": lambda entry, names: entry.dated(
            spaced(entry.take("answer")), *map(entry.yes_or_no, vocabulary.FIT_TESTS), entry.take("comment")
        ),
    },
    "goal": {
        **{"parent": "record", "asked_by": "person", "whose": "person"},
        "mentors": lambda entry, names: _commas(
            names.person(entry.take("mentor")), entry.day("told_on", "told ") or "not told yet"
        ),
        "progress": lambda entry, names: entry.dated(
            format_value(entry.take("count")), entry.percent("percent"), entry.take("text")
        ),
        "history": _history,
    },
    "task": {
        **dict.fromkeys(("owner", "assigned_by", "helps"), "person"),
        **{"goal": "record", "meeting": "record", "rounds": _round, "letter": _letter},
        "defers": lambda entry, names: entry.dated(
            f"{entry.day('old', 'from ')} to {entry.day('new')}".lstrip(), entry.take("reason")
        ),
    },
    "meeting": {"mentors": "person", "agenda": _agenda},
    "note": {
        **{"mentors": "person", "goal": "record", "meeting": "record", "decision": "record"},
        "cv": _cv,
        "told": lambda entry, names: _commas(names.person(entry.take("mentor")), entry.day("on")),
    },
    "review": {
        **{"scope": "scope", "added_goals": "record"},
        "period": lambda entry, names: f"{entry.day('start')} to {entry.day('end')}",
        **{"verdicts": _verdict, "tasks": _task_verdict, "mentors": _mentor_verdict},
        "discussed": lambda entry, names: entry.dated(names.person(entry.take("mentor")), entry.take("comment")),
    },
    "profile": {
        "cv": _cv,
        "assessments": lambda entry, names: entry.dated(
            f"{entry.take('area')} {entry.take('rating')} of 5", entry.take("competency"), entry.take("comment")
        ),
        "numbers": lambda entry, names: entry.dated(f"{entry.take('name')}: {_out_of(entry)}"),
        "stages": lambda entry, names: _commas(
            entry.word("stage"), entry.take("level"), entry.take("institution"), _span(entry)
        ),
        "blocks": lambda entry, names: f"{entry.take('name')}: {_span(entry)} ({entry.take('load')})",
        "time": lambda entry, names: f"{entry.take('area')} {entry.percent('percent')}",
    },
    "closure": {"handed_to": "person", "kind": "word"},
    "facts": {
        "goals": lambda entry, names: (
            f"{names.record(entry.take('goal'))}: "
            + _commas(entry.day("last_evidence", "last evidence ") or "no evidence", _reached(entry))
        ),
        "entered_late": "record",
    },
}
"""The formats of references and of nested entries, by kind of record or table within one."""

_LABELS: Mapping[str, Mapping[str, str]] = {
    "": {"source": "imported from"},
    "expectations": {"mine": "my expectations", "theirs": "their expectations"},
    "meeting": {"recap_on": "recap sent"},
    "closure": {"on": "closed on", "kind": "closed as", "worked": "what worked", "did_not": "what did not"},
}

COUNTERS: Mapping[str, tuple[str, ...]] = {
    "meetings": ("meetings_held", "meetings_cancelled_by_me", "meetings_cancelled_by_them", "meetings_missed"),
    "my tasks": ("tasks_done", "tasks_open", "tasks_late"),
    "their promises": ("promises_kept", "promises_open"),
}
"""The counters of a review, in groups."""

QUICK = {"worked": "moved", "did_not": "stuck", "changed": "changes"}
"""The labels of a quick review for what worked, what did not and what changed."""


class Field(Value):
    """A label, and a format: one of FORMATTERS, "line", "prose", "" or a formatter of entries."""

    label: str
    format: str | EntryFormatter = ""

    def text(self, value: Any, names: Names) -> str:
        """Return one value or entry; the unknown keys of an entry come last."""
        if isinstance(value, Mapping) and callable(self.format):
            entry = _Entry(value)
            return _commas(self.format(entry, names), {key: item for key, item in entry.items() if not is_empty(item)})
        fits = isinstance(value, int if self.format == "rating" else str)
        formatter = FORMATTERS.get(self.format)
        return formatter(names, value) if formatter and fits else format_value(value)

    def paragraphs(self, value: Any, names: Names) -> list[str]:
        """Return a value as paragraphs: one each for entries, people, records and sentences."""
        if not isinstance(value, (list, tuple)):
            return [self.text(value, names)]
        texts = [self.text(item, names) for item in value]
        if self.format in ("line", "person", "record") or any(isinstance(item, Mapping) for item in value):
            return texts
        return [("; " if any("," in text for text in texts) else ", ").join(texts)]


def field(kind: str, name: str) -> Field:
    """Return a field of a kind of record or of a table within one, known or not."""
    format = BY_KIND.get(kind, {}).get(name) or SHARED.get(name, "")
    return Field(_LABELS.get(kind, {}).get(name) or _LABELS[""].get(name) or spaced(name), format)


def field_of(view: View, name: str) -> Field:
    """Return a field of a record by its name."""
    if name in QUICK and view.get("record") == "review" and view.get("kind") == "quick":
        return Field(QUICK[name], "prose")
    return field(str(view.get("record")), name)


def field_lines(view: View, name: str, value: Any, names: Names) -> Iterator[tuple[str, list[str]]]:
    """Yield the label and the paragraphs of a field; for a table, those of each of its fields."""
    if (view.get("record"), name) == ("mentor", "closure") and isinstance(value, list):
        for closure in reversed(value):
            yield from field_lines(view, name, closure, names)
        return
    if (view.get("record"), name) == ("goal", "progress") and view.get("target") is not None:
        from mentorlog.models.counts import step  # few goals have a target

        value = [{**entry, "count": step(view, entry)} if entry["count"] is not None else entry for entry in value]
    if not isinstance(value, Mapping) or name not in ("expectations", "closure", "facts"):
        own = field_of(view, name)
        yield own.label, own.paragraphs(value, names)
        return
    counters = COUNTERS if name == "facts" else {}
    for label, counted in counters.items():
        yield label, [format_counters(value, counted)]
    for key, item in value.items():
        if not is_empty(item) and not any(key in counted for counted in counters.values()):
            inner = field(name, key)
            yield inner.label, inner.paragraphs(item, names)


def counter_word(name: str) -> str:
    """Return the label of a counter within its group: `held`, `cancelled by me`."""
    return spaced(name.partition("_")[2])


def format_counters(facts: Mapping[str, Any], counters: Iterable[str]) -> str:
    """Return the counters above zero: `7 held, 1 cancelled by me`."""
    return phrases.tally((facts.get(name), counter_word(name)) for name in counters)
