"""A second mentorlog at every call of the first: it waits for the lock, or its change is there afterwards too."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from faults.every_call import Tally
from faults.inject import Faulty
from faults.judge import Play
from faults.stage import Ended, Stage, Tree, records_of
from mentorlog.store.disk import lock, syscalls
from mentorlog.store.index import database

LOCK = lock.lock


class Interrupting(Faulty):
    """Runs the intruder before call number `at`, as another process would: with calls of its own."""

    def __init__(self, at: int, intruder: Any) -> None:
        super().__init__()
        self._place, self._intruder = at, intruder
        self.ended: Ended | None = None

    def _call(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if len(self.log) + 1 == self._place and self.ended is None:
            syscalls.calls = self.real
            try:
                self.ended = self._intruder()
            finally:
                syscalls.calls = self  # type: ignore[assignment]
        return super()._call(name, function, args, kwargs)


@contextmanager
def impatient() -> Iterator[None]:
    """Who meets a lock gives up at once: the other cannot go on before."""
    held = database.VerifiedDatabase._exclusive.__wrapped__  # type: ignore[attr-defined]
    kept, kept_seconds, patience = lock.lock, (database.BUSY_SECONDS, database.READ_SECONDS), held.__defaults__
    if kept is LOCK:
        lock.lock = functools.partial(LOCK, limit=0)  # type: ignore[assignment]
    database.BUSY_SECONDS = database.READ_SECONDS = 0
    held.__defaults__ = (0,)
    try:
        yield
    finally:
        lock.lock = kept
        database.BUSY_SECONDS, database.READ_SECONDS = kept_seconds
        held.__defaults__ = patience


def interrupt(stage: Stage, play: Play, other: tuple[str, ...], most: int = 0, every: int = 1) -> Tally:
    """Run the other command at every call of the play's; both, in some order, or one that said it was busy."""
    start, cases, violations = time.perf_counter(), 0, []
    either = _orders(stage, play, other)
    with impatient():
        for at in range(1, 10_000, every):
            stage.restore(play.before)
            faulty = Interrupting(at, lambda: stage.run(*other, seed=3))
            syscalls.calls = faulty  # type: ignore[assignment]
            try:
                ended = play.run(stage)
            finally:
                syscalls.calls = faulty.real
            if faulty.ended is None:
                break
            cases += 1
            name, args = faulty.log[at - 1]
            where = f"{play.flow.name} with {' '.join(other)} at call {at} ({name} {args[:1]}): "
            violations += [where + one for one in _judged(stage, either, ended, faulty.ended)]
            if most and len(violations) >= most:
                break
    return Tally(cases, violations, time.perf_counter() - start)


def _orders(stage: Stage, play: Play, other: tuple[str, ...]) -> dict[tuple[bool, bool], list[Tree]]:
    """Return what may be there where the first, the other, or both were acknowledged."""

    def after(*runs: str) -> Tree:
        stage.restore(play.before)
        for run in runs:
            ended = play.run(stage) if run == "first" else stage.run(*other, seed=3)
            assert ended.exit == 0, ended
        return records_of(stage.tree())

    return {
        (False, False): [play.old],
        (True, False): [play.new],
        (False, True): [after("other")],
        (True, True): [after("first", "other"), after("other", "first")],
    }


def _judged(stage: Stage, either: dict[tuple[bool, bool], list[Tree]], first: Ended, other: Ended) -> list[str]:
    wrong = [f"exit {one.exit}: {one.err.strip()}" for one in (first, other) if one.exit not in (0, 4)]
    if first.exit and other.exit:
        wrong.append("neither could go on")
    now = records_of(stage.tree())
    if now not in either[first.exit == 0, other.exit == 0]:
        wrong.append("what was acknowledged is not what is there")
    if stage.told() != stage.scanned(now):
        wrong.append("a reader was told something else than the files say")
    return wrong
