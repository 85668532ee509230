"""The check of a journal: what is wrong, where, and what to do. It only reads files."""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.reports import Finding
from mentorlog.errors import DiskFailure, MentorlogError, Unreadable
from mentorlog.store import layout
from mentorlog.store.checkup import records
from mentorlog.store.disk import files, syscalls
from mentorlog.store.disk.syscalls import retry_eintr
from mentorlog.store.drafts import Drafts, command_of
from mentorlog.store.index import health
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, shown
from mentorlog.store.oplog.history import History

_OTHERS = 0o077
_NAMED = 3


class Report(NamedTuple):
    """The result of a check: the findings, errors first, and how many records could be read."""

    findings: tuple[Finding, ...]
    records: int

    @property
    def errors(self) -> int:
        """How many findings the user must act on."""
        return sum(finding.level == "error" for finding in self.findings)


def examine(root: Path, history: History) -> Report:
    """Return all findings about a journal; none if there is no journal."""
    if files.look(root) is None:
        return Report((), 0)
    closed = records.closed_folders(root)
    examined = records.gather(root, history, closed)
    findings = [
        *_places(root, closed),
        *examined.findings(),
        *_strangers(root, examined.copies),
        *_permissions(root),
        *_log(history),
        *_drafts(root),
        *(_index(root) if examined.records or examined.broken else ()),
    ]
    findings.sort(key=lambda one: (one.level != "error", one.path or "~", one.line or 0))
    return Report(tuple(findings), len(examined.records.keys() - examined.copies.keys()))


def _places(root: Path, closed: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the files and folders of the journal that are missing, inaccessible or of another type."""
    if files.look(root / JOURNAL) is None:
        from shlex import quote

        remedy = f"restore it from a backup, or create a new one with: mentorlog init {quote(str(root))}"
        yield Finding("error", "journal", JOURNAL, None, "it is missing", remedy)
    for names, is_right, expected, remedy in (
        ((*FOLDERS.values(), layout.PRIVATE), modes.S_ISDIR, "a folder", "move it, and create a folder in its place"),
        ((layout.LOCK, layout.INDEX), modes.S_ISREG, "a file", "delete it; mentorlog creates its own"),
    ):
        for name in names:
            seen = files.look(root / name)
            if seen is not None and not is_right(seen.st_mode):
                message = f"it is {files.kind_of(seen.st_mode)}, not {expected}"
                yield Finding("error", "folder", name, None, message, remedy)
    for name, why in closed.items():
        message = f"its records cannot be read: {why}"
        yield Finding("error", "folder", name, None, message, "check its owner and permissions with: ls -l")


def _strangers(root: Path, copies: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the files in the folders of records that are not records."""
    for folder in FOLDERS.values():
        for name in _names(root / folder):
            path = f"{folder}/{name}"
            if name[0] != "." and not name.endswith(".toml") and path not in copies:
                yield Finding("warning", "stranger", shown(path), None, "it is not a record and is ignored", "")


def _names(folder: Path) -> list[str]:
    try:
        return files.real_names(folder)
    except DiskFailure:  # reported separately
        return []


# Permissions


def _permissions(root: Path) -> Iterator[Finding]:
    too_open = [shown(path) for path in open_to_others(root)]
    if too_open:
        message = "other users of this machine can read or change it"
        if others := ", ".join(too_open[1:_NAMED]):
            more = f" and {len(too_open) - _NAMED} more" if len(too_open) > _NAMED else ""
            message += f" (also {others}{more})"
        yield Finding("error", "permissions", too_open[0], None, message, "run: mentorlog doctor --fix", True)


def open_to_others(root: Path) -> list[str]:
    """Return the paths that other users may read or change; `.` is the root."""
    too_open = ["."] if retry_eintr(syscalls.calls.stat, root).st_mode & _OTHERS else []
    paths = [JOURNAL, PROFILE]
    for folder in (*FOLDERS.values(), *layout.PRIVATE_FOLDERS):
        paths += [folder, *(f"{folder}/{name}" for name in _names(root / folder))]
    for path in dict.fromkeys(paths):
        with suppress(DiskFailure):  # other users have even less access
            seen = files.look(root / path)
            if seen is None or modes.S_ISLNK(seen.st_mode):
                continue
            if seen.st_mode & _OTHERS and seen.st_uid == os.getuid():
                too_open.append(path)
    return too_open


# The log, and unfinished changes


def _log(history: History) -> Iterator[Finding]:
    try:
        entry = history.unfinished()
    except (Unreadable, ValueError) as damage:
        message = damage.message if isinstance(damage, Unreadable) else str(damage)
        remedy = f"the next change moves it to {layout.CONFLICTS}, with its texts"
        damaged = f"an unfinished change is damaged: {message}"
        yield Finding("error", "unfinished", layout.PENDING, None, damaged, remedy)
    else:
        if entry is not None:
            message = f"a change is saved but not finished: {entry.operation.name}"
            remedy = "the next change or --fix finishes it"
            yield Finding("warning", "unfinished", layout.PENDING, None, message, remedy, True)
    for error in history.listing().damaged:
        remedy = "undo cannot go past it; restore it from a backup, or delete it and all older ones"
        yield Finding("error", "log", error.path, None, f"this operation is damaged: {error.message}", remedy)
    for path in history.conflicts():
        message = "text that was not saved because its file had changed"
        yield Finding("error", "conflict", path, None, message, "copy what you need from it, then delete it")
    for path in history.leftovers():
        message = "left behind by a killed process"
        yield Finding("warning", "leftover", shown(path), None, message, "--fix removes it", True)


def _drafts(root: Path) -> Iterator[Finding]:
    names: tuple[str, ...] = ()
    with suppress(MentorlogError):
        names = Drafts(root / layout.DRAFTS).left()
    for name in names:
        command = command_of(name)
        message = "unfinished review" if name == layout.REVIEW_DRAFT else "unsaved text"
        remedy = f"continue with: {command}" if command else "delete it if you do not need it"
        yield Finding("warning", "draft", f"{layout.DRAFTS}/{shown(name)}", None, message, remedy)


def _index(root: Path) -> Iterator[Finding]:
    seen = files.look(root / layout.INDEX)
    message = health.describe(root) if seen is None or modes.S_ISREG(seen.st_mode) else None
    if message:
        remedy = "nothing to do: the next command updates it"
        yield Finding("warning", "index", layout.INDEX, None, message, remedy, True)
