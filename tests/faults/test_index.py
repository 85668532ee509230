"""The index fails while it is asked: the files answer."""

from __future__ import annotations

from faults.harness import Harness, records_of
from faults.oracle import beginning


def test_a_disk_that_fails_below_an_open_index(harness: Harness) -> None:
    """A file of the index that turns to rubbish after it was opened changes no answer."""
    records = records_of(beginning(harness))
    for rubbish in (b"", bytes(200_000), b"x" * 5000):
        journal = harness.journal()
        assert journal.reading.view("g7k3q")["title"] == "Submit case report"
        (harness.root / ".mentorlog/index.sqlite").write_bytes(rubbish)

        assert harness.index_answers(journal) == harness.expected_answers(records)
        assert harness.index_answers() == harness.expected_answers(records)
