"""Two at once, call by call: what both acknowledged is there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from faults.concurrent_writer import Interrupting, interrupt
from faults.flows import BY_NAME, Flow
from faults.harness import Harness
from faults.inject import KILL_AFTER, injected, installed
from faults.oracle import Case
from faults.test_every_call import show
from figures import Counted

PENDING = "pending.json"

PAIRS = [
    ("goal progress", ("goal", "tell", "g7k3q", "curie")),  # the same file
    ("note add", ("task", "add", "Röntgen's plates")),
    ("undo", ("note", "close", "n2b3c")),
    ("goal pause", ("note", "list")),
]


QUICK = PAIRS[1]
"""The pair that the README's tests try, at every third call; .ci/run tries all at every call."""


@pytest.mark.slow
def test_doctor_while_an_operation_is_finished(harness: Harness, prepare: Callable[[Flow], Case]) -> None:
    """An operation that somebody finishes at any call of a reading doctor loses no record and no link."""
    flow = prepare(BY_NAME["meeting log"])
    harness.restore(flow.before)
    with injected() as counted:
        flow.run(harness)
    committed = next(
        at for at, (name, args) in enumerate(counted.log, 1) if name == "rename" and args[1].name == PENDING
    )
    harness.restore(flow.before)
    with injected(committed, KILL_AFTER):
        flow.run(harness)
    before, found, waited = harness.tree(), [], 0

    for at in range(1, 10_000):
        harness.restore(before)
        faulty = Interrupting(at, lambda: harness.run("task", "add", "Röntgen's plates", seed=3))
        with installed(faulty):
            found.append(json.loads(harness.run("doctor", "--json").out)["data"])
        if faulty.ended is None:
            break
        waited += faulty.ended.exit == 4  # who comes while doctor tries the lock waits for it
        assert faulty.ended.exit in (0, 4), faulty.ended

    assert waited <= 1
    alone = found.pop()
    assert len(found) > 60
    assert {one["record_count"] for one in found} == {alone["record_count"], alone["record_count"] + 1}
    links = [finding for one in found for finding in one["findings"] if "link" in finding["message"]]
    assert links == []


@pytest.mark.parametrize(
    "name, other, every",
    [
        pytest.param(*QUICK, 3, id="every third call"),
        *(pytest.param(*pair, 1, id=pair[0], marks=pytest.mark.slow) for pair in PAIRS),
    ],
)
def test_another_mentorlog_at_every_call(
    harness: Harness, prepare: Callable[[Flow], Case], name: str, other: tuple[str, ...], every: int, counted: Counted
) -> None:
    """A second change at any call of the first is refused as busy, or is kept beside it; a reader is told the truth."""
    tally = interrupt(harness, prepare(BY_NAME[name]), other, every=every)
    counted("1 two at once, call by call", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 60 // every
    assert not tally.violations, show(tally)
