"""What a sync did, gathered over its attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.domain.reports import KeptRecord, Renamed, SyncConflict, SyncedRecords, SyncReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    from mentorlog.store.sync.plan import Plan

    T = TypeVar("T")


class Told:
    """The report of a sync while it is going on: what came in any attempt, and what the last one sends."""

    def __init__(self) -> None:
        self._received = SyncedRecords()
        self._merged: list[str] = []
        self._conflicts: list[SyncConflict] = []
        self._kept: list[KeptRecord] = []
        self._renamed: list[Renamed] = []
        self._comments: list[str] = []
        self._last: Plan | None = None

    def add(self, plan: Plan) -> None:
        """Add an attempt."""
        came, _ = plan.counts
        old = self._received
        self._received = SyncedRecords(
            _once(old.new, came.new), _once(old.changed, came.changed), _once(old.deleted, came.deleted)
        )
        self._merged += plan.merged
        self._conflicts += plan.conflicts
        self._kept += plan.kept
        self._renamed += plan.renamed
        self._comments += plan.comments
        self._last = plan

    def report(self, remote: str, erased: Sequence[str], *, first: bool) -> SyncReport:
        """Return what the sync did; `erased` are ids that another machine erased and that are still in the history."""
        assert self._last is not None
        return SyncReport(
            remote=remote,
            received=self._received,
            sent=self._last.counts[1],
            merged=_once(self._merged),
            conflicts=_once(self._conflicts),
            kept=_once(self._kept),
            renamed=_once(self._renamed),
            held=tuple(self._last.held.values()),
            erased=tuple(erased),
            comments=_once(self._comments),
            first=first,
        )


def _once(*lists: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))
