"""What a change of files means for the records in them: before and after, and what the index must know."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.domain.reports import RecordChange
from mentorlog.errors import Unreadable
from mentorlog.models.views import View
from mentorlog.store.disk.files import fingerprint
from mentorlog.store.index.index import IndexUpdate
from mentorlog.store.index.rows import IndexedRecord, index_file
from mentorlog.store.layout import JOURNAL, PROFILE, id_of, kind_of
from mentorlog.store.oplog.operation import Change
from mentorlog.values import Value


class UndoResult(Value):
    """What was undone or done again, by the names of the operations, and what that changed."""

    names: list[str]
    changes: list[RecordChange]


def read(changes: Sequence[Change]) -> tuple[list[RecordChange], IndexUpdate | None]:
    """Return the records before and after, and what the index is told; None where a file cannot be read after it."""
    found: list[RecordChange] = []
    update: IndexUpdate | None = IndexUpdate([], [])
    for change in changes:
        path, before, after = change.path, change.before, change.after
        now = None if after is None else _record(path, after)
        if update is None or (now is None and after is not None):
            update = None
        elif now is None:
            update.gone.append(path)
        else:
            update.records.append(now)
        if path != JOURNAL:
            found.append(_change(path, before, after, now))
    return found, update


def _change(path: str, before: bytes | None, after: bytes | None, now: IndexedRecord | None) -> RecordChange:
    if path == PROFILE:  # one that is not there is an empty one
        old, new = _record(path, before or b""), now or _record(path, after or b"")
        return RecordChange("profile", "profile", path, True, True, _view(old), _view(new))
    was = None if before is None else _record(path, before)
    existed, exists = before is not None, after is not None
    return RecordChange(kind_of(path), id_of(path), path, existed, exists, _view(was), _view(now))


def _view(record: IndexedRecord | None) -> View | None:
    return None if record is None else record.view


def _record(path: str, data: bytes) -> IndexedRecord | None:
    try:
        return index_file(path, data, fingerprint(data))
    except Unreadable:
        return None
