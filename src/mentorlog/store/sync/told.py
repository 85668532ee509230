"""What a sync did, told of all its attempts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.domain.reports import SyncedRecords, SyncReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    from mentorlog.store.sync.address import Address
    from mentorlog.store.sync.plan import Plan

    T = TypeVar("T")


def report(remote: Address, plans: Sequence[Plan], erased: Sequence[str], *, first: bool, again: bool) -> SyncReport:
    """Return what a sync did: what came in any attempt, and what the last one sent and held back."""
    came = [plan.counts[0] for plan in plans]
    return SyncReport(
        remote=remote.shown,
        place=remote.place,
        received=SyncedRecords(
            _once(one.new for one in came), _once(one.changed for one in came), _once(one.deleted for one in came)
        ),
        sent=plans[-1].counts[1],
        merged=_once(plan.merged for plan in plans),
        conflicts=_once(plan.conflicts for plan in plans),
        kept=_once(plan.kept for plan in plans),
        renamed=_once(plan.renamed for plan in plans),
        held=tuple(plans[-1].held.values()),
        erased=tuple(erased),
        comments=_once(plan.comments for plan in plans),
        first=first,
        again=again,
        asks=tuple(plans[-1].asks),
    )


def _once(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))
