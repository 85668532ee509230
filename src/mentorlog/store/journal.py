"""The journal: the one door to storage. Reading goes through the index (reader.py), changing through the files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from mentorlog.domain.query import Query as Query
from mentorlog.domain.reports import ForgetPlan, OperationEntry, Problem
from mentorlog.errors import (
    BadValue,
    ChangedSince,
    ConflictError,
    MentorlogError,
    NeedsDoctor,
    SeveralMatch,
    UnknownId,
    Unreadable,
)
from mentorlog.store.disk import files
from mentorlog.store.disk.lock import lock
from mentorlog.store.layout import JOURNAL
from mentorlog.store.reading import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from mentorlog.domain.assign import Pairs
    from mentorlog.models.record import Part, Record
    from mentorlog.models.views import View
    from mentorlog.store.changes import UndoResult
    from mentorlog.store.checkup.report import Report
    from mentorlog.store.drafts import Drafts
    from mentorlog.store.format.source import Source
    from mentorlog.store.index.index import Index
    from mentorlog.store.snapshot import Contents
    from mentorlog.store.transaction import Transaction as Transaction
    from mentorlog.store.transfer import ImportResult

    P = TypeVar("P", bound=Part)
    R = TypeVar("R", bound=Record)
    T = TypeVar("T")


def _quiet(_: Any) -> None:
    """Say nothing."""


class Journal(Reader):
    """One user's folder of records."""

    def __init__(
        self,
        root: Path,
        *,
        now: datetime,
        may_create: bool = False,
        on_create: Callable[[Path], None] = _quiet,
        waiting: Callable[[str], None] = _quiet,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        super().__init__(root, now=now, progress=progress)
        self.notices: list[str] = []
        self.saved = False
        self._may_create = may_create
        self._on_create = on_create
        self._waiting = waiting

    # Changing

    def change(self, name: str | Callable[[T], str], work: Callable[[Transaction], T]) -> T:
        """Do the work under the lock and commit it as one operation; return what the work returned.

        The operation has this name, or the one that is made of what the work returned.
        """
        self._create_if_new()
        with lock(self.root / ".mentorlog", waiting=self._waiting):
            self._recover()
            self._look_again()
            if self._missed:  # what was decided before the lock rests on a list that was not whole
                raise self._missed
            transaction = self._batch(self._index)
            result = work(transaction)
            self._commit(name if isinstance(name, str) else name(result), transaction)
        return result

    def _batch(self, index: Index) -> Transaction:
        """Only what changes records needs them as dataclasses: reading never loads that room."""
        from mentorlog.store.transaction import Transaction

        return Transaction(self.root, index, self._log)

    def _commit(self, name: str, transaction: Transaction) -> None:
        changes, entries, gone = transaction.prepared()
        if changes:
            done = self._log.commit(name, changes, self.now.isoformat(timespec="seconds"))
            self.saved = True
            self.notices += transaction.notices
            self._index_after(lambda: self._index.apply(entries, gone, done.seq))

    def _index_after(self, update: Callable[[], None]) -> None:
        """The index is best effort: whatever fails here, the next read finds by itself."""
        self.__dict__.pop("problems", None)
        try:
            update()
        except Exception:
            self._fresh = False

    def preview(self, work: Callable[[Transaction], T]) -> T:
        """Return what the work returns, and keep nothing of it."""
        from mentorlog.store.transaction import Transaction

        return work(Transaction(self.root, self.index, self._log))

    @property
    def drafts(self) -> Drafts:
        """Texts that are not saved yet, such as the answers of a review that was interrupted."""
        from mentorlog.store.drafts import Drafts

        return Drafts(self.root / ".mentorlog" / "drafts")

    def add(self, record: Record, *, name: str) -> View:
        """Keep a new record as one operation and return its view."""
        return self.change(name, lambda transaction: transaction.put_new(record))

    def new_id(self, kind: str) -> str:
        """Return an id that no record has or had."""
        return self._batch(self.index).new_id(kind)

    def update(self, kind: type[R], id: str, name: str, change: Callable[[R], R]) -> tuple[View, bool]:
        """Change one record as one operation; return its view, and whether it is another record than before."""

        def work(transaction: Transaction) -> tuple[View, bool]:
            old = transaction.get(kind, id)
            new = change(old)
            return transaction.put(new), new is not old

        return self.change(name, work)

    def assigned(self, part: P, pairs: Pairs, clear: Sequence[str] = ()) -> P:
        """Return a part with fields set (KEY=VALUE, or a form's mapping) and cleared: see mentorlog.domain.assign."""
        from mentorlog.store.format import validate

        return validate.assigned(part, pairs, clear, today=self.now.date(), resolve=self.resolve)

    def assign(self, id: str, pairs: Pairs, clear: Sequence[str] = (), *, name: str) -> View:
        """Set and clear fields of a record of any kind, or of the profile, as one operation; return its view."""
        if id == "profile":
            return self.change(
                name, lambda transaction: transaction.put_profile(self.assigned(transaction.profile(), pairs, clear))
            )
        return self.change(name, lambda transaction: transaction.put(self.assigned(transaction.any(id), pairs, clear)))

    def delete(self, id: str, *, name: str) -> None:
        """Delete one record as one operation; what refers to it keeps its link."""
        self.change(name, lambda transaction: transaction.delete(id))

    def source(self, text: str) -> Source:
        """Return the file of the record that the text means, or of the profile: even one that cannot be read."""
        from mentorlog.store.format.source import Source

        id, wrong = self._meant(text)
        path, data = self._batch(self.index).text(id)
        # It is said in a line on top of the text, which counts as well.
        line = f"line {wrong.line + 1}: " if wrong and wrong.line else ""
        return Source(id, path, data, f"{line}{wrong.message}" if wrong else None)

    def _meant(self, text: str) -> tuple[str, Unreadable | None]:
        """Return the id of the record that the text means, and what is wrong with it where it cannot be read."""
        from mentorlog.store.layout import id_of

        try:
            return str(self.resolve(text)["id"]), None
        except Unreadable as wrong:
            return id_of(wrong.path), wrong

    def check(self, source: Source, text: str, first_line: int = 1) -> None:
        """Raise BadValue where the text, whose lines are counted from the first, would not do as the record's file."""
        from mentorlog.store.format.document import checked

        try:
            checked(source.path, text.encode())
        except Unreadable as wrong:
            where = f"line {wrong.line + first_line - 1}: " if wrong.line else ""
            raise BadValue("text", f"This cannot be read as a {source.kind}: {where}{wrong.message}.") from None

    def change_from(self, source: Source, name: str | Callable[[T], str], work: Callable[[Transaction], T]) -> T:
        """As `change`, but ChangedSince where the file is no longer what it was when it was opened."""

        def guarded(transaction: Transaction) -> T:
            path = transaction.path(source.id)
            if path is None or transaction.text(source.id)[1] != source.data:
                how = "deleted" if path is None else "changed"
                told = f"{source.path} was {how} meanwhile; yours was not saved."
                raise ChangedSince(told, (source.path,), "look at what is there now, then edit it again")
            return work(transaction)

        return self.change(name, guarded)

    def deletable(self, text: str) -> View:
        """Return the record that the text means; of a file that cannot be read its id, its path and what is wrong."""
        from mentorlog.store.layout import kind_of

        try:
            found = self.resolve(text)
        except Unreadable as wrong:
            if (id := self._meant(text)[0]) != "profile":
                return {"record": kind_of(wrong.path), "id": id, "path": wrong.path, "unreadable": wrong.message}
            raise
        if found["record"] == "profile":
            raise MentorlogError(
                "The profile is not deleted.", "empty its fields with: mentorlog profile set --clear KEY"
            )
        return found

    def references(self, id: str) -> list[View]:
        """Return the records that refer to an id."""
        from mentorlog.store.index import query

        return list({view["id"]: view for view in query.references(self.index, id)}.values())

    def _create_if_new(self) -> None:
        if self.exists:
            return
        if not self._may_create:
            raise MentorlogError(f"There is no journal at {self.root}.", f"make one with: mentorlog init {self.root}")
        self.create()
        self._on_create(self.root)

    def create(self) -> None:
        """Make the folders and journal.toml, with a format version and an id of its own."""
        from mentorlog.store.format.toml import dump_plain
        from mentorlog.store.format.upgrade import FORMAT
        from mentorlog.store.layout import FOLDERS

        files.private_folder(self.root, parents=True)
        for folder in (".mentorlog", *FOLDERS.values()):
            files.private_folder(self.root / folder)
        files.put(self.root / ".mentorlog" / ".gitignore", b"*\n")
        files.put(self.root / "journal.toml", dump_plain({"format": FORMAT, "id": os.urandom(8).hex()}))

    # Out and in

    def contents(self) -> Contents:
        """Return all that the files hold, read and checked without the index; NeedsDoctor where one is unreadable."""
        from mentorlog.store import snapshot

        return snapshot.read_contents(self.root, self._log)

    def take_in(self, data: bytes, *, replace: bool = False, dry_run: bool = False) -> ImportResult:
        """Take in what an export holds as one operation, or say what that would do; what differs is refused."""
        from mentorlog.store import transfer

        whole = transfer.arrived(data)
        if dry_run:
            return self.preview(lambda transaction: transfer.take(transaction, whole, replace=replace, dry_run=True))
        return self.change(
            lambda outcome: outcome.name, lambda transaction: transfer.take(transaction, whole, replace=replace)
        )

    def examine(self) -> Report:
        """Return what is wrong with the journal, without changing or repairing anything."""
        from mentorlog.store.checkup import report

        return report.examine(self.root, self._log)

    def mend(self) -> list[str]:
        """Repair what can be repaired without losing anything; return what was done. What could not be is a notice."""
        from mentorlog.store.checkup import repair

        self._index.close()
        done, refused = repair.mend(self.root, self._log, self.now, self._waiting)
        self.notices += refused
        self._index_after(self._index.refresh)
        return done

    # Forgetting

    def traces(self, text: str, drafts: Path) -> ForgetPlan:
        """Return what is held of the record that the text means, there or deleted; `drafts` lie outside the journal."""
        from mentorlog.store import forget
        from mentorlog.store.layout import FOLDERS

        record: str | None = None
        try:
            found = self.resolve(text)
            if found["record"] in FOLDERS:
                record = f"{FOLDERS[found['record']]}/{found['id']}"
        except (NeedsDoctor, UnknownId):
            record = forget.record_of(self.root, self._log, text.lower())
            if record is None:
                raise
        if record is None:
            raise MentorlogError("Only records can be forgotten.", "empty fields of the profile with --clear")
        return forget.find(self.root, self._log, record, drafts).report

    def forget(self, kind: str, id: str, drafts: Path) -> ForgetPlan:
        """Remove all that is held of a record, for good; return what that was."""
        from mentorlog.store import forget
        from mentorlog.store.layout import FOLDERS

        with lock(self.root / ".mentorlog", waiting=self._waiting):
            self._recover()
            self._look_again()
            traces = forget.find(self.root, self._log, f"{FOLDERS[kind]}/{id}", drafts)
            forget.clear(traces.elsewhere)
            at = self.now.isoformat(timespec="seconds")
            name = f"forget: {kind} {id}"
            self._log.commit(name, traces.changes, at, kind="forget", forget=traces.plan)
            self.saved = True
            self._index_after(self._index.refresh)
        return traces.report

    # Undoing

    def undo(self, steps: int = 1) -> UndoResult:
        """Take back the last operations, all or none, as one new operation; return their names and what changed."""
        return self._travel(steps, "undo")

    def redo(self, steps: int = 1) -> UndoResult:
        """Take back the last undos, all or none; return the names of what is done again, and what changed."""
        return self._travel(steps, "redo")

    def _travel(self, steps: int, way: str) -> UndoResult:
        from mentorlog.store import changes

        if not os.path.lexists(self.root / ".mentorlog"):  # nothing was ever done here, and no journal is made for it
            raise MentorlogError(f"There is nothing to {way}.", "see what was done with: mentorlog history")
        self._create_if_new()
        with lock(self.root / ".mentorlog", waiting=self._waiting):
            self._recover()
            self._look_again()
            plan = self._log.plan_undo(steps) if way == "undo" else self._log.plan_redo(steps)
            name = f"{way}: {'; '.join(plan.names)}"
            at = self.now.isoformat(timespec="seconds")
            self._log.commit(name, plan.changes, at, kind=way, undoes=plan.undoes)
            self.saved = True
            self._index_after(self._index.refresh)
        return changes.told(plan)

    def history(self, id: str | None = None, limit: int | None = None) -> list[OperationEntry]:
        """Return the operations, newest first; with an id only those that touched its file."""
        from mentorlog.store.layout import id_of

        found = []
        for operation in self._log.operations():
            paths = tuple(file.path for file in operation.files)
            if id is None or id in map(id_of, paths):
                found.append(
                    OperationEntry(operation.seq, operation.at, operation.name, operation.kind, operation.undoes, paths)
                )
            if limit is not None and len(found) >= limit:
                break
        return found

    @property
    def damaged(self) -> list[Problem]:
        """The entries of the log that the last look into it could not read."""
        return [Problem(wrong.path, wrong.message, wrong.line, wrong.reason) for wrong in self._log.damaged]

    def id_ever(self, text: str) -> str:
        """Return the id that the text means: of a record that is there, or that the log knows of."""
        try:
            return self._meant(text)[0]
        except UnknownId:
            start = text.lower()
            ids = sorted(id for id in self._ids_ever() if id.startswith(start) and len(start) > 1)
            if len(ids) > 1 and start not in ids:
                raise SeveralMatch(text, [(id, "deleted") for id in ids]) from None
            if not ids:
                raise
            return start if start in ids else ids[0]

    def _look_again(self) -> None:
        """Look at the folders under the lock, unless that was done a moment ago.

        A journal whose format is not known, because a newer mentorlog keeps it, may be read but not changed.
        """
        if not self._just_seen():
            self._index.refresh()
            self._fresh = True
        wrong = next((problem for problem in self._index.problems() if problem.path == JOURNAL), None)
        if wrong is not None:
            raise wrong.as_error()

    def _recover(self) -> None:
        recovery = self._log.recover()
        if recovery.conflicts:
            raise ConflictError([conflict.sentence for conflict in recovery.conflicts])
