"""How many deletions are asked about: more than ten, and more than one record of twenty; on either side, in memory."""

from __future__ import annotations

import pytest

from factories import make_note
from mentorlog.domain.reports import SyncReport
from mentorlog.errors import ManyDeletions
from mentorlog.store.format import toml
from sync_machines import ALPHABET
from sync_memory import Machine, Remote

CASES = [
    (10, 10, False),  # not more than ten
    (11, 12, True),
    (11, 219, True),
    (11, 220, False),  # not more than a twentieth
    (12, 239, True),
    (12, 240, False),
]


def machines(count: int) -> tuple[Machine, Machine, list[str]]:
    """Two machines that have synced some notes, and the paths of these."""
    remote = Remote()
    a, b = Machine("a", remote), Machine("b", remote)
    ids = [f"n22{one}{two}" for one in ALPHABET for two in ALPHABET][:count]
    a.change({f"notes/{id}.toml": toml.dump(make_note(id=id)) for id in ids})
    a.sync()
    b.sync()
    return a, b, [f"notes/{id}.toml" for id in ids]


def asked(machine: Machine) -> ManyDeletions | SyncReport:
    """What a sync asks about first, else what it did."""
    try:
        return machine.sync()
    except ManyDeletions as many:
        return many


@pytest.mark.parametrize(("gone", "of", "is_asked"), CASES)
def test_records_that_are_gone_here(gone: int, of: int, is_asked: bool) -> None:
    """They are asked about unless a command deleted them; journal.toml is no record."""
    a, _, paths = machines(of)
    for path in paths[:gone]:
        del a.folder[path]
    before = dict(a.folder)

    found = asked(a)

    if is_asked:
        assert isinstance(found, ManyDeletions) and (found.here, len(found.ids)) == (True, gone)
        assert f"{gone} of {of} records" in found.sentence
        assert a.folder == before
        assert len(a.sync(deleted="keep").received.new) == gone
        a.change(dict.fromkeys(paths[:gone]))
        found = a.sync()
    assert isinstance(found, SyncReport) and len(found.sent.deleted) == gone


@pytest.mark.parametrize(("gone", "of", "is_asked"), CASES)
def test_records_that_are_gone_on_the_remote(gone: int, of: int, is_asked: bool) -> None:
    """They are asked about here, whatever deleted them there."""
    a, b, paths = machines(of)
    a.change(dict.fromkeys(paths[:gone]))
    a.sync()
    before = dict(b.folder)

    found = asked(b)

    if is_asked:
        assert isinstance(found, ManyDeletions) and not found.here and f"{gone} of {of} records" in found.sentence
        assert b.folder == before
        found = b.sync(yes=True)
    assert isinstance(found, SyncReport) and len(found.received.deleted) == gone
    assert (a.folder, len(b.log)) == (b.folder, 2)
