"""What a check-up finds in the records: unreadable files, duplicate ids, sync copies, links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mentorlog import ids
from mentorlog.domain import goal_links, roster
from mentorlog.domain.reports import Finding
from mentorlog.errors import MentorlogError, Reason, UnknownId, Unreadable
from mentorlog.models.fields import mentions, references, stray_date
from mentorlog.models.goal import Goal
from mentorlog.models.mentor import Mentor
from mentorlog.models.record import Record, view
from mentorlog.models.views import View
from mentorlog.store import snapshot
from mentorlog.store.checkup import damage, earlier, merge_copies
from mentorlog.store.checkup.earlier import BACKUP
from mentorlog.store.checkup.own_files import access
from mentorlog.store.copies import original_of
from mentorlog.store.disk import files
from mentorlog.store.format import toml
from mentorlog.store.index import health
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, id_of, is_record_file, kind_of, shown, template_at
from mentorlog.store.oplog.history import History
from mentorlog.store.snapshot import record_paths
from mentorlog.toml_lines import line_of


class Examined(NamedTuple):
    """The record files that could be read, those that could not, and copies of sync programs.

    `changes` returns the numbers of the operations on each path, newest first, for which it reads the whole log;
    `used` returns every id that was ever used. `restorable` are the damaged files that the log can restore, and
    whether exactly.
    """

    data: Mapping[str, bytes]
    records: Mapping[str, Record]
    broken: Mapping[str, Unreadable]
    copies: Mapping[str, str]
    changes: earlier.LazyNumbers
    used: Callable[[], Collection[str]]
    closed: frozenset[str]
    restorable: Mapping[str, bool]
    root: Path

    def findings(self) -> Iterator[Finding]:
        """Yield all problems of the records."""
        for path, error in self.broken.items():
            if path not in self.copies:
                yield unreadable(error, self.root, self.restorable.get(path))
        yield from self._doubles()
        yield from self._imported_twice()
        for path, record in self.records.items():
            yield from _odd_id(path, record)
            yield from _too_large(path, record, self.data[path])
        yield from self._days()
        yield from self._people()
        yield from self._goals()
        yield from self._links()

    def damaged(self) -> list[str]:
        """Return the paths of damaged files, but for copies, and records of which another file can be read."""
        ids = {record.id for path, record in self.records.items() if path not in self.copies}
        return [
            path
            for path, error in self.broken.items()
            if path in self.data and path not in self.copies and id_of(path) not in ids and damage.is_damage(error)
        ]

    # Copies and duplicates

    def identical(self) -> list[str]:
        """Return the paths of files with the same bytes as another one, which stays."""
        copies = [path for path, original in self.copies.items() if self._same(path, original)]
        return copies + [path for path, first in self._pairs() if self._same(path, first)]

    def mergeable(self) -> list[merge_copies.Copies]:
        """Return the copies of sync programs that can be merged with their originals."""
        return merge_copies.mergeable(self.data, self.records, self.broken, self.copies)

    def _same(self, path: str, other: str) -> bool:
        return other in self.data and self.data.get(path) == self.data[other]

    def _doubles(self) -> Iterator[Finding]:
        """Yield the copies of sync programs, then the other files with a duplicate id."""
        merged = {copy: group for group in self.mergeable() for copy, _ in group.copies}
        for path, original in self.copies.items():
            message, remedy = f"an identical copy of {original}", _REMOVE
            if not (is_same := self._same(path, original)):
                message = f"a copy of {original} made by a sync program; {self._difference(path, original)}"
                remedy = _merging(merged[path]) if path in merged else "copy what you need from it, then delete it"
            yield Finding("error", "copy", shown(path), None, message, remedy, is_same or path in merged)
        for path, first in self._pairs():
            message, remedy = f"it has the same id and content as {first}", _REMOVE
            if not (is_same := self._same(path, first)):
                message = f"it has the id {self.records[path].id}, like {first}; {self._difference(path, first)}"
                remedy = "keep one of them and delete the other"
            yield Finding("error", "double", shown(path), None, message, remedy, is_same)

    def _pairs(self) -> list[tuple[str, str]]:
        """Return each duplicate file with the one of the same id that has the proper name."""
        by_id: dict[str, list[str]] = {}
        for path, record in self.records.items():
            if path not in self.copies:
                by_id.setdefault(record.id, []).append(path)
        pairs = []
        for paths in by_id.values():
            first = min(paths, key=lambda path: (path != toml.path_of(self.records[path]), path))
            pairs += [(path, first) for path in paths if path != first]
        return sorted(pairs)

    def _difference(self, path: str, other: str) -> str:
        """Return in which fields two files differ."""
        if other not in self.data:
            return f"{other} no longer exists"
        try:
            one, two = (toml.parse(name, self.data[name]) for name in (path, other))
        except (KeyError, Unreadable):
            return "one of them cannot be read"
        fields = [key for key in {**one, **two} if one.get(key) != two.get(key)]
        return f"they differ in: {', '.join(map(shown, fields))}" if fields else "they differ only in formatting"

    # Imports

    def _imported_twice(self) -> Iterator[Finding]:
        """Yield the records of one source: two machines imported it before they met, each under ids of its own."""
        first: dict[str, str] = {}
        for path, record in sorted(self.records.items()):
            if path in self.copies or not record.source:
                continue
            other = first.setdefault(record.source, path)
            if (id := record.id) != self.records[other].id:
                message = f"it was imported twice, as {shown(self.records[other].id)} too"
                remedy = f"delete one of the two (mentorlog delete {shown(id)}), or undo one import (mentorlog history)"
                line = line_of(self.data[path], "source")
                yield Finding("warning", "imported", shown(path), line, message, remedy)

    # Dates of a status

    def _days(self) -> Iterator[Finding]:
        """Yield the records with the date of a status that they do not have: the user must decide."""
        for path, record in self.records.items():
            seen = view(record)
            stray = None if path in self.copies else stray_date(type(record), seen)
            if stray is not None:
                day, state = stray.name, stray.reached[0]
                message = f"it has a {day} ({seen[day]}), but its status is {seen['status']}"
                line, id = line_of(self.data[path], day), shown(record.id)
                remedy = f"clear it with: mentorlog set {id} --clear {day}"
                if seen["status"] != "dropped":  # a dropped one must be reopened first
                    remedy = f"if it is {state}: mentorlog set {id} status={state}; otherwise {remedy}"
                yield Finding("warning", "state", shown(path), line, message, remedy)

    # People

    def _people(self) -> Iterator[Finding]:
        """Yield the values of mentors that cannot be right; new ones are refused, but these stay."""
        records = {path: record for path, record in self.records.items() if path not in self.copies}
        mentors = {path: record for path, record in records.items() if isinstance(record, Mentor)}
        known = [view(one) for one in mentors.values()]
        for path, one in mentors.items():
            for wrong in roster.doubts(one, known):
                remedy = f"clear it with: mentorlog set {shown(one.id)} --clear {wrong.field}"
                line = line_of(self.data[path], wrong.field)
                yield Finding("warning", wrong.field, shown(path), line, wrong.clause, remedy)

    # Goals

    def _goals(self) -> Iterator[Finding]:
        """Yield the goals that are part of themselves, or of somebody who is no mentee; new ones are refused."""
        records = {path: record for path, record in self.records.items() if path not in self.copies}
        known = {one.id: one for one in records.values()}

        def resolve(text: str, *kinds: str, by_name: bool = False) -> View:
            if text not in known or known[text].KIND not in kinds:
                raise UnknownId(text, kinds)
            return view(known[text])

        for path, one in records.items():
            for wrong in goal_links.doubts(one, resolve) if isinstance(one, Goal) else ():
                remedy = f"clear it with: mentorlog set {shown(one.id)} --clear {wrong.field}"
                line = line_of(self.data[path], wrong.field)
                yield Finding("warning", wrong.field, shown(path), line, wrong.clause, remedy)

    # Links

    def _links(self) -> Iterator[Finding]:
        kinds = {record.id: record.KIND for path, record in self.records.items() if path not in self.copies}
        unread = {id_of(path) for path in self.broken if "/" in path}
        unseen = {kind for kind, folder in FOLDERS.items() if folder in self.closed}
        gone = 0
        for path, record in sorted(self.records.items()):
            if path in self.copies:
                continue
            roles = {one.role: one.target_kinds for one in references(type(record))}
            for role, id in dict.fromkeys(mentions(view(record))):
                kind, *others = roles[role]
                if others:  # the scope of a review may be of either kind, and deleted
                    continue
                if id in kinds and kinds[id] != kind:
                    message = f"it links to {shown(id)} as a {kind}, but that is a {kinds[id]}"
                    yield Finding("warning", "link", shown(path), None, message, _relink(record.id))
                elif id in kinds or id in unread or kind in unseen:
                    continue
                elif id in self.used():
                    gone += 1
                else:
                    message = f"it links to {kind} {shown(id)}, which does not exist"
                    yield Finding("warning", "link", shown(path), None, message, _relink(record.id))
        if gone:
            message = f"{gone} links point to deleted records" if gone > 1 else "1 link points to a deleted record"
            yield Finding("warning", "deleted", None, None, message, "nothing to do: links remain after a deletion")


_REMOVE = "--fix removes it (mentorlog undo restores it)"


def _merging(group: merge_copies.Copies) -> str:
    """Return how a copy is merged; one whose original is gone takes its place."""
    what = "renames it" if group.now is None else f"merges it into {shown(group.path)}"
    return f"--fix {what} (mentorlog undo restores it)"


def _relink(id: str) -> str:
    return f"if this is a mistake: mentorlog edit {shown(id)} --toml"


def gather(root: Path, history: History, closed: Collection[str] = (), progress: snapshot.Progress = None) -> Examined:
    """Read all record files and files that look like a copy, except in closed folders."""
    progress = snapshot.once_it_takes_long(progress)

    def paths() -> Iterator[str]:
        yield from record_paths(root, closed)
        # Files beside profile.toml and journal.toml that may be copies of them.
        yield from (name for name in files.names(root) if is_record_file(name) and name not in (PROFILE, JOURNAL))

    data: dict[str, bytes] = {}
    records: dict[str, Record] = {}
    broken: dict[str, Unreadable] = {}
    copies: dict[str, str] = {}
    found = snapshot.read(root, history, paths, progress=progress)
    for path, content in snapshot.checking(found, progress):
        try:
            if isinstance(content, Unreadable):
                raise content
            data[path] = content
            if path in (JOURNAL, PROFILE) or "/" in path:  # a copy in the root folder is not validated
                part = damage.checked(path, content)
                if isinstance(part, Record):
                    records[path] = part
        except Unreadable as error:
            broken[path] = error
        if original := original_of(path):
            copies[path] = original
    changes = cache(lambda: earlier.numbers(history))
    used = cache(lambda: _used(root, history))
    examined = Examined(data, records, broken, copies, changes, used, frozenset(closed), {}, root)
    damaged = {path: data[path] for path in examined.damaged()}
    return examined._replace(restorable=earlier.restorable(history, damaged, changes()) if damaged else {})


def _used(root: Path, history: History) -> set[str]:
    """Return every id that operations used, from the index and what of the log that has not seen."""
    seq, ids = health.used(root)
    if seq and files.look(history.layout.operation(seq)) is None:  # the index is that of another log
        seq, ids = 0, set()
    return ids.union(map(id_of, history.paths_ever(seq)))


def unreadable(error: Unreadable, root: Path, is_exact: bool | None = None) -> Finding:
    """Return that a file cannot be read, and what to do; `is_exact` tells how the log can restore it, if it can."""
    if error.reason == Reason.REFUSED:
        remedy = access(root / error.path)
    elif known := _REMEDIES.get(error.reason):
        remedy = known
    elif template_at(error.path):
        remedy = error.hint or ""
    elif "/" not in error.path and error.path != PROFILE:
        remedy = f"repair it in a text editor{BACKUP}"
    else:
        remedy = f"repair it with: mentorlog edit {shown(id_of(error.path))}"
    if is_exact is not None:
        remedy = earlier.remedy(remedy, is_exact=is_exact)
    if error.reason == Reason.UNKNOWN_WORD and not is_exact:
        remedy += "; if a newer version of mentorlog wrote it, upgrade mentorlog"
    return Finding("error", "unreadable", shown(error.path), error.line, error.message, remedy)


_LARGE = 64 * 1024
"""Bytes of a file that may be too large when it is written again."""
_REMEDIES = {
    Reason.BAD_ID: "rename the file and change the id in it",
    Reason.ELSEWHERE: f"let the sync program download it{BACKUP}",
    Reason.NEWER: "upgrade mentorlog",
    Reason.WRONG_FOLDER: "move it there",
    Reason.WRONG_NAME: "rename the file or change the id in it",
    Reason.NOT_A_FILE: "replace it with a record file, or restore one from a backup",
}


def _too_large(path: str, record: Record, data: bytes) -> Iterator[Finding]:
    """Yield that a record can be read, but not saved: some values take more characters when they are written again."""
    if len(data) < _LARGE:
        return
    with suppress(MentorlogError):
        if len(toml.dump(record)) <= files.LIMIT:
            return
    message = f"it can be read, but not saved: written again it is larger than {files.LIMIT >> 20} MiB"
    remedy = f"shorten it with: mentorlog edit {shown(record.id)} --toml"
    yield Finding("error", "large", shown(path), None, message, remedy)


def _odd_id(path: str, record: Record) -> Iterator[Finding]:
    """Yield the problem of an id that mentorlog would not have generated."""
    is_mentor = record.KIND == "mentor"
    with suppress(MentorlogError):
        if ids.check_slug(record.id) if is_mentor else ids.kind_of(record.id) == record.KIND:
            return
    if is_mentor and record.id in ids.DEVICES:
        message = f"Windows does not accept {record.id} as the name of a file"
        yield Finding(
            "warning", "id", shown(path), None, message, "rename the file and change its id if you use Windows"
        )
    else:
        message = f"its id does not have the form of a {kind_of(path)} id; commands may not find it"
        yield Finding("warning", "id", shown(path), None, message, "")
