"""What one attempt of a sync does: the files here, the remote's commit and the ancestor give a plan for both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog.domain.reports import Problem
from mentorlog.domain.syncing import KEEP
from mentorlog.errors import AnotherHistory, ManyDeletions, Unreadable
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.format import document, merged
from mentorlog.store.oplog.operation import Change
from mentorlog.store.sync import journal_file, parts, plan
from mentorlog.store.sync.plan import Plan, Three, Version
from mentorlog.store.sync.state import NONE
from mentorlog.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mentorlog.domain.syncing import SyncRequest
    from mentorlog.store.sync.ports import Files, Line, Own, Trees
    from mentorlog.store.sync.state import Known


class Sides(Value):
    """The files here, the blobs in the commit of the remote, the ancestor, and whether two journals are joined."""

    ours: Files
    tip: str | None
    there: Mapping[str, str]
    base: Known | None
    joins: bool


def joins(request: SyncRequest, ours: Files, theirs: bytes | None) -> bool:
    """Return whether two journals become one; refuse a remote of a newer format, or of another journal unasked."""
    if theirs is None:
        raise AnotherHistory("The remote does not hold a journal.", "use an empty repository")
    their_id = document.journal_data(f"{layout.JOURNAL} of the remote", theirs).get("id")
    if document.journal_data(layout.JOURNAL, ours.read(layout.JOURNAL)).get("id") == their_id:
        return False
    if not request.join:
        raise AnotherHistory("The remote holds another journal.", "add --join to make one journal of the two")
    return True


class Decision:
    """Decides what changes on both sides."""

    def __init__(self, own: Own, line: Line, trees: Trees, merge: plan.Merge | None = None) -> None:
        self._own, self._line, self._trees = own, line, trees
        self._merge = merge or merged.merged_file

    def plan(self, request: SyncRequest, sides: Sides) -> Plan:
        """Return what changes on both sides; raise ManyDeletions where many records would go unasked.

        A dry run does not raise it; the plan says what would be asked.
        """
        ours, there = sides.ours, sides.there
        paths = {path for path, _ in ours.blobs.items() ^ there.items()}.union(ours.unreadable)
        own = {*ours.blobs, *ours.unreadable}
        keys = {plan.key_of(path) for path in paths if path in own or plan.is_ours(path)}
        keys.discard(plan.key_of(layout.JOURNAL))
        old = self._trees.files(sides.base.commit) if sides.base is not None and keys else {}
        threes = self._threes(keys, sides, old)
        lost, leaving = self._lost(plan.gone(threes, plan.HERE), old), plan.gone(threes, plan.THERE)
        asks = list[ManyDeletions]()
        if lost and not request.deleted:
            asks.append(ManyDeletions([one.id for one in lost], plan.record_count(old), here=True))
        if plan.are_many(len(leaving), own) and not request.yes:
            asks.append(ManyDeletions([one.id for one in leaving], plan.record_count(own), here=False))
        if asks and not request.dry_run:
            raise asks[0]
        result = plan.plan(
            threes,
            merge=self._merge,
            new_id=lambda one: self._own.new_id(one, {layout.id_of(path) for path in there}),
            bring_back={one.key for one in lost} if request.deleted == KEEP else set(),
            sound=ours.sound,
        )
        result.asks = asks
        for path in filter(plan.is_newer, paths):
            result.held[path] = Problem(path, "it is of a kind that this version of mentorlog does not know")
        if layout.JOURNAL in paths:
            self._merge_journal(result, sides)
        return result

    def _lost(self, missing: Sequence[Three], of: Collection[str]) -> Sequence[Three]:
        """Return the records that are gone here though no command deleted them, if they are many."""
        if not plan.are_many(len(missing), of):
            return ()
        deleted = self._own.deleted({one.key for one in missing})
        lost = [one for one in missing if one.key not in deleted]
        return lost if plan.are_many(len(lost), of) else ()

    def _threes(self, keys: Collection[str], sides: Sides, old: Mapping[str, str]) -> list[Three]:
        """Return what the three sides say of records, with the bytes of their files; `old` are the ancestor's."""
        if not keys:
            return []
        ours, tip, base = sides.ours, sides.tip, sides.base
        here = _by_key([*ours.blobs, *ours.unreadable], keys, own=True)
        theirs, before = _by_key(sides.there, keys), _by_key(old, keys)
        held = self._held(base, keys)
        read = self._trees.contents(tip, [path for paths in theirs.values() for path in paths]) if tip else {}
        wanted = [path for key, paths in before.items() if key not in held for path in paths]
        was = self._trees.contents(base.commit, wanted) if base is not None and wanted else {}
        found = []
        for key in sorted(keys):
            mine, other = here.get(key, []), theirs.get(key, [])
            several = tuple(dict.fromkeys([*mine, *other])) if max(len(mine), len(other)) > 1 else ()
            old_version = held[key] if key in held else _version(before.get(key, []), was)
            own = Version(mine[0], ours.unreadable.get(mine[0]) or ours.read(mine[0])) if mine else None
            if hidden := [] if mine else [*filter(ours.exists, (*other, *before.get(key, [])))]:
                own = Version(hidden[0], Unreadable(hidden[0], "the index does not know it"))
            found.append(Three(key, old_version, own, _version(other, read), several))
        return found

    def _held(self, base: Known | None, keys: Collection[str]) -> dict[str, Version | None]:
        """Return the ancestors of the records that were held back, each from its own commit."""
        found: dict[str, Version | None] = {}
        for key, commit in (base.held if base is not None else {}).items():
            if key not in keys:
                continue
            found[key] = None
            if commit != NONE and self._line.has(commit):
                paths = _by_key(self._trees.files(commit), {key}).get(key, [])
                found[key] = _version(paths, self._trees.contents(commit, paths))
        return found

    def _merge_journal(self, result: Plan, sides: Sides) -> None:
        """Merge journal.toml, which differs in unknown keys alone, or becomes the remote's where two are joined."""
        path, base = layout.JOURNAL, sides.base
        own = sides.ours.read(path)
        if sides.tip is None:
            result.there[path] = own
            return
        theirs = self._trees.contents(sides.tip, [path])[path]
        was = self._trees.contents(base.commit, [path]).get(path) if base is not None else None
        after = journal_file.merged(was, own, theirs, joins=sides.joins)
        if after != own:
            result.here[path] = after
            result.together.add(path)
        if after != theirs:
            result.there[path] = after


def held_back(decided: Plan, base: Known | None) -> dict[str, str]:
    """Return the records that are held back, each with the commit in which both sides last had it in common."""
    keys = filter(plan.is_key, decided.held)
    return {key: NONE if base is None else base.held.get(key, base.commit) for key in keys}


def operations(ours: Files, decided: Plan) -> list[list[Change]]:
    """Return the changes of files here, in as many parts as there are operations."""
    changes = []
    for path, after in decided.here.items():
        before = ours.read(path) if path in ours.blobs else None
        if before != after:
            changes.append(Change(path, before, after))
    return parts.split(changes, decided.together) if changes else []


def _by_key(paths: Iterable[str], keys: Collection[str], *, own: bool = False) -> dict[str, list[str]]:
    """Return the paths of some records by key; in a commit what has no name of ours is not ours."""
    found: dict[str, list[str]] = {}
    begun = {key.partition("-")[0] for key in keys}  # most paths are of other records
    for path in paths:
        if path.partition("-")[0].removesuffix(".toml") not in begun and path.endswith(".toml"):
            continue
        if (key := plan.key_of(path)) in keys and (own or plan.is_ours(path)):
            found.setdefault(key, []).append(path)
    return found


def _version(paths: Sequence[str], contents: Mapping[str, bytes]) -> Version | None:
    """Return the first of the files of a record on one side; one without content is too large."""
    if not paths:
        return None
    too_large = f"it is larger than {files.LIMIT >> 20} MiB"
    return Version(paths[0], contents[paths[0]] if paths[0] in contents else Unreadable(paths[0], too_large))
