"""Find everything that a journal holds of one record, to erase it: files, copies, drafts, text in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.reports import ForgetPlan
from mentorlog.errors import MentorlogError, NeedsDoctor, Reason, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.format import document, toml
from mentorlog.store.layout import CONFLICTS, DRAFTS, KINDS, id_of, placeholders
from mentorlog.store.oplog import operation, redact
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, Forget
from mentorlog.store.snapshot import record_bytes

_LONG = 20
_HEADING = 8
_LIMIT = 64 * 1024 * 1024
_VERSIONS = (".stversions", ".dropbox.cache", ".sync/Archive")
"""Where Syncthing, Dropbox and Resilio keep old versions of files, in the folder that they sync."""


class Erasure(NamedTuple):
    """All that exists of a record: what erasing it removes, redacts, and cannot reach."""

    plan: Forget
    changes: tuple[Change, ...]
    operations: int
    outside_files: tuple[Path, ...]
    git: Path | None
    versions: tuple[Path, ...]

    @property
    def report(self) -> ForgetPlan:
        """The summary that is shown before and after."""
        folder, _, id = self.plan.record.partition("/")
        others = (*self.plan.other_files, *map(str, self.outside_files))
        is_empty = not (self.changes or others or self.operations)
        return ForgetPlan(KINDS[folder], id, self.operations, others, self.git, self.versions, is_empty)


def record_of(root: Path, history: History, id: str) -> str | None:
    """Return the record, `notes/n4m2x`, that has or had this id; None unless there is exactly one."""
    paths = [f"{folder}/{name}" for folder in KINDS for name in files.real_names(root / folder)]
    paths += (path for path in history.paths_ever() if "/" in path)
    folders = {path.partition("/")[0] for path in paths if id_of(path) == id} & KINDS.keys()
    return f"{folders.pop()}/{id}" if len(folders) == 1 else None


def find(root: Path, history: History, record: str, drafts: Path) -> Erasure:
    """Return all that exists of a record, in the journal and in the folder of drafts outside it.

    Texts of other records are never removed: if one repeats the record's words, MentorlogError names it.
    """
    folder = record.partition("/")[0]
    names = files.real_names(root / folder)
    own = [name for name in names if operation.is_of_file(folder, name, record)]
    for name in set(own).intersection(placeholders(names)):
        record_bytes(root, f"{folder}/{name}")  # refused: what it holds could not be found elsewhere
    contents = dict(_readable(root, folder, own))
    matcher = _TextMatcher(record, [*contents.values(), *_earlier(history, record)])
    leftovers = set(history.leftovers())
    others = {f"{folder}/{name}" for name in own} - contents.keys()
    others.update(path for path in leftovers if matcher.occurs_in(root / path))
    texts = [f"{inside}/{name}" for inside in (DRAFTS, CONFLICTS) for name in files.real_names(root / inside)]
    others.update(path for path in texts if matcher.is_named(path))
    outside = [drafts / name for name in files.real_names(drafts)]
    foreign = [path for path in texts if path not in others | leftovers and matcher.occurs_in(root / path)]
    foreign += [str(path) for path in outside if not matcher.is_named(path.name) and matcher.occurs_in(path)]
    if foreign:
        repeats = f"{len(foreign)} unsaved texts repeat" if foreign[1:] else "An unsaved text repeats"
        message = f"{repeats} its words: {', '.join(foreign)}"
        raise MentorlogError(message, "save or delete the unsaved text first, then run the command again")
    log = history.listing()
    if any(wrong.reason == Reason.NEWER for wrong in log.damaged):  # what it holds could not be found
        raise NeedsDoctor("A newer version of mentorlog wrote part of the log.", "erase it with that version")
    numbers = [one.seq for one in log.operations if matcher.occurs_in_name(one.name)]
    paths = sorted(path for path in others if not files.is_folder(root / path))
    plan = Forget(record, tuple(paths), tuple(numbers))
    return Erasure(
        plan,
        tuple(Change(path, data, None) for path, data in contents.items()),
        sum(1 for _ in redact.redacted(history, plan)),
        tuple(path for path in outside if matcher.is_named(path.name)),
        next((place for place in (root, *root.parents) if (place / ".git").exists()), None),
        tuple(at for place in (root, *root.parents) for name in _VERSIONS if (at := place / name).is_dir()),
    )


class _TextMatcher:
    """Finds texts of a record elsewhere: by its name, longer lines, and whole texts."""

    def __init__(self, record: str, versions: list[bytes]) -> None:
        folder, _, id = record.partition("/")
        word, end = re.escape(id), "[0-9a-z-]" if folder == "mentors" else "[0-9a-z]"
        self._file = re.compile(rf"[.#]*{word}(?:-(?:text|notes|comment|outcome)(?:-\d+)?)?[.~]")
        self._mark = re.compile(rf"{folder}[/-]{word}(?!{end})|^id = [\"']{word}[\"']", re.MULTILINE)
        self._texts: set[str] = set()
        self._lines: set[str] = set()
        for data in versions:
            try:
                plain = toml.parse("", data)
            except Unreadable:  # every line counts as one of its texts
                plain = {"": data.decode("utf-8", "replace").splitlines()}
            first_line = str(plain.get("text") or "").strip().partition("\n")[0]
            title = str(plain.get("title") or plain.get("name") or first_line).strip()
            if len(title) >= _HEADING:
                self._lines.add(title)
            for text in document.texts(plain):
                self._texts.add(text.strip())
                lines = map(str.strip, text.splitlines())
                self._lines.update(line for line in lines if len(line) >= _LONG and " " in line)

    def is_named(self, path: str) -> bool:
        """Return whether the name of a file is one of the record's."""
        name = path.rpartition("/")[2]
        return bool(self._file.match(name) or self._mark.search(name))

    def occurs_in(self, path: Path) -> bool:
        """Return whether a file belongs to the record or contains words of it."""
        if self.is_named(path.name):
            return True
        try:
            text = (files.content(path, _LIMIT) or b"").decode("utf-8", "replace")
        except MentorlogError:
            return False
        is_whole = text.strip() in self._texts - {""}
        return is_whole or bool(self._mark.search(text)) or any(line in text for line in self._lines)

    def occurs_in_name(self, name: str) -> bool:
        """Return whether the name of an operation repeats the record's words or the start of them."""
        title = name.partition(": ")[2].rstrip("….")
        is_long = len(title) >= _LONG
        return any(line in name or (is_long and line.startswith(title)) for line in self._lines)


def _readable(root: Path, folder: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the record's readable files with their bytes; the others are removed unread."""
    for name in names:
        if name.endswith(".toml") and name[0] not in ".#":
            with suppress(Unreadable):
                data = record_bytes(root, path := f"{folder}/{name}")
                if data is not None:
                    yield path, data


def _earlier(history: History, record: str) -> Iterator[bytes]:
    """Yield the record's texts in the log, as far as it can be read."""
    for _, data in redact.naming(history, record):
        with suppress(ValueError):
            entry = operation.decoded(data)
            paths = [file.path for file in entry.operation.files if operation.is_of(file.path, record)]
            yield from filter(None, map(entry.before, paths))
