"""Three-way merges of sequences: what a side put in stays, and what a side took out goes."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, TypeVar

from mentorlog.values import Value

T = TypeVar("T")

_DEEPEST = 16  # levels of parts between items that occur once
_MOST_ALIKE = 100_000  # pairs of equal items that difflib is given: of 2,000 equal lines it takes minutes
_MOST_COMPARED = 4_000  # items that difflib is given


class Region(Value):
    """The places of what each side put in before an item that all have, and its places."""

    one: Sequence[int]
    two: Sequence[int]
    is_rewritten: bool
    """Whether both sides took out the same item of the ancestor here."""
    kept: tuple[int, int, int] | None
    """The places of the item in the ancestor and on both sides; None if none follows."""


Edits = tuple[Mapping[int, int], Mapping[int, Sequence[int]]]
"""Where the items that a side kept are now, and what it put in before which place of the ancestor."""
Alike = Callable[[Any, Any], bool]


def regions(
    base: Sequence[Any], one: Sequence[Any], two: Sequence[Any], is_alike: Alike | None = None
) -> Iterator[Region]:
    """Yield the regions of two sides that differ from an ancestor.

    Where the sides changed neighbouring items, what they put in stands in the order of the ancestor, unless both put in
    the same, which would then stand twice. With `is_alike`, which says whether an item may have been made of another,
    what one side alone rewrote is apart from what both rewrote, also where one side rewrote several.
    """
    (kept_1, put_1), (kept_2, put_2) = edits = _edits(base, one), _edits(base, two)
    rest_1, rest_2 = (_rests(base, side, *edit, is_alike) for side, edit in zip((one, two), edits, strict=True))
    parts, new_1, new_2, is_rewritten = list[Region](), list[int](), list[int](), False
    for place in range(len(base) + 1):
        sides = (kept_1, rest_1), (kept_2, rest_2)
        is_other = any((place in kept) != (place - 1 in kept) for kept, _ in sides)
        if is_other and all(place in kept or place - 1 in kept or place in rest for kept, rest in sides):
            (new_1, next_1), (new_2, next_2) = (
                (new[: len(new) - rest.get(place, 0)], new[len(new) - rest.get(place, 0) :])
                for new, rest in ((new_1, rest_1), (new_2, rest_2))
            )
            parts += [Region(new_1, new_2, is_rewritten, None)] if new_1 or new_2 else []
            new_1, new_2, is_rewritten = next_1, next_2, False
        new_1 += put_1.get(place, ())
        new_2 += put_2.get(place, ())
        if (place in kept_1 and place in kept_2) or place == len(base):
            kept = (place, kept_1[place], kept_2[place]) if place < len(base) else None
            yield from _apart([*parts, Region(new_1, new_2, is_rewritten, kept)], one, two)
            parts, new_1, new_2, is_rewritten = [], [], [], False
        else:
            is_rewritten |= place not in kept_1 and place not in kept_2


def _rests(
    base: Sequence[Any],
    side: Sequence[Any],
    kept: Mapping[int, int],
    put: Mapping[int, Sequence[int]],
    is_alike: Alike | None,
) -> Mapping[int, int]:
    """Return the places within what a side rewrote, and how many of the items that it put in belong there or behind.

    As many items as there were stand each for one; else those at both ends that are alike.
    """
    found = dict[int, int]()
    if is_alike is None:
        return found

    def alike(places: Iterable[int], items: Iterable[int]) -> int:
        pairs = zip(places, items, strict=False)
        return len([*takewhile(lambda pair: is_alike(base[pair[0]], side[pair[1]]), pairs)])

    for start, items in put.items():
        gone = [*takewhile(lambda place: place not in kept, range(start, len(base)))]
        if len(items) == len(gone):
            found |= {place: len(items) - number for number, place in enumerate(gone) if number}
            continue
        head, tail = alike(gone, items), alike(gone[::-1], items[::-1])
        found |= {place: len(items) - number for number, place in enumerate(gone[: head + 1]) if number}
        for number in range(1, min(tail, len(items) - head, len(gone) - 1) + 1):
            found.setdefault(gone[-number], number)
    return found


def _apart(parts: list[Region], one: Sequence[Any], two: Sequence[Any]) -> list[Region]:
    """Return regions that follow one another, or one of them all where both sides put the same item into them."""
    new_1 = [place for part in parts for place in part.one]
    new_2 = [place for part in parts for place in part.two]
    if len(parts) == 1 or {one[place] for place in new_1}.isdisjoint(two[place] for place in new_2):
        return parts
    return [Region(new_1, new_2, any(part.is_rewritten for part in parts), parts[-1].kept)]


def _edits(base: Sequence[Any], side: Sequence[Any]) -> Edits:
    pairs = matches(base, side)
    put = dict[int, Sequence[int]]()
    last, last_here = -1, -1
    for place, here in [*pairs, (len(base), len(side))]:
        if here > last_here + 1:
            put[last + 1] = range(last_here + 1, here)
        last, last_here = place, here
    return dict(pairs), put


def shared(one: list[Any], two: list[Any]) -> list[Any]:
    """Return what two sides have in common, in order: the ancestor of those that have none."""
    first, second = sorted((one, two))
    return [first[place] for place, _ in matches(first, second)]


def matches(one: Sequence[Any], two: Sequence[Any]) -> list[tuple[int, int]]:
    """Return the places of equal items in two sequences, in the order of both.

    The items that occur once on either side divide the sequences, so that the time does not grow with the square.
    """
    found = list[tuple[int, int]]()
    todo = [(0, len(one), 0, len(two), 0)]
    while todo:
        start_1, end_1, start_2, end_2, depth = todo.pop()
        while start_1 < end_1 and start_2 < end_2 and one[start_1] == two[start_2]:
            found.append((start_1, start_2))
            start_1, start_2 = start_1 + 1, start_2 + 1
        while start_1 < end_1 and start_2 < end_2 and one[end_1 - 1] == two[end_2 - 1]:
            end_1, end_2 = end_1 - 1, end_2 - 1
            found.append((end_1, end_2))
        if start_1 == end_1 or start_2 == end_2:
            continue
        left, right = one[start_1:end_1], two[start_2:end_2]
        singles = _singles(left, right) if depth < _DEEPEST else []
        if singles:
            pairs = [(start_1 + here, start_2 + there) for here, there in singles]
            found += pairs
            ends = zip([(start_1 - 1, start_2 - 1), *pairs], [*pairs, (end_1, end_2)], strict=True)
            todo += [(a + 1, b, c + 1, d, depth + 1) for (a, c), (b, d) in ends]
        else:
            found += [(start_1 + here, start_2 + there) for here, there in _compared(left, right)]
    return sorted(found)


def _singles(one: Sequence[Any], two: Sequence[Any]) -> list[tuple[int, int]]:
    """Return the places of the items that each side has once, as many as have the same order on both."""
    counts, others = Counter(one), Counter(two)
    there = {item: place for place, item in enumerate(two) if others[item] == 1 and counts[item] == 1}
    pairs = [(place, there[item]) for place, item in enumerate(one) if item in there]
    tops, ends, before = list[int](), list[int](), list[int]()  # the longest sequence that rises on both sides
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tops, place)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1], ends[at : at + 1] = [place], [number]
    run, number = list[tuple[int, int]](), ends[-1] if ends else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _compared(one: Sequence[Any], two: Sequence[Any]) -> Iterator[tuple[int, int]]:
    counts = Counter(two)
    alike = sum(counts[item] for item in one)
    if 0 < alike <= _MOST_ALIKE and len(one) + len(two) <= _MOST_COMPARED:
        for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
            yield from ((block.a + step, block.b + step) for step in range(block.size))


def combined(one: list[T], two: list[T], key: Callable[[T], Any]) -> tuple[list[T], list[T], list[T]]:
    """Return what both sides put into one place, in an order that no side decides, and the passages that differ.

    A passage that is within the other one stands once; there are then no others.
    """
    one, two = sorted((one, two))
    left, right = ([key(item) for item in run] for run in (one, two))
    if _is_within(left, right) or _is_within(right, left):
        return max((one, two), key=lambda run: (len(run), len(str(run)), run)), [], []
    head = next(place for place, (a, b) in enumerate(zip(left, right, strict=False)) if a != b)
    most = min(len(one), len(two)) - head
    tail = next((place for place in range(most) if left[-1 - place] != right[-1 - place]), most)
    first, second = one[head : len(one) - tail], two[head : len(two) - tail]
    return [*one[:head], *first, *second, *one[len(one) - tail :]], first, second


def _is_within(small: Sequence[Any], big: Sequence[Any]) -> bool:
    rest = iter(big)
    return all(item in rest for item in small)
