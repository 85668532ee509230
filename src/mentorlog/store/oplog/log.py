"""The log of operations: stage, commit, recover; the only code that changes record files. It knows no TOML.

Whoever calls commit, recover or sweep holds the lock. `pending.json` is the operation that is committed and not
finished; its appearance, durable, is the commit point. What follows needs no space: renames, unlinks and one link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
from mentorlog.store.disk import files
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.history import FOLDER, History
from mentorlog.store.oplog.operation import Change, Forget, LoggedOperation, Operation, Touched

if TYPE_CHECKING:
    from mentorlog.store.oplog.undo import Plan

__all__ = ["Change", "Conflict", "Log", "Operation", "Recovery", "Touched"]


class Conflict(NamedTuple):
    """A file that somebody changed while an operation was unfinished; `kept` is where our text lies, if anywhere."""

    path: str
    kept: str | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Recovery(NamedTuple):
    """What recovering did: the operation that it finished, and the files where both texts were kept."""

    finished: Operation | None
    conflicts: tuple[Conflict, ...]


class Log(History):
    """The log of one journal, and the changes to its files; `on_forget` throws away what was derived from them."""

    on_forget: Callable[[], None] | None = None

    def prepare(self) -> None:
        """Create the folders of the log where they are missing; `.mentorlog` ignores itself in git."""
        if files.real_folder(self.folder) and files.real_folder(self.finished):
            return
        files.private_folder(self.folder)
        files.put(self.folder / ".gitignore", b"*\n")
        files.private_folder(self.kept)  # now: recovery may have no space for it
        files.private_folder(self.finished)

    def commit(
        self,
        name: str,
        changes: Sequence[Change],
        at: str,
        *,
        kind: str = "do",
        undoes: Sequence[int] = (),
        forget: Forget | None = None,
    ) -> Operation:
        """Change the files, wholly or not at all; what is returned is on the disk.

        With `forget` what the log and its folder hold of a record goes as well, for good.

        Raises ChangedSince where a file is not as `before` says, DiskFailure where nothing was changed,
        Unfinished where it is saved (or may be) and the next command will see to it, KeptBoth where
        somebody's change came between.
        """
        self._check(changes)
        self.prepare()
        if files.look(self.pending) is not None:
            raise NeedsDoctor("An unfinished change must be finished first.", "run the command again")
        changes = [change for change in changes if change.before != change.after]
        entry = operation.entry_of(self.last() + 1, name, at, kind, undoes, changes, forget)
        temporary = self.folder / files.staged_name(self.pending.name)
        reached = committed = False
        try:
            self._stage(entry, changes)
            self._write(temporary, entry)
            reached = True
            files.rename(temporary, self.pending)
            files.sync_folder(self.folder)
            committed = True
            conflicts = self._finish(entry)
        except BaseException as error:
            if not committed:
                self._withdraw(entry, temporary, reached, error)
                raise
            conflicts = self._finish_late(error)
        if conflicts:
            raise ConflictError([conflict.sentence for conflict in conflicts])
        return entry.operation

    def _check(self, changes: Sequence[Change]) -> None:
        """Refuse paths that lead elsewhere, texts that could never be read, and files that changed meanwhile."""
        if len({change.path for change in changes}) < len(changes):
            raise ValueError("one file, two changes")
        others = []
        for path, before, after in changes:
            operation.check_path(path)
            self._real_parents(path)
            if after is not None and len(after) > files.LIMIT:
                raise MentorlogError(f"{path} would be larger than {files.LIMIT >> 20} MiB.", "shorten its text")
            if files.content(self.root / path, name=path) != before:
                others.append(path)
        if others:
            raise operation.changed_since(others, "look at what is there now, then try again")

    def _real_parents(self, path: str) -> None:
        """Refuse a folder of records that is a symbolic link: nothing escapes the journal."""
        for parent in list(Path(path).parents)[:-1]:
            files.real_folder(self.root / parent)

    def _stage(self, entry: LoggedOperation, changes: Sequence[Change]) -> None:
        """Write every new file under its temporary name, durably."""
        folders: dict[Path, None] = {}
        for path, _, after in changes:
            staged = entry.staged(path)
            if after is not None and staged is not None:
                folder = (self.root / path).parent
                if folder != self.root and folder not in folders:
                    files.private_folder(folder)
                folders[folder] = None
                files.write_new(folder / staged, after, self.root / path)
        for folder in folders:
            files.sync_folder(folder)

    def _write(self, temporary: Path, entry: LoggedOperation) -> None:
        """Write the operation's record under a temporary name."""
        data = entry.encoded()
        if len(data) > operation.LIMIT:
            raise MentorlogError("The change is too large to be taken back in one piece.", "make it in smaller parts")
        files.write_new(temporary, data, self.pending)

    def _withdraw(self, entry: LoggedOperation, temporary: Path, reached: bool, error: BaseException) -> None:
        """Take back what was not committed; raise what is truer than the error where that is not certain.

        After a failed fsync of the commit point nobody knows what the disk holds of `pending.json`, nor will a
        second fsync tell. It is unlinked, and the staged files stay: if power fails now and it is there again,
        the next command finishes the change wholly; if not, it never was. Either way it was not acknowledged.
        """
        unsure = isinstance(error, SyncFailed)
        if reached:
            try:
                files.unlink(self.pending)
                if not unsure:
                    files.sync_folder(self.folder)
            except (DiskFailure, KeyboardInterrupt) as again:
                raise Unfinished(
                    f"Whether the change is saved is not known. {again}".rstrip(),
                    "look, with any command, before making it again; check the disk",
                ) from error
            if unsure:
                raise DiskFailure(
                    f"The disk did not confirm the change, and it was taken back. {error}",
                    "check the disk, and look whether the change is there before making it again",
                ) from error
        files.discard(temporary)
        for touched in entry.operation.files:
            staged = entry.staged(touched.path)
            if staged is not None:
                files.discard((self.root / touched.path).with_name(staged))

    def _finish_late(self, error: BaseException) -> tuple[Conflict, ...]:
        """Finish a committed operation that something interrupted: once, and not after a failed fsync."""
        if not isinstance(error, Exception | KeyboardInterrupt):
            raise error
        if not isinstance(error, SyncFailed):
            try:
                return self.recover().conflicts
            except (MentorlogError, OSError, KeyboardInterrupt) as again:
                error = again
        raise Unfinished(
            f"The change is saved, but not finished. {error}".rstrip(), "the next command will finish it"
        ) from error

    def recover(self) -> Recovery:
        """Finish an operation that was committed and interrupted; one look where there is none."""
        try:
            entry = self.unfinished()
            if entry is None:
                return Recovery(None, ())
        except ReadFailure:
            raise
        except operation.Newer as error:
            raise NeedsDoctor("A newer mentorlog left a change unfinished.", "finish it with that one") from error
        except (Unreadable, ValueError) as error:
            return Recovery(None, self._keep_damaged(str(error)))
        files.sync_folder(self.folder)  # whoever was killed may not have come to it: the commit point first, for good
        in_log = self._same_in_log(entry.operation.seq)
        conflicts = self._join(entry.operation.seq) if in_log else self._finish(entry)
        return Recovery(entry.operation, conflicts)

    def _finish(self, entry: LoggedOperation) -> tuple[Conflict, ...]:
        """Put the staged files in place, delete what is to be deleted, and let the operation join the log."""
        if entry.forget is not None:
            from mentorlog.store.oplog import redact

            redact.traces(self, entry.forget)
            if self.on_forget is not None:
                self.on_forget()
        found = [self._settle(entry, touched) for touched in entry.operation.files]
        for folder in {(self.root / touched.path).parent: None for touched in entry.operation.files}:
            files.sync_folder(folder)
        if entry.forget is not None:
            files.put(self.pending, entry.blotted(entry.forget.record).encoded())
        return (*filter(None, found), *self._join(entry.operation.seq))

    def _settle(self, entry: LoggedOperation, touched: Touched) -> Conflict | None:
        """Finish one file, if it still is as the operation found it; done twice, it does nothing more."""
        path, before, after = touched
        self._real_parents(path)
        target, staged, now = self.root / path, entry.staged(path), self._now(path)
        if staged is None:
            if now == before:
                files.unlink(target)
            elif now is not None:
                return Conflict(path, None, f"{path} was changed meanwhile and therefore not deleted.")
            return None
        source = target.with_name(staged)
        if files.look(source) is None:
            return self._settled_before(entry.operation.seq, touched, now)
        if now == before:
            files.rename(source, target)
        elif now == after:
            files.unlink(source)
        else:
            return _kept(path, self._keep(source, self._kept_name(entry.operation.seq, path)))
        return None

    def _settled_before(self, seq: int, touched: Touched, now: str | None) -> Conflict | None:
        """Look at a file whose staged bytes are gone: in place already, or kept by a recovery that was killed."""
        path, before, after = touched
        name = self._kept_name(seq, path)
        if now != after and files.look(self.kept / name) is not None:
            return _kept(path, f"{FOLDER}/{self.kept.name}/{name}")
        if now is not None and now == before and before != after:
            return Conflict(path, None, f"{path} is as it was before; somebody removed the new text.")
        return None

    def _join(self, seq: int) -> tuple[Conflict, ...]:
        """Let the pending operation join the log, by a second name and only then without the first.

        A rename from folder to folder would do on a disk that keeps it whole; this order does on any.
        """
        target = self._path(seq)
        if not files.real_folder(self.finished):
            files.private_folder(self.finished)
        try:
            linked = files.link(self.pending, target)
        except FileExistsError:
            linked = True
            if not self._same_in_log(seq):
                kept = self._keep(self.pending, f"{seq:06}-{self.pending.name}")
                told = f"The operation {seq} is done, but another one has its place in the log; it is kept in {kept}."
                return (Conflict(f"{FOLDER}/{self.finished.name}/{target.name}", kept, told),)
        if not linked:
            files.rename(self.pending, target)
        files.sync_folder(self.finished)
        if linked:
            files.unlink(self.pending)
        files.sync_folder(self.folder)
        return ()

    def _same_in_log(self, seq: int) -> bool:
        """Say whether the pending operation is in the log already: it is finished then but for its first name."""
        try:
            there = files.content(self._path(seq), operation.LIMIT)
            return there is not None and there == files.content(self.pending, operation.LIMIT)
        except ReadFailure:
            raise
        except Unreadable:
            return False

    def _keep_damaged(self, why: str) -> tuple[Conflict, ...]:
        """Put an unreadable `pending.json` aside, and the staged files that it may have named."""
        name = f"{FOLDER}/{self.pending.name}"
        kept = self._keep(self.pending, self.pending.name)
        told = f"An unfinished change was damaged ({why}); it is kept in {kept}."
        found = [Conflict(name, kept, told)]
        for left in self.leftovers():
            kept = self._keep(self.root / left, left.replace("/", "-").lstrip("."))
            found.append(Conflict(left, kept, f"A text of it, {left}, is kept in {kept}."))
        return tuple(found)

    def _kept_name(self, seq: int, path: str) -> str:
        return f"{seq:06}-{path.replace('/', '-')[-60:]}"

    def _keep(self, source: Path, name: str) -> str:
        """Move a file to where conflicts are kept, over nothing; return its path in the journal."""
        files.private_folder(self.kept)
        taken = set(files.names(self.kept))
        free = name if name not in taken else next(n for i in range(2, 99999) if (n := f"{i}-{name}") not in taken)
        files.rename(source, self.kept / free)
        files.sync_folder(self.kept)
        files.sync_folder(source.parent)
        return f"{FOLDER}/{self.kept.name}/{free}"

    def sweep(self) -> list[str]:
        """Remove what `leftovers` names, and return it; the caller holds the lock and has recovered."""
        found = self.leftovers()
        if found:
            files.sync_folder(self.folder)  # first no `pending.json` that names them, for good
        for path in found:
            files.unlink(self.root / path)
        return found

    def plan_undo(self, steps: int = 1) -> Plan:
        """Return what takes the last `steps` changes back, bytes and all; commit it with kind "undo"."""
        from mentorlog.store.oplog import undo

        return undo.undo(self.entries(), self._present, steps)

    def plan_redo(self, steps: int = 1) -> Plan:
        """Return what does the last `steps` undone changes again; commit it with kind "redo"."""
        from mentorlog.store.oplog import undo

        return undo.redo(self.entries(), self.entry, self._present, steps)

    def _present(self, path: str) -> bytes | None:
        return files.content(self.root / path, name=path)


def _kept(path: str, kept: str) -> Conflict:
    told = f"{path} was changed by somebody else while a change to it was unfinished; our text is kept in {kept}."
    return Conflict(path, kept, told)
