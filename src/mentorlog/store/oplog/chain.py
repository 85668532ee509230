"""The check of the operation log: whether each operation is there, as it was written, and in its place.

Each operation names the link of the one before it. Logs from before the chain have no links: the chain begins at the
first operation that has one. The oldest operations may be missing: a log may be cut at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator

from mentorlog.errors import Reason, Unreadable
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.oplog import operation, usual
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import LoggedOperation
from mentorlog.values import Value


class Flaw(Value):
    """What is wrong with an operation, or with a file that should be one.

    `undoable`: whether it can still be undone, so that the flaw is a matter of the chain alone. `is_damage`: whether
    something was lost or replaced; otherwise an older version of mentorlog, or one that met damage, explains it.
    """

    error: Unreadable
    is_damage: bool = True
    undoable: bool = False


class Checked(Value):
    """One operation of the log, None if it cannot be read, with what is wrong with it, and the size of its file."""

    seq: int
    entry: LoggedOperation | None
    flaws: tuple[Flaw, ...] = ()
    size: int = 0


def check(history: History, most: int | None = None) -> Iterator[Checked]:
    """Yield the operations of the log, or the newest `most` of them, newest first, each with its flaws.

    What is wrong with a run of several, such as missing ones, belongs to the oldest of them.
    """
    place = _Place()
    for seq in history.numbers()[:most]:
        missing = place.missing_above(seq)
        try:
            data = files.read(history.layout.operation(seq), operation.LIMIT, layout.operation_path(seq))
            proved = usual.proved(seq, data)
            entry = proved or history.decoded(seq, data)
        except FileNotFoundError:
            continue  # it was the last one, and another program has removed it
        except Unreadable as error:
            place.restart(seq)
            yield Checked(seq, None, (*missing, Flaw(error)))
        else:
            own = () if proved else (*_own(entry, data),)
            yield Checked(seq, entry, (*missing, *own, *place.follow(entry, altered=bool(own))), len(data))


def _own(entry: LoggedOperation, data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with an operation in itself."""
    seq = entry.operation.seq
    if wrong := entry.damaged:
        yield _flaw(seq, wrong)
    elif entry.link is None:
        return
    elif not entry.is_linked:
        yield _flaw(seq, "it is not as it was written", undoable=True)
    elif entry.encoded() != data:
        yield _flaw(seq, "its file is not as mentorlog writes it", undoable=True)


class _Place:
    """The place in the log that the check has reached, from the newest operation to the oldest."""

    def __init__(self) -> None:
        self.restart(None)

    def restart(self, seq: int | None) -> None:
        """Go on below an operation of which nothing is known."""
        self._seq = seq
        self._named: str | None = None  # the link that the operation above names
        self._begins = False  # whether the operation above begins a chain
        self._unlinked: list[int] = []  # the operations above without a link, since the last that has one

    def missing_above(self, seq: int) -> tuple[Flaw, ...]:
        """Return the flaw of operations that are missing between this one and the one above."""
        if self._seq is None or self._seq == seq + 1:
            return ()
        first, last = seq + 1, self._seq - 1
        self.restart(first)
        message = "it is missing" if first == last else f"it and all up to operation {last} are missing"
        return (_flaw(first, message),)

    def follow(self, entry: LoggedOperation, *, altered: bool) -> Iterator[Flaw]:
        """Yield what is wrong with the place of an operation, given those above it; an altered one names no other."""
        link, seq = entry.link, entry.operation.seq
        named, begins, unlinked = self._named, self._begins, self._unlinked
        self._seq, self._named = seq, link.previous if link and not altered else None
        self._begins = link is not None and link.previous is None
        self._unlinked = [] if link else unlinked
        if link is None:
            unlinked.append(seq)  # no new list: a log may have 70,000 operations without a link
        if named is not None and link is None and entry.was_erased_from:
            self.restart(seq)
            older = "an older version of mentorlog erased a record from it, and its link with it"
            damaged = "it was damaged when its text was erased"
            yield _flaw(seq, damaged if entry.is_erased_damage else older, is_damage=False)
        elif named is not None and (link is None or link.own != named):
            yield _flaw(seq, f"it is not the operation that operation {seq + 1} follows", undoable=True)
        if link is None:
            return
        if unlinked:
            which = f"operations {unlinked[-1]} to {unlinked[0]} have" if unlinked[1:] else "it has"
            it = "them" if unlinked[1:] else "it"
            older = f"{which} no link to the operation before; an older version of mentorlog may have written {it}"
            yield _flaw(unlinked[-1], older, is_damage=False, undoable=True)
        elif begins:
            again = f"it begins a new chain, because operation {seq} could not be read then"
            yield _flaw(seq + 1, again, is_damage=False, undoable=True)


def _flaw(seq: int, message: str, *, is_damage: bool = True, undoable: bool = False) -> Flaw:
    return Flaw(Unreadable(layout.operation_path(seq), message), is_damage, undoable)


def strangers(history: History) -> Iterator[Unreadable]:
    """Yield the files in the folder of operations that are none."""
    for name in files.real_names(history.layout.operations):
        if not layout.operation_number(name) and not files.is_staged(name):
            yield Unreadable(f"{layout.OPERATIONS}/{name}", "it is not an operation", reason=Reason.WRONG_NAME)
