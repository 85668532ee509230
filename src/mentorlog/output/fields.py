"""How the fields of a record read: a table for each kind, and the words for each nested entry.

Nothing here is safe to show yet: the layout that asks makes each text safe, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.models.views import latest
from mentorlog.output import phrases
from mentorlog.output.phrases import spaced
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.views import View

    EntryFormatter = Callable[["Entry", "Names"], str]

Entry = dict[str, Any]


class Names:
    """The name or title of every record that is linked.

    One that is missing was deleted, unless it is `unknown`: nothing tells that it ever was there.
    """

    def __init__(self, names: Mapping[str, str], unknown: Collection[str] = ()) -> None:
        self.names = names
        self._unknown = unknown

    def person(self, id: str) -> str:
        """Return `William Osler (osler)`; me, them and other stay as they are."""
        if id in vocabulary.CANCELLED_BY:
            return id
        return f"{self.names[id]} ({id})" if id in self.names else self.missing(id)

    def record(self, id: str) -> str:
        """Return `g7k3q Submit case report`."""
        return f"{id} {self.names[id]}" if id in self.names else self.missing(id)

    def scope(self, id: str) -> str:
        """Return what a review is about: all, a mentor or another record."""
        if id == "all":
            return id
        return self.record(id) if any(char.isdigit() for char in id) else self.person(id)

    def missing(self, id: str) -> str:
        """Return the id of a record that is not there."""
        return f"{id} ({'unknown' if id in self._unknown else 'deleted'})"


def format_day(text: Any) -> str:
    """Return `Sun 3 Jan 2027`, or the text where it is no day."""
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
    """Say whether a value is nothing to show: absent or empty (but never no, and never 0)."""
    return value is None or (isinstance(value, (str, list, tuple, Mapping)) and not value)


# Nested entries: each formatter takes what it knows out of the entry, and returns it in words.
def _and(*parts: Any) -> str:
    return ", ".join(part for part in map(format_value, parts) if part)


def _dated(entry: Entry, *parts: Any) -> str:
    return "  ".join(part for part in (format_day(entry.pop("on", None)), _and(*parts)) if part)


def _day(entry: Entry, key: str) -> str:
    return format_day(entry.pop(key, None))


def _percent(entry: Entry, key: str) -> str:
    percent = entry.pop(key, None)
    return "" if percent is None else f"{percent}%"


def _word_of(key: str, text: str) -> EntryFormatter:
    """Return the formatter of dated entries that have a word and a text."""
    return lambda entry, names: _dated(entry, spaced(entry.pop(key, "")), entry.pop(text, None))


def _progress(entry: Entry, names: Names) -> str:
    return _dated(entry, _percent(entry, "percent"), entry.pop("text", None))


def _history(entry: Entry, names: Names) -> str:
    field, review = entry.pop("field", ""), entry.pop("review", None)
    sides = entry.pop("old", None), entry.pop("new", None)
    old, new = (dates.said(one, field) if field == "mentors" else format_day(one) or "nothing" for one in sides)
    change = f"{spaced(field)}: {old} → {new}"
    return _dated(entry, change, entry.pop("reason", None), f"review {review}" if review else None)


def _round(entry: Entry, names: Names) -> str:
    comment = entry.pop("comment", None)
    if isinstance(comment, str):  # what was written going and coming is one entry
        comment = re.sub(r"\n{2,}", "\n", comment)
    returned = _day(entry, "returned")
    return _and(f"sent {_day(entry, 'sent')}", f"back {returned}" if returned else "not back yet", comment)


def _defer(entry: Entry, names: Names) -> str:
    old, new = _day(entry, "old"), _day(entry, "new")
    return _dated(entry, f"from {old} to {new}" if old else f"to {new}", entry.pop("reason", None))


def _told(entry: Entry, names: Names) -> str:
    return _and(names.person(entry.pop("mentor", "")), _day(entry, "on"))


def _share(entry: Entry, names: Names) -> str:
    told = _day(entry, "told_on")
    return _and(names.person(entry.pop("mentor", "")), f"told {told}" if told else "not told yet")


def _agenda(entry: Entry, names: Names) -> str:
    goal, text = entry.pop("goal", None), entry.pop("text", "")
    box = "[x]" if entry.pop("done", False) else "[ ]"
    about = goal if names.names.get(goal) == text else names.record(goal) if goal else ""
    return f"{box} " + _and(text, f"goal {about}" if about else None)


def _verdict(entry: Entry, names: Names) -> str:
    verdict, changes = entry.pop("verdict", ""), entry.pop("changes", None) or {}
    changed = (f"{spaced(str(key))} = {format_day(value)}" for key, value in changes.items())
    return _and(f"{names.record(entry.pop('goal', ''))}: {verdict}", entry.pop("reason", None), *changed)


def _task_verdict(entry: Entry, names: Names) -> str:
    verdict, due = entry.pop("verdict", ""), _day(entry, "due")
    task = names.record(entry.pop("task", ""))
    return _and(f"{task}: {verdict}{f' to {due}' if due else ''}", entry.pop("reason", None))


def _mentor_verdict(entry: Entry, names: Names) -> str:
    fit, right, pulse = entry.pop("fit", None), entry.pop("cadence_ok", None), entry.pop("pulse", None)
    parts = _and(
        f"fit {spaced(fit)}" if fit else None,
        None if right is None else f"cadence {'all right' if right else 'not right'}",
        entry.pop("comment", None),
        f"pulse: {', '.join(f'{key} {value}' for key, value in pulse.items() if value)}" if pulse else None,
    )
    return ": ".join(filter(None, [names.person(entry.pop("mentor", "")), parts]))


def _goal_fact(entry: Entry, names: Names) -> str:
    last = _day(entry, "last_evidence")
    evidence = f"last evidence {last}" if last else "no evidence"
    return f"{names.record(entry.pop('goal', ''))}: {_and(evidence, _percent(entry, 'progress'))}"


def _assessment(entry: Entry, names: Names) -> str:
    return _dated(entry, f"{entry.pop('area', '')} {entry.pop('rating', '')} of 5", entry.pop("comment", None))


def _cadence(entry: Entry, names: Names) -> str:
    keys = ("every_days", "longest_days", "mode", "minutes")
    return _and(*phrases.cadence({key: entry.pop(key, None) for key in keys}))


def _period(entry: Entry, names: Names) -> str:
    return f"{_day(entry, 'start')} to {_day(entry, 'end')}"


FORMATTERS: Mapping[str, Callable[[Names, Any], str]] = {
    "day": lambda names, value: format_day(value),
    "instant": lambda names, value: f"{format_day(value[:10])} {value[11:16]}",
    "person": Names.person,
    "rating": lambda names, value: f"{value} of 5",
    "record": Names.record,
    "scope": Names.scope,
    "word": lambda names, value: spaced(value),
}
"""How a value is written; of the formats "line" and "prose", and of unknown fields, it is written as it is."""


class Field(Value):
    """What a field is called, how its values read, and whether the heading of its record shows it already.

    `format` is one of FORMATTERS, "line", "prose" or nothing; `entry` puts a nested table in words.
    """

    label: str
    format: str = ""
    in_heading: bool = False
    entry: EntryFormatter | None = None

    def text(self, value: Any, names: Names) -> str:
        """Return one value, or one entry of a list; keys of an entry that mentorlog does not know stand last."""
        if isinstance(value, Mapping) and self.entry:
            left = dict(value)
            text = self.entry(left, names)
            return _and(text, {key: item for key, item in left.items() if not is_empty(item)})
        fits = isinstance(value, int if self.format == "rating" else str)
        formatter = FORMATTERS.get(self.format)
        return formatter(names, value) if formatter and fits else format_value(value)

    def paragraphs(self, value: Any, names: Names) -> list[str]:
        """Return a value as paragraphs: entries, people, records and sentences have one each."""
        if not isinstance(value, (list, tuple)):
            return [self.text(value, names)]
        texts = [self.text(item, names) for item in value]
        if self.format in ("line", "person", "record") or any(isinstance(item, Mapping) for item in value):
            return texts
        return [("; " if any("," in text for text in texts) else ", ").join(texts)]


def _table(
    *, heading: str = "", labels: Mapping[str, str] = {}, entries: Mapping[str, EntryFormatter] = {}, **formats: str
) -> dict[str, Field]:
    """Return the fields of a table by name; `formats` gives for a format the fields that have it."""
    format_of = {name: format for format, names in formats.items() for name in names.split()}
    shown = heading.split()
    return {
        name: Field(labels.get(name) or spaced(name), format_of.get(name, ""), name in shown, entries.get(name))
        for name in [*shown, *format_of, *entries, *labels]
    }


def _kind(**formats: Any) -> dict[str, Field]:
    return _RECORD | _table(**formats)


_RECORD = _table(heading="record id", line="links", instant="created", prose="notes")
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "mentor": _kind(
        heading="name status",
        day="started term_ends",
        person="introduced_by",
        word="proximity roles my_role formality model origin",
        prose="purpose qualities conflict_of_interest",
        entries={"cadence": _cadence, "status_log": _word_of("status", "reason"), "fit": _word_of("answer", "comment")},
    ),
    "goal": _kind(
        heading="title status",
        day="by closed_on",
        record="parent",
        word="domain",
        prose="why measure baseline",
        entries={"mentors": _share, "progress": _progress, "history": _history},
    ),
    "task": _kind(
        heading="title status",
        day="due done_on",
        person="owner assigned_by helps",
        record="goal meeting",
        prose="instructions deliverable outcome",
        entries={"rounds": _round, "defers": _defer},
    ),
    "meeting": _kind(
        heading="kind on at status",
        day="on",
        person="mentors",
        word="mode",
        line="decisions",
        rating="usefulness",
        prose="feeling",
        entries={"agenda": _agenda},
    ),
    "note": _kind(
        heading="kind on status text",
        day="on closed_on",
        person="mentors",
        record="goal meeting",
        prose="outcome",
        entries={"told": _told},
    ),
    "review": _kind(
        heading="kind on",
        day="on next_on",
        scope="scope",
        record="added_goals",
        prose="worked did_not changed unlearned",
        entries={"period": _period, "verdicts": _verdict, "tasks": _task_verdict, "mentors": _mentor_verdict},
    ),
    "profile": _kind(heading="name", word="stage", entries={"assessments": _assessment}),
    "expectations": _table(
        day="asked_on",
        line="mine theirs off_limits not_looking_for",
        labels={"mine": "my expectations", "theirs": "their expectations"},
    ),
    "closure": _table(
        day="on",
        person="handed_to",
        word="kind",
        labels={"on": "closed on", "kind": "closed as", "worked": "what worked", "did_not": "what did not"},
    ),
    "facts": _table(entries={"goals": _goal_fact}),
}
"""The fields of each kind, and of the tables within a record that are shown field by field."""

COUNTERS: Mapping[str, tuple[str, ...]] = {
    "meetings": ("meetings_held", "meetings_cancelled_by_me", "meetings_cancelled_by_them", "meetings_missed"),
    "my tasks": ("tasks_done", "tasks_open", "tasks_late"),
    "their promises": ("promises_kept", "promises_open"),
}
"""The facts of a review that are counted, by what they count."""

QUICK = {"worked": "moved", "did_not": "stuck", "changed": "changes"}
"""What a quick review asks in place of what worked, what did not and what changed."""


def field_of(view: View, name: str) -> Field:
    """Return the field of a record by its name; one that its kind does not have shows any value as it is."""
    kind = str(view.get("record"))
    if kind == "review" and name in QUICK and view.get("kind") == "quick":
        return Field(QUICK[name], "prose")
    return FIELDS.get(kind, _RECORD).get(name) or Field(spaced(name))


def field_lines(view: View, name: str, value: Any, names: Names) -> Iterator[tuple[str, list[str]]]:
    """Yield the label and the paragraphs of a field; of a table those of each of its own fields."""
    if (view.get("record"), name) == ("mentor", "closure") and isinstance(value, list):
        value = latest(value) or {}
    if not isinstance(value, Mapping) or name not in ("expectations", "closure", "facts"):
        field = field_of(view, name)
        yield field.label, field.paragraphs(value, names)
        return
    groups = COUNTERS if name == "facts" else {}
    for label, counters in groups.items():
        yield label, [format_counters(value, counters)]
    counted = {counter for counters in groups.values() for counter in counters}
    for key, item in value.items():
        if key not in counted and not is_empty(item):
            field = FIELDS[name].get(key) or Field(spaced(key))
            yield field.label, field.paragraphs(item, names)


def counter_word(name: str) -> str:
    """Return what a counter counts within its group: `held`, `cancelled by me`."""
    return spaced(name.partition("_")[2])


def format_counters(facts: Mapping[str, Any], counters: Iterable[str]) -> str:
    """Return the counters that are not none: `7 held, 1 cancelled by me`."""
    return phrases.tally((facts.get(name), counter_word(name)) for name in counters)
