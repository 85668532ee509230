"""The journal that the tests of the verification damage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faults.harness import harness_in_memory
from trust.rot import Rot


@pytest.fixture(scope="module")
def built() -> Iterator[Rot]:
    """A journal, its index and its backup, put back before each flip."""
    with harness_in_memory() as harness:
        yield Rot(harness)


@pytest.fixture
def made(built: Rot, monkeypatch: pytest.MonkeyPatch) -> Rot:
    """They, for one test."""
    built.enter(monkeypatch)
    return built
