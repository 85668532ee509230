"""The check of mentorlog's own files and folders, and of what the next change would do in them."""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from shlex import quote

from mentorlog.domain.reports import Finding
from mentorlog.errors import Busy, DiskFailure, MentorlogError, NeedsDoctor, Reason, Unreadable
from mentorlog.models.views import counted
from mentorlog.store import layout, machine
from mentorlog.store.copies import is_copy
from mentorlog.store.disk import files
from mentorlog.store.disk.lock import try_lock
from mentorlog.store.layout import FOLDERS, JOURNAL, KINDS, PRIVATE, PRIVATE_FOLDERS, PROFILE, placeholder_of, shown
from mentorlog.store.oplog import chain
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Newer
from mentorlog.store.seen import WHY, Seen
from mentorlog.store.sync_programs import synced_by

OWN_FILES = (layout.LOCK, *layout.INDEX_FILES, layout.IGNORE, layout.MACHINE)
"""The files that mentorlog makes again where they are missing."""
_NAMED = 3


def places(root: Path, closed: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the files and folders of the journal that are missing, inaccessible or of another type."""
    if files.look(root / JOURNAL) is None and not any(placeholder_of(name) == JOURNAL for name in files.names(root)):
        yield _no_journal(root)
    is_closed = PRIVATE in closed
    for name in (*FOLDERS.values(), layout.TEMPLATES, *(() if is_closed else PRIVATE_FOLDERS)):
        seen = files.look(root / name)
        if seen is not None and not modes.S_ISDIR(seen.st_mode):
            message = f"it is {files.kind_of(seen.st_mode)}, not a folder"
            remedy = "move it; mentorlog creates a folder in its place"
            yield Finding("error", "folder", name, None, message, remedy)
    for name in () if is_closed else OWN_FILES:
        seen = files.look(root / name)
        if seen is None or modes.S_ISREG(seen.st_mode):
            continue
        message = f"it is {files.kind_of(seen.st_mode)}, not a file"
        if modes.S_ISDIR(seen.st_mode) and files.names(root / name):
            yield Finding("error", "folder", name, None, message, "move it; mentorlog creates its own file")
        else:
            yield Finding("warning", "folder", name, None, message, "--fix replaces it", True)
    for name, why in closed.items():
        message = f"its records cannot be read: {why}" if name in KINDS else f"it cannot be read: {why}"
        yield Finding("error", "folder", name, None, message, access(root / name))


def closed_folders(root: Path) -> dict[str, str]:
    """Return the folders of the journal that cannot be listed, and why."""
    closed: dict[str, str] = {}
    for folder in (*FOLDERS.values(), layout.TEMPLATES, *PRIVATE_FOLDERS):
        try:
            files.real_names(root / folder)
        except DiskFailure as refused:
            if folder == PRIVATE or PRIVATE not in closed:
                closed[folder] = refused.cause
    return closed


def _no_journal(root: Path) -> Finding:
    """Return what to do without journal.toml: it is lost, or a first command was interrupted before it was written."""
    create = f"mentorlog init {quote(str(root))}"
    if any(_in_use(root)):
        remedy = f"restore it from a backup, or create a new one with: {create}"
        return Finding("error", "journal", JOURNAL, None, "it is missing", remedy)
    message = "the journal was never completed: its first command was interrupted"
    return Finding("error", "journal", JOURNAL, None, message, f"complete it with: {create}")


def _in_use(root: Path) -> Iterator[str]:
    """Yield what a journal holds once it was used: records, the profile, operations."""
    for name in (*FOLDERS.values(), layout.OPERATIONS):
        with suppress(DiskFailure):
            yield from files.real_names(root / name)
    yield from (name for name in (PROFILE, layout.PENDING) if files.look(root / name) is not None)


def access(path: Path) -> str:
    """Return what to do about a file or folder to which access is denied."""
    seen = None
    with suppress(DiskFailure):
        seen = files.look(path)
    if seen is not None and seen.st_uid != os.geteuid():
        return f'another user owns it; run: sudo chown -R "$(id -un)" {quote(str(path))}'
    if seen is not None and not modes.S_ISLNK(seen.st_mode):
        return f"run: chmod u+rwX {quote(str(path))}"
    return "check its owner and permissions with: ls -l"


# What the next change would do


def trial(root: Path, closed: Mapping[str, str]) -> Iterator[Finding]:
    """Try what a change does: take the lock; write, save and remove a file in every folder."""
    refused: dict[str, list[tuple[str, DiskFailure]]] = {}
    for folder in (".", *FOLDERS.values(), layout.TEMPLATES, *PRIVATE_FOLDERS):
        if folder in closed or (PRIVATE in closed and folder in PRIVATE_FOLDERS) or not files.is_folder(root / folder):
            continue
        try:
            # One durable file is enough: an fsync in every folder would take longer than the rest of the check.
            # What lies among the conflicts is the user's text: nothing that a killed check leaves may be there.
            if folder == layout.CONFLICTS:
                files.must_be_writable(root / folder)
            else:
                files.try_folder(root / folder, durably=folder == PRIVATE)
        except DiskFailure as failure:
            refused.setdefault(failure.cause, []).append((folder, failure))
    for cause, failures in refused.items():
        (first, why), *others = failures
        named = ", ".join(folder for folder, _ in others[: _NAMED - 1])
        more = f" and {len(failures) - _NAMED} more" if len(failures) > _NAMED else ""
        also = f" (also in {named}{more})" if others else ""
        remedy = access(root / first) if cause == "permission denied" else why.hint or ""
        yield Finding("error", "write", first, None, f"no change can be saved in it: {cause}{also}", remedy)
    if not refused and PRIVATE not in closed:
        yield from _lock(root)


def _lock(root: Path) -> Iterator[Finding]:
    seen = files.look(root / layout.LOCK)
    if not files.is_folder(root / PRIVATE) or (seen is not None and not modes.S_ISREG(seen.st_mode)):
        return  # `places` names it
    try:
        try_lock(root / layout.LOCK)
    except Busy:
        pass
    except DiskFailure as failure:
        message = f"no change can be made: {failure.cause or failure.sentence}"
        yield Finding("error", "lock", layout.LOCK, None, message, failure.hint or "")


def ignored_by_git(root: Path) -> Iterator[Finding]:
    """Yield the finding that git would add mentorlog's own files, texts of records included, to a repository."""
    if not files.is_folder(root / PRIVATE) or is_ignored(root):
        return
    message = "git does not ignore mentorlog's own files, which repeat your records"
    yield Finding("warning", "ignore", layout.IGNORE, None, message, "--fix writes it", True)


def is_ignored(root: Path) -> bool:
    """Return whether the private folder hides itself from git, or something else is in the place of its list."""
    try:
        return "*" in (files.content(root / layout.IGNORE) or b"").decode("utf-8", "replace").split()
    except Unreadable:
        return True  # `places` names it


def synced(root: Path) -> Iterator[Finding]:
    """Yield the finding that a sync program seems to copy mentorlog's own files to other machines."""
    by = synced_by(root)
    if by is not None and not by.is_excluded:
        message = f"{by.program} seems to synchronize mentorlog's own files, which must stay on this machine"
        yield Finding("warning", "synced", PRIVATE, None, message, by.remedy)


def foreign(history: History, state: Path | None) -> Iterator[Finding]:
    """Yield the finding that mentorlog's own files are those of another machine."""
    if machine.is_foreign(history.layout, state):
        message = "these are mentorlog's own files of another machine, with its change history"
        remedy = f"if you moved or carry the journal, --fix accepts them; if a sync program did, exclude {PRIVATE}"
        yield Finding("warning", "machine", layout.MACHINE, None, message, remedy, True)


# The log


NEWEST = 200
"""The operations that a check reads, newest first; a verification reads all."""


def log(history: History, closed: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is wrong with the newest operations: unfinished, damaged, strange or left behind."""
    folders = (history.layout.private, history.layout.operations)
    if not all(files.is_folder(folder) or files.look(folder) is None for folder in folders):
        return  # `places` names it
    yield from unfinished(history)
    for checked in chain.check(history, NEWEST):
        yield from (flaw(one, history.layout.root) for one in checked.flaws)
    yield from strange_operations(history)
    for path in history.conflicts() if layout.CONFLICTS not in closed else ():
        level, message = "error", "text that was not saved because its file had changed"
        if path.rpartition("/")[2].startswith(layout.DAMAGED):
            level, message = "warning", "the damaged text of a file that was restored"
        yield Finding(level, "conflict", shown(path), None, message, "copy what you need from it, then delete it")
    for path in history.leftovers():
        message = "left behind by a killed process"
        yield Finding("warning", "leftover", shown(path), None, message, "--fix removes it", True)


def unfinished(history: History) -> Iterator[Finding]:
    """Yield that a change was interrupted, or what is left of one is damaged."""
    try:
        entry = history.unfinished()
    except (Unreadable, ValueError) as damage:
        message = damage.message if isinstance(damage, Unreadable) else str(damage)
        remedy = f"the next change moves it to {layout.CONFLICTS}, with its texts"
        damaged = f"an unfinished change is damaged: {message}"
        if isinstance(damage, Newer):
            damaged, remedy = "a newer version of mentorlog left a change unfinished", "finish it with that version"
        yield Finding("error", "unfinished", layout.PENDING, None, damaged, remedy)
    else:
        if entry is not None:
            message = f"a change is saved but not finished: {entry.operation.name}"
            remedy = "the next change or --fix finishes it"
            yield Finding("warning", "unfinished", layout.PENDING, None, message, remedy, True)


def strange_operations(history: History) -> Iterator[Finding]:
    """Yield the files among the operations that are none."""
    for error in chain.strangers(history):
        message, remedy = error.message, "delete it, or move it elsewhere"
        if is_copy(error.path.rpartition("/")[2]):
            message = "a sync program made this copy of a change: it must not synchronize mentorlog's own files"
            remedy = f"exclude {PRIVATE} in that program, then move the copy elsewhere"
        yield Finding("error", "log", shown(error.path), None, message, remedy)


def flaw(one: chain.Flaw, root: Path) -> Finding:
    """Return what is wrong with an operation, and what to do."""
    error, path = one.error, shown(one.error.path)
    if error.reason == Reason.REFUSED:
        message = f"this operation cannot be read: {error.message}"
        return Finding("error", "log", path, None, message, access(root / path))
    if error.reason == Reason.NEWER:
        return Finding("error", "log", path, None, error.message, "upgrade mentorlog")
    if not one.is_damage:
        return Finding("warning", "chain", path, None, error.message, "nothing to do: undo works as before")
    if one.undoable:
        remedy = "restore it from a backup with its log, if you have one; undo goes on working"
        return Finding("error", "chain", path, None, f"this operation was altered: {error.message}", remedy)
    remedy = "undo cannot go past it; restore it from a backup, or delete it and all older ones"
    return Finding("error", "log", path, None, f"this operation is damaged: {error.message}", remedy)


def missing(history: History, seen: Seen) -> Iterator[Finding]:
    """Yield the finding that operations which this machine saw are no longer in the log."""
    count = 0
    with suppress(MentorlogError):  # `places` and `log` name it
        count = seen.missing(history)
    if count:
        message = f"the change history lacks at least {counted(count, 'change')} that this machine saw"
        remedy = f"{WHY} (--fix asks whether to accept it)"
        yield Finding("warning", "older", layout.OPERATIONS, None, message, remedy, True)


def replaced(root: Path) -> Iterator[str]:
    """Remove what is in the place of mentorlog's own files, and write .gitignore; yield what was done."""
    for name in OWN_FILES:
        seen = files.look(root / name)
        if seen is not None and not modes.S_ISREG(seen.st_mode):
            with suppress(DiskFailure):  # a folder with files remains a finding
                files.clear(root / name)
                yield f"Removed {name}, which was {files.kind_of(seen.st_mode)}."
    with suppress(DiskFailure, NeedsDoctor):
        if not is_ignored(root) or files.look(root / layout.IGNORE) is None:
            files.put_own(root / layout.IGNORE, b"*\n")
            yield f"Wrote {layout.IGNORE}."
