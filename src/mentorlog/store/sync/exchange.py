"""One sync: fetch, merge, commit to the journal as one operation, then push; again if another machine was faster.

The files change before anything is sent, and say which commit they stand for in the same operation. A sync that is
killed anywhere has either changed nothing, or is taken up by the next one.
"""

from __future__ import annotations

import time
from random import SystemRandom
from typing import TYPE_CHECKING

from mentorlog.domain.reports import Problem, SyncReport
from mentorlog.domain.syncing import KEEP
from mentorlog.errors import AnotherHistory, Busy, ManyDeletions, Unreadable
from mentorlog.models.views import counted
from mentorlog.store import layout
from mentorlog.store.disk import files
from mentorlog.store.format import document, merged
from mentorlog.store.oplog.operation import Change, Sync
from mentorlog.store.sync import ancestor, journal_file, parts, plan
from mentorlog.store.sync.ancestor import Known, State
from mentorlog.store.sync.plan import Plan, Three, Version
from mentorlog.store.sync.told import Told
from mentorlog.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from mentorlog.domain.syncing import SyncRequest
    from mentorlog.store.sync.ports import Files, Line, Own, Store, Trees

_TRIES = 8
_PAUSE = 0.1


class Round(Value):
    """One attempt: what was planned, and the commit that the files stand for after it."""

    plan: Plan
    commit: str
    held: Mapping[str, str]
    state: State
    to_send: bool


class Exchange:
    """The syncs of one journal with one remote; `shown` is its address without a password."""

    def __init__(
        self,
        own: Own,
        store: Store,
        line: Line,
        trees: Trees,
        *,
        shown: str,
        now: datetime,
        reached: Callable[[], None] = lambda: None,
        replaced: Callable[[str, str], str | None] = lambda known, tip: None,
        merge: plan.Merge = merged.merged_file,
        pause: Callable[[int], None] | None = None,
    ) -> None:
        self._own, self._store, self._line, self._trees = own, store, line, trees
        self._shown, self._now, self._merge = shown, now, merge
        self._reached, self._replaced = reached, replaced
        self._pause = pause or _wait

    def run(self, request: SyncRequest) -> SyncReport:
        """Exchange what is new on both sides, and say what that was."""
        told = Told()
        state = self._store.state()
        is_first = state is None or not state.at
        for attempt in range(1, _TRIES + 1):
            tip = self._line.fetch()
            erased = self._trees.check(tip) if tip is not None else ()
            with self._own.opened() as ours:
                one = self._apply(request, ours, tip)
            told.add(one.plan)
            if not request.dry_run:
                if one.to_send:
                    self._store.write(one.state.but(offered=Known(one.commit, one.held)))
                    if not self._line.push(one.commit):
                        self._pause(attempt)
                        continue
                self._finish(one)
            return told.report(self._shown, self._own.erasable(erased) if erased else (), first=is_first)
        sentence = "Other machines kept sending at the same time; what they sent is saved here, yours is not sent yet."
        raise Busy(sentence, "try again in a moment: mentorlog sync")

    def _finish(self, one: Round) -> None:
        """Record what both sides have in common now."""
        done = one.state.but(
            base=Known(one.commit, one.held),
            offered=None,
            at=self._now.isoformat(timespec="seconds"),
            problems=tuple((problem.path, problem.message) for problem in one.plan.held.values()),
        )
        old = self._store.state()
        is_new = old is None or old.but(at="") != done.but(at="")
        self._store.write(done, durably=is_new)

    def _apply(self, request: SyncRequest, ours: Files, tip: str | None) -> Round:
        """Change the files here, and make the commit to send; the journal is locked."""
        state = self._store.state()
        stands = state is not None and state.seq > 0 and self._own.mark(state.seq) == state.mark
        logged = self._own.logged(state.seq if state and stands else 0)
        known, offered = ancestor.known(state, stands, logged)
        there = self._trees.files(tip) if tip is not None else {}
        joins = self._check_journal(request, ours, tip, there)
        base = None
        if tip is not None and not joins:
            known = ancestor.arrived(known, offered, tip, self._line)
            base = self._ancestor(request, known, tip)
        if not request.dry_run:
            self._reached()
        decided = self._decide(request, ours, tip, there, base, joins)
        held = {key: _held_from(key, base) for key in decided.held}
        if request.dry_run:
            empty = State(known, None, 0, "", "")
            return Round(decided, tip or ancestor.NONE, held, empty, False)
        if tip is None or decided.there or self._trees.is_outdated(tip):
            parents = self._parents(known, base, tip)
            commit = self._trees.commit(decided.there, onto=tip, parents=parents, at=self._now)
        else:
            commit = tip
        changes = _changes(ours, decided.here)
        if changes:
            name = f"sync: {counted(_count(decided), 'record')} received"
            *first, last = parts.split(changes, decided.together)
            for part in first:
                self._own.commit(name, part, None)
            self._own.commit(name, last, Sync(commit, self._shown, held))
            known = Known(commit, held)
        seq = self._own.last()
        at = state.at if state else ""
        new = State(known, None, seq, self._own.mark(seq) or "", at)
        return Round(decided, commit, held, new, commit != tip)

    def _ancestor(self, request: SyncRequest, known: Known | None, tip: str) -> Known | None:
        """Return what both sides had in common last; None if that is not known, or not wanted."""
        try:
            return ancestor.ancestor(known, tip, self._line)
        except AnotherHistory:
            if known is not None and self._line.has(known.commit) and (replaced := self._replaced(known.commit, tip)):
                return known.but(commit=replaced)
            if not request.rejoin:
                raise
            return None

    def _parents(self, known: Known | None, base: Known | None, tip: str | None) -> list[str]:
        """Return the commits from which the next one follows: what the files stood for, unless it is in the tip."""
        own = known.commit if known is not None and self._line.has(known.commit) else None
        if own is None or tip is None:
            return [one for one in (own, tip) if one is not None]
        if base is None or base.commit == own or self._line.merge_base(own, tip) is None:
            return [tip]  # a history that was replaced never comes back
        return [own, tip]

    # What to do

    def _check_journal(self, request: SyncRequest, ours: Files, tip: str | None, there: Mapping[str, str]) -> bool:
        """Refuse a remote of a newer format or of another journal; return whether two journals become one."""
        if wrong := ours.unreadable.get(layout.JOURNAL):
            raise wrong
        if tip is None:
            return False
        theirs = self._trees.contents(tip, [layout.JOURNAL] if layout.JOURNAL in there else []).get(layout.JOURNAL)
        if theirs is None:
            raise AnotherHistory("The remote does not hold a journal.", "use an empty repository")
        their_id = document.journal_data(f"{layout.JOURNAL} of the remote", theirs).get("id")
        our_id = document.journal_data(layout.JOURNAL, ours.read(layout.JOURNAL)).get("id")
        if our_id == their_id:
            return False
        if not request.join:
            raise AnotherHistory("The remote holds another journal.", "add --join to make one journal of the two")
        return True

    def _decide(
        self,
        request: SyncRequest,
        ours: Files,
        tip: str | None,
        there: Mapping[str, str],
        base: Known | None,
        joins: bool,
    ) -> Plan:
        """Return what changes on both sides, asked for where many records would go."""
        paths = {path for path, _ in ours.blobs.items() ^ there.items()}.union(ours.unreadable)
        keys = {plan.key_of(path) for path in paths if path in ours.blobs or plan.is_ours(path)}
        keys.discard(plan.key_of(layout.JOURNAL))
        old = self._trees.files(base.commit) if base is not None and keys else {}
        threes = self._threes(keys, ours, tip, there, base, old)
        missing = plan.gone(threes, plan.HERE)
        bring_back = self._brought_back(request, missing, len(old))
        leaving = plan.gone(threes, plan.THERE)
        if plan.are_many(len(leaving), len(ours.blobs)) and not (request.yes or request.dry_run):
            raise ManyDeletions([one.id for one in leaving], len(ours.blobs), here=False)
        taken = {layout.id_of(path) for path in there} if threes else set[str]()
        result = plan.plan(
            threes, merge=self._merge, new_id=lambda one: self._own.new_id(one, taken), bring_back=bring_back
        )
        for path in filter(plan.is_newer, paths):
            result.held[path] = Problem(path, "it is of a kind that this version of mentorlog does not know")
        if layout.JOURNAL in paths:
            self._merge_journal(result, ours, tip, base, joins)
        return result

    def _brought_back(self, request: SyncRequest, missing: Sequence[Three], of: int) -> set[str]:
        """Return the records that are gone here but not for good; ManyDeletions if that must be asked."""
        if not plan.are_many(len(missing), of):
            return set()
        keys = {one.key for one in missing}
        lost = keys - self._own.deleted(keys)
        if not plan.are_many(len(lost), of):
            return set()
        if request.deleted or request.dry_run:
            return lost if request.deleted == KEEP else set()
        raise ManyDeletions([one.id for one in missing if one.key in lost], of, here=True)

    def _threes(
        self,
        keys: Collection[str],
        ours: Files,
        tip: str | None,
        there: Mapping[str, str],
        base: Known | None,
        old: Mapping[str, str],
    ) -> list[Three]:
        """Return what the three sides say of records, with the bytes of their files."""
        if not keys:
            return []
        here = _by_key([*ours.blobs, *ours.unreadable], keys, own=True)
        theirs, before = _by_key(there, keys), _by_key(old, keys)
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
            found.append(Three(key, old_version, own, _version(other, read), several))
        return found

    def _held(self, base: Known | None, keys: Collection[str]) -> dict[str, Version | None]:
        """Return the ancestors of the records that were held back, each from its own commit."""
        found: dict[str, Version | None] = {}
        for key, commit in (base.held if base is not None else {}).items():
            if key not in keys:
                continue
            found[key] = None
            if commit != ancestor.NONE and self._line.has(commit):
                paths = _by_key(self._trees.files(commit), {key}).get(key, [])
                found[key] = _version(paths, self._trees.contents(commit, paths))
        return found

    def _merge_journal(
        self,
        result: Plan,
        ours: Files,
        tip: str | None,
        base: Known | None,
        joins: bool,
    ) -> None:
        """Merge journal.toml, which differs in unknown keys alone, or becomes the remote's where two are joined."""
        path = layout.JOURNAL
        own = ours.read(path)
        if tip is None:
            result.there[path] = own
            return
        theirs = self._trees.contents(tip, [path])[path]
        was = self._trees.contents(base.commit, [path]).get(path) if base is not None else None
        after = journal_file.merged(was, own, theirs, joins=joins)
        if after != own:
            result.here[path] = after
        if after != theirs:
            result.there[path] = after


def _wait(attempt: int) -> None:
    """Wait a random time, so that machines which sync at one moment do not go on doing so."""
    time.sleep(_PAUSE * attempt * SystemRandom().random())


def _held_from(key: str, base: Known | None) -> str:
    return ancestor.NONE if base is None else base.held.get(key, base.commit)


def _by_key(paths: Iterable[str], keys: Collection[str], *, own: bool = False) -> dict[str, list[str]]:
    """Return the paths of some records by key; in a commit what has no name of ours is not ours."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if (key := plan.key_of(path)) in keys and (own or plan.is_ours(path)):
            found.setdefault(key, []).append(path)
    return found


def _version(paths: Sequence[str], contents: Mapping[str, bytes]) -> Version | None:
    """Return the first of the files of a record on one side; one without content is too large."""
    if not paths:
        return None
    too_large = f"it is larger than {files.LIMIT >> 20} MiB"
    return Version(paths[0], contents[paths[0]] if paths[0] in contents else Unreadable(paths[0], too_large))


def _changes(ours: Files, wanted: Mapping[str, bytes | None]) -> list[Change]:
    """Return the changes of files here."""
    found = []
    for path, after in wanted.items():
        before = ours.read(path) if path in ours.blobs else None
        if before != after:
            found.append(Change(path, before, after))
    return found


def _count(decided: Plan) -> int:
    """Return how many records change here."""
    return len({plan.key_of(path) for path in decided.here})
