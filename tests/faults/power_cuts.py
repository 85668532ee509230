"""One workflow, and every state that a power cut may leave of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from faults.every_call import Tally
from faults.inject import Faulty
from faults.judge import Play, judge, put_index
from faults.power import QUICK, THOROUGH, Cut, Disk, Recorder, State
from faults.stage import Ended, Stage, is_journal, records_of
from mentorlog.errors import MentorlogError
from mentorlog.store.disk import syscalls

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
def recording(stage: Stage, disk: Disk, **how: Any) -> Iterator[Recorder]:
    """Record what happens to the disk within the block."""
    recorder = Recorder(stage.root, disk, **how)
    syscalls.calls = recorder  # type: ignore[assignment]
    try:
        yield recorder
    finally:
        syscalls.calls = recorder.real


def cuts(stage: Stage, play: Play, failing: int = 0) -> Recorder:
    """Return what power cuts during a run may leave; with `failing`, after that fsync has said no."""
    stage.restore(play.before)
    with recording(
        stage, Disk(play.before, stage.folders()), failing=failing, effort=QUICK if failing else THOROUGH
    ) as recorder:
        ended = play.run(stage)
        recorder.collect("the end", acknowledged=ended.exit == 0)
    assert failing or ended.exit == 0, ended
    return recorder


def _killed(stage: Stage, play: Play, calls: Any) -> Any:
    """Run the play with these calls until they kill it, and let its descriptors go."""
    syscalls.calls = calls
    try:
        play.run(stage)
    finally:
        syscalls.calls = calls.real
        calls.bury()
    return calls


def after_a_kill(stage: Stage, play: Play) -> dict[State, Cut]:
    """Return what power cuts may leave that come after a kill, while the next command does what is to be done then.

    What the killed one had not made durable is not so yet.
    """
    found: dict[State, Cut] = {}
    disks: set[Any] = set()
    for at in range(1, 10_000):
        stage.restore(play.before)
        killed = _killed(stage, play, Recorder(stage.root, Disk(play.before, stage.folders()), dying=at))
        if not killed.dead:
            return found
        if killed.disk.seen() in disks:
            continue
        disks.add(killed.disk.seen())
        with recording(stage, killed.disk, effort=QUICK) as next_one:
            done = _looked(stage, play) or play.run(stage, seed=2).exit == 0
            next_one.collect("the end", acknowledged=done)
        for state, cut in next_one.cuts.items():
            found[state] = cut if cut.acknowledged else found.get(state, cut)
    return found


def _looked(stage: Stage, play: Play) -> bool:
    """Open the journal as the next change does; return whether the killed change is there then."""
    if is_journal(stage.tree()):
        with suppress(MentorlogError):  # what is wrong is said where the state itself is judged
            stage.journal().change("look", lambda transaction: None)
    return records_of(stage.tree()) == play.new


def of_recovery(stage: Stage, play: Play) -> dict[State, Cut]:
    """Return what power cuts may leave while the next command finishes a change that was surely committed."""
    stage.restore(play.before)
    if not _killed(stage, play, KilledAfterCommit()).dead:
        return {}
    killed = stage.tree()
    with recording(stage, Disk(killed, stage.folders())) as recorder:
        stage.journal().change("look", lambda transaction: None)
        recorder.collect("the end")
    return {state: cut._replace(acknowledged=True) for state, cut in recorder.cuts.items()}


def cut_all(stage: Stage, play: Play, most: int = 0) -> Tally:
    """Cut the power after every event of a run, of a run with each fsync failing, after each kill, in the recovery."""
    start = time.perf_counter()
    known: dict[State, bool] = {}  # what was judged, and whether as acknowledged
    violations: list[str] = []
    for states in _sources(stage, play):
        news = {state: cut for state, cut in states.items() if known.get(state, -1) < cut.acknowledged}
        violations += _judged(stage, play, news.values(), most)
        known |= {state: cut.acknowledged for state, cut in news.items()}
        if most and len(violations) >= most:
            break
    return Tally(len(known), violations, time.perf_counter() - start)


def _sources(stage: Stage, play: Play) -> Iterator[dict[State, Cut]]:
    first = cuts(stage, play)
    yield first.cuts
    for failing in range(1, first.fsyncs + 1):
        yield cuts(stage, play, failing).cuts
    yield after_a_kill(stage, play)
    yield of_recovery(stage, play)


def _judged(stage: Stage, play: Play, states: Iterable[Cut], most: int) -> list[str]:
    """Open each state; the index beside it is an old one, or none."""
    violations: list[str] = []
    for number, cut in enumerate(states):
        stage.restore(cut.tree)
        put_index(stage, play, number)
        ended = Ended(None, "done" if cut.acknowledged else "", "")
        wrong = judge(stage, play, ended, again=number % AGAIN == 0)
        violations += [f"{play.flow.name}: power cut after {cut.event}: {one}" for one in wrong]
        if most and len(violations) >= most:
            break
    return violations
