"""What a change of files means for the records in them and for the index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from mentorlog.domain.reports import TEMPLATE, OperationEntry, RecordChange
from mentorlog.errors import Unreadable
from mentorlog.store.disk.files import fingerprint
from mentorlog.store.index.index import IndexUpdate
from mentorlog.store.index.rows import IndexedRecord, index_file
from mentorlog.store.layout import JOURNAL, PROFILE, id_of, kind_of, operation_path, template_at
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, LoggedOperation
from mentorlog.values import Value


class UndoResult(Value):
    """The operations that were undone or redone, and what that changed; `unchanged` says why there were none.

    `passed` are the numbers of the syncs that it passed over, `merged` the ids of records that were merged.
    """

    operations: list[OperationEntry]
    changes: list[RecordChange]
    unchanged: str = ""
    passed: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of the operations."""
        return [one.name for one in self.operations]


def read(changes: Sequence[Change]) -> tuple[list[RecordChange], IndexUpdate | None]:
    """Return the records before and after, and the index's update; None if one is unreadable."""
    record_changes: list[RecordChange] = []
    update: IndexUpdate | None = IndexUpdate([], [])
    for change in changes:
        path, before, after = change.path, change.before, change.after
        if template_at(path):  # the index knows none
            record_changes.append(_change_of_template(path, before, after))
            continue
        old, new = _records(path, before, after)
        if update is not None and change.after is None:
            update.gone.append(path)
        elif update is not None and new is not None:
            update.records.append(new)
        else:
            update = None
        if path != JOURNAL:
            existed, exists = before is not None, after is not None
            record_changes.append(_change(path, existed, exists, old, new))
    return record_changes, update


def made(history: History, entry: LoggedOperation) -> list[RecordChange]:
    """Return what an operation changed, from the texts in the log and in the files as they are now."""
    touched = [one for one in entry.operation.files if one.path != JOURNAL]
    wanted = {one.after_sha for one in touched if one.after_sha is not None}
    texts: dict[str, bytes] = {}
    for one in touched:
        with suppress(Unreadable):
            if (sha := operation.sha(data := history.present(one.path))) in wanted and data is not None:
                texts[str(sha)] = data
    texts |= history.texts(wanted - texts.keys(), entry.operation.seq)
    changes = []
    for one in touched:
        path, existed, exists = one.path, one.before_sha is not None, one.after_sha is not None
        erased = entry.is_erased(path)
        try:
            before, after = None if erased else entry.before(path), texts.get(one.after_sha or "")
        except ValueError as error:
            raise Unreadable(operation_path(entry.operation.seq), str(error)) from error
        missing = "erased" if erased else "unknown" if exists and after is None else ""
        if template_at(path):
            changes.append(_change_of_template(path, before, after, missing))
            continue
        old, new = _records(path, before, after)
        changes.append(_change(path, existed, exists, old, None if missing else new, missing))
    return changes


def _change(
    path: str, existed: bool, exists: bool, old: IndexedRecord | None, new: IndexedRecord | None, missing: str = ""
) -> RecordChange:
    before, after = (one.view if one else None for one in (old, new))
    if path == PROFILE:  # a missing profile is an empty one
        existed = exists = True
    return RecordChange(kind_of(path), id_of(path), path, existed, exists, before, after, missing)


def _change_of_template(path: str, before: bytes | None, after: bytes | None, missing: str = "") -> RecordChange:
    """Return the change of a template as that of a record with one field."""
    name, existed = template_at(path), before is not None
    old, new = (
        None if data is None else {"record": TEMPLATE, "id": name, "text": data.decode("utf-8", "backslashreplace")}
        for data in (before, after)
    )
    return RecordChange(TEMPLATE, name, path, existed, after is not None or missing != "", old, new, missing)


def _records(path: str, before: bytes | None, after: bytes | None) -> tuple[IndexedRecord | None, IndexedRecord | None]:
    if path == PROFILE:
        before, after = before or b"", after or b""
    return _record(path, before), _record(path, after)


def _record(path: str, data: bytes | None) -> IndexedRecord | None:
    with suppress(Unreadable):
        return None if data is None else index_file(path, data, fingerprint(data))
    return None
