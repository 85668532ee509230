"""What a change of files means for the records in them and for the index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from mentorlog.domain.reports import RecordChange
from mentorlog.errors import Unreadable
from mentorlog.store.disk.files import fingerprint
from mentorlog.store.index.index import IndexUpdate
from mentorlog.store.index.rows import IndexedRecord, index_file
from mentorlog.store.layout import JOURNAL, PROFILE, id_of, kind_of
from mentorlog.store.oplog.operation import Change
from mentorlog.values import Value


class UndoResult(Value):
    """The names of the operations that were undone or redone, and what that changed."""

    names: list[str]
    changes: list[RecordChange]


def read(changes: Sequence[Change]) -> tuple[list[RecordChange], IndexUpdate | None]:
    """Return the records before and after, and the index's update; None if one is unreadable."""
    record_changes: list[RecordChange] = []
    update: IndexUpdate | None = IndexUpdate([], [])
    for change in changes:
        path, before, after = change.path, change.before, change.after
        if path == PROFILE:  # a missing profile is an empty one
            before, after = before or b"", after or b""
        old, new = _record(path, before), _record(path, after)
        if update is not None and change.after is None:
            update.gone.append(path)
        elif update is not None and new is not None:
            update.records.append(new)
        else:
            update = None
        if path != JOURNAL:
            views = (one.view if one else None for one in (old, new))
            existed, exists = before is not None, after is not None
            record_changes.append(RecordChange(kind_of(path), id_of(path), path, existed, exists, *views))
    return record_changes, update


def _record(path: str, data: bytes | None) -> IndexedRecord | None:
    with suppress(Unreadable):
        return None if data is None else index_file(path, data, fingerprint(data))
    return None
