"""Three-way merges of records by field, as the declarations of the fields say.

What one side alone changed is taken, a change stays where the other side deleted, and words that both wrote all stay.
Where only one value can stand, the declarations say which is shown; the other one is in the conflicts of the record.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mentorlog.domain.merging import passages, sequences, texts
from mentorlog.models.fields import Kind, Spec, spec, units

CONFLICTS = "conflicts"
_LONGEST_NAME = 80  # of an entry in the path of a conflict


class _Nothing:
    """What a side has that lacks a field, or that there is no ancestor at all."""


MISSING, UNKNOWN = _Nothing(), _Nothing()
Data = Mapping[str, Any]


def merge(kind: Kind, base: Data | None, one: Data, two: Data) -> dict[str, Any]:
    """Return the plain data of a record that holds what both sides say; without an ancestor nothing was deleted.

    Its conflicts are what a person must choose between.
    """
    run = _Merge(base or {}, one, two)
    return _with_conflicts(run.table(kind, base, one, two, ""), run.conflicts)


def greater(kind: Kind, base: Data | None, one: Data, two: Data) -> dict[str, Any]:
    """Return the greater record whole, with the fields in which the other differs in one conflict.

    It is for sides of which each is valid, but not what they make together. Who may see it is merged all the same.
    """
    fields, run = spec(kind), _Merge()
    apart = [CONFLICTS, *(name for name, field in fields.items() if field.first_wins)]
    lose, win = sorted(
        (one, two), key=lambda side: _rank(None, {name: side[name] for name in side if name not in apart})
    )
    known = [win] if base is None else [win, base]
    other = {
        name: value
        for name, value in lose.items()
        if name not in apart and not any(same(value, side.get(name, MISSING)) for side in known)
    }
    whole = {part for name in other for part in units(kind).get(name, ())}  # what belongs together is there together
    other = {name: value for name, value in lose.items() if name in other or (name in whole and name not in apart)}
    old = None if base is None else _with_defaults(fields, base)
    sides = (old, _with_defaults(fields, one), _with_defaults(fields, two))
    merged = {name: run.field(fields[name], name, sides, "") for name in apart}
    run.choice(other, "")
    left = {name: value for name, value in merged.items() if value is not MISSING}
    return _with_conflicts({**win, **left}, run.conflicts)


def _with_conflicts(record: dict[str, Any], found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    every = {canonical(one): one for one in (*record.get(CONFLICTS, ()), *found)}
    return {**record, CONFLICTS: [every[key] for key in sorted(every)]} if every else record


def entry_name(name: str, field: Spec | None, entry: Data) -> str:
    """Return the name of an entry in the path of a conflict, such as `rounds[2027-01-03]`."""
    key = " ".join(str(entry.get(part, "")) for part in (field.key if field else ()))
    return f"{in_line(name)}[{in_line(key)[:_LONGEST_NAME]}]"


def in_line(text: str) -> str:
    """Return a name as it is in the path of a conflict: in one line."""
    return text if text.isprintable() else json.dumps(text)[1:-1]


def _paths(conflicts: Iterable[Data]) -> set[str]:
    """Return the fields of which conflicts have a value that is not shown."""
    return {f"{one.get('at', '')}{in_line(name)}" for one in conflicts for name in one.get("other", ())}


# Values


def canonical(value: Any) -> str:
    """Return a text that is the same for the same TOML value, and for no other: 1 is neither 1.0 nor true."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(canonical, value)) + "]"
    return f"{type(value).__name__}:{value!r}"


def same(one: Any, two: Any) -> bool:
    """Return whether two values of a field are the same, or both are missing."""
    if one is two or isinstance(one, _Nothing) or isinstance(two, _Nothing):
        return one is two
    return type(one) is type(two) and (one == two if isinstance(one, str) else canonical(one) == canonical(two))


def _rank(field: Spec | None, value: Any) -> tuple[Any, ...]:
    """Return what decides which of two values is shown, the greater one: no clock, and no machine."""
    if isinstance(value, _Nothing):
        return (-1,)
    if field and value in field.closed:
        place = field.closed.index(value)
        return (1, -place if field.first_wins else place, "")
    if field and isinstance(value, datetime):
        return (1, -value.timestamp(), value.isoformat())
    if isinstance(value, date) and not isinstance(value, datetime):
        return (1, -value.toordinal() if field and _is_early(field) else value.toordinal(), "")
    if isinstance(value, (int, float)):
        return (1, value if value == value else 0, canonical(value))
    text = value if isinstance(value, str) else canonical(value)
    return (0, len(text), text)


def _is_early(field: Spec) -> bool:
    """Return whether the earlier one of two days is shown: one that may be ahead, or on which a status was reached."""
    return not field.past or bool(field.ahead_in or field.reached)


def _on_one_road(field: Spec, base: Any, one: Any, two: Any) -> bool:
    """Return whether of two values the further one is true; what was at the end of the road and went back is asked."""
    return any(one in road and two in road and not same(base, road[-1]) for road in field.roads)


class _Merge:
    """One merge, and the conflicts that it found.

    Where both sides ended a conflict of the ancestor, what it shows is no more than a proposal that each has answered.
    """

    def __init__(self, base: Data | None = None, one: Data | None = None, two: Data | None = None) -> None:
        self.conflicts = list[dict[str, Any]]()
        asked, *still = ([*side.get(CONFLICTS, ())] if side else [] for side in (base, one, two))
        left = {canonical(conflict) for side in still for conflict in side}
        self._values = _paths(asked) - {path for side in still for path in _paths(side)}
        self._passages = dict[str, list[list[str]]]()
        for conflict in asked:
            if "other" not in conflict and canonical(conflict) not in left:
                self._passages.setdefault(conflict["field"], []).append(conflict["both"])

    def _is_decided(self, path: str) -> bool:
        """Return whether both sides have answered what the ancestor asked of a field, or of what is in it."""
        inner = (f"{path}.", f"{path}[")
        return any(one == path or one.startswith(inner) for one in (*self._values, *self._passages))

    # Tables

    def table(self, kind: Kind | None, base: Data | None, one: Data, two: Data, at: str) -> dict[str, Any]:
        """Return a merged record, part, or table of unknown keys; `at` is its path."""
        if same(one, two):
            return dict(one)
        is_decided = bool(at) and self._is_decided(at[:-1])
        if base is not None and not is_decided and (same(one, base) or same(two, base)):
            return dict(two if same(one, base) else one)
        fields = spec(kind) if kind else {}
        old = _with_defaults(fields, base) if base is not None else None
        sides = (old, _with_defaults(fields, one), _with_defaults(fields, two))
        out: dict[str, Any] = {}
        groups = units(kind) if kind else {}
        for name, unit in groups.items():
            if not fields[name].anchor:
                out |= self._unit(fields, groups, unit, sides, at)
        for name in [*(old or {}), *sorted({**sides[1], **sides[2]})]:
            if name not in out and not any(name in unit for unit in groups.values()):
                out[name] = self.field(fields.get(name), name, sides, at)
        given = one.keys() | two.keys()
        return {
            name: value
            for name, value in out.items()
            if value is not MISSING and (name in given or not same(value, fields[name].default))
        }

    def field(self, field: Spec | None, name: str, sides: tuple[Data | None, Data, Data], at: str) -> Any:
        base, one, two = sides
        was = UNKNOWN if base is None else base.get(name, MISSING)
        return self._value(field, name, (was, one.get(name, MISSING), two.get(name, MISSING)), at)

    def _unit(
        self,
        fields: Mapping[str, Spec],
        groups: Mapping[str, Sequence[str]],
        unit: Sequence[str],
        sides: tuple[Data | None, Data, Data],
        at: str,
    ) -> dict[str, Any]:
        """Return fields that belong together: where the first of them differs, all come from one side."""
        anchor = unit[0]
        was, here, there = ({name: side[name] for name in unit if name in side} if side else {} for side in sides)
        has_base = sides[0] is not None and not any(self._is_decided(f"{at}{in_line(name)}") for name in unit)
        if same(here, there) or (has_base and same(there, was)):
            return here
        if has_base and same(here, was):
            return there
        if same(here.get(anchor, MISSING), there.get(anchor, MISSING)):
            out = {name: here[name] for name in unit[:1] if name in here}
            for name in unit[1:]:
                if fields[name].anchor == anchor and name in groups:
                    out |= self._unit(fields, groups, groups[name], sides, at)
                elif fields[name].anchor == anchor:
                    out[name] = self.field(fields[name], name, sides, at)
            return out
        if not here or not there:
            return here or there
        lose, win = sorted((here, there), key=lambda side: [_rank(fields[one], side.get(one, MISSING)) for one in unit])
        old = was.get(anchor, MISSING)
        if all(same(value, win.get(name, MISSING)) for name, value in lose.items()):
            return win
        if not _on_one_road(fields[anchor], old, lose.get(anchor, MISSING), win.get(anchor, MISSING)):
            self.choice(lose, at)
        else:
            known = (win, was) if has_base else (win,)
            left = {n: v for n, v in lose.items() if not any(same(v, side.get(n, MISSING)) for side in known)}
            self.choice({name: value for name, value in left.items() if name != anchor}, at)
        return win

    def choice(self, other: dict[str, Any], at: str) -> None:
        if other:
            self.conflicts.append({**({"at": at} if at else {}), "other": other})

    # Values

    def _value(self, field: Spec | None, name: str, sides: tuple[Any, Any, Any], at: str) -> Any:
        base, one, two = sides
        path = f"{at}{in_line(name)}"
        base = UNKNOWN if path in self._values else base
        if same(one, two) or (same(two, base) and not self._is_decided(path)):
            return one
        if same(one, base) and not self._is_decided(path):
            return two
        if field and field.is_list and base is not UNKNOWN:
            one, two = ([] if side is MISSING else side for side in (one, two))
        if one in (MISSING, "") or two in (MISSING, ""):
            return max((one, two), key=lambda side: _rank(field, side))  # a change stays, whatever was cleared
        if isinstance(one, Mapping) and isinstance(two, Mapping) and not (field and field.whole):
            old = base if isinstance(base, Mapping) else None
            return self.table(field.part if field else None, old, one, two, f"{path}.")
        if isinstance(one, list) and isinstance(two, list):
            before = base if isinstance(base, list) else None
            if base is not UNKNOWN:
                self._totals(field, path, (before or [], one, two))
            return self.entries(field, name, (before, one, two), at)
        if isinstance(one, str) and isinstance(two, str) and _is_prose(field, sides):
            text = base if isinstance(base, str) else None if base is UNKNOWN else ""
            return self._text(path, text, one, two)
        lose, win = sorted((one, two), key=lambda value: _rank(field, value))
        if not (field and _goes_without_saying(field, sides)):
            self.choice({name: lose}, at)
        return win

    def _text(self, path: str, base: str | None, one: str, two: str) -> str:
        """Return a merged text; of two passages of which each side left other ones, all stand and are asked again."""
        asked = list[list[str]]()
        for pair in self._passages.get(path, ()):
            stand = [{passage for passage in pair if any(passages.places(side, passage))} for side in (one, two)]
            if base is not None and stand[0] != stand[1] and stand[0] | stand[1] == {*pair}:
                asked.append(pair)
                for place in sorted(passages.both(base, pair) or (), reverse=True):
                    base = passages.without(base, place)
        merged = texts.merge(base, one, two)
        asked = [pair for pair in asked if passages.both(merged.text, pair)]
        self.conflicts += [{"field": path, "both": sorted(pair)} for pair in (*merged.pairs, *asked)]
        return merged.text

    # Lists

    def entries(
        self, field: Spec | None, name: str, sides: tuple[list[Any] | None, list[Any], list[Any]], at: str
    ) -> list[Any]:
        """Return a merged list: what either side added, without what either took out and the other did not change."""
        base, one, two = sides
        was, here, there = _keyed(field, [side or [] for side in sides])
        out = list[Any]()
        for key in _order(None if base is None else [*was], [*here], [*there]):
            old, left, right = (entries.get(key, MISSING) for entries in (was, here, there))
            if left is MISSING or right is MISSING:
                kept = right if left is MISSING else left
                if old is MISSING or not same(kept, old):
                    out.append(kept)
            elif isinstance(left, Mapping) and isinstance(right, Mapping):
                path = f"{at}{entry_name(name, field, left)}."
                old = old if isinstance(old, Mapping) else None
                out.append(self.table(field.part if field else None, old, left, right, path))
            else:
                out.append(left)
        return _by_day(field, out, one, two)

    def _totals(self, field: Spec | None, path: str, sides: tuple[list[Any], list[Any], list[Any]]) -> None:
        """Record that both sides raised a running total: their entries stay, but what both make is not known."""
        for name, part in spec(field.part).items() if field and field.part else ():
            if part.is_total:
                seen, *added = ({canonical(entry): entry for entry in side if name in entry} for side in sides)
                new = [{key: side[key] for key in side if key not in seen} for side in added]
                own = [[one[key] for key in one if key not in two] for one, two in (new, new[::-1])]
                if all(own):
                    both = sorted(f"{run[-1][name]} ({run[-1].get('on', '')})" for run in own)
                    self.conflicts.append({"field": f"{path}.{name}", "both": both})


def _with_defaults(fields: Mapping[str, Spec], side: Data) -> Data:
    """Return a record or part with the fields that it lacks because they have their default."""
    return {**{name: one.default for name, one in fields.items() if isinstance(one.default, (str, bool, int))}, **side}


def _is_prose(field: Spec | None, sides: Sequence[Any]) -> bool:
    """Return whether a text is merged by sentences; one that is not known is if it has several lines."""
    return field.is_prose if field else any(isinstance(side, str) and "\n" in side for side in sides)


def _goes_without_saying(field: Spec, sides: tuple[Any, Any, Any]) -> bool:
    """Return whether the value that is not shown need not be kept: when it was made, or an earlier step."""
    is_day = field.type_name in ("date", "datetime")
    is_first = is_day and (bool(field.ahead_in or field.reached) or (field.managed and field.type_name == "datetime"))
    return field.derived or is_first or _on_one_road(field, *sides)


# Entries of lists


def _keyed(field: Spec | None, sides: Sequence[list[Any]]) -> list[dict[tuple[str, int], Any]]:
    """Return the entries of each side by what identifies them, which is all of an entry whose key a side has twice.

    A number tells equal entries apart.
    """
    names = field.key if field else ()

    def key_of(item: Any) -> str:
        has_key = bool(names) and isinstance(item, Mapping) and all(name in item for name in names)
        return canonical([item[name] for name in names] if has_key else item)

    counts = [Counter(map(key_of, side)) for side in sides]
    out = list[dict[tuple[str, int], Any]]()
    for side in sides:
        seen, entries = Counter[str](), dict[tuple[str, int], Any]()
        for item in side:
            key = key_of(item)
            key = canonical(item) if any(count[key] > 1 for count in counts) else key
            seen[key] += 1
            entries[key, seen[key]] = item
        out.append(entries)
    return out


def _order(base: list[Any] | None, one: list[Any], two: list[Any]) -> list[Any]:
    """Return the keys of all entries in their order, those last that one side took out."""
    old = sequences.shared(one, two) if base is None else base
    order = list[Any]()
    for region in sequences.regions(old, one, two):
        new = [one[place] for place in region.one], [two[place] for place in region.two]
        order += sequences.combined(*new, lambda key: key)[0]
        order += [old[region.kept[0]]] if region.kept else []
    return list(dict.fromkeys([*order, *sorted({*one, *two})]))


def _by_day(field: Spec | None, items: list[Any], *sides: list[Any]) -> list[Any]:
    """Return entries in the order of their days, if both sides are in that order."""
    days = (
        [name for name, one in spec(field.part).items() if one.type_name == "date" and one.required]
        if (field and field.part)
        else []
    )
    if days and all(type(item.get(days[0])) is date for side in sides for item in side):
        sort = [sorted(side, key=lambda item: item[days[0]]) for side in (items, *sides)]
        return sort[0] if sort[1:] == [*sides] else items
    is_days = bool(field) and all(type(item) is date for side in sides for item in side)
    return sorted(items) if is_days and all(side == sorted(side) for side in sides) else items
