"""The index fails while it is asked: the files answer."""

from __future__ import annotations

from faults.judge import beginning
from faults.stage import Stage, records_of


def test_a_disk_that_fails_below_an_open_index(stage: Stage) -> None:
    """A file of the index that turns to rubbish after it was opened changes no answer."""
    records = records_of(beginning(stage))
    for rubbish in (b"", bytes(200_000), b"x" * 5000):
        journal = stage.journal()
        assert journal.reading.view("g7k3q")["title"] == "Submit case report"
        (stage.root / ".mentorlog/index.sqlite").write_bytes(rubbish)

        assert stage.told(journal) == stage.scanned(records)
        assert stage.told() == stage.scanned(records)
