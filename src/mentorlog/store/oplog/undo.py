"""Planning an undo or redo from the log: several steps as one change, all or none, never over others' changes.

An undo lists the operations that it undoes, newest first; a redo those that it redoes, oldest first. The newest
undo or redo that lists an operation decides its state. Order is by number, never by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from mentorlog.errors import Forgotten, MentorlogError, NeedsDoctor, Unreadable
from mentorlog.store.layout import operation_path
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, LoggedOperation, Touched
from mentorlog.values import Value

Step = tuple[str, str | None, str | None]

_UNDO_OR_REDO = ("undo", "redo")


class Plan(Value):
    """What an undo or redo changes, and the numbers and names of its operations."""

    changes: tuple[Change, ...]
    undoes: tuple[int, ...]
    names: tuple[str, ...]


def undo(history: History, steps: int = 1) -> Plan:
    """Return the plan that undoes the newest operations that are in effect."""
    taken: list[LoggedOperation] = []
    gone: dict[int, bool] = {}
    for entry in map(history.entry, history.numbers()):
        seq, kind = entry.operation.seq, entry.operation.kind
        if kind in _UNDO_OR_REDO:
            for number in entry.operation.undoes:
                gone.setdefault(number, kind == "undo")
        elif not gone.get(seq, False):
            taken.append(entry)
            if len(taken) == steps:
                break
    _check_steps(steps, len(taken), "undo")
    touched = [one for entry in taken for one in reversed(entry.operation.files)]
    backwards = [(one.path, one.after_sha, one.before_sha) for one in touched]
    return _plan(history, backwards, taken, taken)


def redo(history: History, steps: int = 1) -> Plan:
    """Return the plan that redoes what was undone last, if nothing else has been done since."""
    tail: list[LoggedOperation] = []
    gone: dict[int, bool] = {}
    for entry in map(history.entry, history.numbers()):
        if entry.operation.kind not in _UNDO_OR_REDO:
            break
        tail.append(entry)
        for number in entry.operation.undoes:
            gone.setdefault(number, entry.operation.kind == "undo")
    undone = sorted(number for number, is_gone in gone.items() if is_gone)
    _check_steps(steps, len(undone), "redo")
    again = [history.entry(number) for number in undone[:steps]]
    forwards = [(one.path, one.before_sha, one.after_sha) for entry in again for one in entry.operation.files]
    return _plan(history, forwards, again, chain(again, tail, map(history.entry, sorted(gone))))


def _plan(
    history: History, steps: Iterable[Step], chosen: list[LoggedOperation], sources: Iterable[LoggedOperation]
) -> Plan:
    """Compose steps (a path, the hash before and after) into one change of every file."""
    for count, entry in enumerate(chosen):
        if entry.forgotten:
            raise Forgotten(entry.operation.name, count)
    first: dict[str, str | None] = {}
    state: dict[str, str | None] = {}
    others = set()
    for path, was, becomes in steps:
        if state.setdefault(path, was) != was:
            others.add(path)  # another program's change came between two operations
        first.setdefault(path, was)
        state[path] = becomes
    now = {path: history.present(path) for path in first}
    others |= {path for path, was in first.items() if operation.sha(now[path]) != was}
    if others:
        raise operation.changed_since(sorted(others))
    texts = _sources_of({sha for sha in state.values() if sha is not None}, sources)
    changes = [Change(path, now[path], _bytes(path, state[path], texts)) for path in first]
    return Plan(
        tuple(change for change in changes if change.before != change.after),
        tuple(entry.operation.seq for entry in chosen),
        tuple(entry.operation.name for entry in chosen),
    )


def _sources_of(wanted: set[str], sources: Iterable[LoggedOperation]) -> dict[str, tuple[LoggedOperation, Touched]]:
    """Return the operation that stores the bytes of each hash, reading only as far as needed."""
    by_sha: dict[str, tuple[LoggedOperation, Touched]] = {}
    for entry in sources if wanted else ():
        for touched in entry.operation.files:
            if touched.before_sha in wanted:
                by_sha[touched.before_sha] = entry, touched
        if len(by_sha) == len(wanted):
            break
    return by_sha


def _bytes(path: str, wanted: str | None, sources: dict[str, tuple[LoggedOperation, Touched]]) -> bytes | None:
    """Return the bytes with that hash, as an operation stored them."""
    if wanted is None:
        return None
    if wanted not in sources:
        raise NeedsDoctor(f"The earlier text of {path} is missing from the operation log.")
    entry, touched = sources[wanted]
    try:
        return entry.before(touched.path)
    except ValueError as error:
        raise Unreadable(operation_path(entry.operation.seq), str(error)) from error


def _check_steps(steps: int, count: int, what: str) -> None:
    if steps < 1:
        raise MentorlogError("The number of changes must be 1 or more.", "for example: mentorlog undo 2")
    if count == 0:
        raise MentorlogError(f"There is nothing to {what}.", "see the change history with: mentorlog history")
    if count < steps:
        only = "is only 1 change" if count == 1 else f"are only {count} changes"
        raise MentorlogError(
            f"There {only} to {what}.", f"{what} {'it' if count == 1 else 'them'} with: mentorlog {what} {count}"
        )
