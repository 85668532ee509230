"""The choices of a record: what two machines wrote for one thing, and how one of them is decided. Pure.

A conflict has values that are not shown, or two passages that both stand in a text. Conflicts over the same fields are
one choice. Whatever sets a field, or rewrites one of the passages, ends its conflicts.
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import MISSING, replace

from mentorlog.domain.merging import passages
from mentorlog.domain.merging.records import canonical, entry_name, in_line
from mentorlog.errors import MentorlogError
from mentorlog.models.fields import class_of, spec, units
from mentorlog.models.record import Part, as_data
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    Table = Mapping[str, Any]
    Path = tuple[str | int, ...]
    Kind = type[Part]
    Place = tuple[Path, Kind | None, Table]
    Validate = Callable[[Kind, Table], Any]

OPEN, GONE, NOTED, SETTLED = "open", "gone", "noted", "settled"
"""A choice to be made; one whose entry is no longer there; one that only tells of two running totals, as both entries
stay; one of which nothing is left to choose."""


class Choice(Value):
    """One thing of which a record has several values, or a text with two versions of a passage."""

    name: str
    """As `set` names it: `title`, `rounds.1.returned`; of fields that do not belong together, with commas."""
    path: Path
    """The table within the record, as keys and places in lists."""
    units: tuple[tuple[str, ...], ...]
    """The fields of the table that it is about; each with those that say nothing without it."""
    values: tuple[Table, ...]
    """What can be chosen, by field: first what is shown now, then the others."""
    passages: tuple[str, ...]
    """The first and the second of two passages, or the two totals."""
    state: str
    conflicts: tuple[int, ...]
    """The places of its conflicts in the list of the record."""

    @property
    def field(self) -> str:
        """The first field that it is about."""
        return self.units[0][0]

    @property
    def fields(self) -> list[str]:
        """All fields that it is about."""
        return [name for unit in self.units for name in unit]

    @property
    def answers(self) -> int:
        """How many answers it has, from 1: the values; or both passages, only the first, only the second."""
        return 1 if self.state != OPEN else 3 if self.passages else len(self.values)


# Finding them


def choices(kind: Kind, data: Table) -> list[Choice]:
    """Return the choices of a record, in plain data or as a view, in the order of its conflicts."""
    if not data["conflicts"]:
        return []
    places: dict[str, Place] = {}
    for label, place in _places(kind, data):
        places.setdefault(label, place)
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(data["conflicts"]):
        label, fields = _about(one, places)
        key = (label, *_heads(places[label][1] if label in places else None, fields))
        groups.setdefault(key if one["other"] else ("", str(number)), []).append(number)
    return [_choice(data["conflicts"], numbers, places) for numbers in groups.values()]


def links(view: Table) -> set[str]:
    """Return the ids of the records to which the values of the choices in a view link."""
    kind = class_of(view["record"])
    found = set[str]()
    for choice in choices(kind, view):
        fields = spec(inner) if (inner := _kind_at(kind, choice.path)) else {}
        names = [name for name in choice.fields if name in fields and fields[name].target_kinds]
        found |= {values[name] for values in choice.values for name in names if isinstance(values.get(name), str)}
    return found


def _kind_at(kind: Kind, path: Path) -> Kind | None:
    """Return the kind of the table at a path in a record, if it is known."""
    inner: Kind | None = kind
    for step in path:
        if isinstance(step, str):
            inner = spec(inner)[step].part if inner and step in spec(inner) else None
    return inner


def _places(kind: Kind | None, table: Table, label: str = "", path: Path = ()) -> Iterator[tuple[str, Place]]:
    """Yield the table and those within it, each with the label that conflicts have for it."""
    yield label, (path, kind, table)
    fields = spec(kind) if kind else {}
    for name, value in table.items():
        one = fields.get(name)
        part = one.part if one else None
        if isinstance(value, dict) and (part or one is None):
            yield from _places(part, value, f"{label}{in_line(name)}.", (*path, name))
        elif one and one.key and isinstance(value, list):
            for number, entry in enumerate(value):
                known = {key: item for key, item in entry.items() if item is not None}
                yield from _places(part, entry, f"{label}{entry_name(name, one, known)}.", (*path, name, number))


def _about(conflict: Table, places: Mapping[str, Place]) -> tuple[str, list[str]]:
    """Return the label of the table that a conflict is about, and the fields."""
    if conflict["other"]:
        return conflict["at"] or "", list(conflict["other"])
    text = str(conflict["field"])
    labels = [one for one in places if text.startswith(one) and text.removeprefix(one) in places[one][2]]
    label = max(labels, key=len, default="")
    return label, [text.removeprefix(label)]


def _unit(kind: Kind | None, head: str) -> tuple[str, ...]:
    """Return a field, and those that belong to it."""
    return units(kind).get(head, (head,)) if kind else (head,)


def _heads(kind: Kind | None, fields: Collection[str]) -> list[str]:
    """Return those of some fields that belong to none of the others."""
    return [name for name in fields if not any(name in _unit(kind, other)[1:] for other in fields)]


def _choice(found: Sequence[Table], numbers: Sequence[int], places: Mapping[str, Place]) -> Choice:
    """Return the choice of some conflicts over the same fields."""
    first = found[numbers[0]]
    label, named = _about(first, places)
    is_there = label in places
    path, kind, table = places.get(label, ((), None, {}))
    before = _typed(path) if is_there else label
    heads = _heads(kind, named)
    name = ",".join(f"{before}{head}" for head in heads)
    if not first["other"]:
        text, both = table.get(heads[0]), tuple(first["both"])
        stand = isinstance(text, str) and passages.both(text, both)
        state = OPEN if stand else NOTED if _list_of(table, heads[0]) else SETTLED
        return Choice(name, path, ((heads[0],),), (), both, state, tuple(numbers))
    units_of = tuple(_unit(kind, head) for head in heads)
    shown = {name: table[name] for unit in units_of for name in unit if name in table}
    values = [_filled(kind, one) for one in (shown, *(found[number]["other"] for number in numbers))]
    distinct: dict[str, Table] = {}
    for one in values:
        distinct.setdefault(canonical(one), one)  # which tells 0 from no
    state = GONE if not is_there else OPEN if len(distinct) > 1 else SETTLED
    return Choice(name, path, units_of, tuple(distinct.values()), (), state, tuple(numbers))


def _list_of(table: Table, field: str) -> list[Any] | None:
    """Return the list that has a field of its entries, such as `progress.count`, if there is one."""
    name, dot, _ = field.partition(".")
    found = table.get(name) if dot else None
    return found if isinstance(found, list) else None


def _typed(path: Path) -> str:
    """Return a path as `set` has it before the name of a field: `rounds.1.`"""
    return "".join(f"{step + 1 if isinstance(step, int) else step}." for step in path)


def _filled(kind: Kind | None, value: Any) -> Any:
    """Return a table, or a list of tables, as its file has it: of the fields, only a key that is not known is empty."""
    if isinstance(value, list):
        return [_filled(kind, entry) for entry in value]
    if not isinstance(value, dict):
        return value
    fields = spec(kind) if kind else {}
    filled = {name: _filled(fields[name].part, one) if name in fields else one for name, one in value.items()}
    return {name: one for name, one in filled.items() if name not in fields or one not in (None, [], {})}


# Deciding one


def decided(record: Any, choice: Choice, answer: int, today: date, validate: Validate) -> Any:
    """Return the record with one answer to a choice; its conflicts are still there."""
    if choice.state == OPEN and answer > 1:
        if choice.passages:
            return _without(record, choice, 3 - answer, validate)
        return _taken(record, choice, choice.values[answer - 1], today, validate)
    return record


def ended(record: Any, numbers: Collection[int]) -> Any:
    """Return the record without the conflicts at some places of its list."""
    left = tuple(one for number, one in enumerate(record.conflicts) if number not in numbers)
    return replace(record, conflicts=left)


def _without(record: Any, choice: Choice, number: int, validate: Validate) -> Any:
    """Return the record with the first or the second passage of a choice removed from its text."""
    data, table, _ = _editable(record, choice.path)
    text = str(table[choice.field])
    if places := passages.both(text, choice.passages):
        table[choice.field] = passages.without(text, places[number])
    return validate(type(record), data)


def _editable(record: Part, path: Path) -> tuple[dict[str, Any], dict[str, Any], Kind | None]:
    """Return a copy of the data of a record, the table at a path in it, and the kind of the table."""
    data = deepcopy(as_data(record))
    table: Any = data
    for step in path:
        table = table[step]
    return data, table, _kind_at(type(record), path)


def _taken(record: Any, choice: Choice, values: Table, today: date, validate: Validate) -> Any:
    """Return the record with other values of the fields of a choice; a status goes by its own road."""
    data, table, kind = _editable(record, choice.path)
    fields = spec(kind) if kind else {}
    for name in (*values, *choice.fields):
        if name in values:
            table[name] = deepcopy(values[name])
        elif name not in fields:
            table.pop(name, None)
        elif (default := fields[name].default) is not MISSING:
            table[name] = [] if default == () else default
    wanted = validate(type(record), data)
    if choice.path or "status" not in fields or wanted.status == record.status:
        return wanted
    given = {name: getattr(wanted, name) for name in choice.fields if name in fields and name != "status"}
    given = {name: value for name, value in given.items() if value is not None or not fields[name].reached}
    return _moved(record, wanted.status, {**given, "extra": wanted.extra}, today)


def _moved(record: Any, status: str, given: Mapping[str, Any], today: date) -> Any:
    """Return the record in another status, if need be by way of a third one."""
    fields = spec(type(record))
    days = (value for name, value in given.items() if name in fields and fields[name].reached and fields[name].past)
    how: dict[str, Any] = {"on": next(days, today), "fields": dict(given)}
    if "history" in fields:
        reasons = (one.reason for one in reversed(record.history) if (one.field, one.new) == ("status", status))
        how["reason"] = next(filter(None, reasons), f"Chosen instead of {record.status}")
    if status == "submitted":  # the round came with the other value
        how["fields"]["rounds"] = record.rounds
    if status in ("ended", "stay_in_touch") and record.closure:  # so did the closure
        how["fields"]["closure"] = record.closure
        record = replace(record, closure=record.closure[:-1])
    try:
        return record.moved_to(status, **how)
    except MentorlogError as refused:
        refusal = refused
    for between in fields["status"].closed:
        with suppress(MentorlogError):
            return record.moved_to(between, on=today).moved_to(status, **how)
    raise refusal


# Ending those that a change has decided


def set_by(record: Any, keys: Iterable[str]) -> Any:
    """Return the record without the conflicts over fields that were set or cleared, named as `set` names them."""
    touched = [f"{key}." for key in keys]

    def is_set(choice: Choice, name: str) -> bool:
        field = f"{_typed(choice.path)}{name}."
        return any(field.startswith(key) or key.startswith(field) for key in touched)

    return _but(record, choices(type(record), as_data(record)), is_set)


def still_open(record: Any, before: Part) -> Any:
    """Return a changed record without the conflicts that it had before and whose values are others now.

    Of those that it had, or has now in their place, none is left of which there is nothing to choose.
    """
    data, old = as_data(record), as_data(before)
    known = {_mark(old, choice): choice for choice in choices(type(before), old)}

    def is_changed(choice: Choice, name: str) -> bool:
        was = known.get(_mark(data, choice))
        if choice.state == SETTLED:
            return bool(known)
        if was is None:
            return False
        if choice.state == NOTED:
            return _list_of(data, name) != _list_of(old, name)
        is_gone = choice.state == GONE != was.state
        return is_gone or (not choice.passages and choice.values[0].get(name) != was.values[0].get(name))

    return _but(record, choices(type(record), data), is_changed)


def _mark(data: Table, choice: Choice) -> str:
    """Return what a choice is recognised by in another state of its record: its conflicts."""
    return repr([data["conflicts"][number] for number in choice.conflicts])


def _but(record: Any, found: Iterable[Choice], is_decided: Callable[[Choice, str], bool]) -> Any:
    """Return the record without what its conflicts say of units of which a field is decided."""
    left: list[Any] = list(record.conflicts)
    for choice in found:
        gone = {name for unit in choice.units if any(is_decided(choice, name) for name in unit) for name in unit}
        for number in choice.conflicts if gone else ():
            other = {name: value for name, value in (left[number].other or {}).items() if name not in gone}
            left[number] = replace(left[number], other=other) if other else None
    if left == list(record.conflicts):
        return record
    return replace(record, conflicts=tuple(one for one in left if one))
