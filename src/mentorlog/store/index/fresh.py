"""The index of a journal, kept as fresh as whoever asks needs it: reading looks once, changing looks again."""

from __future__ import annotations

import time
from collections.abc import Callable

from mentorlog.store.disk import files
from mentorlog.store.index.index import Index
from mentorlog.store.index.scan import RACY_NS
from mentorlog.store.layout import JOURNAL, Layout
from mentorlog.store.oplog.position import LogPosition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from mentorlog.domain.reports import Problem
    from mentorlog.store.index.index import IndexUpdate

    LogSeen = tuple[int, ...] | None

RESCAN_GRACE = 2.0
"""For so many seconds after it a look at the folders may serve the change that follows, however long it took."""


class FreshIndex:
    """The index of one journal; `ignored` is told what went wrong with it after a change: it stops nothing."""

    def __init__(
        self, layout: Layout, ignored: Callable[[Exception], None], progress: Callable[[int, int], None] | None = None
    ) -> None:
        self._layout = layout
        self._ignored = ignored
        self._index = Index(layout, watch=LogPosition(layout), progress=progress)
        self._is_fresh = False
        self._seen: tuple[float, LogSeen] = (0.0, None)
        self._problems: list[Problem] | None = None

    def refreshed(self) -> Index:
        """Return the index, refreshed at the first call."""
        if not self._is_fresh:
            log = self._log_seen()
            self._index.refresh(self._overlay)
            self._is_fresh, self._seen = True, (time.monotonic(), log)
        return self._index

    @property
    def problems(self) -> list[Problem]:
        """The files that cannot be served."""
        if self._problems is None:
            self._problems = self.refreshed().problems()
        return self._problems

    def look_again(self) -> Index:
        """Return the index after a look at the folders under the lock, unless that was done a moment ago.

        A journal whose format is not known, because a newer mentorlog keeps it, may be read but not changed.
        """
        if not self._just_seen():
            self._index.refresh()
            self._is_fresh = True
        wrong = next((problem for problem in self._index.problems() if problem.path == JOURNAL), None)
        if wrong is not None:
            raise wrong.as_error()
        return self._index

    def bring(self, update: IndexUpdate | None = None, seq: int = 0) -> None:
        """Bring the index to what the files hold after operation `seq`; what fails here the next read finds itself.

        Without `update` it looks at the files again.
        """
        self._problems = None
        try:
            if update is None:
                self._index.refresh()
            else:
                self._index.apply(update, seq)
        except Exception as error:
            self._is_fresh = False
            self._ignored(error)

    def last_operation(self) -> int | None:
        """Return the number of the last operation that the index has seen, None where it is not open."""
        return self._index.last_operation()

    def discard(self) -> None:
        """Throw the file away: nothing is left in it of what was deleted."""
        self._index.discard()

    def close(self) -> None:
        """Let go of the file."""
        self._index.close()

    def _overlay(self) -> dict[str, Path | None]:
        from mentorlog.store.oplog.history import History

        return History(self._layout).overlay()

    def _log_seen(self) -> LogSeen:
        """Return how the folder of the log stands: every operation of ours writes a name into it.

        None where it is too young to tell one writing from the next; () where it is not there yet.
        """
        found = files.look(self._layout.operations)
        young = found is not None and time.time_ns() - found.st_mtime_ns < RACY_NS
        return None if young else () if found is None else files.stamp(found)

    def _just_seen(self) -> bool:
        """Whether the folders were looked at a moment ago, and no mentorlog has changed a file since.

        Others may have, as they may a moment after any look; what an operation writes over, it compares itself.
        """
        then, log = self._seen
        seen = self._is_fresh and log is not None and log == self._log_seen()
        return seen and time.monotonic() - then < RESCAN_GRACE
