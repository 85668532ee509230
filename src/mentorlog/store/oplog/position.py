"""What a reader without the lock can know of the log: what is new, and whether it changes during a read.

Order is by number, never by the clock: the file of the next operation exists or it does not.
"""

from __future__ import annotations

import os
from contextlib import suppress

from mentorlog.errors import Busy, DiskFailure, MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout, id_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    T = TypeVar("T")

Stamp = tuple[int, ...] | None
_TRIES = 100


class ChangedMeanwhile(Exception):
    """An operation was committed during an attempt to read: half of it may have been seen."""


def consistently(attempt: Callable[[], T]) -> T:
    """Return what `attempt` returns, repeated on ChangedMeanwhile; raise Busy if that does not end."""
    for _ in range(_TRIES):
        with suppress(ChangedMeanwhile):
            return attempt()
    raise Busy("The journal keeps changing.", "try again in a moment")


def look(path: Path) -> os.stat_result | None:
    """Return the lstat of a path in the log; None if nothing is there, or if we may not look into its folder.

    A folder that another user closed, as one `sudo mentorlog` leaves it, stops changes, but no reading.
    """
    try:
        return files.look(path)
    except DiskFailure:
        if files.may_access(path.parent, os.X_OK):
            raise
        return None


class LogPosition:
    """The position of a reader in the log of a journal."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def pending(self) -> Stamp:
        """Return the stamp of a committed, unfinished operation, or None if there is none."""
        status = look(self._layout.pending)
        return None if status is None else files.stamp(status)

    def since(self, seq: int) -> tuple[int, set[str], bool] | None:
        """Return the last number, the ids used since, and whether the log is another; None if nothing is new."""
        try:
            exists = seq == 0 or self._is_there(seq)
            if exists and not self._is_there(seq + 1):
                return None
            from mentorlog.store.oplog.history import History

            history = History(self._layout)
            last = history.last()  # first, so that what is added now is seen the next time
            return last, set(map(id_of, history.paths_ever(seq if exists else 0))), not exists
        except MentorlogError:  # it cannot be read now
            return None

    def changed_since(self, seq: int, pending: Stamp) -> bool:
        """Return whether an operation was committed since `seq` was last and `pending` unfinished."""
        return self._is_there(seq + 1) or self.pending() != pending

    def _is_there(self, seq: int) -> bool:
        return look(self._layout.operation(seq)) is not None
