"""The tables of the CSV export: their columns in order, ids first and prose last, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mentorlog import vocabulary
from mentorlog.domain import loop
from mentorlog.domain.order import in_order
from mentorlog.domain.resolving import choices
from mentorlog.models.counts import amount, percent
from mentorlog.models.fields import Kind, class_of, spec
from mentorlog.output.conflicts import answers
from mentorlog.output.fields import Names

if TYPE_CHECKING:
    from mentorlog.domain.audience import Selection
    from mentorlog.models import view_types as types
    from mentorlog.models.views import View

Row = dict[str, Any]
"""Values by column: None, a number, a text, or a list of texts."""


class Table(NamedTuple):
    """The kinds of records that it is made of, the names of the columns, and the rows of a selection."""

    kinds: Sequence[str]
    columns: Sequence[str]
    rows: Callable[[Selection], Iterator[Row]]


def _of_kind(kind: str, columns: Sequence[str], more: Callable[[Any, _Known], Row]) -> Table:
    """Return the table of a kind of record: its fields, and `more` columns made of them and of other records."""

    def rows(selection: Selection) -> Iterator[Row]:
        known = _Known(selection)
        for view in in_order(_shown(selection, kind)):
            yield known.row(class_of(kind), view) | more(view, known)

    return Table((kind,), columns, rows)


def _shown(selection: Selection, kind: str) -> list[View]:
    """Return the records of a kind; goals of mentees only for themselves, as no column says whose they are."""
    reader = selection.audience.mentor
    return [one for one in selection.of(kind) if kind != "goal" or not one["whose"] or one["whose"] == reader]


class _Known:
    """What a row tells of other records: only those that go to the audience count, and are named."""

    def __init__(self, selection: Selection) -> None:
        self._names, self._hidden = selection.names, selection.hidden
        self.held: dict[str, list[str]] = {}
        self.evidence: dict[str, str] = {}
        for view in (*selection.views, *selection.counted):
            for goal, day in loop.evidence(view):
                self.evidence[goal] = max(day, self.evidence.get(goal, ""))
            if view["record"] == "meeting" and view["status"] == "held":
                for mentor in view["mentors"]:
                    self.held.setdefault(mentor, []).append(view["on"])

    def row(self, kind: Kind, view: Mapping[str, Any]) -> Row:
        """Return the fields of a record or part, without ids of records that may not be named."""
        fields = spec(kind)
        return {
            name: self.ids(value, fields[name].alternative) if name in fields and fields[name].target_kinds else value
            for name, value in view.items()
        }

    def ids(self, value: Any, alternative: str = "") -> Any:
        """Return an id, or those of a list, that may be named; else None."""
        if isinstance(value, list):
            return [id for id in value if self.ids(id)]
        return value if value in self._names or value == alternative else None

    def past(self, id: str) -> str:
        """Return an id of the past that may be named; of a withheld record only its kind, of a deleted one nothing."""
        return self.ids(id) or (f"a private {self._hidden[id]}" if id in self._hidden else "")


# The columns that are not fields


def row_of(view: Mapping[str, Any]) -> Row:
    """Return the values of a record by column, without those that are made of other records too."""
    make = _OWN.get(view["record"])
    return {**view, **(make(view) if make else {})}


def _own_mentor(view: Any) -> Row:
    cadence: Mapping[str, Any] = view["cadence"] or {}
    return {key: cadence.get(key) for key in ("every_days", "longest_days")}


def _own_goal(view: Any) -> Row:
    mentors = [share["mentor"] for share in view["mentors"]]
    return {"mentors": mentors, "percent": percent(view), "count": amount(view)}


def _own_meeting(view: Any) -> Row:
    return {"agenda": [f"[{'x' if point['done'] else ' '}] {point['text']}" for point in view["agenda"]]}


_OWN: Mapping[str, Callable[[Any], Row]] = {"mentor": _own_mentor, "goal": _own_goal, "meeting": _own_meeting}


def _mentor(view: types.MentorView, known: _Known) -> Row:
    held = known.held.get(view["id"], [])
    return {**_own_mentor(view), "last_held": max(held, default=None), "meetings_held": len(held)}


def _goal(view: types.GoalView, known: _Known) -> Row:
    own = _own_goal(view)
    return {**own, "mentors": known.ids(own["mentors"]), "last_evidence": known.evidence.get(view["id"])}


def _task(view: types.TaskView, known: _Known) -> Row:
    return {"rounds": len(view["rounds"]), "defers": len(view["defers"])}


def _meeting(view: types.MeetingView, known: _Known) -> Row:
    goals = known.ids(list(dict.fromkeys(point["goal"] for point in view["agenda"] if point["goal"])))
    return {**_own_meeting(view), "goals": goals}


def _note(view: types.NoteView, known: _Known) -> Row:
    return {"told": known.ids([entry["mentor"] for entry in view["told"]])}


_COUNTS = (
    *("meetings_held", "meetings_cancelled_by_me", "meetings_cancelled_by_them", "meetings_missed"),
    *("tasks_done", "tasks_late", "tasks_open", "promises_kept", "promises_open"),
)


def _review(view: types.ReviewView, known: _Known) -> Row:
    facts: Mapping[str, Any] = view["facts"] or {}
    period: Mapping[str, Any] = view["period"] or {}
    days = {f"period_{end}": period.get(end) for end in ("start", "end")}
    return {**days, **{name: facts.get(name) for name in _COUNTS}}


# The tables of what is within records


def _progress(selection: Selection) -> Iterator[Row]:
    for goal in in_order(_shown(selection, "goal")):
        yield from ({"goal": goal["id"], **entry} for entry in goal["progress"])


def _changes(selection: Selection) -> Iterator[Row]:
    known = _Known(selection)
    for goal in in_order(_shown(selection, "goal")):
        for entry in goal["history"]:
            values = {key: _past(known, entry["field"], entry[key]) for key in ("old", "new")}
            yield {"record": goal["id"], **entry, **values}
    for task in in_order(selection.of("task")):
        yield from ({"record": task["id"], "field": "due", **entry} for entry in task["defers"])


def _past(known: _Known, field: str, text: str | None) -> str | None:
    """Return a past value of a goal, with only those ids that may be named."""
    if text and field == "parent":
        return known.past(text) or None
    if text and field in ("mentors", "with"):  # like `osler (told 2026-10-04), curie`
        ids = [share.partition(" ")[0] for share in text.split(", ")]
        return ", ".join(filter(None, map(known.past, ids))) or None
    return text


def _verdicts(selection: Selection) -> Iterator[Row]:
    from mentorlog.models.review import Verdict

    known = _Known(selection)
    for review in in_order(selection.of("review")):
        yield from ({"review": review["id"], **known.row(Verdict, entry)} for entry in review["verdicts"])


def _ratings(selection: Selection) -> Iterator[Row]:
    yield from (dict(entry) for entry in selection.profile["assessments"])


def _conflicts(selection: Selection) -> Iterator[Row]:
    """Yield what waits for a choice: the value shown now, and each other one, or the two passages."""
    names = Names(selection.names)
    for view in (selection.profile, *selection.views):
        for choice in choices(class_of(view["record"]), view):
            first, *others = answers(choice, view, names)
            about = {"record": view["id"], "field": choice.name, "shown": first}
            yield from ({**about, "other": other} for other in others)


TABLES: Mapping[str, Table] = {
    "mentors": _of_kind(
        "mentor",
        (
            *("id", "name", "status", "roles", "domains", "email", "phone", "department", "institution"),
            *("program", "proximity", "my_role", "formality", "model", "origin", "met_via"),
            *("introduced_by", "started", "term_ends", "every_days", "longest_days", "last_held"),
            *("meetings_held", "purpose", "tags", "visibility", "created", "notes"),
        ),
        _mentor,
    ),
    "goals": _of_kind(
        "goal",
        (
            *("id", "title", "status", "by", "domain", "competency", "horizon", "priority", "mentors"),
            *("percent", "last_evidence", "parent", "closed_on", "why", "measure", "baseline", "tags"),
            *("visibility", "created", "notes", "target", "unit", "count"),
        ),
        _goal,
    ),
    "tasks": _of_kind(
        "task",
        (
            *("id", "title", "status", "owner", "assigned_by", "due", "done_on", "priority", "goal"),
            *("meeting", "helps", "deliverable", "rounds", "defers", "instructions", "outcome", "tags"),
            *("visibility", "created", "notes"),
        ),
        _task,
    ),
    "meetings": _of_kind(
        "meeting",
        (
            *("id", "on", "at", "status", "mentors", "kind", "mode", "minutes", "cancelled_by", "goals"),
            *("agenda", "decisions", "tags", "visibility", "created", "notes"),
        ),
        _meeting,
    ),
    "notes": _of_kind(
        "note",
        (
            *("id", "on", "kind", "status", "mentors", "goal", "meeting", "told", "closed_on", "text"),
            *("outcome", "tags", "visibility", "created"),
        ),
        _note,
    ),
    "reviews": _of_kind(
        "review",
        (
            *("id", "on", "kind", "scope", "period_start", "period_end"),
            *_COUNTS,
            *("worked", "did_not", "changed", "unlearned", "next_on", "visibility", "created", "notes"),
        ),
        _review,
    ),
    "progress": Table(("goal",), ("goal", "on", "percent", "text", "count"), _progress),
    "changes": Table(("goal", "task"), ("record", "field", "on", "old", "new", "reason"), _changes),
    "verdicts": Table(("review",), ("review", "goal", "verdict", "reason"), _verdicts),
    "ratings": Table(("profile",), ("on", "area", "rating", "comment"), _ratings),
    "conflicts": Table((*vocabulary.RECORD_KINDS, "profile"), ("record", "field", "shown", "other"), _conflicts),
}
"""The tables by name; their columns are only ever added to."""
