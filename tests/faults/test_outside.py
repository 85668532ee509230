"""Item 18: `backup make` and `backup restore` leave old or new, whatever happens at any call; a backup verifies."""

from __future__ import annotations

import errno
import json
from collections.abc import Sequence

import pytest

from faults import outside
from faults.concurrent_writer import Interrupting
from faults.every_call import ALL, Tally
from faults.harness import Harness
from faults.inject import KILL, Fault, installed
from faults.oracle import beginning
from faults.outside import BY_NAME, FLOWS, Flow
from figures import Counted

ITEM = "18 backups: every call, every fault"
QUICK: tuple[Fault, ...] = (KILL, errno.EIO)
NAMES = [flow.name.replace(" ", "-") for flow in FLOWS]


def show(tally: Tally) -> str:
    """Return the first violations, for people."""
    return "\n".join([f"{len(tally.violations)} of {tally.cases} cases:", *tally.violations[:10]])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("backup make", QUICK),
        ("backup make --with-log", QUICK),
        ("backup make --yes", QUICK),
        ("backup restore", [KILL]),
    ],
)
def test_a_fault_at_every_call_that_writes(
    harness: Harness, name: str, faults: Sequence[Fault], counted: Counted
) -> None:
    """Killed or refused by the disk wherever something is written; the same command then works again."""
    tally = outside.strike(harness, outside.prepared(harness, BY_NAME[name], beginning(harness)), faults, few=True)
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 10
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("flow", FLOWS, ids=NAMES)
def test_every_fault_at_every_call(harness: Harness, flow: Flow, counted: Counted) -> None:
    """Every fault at every call, of reading too; then a disk that stays full or read-only from any call that writes."""
    case = outside.prepared(harness, flow, beginning(harness))
    for tally in (
        outside.strike(harness, case, ALL),
        outside.strike(harness, case, (errno.ENOSPC, errno.EROFS), lasting=True, few=True),
    ):
        counted(ITEM, tally.cases, len(tally.violations), tally.seconds)
        assert not tally.violations, show(tally)


@pytest.mark.parametrize("step", [997, pytest.param(97, marks=[pytest.mark.slow, pytest.mark.exhaustive])])
def test_a_disk_that_returns_other_bytes(harness: Harness, step: int, counted: Counted) -> None:
    """What was written is read back: if one bit differs there is no backup, and the old one stays."""
    case = outside.prepared(harness, BY_NAME["backup make --yes"], beginning(harness))
    tally = outside.lie(harness, case, step)
    counted(ITEM, tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 10
    assert not tally.violations, show(tally)


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.exhaustive])])
def test_a_verification_during_a_restore(harness: Harness, every: int) -> None:
    """At any call there is no journal yet, or all of it, in which nothing is wrong."""
    case = outside.prepared(harness, BY_NAME["backup restore"], beginning(harness))
    target = str(outside.place(harness) / outside.TARGET)
    seen, at = set[int | None](), 1
    while True:
        case.restore(harness)
        faulty = Interrupting(at, lambda: harness.run("--journal", target, "doctor", "--verify", "--json", seed=3))
        with installed(faulty):
            assert case.run(harness).exit == 0
        if (ended := faulty.ended) is None:
            break
        seen.add(ended.exit)
        if ended.exit == 0:
            assert json.loads(ended.out)["data"]["findings"] == [], at
        else:
            assert f"No journal in {target}" in ended.err, (at, ended)
        at += every
    assert at > 100
    assert every > 1 or seen == {0, 1}
