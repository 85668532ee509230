"""The log of operations: stage, commit, recover; the only code that changes record files.

The caller of commit, recover or sweep holds the lock. `pending.json` is the operation that is committed but not
finished; its durable appearance is the commit point. What follows needs no space: renames, unlinks and one link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mentorlog.errors import (
    ConflictError,
    DiskFailure,
    MentorlogError,
    NeedsDoctor,
    ReadFailure,
    SyncFailed,
    Unfinished,
    Unreadable,
)
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change, Forget, LoggedOperation, Operation, Sync, Touched
from mentorlog.values import Value

_MANY, _STEP = 100, 20
"""From how many files on progress is reported, and after how many."""


class Conflict(Value):
    """A file that others changed during an unfinished operation; `copy` holds our text."""

    path: str
    copy: str | None
    sentence: str


class Recovery(Value):
    """The operation that a recovery finished, and the files of which both texts were saved."""

    finished: Operation | None
    conflicts: tuple[Conflict, ...]


class Log:
    """Writes to the log of one journal, and changes its files.

    `on_forget` discards what was derived from the files, before an erased record leaves the log. `progress` is called
    with the number of files that were written, and of all, if they are many.
    """

    def __init__(
        self,
        layout: Layout,
        on_forget: Callable[[], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.layout = layout
        self._progress = progress
        self.history = History(layout)
        self._on_forget = on_forget

    def prepare(self) -> None:
        """Create missing folders of the log; the private folder ignores itself in git."""
        if files.real_folder(self.layout.private) and files.real_folder(self.layout.operations):
            return
        files.private_folder(self.layout.private)
        files.put_own(self.layout.ignore, b"*\n")
        files.private_folder(self.layout.conflicts)  # now, as a recovery may have no space for it
        files.private_folder(self.layout.operations)

    def commit(
        self,
        name: str,
        changes: Sequence[Change],
        at: str,
        *,
        kind: str = "do",
        undoes: Sequence[int] = (),
        forget: Forget | None = None,
        sync: Sync | None = None,
        last: int | None = None,
    ) -> LoggedOperation:
        """Change all files or none and return the operation; when it returns, the change is durable.

        With `forget` all that the log and its folder hold of a record is erased as well; `sync` is saved with the
        change. `last` is the last number that the index has seen: if it is right, a log of any length need not be
        listed.

        Raises ChangedSince if a file is not as in `before`, DiskFailure if nothing was changed, Unfinished if the
        change is saved (or may be) and the next command will finish it, ConflictError if another program changed
        a file in between.
        """
        self._check(changes)
        self.prepare()
        if files.look(self.layout.pending) is not None:
            raise NeedsDoctor("An unfinished change must be finished first.", "run the command again")
        changes = [change for change in changes if change.before != change.after]
        new = Operation(self._next(last), name, at, kind, tuple(undoes), ())
        previous = self.history.link_of(new.seq - 1)
        entry = operation.entry_of(new, changes, forget, sync).linked(previous)
        temporary = self.layout.private / files.staged_name(self.layout.pending.name)
        reached = committed = False
        try:
            self._stage(entry, changes)
            if len(data := entry.encoded()) > operation.LIMIT:
                message = "The change is too large for one operation."
                raise MentorlogError(message, "split it into smaller changes")
            files.write_new(temporary, data, self.layout.pending)
            reached = True
            files.rename(temporary, self.layout.pending)
            files.sync_folder(self.layout.private)
            committed = True
            conflicts = self._finish(entry)
        except BaseException as error:
            if not committed:
                self._withdraw(entry, temporary, reached, error)
                raise
            conflicts = self._finish_late(error)
        if conflicts:
            raise ConflictError([conflict.sentence for conflict in conflicts])
        return entry

    def _next(self, last: int | None) -> int:
        """Return the next number: the one after `last`, if that exists and nothing follows it."""
        is_last = last and files.look(self.layout.operation(last)) and not files.look(self.layout.operation(last + 1))
        number = (last if last and is_last else self.history.last()) + 1
        if not layout.operation_number(layout.operation_path(number).rpartition("/")[2]):
            raise NeedsDoctor(f"No number is free after {layout.operation_path(number - 1)}.")
        return number

    def _check(self, changes: Sequence[Change]) -> None:
        """Refuse paths out of the journal, texts that are too large, and files that have changed since."""
        if len({change.path for change in changes}) < len(changes):
            raise ValueError("one file, two changes")
        changed = []
        for change in changes:
            path = change.path
            operation.check_path(path)
            files.real_parents(self.layout.root, path)
            if change.after is not None and len(change.after) > files.LIMIT:
                raise MentorlogError(f"{path} would be larger than {files.LIMIT >> 20} MiB.", "shorten its text")
            if self.history.present(path) != change.before:
                changed.append(path)
        if changed:
            raise operation.changed_since(changed)

    def _stage(self, entry: LoggedOperation, changes: Sequence[Change]) -> None:
        """Write every new file under its temporary name, durably."""
        folders: dict[Path, None] = {}
        for count, change in enumerate(changes, 1):
            path, after = change.path, change.after
            staged = entry.staged(path)
            if after is not None and staged is not None:
                folder = (self.layout.root / path).parent
                if folder != self.layout.root and folder not in folders:
                    files.private_folder(folder)
                folders[folder] = None
                files.write_new(folder / staged, after, self.layout.root / path)
            if self._progress and len(changes) >= _MANY and (count % _STEP == 0 or count == len(changes)):
                self._progress(count, len(changes))
        for folder in folders:
            files.sync_folder(folder)

    def _withdraw(self, entry: LoggedOperation, temporary: Path, reached: bool, error: BaseException) -> None:
        """Remove what was not committed; raise a more exact error if the outcome is uncertain.

        After a failed fsync of the commit point the state of `pending.json` on the disk is unknown, and a second
        fsync would not tell. It is unlinked, and the staged files stay: if it reappears after a power failure, the
        next command finishes the change; otherwise it was never made. Either way it was not acknowledged.
        """
        unsure = isinstance(error, SyncFailed)
        if reached:
            try:
                files.unlink(self.layout.pending)
                if not unsure:
                    files.sync_folder(self.layout.private)
            except (DiskFailure, KeyboardInterrupt) as again:
                sentence = f"The change may or may not be saved. {again}".rstrip()
                hint = "check the disk, and whether the change is there, before you make it again"
                raise Unfinished(sentence, hint) from error
            if unsure:
                sentence = f"The disk did not confirm the change, which was withdrawn. {error}"
                hint = "check the disk, and whether the change is there, before you make it again"
                raise DiskFailure(sentence, hint) from error
        files.discard(temporary)
        for touched in entry.operation.files:
            if (staged := entry.staged(touched.path)) is not None:
                files.discard((self.layout.root / touched.path).with_name(staged))

    def _finish_late(self, error: BaseException) -> tuple[Conflict, ...]:
        """Finish a committed operation that was interrupted: once, not after a failed fsync."""
        if not isinstance(error, Exception | KeyboardInterrupt):
            raise error
        if not isinstance(error, SyncFailed):
            try:
                return self.recover().conflicts
            except (MentorlogError, OSError, KeyboardInterrupt) as again:
                error = again
        sentence = f"The change is saved but not finished. {error}".rstrip()
        raise Unfinished(sentence, "the next command will finish it") from error

    def recover(self) -> Recovery:
        """Finish an operation that was committed and interrupted; one lstat if there is none."""
        try:
            entry = self.history.unfinished()
            if entry is None:
                return Recovery(None, ())
        except ReadFailure:
            raise
        except operation.Newer as error:
            raise NeedsDoctor(
                "A newer version of mentorlog left a change unfinished.", "finish it with that version"
            ) from error
        except (Unreadable, ValueError) as error:
            return Recovery(None, self._set_damaged_aside(str(error)))
        # A killed process may not have synced it: first make the commit point durable.
        files.sync_folder(self.layout.private)
        in_log = self._same_in_log(entry.operation.seq)
        conflicts = self._join(entry.operation.seq) if in_log else self._finish(entry)
        return Recovery(entry.operation, conflicts)

    def _finish(self, entry: LoggedOperation) -> tuple[Conflict, ...]:
        """Put the staged files in place, delete the others, and add the operation to the log."""
        if entry.forget is not None:
            from mentorlog.store.oplog import redact

            redact.remove_traces(self.history, entry.forget)
            if self._on_forget is not None:
                self._on_forget()
        conflicts = [self._settle(entry, touched) for touched in entry.operation.files]
        for folder in {(self.layout.root / touched.path).parent: None for touched in entry.operation.files}:
            files.sync_folder(folder)
        if entry.forget is not None:
            files.put(self.layout.pending, entry.redacted(entry.forget.record).encoded())
        return (*filter(None, conflicts), *self._join(entry.operation.seq))

    def _settle(self, entry: LoggedOperation, touched: Touched) -> Conflict | None:
        """Finish one file, if it is as it was before the operation; idempotent."""
        path, before, after = touched.path, touched.before_sha, touched.after_sha
        files.real_parents(self.layout.root, path)
        target, staged, now = self.layout.root / path, entry.staged(path), self.history.present_sha(path)
        if staged is None:
            if now == before:
                files.unlink(target)
            elif now is not None:
                return Conflict(path, None, f"{path} was changed by another program and was not deleted.")
            return None
        source, name = target.with_name(staged), f"{entry.operation.seq:06}-{path.replace('/', '-')[-60:]}"
        if files.look(source) is None:
            # The staged bytes are gone: already in place, or saved by a recovery that was killed.
            if now != after and files.look(self.layout.conflicts / name) is not None:
                return _conflict(path, f"{layout.CONFLICTS}/{name}")
            if now is not None and now == before and before != after:
                return Conflict(path, None, f"{path} is unchanged: another program removed the new text.")
        elif now == before:
            files.rename(source, target)
        elif now == after:
            files.unlink(source)
        else:
            return _conflict(path, self._save_conflict_copy(source, name))
        return None

    def _join(self, seq: int) -> tuple[Conflict, ...]:
        """Add the pending operation to the log: give it a second name, then remove the first.

        A rename between folders would need a disk that makes it atomic; this order is safe on any.
        """
        target = self.layout.operation(seq)
        if not files.real_folder(self.layout.operations):
            files.private_folder(self.layout.operations)
        try:
            linked = files.link(self.layout.pending, target)
        except FileExistsError:
            linked = True
            if not self._same_in_log(seq):
                copy = self._save_conflict_copy(self.layout.pending, f"{seq:06}-{self.layout.pending.name}")
                sentence = f"Operation {seq} is done, but another one has its number in the log"
                return (Conflict(layout.operation_path(seq), copy, f"{sentence} (it is saved in {copy})."),)
        if not linked:
            files.rename(self.layout.pending, target)
        files.sync_folder(self.layout.operations)
        if linked:
            files.unlink(self.layout.pending)
        files.sync_folder(self.layout.private)
        return ()

    def _same_in_log(self, seq: int) -> bool:
        """Return whether the pending operation is in the log, so that only its first name must go."""
        try:
            logged = files.content(self.layout.operation(seq), operation.LIMIT)
            return logged is not None and logged == files.content(self.layout.pending, operation.LIMIT)
        except ReadFailure:
            raise
        except Unreadable:
            return False

    def _set_damaged_aside(self, why: str) -> tuple[Conflict, ...]:
        """Move an unreadable `pending.json` aside, and the staged files that it may have named."""
        copy = self._save_conflict_copy(self.layout.pending, self.layout.pending.name)
        sentence = f"An unfinished change was damaged: {why} (it is saved in {copy})."
        conflicts = [Conflict(layout.PENDING, copy, sentence)]
        for left in self.history.leftovers():
            copy = self._save_conflict_copy(self.layout.root / left, left.replace("/", "-").lstrip("."))
            conflicts.append(Conflict(left, copy, f"Its text {left} was not used (it is saved in {copy})."))
        return tuple(conflicts)

    def _save_conflict_copy(self, source: Path, name: str) -> str:
        """Move a file to the folder of conflicts under a free name; return its path in the journal."""
        folder = self.layout.conflicts
        files.private_folder(folder)
        taken = set(files.names(folder))
        free = name if name not in taken else next(n for i in range(2, 99999) if (n := f"{i}-{name}") not in taken)
        files.rename(source, folder / free)
        files.sync_folder(folder)
        files.sync_folder(source.parent)
        return f"{layout.CONFLICTS}/{free}"

    def sweep(self) -> list[str]:
        """Remove what `leftovers` names, and return it; the caller has recovered."""
        leftovers = self.history.leftovers()
        if leftovers:
            files.sync_folder(self.layout.private)  # first make sure that no `pending.json` names them
        for path in leftovers:
            files.unlink(self.layout.root / path)
        return leftovers


def _conflict(path: str, copy: str) -> Conflict:
    sentence = f"{path} was changed by another program during an unfinished change (our text is saved in {copy})."
    return Conflict(path, copy, sentence)
