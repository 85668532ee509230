"""What the log holds of files that are damaged: their readable texts before each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from mentorlog.errors import ReadFailure, Unreadable
from mentorlog.store.checkup import damage
from mentorlog.store.checkup.damage import BitSearch
from mentorlog.store.layout import id_of
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import LoggedOperation, Operation
from mentorlog.values import Value

Numbers = Mapping[str, Sequence[int]]
"""The numbers of the operations that touched each path, newest first; under "" those of which it is not known."""


LazyNumbers = Callable[[], Numbers]


class Step(Value):
    """One operation on a file: the sha256 that it left, and the bytes before it, None unless they can be read.

    There is no `operation` if it is damaged.
    """

    path: str
    number: int
    operation: Operation | None = None
    after_sha: str | None = None
    before: bytes | None = None


def numbers(history: History) -> dict[str, list[int]]:
    """Return the numbers of all operations by path."""
    found: dict[str, list[int]] = {}
    for seq, paths in history.touched():
        for path in [""] if paths is None else paths:
            found.setdefault(path, []).append(seq)
    return found


def steps(history: History, changes: Numbers, wanted: set[str]) -> Iterator[Step]:
    """Yield the operations on files, newest first; nothing older than an erasure, or than what cannot be read now.

    The caller may take paths out of `wanted` on the way: only operations on those that are left are read.
    """
    by_number: dict[int, set[str]] = {seq: set(wanted) for seq in changes.get("", ())}
    for path in wanted:
        erased = f"{path.rpartition('/')[0]}/{id_of(path)}.toml"  # what an operation then names
        for seq in {*changes.get(path, ()), *changes.get(erased, ())}:
            by_number.setdefault(seq, set()).add(path)
    for seq in sorted(by_number, reverse=True):
        paths = wanted & by_number[seq]
        if not paths:
            continue
        try:
            entry = history.entry(seq)
        except ReadFailure:
            wanted -= paths
            continue
        except Unreadable:
            entry = None
        if entry is not None and (entry.link is None or entry.is_linked):
            yield from _steps(entry, paths, wanted)
        else:  # damaged or altered: its texts say nothing
            yield from (Step(path, seq) for path in paths if seq in changes.get(path, ()))


def _steps(entry: LoggedOperation, paths: set[str], wanted: set[str]) -> Iterator[Step]:
    one = entry.operation
    for touched in one.files:
        if entry.is_erased(touched.path):
            record = touched.path.removesuffix(".toml")
            wanted -= {path for path in paths if operation.is_of(path, record)}
        elif touched.path in paths:
            yield Step(touched.path, one.seq, one, touched.after_sha, _before(entry, touched.path))


def restorable(history: History, damaged: Mapping[str, bytes], changes: Numbers) -> dict[str, bool]:
    """Return of which files the log holds a readable text, or knows the hash of the one that a wrong bit damaged.

    The value is whether a bit is wrong. Reads only as far as needed.
    """
    wanted, found, seen, bits = set(damaged), dict[str, bool](), set[str](), BitSearch(_MOST_HASHED)
    for step in steps(history, changes, wanted):
        path = step.path
        is_newest, data = path not in seen, damaged[path]
        seen.add(path)
        is_exact = is_newest and bits.corrected(path, data, step.after_sha) is not None
        if not is_exact and is_newest and damage.is_edit(path, data):
            wanted.discard(path)
        elif is_exact or step.before is not None:
            found[path] = is_exact
            wanted.discard(path)
    return found


def remedy(usual: str, *, is_exact: bool) -> str:
    """Return what to do about a damaged file that the log can restore."""
    if is_exact:
        return "one bit of it is wrong; restore it exactly with: mentorlog doctor --fix"
    usual = usual.removesuffix(BACKUP)
    return f"{usual}{';' if ': ' in usual else ','} or restore an earlier text with: mentorlog doctor --fix"


BACKUP = ", or restore it from a backup"
"""The end of a remedy for which there is a better one where the log has a text."""
_MOST_HASHED = 64 << 20
"""The bytes that the search for wrong bits hashes at most: a fraction of a second."""


def _before(entry: LoggedOperation, path: str) -> bytes | None:
    try:
        data = entry.before(path)
    except ValueError:
        return None
    return None if data is None or not damage.is_readable(path, data) else data
