"""Item 20: sync and `init --from` leave old or new here and on the remote, whatever happens at any call."""

from __future__ import annotations

import errno

import pytest

from faults import synced
from faults.every_call import ALL
from faults.harness import Harness
from faults.inject import INTERRUPT, KILL
from faults.oracle import beginning
from faults.synced import BY_NAME, FLOWS, Flow
from faults.test_outside import show
from figures import Counted

ITEM = "20 sync: every call, every fault"


@pytest.mark.slow
def test_a_fault_at_some_calls(harness: Harness, counted: Counted) -> None:
    """Killed here and there; the next sync does what is left to do."""
    case = synced.prepared(harness, BY_NAME["sync"], beginning(harness))
    tally = synced.strike(harness, case, [KILL, errno.EIO], every=60)
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 10
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", [*ALL, INTERRUPT], ids=str)
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.replace(" ", "-"))
def test_every_fault_at_every_call(harness: Harness, flow: Flow, fault: str | int, counted: Counted) -> None:
    """At every call, of `init` at every third: the journal is old or new, what was sent is applied, a sync goes on."""
    case = synced.prepared(harness, flow, beginning(harness))
    tally = synced.strike(harness, case, [fault], every=3 if flow.fresh else 1)
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 20
    assert not tally.violations, show(tally)
