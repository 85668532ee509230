"""Item 3: whatever the disk holds after a power cut is wholly old or wholly new, and new if it was acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from faults.flows import BY_NAME, FLOWS, SHAPES, Flow
from faults.harness import Harness
from faults.oracle import Case
from faults.power import THOROUGH, Disk, Step
from faults.power_cuts import cut_all
from faults.test_every_call import named, show
from figures import Counted

CUT = {*SHAPES} - {"review", "import json", "mentor end"}
"""These three are of the shape of `meeting log`, several records at once, and have the most events: exhaustive."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "flow",
    [pytest.param(one, marks=[] if one.name in CUT else [pytest.mark.exhaustive], id=named(one)) for one in FLOWS],
)
def test_every_state_after_a_power_cut(
    harness: Harness, prepare: Callable[[Flow], Case], flow: Flow, counted: Counted
) -> None:
    """Power fails after every event of a command, with a failed fsync, after a kill, and while it is recovered."""
    tally = cut_all(harness, prepare(flow))
    counted("3 power cuts", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 20
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_one_command_in_a_moment(harness: Harness, prepare: Callable[[Flow], Case], counted: Counted) -> None:
    """The same for one command of one file, in seconds."""
    tally = cut_all(harness, prepare(BY_NAME["goal progress"]))
    counted("3 power cuts", tally.cases, len(tally.violations), tally.seconds)

    assert not tally.violations, show(tally)


def test_the_disk_itself() -> None:
    """The model: what was not fsynced is old, half, full or zeros; names that were not synced are any subset."""
    disk = Disk({"goals/a": b"old"})
    new = disk.new()
    disk.pending.append(Step("goals", sets=(("b", new),)))
    disk.written[new] = b"1234"
    found = [{**tree} for tree in disk.states(Random(1), THOROUGH)]
    assert found == [{"goals/a": b"old"}, *({"goals/a": b"old", "goals/b": b} for b in (b"", b"12", b"1234", bytes(4)))]

    disk.sync(new)
    disk.sync_folder("goals")
    disk.pending.append(Step("goals", sets=(("a", new),), removes=(("b", new),)))
    found = [{**tree} for tree in disk.states(Random(1), THOROUGH)]
    assert found == [{"goals/a": b"old", "goals/b": b"1234"}, {"goals/a": b"1234"}]
