"""Planning an undo or redo from the log: several steps as one change, all or none, never over others' changes.

An undo lists the operations that it undoes, newest first; a redo those that it redoes, oldest first. The newest
undo or redo that lists an operation decides its state. Order is by number, never by the clock.

A revert (`undo --no N`) undoes one operation of any kind, whatever was done since. It is a change like any other:
the next undo undoes it. Whether it is possible depends on the files alone; the log only tells who changed them.

Undo and redo pass over syncs, because what another machine did was not the last thing done here. Where a sync has
changed a record since, its earlier text is merged with that (merged_undo.py), if there is a `merge`. `undo --sync`
reverts the last sync.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from mentorlog.errors import ChangedSince, Forgotten, MentorlogError, NeedsDoctor, Unreadable, joined
from mentorlog.store.disk import files
from mentorlog.store.layout import JOURNAL, id_of, is_record_file, operation_path
from mentorlog.store.oplog import merged_undo, operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.merged_undo import Merge, Outcome, key_of
from mentorlog.store.oplog.operation import SYNC, Change, LoggedOperation, Operation, Touched
from mentorlog.values import Value

Step = tuple[str, str | None, str | None]

_UNDO_OR_REDO = ("undo", "redo")
_AS_BEFORE = "The records are already as they were before change {}; nothing changed."
_MOST_HINTED = 5
_MOST_NAMED = 3


class Plan(Value):
    """What an undo, redo or revert changes, and its operations; `unchanged` says why there is nothing to do.

    `passed` are the syncs that it passed over, `merged` the ids of records in which what a sync brought stays, and
    `comments_dropped` the files that thereby lose their comments.
    """

    changes: tuple[Change, ...]
    operations: tuple[Operation, ...]
    unchanged: str = ""
    passed: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    comments_dropped: tuple[str, ...] = ()

    @property
    def undoes(self) -> tuple[int, ...]:
        """The numbers of its operations."""
        return tuple(one.seq for one in self.operations)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its operations."""
        return tuple(one.name for one in self.operations)


def undo(history: History, steps: int = 1, merge: Merge | None = None) -> Plan:
    """Return the plan that undoes the newest operations that are in effect, but for syncs."""
    taken: list[LoggedOperation] = []
    passed: list[int] = []
    gone: dict[int, bool] = {}
    for entry in map(history.entry, history.numbers()):
        seq, kind = entry.operation.seq, entry.operation.kind
        if kind in _UNDO_OR_REDO:
            for number in entry.operation.undoes:
                gone.setdefault(number, kind == "undo")
        elif kind == SYNC:
            passed += [seq] if entry.operation.files else []
        elif not gone.get(seq, False):
            taken.append(entry)
            if len(taken) == steps:
                break
    hint = "to undo the last sync: mentorlog undo --sync" if passed else ""
    _check_steps(steps, len(taken), "undo", hint)
    return _plan(history, merge, [_Way(entry) for entry in taken], taken, taken, passed)


def redo(history: History, steps: int = 1, merge: Merge | None = None) -> Plan:
    """Return the plan that redoes what was undone last, if nothing but syncs has been done since.

    Where that was a whole undo, what it did is undone, so that every file is as it was before, to the byte.
    """
    tail: list[LoggedOperation] = []
    passed: list[int] = []
    last: dict[int, LoggedOperation] = {}  # the newest undo or redo of each operation
    for entry in map(history.entry, history.numbers()):
        if entry.operation.kind == SYNC:
            passed += [entry.operation.seq] if entry.operation.files else []
        elif entry.operation.kind not in _UNDO_OR_REDO:
            break
        else:
            tail.append(entry)
            for number in entry.operation.undoes:
                last.setdefault(number, entry)
    undone = sorted(number for number, entry in last.items() if entry.operation.kind == "undo")
    _check_steps(steps, len(undone), "redo", "" if undone else _last_undo(history))
    wanted = undone[:steps]
    again = [history.entry(number) for number in wanted]
    ways: dict[int, _Way] = {}
    for entry in again:
        undoing = last[entry.operation.seq]
        numbers = undoing.operation.undoes
        if {*numbers} <= {*wanted} and all(last[number] is undoing for number in numbers):
            ways.setdefault(undoing.operation.seq, _Way(undoing))
        else:
            ways[entry.operation.seq] = _Way(entry, forwards=True)
    passed = [number for number in passed if number > min(ways)]
    sources = chain(again, tail, map(history.entry, sorted(last)))
    return _plan(history, merge, [*ways.values()], again, sources, passed, "redone")


def revert(history: History, number: int, merge: Merge | None = None) -> Plan:
    """Return the plan that undoes one operation while its files are as it left them, or only syncs changed them."""
    entry = chosen(history, number)
    touched = _Way(entry).touched
    if entry.forgotten:
        raise Forgotten(entry.operation.name, hint="other changes can be undone; see: mentorlog history")
    now = {one.path: history.present(one.path) for one in touched}
    if any(operation.sha(now[one.path]) != one.after_sha for one in touched) or not touched:
        return _revert_changed(history, merge, entry, {path: operation.sha(data) for path, data in now.items()})
    _check_ids(history, entry.operation)
    own = {one.before_sha: (entry, one) for one in touched if one.before_sha is not None}
    changes = [Change(one.path, now[one.path], _bytes(one.path, one.before_sha, own)) for one in touched]
    return Plan(tuple(changes), (entry.operation,))


def revert_sync(history: History, merge: Merge | None = None) -> Plan:
    """Return the plan that undoes the last sync that changed anything and is in effect, with all its parts.

    The sync with which a journal began is not undone: the next sync would delete every record on the other machines.
    """
    reversals: list[Operation] = []
    sync: list[LoggedOperation] = []
    for entry in chain(map(history.entry, history.numbers()), (None,)):
        if sync and (entry is None or entry.operation.kind != SYNC or entry.sync is not None):
            newest = sync[0].operation
            if any(_Way(part).touched for part in sync) and undone_by(newest.seq, reversals) is None:
                files_of = (file for part in sync for file in part.operation.files)
                if entry is None and sync[0].sync is not None and all(file.before_sha is None for file in files_of):
                    sentence = "The last sync brought all of this journal, so it cannot be undone."
                    raise MentorlogError(sentence, "to end the exchange: mentorlog sync --leave")
                plan = _plan(history, merge, [_Way(part) for part in sync], sync, sync)
                return plan if plan.changes else Plan((), (), _AS_BEFORE.format(newest.seq))
            sync = []
        if entry is not None and entry.operation.kind == SYNC:
            sync.append(entry)
        elif entry is not None and entry.operation.undoes:
            reversals.append(entry.operation)
    raise MentorlogError("There is no sync to undo.", "see the change history with: mentorlog history")


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


def _revert_changed(history: History, merge: Merge | None, entry: LoggedOperation, now: dict[str, str | None]) -> Plan:
    """Return the plan that undoes an operation whose files were changed since, or says why there is nothing to do.

    Raises if others than syncs changed the files. A sync itself is undone whatever was done after it.
    """
    one, touched = entry.operation, _Way(entry).touched
    later = history.listing(since=one.seq).operations
    if not touched:
        return Plan((), (), f"Change {one.seq} changed no records; nothing changed.")
    if (by := undone_by(one.seq, later)) is not None:
        return Plan((), (), f"Change {one.seq} is already undone (by change {by}); nothing changed.")
    if all(now[file.path] == file.before_sha for file in touched):
        return Plan((), (), _AS_BEFORE.format(one.seq))
    changed = [file.path for file in touched if now[file.path] != file.after_sha]
    if one.kind != SYNC and not all(_only_synced(history, path, one.seq, later) for path in changed):
        raise _changed_later(one, now, later)
    return _plan(history, merge, [_Way(entry)], [entry], [entry])


def _only_synced(history: History, path: str, number: int, later: Sequence[Operation]) -> bool:
    """Return whether only syncs changed a record since an operation, beside what has been undone."""
    key = key_of(path)
    lived = merged_undo.life(history, key, number) if key else None
    since = [one for one in lived.operations if one.seq > number] if lived else []
    undone = {one.seq for one in since if undone_by(one.seq, later) is not None}
    known = {one.seq for one in since} - undone

    def counts(one: Operation) -> bool:
        undid = one.undoes and all(other >= number and other not in known for other in one.undoes)
        return one.seq not in undone and not undid

    return bool(since) and all(one.kind == SYNC for one in since if counts(one))


def _changed_later(one: Operation, now: dict[str, str | None], later: Sequence[Operation]) -> MentorlogError:
    """Return the error that names the later operations on the same records, and the files changed by others."""
    numbers, ids, foreign = set[int](), list[str](), list[str]()
    for file in one.files:
        on_it, explained = _since(file, now[file.path], later)
        numbers |= on_it
        ids += [id_of(file.path)] if on_it else []
        foreign += [] if explained else [file.path]
    own = {other.seq for other in later if other.kind != SYNC}
    reasons, newest = [], sorted(numbers & own or numbers, reverse=True)  # what only syncs changed is merged
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


class _Way(Value):
    """The way over one operation: back to what was before it, or forwards over it again."""

    entry: LoggedOperation
    forwards: bool = False

    @property
    def touched(self) -> list[Touched]:
        """Its files; without journal.toml if it is a sync, as that says to which journal the remote belongs."""
        one = self.entry.operation
        return [file for file in one.files if one.kind != SYNC or file.path != JOURNAL]

    @property
    def steps(self) -> list[Step]:
        """What it does to each file: the path, and the hash before and after."""
        if self.forwards:
            return [(file.path, file.before_sha, file.after_sha) for file in self.touched]
        return [(file.path, file.after_sha, file.before_sha) for file in reversed(self.touched)]


def _plan(
    history: History,
    merge: Merge | None,
    ways: Sequence[_Way],
    chosen: Sequence[LoggedOperation],
    sources: Iterable[LoggedOperation],
    passed: Sequence[int] = (),
    verb: str = "undone",
) -> Plan:
    """Compose the ways over the chosen operations into one change of every file, merged where a sync changed it."""
    for count, entry in enumerate(chosen):
        if entry.forgotten:
            raise Forgotten(entry.operation.name, count)
    first: dict[str, str | None] = {}
    state: dict[str, str | None] = {}
    others = set()
    for path, was, becomes in chain.from_iterable(way.steps for way in ways):
        if state.setdefault(path, was) != was:
            others.add(path)  # another program's change came between two operations, or a sync
        first.setdefault(path, was)
        state[path] = becomes
    now = {path: history.present(path) for path in first}
    others |= {path for path, was in first.items() if operation.sha(now[path]) != was}
    back = {path for path in first if passed and now[path] is None and state[path] is not None}  # or at another path
    merged = _merged(history, merge, ways, others, back - others, verb) if merge else {}
    if foreign := [path for path in others if key_of(path) not in merged]:
        raise operation.changed_since(sorted(foreign))
    exact = [path for path in first if key_of(path) not in merged]
    texts = _sources_of({sha for path in exact if (sha := state[path]) is not None}, sources)
    changes = [Change(path, now[path], _bytes(path, state[path], texts)) for path in exact]
    changes = [change for change in changes if change.before != change.after]
    changes += [change for one in merged.values() for change in one.changes]
    return Plan(
        tuple(changes),
        tuple(entry.operation for entry in chosen),
        passed=tuple(passed),
        merged=tuple(id_of(f"{key}.toml") for key, one in merged.items() if one.is_merged),
        comments_dropped=tuple(one.changes[0].path for one in merged.values() if one.comments_dropped and one.changes),
    )


def _merged(
    history: History, merge: Merge, ways: Sequence[_Way], others: set[str], back: set[str], verb: str
) -> dict[str, Outcome]:
    """Return what becomes of each record that a sync changed since, by its key; the log explains all of its changes.

    `others` are paths with other texts than expected, `back` those of records that a sync may have put elsewhere.
    """
    found: dict[str, Outcome] = {}
    refused: list[tuple[str, Operation]] = []
    for key in dict.fromkeys(filter(None, map(key_of, sorted(others | back)))):
        over = [way for way in ways if any(key_of(path) == key for path, *_ in way.steps)]
        lived = merged_undo.life(history, key, min(way.entry.operation.seq for way in over))
        if lived is None or not lived.is_synced:
            continue
        if lived.states[-1] is None and all(key_of(path) != key for path in others):
            continue  # it is deleted, as the operation left it
        moves = [lived.move(way.entry.operation.seq, way.forwards) for way in over]
        is_sync = all(way.entry.operation.kind == SYNC for way in over)  # then one's own deletion is a later change
        try:
            found[key] = merged_undo.follow(lived, moves, merge, deleted=is_sync)
        except merged_undo.Refused as why:
            numbers = {way.entry.operation.seq for way in over}
            since = [one for one in lived.operations if one.seq not in numbers]
            refused.append((str(why).format(id=id_of(f"{key}.toml")), max(since, key=_weight)))
    if refused:
        raise _refusal(ways, refused, verb)
    return found


def _weight(one: Operation) -> tuple[bool, int]:
    return one.kind == SYNC, one.seq


def _refusal(ways: Sequence[_Way], refused: Sequence[tuple[str, Operation]], verb: str) -> ChangedSince:
    """Return the error that says which syncs, or later changes, leave a choice in which records."""
    numbers = [str(way.entry.operation.seq) for way in ways]
    which = f"Change {numbers[0]}" if len(numbers) == 1 else f"Changes {joined(numbers)}"
    reasons = [f"{'a sync' if one.kind == SYNC else 'a later change'} {why} (change {one.seq})" for why, one in refused]
    shown = [*reasons[:_MOST_NAMED], *([f"{len(reasons) - _MOST_NAMED} more"] if reasons[_MOST_NAMED:] else [])]
    newest = max(one.seq for _, one in refused)
    sentence = f"{which} cannot be {verb}: {joined(shown)}."
    return ChangedSince(sentence, (), f"see what it changed: mentorlog history {newest}")


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
    reversals, seen = [one for one in history.reversals_and_syncs(0) if one.undoes], set[int]()
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
