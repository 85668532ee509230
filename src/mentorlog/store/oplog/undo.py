"""Planning an undo or redo from the log: several steps as one change, all or none, never over others' changes.

An undo lists the operations that it undoes, newest first; a redo those that it redoes, oldest first. The newest
undo or redo that lists an operation decides its state. Order is by number, never by the clock.

A revert (`undo --no N`) undoes one operation of any kind, whatever was done since. It is a change like any other:
the next undo undoes it. Whether it is possible depends on the files alone; the log only tells who changed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from mentorlog.errors import ChangedSince, Forgotten, MentorlogError, NeedsDoctor, Unreadable, joined
from mentorlog.store.disk import files
from mentorlog.store.layout import id_of, is_record_file, operation_path
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, LoggedOperation, Operation, Touched
from mentorlog.values import Value

Step = tuple[str, str | None, str | None]

_UNDO_OR_REDO = ("undo", "redo")
_MOST_HINTED = 5


class Plan(Value):
    """What an undo, redo or revert changes, and its operations; `unchanged` says why there is nothing to do."""

    changes: tuple[Change, ...]
    operations: tuple[Operation, ...]
    unchanged: str = ""

    @property
    def undoes(self) -> tuple[int, ...]:
        """The numbers of its operations."""
        return tuple(one.seq for one in self.operations)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its operations."""
        return tuple(one.name for one in self.operations)


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
    _check_steps(steps, len(undone), "redo", "" if undone else _last_undo(history))
    again = [history.entry(number) for number in undone[:steps]]
    forwards = [(one.path, one.before_sha, one.after_sha) for entry in again for one in entry.operation.files]
    return _plan(history, forwards, again, chain(again, tail, map(history.entry, sorted(gone))))


def revert(history: History, number: int) -> Plan:
    """Return the plan that undoes one operation while its files are as it left them."""
    entry = chosen(history, number)
    touched = entry.operation.files
    if entry.forgotten:
        raise Forgotten(entry.operation.name, hint="other changes can be undone; see: mentorlog history")
    now = {one.path: history.present(one.path) for one in touched}
    if any(operation.sha(now[one.path]) != one.after_sha for one in touched) or not touched:
        return _nothing_to_revert(history, entry.operation, {path: operation.sha(data) for path, data in now.items()})
    _check_ids(history, entry.operation)
    own = {one.before_sha: (entry, one) for one in touched if one.before_sha is not None}
    changes = [Change(one.path, now[one.path], _bytes(one.path, one.before_sha, own)) for one in touched]
    return Plan(tuple(changes), (entry.operation,))


def chosen(history: History, number: int) -> LoggedOperation:
    """Return the operation with a number; MentorlogError if there is none."""
    last = history.last()
    if 1 <= number <= last and files.look(history.layout.operation(number)):
        return history.entry(number)
    first = min(history.numbers(), default=0)
    if first < number < last:
        return history.entry(number)  # it says that it is missing
    hint = f"the changes are numbered {first} to {last}; see: mentorlog history" if last else "there are no changes yet"
    raise MentorlogError(f"There is no change {number}.", hint)


def undone_by(number: int, later: Iterable[Operation]) -> int | None:
    """Return which of later operations, newest first, undid one and is itself in effect."""
    later = [one for one in later if one.seq > number]
    for one in later:
        if number in one.undoes and undone_by(one.seq, later) is None:
            return None if one.kind == "redo" else one.seq
    return None


def _nothing_to_revert(history: History, one: Operation, now: dict[str, str | None]) -> Plan:
    """Return the plan that says why there is nothing to undo; raise if others changed the files since."""
    later = history.listing(since=one.seq).operations
    if not one.files:
        return Plan((), (), f"Change {one.seq} changed no records; nothing changed.")
    if (by := undone_by(one.seq, later)) is not None:
        return Plan((), (), f"Change {one.seq} is already undone (by change {by}); nothing changed.")
    if all(now[file.path] == file.before_sha for file in one.files):
        return Plan((), (), f"The records are already as they were before change {one.seq}; nothing changed.")
    raise _changed_later(one, now, later)


def _changed_later(one: Operation, now: dict[str, str | None], later: Sequence[Operation]) -> MentorlogError:
    """Return the error that names the later operations on the same records, and the files changed by others."""
    numbers, ids, foreign = set[int](), list[str](), list[str]()
    for file in one.files:
        on_it, explained = _since(file, now[file.path], later)
        numbers |= on_it
        ids += [id_of(file.path)] if on_it else []
        foreign += [] if explained else [file.path]
    reasons, newest = [], sorted(numbers, reverse=True)
    changes = f"change{'s' if newest[1:] else ''}"
    if newest:
        which = joined([str(number) for number in newest])
        reasons.append(f"{joined(ids)} {'were' if ids[1:] else 'was'} changed later by {changes} {which}")
    if foreign:
        reasons.append(f"{joined(foreign)} {'have' if foreign[1:] else 'has'} changed outside mentorlog")
    sentence = f"Change {one.seq} cannot be undone: {', and '.join(reasons)}."
    if foreign:
        return ChangedSince(sentence, foreign, f"see what it did: mentorlog history {one.seq}")
    if len(newest) > _MOST_HINTED:
        return MentorlogError(sentence, f"see the later changes: mentorlog history {ids[0]}")
    commands = " && ".join(f"mentorlog undo --no {number}" for number in newest)
    return MentorlogError(sentence, f"undo the later {changes} first: {commands}")


def _since(file: Touched, state: str | None, later: Sequence[Operation]) -> tuple[set[int], bool]:
    """Return which later operations made of a file what it is now, and whether they explain all of it.

    Of several that left one content the oldest in effect counts: what came between has been undone.
    """
    steps = [(other.seq, each) for other in reversed(later) for each in other.files if each.path == file.path]
    numbers = set[int]()
    while state != file.after_sha:
        same = [at for at, (_, each) in enumerate(steps) if each.after_sha == state]
        if not same:
            return numbers, False
        at = next((at for at in same if undone_by(steps[at][0], later) is None), same[0])
        numbers.add(steps[at][0])
        state, steps = steps[at][1].before_sha, steps[:at]
    return numbers, True


def _check_ids(history: History, one: Operation) -> None:
    """Raise ChangedSince if a record that would be restored has its id in another file by now."""
    for path in (file.path for file in one.files if file.after_sha is None and "/" in file.path):
        folder = path.partition("/")[0]
        beside = [f"{folder}/{name}" for name in files.names(history.layout.root / folder) if is_record_file(name)]
        if others := [other for other in beside if other != path and id_of(other) == id_of(path)]:
            sentence = f"Change {one.seq} cannot be undone: the id {id_of(path)} is in use again in {others[0]}."
            raise ChangedSince(sentence, others, f"see what it did: mentorlog history {one.seq}")


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
    changes = [change for change in changes if change.before != change.after]
    return Plan(tuple(changes), tuple(entry.operation for entry in chosen))


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


def _last_undo(history: History) -> str:
    """Return the hint to the newest undo in effect, also of one change, that is out of redo's reach."""
    reversals, seen = history.reversals(0), set[int]()
    kinds = {one.seq: one.kind for one in reversals}
    for one in reversals:
        is_undo = one.kind == "undo" or (one.kind == "revert" and kinds.get(one.undoes[0], "do") in ("do", "redo"))
        if is_undo and one.seq not in seen and not seen.issuperset(one.undoes):
            return f"to undo an earlier undo: mentorlog undo --no {one.seq}"
        seen.update(one.undoes)
    return ""


def _check_steps(steps: int, count: int, what: str, hint: str = "") -> None:
    if steps < 1:
        raise MentorlogError("The number of changes must be 1 or more.", "for example: mentorlog undo 2")
    if count == 0:
        raise MentorlogError(f"There is nothing to {what}.", hint or "see the change history with: mentorlog history")
    if count < steps:
        only = "is only 1 change" if count == 1 else f"are only {count} changes"
        raise MentorlogError(
            f"There {only} to {what}.", f"{what} {'it' if count == 1 else 'them'} with: mentorlog {what} {count}"
        )
