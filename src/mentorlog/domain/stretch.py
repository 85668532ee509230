"""How blocks of the profile stretch the time until something is due. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import BlockView

_HALVES = {"away": 0, "heavy": 1}
"""How much a day of a block counts, in halves of a day; any other day counts whole."""


def stretched(start: date, days: int, blocks: Sequence[BlockView]) -> date:
    """Return the day that is so many days later, without those of blocks that are away and half of the heavy ones.

    Where blocks overlap, the heavier counts.
    """
    first, end, before = start.isoformat(), start + timedelta(days=days), None
    heavy = [one for one in blocks if one["load"] in _HALVES and one["to"] > first]
    while heavy and end != before:  # the later it is, the more blocks may begin before it
        near = [one for one in heavy if one["from"] <= end.isoformat()]
        before, end = end, _counted(start, days, near)
    return end


def _counted(start: date, days: int, blocks: Sequence[BlockView]) -> date:
    spans = [(_number(one["from"]), _number(one["to"]) + 1, _HALVES[one["load"]]) for one in blocks]
    day, left = start.toordinal() + 1, 2 * days
    for edge in sorted({edge for begin, end, _ in spans for edge in (begin, end) if edge > day}):
        halves = min((count for begin, end, count in spans if begin <= day < end), default=2)
        if halves * (edge - day) >= left:
            return date.fromordinal(day - 1 + -(-left // halves))
        left -= halves * (edge - day)
        day = edge
    return date.fromordinal(min(day - 1 + -(-left // 2), date.max.toordinal()))


def stretching(start: str, end: str, blocks: Sequence[BlockView]) -> list[BlockView]:
    """Return the blocks that are the reason why a day is later, between the day it is counted from and itself."""
    return [one for one in blocks if one["load"] in _HALVES and one["to"] > start and one["from"] <= end]


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
