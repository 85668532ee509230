"""What all records share: common fields, their rules, and their plain forms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from mentorlog import vocabulary
from mentorlog.errors import BadValue
from mentorlog.models import fields as f
from mentorlog.models.rules import among, clean_line, clean_prose, short_word
from mentorlog.models.views import View, heading, noun

_LARGEST = 10**12  # of a decimal number: a float of this size still has its digits

T = TypeVar("T", bound="Part")
R = TypeVar("R", bound="Record")


def with_more(text: str | None, more: str | None) -> str | None:
    """Return the text with more as a new paragraph, unless it already ends with that."""
    if more is None or not more.strip():
        return text
    if text is None or not text.strip():
        return more
    return text if text == more or text.endswith(f"\n\n{more}") else f"{text}\n\n{more}"


@f.declared
class Part:
    """An immutable table within a record; `extra` contains keys that mentorlog does not know."""

    KIND: ClassVar[str] = ""

    extra: Mapping[str, Any] | None = None

    def __init__(self, **values: Any) -> None:
        """Set the fields by name and check their rules."""
        fields = {name: values.pop(name, one.default) for name, one in f.spec(type(self)).items()}
        self.__dict__.update(fields, extra=values.pop("extra", None))
        if values or MISSING in fields.values():
            raise TypeError(f"{type(self).__name__} takes: {', '.join(fields)}")
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check the rules of the fields and of the kind; BadValue names the field."""
        values = self.__dict__
        for name, one in f.spec(type(self)).items():
            if (value := values[name]) is not None and value != ():
                values[name] = _checked(one, value)
        self._check()

    def _check(self) -> None:
        """Check the rules that concern several fields."""

    if not TYPE_CHECKING:  # mypy knows it from the declaration

        def __setattr__(self, name, value):
            raise AttributeError(f"{type(self).__name__} is immutable: make a copy with dataclasses.replace")


def _checked(field: f.Spec, value: Any) -> Any:
    """Return the value as the record stores it."""
    if isinstance(value, str):
        return _checked_text(field, value)
    if isinstance(value, (list, tuple)):
        return tuple(_checked_text(field, item) if isinstance(item, str) else item for item in value)
    if isinstance(value, date) and value.year > 9000:  # beyond, date arithmetic would overflow
        raise BadValue(field.name, f"{field.name} is after the year 9000.", "correct the year")
    if field.type_name == "float" and value is not None:
        value = _checked_decimal(field, value)
    if field.between and value is not None:
        least, most = field.between
        if not least <= value <= most or (field.in_halves and value * 2 % 1):
            steps = " in steps of 0.5" if field.in_halves else ""
            usual = 3.5 if field.in_halves else min(30, (least + most) // 2)
            raise BadValue(
                field.name, f"{field.name} must be a number from {least} to {most}{steps}.", f"for example: {usual}"
            )
    return value


def _checked_decimal(field: f.Spec, value: float) -> float:
    """Return a whole number as an int, so that 3 and 3.0 are written the same."""
    if not abs(value) <= _LARGEST:  # nor is it, for what is not a number
        raise BadValue(field.name, f"{field.name} must be a number below a thousand billion.", "for example: 12.5")
    return int(value) if value == int(value) else value


def _checked_text(field: f.Spec, value: str) -> str:
    if field.closed:
        return among(value, field.name, field.closed)
    if field.open:
        return short_word(value, field.name)
    return clean_line(value, field.name) if field.one_line else clean_prose(value, field.name)


def in_state(record: R, brought: Mapping[str, Any], fields: Mapping[str, Any] | None) -> R:
    """Return the record with the fields that a state sets and others; BadValue if they conflict."""
    fields = fields or {}
    for name, value in fields.items():
        if value is not None and brought.get(name, value) is None:
            state = f"status={brought['status']}"
            raise BadValue(name, f"{name} and {state} cannot be set together.", "set only one of them")
    return replace(record, **{**brought, **fields})


@f.declared
class Conflict(Part):
    """What two machines wrote for one thing: a value that is not shown, or two passages that are both in the text."""

    field: str | None = f.line(private=True, managed=True, search=f.NOWHERE)
    """The path of the text with the passages, such as `notes` or `rounds[2027-01-03].comment`."""
    both: Sequence[str] = f.texts(private=True, managed=True, has_commas=True)
    at: str | None = f.line(private=True, managed=True, search=f.NOWHERE)
    """The path of the entry or table, ending in a period, whose fields `other` has; the record without one."""
    other: Mapping[str, Any] | None = f.plain(private=True, whole=True)

    def _check(self) -> None:
        if not self.other and not (self.field and len(self.both) == 2):
            sentence = "other is missing: a conflict has other values, or a field and both passages."
            raise BadValue("other", sentence, "delete the table to keep what the record says")


@f.declared
class Record(Part):
    """One file of the journal: the fields that every kind has."""

    id: str = f.required(f.line(managed=True, search=f.NOWHERE, to=f.BOTH))
    visibility: str = f.state(vocabulary.VISIBILITIES, default="mentor", first_wins=True, to=f.BOTH)
    tags: Sequence[str] = f.many(f.line(search=f.WORDS))
    links: Sequence[str] = f.texts(has_commas=True)
    created: datetime = f.required(f.instant(to=f.BOTH))
    source: str | None = f.line(private=True, managed=True, search=f.NOWHERE)
    """The program and the record of it that an import made this one of: `taskwarrior:04119b97-…`."""
    conflicts: Sequence[Conflict] = f.parts(Conflict, private=True, managed=True)
    notes: str | None = f.prose()

    def _check(self) -> None:
        if self.created.tzinfo is None:
            raise BadValue("created", "created must be a time with its offset, like 2027-02-03T09:00:00+00:00.")

    @property
    def heading(self) -> str:
        """The title of the record, or a line in place of one."""
        return heading(self.as_seen)

    @property
    def noun(self) -> str:
        """What the record is called in a sentence."""
        return noun(self.as_seen)

    @property
    def as_seen(self) -> View:
        """The kind and the fields, named as in a view."""
        return {"record": self.KIND, **vars(self)}


def as_data(part: Part, *, full: bool = True) -> dict[str, Any]:
    """Return a record or part as plain dicts and lists, unknown keys last; without `full`, no empty fields."""
    data = {name: _plain(getattr(part, name), full) for name in f.spec(type(part))}
    if not full:
        data = {name: value for name, value in data.items() if value is not None and value != [] and value != {}}
    return {**data, **part.extra} if part.extra else data


def _plain(value: Any, full: bool) -> Any:
    if isinstance(value, Part):
        return as_data(value, full=full)
    if isinstance(value, (tuple, list)):
        return [_plain(item, full) for item in value]
    return value


def build(kind: type[T], data: Mapping[str, Any]) -> T:
    """Return a record or part made from plain data of the right types (from a validated file)."""
    fields = f.spec(kind)
    known = {key: _built(fields[key].part, value) for key, value in data.items() if key in fields}
    return kind(**known, extra={key: value for key, value in data.items() if key not in fields} or None)


def _built(part: type[Part] | None, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(build(part, item) if part else item for item in value)
    return build(part, value) if part and value is not None else value


def view(record: Record) -> View:
    """Return the record in its JSON form."""
    data: View = json_ready(as_data(record))
    first = {"record": record.KIND}
    return first | data | first  # an unknown key may have this name


def json_ready(value: Any) -> Any:
    """Return the value with dates and times as ISO text, and infinite numbers as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_ready(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
