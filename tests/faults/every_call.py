"""One workflow with every fault at every call that it makes."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from faults.inject import KILL, SHORT, Fault, injected
from faults.judge import Play, judge, put_index
from faults.stage import Stage

HARMLESS: tuple[Fault, ...] = (SHORT, errno.EINTR)
DISK: tuple[Fault, ...] = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES)
FEW: tuple[Fault, ...] = (KILL, errno.EIO)
ALL: tuple[Fault, ...] = (KILL, *HARMLESS, *DISK)


class Tally(NamedTuple):
    """How many cases there were, what was wrong, and how long it took."""

    cases: int
    violations: list[str]
    seconds: float


def strike(stage: Stage, play: Play, faults: Iterable[Fault] = ALL, *, lasting: bool = False, most: int = 0) -> Tally:
    """Do every fault at every call; stop after `most` violations, if given."""
    start, cases, violations = time.perf_counter(), 0, []
    for fault in faults:
        for at in _calls(stage, play, fault):
            stage.restore(play.before)
            put_index(stage, play, at)
            with injected(at, fault, lasting=lasting) as faulty:
                ended = play.run(stage)
            if not faulty.struck:
                continue
            cases += 1
            wrong = judge(stage, play, ended)
            if fault in HARMLESS and ended.exit != 0:
                wrong.append(f"{fault} is no failure, but: exit {ended.exit}, {ended.err.strip()}")
            name, args = faulty.log[at - 1]
            violations += [f"{play.flow.name}: {_said(fault)} at call {at} ({name} {args[:2]}): {one}" for one in wrong]
            if most and len(violations) >= most:
                return Tally(cases, violations, time.perf_counter() - start)
    return Tally(cases, violations, time.perf_counter() - start)


def _calls(stage: Stage, play: Play, fault: Fault) -> Sequence[int]:
    """Return the numbers of the calls that a run makes; of a short write those that read or write."""
    stage.restore(play.before)
    put_index(stage, play, 8)  # the case that makes the most calls
    with injected() as faulty:
        play.run(stage)
    names = [name for name, _ in faulty.log]
    return [at for at, name in enumerate(names, 1) if fault != SHORT or name in ("read", "write")]


def _said(fault: Fault) -> str:
    return errno.errorcode[fault] if isinstance(fault, int) else fault
