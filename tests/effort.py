"""What work costs without a clock: how many functions it calls, the same on every machine and under every load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def effort(work: Callable[[], object]) -> int:
    """Return how many functions, of Python and of C, the work calls."""
    calls = 0

    def count(frame: Any, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def grows(work: Callable[[int], object], size: int) -> float:
    """Return how many times the effort of half a size the whole costs: 2 where work grows with its size."""
    work(2)  # what is loaded or compiled once
    return effort(lambda: work(size)) / effort(lambda: work(size // 2))
