"""What the log tells of each file, and what a file is by that: as it was left, changed by hand, an older state."""

from __future__ import annotations

from collections.abc import Iterable

from mentorlog.store.layout import id_of
from mentorlog.store.oplog.operation import LoggedOperation, is_of

AS_LEFT = "as_left"
CHANGED = "changed"
DAMAGED = "damaged"
MISSING = "missing"
ROLLED_BACK = "rolled_back"
UNKNOWN = "unknown"
UNREADABLE = "unreadable"

READ = (AS_LEFT, CHANGED, UNKNOWN, ROLLED_BACK)
STATES = (*READ, MISSING, DAMAGED, UNREADABLE)
"""The states of a file, in the order in which they are counted."""


class Past:
    """What the log tells of one path.

    `after` is the sha256 that its newest operation, `number`, left: None if that deleted the file, "" if the operation
    is damaged and does not tell. `older` has the earlier ones, newest first, each with the number of the operation
    that changed it.
    """

    __slots__ = ("after", "number", "older", "oldest")

    def __init__(self, number: int, after: str | None) -> None:
        self.number = self.oldest = number
        self.after = after
        self.older: dict[str, int] = {}

    @property
    def is_there(self) -> bool:
        """Whether its newest operation left a file."""
        return bool(self.after)

    def precede(self, number: int, before: str | None, after: str | None) -> None:
        """Add the next older operation on the path, or what was before the only one so far."""
        if after:
            self.older.setdefault(after, self.oldest)
        if before:
            self.older.setdefault(before, number)
        self.oldest = number

    def state(self, sha: str | None) -> str:
        """Return what the file is, by the sha256 of its bytes; None if it is not there."""
        if sha is None:
            return MISSING
        if sha == self.after:
            return AS_LEFT
        if self.after == "":
            return UNKNOWN
        return ROLLED_BACK if sha in self.older else CHANGED


class Known:
    """What the log tells of every path."""

    def __init__(self) -> None:
        self.pasts: dict[str, Past] = {}

    def add_older(self, entry: LoggedOperation) -> None:
        """Add an operation that is older than those so far; what was erased from it is not known."""
        for touched in entry.operation.files:
            path = touched.path
            if touched.after_sha is None and entry.is_erased(path):
                continue
            number = entry.operation.seq
            past = self.pasts.get(path)
            if past is None:
                past = self.pasts[path] = Past(number, touched.after_sha)
                past.precede(number, touched.before_sha, None)
            else:
                past.precede(number, touched.before_sha, touched.after_sha)

    def add_unreadable(self, number: int, paths: Iterable[str]) -> None:
        """Add a damaged operation that is older than those so far, of which only the paths are known."""
        for path in paths:
            self.pasts.setdefault(path, Past(number, ""))

    def add_newer(self, entry: LoggedOperation) -> set[str]:
        """Add an operation that is newer than those so far; return every path that it concerns."""
        pasts, concerned = self.pasts, set[str]()
        for touched in entry.operation.files:
            path = touched.path
            if touched.after_sha is None and entry.is_erased(path):
                erased = {known for known in pasts if is_of(known, path.removesuffix(".toml"))}
                concerned |= erased
                for one in erased:
                    del pasts[one]
            else:
                pasts[path] = newer(pasts.get(path), entry, path)
            concerned.add(path)
        return concerned


def newer(past: Past | None, entry: LoggedOperation, path: str) -> Past:
    """Return what is known of a path after an operation on it, and what was known before."""
    touched = next(one for one in entry.operation.files if one.path == path)
    new = Past(entry.operation.seq, touched.after_sha)
    new.precede(new.number, touched.before_sha, None)
    if past is not None:
        new.precede(past.number, None, past.after)
        for sha, number in past.older.items():
            new.older.setdefault(sha, number)
    return new


def of_record(path: str) -> str:
    """Return the folder and the id of a record, which a file keeps when its words are changed by hand."""
    return f"{path.partition('/')[0]}/{id_of(path)}"
