"""Merging the copies that sync programs made of records: one operation, in which no word of any copy is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from mentorlog.errors import MentorlogError, Unreadable, joined
from mentorlog.models.profile import Profile
from mentorlog.models.record import Part, Record
from mentorlog.store.checkup import damage
from mentorlog.store.format.merged import merged_file
from mentorlog.store.layout import JOURNAL, id_of, shown
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import Change
from mentorlog.values import Value


class Copies(Value):
    """The copies of one record: `path` is its file, `now` the bytes of it, None if only the copies are left."""

    path: str
    now: bytes | None
    copies: tuple[tuple[str, bytes], ...]


class Merged(Value):
    """The changes that merge copies, what was done, and what could not be."""

    changes: list[Change]
    done: list[str]
    refused: list[str]


def mergeable(
    data: Mapping[str, bytes],
    records: Mapping[str, Record],
    broken: Mapping[str, Unreadable],
    copies: Mapping[str, str],
) -> list[Copies]:
    """Return the copies that are of the same record as their original, and not of the same bytes.

    `data` and `broken` are all files of the journal; `copies` has the original of each copy by its name. If the
    original is gone, another file of its id is taken for it, or else the copy takes its place.
    """
    found: dict[str, list[tuple[str, bytes]]] = {}
    same: dict[str, Any] = {}
    unread = {id_of(path) for path in broken if path not in copies}
    for copy, named in sorted(copies.items()):
        path = named if named in data else _other(named, records, copies)
        if copy not in data or path == JOURNAL or data[copy] == data.get(path):
            continue
        if path not in data and id_of(path) in unread:  # it is there, or elsewhere, and cannot be read now
            continue
        first = same.setdefault(path, _identity(path, data.get(path, data[copy])))
        if first is not None and first == _identity(path, data[copy]):
            found.setdefault(path, []).append((copy, data[copy]))
    return [Copies(path, data.get(path), tuple(copies)) for path, copies in sorted(found.items())]


def _other(named: str, records: Mapping[str, Record], copies: Mapping[str, str]) -> str:
    """Return the path of the only other file with the id of a file that is gone, or its own path."""
    others = [path for path, record in records.items() if path not in copies and record.id == id_of(named)]
    return others[0] if len(others) == 1 else named


def _identity(path: str, data: bytes) -> Any:
    """Return what tells a record from any other; None if the bytes are not one."""
    part: Part | None = None
    with suppress(Unreadable):
        part = damage.checked(path, data)
    if isinstance(part, Profile):
        return Profile.KIND, part.name
    return (part.KIND, part.id, part.created) if isinstance(part, Record) else None


def merged(history: History, groups: list[Copies]) -> Merged:
    """Merge each record with its copies, one after the other, without an ancestor: nothing counts as deleted."""
    result = Merged([], [], [])
    for group in groups:
        before = [(group.path, group.now), *group.copies]
        if all(history.present(path) == data for path, data in before):
            _merge(group, result)
    return result


def _merge(group: Copies, result: Merged) -> None:
    now, fields, gone, is_bare = group.now, dict[str, None](), list[Change](), False
    for copy, data in group.copies:
        try:
            one = merged_file(group.path, None, data, data if now is None else now)
        except MentorlogError as refused:
            result.refused.append(refused.sentence)
            continue
        result.done.append(_done(copy, group.path, is_new=now is None))
        now = one.data
        is_bare = is_bare or one.comments_dropped
        fields |= dict.fromkeys(conflict.field for conflict in one.conflicts)
        gone.append(Change(copy, data, None))
    result.done.extend(_left(group.path, fields, is_bare=is_bare))
    result.changes.extend([Change(group.path, group.now, now)] if now != group.now else [])
    result.changes.extend(gone)


def _done(copy: str, path: str, *, is_new: bool) -> str:
    if is_new:
        return f"Renamed {shown(copy)} to {shown(path)}, which was gone."
    return f"Merged {shown(copy)} into {shown(path)}."


def _left(path: str, fields: Mapping[str, None], *, is_bare: bool) -> Iterator[str]:
    """Yield what to choose in a merged record, and that it lost comments."""
    id = shown(id_of(path))
    if fields:
        yield f"Two values for {joined([*fields])} of {id}; choose with: mentorlog resolve {id}"
    if is_bare:
        yield f"Comments in {shown(path)} were removed."
