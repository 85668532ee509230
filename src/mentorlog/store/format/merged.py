"""A record that two machines changed, merged as data and checked as any file is."""

from __future__ import annotations

from mentorlog.domain.reports import SyncConflict
from mentorlog.errors import Unreadable
from mentorlog.values import Value


class MergedFile(Value):
    """The bytes of a merged record, its new conflicts, and whether comments were dropped."""

    data: bytes
    conflicts: tuple[SyncConflict, ...] = ()
    comments_dropped: bool = False


def merged_file(path: str, base: bytes | None, one: bytes, two: bytes) -> MergedFile:
    """Return the record that holds what both sides say; raise Unreadable if there is none."""
    if base in (one, two):
        return MergedFile(two if one == base else one)
    raise Unreadable(path, "it was changed on both machines")
