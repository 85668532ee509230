"""Reading the log of operations: what was done, what is unfinished, what was left behind. Nothing here writes."""

from __future__ import annotations

import stat as modes
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mentorlog.errors import DiskFailure, ReadFailure, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.operation import LoggedOperation, Operation

FOLDER = ".mentorlog"
SOMETHING_ELSE = "something else"


class History:
    """The operations of one journal, for readers; Log adds what changes it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / FOLDER
        self.pending = self.folder / "pending.json"
        self.finished = self.folder / "operations"
        self.kept = self.folder / "conflicts"
        self.damaged: list[Unreadable] = []

    def last(self) -> int:
        """Return the highest number in the log, 0 in an empty one."""
        names = files.names(self.finished)
        top = max(names, default="")
        if _number(top) and len(top) == len(max(names, key=len)):  # all have six digits: text order is number order
            return _number(top)
        return max(map(_number, names), default=0)

    def operations(self, limit: int | None = None) -> Iterator[Operation]:
        """Yield the operations, newest first; those that cannot be read are added to `damaged` instead."""
        self.damaged = []
        for seq in self._numbers()[:limit]:
            try:
                yield self.entry(seq).operation
            except Unreadable as error:
                self.damaged.append(error)

    def paths(self) -> list[Path]:
        """Return the files of the log, newest first."""
        return [self._path(seq) for seq in self._numbers()]

    def entries(self) -> Iterator[LoggedOperation]:
        """Yield the operations with what their files hold, newest first; Unreadable where one is damaged."""
        return map(self.entry, self._numbers())

    def entry(self, seq: int) -> LoggedOperation:
        """Return one operation with what its file holds."""
        path = self._path(seq)
        name = path.relative_to(self.root).as_posix()
        try:
            entry = operation.decoded(files.read(path, operation.LIMIT, name))
        except FileNotFoundError:
            raise Unreadable(name, "it is not there") from None
        except ValueError as error:
            raise Unreadable(name, str(error)) from error
        if entry.operation.seq != seq:
            raise Unreadable(name, "its number is not that of its name")
        return entry

    def ids_ever(self, since: int = 0) -> set[str]:
        """Return every path that an operation after `since` touched: no id in one is ever used again."""
        import re

        # Strings hold no raw line break, so this line is the operation's own and no text in it. Ten times json's pace.
        line = re.compile(rb'\n   "path": ("(?:[^"\\]|\\.)*")')
        found: set[str] = set()
        for seq in self._numbers():
            if seq <= since:
                break
            try:
                data = files.content(self._path(seq), operation.LIMIT) or b""
            except Unreadable:
                continue
            found.update(map(_unquoted, line.findall(data)))
        return found

    def unfinished(self) -> LoggedOperation | None:
        """Return the operation that is committed and not finished; Unreadable where its file is damaged."""
        name = f"{FOLDER}/{self.pending.name}"
        data = files.content(self.pending, operation.LIMIT, name)
        try:
            return None if data is None else operation.decoded(data)
        except operation.Newer:
            raise
        except ValueError as error:
            raise Unreadable(name, str(error)) from error

    def overlay(self) -> dict[str, Path | None]:
        """Return what to read instead of the paths of an unfinished operation, None for the deleted ones.

        For readers, who hold no lock: one look where nothing is pending. A staged file that is gone when it is
        opened has been put in place meanwhile: read the path itself.
        """
        try:
            entry = self.unfinished()
        except ReadFailure:
            raise
        except (Unreadable, ValueError):
            return {}  # recover, under the lock, keeps it and says so
        shown: dict[str, Path | None] = {}
        if entry is None or files.look(self._path(entry.operation.seq)) is not None:
            return shown
        for path, before, _ in entry.operation.files:
            if self._now(path) != before:
                continue  # done, or changed by somebody since
            staged = entry.staged(path)
            source = None if staged is None else (self.root / path).with_name(staged)
            if source is None or files.look(source) is not None:
                shown[path] = source
        return shown

    def leftovers(self) -> list[str]:
        """Return the temporary files that a killed process left: staged, and named by no unfinished operation."""
        try:
            entry = self.unfinished()
        except (Unreadable, ValueError):
            return []  # it may need them
        needed = set()
        if entry is not None:
            needed = {entry.staged(touched.path) for touched in entry.operation.files}
        inside = [name for name in files.names(self.root) if name[0] != "."]
        inside += [FOLDER, f"{FOLDER}/operations", f"{FOLDER}/drafts"]
        found = [name for name in files.names(self.root) if files.is_staged(name) and name not in needed]
        for folder in inside:
            there = files.look(self.root / folder)
            if there is not None and modes.S_ISDIR(there.st_mode):
                with suppress(DiskFailure):  # what lies where nobody may look nobody can remove
                    left = (name for name in files.names(self.root / folder) if files.is_staged(name))
                    found += [f"{folder}/{name}" for name in left if name not in needed]
        return sorted(found)

    def conflicts(self) -> list[str]:
        """Return the paths of the texts that recoveries kept, for doctor."""
        return sorted(f"{FOLDER}/{self.kept.name}/{name}" for name in files.names(self.kept))

    def _now(self, path: str) -> str | None:
        """Return the fingerprint of what is at the path now."""
        try:
            return operation.sha(files.content(self.root / path, name=path))
        except ReadFailure:
            raise
        except Unreadable:
            return SOMETHING_ELSE

    def _path(self, seq: int) -> Path:
        return self.finished / f"{seq:06}.json"

    def _numbers(self) -> list[int]:
        """Return the numbers in the log, newest first."""
        return sorted(filter(None, map(_number, files.names(self.finished))), reverse=True)


def _number(name: str) -> int:
    """Return the number in an operation's file name, 0 in any other name."""
    digits = name.removesuffix(".json")
    return int(digits) if 6 <= len(digits) < min(len(name), 20) and digits.isascii() and digits.isdigit() else 0


def _unquoted(text: bytes) -> str:
    if b"\\" not in text:
        return text[1:-1].decode("utf-8", "replace")
    import json

    try:
        return str(json.loads(text))
    except ValueError:
        return ""  # damaged: an id that nobody can use again
