"""A second mentorlog at every call of the first: it waits for the lock, or its change is there afterwards too."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from faults.every_call import Tally
from faults.harness import Ended, Harness, Tree, records_of
from faults.inject import Faulty, installed
from faults.oracle import Case
from mentorlog.store.disk import lock, syscalls
from mentorlog.store.index import database

LOCK = lock.lock


class Interrupting(Faulty):
    """Runs the writer before call number `at`, as another process would: with calls of its own.

    After it where it closes a file: with that, a lock may end for which the writer waits.
    """

    def __init__(self, at: int, writer: Any) -> None:
        super().__init__()
        self._place, self._writer = at, writer
        self.ended: Ended | None = None

    def _call(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if len(self.log) + 1 != self._place or self.ended is not None:
            return super()._call(name, function, args, kwargs)
        if name == "close":
            super()._call(name, function, args, kwargs)
            return self._write()
        self._write()
        return super()._call(name, function, args, kwargs)

    def _write(self) -> None:
        syscalls.calls = self.real
        try:
            self.ended = self._writer()
        finally:
            syscalls.calls = self  # type: ignore[assignment]


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


def interrupt(harness: Harness, case: Case, other: tuple[str, ...], most: int = 0, every: int = 1) -> Tally:
    """Run the other command at every call of the case's; both, in some order, or one that said it was busy."""
    start, cases, violations = time.perf_counter(), 0, []
    either = _orders(harness, case, other)
    with impatient():
        for at in range(1, 10_000, every):
            harness.restore(case.before)
            faulty = Interrupting(at, lambda: harness.run(*other, seed=3))
            with installed(faulty):
                ended = case.run(harness)
            if faulty.ended is None:
                break
            cases += 1
            name, args = faulty.log[at - 1]
            where = f"{case.flow.name} with {' '.join(other)} at call {at} ({name} {args[:1]}): "
            violations += [where + one for one in _violations(harness, either, ended, faulty.ended)]
            if most and len(violations) >= most:
                break
    return Tally(cases, violations, time.perf_counter() - start)


def _orders(harness: Harness, case: Case, other: tuple[str, ...]) -> dict[tuple[bool, bool], list[Tree]]:
    """Return what may be there where the first, the other, or both were acknowledged."""

    def after(*runs: str) -> Tree:
        harness.restore(case.before)
        for run in runs:
            ended = case.run(harness) if run == "first" else harness.run(*other, seed=3)
            assert ended.exit == 0, ended
        return records_of(harness.tree())

    return {
        (False, False): [case.old],
        (True, False): [case.new],
        (False, True): [after("other")],
        (True, True): [after("first", "other"), after("other", "first")],
    }


def _violations(harness: Harness, either: dict[tuple[bool, bool], list[Tree]], first: Ended, other: Ended) -> list[str]:
    wrong = [f"exit {one.exit}: {one.err.strip()}" for one in (first, other) if one.exit not in (0, 4)]
    if first.exit and other.exit:
        wrong.append("neither could go on")
    now = records_of(harness.tree())
    if now not in either[first.exit == 0, other.exit == 0]:
        wrong.append("what was acknowledged is not what is there")
    if harness.index_answers() != harness.expected_answers(now):
        wrong.append("a reader was told something else than the files say")
    return wrong
