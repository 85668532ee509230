"""All files that a backup holds, as of one moment of the journal."""

from __future__ import annotations

import stat as modes
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from mentorlog.domain.backups import Manifest
from mentorlog.errors import Busy, DiskFailure, ReadFailure, Reason, Unreadable
from mentorlog.store import snapshot
from mentorlog.store.backup import archive
from mentorlog.store.disk import files
from mentorlog.store.format import document
from mentorlog.store.journal import Journal
from mentorlog.store.layout import (
    FOLDERS,
    JOURNAL,
    OPERATIONS,
    PRIVATE,
    PROFILE,
    TEMPLATES,
    is_record_file,
    operation_number,
    operation_path,
    shown,
    template_at,
)
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import LoggedOperation
from mentorlog.store.oplog.position import ChangedMeanwhile
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress


class Moment(Value):
    """The files of a journal at one moment, by path, their manifest, and the files that cannot be read."""

    manifest: Manifest
    contents: dict[str, bytes]
    unreadable: list[Unreadable]


def moment(journal: Journal, *, with_log: bool, progress: Progress = None) -> Moment:
    """Return the files of one moment: read without the lock, and with it where others keep changing the journal."""
    look = partial(_moment, journal.root, journal.history, with_log, progress)
    try:
        return look()
    except Busy:
        return journal.change("backup", lambda transaction: look())  # it changes nothing, but what is unfinished ends


def _moment(root: Path, history: History, with_log: bool, progress: Progress) -> Moment:
    closed = dict(_closed(root, with_log))
    paths = partial(_paths, root, history, with_log, closed)
    found = snapshot.read(root, history, paths, partial(_overlay, history), progress)
    operations = [path for path in found if path.startswith(OPERATIONS)]
    last = max(operations, key=_number, default="")
    entry = _entry(found[last]) if last else None
    for path in () if with_log else operations:  # an unfinished one is there beside the last of the log
        del found[path]
    contents: dict[str, bytes] = {}
    unreadable = list(closed.values())
    for path, data in found.items():
        if isinstance(data, bytes) and not archive.may_hold(path):
            data = Unreadable(shown(path), "its name is not valid on every system", reason=Reason.WRONG_NAME)
        if isinstance(data, Unreadable):
            unreadable.append(data)
        else:
            contents[path] = data
    left_out = tuple(sorted(error.path for error in unreadable))
    at, link = _facts(entry)
    manifest = Manifest(_journal_id(contents), _number(last), at, link, with_log, left_out)
    return Moment(manifest, contents, unreadable)


def _number(path: str) -> int:
    return operation_number(path.rpartition("/")[2])


def _paths(root: Path, history: History, with_log: bool, closed: dict[str, Unreadable]) -> Iterator[str]:
    """Yield the paths of all records, templates and operations; without the log only its last operation."""
    yield from snapshot.record_paths(root, closed)
    # What a sync program or a person has left beside the profile and journal.toml may be a copy of them.
    beside = (name for name in files.names(root) if is_record_file(name) and name not in (PROFILE, JOURNAL))
    yield from (name for name in beside if archive.may_hold(name))
    if TEMPLATES not in closed:
        yield from filter(template_at, (f"{TEMPLATES}/{name}" for name in files.real_names(root / TEMPLATES)))
    if with_log and OPERATIONS not in closed:
        names = files.real_names(root / OPERATIONS)
        yield from (f"{OPERATIONS}/{name}" for name in names if operation_number(name))
    elif not with_log and (last := history.last()):
        yield operation_path(last)


def _overlay(history: History) -> snapshot.Overlay:
    """Return what to read instead of the paths of an unfinished operation, which counts as the last of the log.

    One that erases has not redacted the log yet: it must end first.
    """
    try:
        entry = history.unfinished()
    except ReadFailure:
        raise
    except operation.Newer:
        raise ChangedMeanwhile from None  # the lock says so
    except Unreadable:
        return {}
    if entry is None:
        return {}
    if entry.forget is not None:
        raise ChangedMeanwhile
    overlay = {**history.overlay(), **history.overlay(templates=True)}
    number = entry.operation.seq
    if files.look(history.layout.operation(number)) is None:
        overlay[operation_path(number)] = history.layout.pending
    return overlay


def _closed(root: Path, with_log: bool) -> Iterator[tuple[str, Unreadable]]:
    """Yield the folders of the journal that cannot be listed or are none, and why."""
    for folder in (*FOLDERS.values(), TEMPLATES, *((PRIVATE, OPERATIONS) if with_log else ())):
        try:
            seen = files.look(root / folder)
            if seen is None:
                continue
            if not modes.S_ISDIR(seen.st_mode):
                message = f"it is {files.kind_of(seen.st_mode)}, not a folder"
                yield folder, Unreadable(folder, message, reason=Reason.NOT_A_FILE)
            else:
                files.names(root / folder)
        except DiskFailure as refused:
            yield folder, ReadFailure(folder, refused.cause)


def _entry(data: bytes | Unreadable) -> LoggedOperation | None:
    try:
        return operation.decoded(data) if isinstance(data, bytes) else None
    except ValueError:  # it goes into the backup as it is
        return None


def _facts(entry: LoggedOperation | None) -> tuple[datetime | None, str | None]:
    """Return when the last operation was made, and its link in the chain of the log."""
    if entry is None:
        return None, None
    try:
        at = datetime.fromisoformat(entry.operation.at)
    except ValueError:  # it was damaged when something was erased from it
        return None, None
    return (at if at.tzinfo else None), entry.link.own if entry.link and entry.is_linked else None


def _journal_id(contents: dict[str, bytes]) -> str:
    try:
        return str(document.journal_data(JOURNAL, contents.get(JOURNAL, b"")).get("id", ""))
    except Unreadable as error:  # it goes into the backup as it is
        if error.reason == Reason.NEWER:  # but of its folders not all are known
            raise
        return ""
