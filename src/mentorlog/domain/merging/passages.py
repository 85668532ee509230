"""Passages of a text: where they stand as whole sentences or lines, and the text without one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from mentorlog.domain.action_lines import ID
from mentorlog.domain.merging.texts import tokens

Place = tuple[int, int]
"""Where a passage begins and ends."""


def places(text: str, passage: str) -> Iterator[Place]:
    """Yield where a passage stands in a text, whatever white space is between its words.

    The id of a task that was made of it since belongs to it.
    """
    words = re.compile(r"\s+".join(map(re.escape, passage.split())) or "(?!)")
    at, starts, ends = 0, list[int](), dict[int, int]()
    for token in tokens(text, divides_tasks=True)[0]:
        at += len(token.before) + len(token.text)
        starts.append(at - len(token.text.lstrip()))
        mark = re.search(rf"\s*{ID}$", token.text)
        ends |= {at: at} | ({at - len(mark[0]): at} if mark else {})
    for start in starts:
        if (found := words.match(text, start)) and found.end() in ends:
            yield start, ends[found.end()]


def both(text: str, pair: Sequence[str]) -> tuple[Place, Place] | None:
    """Return where two passages stand in a text, each for itself; of several places those next to each other."""
    first, second = ([*places(text, passage)] for passage in pair)
    starts, ends = [start for start, _ in second], [end for _, end in second]
    found = list[tuple[int, Place, Place]]()
    for one in first:
        after, before = bisect_left(starts, one[1]), bisect_right(ends, one[0])
        found += [(two[0] - one[1], one, two) for two in second[after : after + 1]]
        found += [(one[0] - two[1], one, two) for two in second[max(0, before - 1) : before]]
    return min(found)[1:] if found else None


def without(text: str, place: Place) -> str:
    """Return a text without the passage at a place, and without the gap that this leaves."""
    before, after = text[: place[0]], text[place[1] :]
    gaps = after[: len(after) - len(after.lstrip())], before[len(before.rstrip()) :]
    if before.strip() and after.strip():
        return before.rstrip() + max(gaps, key=lambda gap: gap.count("\n")) + after.lstrip()
    return (before.rstrip() or before) + (after if before.strip() else after.lstrip())
