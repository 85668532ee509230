"""One workflow with every fault at every call that it makes."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from faults.harness import Ended, Harness
from faults.inject import KILL, SHORT, Fault, injected
from faults.oracle import Case, find_violations, put_index

HARMLESS: tuple[Fault, ...] = (SHORT, errno.EINTR)
DISK: tuple[Fault, ...] = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES)
ALL: tuple[Fault, ...] = (KILL, *HARMLESS, *DISK)
ALIKE: tuple[Fault, ...] = (errno.ENOSPC, errno.EROFS)
"""What the store treats as it treats EIO: the sentence alone is another."""
Calls = Sequence[tuple[str, tuple[Any, ...]]]
"""The names of calls, with what they were given."""


class Tally(NamedTuple):
    """How many cases there were, what was wrong, and how long it took."""

    cases: int
    violations: list[str]
    seconds: float


def strike(
    harness: Harness, case: Case, faults: Iterable[Fault] = ALL, *, lasting: bool = False, most: int = 0
) -> Tally:
    """Do every fault at every call; stop after `most` violations, if given."""

    def restore(at: int) -> None:
        harness.restore(case.before)
        put_index(harness, case, at)

    def judge(ended: Ended, call: str) -> list[str]:
        return find_violations(harness, case, ended)

    places = ((fault, at) for fault in faults for at in _calls(harness, case, fault))
    run = partial(case.run, harness)
    return strike_at(case.flow.name, places, restore, run, judge, lasting=lasting, most=most)


def strike_at(
    command: str,
    places: Iterable[tuple[Fault, int]],
    restore: Callable[[int], None],
    run: Callable[[], Ended],
    judge: Callable[[Ended, str], list[str]],
    *,
    lasting: bool,
    most: int,
) -> Tally:
    """Do each fault at its call, and let `judge` say what is wrong after it, given the name of the call.

    `restore` puts everything back before the case of a call; `most`: stop after so many violations, if given.
    """
    start, cases, violations = time.perf_counter(), 0, list[str]()
    for fault, at in places:
        restore(at)
        with injected(at, fault, lasting=lasting) as faulty:
            ended = run()
        if not faulty.struck:
            continue
        cases += 1
        wrong = judge(ended, faulty.log[at - 1][0])
        wrong += [f"left open: {path}" for path in faulty.left_open]
        if fault in HARMLESS and ended.exit != 0:
            wrong.append(f"{fault} is no failure, but: exit {ended.exit}, {ended.err.strip()}")
        violations += told(f"{command}: {said_of(fault)}", at, faulty.log, wrong)
        if most and len(violations) >= most:
            break
    return Tally(cases, violations, time.perf_counter() - start)


def _calls(harness: Harness, case: Case, fault: Fault) -> Sequence[int]:
    """Return the numbers of the calls that a run makes; of a short write those that read or write."""
    harness.restore(case.before)
    put_index(harness, case, 8)  # the case that makes the most calls
    with injected() as faulty:
        case.run(harness)
    # A check reads every file several times: a kill between two reads is one before the next change.
    return struck_at(faulty.log, fault, changes_only=fault == KILL and case.flow.argv[0] == "doctor")


def struck_at(log: Calls, fault: Fault, *, changes_only: bool = False) -> list[int]:
    """Return the numbers of the calls at which a fault can strike; `changes_only`: before and after each change."""
    if changes_only:
        changes = [_changes(name, args) for name, args in log]
        return [at for at, now in enumerate(changes, 1) if now or at == 1 or changes[at - 2]]
    return [at for at, (name, _) in enumerate(log, 1) if fault != SHORT or name in ("read", "write")]


def _changes(name: str, args: Sequence[Any]) -> bool:
    """Return whether a call may change what is on the disk, now or at a power cut."""
    if name == "open":
        return bool(args[1] & os.O_CREAT)
    return name not in ("read", "close", "stat", "fstat", "lstat", "listdir", "scandir")


def told(struck: str, at: int, log: Calls, wrong: Iterable[str]) -> list[str]:
    """Return what was wrong after a fault, each time with what struck where."""
    name, args = log[at - 1]
    return [f"{struck} at call {at} ({name} {args[:2]}): {one}" for one in wrong]


def said_of(fault: Fault) -> str:
    """Return the name of a fault."""
    return errno.errorcode[fault] if isinstance(fault, int) else fault
