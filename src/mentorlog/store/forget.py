"""What a journal holds of one record, to forget it: its files and their copies, drafts, its words in the log."""

from __future__ import annotations

import re
import stat as modes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.domain.reports import ForgetPlan
from mentorlog.errors import MentorlogError, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.format import document, toml
from mentorlog.store.layout import CONFLICTS, DRAFTS, FOLDERS, KINDS, id_of
from mentorlog.store.oplog import operation, redact
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, Forget

_LONG = 20
_HEADING = 8
_LIMIT = 64 * 1024 * 1024


class Erasure(NamedTuple):
    """All that is held of a record, `notes/n4m2x`: what erasing it removes, redacts, and cannot reach."""

    record: str
    changes: tuple[Change, ...] = ()
    other_files: tuple[str, ...] = ()
    names: tuple[int, ...] = ()
    operations: int = 0
    outside_files: tuple[Path, ...] = ()
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
        others = (*self.other_files, *map(str, self.outside_files))
        is_empty = not (self.changes or others or self.operations)
        return ForgetPlan(self.kind, self.id, self.operations, others, self.git, is_empty)

    @property
    def plan(self) -> Forget:
        """What the operation that forgets has to do."""
        return Forget(self.record, self.other_files, self.names)


def record_of(root: Path, history: History, id: str) -> str | None:
    """Return the record, `notes/n4m2x`, that has or had exactly this id; None where none or several had it."""
    paths = [f"{folder}/{name}" for folder in FOLDERS.values() for name in files.real_names(root / folder)]
    found = {path.partition("/")[0] for path in [*paths, *history.paths_ever()] if "/" in path and id_of(path) == id}
    known = sorted(found & KINDS.keys())
    return f"{known[0]}/{id}" if len(known) == 1 else None


def find(root: Path, history: History, record: str, drafts: Path) -> Erasure:
    """Return what is held of a record: in the journal, and in the folder of drafts for those who have none yet.

    Texts of other records are nobody's to remove: where one repeats the record's words, MentorlogError names it.
    """
    folder = record.partition("/")[0]
    own = [name for name in files.real_names(root / folder) if operation.is_of(f"{folder}/{name.lstrip('.#')}", record)]
    changes = tuple(Change(path, data, None) for path, data in _readable(root, folder, own))
    words = _Words(record, [data for change in changes if (data := change.before)] + list(_earlier(history, record)))
    held = {change.path for change in changes}
    leftovers = set(history.leftovers())
    others = {f"{folder}/{name}" for name in own} - held
    others.update(path for path in leftovers if words.are_in(root / path))
    beside = [f"{inside}/{name}" for inside in (DRAFTS, CONFLICTS) for name in files.real_names(root / inside)]
    others.update(path for path in beside if words.is_named(path))
    outside = tuple(drafts / name for name in files.real_names(drafts))
    foreign = [path for path in beside if path not in others | leftovers and words.are_in(root / path)]
    foreign += [str(path) for path in outside if not words.is_named(path.name) and words.are_in(path)]
    if foreign:
        raise MentorlogError(_other_texts(foreign), "finish or delete these first, then forget it")
    named = tuple(op.seq for op in history.listing().operations if words.are_named(op.name))
    plan = Erasure(
        record,
        changes,
        tuple(sorted(path for path in others if not _is_folder(root / path))),
        named,
        outside_files=tuple(path for path in outside if words.is_named(path.name)),
        git=next((place for place in (root, *root.parents) if (place / ".git").exists()), None),
    )
    return plan._replace(operations=sum(1 for _ in redact.redacted(history, plan.plan)))


def _other_texts(paths: Sequence[str]) -> str:
    if len(paths) == 1:
        return f"A text that is not saved repeats its words: {paths[0]}."
    return f"{len(paths)} texts that are not saved repeat its words: {', '.join(paths)}."


def remove_outside(plan: Erasure) -> None:
    """Remove the drafts that lie outside the journal; no commit does, so it is done after that."""
    for path in plan.outside_files:
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

    def is_named(self, path: str) -> bool:
        """Whether a file is the record's own by its name."""
        name = path.rpartition("/")[2]
        return bool(self._file.match(name) or self._mark.search(name))

    def are_in(self, path: Path) -> bool:
        """Whether a file is the record's own, or holds words of it."""
        if self.is_named(path.name):
            return True
        try:
            data = files.content(path, _LIMIT)
        except MentorlogError:
            return False
        text = (data or b"").decode("utf-8", "replace")
        return bool(self._mark.search(text)) or text.strip() in self.texts - {""} or any(x in text for x in self.lines)

    def are_named(self, name: str) -> bool:
        """Whether the name of an operation repeats the record's words, or the beginning of them."""
        title = name.partition(": ")[2].rstrip("….")
        return any(line in name for line in self.lines) or (
            len(title) >= _LONG and any(line.startswith(title) for line in self.lines)
        )


def _readable(root: Path, folder: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the record's own files that can be read, with their bytes; the others are removed unread."""
    for name in names:
        if name.endswith(".toml") and name[0] not in ".#":
            try:
                yield f"{folder}/{name}", files.read(root / folder / name)
            except (FileNotFoundError, Unreadable):
                continue


def _earlier(history: History, record: str) -> Iterator[bytes]:
    """Yield what the log holds of the record's texts, as far as it can be read."""
    for _, data in redact.naming(history, record):
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
