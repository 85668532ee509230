"""One sync: fetch, merge, commit to the journal as one operation, then push; again if another machine was faster.

The files change before anything is sent, and say which commit they stand for in the same operation. A sync that is
killed anywhere has either changed nothing, or is taken up by the next one. Most syncs find nothing to do: these load
and read as little as they can.
"""

from __future__ import annotations

import time

from mentorlog.domain.reports import SyncReport
from mentorlog.errors import AnotherHistory, Busy
from mentorlog.store.layout import JOURNAL, id_of
from mentorlog.store.sync import ancestor
from mentorlog.store.sync.state import NONE, Known, State
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mentorlog.domain.syncing import SyncRequest
    from mentorlog.store.sync.address import Address
    from mentorlog.store.sync.plan import Merge, Plan
    from mentorlog.store.sync.ports import Files, Line, Own, Store, Trees

TRIES = 8  # how often something is sent again that another machine was faster with
_PAUSE = 0.1


class Round(Value):
    """One attempt: what was planned, if there was anything to do, and the commit that the files stand for after it."""

    plan: Plan | None
    commit: str | None
    state: State | None
    to_send: bool = False
    erased: tuple[str, ...] = ()
    again: bool = False
    """Whether the records on the remote are encrypted again, for a recipient who could not read them."""


class Exchange:
    """The syncs of one journal with one remote."""

    def __init__(
        self,
        own: Own,
        store: Store,
        line: Line,
        trees: Trees,
        *,
        remote: Address,
        now: datetime,
        reached: Callable[[], None] = lambda: None,
        replaced: Callable[[str, str], str | None] = lambda known, tip: None,
        merge: Merge | None = None,
        pause: Callable[[int], None] | None = None,
    ) -> None:
        self._own, self._store, self._line, self._trees = own, store, line, trees
        self._remote, self._now, self._merge = remote, now, merge
        self._reached, self._replaced = reached, replaced
        self._pause = pause or _wait

    def run(self, request: SyncRequest) -> SyncReport:
        """Exchange what is new on both sides, and say what that was."""
        plans: list[Plan] = []
        state = self._store.state()
        is_first = state is None or not state.at
        for attempt in range(1, TRIES + 1):
            tip = self._line.fetch()
            with self._own.opened() as ours:
                settled = self._settled(ours, tip) if request.to is None else None
                one = settled or self._apply(request, ours, tip)
            plans += [one.plan] if one.plan is not None else []
            if not request.dry_run:
                if one.to_send and one.commit is not None and one.state is not None:
                    self._store.write(one.state)  # an older base is no ancestor of what was merged, if git loses it
                    if not self._line.push(one.commit):
                        self._pause(attempt)
                        continue
                self._finish(one, ours)
            return self._report(plans, one, self._erased(one, ours), first=is_first)
        sentence = "Other machines kept sending at the same time; what they sent is saved here, yours is not sent yet."
        raise Busy(sentence, "try again in a moment: mentorlog sync")

    def _report(self, plans: list[Plan], last: Round, erased: tuple[str, ...], *, first: bool) -> SyncReport:
        if not plans:
            return SyncReport(self._remote.shown, self._remote.place)
        from mentorlog.store.sync import told

        return told.report(self._remote, plans, erased, first=first, again=last.again)

    def _erased(self, one: Round, ours: Files) -> tuple[str, ...]:
        """Return the ids erased on another machine that are gone here, but not from the history."""
        if not one.erased or one.plan is None:
            return ()
        after = {*ours.blobs, *ours.unreadable, *one.plan.here}
        here = {id_of(path) for path in after if one.plan.here.get(path, b"") is not None}
        return self._own.erasable([id for id in one.erased if id not in here])

    def _finish(self, one: Round, ours: Files) -> None:
        """Record what both sides have in common now."""
        if one.commit is None or one.state is None:
            return
        problems = one.plan.held.values() if one.plan is not None else ()
        done = one.state.but(
            at=self._now.isoformat(timespec="seconds"),
            problems=tuple((problem.path, problem.message) for problem in problems),
            listing=ours.listing if one.plan is None else "",
            onto="",
        )
        old = self._store.state()
        is_new = old is None or old.but(at="", listing="") != done.but(at="", listing="")
        self._store.write(done, durably=is_new)
        if one.plan is not None and not problems:
            self._store.keep(one.commit, ours.after(one.plan.here))

    def _settled(self, ours: Files, tip: str | None) -> Round | None:
        """Return the round in which nothing is to do, if neither side changed since the last one; else None."""
        state = self._store.state()
        if state is None or not state.at or state.base is None or state.base.held:
            return None
        if state.base.commit != tip or ours.unreadable:
            return None
        is_listed = ours.listing != "" and ours.listing == state.listing
        if not is_listed and not ours.are(self._store.kept(tip)):
            return None
        is_known = self._stands(state) and self._own.logged(state.seq) is None
        return Round(None, tip, state) if is_known else None

    def _stands(self, state: State | None) -> bool:
        """Return whether the log is the one that a state was written beside."""
        return state is not None and self._own.mark(state.seq) == state.mark

    def _apply(self, request: SyncRequest, ours: Files, tip: str | None) -> Round:
        """Change the files here, and make the commit to send; the journal is locked."""
        from mentorlog.store.oplog.operation import LONGEST_REMOTE, Sync
        from mentorlog.store.sync import decide

        if wrong := ours.unreadable.get(JOURNAL):
            raise wrong
        state = self._store.state()
        stands = self._stands(state)
        logged = self._own.logged(state.seq if state and stands else 0)
        known = ancestor.known(state, stands, logged)
        there: Mapping[str, str] = {}
        joins, base, erased = False, None, tuple[str, ...]()
        if tip is not None:
            erased = self._trees.check(tip)
            there = self._trees.files(tip)
            joins = decide.joins(request, ours, self._trees.contents(tip, [JOURNAL]).get(JOURNAL))
        if tip is not None and not joins:
            base = self._ancestor(request, known, tip, state.base if state and stands else None)
        if not request.dry_run:
            self._reached()
        sides = decide.Sides(ours, tip, there, base, joins)
        decided = decide.Decision(self._own, self._line, self._trees, self._merge).plan(request, sides)
        held = decide.held_back(decided, base)
        again = tip is not None and self._trees.is_outdated(tip)
        if request.dry_run:
            return Round(decided, None, None, erased=erased, again=again)
        commit = tip
        if tip is None or decided.there or again:
            parents = self._parents(known, base, tip)
            commit = self._trees.commit(decided.there, onto=tip, parents=parents, at=self._now)
        assert commit is not None
        parts = decide.operations(ours, decided)
        # Also where nothing came: a log that is put back from a copy still says what the files in it stood for.
        if parts or commit != tip or not self._own.last():
            name = decided.name
            for part in parts[:-1]:
                self._own.commit(name, part, None)
            left = Sync(commit, self._remote.shown[:LONGEST_REMOTE], held)
            self._own.commit(name, parts[-1] if parts else [], left)
        seq = self._own.last()
        new = State(Known(commit, held), seq, self._own.mark(seq) or "", state.at if state else "", onto=tip or NONE)
        return Round(decided, commit, new, commit != tip, erased, again)

    def _ancestor(self, request: SyncRequest, known: Known | None, tip: str, earlier: Known | None) -> Known | None:
        """Return what both sides had in common last; None if that is not known, or not wanted."""
        try:
            return ancestor.ancestor(known, tip, self._line, earlier)
        except AnotherHistory:
            if known is not None and self._line.has(known.commit) and (replaced := self._replaced(known.commit, tip)):
                return known.but(commit=replaced)
            if not request.rejoin:
                raise
            return None

    def _parents(self, known: Known | None, base: Known | None, tip: str | None) -> list[str]:
        """Return the commits from which the next one follows: what the files stood for, unless it is in the tip."""
        own = known.commit if known is not None and self._line.has(known.commit) else None
        if own is not None and tip is not None and (base is None or base.commit == own):
            own = None
        if own is not None and tip is not None and self._line.merge_base(own, tip) is None:
            own = None  # a history that was replaced never comes back
        if own is not None and not self._trees.holds(own):
            own = None  # that of a plain remote would go to an encrypted one with all its records
        return [one for one in (own, tip) if one is not None]


def _wait(attempt: int) -> None:
    """Wait a random time, so that machines which sync at one moment do not go on doing so."""
    from random import SystemRandom

    time.sleep(_PAUSE * attempt * SystemRandom().random())
