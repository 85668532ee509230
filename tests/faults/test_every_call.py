"""Item 1: every fault at every call of every changing command leaves the old or the new; the new if acknowledged."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest

from faults.every_call import ALIKE, ALL, Tally, strike
from faults.flows import BY_NAME, FLOWS, READING, SHAPES, Flow
from faults.harness import Harness
from faults.inject import KILL, Fault
from faults.oracle import Case
from figures import Counted
from mentorlog.cli.table import COMMANDS, DEFAULTS, VERBS

FULL = ("review", "undo")
"""The commands that meet every fault in `.ci/run`."""


def show(tally: Tally) -> str:
    """Return the first violations, for people."""
    return "\n".join([f"{len(tally.violations)} of {tally.cases} cases:", *tally.violations[:10]])


def named(flow: Flow) -> str:
    """Return the name of a workflow in the name of its test."""
    return flow.name.replace(" ", "-")


def usual(flow: Flow) -> list[Fault]:
    """Return the faults of a command in `.ci/run`: for one of each shape of a change all that differ, else a kill."""
    if flow.name in FULL:
        return [*ALL]
    return [fault for fault in ALL if fault not in ALIKE] if flow.name in SHAPES else [KILL]


@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS, ids=named)
def test_a_fault_at_every_call(harness: Harness, prepare: Callable[[Flow], Case], flow: Flow, counted: Counted) -> None:
    """Every command is killed at every call; one of each shape of a change meets every fault that differs there."""
    tally = strike(harness, prepare(flow), usual(flow))
    counted("1 every call, every fault", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 30
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("flow", [flow for flow in FLOWS if flow.name not in ("doctor", *FULL)], ids=named)
def test_the_other_faults_at_every_call(
    harness: Harness, prepare: Callable[[Flow], Case], flow: Flow, counted: Counted
) -> None:
    """Every other fault at every call."""
    tally = strike(harness, prepare(flow), [fault for fault in ALL if fault not in usual(flow)])
    counted("1 every call, every fault", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 100
    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mentor end", "undo"])
def test_a_disk_that_stays_full_or_read_only(
    harness: Harness, prepare: Callable[[Flow], Case], name: str, counted: Counted
) -> None:
    """From any call on, every call fails for good; later, after the disk is well again, all is old or new."""
    tally = strike(harness, prepare(BY_NAME[name]), (errno.ENOSPC, errno.EROFS), lasting=True)
    counted("1 every call, every fault", tally.cases, len(tally.violations), tally.seconds)

    assert not tally.violations, show(tally)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_one_command_in_a_moment(harness: Harness, prepare: Callable[[Flow], Case], counted: Counted) -> None:
    """The same for one command of one file, killed or refused by the disk, in a second."""
    tally = strike(harness, prepare(BY_NAME["goal progress"]), (KILL, errno.EIO))
    counted("1 every call, every fault", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 60
    assert not tally.violations, show(tally)


def test_the_table_holds_every_command() -> None:
    """Each command of the program changes something and is in the table of workflows, or is known to read only."""
    known = {" ".join(flow.argv[: len(flow.name.split())]) for flow in FLOWS if " --" not in flow.name}
    commands = COMMANDS.keys() - (VERBS.keys() - DEFAULTS.keys())
    commands |= {f"{noun} {verb}" for noun, verbs in VERBS.items() for verb in verbs}

    assert commands - READING == known
