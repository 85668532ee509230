"""What the tests of the commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from world import NOW


@pytest.fixture
def keep(journal_root: Path) -> Callable[..., None]:
    """Keep records in the journal, past the command line."""

    def put(*records: Record) -> None:
        journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
        for record in records:
            journal.add(record, name="keep")

    return put
