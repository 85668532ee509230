"""One consistent reading of all files, without lock or index: for exports, doctor, forget and backups."""

from __future__ import annotations

import time
from contextlib import suppress

from mentorlog.errors import DiskFailure, NeedsDoctor, Reason, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.index import scan
from mentorlog.store.layout import FOLDERS, JOURNAL, PROFILE, is_record_file, placeholders, shown, template_at
from mentorlog.store.oplog.position import ChangedMeanwhile, LogPosition, consistently
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from mentorlog.models.profile import Profile
    from mentorlog.models.record import Part, Record
    from mentorlog.models.views import View
    from mentorlog.store.oplog.history import History

    Overlay = Mapping[str, Path | None]
    """What to read instead of the paths of an unfinished operation; None for a deleted file."""
    Progress = Callable[..., None] | None
    """Is called with the number of files that were read, and of all."""
    _State = tuple[tuple[Any, ...] | None, bytes | Unreadable]
    """The stamp of a file before it was read, None if it was too young for one, and its bytes or why not."""

_NAMED = 3


def record_bytes(root: Path, path: str, overlay: Overlay | None = None) -> bytes | None:
    """Return the bytes of a record file, or None if there is none; raise Unreadable if they cannot be read.

    This and `read` are the only ways to read a record file. A backup also reads templates and operations with them.
    """
    source = overlay[path] if overlay and path in overlay else f"{root}/{path}"  # faster than a Path
    if source is None:
        return None
    limit = files.LIMIT
    if path[-5:] != ".toml":
        if path[-5:] == ".json":
            from mentorlog.store.oplog.operation import LIMIT as limit  # only backups read operations
        elif not template_at(path):
            raise Unreadable(shown(path), "its content is not on this machine", reason=Reason.ELSEWHERE)
    data = files.content(source, limit, shown(path))
    if data is None and overlay and path in overlay:  # a staged file that is gone has been renamed into place
        data = files.content(root / path, limit, shown(path))
    return data


Snapshot = dict[str, "bytes | Unreadable"]
"""The bytes of every file by path, or why they cannot be read."""

_STEP = 500  # files between two reports of progress
_LONG = 0.5  # seconds after which progress is shown, where most journals take less


def once_it_takes_long(progress: Progress) -> Progress:
    """Return what passes reports of progress on only after a while, and the last one if another came before."""
    start, is_shown = time.monotonic(), False

    def report(done: int, total: int, doing: str = "Reading") -> None:
        nonlocal is_shown
        if progress and (is_shown or (done < total and time.monotonic() - start >= _LONG)):
            is_shown = done < total
            progress(done, total, doing)

    return report if progress else None


def checking(found: Snapshot, progress: Progress) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Yield the files of a snapshot, and report how many were used."""
    for count, file in enumerate(found.items(), start=1):
        yield file
        if progress and (count % _STEP == 0 or count == len(found)):
            progress(count, len(found), "Checking")


def read(
    root: Path,
    history: History,
    paths: Callable[[], Iterable[str]] | None = None,
    overlay: Callable[[], Overlay] | None = None,
    progress: Progress = None,
) -> Snapshot:
    """Return all files as of one moment between two operations.

    If other files than the records are wanted, `paths` lists them, and `overlay` is what to read instead of those of an
    unfinished operation. `progress` is called with the number of files that were read, and of all, if they are many.
    """
    log = LogPosition(history.layout)
    states: dict[str, _State] = {}

    def attempt() -> Snapshot:
        nonlocal states
        last, pending, over = history.last(), log.pending(), (overlay or history.overlay)()
        listed = sorted({*(paths() if paths else record_paths(root)), *over})
        found: dict[str, _State] = {}
        # Only the bytes for now: the less time passes, the less can change.
        for count, path in enumerate(listed, start=1):
            state = _state(root, path, over, states.get(path))
            if state is not None:
                found[path] = state
            if progress and len(listed) >= _STEP and (count % _STEP == 0 or count == len(listed)):
                progress(count, len(listed))
        states = found
        if log.changed_since(last, pending):
            raise ChangedMeanwhile
        return {path: data for path, (_, data) in states.items()}

    return consistently(attempt)


def _state(root: Path, path: str, overlay: Overlay, before: _State | None) -> _State | None:
    """Return a file as it is now, not read again if unchanged; None if there is none."""
    source = overlay.get(path, f"{root}/{path}")  # faster than a Path
    stamp, settled = None, time.time_ns() - scan.RACY_NS
    with suppress(DiskFailure):  # reading it says why
        seen = source and files.look(source)
        # The next version of a file that was just written may have the same stamp.
        if seen and max(seen.st_mtime_ns, seen.st_ctime_ns) < settled:
            stamp = (str(source), *files.stamp(seen))
    if before is not None and stamp is not None and before[0] == stamp:
        return before
    try:
        data = record_bytes(root, path, overlay)
    except Unreadable as error:
        return stamp, error
    return None if data is None else (stamp, data)


def record_paths(root: Path, closed: Collection[str] = ()) -> Iterator[str]:
    """Yield the paths of record files outside closed folders, then profile.toml and journal.toml."""
    for folder in FOLDERS.values():
        names = () if folder in closed else files.real_names(root / folder)
        yield from (f"{folder}/{name}" for name in names if is_record_file(name))
        yield from (f"{folder}/{name}" for name in sorted(placeholders(names)))
    yield from (name for name in (PROFILE, JOURNAL) if files.look(root / name) is not None)
    yield from scan.placeholders_in(root)


class Found(Value):
    """A record and the path of its file."""

    path: str
    record: Record


class Contents(Value):
    """The contents of a journal: journal.toml, the profile, and the records by kind and id."""

    journal: Mapping[str, Any] | None
    profile: Profile | None
    records: tuple[Found, ...]

    def profile_view(self) -> View:
        """Return the view of the profile, which may be empty."""
        from mentorlog.models.profile import Profile
        from mentorlog.store.format import document

        return document.profile_view(self.profile or Profile())

    def views(self, *kinds: str) -> list[View]:
        """Return the views of the records, or of those of some kinds."""
        from mentorlog.models.record import view

        return [view(found.record) for found in self.records if not kinds or found.record.KIND in kinds]


def read_contents(root: Path, history: History, progress: Progress = None) -> Contents:
    """Return the validated contents of all files; raise NeedsDoctor with those that cannot be read."""
    progress = once_it_takes_long(progress)
    from mentorlog.store.format import document

    for folder in FOLDERS.values():
        files.real_folder(root / folder)
    if wrong_change := history.unreadable_change():
        raise wrong_change
    parts: dict[str, Any] = {}
    wrong: list[Unreadable] = []
    for path, data in checking(read(root, history, progress=progress), progress):
        try:
            if isinstance(data, Unreadable):
                raise data
            read_as = document.journal_data if path == JOURNAL else document.checked
            parts[path] = read_as(path, data)
        except Unreadable as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        named = "; ".join(f"{error.path}: {error.message}" for error in wrong[:_NAMED])
        more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise NeedsDoctor(f"{len(wrong)} files cannot be read: {named}{more}.")
    journal, profile = parts.pop(JOURNAL, None), parts.pop(PROFILE, None)
    by_id: dict[str, Found] = {}
    for path, part in parts.items():
        if part.id in by_id:
            raise NeedsDoctor(f"{by_id[part.id].path} and {path} have the same id.")
        by_id[part.id] = Found(path, part)
    kinds = list(FOLDERS)
    records = sorted(by_id.values(), key=lambda one: (kinds.index(one.record.KIND), one.record.id))
    return Contents(journal, profile, tuple(records))


def is_same(part: Part, other: Part) -> bool:
    """Return whether two records are equal: their files would have the same bytes."""
    from mentorlog.store.format import toml

    return type(part) is type(other) and toml.dump(part) == toml.dump(other)
