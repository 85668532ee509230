"""Harnesses for the tests of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from faults.flows import Flow
from faults.harness import Harness, harness_in_memory
from faults.oracle import Case, beginning, prepared


@pytest.fixture
def harness() -> Iterator[Harness]:
    """A harness with no journal yet."""
    with harness_in_memory() as one:
        yield one


@pytest.fixture
def prepare(harness: Harness) -> Callable[[Flow], Case]:
    """prepare(flow): the workflow, ready to run, in the sample journal."""
    return lambda flow: prepared(harness, flow, beginning(harness))
