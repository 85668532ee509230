"""Items 24 and 25: what meets a remote leaves old or new here and on the remote, whatever happens at any call."""

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

ITEM = "24 sync: every call, every fault"
CUTS = "25 sync: power cuts"


@pytest.mark.slow
def test_a_fault_at_some_calls(harness: Harness, counted: Counted) -> None:
    """Killed here and there; the next sync does what is left to do."""
    case = synced.prepared(harness, BY_NAME["sync"], beginning(harness))
    tally = synced.strike(harness, case, [KILL, errno.EIO], every=90)
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 6
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", [*ALL, INTERRUPT], ids=str)
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name.replace(",", "").replace(" ", "-"))
def test_every_fault_at_every_call(harness: Harness, flow: Flow, fault: str | int, counted: Counted) -> None:
    """At every call the journal is old or new, what was sent is applied, and a sync goes on."""
    if flow.encrypted:
        pytest.importorskip("pyrage")
    case = synced.prepared(harness, flow, beginning(harness))
    tally = synced.strike(harness, case, [fault])
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 20
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.exhaustive), 17], ids=["all", "some"])
def test_every_state_after_a_power_cut(harness: Harness, every: int, counted: Counted) -> None:
    """Whatever the disk holds of the journal is old or new; the next sync does what is left to do."""
    tally = synced.cut(harness, synced.prepared(harness, BY_NAME["sync"], beginning(harness)), every=every)
    counted(CUTS, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 2
    assert not tally.violations, show(tally)
