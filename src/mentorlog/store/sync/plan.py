"""What a sync changes on each side, from what three sides say of each record: the ancestor, here, and there. Pure.

What one side alone changed is taken; what both changed is merged; an edit beats a deletion. A file that cannot be read
is held: each side keeps its own, it is neither sent nor taken for absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.domain.reports import KeptRecord, Problem, Renamed, SyncConflict, SyncedRecords
from mentorlog.errors import MentorlogError, Reason, Unreadable, joined
from mentorlog.models.record import Part, Record
from mentorlog.models.views import counted
from mentorlog.store import layout
from mentorlog.store.format import document
from mentorlog.store.sync import twins
from mentorlog.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from mentorlog.errors import ManyDeletions
    from mentorlog.store.format.merged import MergedFile

    Merge = Callable[[str, bytes | None, bytes, bytes], MergedFile]
    NewId = Callable[[Record], str]

HERE, THERE = "here", "there"
_MANY, _SHARE = 10, 20


class Version(Value):
    """The file of a record on one side, and its bytes or why they cannot be read."""

    path: str
    data: bytes | Unreadable


class Three(Value):
    """What the three sides say of one record; `base` is None if it did not exist, or if there is no ancestor.

    More than one file with its id on a side are `several`.
    """

    key: str
    base: Version | None
    here: Version | None
    there: Version | None
    several: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.key.rpartition("/")[2]


class Plan:
    """The changes of files on both sides, and what to say of them."""

    def __init__(self) -> None:
        self.here: dict[str, bytes | None] = {}
        self.there: dict[str, bytes | None] = {}
        self.together: set[str] = set()
        """The files here that must change in one operation, as one names another by a new id."""
        self.held: dict[str, Problem] = {}
        self.received: dict[str, list[str]] = {"new": [], "changed": [], "deleted": []}
        self.sent: dict[str, list[str]] = {"new": [], "changed": [], "deleted": []}
        self.merged: list[str] = []
        self.conflicts: list[SyncConflict] = []
        self.kept: list[KeptRecord] = []
        self.renamed: list[Renamed] = []
        self.comments: list[str] = []
        self.asks: list[ManyDeletions] = []
        """What is asked before it is done."""

    @property
    def name(self) -> str:
        """The name of the operation, which is saved before anything is sent: `sync: 3 records received, 2 to send`."""
        received, sent = (side.count for side in self.counts)
        if not received:
            return f"sync: {counted(sent, 'record')} to send" if sent else "sync"
        return f"sync: {counted(received, 'record')} received{f', {sent} to send' if sent else ''}"

    @property
    def counts(self) -> tuple[SyncedRecords, SyncedRecords]:
        """The records that are received, and sent."""
        received, sent = (
            SyncedRecords(**{name: tuple(found) for name, found in side.items()}) for side in (self.received, self.sent)
        )
        return received, sent


def key_of(path: str) -> str:
    """Return the key of the record at a path: `goals/g7k3q`, or `profile`."""
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{layout.id_of(path)}"


def is_key(key: str) -> bool:
    """Return whether a key is that of a record: others are of files with names that no record has."""
    path = f"{key}.toml"
    return path != layout.JOURNAL and is_ours(path) and key_of(path) == key


def is_ours(path: str) -> bool:
    """Return whether a path in a commit is that of a record, with a name that every system allows."""
    folder, slash, name = path.rpartition("/")
    if not slash:
        return path in (layout.PROFILE, layout.JOURNAL)
    return folder in layout.KINDS and layout.is_record_file(name) and _is_plain(name)


def is_newer(path: str) -> bool:
    """Return whether a path in a commit is like that of a record, but of a kind that this version does not know."""
    folder, slash, name = path.rpartition("/")
    is_kind = folder.isascii() and folder.isalpha() and folder not in (*layout.KINDS, layout.TEMPLATES)
    return bool(slash) and is_kind and layout.is_record_file(name) and _is_plain(name)


def _is_plain(name: str) -> bool:
    return len(name) <= 200 and name.isprintable() and not set(name) & set('/\\:*?"<>|')


def are_many(count: int, of: Iterable[str]) -> bool:
    """Return whether so many deletions, of the records among the files at some paths, are asked about first."""
    return count > _MANY and count * _SHARE > record_count(of)


def record_count(paths: Iterable[str]) -> int:
    """Return how many records there are among the files at some paths."""
    return sum(path != layout.JOURNAL and is_ours(path) for path in paths)


def gone(threes: Iterable[Three], side: str) -> list[Three]:
    """Return the records that are deleted on one side and unchanged on the other."""
    found = []
    for one in threes:
        missing, other = (one.here, one.there) if side == HERE else (one.there, one.here)
        if one.base is not None and missing is None and other == one.base and not one.several:
            found.append(one)
    return found


def plan(
    threes: Iterable[Three],
    *,
    merge: Merge,
    new_id: NewId,
    bring_back: Collection[str] = (),
    sound: Collection[str] = (),
) -> Plan:
    """Return what to change on both sides.

    `new_id` returns a free id for a record of ours whose own another record has. The records of `bring_back` are gone
    here, but not for good; the files here of `sound` are known to be readable.
    """
    result = Plan()
    readable = [one for one in threes if not _holds(result, one, sound)]
    for one in _with_own_ids(result, readable, new_id):
        _settle(result, one, merge, bring_back)
    return result


def _holds(result: Plan, one: Three, sound: Collection[str]) -> bool:
    """Hold a record back if it cannot be read on one of the two sides, and return whether that is so."""
    if one.several:
        names = joined(sorted(one.several))
        result.held[one.key] = Problem(sorted(one.several)[0], f"{names} have the same id", reason=Reason.SHARED_ID)
        return True
    for side, where in ((one.here, ""), (one.there, " on the remote")):
        is_read = side is not None and side is one.here and side.path in sound and isinstance(side.data, bytes)
        is_sound = side is None or (is_read and is_ours(side.path))
        wrong = None if is_sound or side is None else unreadable(side)
        if wrong:
            problem = Problem.of(wrong)
            result.held[one.key] = problem.but(message=f"{problem.message}{where}")
            return True
    return False


def unreadable(side: Version) -> Unreadable | None:
    """Return why a file cannot be read as a record, or may not travel; None if nothing is wrong."""
    if isinstance(side.data, Unreadable):
        return side.data
    if not is_ours(side.path):
        return Unreadable(side.path, "its name is not valid on every system", reason=Reason.WRONG_NAME)
    try:
        document.checked(side.path, side.data)
    except Unreadable as error:
        return error
    return None


def _part(side: Version) -> Part:
    assert isinstance(side.data, bytes)
    return document.checked(side.path, side.data)


# Ids that were made twice


def _with_own_ids(result: Plan, threes: list[Three], new_id: NewId) -> Iterator[Three]:
    """Yield the records, ours with a new id where the remote has another record with its own."""
    renamed: dict[str, str] = {}
    there = {one.id: one for one in threes if one.there is not None}
    for one in threes:
        other = there.get(one.id)
        if one.here is None or one.base is not None or other is None or other.there is None or "/" not in one.key:
            continue
        ours = _part(one.here)
        if isinstance(ours, Record) and (other.key != one.key or twins.are_twins(ours, _part(other.there))):
            renamed[one.id] = new_id(ours)
            result.renamed.append(Renamed(one.id, renamed[one.id]))
    for one in threes:
        if not renamed or one.here is None or one.here == one.base or not isinstance(one.here.data, bytes):
            yield one
            continue
        new = twins.rewritten(one.here.path, one.here.data, renamed)
        if new is None:
            yield one
            continue
        if new.comments_dropped:
            result.comments.append(new.path)
        result.together |= {one.here.path, new.path}
        # The file on the disk is the old one: all of it is replaced, whatever comes of it.
        result.here[one.here.path] = None
        result.here[new.path] = new.data
        if new.path == one.here.path:
            yield one.but(here=Version(new.path, new.data))
        else:
            yield one.but(here=None)
            yield Three(key_of(new.path), None, Version(new.path, new.data), None)


# One record


def _settle(result: Plan, one: Three, merge: Merge, bring_back: Collection[str]) -> None:
    """Decide what becomes of one record that both sides can read."""
    base, here, there = one.base, one.here, one.there
    if here == there:
        return
    after: Version | None
    if here is None and there is not None and (base is None or there != base or one.key in bring_back):
        after = there
        if base is not None and there != base:
            result.kept.append(KeptRecord(one.id, _title(there), HERE))
    elif there is None and here is not None and (base is None or here != base):
        after = here
        if base is not None:
            result.kept.append(KeptRecord(one.id, _title(here), THERE))
    elif here is None or there is None:
        after = None
    else:
        both = _both(result, one, base, here, there, merge)
        if both is None:
            return
        after = both
    _change(result.here, result.received, one.id, here, after)
    _change(result.there, result.sent, one.id, there, after)


def _both(
    result: Plan, one: Three, base: Version | None, here: Version, there: Version, merge: Merge
) -> Version | None:
    """Return the record that holds what both sides say; None if it is held."""
    path = _taken(base.path if base else None, here.path, there.path)
    old, ours, theirs = (side.data if side else None for side in (base, here, there))
    assert isinstance(ours, bytes) and isinstance(theirs, bytes)
    if ours == theirs or theirs == old:
        return Version(path, ours)
    if ours == old:
        return Version(path, theirs)
    try:
        merged = merge(path, old if isinstance(old, bytes) else None, ours, theirs)
    except MentorlogError as error:
        result.held[one.key] = Problem.of(error) if isinstance(error, Unreadable) else Problem(path, error.clause)
        return None
    result.merged.append(one.id)
    for conflict in merged.conflicts:
        result.conflicts.append(SyncConflict(one.id, conflict.title, conflict.field))
    if merged.comments_dropped:
        result.comments.append(path)
    return Version(path, merged.data)


def _taken(base: str | None, here: str, there: str) -> str:
    """Return the name of a file: that of the side which renamed it, of two new names the greater."""
    return there if here == base else here if there == base else max(here, there)


def _change(
    changes: dict[str, bytes | None],
    told: dict[str, list[str]],
    id: str,
    before: Version | None,
    after: Version | None,
) -> None:
    """Add the change of one side from one version to another, and say so."""
    if before == after:
        return
    if before is not None:
        changes[before.path] = None
    if after is not None:
        assert isinstance(after.data, bytes)
        changes[after.path] = after.data
    told["new" if before is None else "deleted" if after is None else "changed"].append(id)


def _title(side: Version) -> str:
    part = _part(side)
    return part.heading if isinstance(part, Record) else "Your profile"
