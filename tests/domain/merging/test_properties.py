"""What holds for every merge, of every kind of record: ten properties, for records and changes of them made by seeds.

A seed names its example: `-k "words and 17"` runs one again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from figures import Counted
from mentorlog.domain.merging.records import canonical, merge, same
from mentorlog.models.fields import spec, units
from mentorlog.models.record import Part, as_data, build
from mentorlog.store.format import document, toml
from mentorlog.store.format.merged import merged_file, merged_part
from merged_records import KINDS, Data, Maker, triple, valid, words

Kind = type[Part]


def merged(kind: Kind, base: Data | None, one: Data, two: Data) -> Data:
    """Return what a file then has."""
    return as_data(merged_part(kind, base, one, two), full=False)


def loose(value: Any) -> Any:
    """Return a value without its white space and the order of its lists."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: loose(item) for key, item in value.items()}
    return sorted(map(loose, value), key=canonical) if isinstance(value, list) else value


def taken_out(base: Data, *sides: Data) -> set[str]:
    """Return the words that a side took out of what it had."""
    return set[str]().union(*(words(base) - words(side) for side in sides))


def commutes(seed: int) -> None:
    """No side decides: whoever merges writes the same."""
    kind, base, one, two = triple(seed)
    for ancestor in (base, None):
        assert same(merged(kind, ancestor, one, two), merged(kind, ancestor, two, one))


def takes_one_change(seed: int) -> None:
    """What one side alone changed is taken as it is, and what both changed to the same stays that."""
    kind, base, one, _ = triple(seed)
    assert same(merged(kind, base, base, one), one)
    assert same(merged(kind, base, one, one), one)
    assert same(merged(kind, None, one, one), one)


def again(seed: int) -> None:
    """Merging a side again that is already in it changes nothing but white space."""
    kind, base, one, two = triple(seed, moves=False)
    for ancestor in (base, None):
        once = merged(kind, ancestor, one, two)
        for side in (one, two, once):
            assert same(loose(merged(kind, ancestor, once, side)), loose(once))


def no_word_lost(seed: int) -> None:
    """A word that a side has is in the record, unless the other took it out; without an ancestor nothing is."""
    kind, base, one, two = triple(seed)
    every = words(one) | words(two)
    assert every - taken_out(base, one, two) <= words(merged(kind, base, one, two))
    assert every <= words(merged(kind, None, one, two))


def no_field_lost(seed: int) -> None:
    """A field that a side has is in the record or in what is left to choose, unless the other side alone cleared it."""
    kind, base, one, two = triple(seed)
    both = merged(kind, base, one, two)
    left = {name for conflict in both.get("conflicts", ()) for name in conflict.get("other", {})}
    for side, other in ((one, two), (two, one)):
        cleared = {name for name in side if name in base and name not in other}
        emptied = {name for name in side if isinstance(side[name], list) and _within(side[name], base.get(name))}
        assert side.keys() - cleared - emptied <= both.keys() | left
        changed = {name for name in side.keys() & cleared if not _within(side[name], base[name])}
        assert changed <= both.keys() | left


def _within(value: Any, old: Any) -> bool:
    """Return whether a value has nothing of its own: the old one, or some entries of it."""
    if isinstance(value, list) and isinstance(old, list):
        return {*map(canonical, value)} <= {*map(canonical, old)}
    return same(value, old)


def other_fields(seed: int) -> None:
    """Two sides that changed different fields leave nothing to choose, and both changes are there."""
    maker = Maker(seed)
    apart = [name for name in spec(maker.model) if name not in ("id", "created", "conflicts")]
    together = {name for unit in units(maker.model).values() for name in unit}
    maker.random.shuffle(apart)
    mine = [name for name in apart[::2] if name not in together] or ["my key"]
    others = [name for name in apart[1::2] if name not in {*together, *mine}]
    base = maker.record()
    one, two = maker.edited(base, mine), maker.edited(base, others) if others else base
    if any(same(merged(maker.model, base, one, two), side) for side in (one, two)):
        return
    both = merge(maker.model, base, one, two)
    assert "conflicts" not in both
    for name in {*one, *two}:
        side = one if not same(one.get(name), base.get(name)) else two
        assert name not in side or same(both[name], side[name])


def a_step_or_a_choice(seed: int) -> None:
    """A state comes from one side; the other one is a step before it, or is left to choose."""
    kind, base, one, two = triple(seed)
    if "status" not in spec(kind):
        return
    field, both = spec(kind)["status"], merged(kind, base, one, two)
    states = [side["status"] for side in (one, two)]
    assert both["status"] in states
    if len({*states, base["status"]}) == 3:
        lost = next(state for state in states if state != both["status"])
        is_step = any({*states} <= {*road} and road.index(lost) < road.index(both["status"]) for road in field.roads)
        assert is_step or any(one.get("other", {}).get("status") == lost for one in both["conflicts"])


def any_order(seed: int) -> None:
    """Three machines end with the same words and the same states, whichever syncs first."""
    maker = Maker(seed)
    base, hot = maker.record(), maker.hot()
    sides = [maker.edited(base, hot) for _ in range(3)]
    ends, by_field = list[Data](), True
    for order in permutations(sides):
        end = base
        for side in order:
            by_field &= valid(maker.model, merge(maker.model, base, side, end)) is not None
            end = merged(maker.model, base, side, end)
        ends.append(end)
    gone = taken_out(base, *sides)
    assert all(words(sides) - gone <= words(end) for end in ends)
    assert len({end.get("visibility") for end in ends}) == 1
    assert len({end.get("status") for end in ends}) == 1 or not by_field  # else one record is shown whole


def goes_on(seed: int) -> None:
    """Two to four machines that go on writing and syncing end with the same record, with every word not taken out."""
    maker = Maker(seed)
    remote = maker.record()
    machines = [remote] * maker.random.randint(2, 4)
    bases, hot = [*machines], maker.hot()
    written, gone = words(remote), set[str]()
    for step in range(12 + 2 * len(machines)):
        at = maker.random.randrange(len(machines)) if step < 12 else step % len(machines)
        if step < 12 and maker.random.random() < 0.6:
            new = maker.edited(machines[at], hot)
            gone |= words(machines[at]) - words(new)
            written |= words(new)
            machines[at] = new
        else:
            remote = machines[at] = bases[at] = merged(maker.model, bases[at], machines[at], remote)
    assert all(same(machine, remote) for machine in machines)
    assert written - gone <= words(remote)


def is_a_record(seed: int) -> None:
    """The file is a valid record, says what it said when it is read back, and has no marker of git."""
    kind, base, one, two = triple(seed)
    path = f"{kind.KIND}s/{one['id']}.toml" if "id" in one else "profile.toml"
    files = [toml.dump(build(kind, side)) for side in (base, one, two)]
    for ancestor in (files[0], None):
        result = merged_file(path, ancestor, *files[1:])
        part = document.checked(path, result.data)
        assert toml.dump(document.checked(path, toml.dump(part))) == toml.dump(part)
        assert not re.search(rb"^(<{7}|>{7}|={7})", result.data, re.MULTILINE)
        known = {canonical(entry) for side in (one, two) for entry in side.get("conflicts", ())}
        assert len(result.conflicts) == len(part.conflicts) - len(known)


PROPERTIES: list[Callable[[int], None]] = [
    *(commutes, takes_one_change, again, no_word_lost, no_field_lost),
    *(other_fields, a_step_or_a_choice, any_order, goes_on, is_a_record),
]


def named(property: Callable[[int], None]) -> str:
    """Name a case by its property."""
    return property.__name__


@pytest.mark.parametrize("property", PROPERTIES, ids=named)
@pytest.mark.parametrize("seed", range(len(KINDS)))
def test_a_property_holds(property: Callable[[int], None], seed: int) -> None:
    """A few examples, that every change passes."""
    property(seed)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("property", PROPERTIES, ids=named)
def test_a_property_holds_of_thousands(property: Callable[[int], None], counted: Counted) -> None:
    """2,000 examples of each."""
    start = time.perf_counter()
    for seed in range(2000):
        property(seed)
    counted("21 properties of the merge", 2000, 0, time.perf_counter() - start)
