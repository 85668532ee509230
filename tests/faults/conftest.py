"""Stages for the tests of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from faults.flows import Flow
from faults.judge import Play, beginning, prepared
from faults.stage import Stage, staged


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage with nothing on it yet."""
    with staged() as one:
        yield one


@pytest.fixture
def play(stage: Stage) -> Callable[[Flow], Play]:
    """play(flow): the workflow, ready on the stage, in the journal of the autumn."""
    return lambda flow: prepared(stage, flow, beginning(stage))
