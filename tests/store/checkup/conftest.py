"""A journal for verifications; the other tests of this room make their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mentorlog.store.journal import Journal
from store.checkup.vouched import opened, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of five operations on two records, the profile and a template."""
    root = tmp_path_factory.mktemp("made") / "journal"
    write(root)
    return root


@pytest.fixture
def journal(made: Path, tmp_path: Path) -> Journal:
    """A copy of that journal."""
    shutil.copytree(made, tmp_path / "journal", symlinks=True)
    return opened(tmp_path / "journal")
