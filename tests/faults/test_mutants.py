"""Item 4: the tests are tested: a store that is broken on purpose is caught, by name; a sound one is not."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from faults.concurrent_writer import interrupt
from faults.every_call import Tally, strike
from faults.flows import BY_NAME, Flow
from faults.harness import Harness, records_of
from faults.inject import KILL
from faults.mutants import MUTANTS
from faults.oracle import Case
from faults.power_cuts import cut_all
from figures import Counted

Checker = Callable[[Harness, Case], Tally]


def kills(harness: Harness, case: Case) -> Tally:
    """Kill at every call; three violations are enough."""
    return strike(harness, case, (KILL,), most=3)


def power(harness: Harness, case: Case) -> Tally:
    """Cut the power after every event."""
    return cut_all(harness, case, most=3)


def another(harness: Harness, case: Case) -> Tally:
    """Let another mentorlog in at every call."""
    return interrupt(harness, case, ("goal", "tell", "g7k3q", "curie"), most=3)


CAUGHT: list[tuple[str, Checker, str, str]] = [
    ("no fsync", power, "task done", "neither old nor new|the next change was refused"),
    ("no folder fsync", power, "task done", "acknowledged and lost"),
    ("written in place", kills, "task done", "neither old nor new"),
    ("no transaction", kills, "task done", "neither old nor new|changed by another program|has changed since"),
    ("acknowledged before the commit", kills, "goal add", "acknowledged and lost"),
    ("fixed temporary name", kills, "goal add", "made again, it fails"),
    (
        "lock ignored",
        another,
        "goal progress",
        "acknowledged is not what is there|another program|has changed since",
    ),
    ("index as a source", kills, "goal add", "a reader was told something else"),
]


QUICK = "no transaction"
"""The mutant that the README's tests try; .ci/run tries all."""


@pytest.mark.parametrize(
    "name, checker, command, said",
    [
        pytest.param(*row, id=row[0].replace(" ", "-"), marks=[] if row[0] == QUICK else pytest.mark.slow)
        for row in CAUGHT
    ],
)
def test_a_mutant_is_caught(
    harness: Harness,
    prepare: Callable[[Flow], Case],
    name: str,
    checker: Checker,
    command: str,
    said: str,
    counted: Counted,
) -> None:
    """Where nothing fails the mutant works; the checker finds it out, and says what is wrong."""
    start, ready = time.perf_counter(), prepare(BY_NAME[command])
    with MUTANTS[name]():
        harness.restore(ready.before)
        harness.forget_index()
        ended = ready.run(harness)
        assert (ended.exit, records_of(harness.tree())) == (0, ready.new), ended
        tally = checker(harness, ready)
    counted("4 mutants caught", 1, int(not tally.violations), time.perf_counter() - start)

    assert any(re.search(said, violation) for violation in tally.violations), tally.violations


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("checker", [kills, power, another])
def test_a_sound_store_is_not_accused(harness: Harness, prepare: Callable[[Flow], Case], checker: Checker) -> None:
    """The same checker has nothing to say of the store as it is, as the other tests of this folder show in .ci/run."""
    assert checker(harness, prepare(BY_NAME["goal progress"])).violations == []


def test_each_mutant_has_its_harness() -> None:
    """No mutant is left out."""
    assert [row[0] for row in CAUGHT] == list(MUTANTS)
