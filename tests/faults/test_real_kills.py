"""Item 2: the real program, killed or refused by the real system at one call after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from faults.flows import BY_NAME, WIDEST, Flow
from faults.harness import HIDDEN, Ended, Harness, Tree, records_of
from faults.oracle import Case, find_violations
from faults.strace import NEED_SPACE, READS, WRITES, Place, Traced, cannot_trace, chosen
from figures import Counted

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(cannot_trace()), reason=cannot_trace())]
widest = pytest.mark.parametrize("name", WIDEST)
Ready = Callable[[Flow], Case]
REFUSED = ("review", "undo")
"""The commands that are refused every call in `.ci/run`; the others are exhaustive."""


@widest
def test_killed_at_every_call(harness: Harness, prepare: Ready, name: str, counted: Counted) -> None:
    """Killed before every call that changes something: wholly old or wholly new, and new if it said so."""
    cases = _strike(harness, prepare(BY_NAME[name]), counted, {"signal=SIGKILL": ()})

    assert cases > 20


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in REFUSED else pytest.mark.exhaustive) for name in WIDEST]
)
def test_refused_at_every_call(harness: Harness, prepare: Ready, name: str, counted: Counted) -> None:
    """The same where the disk fails at every call, or is full at every call that needs space."""
    faults = {"error=EIO": (*WRITES, *READS), "error=ENOSPC": NEED_SPACE}
    cases = _strike(harness, prepare(BY_NAME[name]), counted, faults)

    assert cases > 40


def _strike(harness: Harness, ready: Case, counted: Counted, faults: Mapping[str, tuple[str, ...]]) -> int:
    """Do each fault at every one of its calls; return how many cases there were, none of them wrong."""
    start, cases, violations = time.perf_counter(), 0, list[str]()
    program = Traced(harness, ready.flow.argv, ready.flow.stdin)
    places = _places(harness, ready, program)
    for how, calls in faults.items():
        for place in chosen(places, calls):
            ready_again(harness, ready.before)
            ended, came = program.struck(place, how)
            if came:
                cases += 1
                violations += [f"{how} at {place}: {one}" for one in find_violations(harness, ready, ended)]
    counted("2 real kills", cases, len(violations), time.perf_counter() - start)
    assert not violations, "\n".join(violations[:10])
    return cases


def ready_again(harness: Harness, tree: Tree) -> None:
    """Put the files back, and the index with them: each run makes the same calls."""
    harness.restore(tree)
    harness.index_answers()


def _places(harness: Harness, ready: Case, program: Traced) -> list[Place]:
    """Return its calls; alone and traced the real program writes what the one in this process writes."""
    ready_again(harness, ready.before)
    assert program.alone().exit == 0
    assert records_of(harness.tree()) == ready.new
    ready_again(harness, ready.before)
    found = program.places()
    assert records_of(harness.tree()) == ready.new
    return found


def _committed(harness: Harness, ready: Case) -> Tree:
    """Return the files after a real kill at the first call that follows the commit point."""
    program = Traced(harness, ready.flow.argv, ready.flow.stdin)
    ready_again(harness, ready.before)
    places = program.places()
    at = next(i for i, place in enumerate(places) if place.call == "rename" and '/pending.json"' in place.line)
    synced = next(i for i, place in enumerate(places) if i > at and place.call == "fsync")
    for place in filter(lambda place: place.changes, places[synced + 1 :]):
        ready_again(harness, ready.before)
        _, came = program.struck(place, "signal=SIGKILL")
        if came:
            tree = harness.tree()
            assert f"{HIDDEN}pending.json" in tree
            return tree
    raise AssertionError("it could not be killed there")


@widest
def test_a_second_kill_during_the_recovery(harness: Harness, prepare: Ready, name: str, counted: Counted) -> None:
    """The recovery, killed at every call that changes something, is finished by the next one."""
    start, ready = time.perf_counter(), prepare(BY_NAME[name])
    committed = _committed(harness, ready)
    cases, violations = 0, []
    program = Traced(harness, ("look",), seed=2)
    ready_again(harness, committed)
    for place in chosen(program.places()):
        ready_again(harness, committed)
        _, came = program.struck(place, "signal=SIGKILL")
        if came:
            cases += 1
            told = find_violations(harness, ready, Ended(None, "committed", ""))
            violations += [f"killed a second time at {place}: {one}" for one in told]
    counted("2 real kills", cases, len(violations), time.perf_counter() - start)

    assert cases > 10
    assert not violations, "\n".join(violations[:10])


@widest
def test_somebody_between_the_crash_and_the_recovery(
    harness: Harness, prepare: Ready, name: str, counted: Counted
) -> None:
    """A file that another program has written meanwhile stays; ours is kept beside it; both are named, exit 3."""
    start, ready = time.perf_counter(), prepare(BY_NAME[name])
    committed = _committed(harness, ready)
    targets = [path for path, data in ready.new.items() if committed.get(path) != data]
    violations = []
    program = Traced(harness, ("look",), seed=2)
    for path in targets:
        harness.restore({**committed, path: b"# by hand\n"})
        ended = program.alone()
        tree = harness.tree()
        kept = [data for name, data in tree.items() if name.startswith(f"{HIDDEN}conflicts/")]
        if ended.exit != 3 or path not in ended.err:
            violations.append(f"{path}: {ended}")
        if tree[path] != b"# by hand\n" or kept != [ready.new[path]]:
            violations.append(f"{path}: not both texts are there")
        if {**records_of(tree), path: ready.new[path]} != ready.new:
            violations.append(f"{path}: the other files are not as they should be")
    counted("2 real kills", len(targets), len(violations), time.perf_counter() - start)

    assert targets
    assert not violations, "\n".join(violations)
