"""What somebody who holds no lock can tell of the log: what came since, and whether anything comes between.

Order is the numbers', never the clock's: the file of the next operation is there or it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files
from mentorlog.values import Value

Pending = tuple[int, ...] | None


class LogDelta(Value):
    """What the log tells of late: its last number, and the ids used since; `anew` if what was known is to go."""

    seq: int
    ids: Iterable[str]
    anew: bool


class LogPosition:
    """An eye on the log of a journal; `told` reads it: the last number, and the ids used after one."""

    def __init__(self, root: Path, told: Callable[[int], tuple[int, Iterable[str]]]) -> None:
        self._pending = root / ".mentorlog" / "pending.json"
        self._folder = root / ".mentorlog" / "operations"
        self._told = told

    def pending(self) -> Pending:
        """Return the stamp of an operation that is committed and not finished, None where there is none."""
        found = files.look(self._pending)
        return None if found is None else files.stamp(found)

    def news(self, seq: int) -> LogDelta | None:
        """Return what came after an operation; None where it is the last one, or the log cannot be read now."""
        try:
            there = seq == 0 or self._is_there(seq)
            if there and not self._is_there(seq + 1):
                return None
            return LogDelta(*self._told(seq if there else 0), not there)
        except MentorlogError:
            return None

    def came_between(self, seq: int, pending: Pending) -> bool:
        """Say whether an operation was committed since `seq` was the last one and `pending` was unfinished."""
        return self._is_there(seq + 1) or self.pending() != pending

    def _is_there(self, seq: int) -> bool:
        return files.look(self._folder / f"{seq:06}.json") is not None
