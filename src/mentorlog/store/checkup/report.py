"""The check of a journal: what is wrong, where, and what to do. It changes no file."""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.reports import Finding
from mentorlog.errors import DiskFailure, MentorlogError, Reason, Unreadable
from mentorlog.store import layout
from mentorlog.store.checkup import earlier, own_files, records
from mentorlog.store.checkup.own_files import access
from mentorlog.store.disk import files
from mentorlog.store.drafts import Drafts, command_of
from mentorlog.store.index import health
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, shown
from mentorlog.store.oplog.history import History
from mentorlog.store.seen import Seen
from mentorlog.store.templates import Templates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress

_OTHERS = 0o077
_NAMED = 3


class Report(NamedTuple):
    """The result of a check: the findings, errors first, how many records could be read, and operations were not."""

    findings: tuple[Finding, ...]
    records: int
    unchecked: int = 0

    @property
    def errors(self) -> int:
        """How many findings the user must act on."""
        return sum(finding.level == "error" for finding in self.findings)


def examine(root: Path, history: History, seen: Seen, state: Path | None = None, progress: Progress = None) -> Report:
    """Return all findings about a journal; none if there is no journal."""
    if files.look(root) is None:
        return Report((), 0)
    closed = own_files.closed_folders(root)
    findings = [*own_files.places(root, closed), *own_files.trial(root, closed)]
    if not closed.keys().isdisjoint((layout.PRIVATE, layout.OPERATIONS)):
        return Report(tuple(findings), 0)  # without the log the records cannot be read as of one moment
    examined = records.gather(root, history, closed, progress)
    findings += [
        *own_files.ignored_by_git(root),
        *own_files.synced(root),
        *own_files.foreign(history, state),
        *examined.findings(),
        *_strangers(root, examined.copies),
        *_unknown_folders(root),
        *_templates(history, closed, examined.changes),
        *_permissions(root),
        *own_files.log(history, closed),
        *own_files.missing(history, seen),
        *_drafts(root),
        *(_index(root) if examined.records or examined.broken else ()),
    ]
    findings.sort(key=lambda one: (one.level != "error", one.path or "~", one.line or 0))
    unchecked = max(0, len(_names(history.layout.operations)) - own_files.NEWEST)
    return Report(tuple(findings), len(examined.records.keys() - examined.copies.keys()), unchecked)


def _strangers(root: Path, copies: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the files in the folders of records that are not records."""
    for folder in FOLDERS.values():
        names = _names(root / folder)
        records_elsewhere = set(layout.placeholders(names))
        for name in names:
            path = f"{folder}/{name}"
            if name[0] != "." and not name.endswith(".toml") and path not in copies and name not in records_elsewhere:
                yield Finding("warning", "stranger", shown(path), None, "it is not a record and is ignored", "")


def _unknown_folders(root: Path) -> Iterator[Finding]:
    """Yield the folders with files that look like records, of no kind that this version knows."""
    for name in _names(root):
        is_known = name[0] == "." or layout.belongs_to_journal(Path(name))
        if not is_known and files.is_folder(root / name) and any(map(layout.is_record_file, _names(root / name))):
            remedy = "if a newer version of mentorlog made it, upgrade mentorlog"
            yield Finding("warning", "stranger", shown(name), None, "it holds no records and is ignored", remedy)


def _templates(history: History, closed: Mapping[str, str], changes: earlier.LazyNumbers) -> Iterator[Finding]:
    """Yield the templates that cannot be read, and the files beside them that are none."""
    folder, templates = history.layout.root / layout.TEMPLATES, Templates(history)
    if layout.TEMPLATES in closed or not files.is_folder(folder):
        return
    for file in files.real_names(folder):
        path = f"{layout.TEMPLATES}/{file}"
        name = layout.template_at(path)
        if not name and file[0] != ".":
            yield Finding("warning", "stranger", shown(path), None, "it is not a template and is ignored", "")
        try:
            templates.text(name) if name else None
        except Unreadable as error:
            remedy = access(folder / file) if error.reason == Reason.REFUSED else error.hint or ""
            if error.reason == Reason.INVALID:
                found = earlier.restorable(history, {path: templates.data(name) or b""}, changes())
                remedy = earlier.remedy(remedy, is_exact=found[path]) if found else remedy
            yield Finding("error", "template", path, error.line, error.message, remedy)


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
    too_open = ["."] if files.is_open_to_others(root) else []
    paths = [JOURNAL, PROFILE]
    for folder in (*FOLDERS.values(), layout.TEMPLATES, *layout.PRIVATE_FOLDERS):
        paths += [folder, *(f"{folder}/{name}" for name in _names(root / folder))]
    for path in dict.fromkeys(paths):
        with suppress(DiskFailure):  # other users have even less access
            seen = files.look(root / path)
            if seen is None or not (modes.S_ISREG(seen.st_mode) or modes.S_ISDIR(seen.st_mode)):
                continue
            if seen.st_mode & _OTHERS and seen.st_uid == os.getuid():
                too_open.append(path)
    return too_open


# Drafts and the index


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
