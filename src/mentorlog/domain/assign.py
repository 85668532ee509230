"""Assignments such as `by=fri` and `cadence.every_days=28` to plain data of the right types. Pure.

The result is validated like any outside content. `pairs` are KEY=VALUE as typed, or a mapping from a form:
`{"by": date(2027, 2, 1), "clear": ["measure"]}`, whose texts are parsed as if typed and whose other values must have
the type of the field. `clear` names fields to clear.

- A key is a field of the kind: `why`, `growth-areas`, `cadence.minutes`, `progress.2.percent` (lists count from 1).
- Dates may be in words (`by=in 6 weeks`), `…_days` are lengths (`every 2 weeks`), yes and no are true and false.
- The number after the last entry of a list of tables adds one: `cv.1.section=education` if there are none.
- A list is one value with commas, or the key repeated with one item each; `["a, b"]` is TOML. It replaces the old list.
- Addresses and sentences (links, decisions, expectations.mine …) may contain commas: repeat the key for several.
- Names of records are looked up and must exist: `goal=g7k`, `owner=me`, `mentors=osler,curie` (or `with=`; a mentor
  who stays on a goal keeps the day they were told).
- A table or list of tables is TOML: `fit=[{on = 2027-02-03, answer = "good"}]`.
- `id`, `created`, what mentorlog maintains (the history of a goal) and unknown keys are refused.
"""

from __future__ import annotations

from mentorlog import date_words, dates
from mentorlog.domain import goal_links
from mentorlog.errors import BadValue, MentorlogError, Usage, joined, shortened
from mentorlog.models.fields import Spec, spec
from mentorlog.models.record import Part, T, as_data
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    Pairs = Sequence[str] | Mapping[str, Any]
    Validate = Callable[[type[T], Mapping[str, Any]], T]

_VIEWED = "record"  # a key of views that is not a field
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class ValueParser(Value):
    """What is needed to parse values: today, a lookup of records, and a parser of TOML values."""

    today: date
    resolve: Callable[..., dict[str, Any]]
    literal: Callable[[str], Any]
    ahead: Callable[[str, date], date] = staticmethod(date_words.ahead)
    """Returns the date ahead for words and today."""
    first_weekday: int = 0


def assign(part: T, pairs: Pairs, clear: Iterable[str], parser: ValueParser, validate: Validate[T]) -> T:
    """Return the part with fields set and cleared; a new status has the effects of its command."""
    kind, data = type(part), as_data(part)
    wanted, emptied = _collected(pairs, clear)
    if not wanted and not emptied:
        raise Usage("Nothing to change: pass KEY=VALUE or --clear KEY.", _known(kind))
    _refuse_both(wanted, emptied)
    entries = [key for key in emptied if key.rpartition(".")[2].isdecimal()]
    for key in emptied:
        if key not in entries:
            _clear(kind, data, key)
    for key, values in sorted(wanted.items(), key=lambda pair: pair[0] != "status"):  # it decides which days are valid
        field, within, step = _place(kind, data, key, adds=True)
        old = within.get(field.name) if isinstance(within, dict) else None
        within[step] = _value(field, values, key, old, parser)
        if key == "decision":
            from mentorlog.domain import advice

            advice.must_be_decision(parser.resolve(data["decision"], "note"))
    for key in wanted:
        _refuse_incomplete(kind, data, key)
    for key in sorted(entries, key=lambda key: (len(key), key), reverse=True):  # last first: numbers stay valid
        _clear(kind, data, key)
    changed = validate(kind, data)
    fields = {key.partition(".")[0] for key in (*wanted, *emptied)}
    _refuse_contradictions(changed, wanted, parser.today, is_moved="status" in fields)
    if not fields.isdisjoint(goal_links.FIELDS):
        from mentorlog.models.goal import Goal  # other fields do not need it

        if isinstance(changed, Goal) and isinstance(part, Goal):
            goal_links.check(changed, part, fields, parser.resolve)
    changed = _in_state(part, changed, fields - {"status"}, parser.today) if "status" in fields else changed
    if not getattr(changed, "conflicts", ()):
        return changed
    from mentorlog.domain import resolving  # few records have a conflict

    undecided: T = resolving.set_by(changed, (*wanted, *emptied))
    return undecided


def _refuse_contradictions(part: Any, wanted: Iterable[str], today: date, *, is_moved: bool) -> None:
    """Refuse what is set against the status of a record, or before the date that it follows."""
    for name, one in spec(type(part)).items():
        value = getattr(part, name)
        if value is not None and one.reached and name in wanted and not is_moved and part.status not in one.reached:
            states = joined(one.reached, "or")
            sentence = f"{name} belongs to a {part.KIND} that is {states}; this one is {part.status}."
            raise BadValue(name, sentence, _way_to(part, one.reached[0], today))
        first = getattr(part, one.not_before) if one.not_before else None
        if value is not None and first is not None and value < first and not {name, one.not_before}.isdisjoint(wanted):
            sentence = f"{name} ({dates.say(value)}) is before {one.not_before} ({dates.say(first)})."
            raise BadValue(name, sentence, "check both dates")


def _way_to(part: Any, status: str, today: date) -> str | None:
    """Return how a record gets a status: with it in the same command, or what stands in the way."""
    try:
        part.moved_to(status, on=today)
    except MentorlogError as refusal:
        return refusal.hint
    return f"pass status={status} as well"


def _in_state(old: Any, changed: Any, fields: Iterable[str], today: date) -> Any:
    """Return the old record moved to the status of the changed one, with the other changed fields."""
    if changed.status == old.status:
        return changed
    known, on = spec(type(old)), today
    for day, one in known.items():
        if (
            one.type_name == "date"
            and changed.status in one.reached
            and (day in fields or old.status not in one.reached)
        ):
            on = getattr(changed, day) or today  # given now, or already there
    given = {name: getattr(changed, name) for name in fields if name in known}
    return old.moved_to(changed.status, on=on, fields={**given, "extra": changed.extra})


def _refuse_both(wanted: Iterable[str], emptied: Sequence[str]) -> None:
    """Refuse to set and clear one field, or a field and one within it."""
    for key in wanted:
        for other in emptied:
            if f"{key}.".startswith(f"{other}.") or f"{other}.".startswith(f"{key}."):
                cleared = "cleared" if key == other else f"{shortened(other)} is cleared"
                raise BadValue(key, f"{shortened(key)} is set and {cleared} at once.", "use only one of them")


def settable(kind: type[Part]) -> list[str]:
    """Return the fields of a kind that may be set."""
    return [name for name, one in spec(kind).items() if not one.managed]


# Keys


def keys(pairs: Sequence[str], clear: Iterable[str]) -> list[str]:
    """Return the normalised keys of assignments: `growth-areas=…` sets `growth_areas`."""
    return list(dict.fromkeys(_key(word.partition("=")[0]) for word in (*pairs, *clear)))


def _collected(pairs: Pairs, clear: Iterable[str]) -> tuple[dict[str, list[Any]], list[str]]:
    """Return the values of each key, several if it is repeated, and the keys to clear."""
    wanted: dict[str, list[Any]] = {}
    emptied = pairs.get("clear", []) if isinstance(pairs, dict) else ()
    if not isinstance(emptied, (list, tuple)) or not all(isinstance(key, str) for key in emptied):
        raise BadValue("clear", "clear must be a list of fields.", 'write it like clear = ["measure"]')
    for key, value in _flat(pairs) if isinstance(pairs, dict) else map(_split, pairs):
        wanted.setdefault(_key(key), []).append(value)
    return wanted, list(dict.fromkeys(_key(key) for key in (*emptied, *clear)))


def _split(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals or not key.strip():
        raise Usage(f"{shortened(word)} is not KEY=VALUE.", "write it like by=fri or 'why=A first paper'")
    if not value.strip():
        raise BadValue(key, f"{shortened(word)} has no value.", f"to clear a field, use: --clear {_key(key)}")
    return key, value


def _flat(mapping: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in mapping.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        elif before or key != "clear":
            yield f"{before}{key}", value


def _key(text: str) -> str:
    key = text.strip().lower().replace("-", "_")
    return "mentors" if key == "with" else key


def _place(kind: type[Part], table: dict[str, Any], key: str, *, adds: bool = False) -> tuple[Spec, Any, str | int]:
    """Return the field of a key, the table or list that holds it (made if needed), and its place.

    With `adds`, the number after the last entry of a list adds one.
    """
    steps, owner = key.split("."), kind
    within: Any = table
    while True:
        name = steps.pop(0)
        field = _field(owner, name, key)
        if field.ahead_in and table["status"] == field.ahead_in:
            field = field.but(past=False)
        if not steps:
            return field, within, name
        if field.part is None:
            raise BadValue(key, f"{name} has no fields of its own.", f"set {name} itself")
        step: str | int = name
        if field.is_list:
            number = steps.pop(0)
            if adds and steps and number == str(len(within[name]) + 1):
                within[name].append({})
            within, step = within[name], _position(within[name], number, name, adds=adds)
            if not steps:
                return field.but(is_list=False), within, step
        within[step] = dict(within[step] or {})
        within, owner = within[step], field.part


def _position(items: Sequence[Any], text: str, name: str, *, adds: bool) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6) or not 1 <= int(text) <= len(items):
        count = f"1 to {len(items)}" if items else "none"
        more = f"; {name}.{len(items) + 1} adds one" if adds else ""
        raise BadValue(name, f"{name} has no entry {shortened(text)}.", f"its entries: {count}{more}")
    return int(text) - 1


def _field(kind: type[Part], name: str, key: str) -> Spec:
    """Return the declaration of a field; BadValue if it is unknown or maintained by mentorlog."""
    field = spec(kind).get(name)
    if name == _VIEWED or (field and field.managed):
        raise BadValue(key, f"{name} is maintained by mentorlog and cannot be set.", "see: mentorlog edit --help")
    if field is None:
        owner = f"A {kind.KIND}" if kind.KIND else key.rpartition(".")[0]
        raise BadValue(key, f"{owner} has no field {shortened(name)}.", _known(kind))
    return field


def _clear(kind: type[Part], table: dict[str, Any], key: str) -> None:
    """Reset a field to its default, remove an entry of a list, or remove an unknown key."""
    if key in table and key not in spec(kind) and key != _VIEWED:
        del table[key]
        return
    field, within, step = _place(kind, copy := dict(table), key)
    if isinstance(step, int):
        del within[step]
    elif field.required:
        owner = kind.KIND if within is copy else key.rpartition(".")[0]
        raise BadValue(key, f"The {step} of a {owner} cannot be cleared.", f"set another {step} instead")
    elif table.get(key.partition(".")[0]) is not None:  # nothing to clear in a missing table
        within[step] = field.default
        table.update(copy)


_EXAMPLES = {"date": "today", "int": "30", "bool": "yes"}


def _refuse_incomplete(kind: type[Part], table: dict[str, Any], key: str) -> None:
    """Refuse to set a field of a table that lacks a required one."""
    _, within, step = _place(kind, table, key)
    place, dot, _ = key.rpartition(".")
    owner: type[Part] = kind
    for name in place.split(".") if dot else ():
        owner = owner if name.isdecimal() else spec(owner)[name].part or owner
    for name, one in spec(owner).items() if dot and isinstance(step, str) else ():
        if one.required and within.get(name) is None:
            example = one.closed[0] if one.closed else _EXAMPLES.get(one.type_name, "'some text'")
            where = f"{place}.{name}"
            raise BadValue(where, f"{where} is missing.", f"set it as well: {where}={example}")


def _known(kind: type[Part]) -> str:
    return f"its fields: {', '.join(settable(kind))}"


# Values


def _value(field: Spec, values: list[Any], key: str, old: Any, parser: ValueParser) -> Any:
    """Return the value of a field: as typed in a form, or parsed from text."""
    typed = values[-1]
    if not isinstance(typed, str):
        if field.part and field.is_list and isinstance(typed, list) and any(isinstance(item, str) for item in typed):
            return _tables(field, [str(item) for item in typed], old or (), parser)
        return _looked_up(field, typed, old, parser)
    if not field.is_list:
        if len(values) > 1:
            raise Usage(f"{shortened(key)} is set {len(values)} times.", "set it once")
        if field.part or field.type_name.startswith("Mapping"):
            return _looked_up(field, parser.literal(typed), old, parser)
        return _single(field, typed, parser)
    first = values[0].strip()
    if (len(values) == 1 and first.startswith(('["', "['", "[{", "[["))) or first == "[]":
        return _looked_up(field, parser.literal(first), old, parser)
    parts = first.split(",") if len(values) == 1 and not field.has_commas else values
    words = [part.strip() for part in parts if part.strip()]
    if field.name == "tags":
        from mentorlog.fold import each_tag_once

        words = each_tag_once(words)
    return _tables(field, words, old or (), parser) if field.part else _looked_up(field, words, old, parser)


def parsed(field: Spec, value: Any, parser: ValueParser) -> Any:
    """Return a value of a form: a text as if it were typed, so that words become days and names ids."""
    if isinstance(value, str) and (field.part or field.type_name.startswith("Mapping")):
        return value  # validation refuses it: it must be a table
    return _value(field, [value], field.name, None, parser)


def _single(field: Spec, text: str, parser: ValueParser) -> Any:
    match field.type_name:
        case "date":
            return (
                date_words.back(text, parser.today, parser.first_weekday)
                if field.past
                else parser.ahead(text, parser.today)
            )
        case "int":
            number = text.strip().removesuffix("%")
            if number.isascii() and number.removeprefix("-").isdigit() and len(number) < 10:
                return int(number)
            if field.name.endswith("_days"):
                return date_words.days(number)
            raise BadValue(field.name, f"{field.name} must be a whole number.", "use digits, like 30")
        case "float":
            return _decimal(field, text)
        case "bool":
            truth = _TRUTH.get(text.strip().lower())
            if truth is None:
                raise BadValue(field.name, f"{field.name} must be yes or no.", "for example: yes")
            return truth
    return _named(field, text, None, parser)


def _decimal(field: Spec, text: str) -> float:
    digits = text.strip().removeprefix("-")
    if len(digits) < 20 and digits.isascii() and digits.replace(".", "", 1).isdigit():
        return float(text)
    raise BadValue(field.name, f"{field.name} must be a number.", "use digits, like 12 or 12.5")


def _tables(field: Spec, words: list[str], old: Iterable[Any], parser: ValueParser) -> list[Any]:
    """Return a list of tables from words, if a table needs only one field; known ones are kept."""
    assert field.part is not None
    needed = [one for one in spec(field.part).values() if one.required]
    if [one.type_name for one in needed] != ["str"]:
        example = ", ".join(f"{one.name} = …" for one in needed)
        hint = f"write it as TOML: {field.name}='[{{{example}}}]'"
        raise BadValue(field.name, f"{field.name} must be a list of tables.", hint)
    [only] = needed
    known = {item[only.name]: item for item in old}
    names = [word if word in known else _named(only, word, None, parser) for word in words]
    return [known.get(name) or {only.name: name} for name in dict.fromkeys(names)]


# References


def _looked_up(field: Spec | None, value: Any, old: Any, parser: ValueParser) -> Any:
    """Return the value with names of records replaced by ids; UnknownId if there is none."""
    if field is None:
        return value
    if isinstance(value, dict):
        below = spec(field.part) if field.part else {}
        return {key: _looked_up(below.get(key), item, None, parser) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_looked_up(field, item, old, parser) for item in value]
    return _named(field, value, old, parser) if isinstance(value, str) else value


def _named(field: Spec, text: str, old: Any, parser: ValueParser) -> str:
    kinds = field.target_kinds
    is_known = (text and text == field.alternative) or (isinstance(old, (list, tuple)) and text in old)
    if not kinds or is_known:
        return text
    return str(parser.resolve(text.strip(), *kinds, by_name="mentor" in kinds)["id"])
