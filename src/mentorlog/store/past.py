"""What was done to a journal, as people ask for it: the list of changes, one change, what an undo would do."""

from __future__ import annotations

import re
from contextlib import suppress

from mentorlog.domain.reports import ChangeMade, OperationEntry, Problem, RecordChange
from mentorlog.errors import MentorlogError, SeveralMatch, UnknownId, Unreadable
from mentorlog.store import changes
from mentorlog.store.layout import KINDS, id_of
from mentorlog.store.oplog import undo
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.merged_undo import Merged
from mentorlog.store.oplog.operation import SYNC, Operation
from mentorlog.store.reading import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from mentorlog.models.views import View


UNDO_SYNC = "undo --sync"
"""The way in which the last sync is undone."""


class Past:
    """The operations of one journal and the records that they changed."""

    def __init__(self, history: History, reading: Reader) -> None:
        self._history = history
        self._reading = reading

    def entries(self, id: str | None = None, limit: int | None = None) -> tuple[list[OperationEntry], list[Problem]]:
        """Return the operations (of one id, at most `limit`), newest first, and those that are unreadable."""
        listing = self._history.listing(id, limit)
        return list(map(entry_of, listing.operations)), list(map(Problem.of, listing.damaged))

    def id_ever(self, text: str) -> str:
        """Return the id that matches the text: of an existing record, or of one in the log."""
        try:
            return self._reading.resolve_id(text)[0]
        except UnknownId:
            start = text.lower()
            ids = {id for id in map(id_of, self._history.paths_ever()) if id.startswith(start) and len(start) > 1}
            if start in ids:
                return start
            if len(ids) > 1:
                raise SeveralMatch(text, [(id, "deleted") for id in sorted(ids)]) from None
            if not ids:
                raise
            return ids.pop()

    def change(self, number: int) -> ChangeMade:
        """Return what the operation with a number did, and what became of it."""
        entry = undo.chosen(self._history, number)
        one = entry.operation
        later = self._history.reversals_and_syncs(number)
        by = undo.undone_by(number, later)
        as_left = all(self._history.present_sha(file.path) == file.after_sha for file in one.files)
        can_be_undone = by is None and bool(one.files) and not entry.forgotten
        if can_be_undone and not as_left:
            can_be_undone = any(other.kind == SYNC for other in (one, *later)) and self._is_mergeable(one)
        return ChangeMade(entry_of(one), changes.made(self._history, entry), by, can_be_undone)

    def _is_mergeable(self, one: Operation) -> bool:
        """Return whether an operation whose records were changed since can be undone by merging."""
        with suppress(MentorlogError):
            return bool(self.plan(number=one.seq).changes)
        return False

    def views_at(self, at: datetime) -> dict[str, View]:
        """Return each record that was changed since an instant as it was then; one that was not there is left out.

        So is what the log no longer tells, because it is damaged or erased.
        """
        from datetime import datetime

        from mentorlog.store.format import document

        before: dict[str, bytes | None] = {}
        for number in self._history.numbers():
            with suppress(Unreadable, ValueError):
                entry = self._history.entry(number)
                if datetime.fromisoformat(entry.operation.at).astimezone() <= at:
                    break
                before |= {file.path: entry.before(file.path) for file in entry.operation.files}
        views: dict[str, View] = {}
        for path, data in before.items():
            with suppress(Unreadable):
                if data is not None and path.partition("/")[0] in KINDS:
                    views[id_of(path)] = document.view_of(document.checked(path, data))
        return views

    def plan(self, steps: int = 1, way: str = "undo", number: int | None = None) -> undo.Plan:
        """Return the plan that undoes or redoes some operations, or undoes the one with a number, or the last sync."""
        if number is not None:
            return undo.revert(self._history, number, _merged)
        if way == UNDO_SYNC:
            return undo.revert_sync(self._history, _merged)
        return (undo.redo if way == "redo" else undo.undo)(self._history, steps, _merged)


def _merged(path: str, base: bytes, now: bytes, then: bytes) -> Merged | None:
    """Return what a file that was changed since becomes, given what it was after and before what is undone.

    None if it holds another record since. A field in which not all can be undone is as good as one with two values.
    """
    from mentorlog.store.format import toml
    from mentorlog.store.format.merged import merged_file

    after, current, before = (toml.parse(path, data) for data in (base, now, then))
    if len({str(data.get("created")) for data in (after, current, before)}) > 1:
        return None
    made = merged_file(path, base, now, then)
    fields = [name.partition("[")[0] for one in made.conflicts for name in one.field.split("+")]
    merged = toml.parse(path, made.data)
    for key in after | before:
        has, had, now_is, is_now = (data.get(key) for data in (after, before, current, merged))
        pieces = r"\s+" if is_now == now_is else r"(?<=[.!?])|\n"  # words if all of it stays
        if has not in (had, now_is) and _remains(has, had, is_now, pieces):
            fields.append(key)
    return Merged(made.data, tuple(dict.fromkeys(fields)), made.comments_dropped)


def _remains(after: Any, before: Any, merged: Any, pieces: str) -> bool:
    """Return whether a value still has what a change gave it, or lacks what it took."""
    has, had, is_now = (_pieces(value, pieces) for value in (after, before, merged))
    return bool(is_now & (has - had) or (had - has) - is_now)


def _pieces(value: Any, between: str) -> set[str]:
    """Return the pieces of a text, split by a pattern; the entries of a list; or a value alone."""
    if isinstance(value, str):
        return set(map(str.strip, re.split(between, value))) - {""}
    return set(map(repr, value if isinstance(value, list) else [value])) - {"None"}


def result(plan: undo.Plan, record_changes: list[RecordChange]) -> changes.UndoResult:
    """Return what a plan undoes or redoes, and what that changes."""
    operations = list(map(entry_of, plan.operations))
    return changes.UndoResult(operations, record_changes, plan.unchanged, plan.passed, plan.merged)


def entry_of(one: Operation) -> OperationEntry:
    """Return an operation without the hashes of its files."""
    return OperationEntry(one.seq, one.at, one.name, one.kind, one.undoes, tuple(file.path for file in one.files))
