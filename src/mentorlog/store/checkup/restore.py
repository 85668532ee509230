"""Restoring damaged files from the log: what it can give back, and the one operation that does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mentorlog.domain.reports import Problem, Restorable
from mentorlog.errors import ConflictError, Unreadable
from mentorlog.models.record import Record
from mentorlog.models.views import counted, heading
from mentorlog.store import layout
from mentorlog.store.checkup import damage, earlier, records
from mentorlog.store.checkup.damage import BitSearch
from mentorlog.store.checkup.earlier import Step
from mentorlog.store.disk import files
from mentorlog.store.format import document
from mentorlog.store.layout import CONFLICTS, DAMAGED, JOURNAL, Layout, shown
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Operation
from mentorlog.store.past import entry_of
from mentorlog.store.templates import Templates
from mentorlog.values import Value

Commit = Callable[[str, Sequence[Change]], object]
"""Commits changes as one operation with a name."""
Choose = Callable[[Sequence[Restorable]], Collection[str]]
"""Returns the paths of the files to restore."""
_MOST_HASHED = 4 << 30
"""The bytes that the search for wrong bits hashes at most, in all files together: some seconds."""
_LONGEST_NAME = 150


class Restoration(Value):
    """What can be restored, the damaged bytes, and those in their place."""

    offer: Restorable
    damaged: bytes
    good: bytes


class _Search:
    """The search for the best text of one file, from the newest operation on it to older ones."""

    def __init__(self, path: str, damaged: bytes, error: Unreadable, *, must_be_exact: bool = False) -> None:
        self.path, self.damaged, self.error = path, damaged, error
        self._must_be_exact = must_be_exact
        self._newest: Step | None = None
        self._change: Operation | None = None  # after which, or before which, the file held the text
        self._good: bytes | None = None
        self._is_exact = False
        self._lost: list[int] = []

    def see(self, step: Step, bits: BitSearch) -> bool:
        """Take in the next older operation; return whether nothing better can come."""
        exact = None
        if self._newest is None:
            self._newest = step
            exact = bits.corrected(self.path, self.damaged, step.after_sha)
        if exact is None and step.before is not None and operation.sha(step.before) == self._newest.after_sha:
            exact = step.before
        if exact is not None:
            self._good, self._change, self._is_exact = exact, self._newest.operation, True
        elif self._good is None:
            self._good, self._change = step.before, step.operation
            self._lost.append(step.number)
        return self._is_exact

    def result(self, history: History) -> Restoration | None:
        """Return how to restore the file; None if the log cannot."""
        if self._good is None or self._change is None or self._newest is None:
            return None
        if not self._is_exact and (self._must_be_exact or damage.is_edit(self.path, self.damaged)):
            return None
        was_deleted = self._newest.operation is not None and self._newest.after_sha is None
        keep = not self._is_exact and not damage.is_blank(self.damaged)
        path, error = shown(self.path), self.error
        offer = Restorable(
            path,
            "journal" if self.path == JOURNAL else layout.kind_of(self.path),
            layout.template_at(self.path) or layout.id_of(self.path),
            _title(self.path, self._good),
            Problem(path, error.message, error.line, error.reason),
            self._is_exact,
            entry_of(self._change),
            () if self._is_exact or was_deleted else tuple(self._lost),
            _copy(history, self.path, self.damaged) if keep else None,
        )
        return Restoration(offer, self.damaged, self._good)


def find(root: Path, history: History, rotten: Iterable[str] = ()) -> list[Restoration]:
    """Return every damaged file that the log can restore, by path; none while journal.toml cannot be read.

    Files that are `rotten` can be read still: of those only what the newest operation left is as good.
    """
    examined = records.gather(root, history)
    searches = {path: _Search(path, examined.data[path], examined.broken[path]) for path in examined.damaged()}
    for path in {*rotten} & examined.data.keys() - examined.broken.keys():
        error = Unreadable(path, damage.ROTTEN)
        searches[path] = _Search(path, examined.data[path], error, must_be_exact=True)
    searches |= {one.path: one for one in _templates(history)}
    wanted, bits = set(searches), BitSearch(_MOST_HASHED)
    for step in earlier.steps(history, examined.changes() if wanted else {}, wanted):
        if searches[step.path].see(step, bits):
            wanted.discard(step.path)
    found = [one for _, search in sorted(searches.items()) if (one := search.result(history))]
    is_known = JOURNAL in examined.data and JOURNAL not in examined.broken
    # The files of a newer format may mean something else.
    return found if is_known or any(one.offer.path == JOURNAL for one in found) else []


def restore(log: Log, commit: Commit, chosen: Sequence[Restoration]) -> list[str]:
    """Restore files as one operation, under the lock, and return what was done; the damaged texts are saved first.

    Raises ChangedSince, and changes nothing, if one of them is no longer as it was when it was offered.
    """
    recovery = log.recover()
    if recovery.conflicts:
        raise ConflictError([conflict.sentence for conflict in recovery.conflicts])
    changed = [one.offer.path for one in chosen if log.history.present(one.offer.path) != one.damaged]
    if changed:
        raise operation.changed_since(changed, "look at what is left: mentorlog doctor --fix")
    for one in chosen:
        if one.offer.copy is not None:
            _save(log.layout, one.offer.copy, one.damaged)
    what = "record" if all(one.offer.record in layout.FOLDERS for one in chosen) else "file"
    commit(
        f"doctor: restore {counted(len(chosen), what)} from the log",
        [Change(one.offer.path, one.damaged, one.good) for one in chosen],
    )
    return [_done(one.offer) for one in chosen]


def _save(layout: Layout, copy: str, data: bytes) -> None:
    """Save damaged bytes, durably; what a killed process leaves of them is a leftover, and not among the conflicts."""
    files.private_folder(layout.conflicts)
    target, staged = layout.root / copy, layout.private / files.staged_name(copy.rpartition("/")[2])
    if files.look(target) is None:
        files.write_new(staged, data, target)
        try:
            files.rename(staged, target)
        except BaseException:
            files.discard(staged)
            raise
    files.sync_folder(layout.conflicts)


def _done(offer: Restorable) -> str:
    if offer.is_exact:
        return f"Restored {offer.path} exactly as change {offer.change.seq} left it."
    kept = f" (its damaged text is in {offer.copy})" if offer.copy else ""
    return f"Restored {offer.path} as it was before change {offer.change.seq}{kept}."


def _templates(history: History) -> Iterator[_Search]:
    templates = Templates(history)
    for name in templates.names():
        path = layout.template_path(name)
        with suppress(Unreadable):  # what cannot be read at all stays as it is
            data = templates.data(name) or b""
            if error := damage.wrong(path, data):
                yield _Search(path, data, error)


def _title(path: str, data: bytes) -> str | None:
    part = damage.checked(path, data)
    return heading(document.view_of(part)) if isinstance(part, Record) else None


def _copy(history: History, path: str, data: bytes) -> str:
    """Return the path of the copy of damaged bytes: that of a copy made before, or a free one.

    Its name holds that of the record, followed by a period, so that erasing the record finds it.
    """
    stem, _, ending = path.replace("/", "-").rpartition(".")
    stem = stem.encode()[:_LONGEST_NAME].decode(errors="ignore")
    number, mark = 1, files.fingerprint(data)[:8]
    while True:
        copy = f"{CONFLICTS}/{DAMAGED}{stem}.{mark}{f'-{number}' if number > 1 else ''}.{ending}"
        try:
            there = history.present(copy)
        except Unreadable:
            there = b""
        if there is None or there == data:
            return copy
        number += 1
