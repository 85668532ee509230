"""The reading of a verification: every operation and every file, and what each file is by the log.

The log is read first, then every file. What an operation changes meanwhile is read again, until none was committed
during a reading: so a file is never compared with an operation that was not yet, or no longer, its newest.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR

from mentorlog.domain.reports import FileState
from mentorlog.errors import Reason, Unreadable
from mentorlog.store import layout
from mentorlog.store.checkup import damage, earlier, own_files, states
from mentorlog.store.checkup.states import Known, Past, of_record
from mentorlog.store.copies import original_of
from mentorlog.store.disk import files
from mentorlog.store.disk.lock import is_held
from mentorlog.store.layout import (
    JOURNAL,
    KINDS,
    TEMPLATES,
    placeholder_of,
    shown,
)
from mentorlog.store.oplog import chain
from mentorlog.store.oplog.history import History, paths_in
from mentorlog.store.oplog.operation import LIMIT, LoggedOperation
from mentorlog.store.oplog.position import ChangedMeanwhile, LogPosition, consistently
from mentorlog.store.snapshot import record_bytes, record_paths
from mentorlog.store.templates import Templates
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Overlay, Progress

_STEP = 500


class Found(Value):
    """A file as it was read: the sha256 of its bytes, None if there are none, and why it is no record, if so.

    `is_rubbish`: its bytes are such as no editor writes.
    """

    sha: str | None
    size: int = 0
    wrong: Unreadable | None = None
    is_rubbish: bool = False

    @property
    def is_there(self) -> bool:
        """Whether there is a file, even one that cannot be read."""
        return self.sha is not None or self.wrong is not None


class Verification:
    """One verification: what the log tells, what was found at each path, and how much was read."""

    def __init__(self, root: Path, history: History, progress: Progress = None) -> None:
        self.root = root
        self.history = history
        self.closed = own_files.closed_folders(root)
        self.known = Known()
        self.flaws: list[chain.Flaw] = []
        self.operations = self.bytes = self.first = 0
        self.as_left: set[str] = set()
        self.found: dict[str, Found] = {}
        self._templates = Templates(history)
        self._last = self._doubtful = 0
        self._pending: LoggedOperation | None = None
        self._strange = {name for name in (*KINDS, TEMPLATES) if _is_strange(root / name)}
        self._show_progress = progress
        self._done = self._total = 0

    def run(self) -> None:
        """Read everything."""
        listed = [*self._paths()]
        self._total = len(listed) + len(files.real_names(self.history.layout.operations))
        self._read_log()
        unsettled = self._read_files(listed)
        here = {*listed, *filter(None, map(_absent, listed))}
        unsettled.update(path for path, past in self.known.pasts.items() if past.is_there and path not in here)
        unsettled = {path for path in unsettled if self._may_look(path)}
        self._total += len(unsettled)
        self._settle(unsettled)
        self._progress(self._total)

    def _progress(self, done: int | None = None) -> None:
        self._done = self._done + 1 if done is None else done
        if self._show_progress is not None and self._total >= _STEP and (self._done % _STEP == 0 or done is not None):
            self._show_progress(min(self._done, self._total), self._total)

    def _may_look(self, path: str) -> bool:
        """Return whether the folder of a path is a real one that can be listed, or none is there."""
        folder = path.rpartition("/")[0]
        return folder not in self.closed and folder not in self._strange

    # The log

    def _read_log(self) -> None:
        """Read all operations, newest first."""
        if not files.is_folder(self.history.layout.operations):
            return  # there is none, or `places` names what is in its place
        above = 0
        for checked in chain.check(self.history):
            self._last = max(self._last, checked.seq)
            if not self._doubtful and any(flaw.is_damage for flaw in checked.flaws):
                self._doubtful = max(above - 1, checked.seq)
            above = checked.seq
            self.operations += 1
            self.first = checked.seq
            self.bytes += checked.size
            self.flaws += checked.flaws
            entry = checked.entry
            if entry is not None and not (checked.flaws and entry.link and not entry.is_linked):
                self.known.add_older(entry)
            else:  # damaged: even its paths may be others, and its hashes say nothing
                with suppress(Unreadable):
                    data = files.content(self.history.layout.operation(checked.seq), LIMIT) or b""
                    self.known.add_unreadable(checked.seq, paths_in(data))
            self._progress()

    # The files

    def _paths(self) -> Iterator[str]:
        """Yield the paths of all records, the profile, journal.toml and the templates."""
        yield from record_paths(self.root, [KINDS[name] for name in self.closed if name in KINDS])
        if TEMPLATES not in self.closed and files.is_folder(self.root / TEMPLATES):
            yield from map(layout.template_path, self._templates.names())

    def _read_files(self, paths: Iterable[str]) -> set[str]:
        """Read each file once, and return the paths of those that are not as the log left them."""
        pasts, unsettled = self.known.pasts, set[str]()
        for path in paths:
            self._progress()
            past, data = pasts.get(path), None
            if past is not None and past.is_there:
                with suppress(Unreadable):
                    data = self._data(path, {})
            if past is not None and data is not None and files.fingerprint(data) == past.after:
                self.as_left.add(path)
                self.bytes += len(data)
            else:
                unsettled.add(path)
        return unsettled

    def _read(self, path: str, overlay: Overlay) -> Found:
        """Return a file as it is now, through an unfinished operation."""
        try:
            data = self._data(path, overlay)
        except Unreadable as wrong:
            return Found(None, wrong=wrong)
        if data is None:
            return Found(None)
        return Found(files.fingerprint(data), len(data), damage.wrong(path, data), is_rubbish(data))

    def _data(self, path: str, overlay: Overlay) -> bytes | None:
        """Return the bytes of a file, None if there is none; raise Unreadable."""
        name = layout.template_at(path)
        return self._templates.data(name) if name else record_bytes(self.root, path, overlay)

    def _settle(self, paths: set[str]) -> None:
        """Read these paths, and what operations change meanwhile, as of one moment between two operations."""
        log, left = LogPosition(self.history.layout), set(paths)

        def attempt() -> None:
            last, stamp, overlay = self.history.last(), log.pending(), self.history.overlay()
            left.update(self._catch_up(last))
            self.as_left -= left
            for path in sorted(left):
                self.found[path] = self._read(path, overlay)
                self._progress()
            left.clear()
            if log.changed_since(last, stamp):
                raise ChangedMeanwhile

        consistently(attempt)

    def _catch_up(self, last: int) -> set[str]:
        """Add the operations that were committed since, and the unfinished one; return the paths that they concern."""
        concerned = _touched(self._pending)
        for number in range(self._last + 1, last + 1):
            with suppress(Unreadable):  # the next verification names it
                concerned |= self.known.add_newer(self.history.entry(number))
        self._last, self._pending = max(self._last, last), None
        with suppress(Unreadable, ValueError):  # `unfinished` names it
            pending = self.history.unfinished()
            if pending is not None and pending.operation.seq > last:
                self._pending = pending
        return concerned | _touched(self._pending)

    # The states

    def states(self) -> Iterator[FileState]:
        """Yield the state of each file that is not as the log left it, and of each that is missing."""
        missing = {path for path, found in self.found.items() if not found.is_there and self.past(path).is_there}
        moved = {of_record(path): path for path in missing}
        for path, found in sorted(self.found.items()):
            if path == JOURNAL or not found.is_there:
                continue
            past, former = self.past(_absent(path) or path), None
            if not past.number and "/" in path and (former := moved.pop(of_record(path), None)):
                missing.discard(former)
                past = self.past(former)
            yield self._state(path, found, past, former)
        last = self._last_numbers(map(of_record, missing))
        for path in sorted(missing):
            number = self.past(path).number
            # Else it was renamed by hand and changed since, or a damaged operation may have deleted it.
            if number == last[of_record(path)] and number > self._doubtful:
                yield FileState(path, states.MISSING, f"change {number} left it, and it is not there", None, number)

    def _last_numbers(self, wanted: Iterable[str]) -> dict[str, int]:
        """Return the number of the last operation on each of these records, at whatever path."""
        last = dict.fromkeys(wanted, 0)
        for path in {*self.known.pasts, *self.found} if last else ():
            if (one := of_record(path)) in last:
                last[one] = max(last[one], self.past(path).number)
        return last

    def past(self, path: str) -> Past:
        """Return what the log and the unfinished operation know of a path, even nothing."""
        past = self.known.pasts.get(path)
        if self._pending is not None and path in _touched(self._pending):
            return states.newer(past, self._pending, path)
        return past or _NOTHING

    def _state(self, path: str, found: Found, past: Past, former: str | None) -> FileState:
        """Return what a file is that was read."""
        number = past.number or None
        if (wrong := found.wrong) is not None:
            is_damaged = found.sha is not None and wrong.reason != Reason.NEWER and (number or found.is_rubbish)
            state = states.DAMAGED if is_damaged and not self.copied(path) else states.UNREADABLE
            return FileState(path, state, wrong.message, wrong.line, number)
        if former is not None:
            return FileState(path, states.CHANGED, f"it was {former}", None, number)
        state, message = past.state(found.sha), ""
        if state == states.ROLLED_BACK and past.number <= self._doubtful:  # what is damaged may have brought it back
            state = states.UNKNOWN
        if state == states.ROLLED_BACK and found.sha is not None:
            message = f"it is as it was before change {past.older[found.sha]}"
            if past.after is None:
                message = f"change {number} deleted it, and it is back as it was before"
        return FileState(path, state, message, None, number)

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every file that was read, by its path as the index shows it."""
        hashes = {path: self.known.pasts[path].after for path in self.as_left}
        hashes |= {path: found.sha for path, found in self.found.items()}
        return {shown(path): sha for path, sha in hashes.items() if sha}

    def restorable(self, damaged: Iterable[str]) -> dict[str, bool]:
        """Return which of these damaged files the log can restore, and whether exactly."""
        data: dict[str, bytes] = {}
        numbers: dict[str, list[int]] = {}
        for path in damaged:
            with suppress(Unreadable):  # changed since
                data[path] = self.history.present(path) or b""
                past = self.past(path)
                numbers[path] = sorted({past.number, *past.older.values()} - {0}, reverse=True)
        return earlier.restorable(self.history, data, numbers)

    def is_interrupted(self) -> bool:
        """Return whether an operation is unfinished and nobody is finishing it now."""
        log = LogPosition(self.history.layout)
        stamp = log.pending()
        return stamp is not None and not is_held(self.history.layout.lock) and log.pending() == stamp

    def copied(self, path: str) -> str | None:
        """Return the file of which this one is a copy, if that is there; its own name says so."""
        original = original_of(path)
        is_here = original in self.as_left or (original in self.found and self.found[original].is_there)
        return original if is_here else None


_NOTHING = Past(0, "")


def _is_strange(folder: Path) -> bool:
    """Return whether something else is in the place of a folder, such as a link, which is never followed."""
    seen = files.look(folder)
    return seen is not None and not S_ISDIR(seen.st_mode)


def _touched(entry: LoggedOperation | None) -> set[str]:
    """Return the paths of the files of an operation."""
    return set() if entry is None else {file.path for file in entry.operation.files}


def _absent(path: str) -> str | None:
    """Return the path of the record for which a file of a sync program stands."""
    folder, slash, name = path.rpartition("/")
    absent = None if path.endswith((".toml", ".txt")) else placeholder_of(name)
    return f"{folder}{slash}{absent}" if absent else None


def is_rubbish(data: bytes) -> bool:
    """Return whether bytes are such as no editor writes: with NUL, or in no encoding at all."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return False
    return b"\0" in data
