"""What a journal holds of one record, to forget it: its files and their copies, drafts, its words in the log."""

from __future__ import annotations

import re
import stat as modes
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.domain.reports import ForgetPlan
from mentorlog.errors import MentorlogError, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.format import document, toml
from mentorlog.store.layout import FOLDERS, KINDS, id_of
from mentorlog.store.oplog import operation, redact
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Forget

_LONG = 20
_HEADING = 8
_LIMIT = 64 * 1024 * 1024


class Erasure(NamedTuple):
    """All that is held of a record, `notes/n4m2x`: what erasing it removes, redacts, and cannot reach."""

    record: str
    changes: tuple[Change, ...] = ()
    also: tuple[str, ...] = ()
    names: tuple[int, ...] = ()
    operations: int = 0
    elsewhere: tuple[Path, ...] = ()
    git: Path | None = None

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return KINDS[self.record.partition("/")[0]]

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.partition("/")[2]

    @property
    def report(self) -> ForgetPlan:
        """What is shown of it, before and after."""
        other_files = (*self.also, *map(str, self.elsewhere))
        is_empty = not (self.changes or other_files or self.operations)
        return ForgetPlan(self.kind, self.id, self.operations, other_files, self.git, is_empty)

    @property
    def plan(self) -> Forget:
        """What the operation that forgets has to do."""
        return Forget(self.record, self.also, self.names)


def record_of(root: Path, log: Log, id: str) -> str | None:
    """Return the record, `notes/n4m2x`, that has or had exactly this id; None where none or several had it."""
    paths = [f"{folder}/{name}" for folder in FOLDERS.values() for name in files.real_names(root / folder)]
    found = {path.partition("/")[0] for path in [*paths, *log.ids_ever()] if "/" in path and id_of(path) == id}
    known = sorted(found & KINDS.keys())
    return f"{known[0]}/{id}" if len(known) == 1 else None


def find(root: Path, log: Log, record: str, drafts: Path) -> Erasure:
    """Return what is held of a record: in the journal, and in the folder of drafts for those who have none yet."""
    folder = record.partition("/")[0]
    own = [name for name in files.real_names(root / folder) if operation.is_of(f"{folder}/{name.lstrip('.#')}", record)]
    changes = tuple(Change(path, data, None) for path, data in _readable(root, folder, own))
    words = _Words(record, [data for change in changes if (data := change.before)] + list(_earlier(log, record)))
    held = {change.path for change in changes}
    also = {f"{folder}/{name}" for name in own} - held
    for inside in (".mentorlog/drafts", ".mentorlog/conflicts"):
        names = files.real_names(root / inside)
        also.update(f"{inside}/{name}" for name in names if words.are_in(root / inside / name))
    also.update(path for path in log.leftovers() if words.are_in(root / path))
    named = tuple(op.seq for op in log.operations() if words.are_named(op.name))
    traces = Erasure(
        record,
        changes,
        tuple(sorted(path for path in also if not _is_folder(root / path))),
        named,
        elsewhere=tuple(drafts / name for name in files.real_names(drafts) if words.are_in(drafts / name)),
        git=next((place for place in (root, *root.parents) if (place / ".git").exists()), None),
    )
    return traces._replace(operations=sum(1 for _ in redact.blotted(log, traces.plan)))


def clear(paths: tuple[Path, ...]) -> None:
    """Remove drafts that lie outside the journal."""
    for path in paths:
        files.unlink(path)
        files.sync_folder(path.parent)


class _Words:
    """How the texts of a record are known again elsewhere: its name, its longer lines, and whole texts."""

    def __init__(self, record: str, versions: list[bytes]) -> None:
        folder, _, id = record.partition("/")
        word, end = re.escape(id), "[0-9a-z-]" if folder == "mentors" else "[0-9a-z]"
        self._file = re.compile(rf"[.#]*{word}(?:-(?:text|notes)(?:-\d+)?)?[.~]")
        self._mark = re.compile(rf"{folder}[/-]{word}(?!{end})|^id = [\"']{word}[\"']", re.MULTILINE)
        self.texts: set[str] = set()
        self.lines: set[str] = set()
        for data in versions:
            self._learn(data)

    def _learn(self, data: bytes) -> None:
        plain = _plain(data)
        title = str(plain.get("title") or plain.get("name") or str(plain.get("text") or "").strip().partition("\n")[0])
        if len(title.strip()) >= _HEADING:
            self.lines.add(title.strip())
        for text in document.texts(plain):
            self.texts.add(text.strip())
            lines = (line.strip() for line in text.splitlines())
            self.lines.update(line for line in lines if len(line) >= _LONG and " " in line)

    def are_in(self, path: Path) -> bool:
        """Whether a file is about the record by its name, or holds words of it."""
        if self._file.match(path.name) or self._mark.search(path.name):
            return True
        try:
            data = files.content(path, _LIMIT)
        except MentorlogError:
            return False
        said = (data or b"").decode("utf-8", "replace")
        return bool(self._mark.search(said)) or said.strip() in self.texts - {""} or any(x in said for x in self.lines)

    def are_named(self, name: str) -> bool:
        """Whether the name of an operation repeats the record's words, or the beginning of them."""
        said = name.partition(": ")[2].rstrip("….")
        return any(line in name for line in self.lines) or (
            len(said) >= _LONG and any(line.startswith(said) for line in self.lines)
        )


def _readable(root: Path, folder: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the record's own files that can be read, with their bytes; the others are removed unread."""
    for name in names:
        if name.endswith(".toml") and name[0] not in ".#":
            try:
                yield f"{folder}/{name}", files.read(root / folder / name)
            except (FileNotFoundError, Unreadable):
                continue


def _earlier(log: Log, record: str) -> Iterator[bytes]:
    """Yield what the log holds of the record's texts, as far as it can be read."""
    for _, data in redact.naming(log, record):
        with suppress(ValueError):
            entry = operation.decoded(data)
            found = [entry.before(file.path) for file in entry.operation.files if operation.is_of(file.path, record)]
            yield from filter(None, found)


def _plain(data: bytes) -> dict[str, Any]:
    """Return what is in a file; of one that is no TOML its lines."""
    try:
        return toml.parse("", data)
    except Unreadable:
        return {"": data.decode("utf-8", "replace").splitlines()}


def _is_folder(path: Path) -> bool:
    seen = files.look(path)
    return seen is not None and modes.S_ISDIR(seen.st_mode)
