"""The index of a journal, kept as fresh as whoever asks needs it: reading looks once, changing looks again."""

from __future__ import annotations

import time
from collections.abc import Callable

from mentorlog.store.disk import files
from mentorlog.store.index.index import Index
from mentorlog.store.index.scan import RACY_NS
from mentorlog.store.layout import JOURNAL, Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from mentorlog.domain.reports import Problem
    from mentorlog.store.index.index import IndexUpdate

    LogState = tuple[int, ...] | None

RESCAN_GRACE = 2.0
"""For so many seconds after it a look at the folders may serve the change that follows, however long it took."""


class FreshIndex:
    """The index of one journal; `ignored` is told what went wrong with it after a change: it stops nothing."""

    def __init__(
        self, layout: Layout, ignored: Callable[[Exception], None], progress: Callable[[int, int], None] | None = None
    ) -> None:
        self._layout = layout
        self._ignored = ignored
        self.index = Index(layout, progress)
        self._is_fresh = False
        self._looked: tuple[float, LogState] = (0.0, None)
        self._problems: list[Problem] | None = None

    def refreshed(self) -> Index:
        """Return the index, refreshed at the first call."""
        if not self._is_fresh:
            log = self._log_state()
            self.index.refresh(self._overlay)
            self._is_fresh, self._looked = True, (time.monotonic(), log)
        return self.index

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
        # Others may have changed a file since, as they may a moment after any look; what an operation writes over, it
        # compares itself.
        then, log = self._looked
        is_unchanged = self._is_fresh and log is not None and log == self._log_state()
        if not is_unchanged or time.monotonic() - then >= RESCAN_GRACE:
            self.index.refresh()
            self._is_fresh = True
        for problem in self.index.problems():
            if problem.path == JOURNAL:
                raise problem.as_error()
        return self.index

    def bring(self, update: IndexUpdate | None = None, seq: int = 0) -> None:
        """Bring the index to what the files hold after operation `seq`; what fails here the next read finds itself.

        Without `update` it looks at the files again.
        """
        self._problems = None
        try:
            if update is None:
                self.index.refresh()
            else:
                self.index.apply(update, seq)
        except Exception as error:
            self._is_fresh = False
            self._ignored(error)

    def _overlay(self) -> dict[str, Path | None]:
        from mentorlog.store.oplog.history import History

        return History(self._layout).overlay()

    def _log_state(self) -> LogState:
        """Return how the folder of the log stands: every operation of ours writes a name into it.

        None where it is too young to tell one writing from the next; () where it is not there yet.
        """
        found = files.look(self._layout.operations)
        young = found is not None and time.time_ns() - found.st_mtime_ns < RACY_NS
        return None if young else () if found is None else files.stamp(found)
