"""The journal: the one interface to storage. Reads go through the index (reading.py), changes through the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path

from mentorlog.domain.query import Query as Query
from mentorlog.errors import ChangedSince, ConflictError, DiskFailure, MentorlogError, NeedsDoctor, NoJournal, UnknownId
from mentorlog.store.disk import files
from mentorlog.store.index.index import FreshIndex
from mentorlog.store.layout import FOLDERS, JOURNAL, REVIEW_DRAFT, Layout, placeholder_of
from mentorlog.store.reading import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from mentorlog.domain.assign import Pairs
    from mentorlog.domain.reports import ForgetPlan, SyncReport, Verified
    from mentorlog.domain.syncing import SyncRequest
    from mentorlog.models.record import Part, Record
    from mentorlog.models.views import View
    from mentorlog.store.changes import UndoResult
    from mentorlog.store.checkup.report import Report
    from mentorlog.store.checkup.restore import Choose
    from mentorlog.store.drafts import Drafts
    from mentorlog.store.format.source import Source
    from mentorlog.store.index.index import Index, IndexUpdate
    from mentorlog.store.keys import Key
    from mentorlog.store.oplog.history import History
    from mentorlog.store.oplog.log import Log
    from mentorlog.store.oplog.operation import Change, Forget, Operation, Sync
    from mentorlog.store.past import Past
    from mentorlog.store.seen import Seen
    from mentorlog.store.snapshot import Contents, Progress
    from mentorlog.store.sync.place import Place
    from mentorlog.store.sync.remotes import Remotes
    from mentorlog.store.transaction import Transaction as Transaction

    P = TypeVar("P", bound=Part)
    R = TypeVar("R", bound=Record)
    T = TypeVar("T")


def _lock(path: Path, waiting: Callable[[str], None]) -> AbstractContextManager[None]:
    """Return the lock that every change of a journal takes; reading loads none of it."""
    from mentorlog.store.disk.lock import lock

    return lock(path, waiting=waiting)


def _transaction(root: Path, index: Index) -> Transaction:
    """Return a new transaction; only changes load the dataclasses of records."""
    from mentorlog.store.transaction import Transaction

    return Transaction(root, index)


def _seen(journal: Journal) -> Seen:
    """Return what this machine saw of a journal; most reading loads none of it."""
    from mentorlog.store.seen import Seen

    return Seen(journal.layout, journal.state)


def _undoing(journal: Journal, way: str) -> AbstractContextManager[Index]:
    """Return the lock on a journal that has a history; where there is none, no folder is created."""
    if not os.path.lexists(journal.layout.private):
        raise MentorlogError(f"There is nothing to {way}.", "see the change history with: mentorlog history")
    return journal._locked()


def _mark_machine(journal: Journal) -> None:
    """Record to which machine `.mentorlog` belongs, and notice a sync program that copies it to others."""
    from mentorlog.store import machine, sync_programs

    machine.mark(journal.layout, journal.state)
    journal.notices += sync_programs.private_notice(journal.root)


def _refuse_elsewhere(layout: Layout) -> None:
    """Raise Unreadable if a sync program has not brought journal.toml here yet: another is never created."""
    if files.look(layout.journal) is None:
        from mentorlog.store.index.scan import placeholders_in
        from mentorlog.store.snapshot import record_bytes

        for name in placeholders_in(layout.root):
            if placeholder_of(name) == JOURNAL:
                record_bytes(layout.root, name)


class Journal:
    """One user's folder of records: `reading` answers queries; `change` and the methods built on it write."""

    def __init__(
        self,
        root: Path,
        *,
        now: datetime,
        state: Path | None = None,
        config: Path | None = None,
        may_create: bool = False,
        read_only: bool = False,
        on_create: Callable[[Path], None] = lambda root: None,
        waiting: Callable[[str], None] = lambda holder: None,
        ignored: Callable[[Exception], None] = lambda error: None,
        progress: Progress = None,
        first_weekday: Callable[[], int] = lambda: 0,
    ) -> None:
        self.root = root
        self.now = now
        self.state = state
        """The user's state folder, if what this machine sees of the journal is recorded there."""
        self._config = config
        self.layout = Layout(root)
        self._progress = progress
        self._index = FreshIndex(self.layout, ignored, progress, read_only=read_only)
        self.reading = Reader(self.layout, self._index, first_weekday)
        self.notices: list[str] = []
        self.committed: list[Operation] = []
        self._may_create = may_create
        self._on_create = on_create
        self._waiting = waiting

    @property
    def exists(self) -> bool:
        """Whether the folder contains a journal."""
        return files.look(self.layout.journal) is not None

    @property
    def review_begun(self) -> bool:
        """Whether there is the draft of an unfinished review."""
        return os.path.lexists(self.layout.drafts / REVIEW_DRAFT)

    @cached_property
    def history(self) -> History:
        """The operations of the log."""
        return self._log.history

    @cached_property
    def past(self) -> Past:
        """The changes of the journal, as people ask for them."""
        from mentorlog.store.past import Past

        return Past(self.history, self.reading)

    @cached_property
    def _log(self) -> Log:
        from mentorlog.store.oplog.log import Log

        saving = partial(self._progress, doing="Saving") if self._progress else None
        return Log(self.layout, on_forget=self._index.index.discard, progress=saving)

    # Changing

    def change(self, name: str | Callable[[T], str], work: Callable[[Transaction], T]) -> T:
        """Call `work` under the lock and commit its changes as one operation; return what it returned.

        The operation has this name, or the one that `name` makes of what `work` returned.
        """
        with self._locked() as index:
            if self.reading.missed:  # decisions made before the lock rest on an incomplete list
                raise self.reading.missed
            transaction = _transaction(self.root, index)
            result = work(transaction)
            changes, update = transaction.prepared()
            if changes:
                self._commit(name if isinstance(name, str) else name(result), changes, update=update)
                self.notices += transaction.notices
        return result

    @contextmanager
    def _locked(self) -> Iterator[Index]:
        """Hold the lock on an existing journal, with no unfinished operation and a fresh index."""
        _refuse_elsewhere(self.layout)
        if not self.exists and not self._may_create:
            raise NoJournal(str(self.root))
        if not self.exists:
            files.private_folder(self.root, parents=True)
        with _lock(self.layout.lock, self._waiting):
            if self._create():
                self._on_create(self.root)
            recovery = self._log.recover()
            if recovery.conflicts:
                raise ConflictError([conflict.sentence for conflict in recovery.conflicts])
            yield self._index.look_again()

    def _commit(
        self,
        name: str,
        changes: Sequence[Change],
        *,
        kind: str = "do",
        undoes: Sequence[int] = (),
        forget: Forget | None = None,
        sync: Sync | None = None,
        update: IndexUpdate | None = None,
    ) -> Operation:
        """Commit one operation under the lock and update the index: the only way in which files change."""
        at, last = self.now.isoformat(timespec="seconds"), self._index.index.last_operation()
        entry = self._log.commit(name, changes, at, kind=kind, undoes=undoes, forget=forget, sync=sync, last=last)
        done = entry.operation
        self.committed.append(done)
        self._index.bring(update, done.seq)
        self.notices += _seen(self).committed(done.seq, entry.link, self.history)
        return done

    def preview(self, work: Callable[[Transaction], T]) -> T:
        """Return what `work` returns, and save nothing."""
        return work(_transaction(self.root, self._index.refreshed()))

    @property
    def drafts(self) -> Drafts:
        """Unsaved texts, such as the answers of an unfinished review."""
        from mentorlog.store.drafts import Drafts

        return Drafts(self.layout.drafts)

    def add(self, record: Record, *, name: str) -> View:
        """Save a new record as one operation and return its view."""
        return self.change(name, lambda transaction: transaction.put_new(record))

    def new_id(self, kind: str) -> str:
        """Return an id that no record has or had."""
        return self.preview(lambda transaction: transaction.new_id(kind))

    def update(self, kind: type[R], id: str, name: str, change: Callable[[R], R]) -> tuple[View, bool]:
        """Change one record as one operation; return its view, and whether `change` returned another record."""

        def work(transaction: Transaction) -> tuple[View, bool]:
            old = transaction.get(kind, id)
            new = change(old)
            return transaction.put(new), new is not old

        return self.change(name, work)

    def assigned(self, part: P, pairs: Pairs, clear: Sequence[str] = (), today: date | None = None) -> P:
        """Return a part with fields set (KEY=VALUE, or a form's mapping) and cleared: see mentorlog.domain.assign.

        Dates in words count from `today`, which is another day for what happened on one.
        """
        from mentorlog.store.format.exact import assigned

        reading, today = self.reading, today or self.now.date()
        return assigned(
            part,
            pairs,
            clear,
            today=today,
            resolve=reading.resolve,
            ahead=reading.day_ahead,
            first_weekday=reading.first_weekday(),
        )

    def assign_profile(self, pairs: Pairs, clear: Sequence[str] = (), *, name: str) -> View:
        """Set and clear fields of the profile as one operation; return its view."""

        def work(transaction: Transaction) -> View:
            return transaction.put_profile(self.assigned(transaction.profile(), pairs, clear))

        return self.change(name, work)

    def source(self, text: str, *kinds: str) -> Source:
        """Return the file of the record that matches the text, or of the profile, even an unreadable one."""
        from mentorlog.store.format.source import Source

        id, wrong = self.reading.resolve_id(text, *kinds)
        path, data = self.preview(lambda transaction: transaction.text(id))
        # The problem is shown in a line above the text, which counts as well.
        line = f"line {wrong.line + 1}: " if wrong and wrong.line else ""
        return Source(id, path, data, f"{line}{wrong.message}" if wrong else None)

    def change_from(self, source: Source, name: str | Callable[[T], str], work: Callable[[Transaction], T]) -> T:
        """As `change`, but raise ChangedSince if the file is no longer as it was when it was opened."""

        def guarded(transaction: Transaction) -> T:
            is_there = transaction.path(source.id) is not None
            source.check_unchanged(transaction.text(source.id)[1] if is_there else None)
            return work(transaction)

        return self.change(name, guarded)

    def create(self, data: bytes | None = None) -> bool:
        """Create the journal if there is none, with this journal.toml if any; return whether it was created."""
        _refuse_elsewhere(self.layout)
        if self.exists:
            _mark_machine(self)
            return False
        files.private_folder(self.root, parents=True)
        with _lock(self.layout.lock, self._waiting):
            return self._create(data)

    def _create(self, data: bytes | None = None) -> bool:
        """Create the folders, then journal.toml with the format and an id, or with this; the caller holds the lock."""
        if self.exists:  # one that another process has created is never replaced
            return False
        from mentorlog.store.format.toml import dump_plain
        from mentorlog.store.format.upgrade import FORMAT

        for folder in FOLDERS.values():
            files.private_folder(self.root / folder)
        if files.is_open_to_others(self.root):
            with suppress(DiskFailure):  # doctor names it
                files.make_private(self.root)
                self.notices.append(f"Made {self.root} private: other users of this machine could read it.")
        files.put_own(self.layout.ignore, b"*\n")
        _mark_machine(self)
        return files.put_new(self.layout.journal, data or dump_plain({"format": FORMAT, "id": os.urandom(8).hex()}))

    # Export and checks

    def contents(self) -> Contents:
        """Return the contents of all files, read without the index; raise NeedsDoctor if one is unreadable."""
        from mentorlog.store import snapshot

        return snapshot.read_contents(self.root, self.history, self._progress)

    def examine(self) -> Report:
        """Return what is wrong with the journal, without changing or repairing anything."""
        from mentorlog.store.checkup import report

        return report.examine(self.root, self.history, _seen(self), self.state, self._progress)

    def verify(self) -> Verified:
        """Read every byte that the log vouches for and return what each file and operation is; changes nothing."""
        from mentorlog.store.checkup import verify

        return verify.verify(self.root, self.history, _seen(self), self._progress)

    def repair(self, choose: Choose | None = None) -> list[str]:
        """Repair what can be repaired without loss and return what was done; failures become notices.

        `choose` is asked which damaged files to restore from the log: ChangedSince if one was changed since.
        """
        from mentorlog.store.checkup import repair, restore

        self._index.index.close()
        done: list[str] = []
        found: list[restore.Restoration] = []
        try:
            with _lock(self.layout.lock, self._waiting):
                done, refused, rotten = repair.repair(self.root, self._log, self._commit)
            self.notices += refused
            found = restore.find(self.root, self.history, rotten) if choose and not refused else []
        except (DiskFailure, NeedsDoctor) as wrong:
            self.notices.append(f"{wrong.sentence} Nothing was {'restored' if done else 'repaired'}.")
        if choose and found:
            paths = choose([one.offer for one in found])
            if chosen := [one for one in found if one.offer.path in paths]:
                with _lock(self.layout.lock, self._waiting):
                    done += restore.restore(self._log, self._commit, chosen)
        self._index.bring()
        return done

    # Erasing

    def forget_plan(self, text: str, drafts: Path) -> ForgetPlan:
        """Return all that exists of the record that matches the text, even of a deleted one."""
        from mentorlog.store import forget

        record: str | None
        try:
            view = self.reading.resolve(text)
            if view["record"] == "profile":
                raise MentorlogError("The profile cannot be erased.", "clear its fields with: mentorlog edit profile")
            record = f"{FOLDERS[view['record']]}/{view['id']}"
        except (NeedsDoctor, UnknownId):
            ids = dict.fromkeys((text, text.lower()))  # as written first: an unreadable OSLER is not osler
            found = (forget.record_of(self.root, self.history, id) for id in ids)
            record = next(filter(None, found), None)
            if record is None:
                raise
        return forget.find(self.root, self.history, record, drafts).report

    def forget(self, kind: str, id: str, drafts: Path) -> ForgetPlan:
        """Erase a record and all that exists of it permanently; return what was removed."""
        from mentorlog.store import forget

        with self._locked():
            plan = forget.find(self.root, self.history, f"{FOLDERS[kind]}/{id}", drafts)
            self._commit(f"forget: {kind} {id}", plan.changes, kind="forget", forget=plan.plan)
            for path in plan.outside_files:  # no commit removes what is outside the journal
                files.unlink(path)
                files.sync_folder(path.parent)
            with suppress(MentorlogError):  # the path of a record has words of it
                self.remotes.recheck()
        return plan.report.but(remote=self.remotes.known())

    # The remote

    def sync(self, request: SyncRequest, key: Key | None = None) -> SyncReport:
        """Exchange what is new with the remote; what comes in is one operation.

        `key` is the one of a journal that begins, if its remote is encrypted.
        """
        return self.remotes.sync(request, key)

    @cached_property
    def remotes(self) -> Remotes:
        """The remote at which machines meet, if there is one."""
        from mentorlog.store.keys import FOLDER, KeyRing
        from mentorlog.store.sync.own_side import OwnSide
        from mentorlog.store.sync.remotes import Remotes

        def own(place: Place, dry_run: bool) -> OwnSide:
            index = (lambda: nullcontext(self._index.refreshed())) if dry_run else self._locked
            return OwnSide(self.root, self.history, index, self._commit, place.kept)

        keyring = None if self._config is None else KeyRing(self._config / FOLDER)
        return Remotes(
            self.layout, self.state, keyring, now=self.now, own=own, create=self.create, waiting=self._waiting
        )

    # Undo and history

    def undo_preview(self, steps: int = 1, way: str = "undo", *, number: int | None = None) -> UndoResult:
        """Return what `undo` would do; an interrupted change is finished first, as the log ends with it."""
        from mentorlog.store import changes, past

        with _undoing(self, "undo"):
            plan = self.past.plan(steps, way, number)
        return past.result(plan, changes.read(plan.changes)[0])

    def undo(
        self, steps: int = 1, way: str = "undo", *, number: int | None = None, expected: Sequence[int] | None = None
    ) -> UndoResult:
        """Undo (or redo) the last operations, undo the last sync or the change with a number, as one new operation.

        `expected` are the operations that the user was asked about: ChangedSince if others would be undone.
        """
        from mentorlog.store import changes, past
        from mentorlog.toml_lines import comments_removed

        with _undoing(self, "redo" if way == "redo" else "undo"):
            plan = self.past.plan(steps, way, number)
            if expected is not None and [*expected] != [*plan.undoes]:
                sentence = "The journal has changed in the meantime; nothing was undone."
                raise ChangedSince(sentence, (), "see the latest changes: mentorlog history")
            record_changes, update = changes.read(plan.changes)
            if not plan.unchanged:
                how = way if number is None else f"undo --no {number}"
                name, kind = f"{how}: {'; '.join(plan.names)}", how if how in ("undo", "redo") else "revert"
                self._commit(name, plan.changes, kind=kind, undoes=plan.undoes, update=update)
                self.notices += map(comments_removed, plan.comments_dropped)
        return past.result(plan, record_changes)
