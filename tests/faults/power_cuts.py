"""One workflow, and every state that a power cut may leave of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from faults.every_call import Tally
from faults.harness import Ended, Harness, is_journal, records_of
from faults.inject import Faulty, installed
from faults.oracle import Case, find_violations, put_index
from faults.power import QUICK, THOROUGH, Cut, Disk, Recorder, State
from mentorlog.errors import MentorlogError

AGAIN = 8  # after every so manieth state in which nothing came of the command it is run again


class KilledAfterCommit(Faulty):
    """Kills the process right after the folder that holds the commit point was synced."""

    _seen = 0

    def _call(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self._seen += self._seen > 0 or (name == "rename" and str(args[1]).endswith("/pending.json"))
        if self._seen > len(("rename", "open", "fsync", "close")):
            self.dead = True
        return super()._call(name, function, args, kwargs)


@contextmanager
def recording(harness: Harness, disk: Disk, **how: Any) -> Iterator[Recorder]:
    """Record what happens to the disk within the block."""
    recorder = Recorder(harness.root, disk, **how)
    with installed(recorder):
        yield recorder


def cuts(harness: Harness, case: Case, failing: int = 0) -> Recorder:
    """Return what power cuts during a run may leave; with `failing`, after that fsync has said no."""
    harness.restore(case.before)
    with recording(
        harness, Disk(case.before, harness.folders()), failing=failing, effort=QUICK if failing else THOROUGH
    ) as recorder:
        ended = case.run(harness)
        recorder.collect("the end", acknowledged=ended.exit == 0)
    assert failing or ended.exit == 0, ended
    return recorder


def _killed(harness: Harness, case: Case, calls: Any) -> Any:
    """Run the case with these calls until they kill it, and let its descriptors go."""
    try:
        with installed(calls):
            case.run(harness)
    finally:
        calls.bury()
    return calls


def after_a_kill(harness: Harness, case: Case) -> dict[State, Cut]:
    """Return what power cuts may leave that come after a kill, while the next command does what is to be done then.

    What the killed one had not made durable is not so yet.
    """
    found: dict[State, Cut] = {}
    disks: set[Any] = set()
    for at in range(1, 10_000):
        harness.restore(case.before)
        killed = _killed(harness, case, Recorder(harness.root, Disk(case.before, harness.folders()), dying=at))
        if not killed.dead:
            return found
        if killed.disk.seen() in disks:
            continue
        disks.add(killed.disk.seen())
        with recording(harness, killed.disk, effort=QUICK) as next_one:
            done = _looked(harness, case) or case.run(harness, seed=2).exit == 0
            next_one.collect("the end", acknowledged=done)
        for state, cut in next_one.cuts.items():
            found[state] = cut if cut.acknowledged else found.get(state, cut)
    return found


def _looked(harness: Harness, case: Case) -> bool:
    """Open the journal as the next change does; return whether the killed change is there then."""
    if is_journal(harness.tree()):
        with suppress(MentorlogError):  # what is wrong is said where the state itself is judged
            harness.journal().change("look", lambda transaction: None)
    return records_of(harness.tree()) == case.new


def of_recovery(harness: Harness, case: Case) -> dict[State, Cut]:
    """Return what power cuts may leave while the next command finishes a change that was surely committed."""
    harness.restore(case.before)
    if not _killed(harness, case, KilledAfterCommit()).dead:
        return {}
    killed = harness.tree()
    with recording(harness, Disk(killed, harness.folders())) as recorder:
        harness.journal().change("look", lambda transaction: None)
        recorder.collect("the end")
    return {state: cut._replace(acknowledged=True) for state, cut in recorder.cuts.items()}


def cut_all(harness: Harness, case: Case, most: int = 0) -> Tally:
    """Cut the power after every event of a run, of a run with each fsync failing, after each kill, in the recovery."""
    start = time.perf_counter()
    known: dict[State, bool] = {}  # what was judged, and whether as acknowledged
    violations: list[str] = []
    for states in _sources(harness, case):
        news = {state: cut for state, cut in states.items() if known.get(state, -1) < cut.acknowledged}
        violations += _violations(harness, case, news.values(), most)
        known |= {state: cut.acknowledged for state, cut in news.items()}
        if most and len(violations) >= most:
            break
    return Tally(len(known), violations, time.perf_counter() - start)


def _sources(harness: Harness, case: Case) -> Iterator[dict[State, Cut]]:
    first = cuts(harness, case)
    yield first.cuts
    for failing in range(1, first.fsyncs + 1):
        yield cuts(harness, case, failing).cuts
    yield after_a_kill(harness, case)
    yield of_recovery(harness, case)


def _violations(harness: Harness, case: Case, states: Iterable[Cut], most: int) -> list[str]:
    """Open each state; the index beside it is an old one, or none."""
    violations: list[str] = []
    for number, cut in enumerate(states):
        harness.restore(cut.tree)
        put_index(harness, case, number)
        ended = Ended(None, "done" if cut.acknowledged else "", "")
        wrong = find_violations(harness, case, ended, again=number % AGAIN == 0)
        violations += [f"{case.flow.name}: power cut after {cut.event}: {one}" for one in wrong]
        if most and len(violations) >= most:
            break
    return violations
