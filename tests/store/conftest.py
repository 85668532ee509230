"""Journals for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from copies import Copy
from faults.scenario import AT, OLD, changes
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.log import Log


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A journal with one operation in its log, to be copied."""
    root = tmp_path_factory.mktemp("template")
    Log(Layout(root)).commit("first", changes({}, OLD), AT)
    return Copy(root)


@pytest.fixture
def fresh(template: Copy, tmp_path: Path) -> Callable[[], Path]:
    """Make a new copy of the template at each call."""
    numbers = iter(range(100_000))

    def copy() -> Path:
        root = tmp_path / str(next(numbers))
        template.write(root)
        return root

    return copy
