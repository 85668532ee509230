"""`sync --forget` as other machines see it: each keeps its ancestor and its work, and is told what to erase."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentorlog.domain.reports import SyncedRecords, SyncReport
from mentorlog.domain.syncing import SyncRequest
from mentorlog.store.past import UNDO_SYNC
from sync_machines import Desk, Pair, note_id, pair

ERASED, CHANGED, DELETED, OTHER = (note_id(number) for number in range(4))

pytestmark = pytest.mark.slow


@pytest.fixture
def two(tmp_path: Path) -> Pair:
    """Two machines that have synced."""
    return pair(tmp_path)


def forget(desk: Desk, id: str) -> SyncReport:
    """Erase a note on one machine, then the history of the remote."""
    desk.journal.forget("note", id, desk.state / "drafts")
    report, removed = desk.journal.remotes.forget(SyncRequest())
    assert removed == (id,)
    return report


def test_machines_that_know_the_old_history_keep_their_ancestor(two: Pair) -> None:
    """Nobody is asked to rejoin: what they changed is merged, what they deleted is deleted, and nothing comes back."""
    c = Desk(two.root, "c")
    c.sync(to=True, begin=True)
    two.a.write(OTHER, "Sent, but not yet seen by the others.")
    two.a.sync()
    two.b.write(CHANGED, "Changed by b.")
    c.delete(DELETED)

    assert forget(two.a, ERASED).sent.deleted == (ERASED,)

    assert two.git("rev-list", "--count", "mentorlog") == "1"
    second, third = two.b.sync(), c.sync()
    assert second.received == SyncedRecords(changed=(OTHER,), deleted=(ERASED,))
    assert (second.sent, second.merged, second.erased) == (SyncedRecords(changed=(CHANGED,)), (), (ERASED,))
    assert (third.sent, third.erased) == (SyncedRecords(deleted=(DELETED,)), (ERASED,))
    two.settle()
    c.sync()
    assert c.files == two.a.files
    assert not [path for path in c.files if ERASED in path or DELETED in path]

    two.b.journal.forget("note", ERASED, two.b.state / "drafts")
    two.b.write(OTHER, "There is something to do.")
    assert two.b.sync().erased == ()
    two.a.sync()
    two.a.write(OTHER, "And here.")
    assert two.a.sync().erased == ()  # where it was erased


def test_a_record_that_stays_is_not_said_to_be_erased(two: Pair) -> None:
    """Somebody had changed it: an edit beats a deletion, and no machine is told that it is deleted there."""
    two.b.write(ERASED, "Changed by b.")
    forget(two.a, ERASED)

    report = two.b.sync()

    assert [one.id for one in report.kept] == [ERASED]
    assert (report.sent.new, report.erased) == ((ERASED,), ())
    came = two.a.sync()
    assert (came.received.new, came.erased) == ((ERASED,), ())
    two.b.delete(ERASED)
    assert two.b.sync().erased == (ERASED,)


def test_undone_it_goes_on(two: Pair) -> None:
    """What the others deleted since is brought back by `undo --sync`, and sent as a new record."""
    forget(two.a, ERASED)
    two.b.sync()

    two.b.journal.undo(way=UNDO_SYNC)

    assert two.b.sync().sent == SyncedRecords(new=(ERASED,))
    assert two.a.sync().received == SyncedRecords(new=(ERASED,))
    two.settle()
