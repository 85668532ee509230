"""Undoing or redoing changes of a record that a sync has changed since: by merging.

The log has every text that this needs: the record before and after each change. What was done to one record is
followed through the files that had its id, because a sync may rename one. Where another program changed a file in
between, nothing is merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mentorlog.errors import Unreadable
from mentorlog.store.layout import KINDS, PROFILE, id_of, operation_path
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import SYNC, Change, LoggedOperation, Operation, Touched
from mentorlog.values import Value


class Place(Value):
    """Where the file of a record is, and what it holds."""

    path: str
    data: bytes


Move = tuple[Place | None, Place | None]
"""From one state of a record to another."""


class Merged(Value):
    """What became of two texts of one file: its bytes, the fields in which a choice is left, whether comments went."""

    data: bytes
    fields: tuple[str, ...]
    comments_dropped: bool = False


Merge = Callable[[str, bytes, bytes, bytes], Merged | None]
"""Merges two texts of a record, given its path and what both come from; None if they are two records."""


class Refused(Exception):
    """A sync, or a change after one, has changed a record in a way that leaves a choice; says how."""


class Life(Value):
    """The operations on a record, oldest first, and what the record was before each and is after the last."""

    operations: tuple[Operation, ...]
    states: tuple[Place | None, ...]

    @property
    def is_synced(self) -> bool:
        """Whether a sync is among its operations."""
        return any(one.kind == SYNC for one in self.operations)

    def move(self, seq: int, forwards: bool) -> Move:
        """Return the record after and before one of its operations; before and after it if we go forwards."""
        at = next(at for at, one in enumerate(self.operations) if one.seq == seq)
        before, after = self.states[at : at + 2]
        return (before, after) if forwards else (after, before)


def key_of(path: str) -> str:
    """Return what all files of a record have in common, `goals/g7k3q` or `profile`; empty if it is never merged."""
    folder, slash, _ = path.rpartition("/")
    if not slash:
        return id_of(path) if path == PROFILE else ""
    return f"{folder}/{id_of(path)}" if folder in KINDS else ""


def life(history: History, key: str, since: int) -> Life | None:
    """Return what was done to a record from an operation on; None if the log does not explain what it is now."""
    operations: list[Operation] = []
    states: list[Place | None] = []
    for seq, paths in history.touched(since - 1):  # newest first
        if paths is not None and all(key_of(path) != key for path in paths):
            continue
        entry = history.entry(seq)
        touched = [file for file in entry.operation.files if key_of(file.path) == key]
        if not touched:
            continue
        ends = _ends(entry, touched)
        if not states:
            states.append(_present(history, touched))
        state = states[-1]
        if ends is None or ends[1] != (state and (state.path, operation.sha(state.data))):
            return None
        operations.append(entry.operation)
        states.append(ends[0])
    return Life(tuple(reversed(operations)), tuple(reversed(states)))


def _present(history: History, touched: Sequence[Touched]) -> Place | None:
    """Return the record as it is now, at one of these paths."""
    found = ((file.path, history.present(file.path)) for file in touched)
    return next((Place(path, data) for path, data in found if data is not None), None)


def _ends(
    entry: LoggedOperation, touched: Sequence[Touched]
) -> tuple[Place | None, tuple[str, str | None] | None] | None:
    """Return a record before an operation, and where it left it, with its hash; None if that was not one file."""
    old = [file for file in touched if file.before_sha is not None]
    new = [file for file in touched if file.after_sha is not None]
    if len(old) > 1 or len(new) > 1 or any(entry.is_erased(file.path) for file in touched):
        return None
    try:
        before = [Place(file.path, entry.before(file.path) or b"") for file in old]
    except ValueError as error:
        raise Unreadable(operation_path(entry.operation.seq), str(error)) from error
    return next(iter(before), None), next(((file.path, file.after_sha) for file in new), None)


class Outcome(Value):
    """The changes of files that undo or redo changes of a record, whether it was merged, and whether comments went."""

    changes: tuple[Change, ...]
    is_merged: bool
    comments_dropped: bool


def follow(life: Life, moves: Iterable[Move], merge: Merge, *, deleted: bool = False) -> Outcome:
    """Return what a record, as it is now, becomes by these moves, each from one earlier state of it to another.

    Raises Refused where that leaves a choice. What was done since stays, and so does a record that was restored;
    one that was `deleted` since may stay so, too.
    """
    now = current = life.states[-1]
    is_merged = comments_dropped = False
    target: Place | None = current
    for base, target in moves:
        if current == base:
            current = target
        elif current == target or current is None or base is None:
            pass  # nothing is left to do; of a deleted one the last move decides
        elif target is None:
            raise Refused("has changed {id} since")
        else:
            merged = merge(current.path, base.data, current.data, target.data)
            if merged is None:
                raise Refused("has given the id {id} to another record")
            if merged.fields:
                raise Refused(f"has also changed {_named(merged.fields)} of {{id}}")
            path = target.path if current.path == base.path else current.path
            current, is_merged = Place(path, merged.data), True
            comments_dropped |= merged.comments_dropped
    if current is None and target is not None and not deleted:
        raise Refused("has deleted {id}")
    return Outcome(tuple(_changes(now, current)), is_merged, comments_dropped)


def _changes(now: Place | None, then: Place | None) -> Iterable[Change]:
    """Yield the changes of files that lead from one state of a record to another."""
    if now is not None and then is not None and now.path == then.path:
        if now.data != then.data:
            yield Change(now.path, now.data, then.data)
        return
    if now is not None:
        yield Change(now.path, now.data, None)
    if then is not None:
        yield Change(then.path, None, then.data)


def _named(fields: Sequence[str]) -> str:
    """Return the fields as in a sentence."""
    return f"the {fields[0]}" if len(fields) == 1 and fields[0] else "several fields"
