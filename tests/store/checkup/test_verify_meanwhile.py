"""A verification beside changes, interrupted ones and failing disks finds nothing that is not so."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from factories import make_task
from faults.concurrent_writer import Interrupting
from faults.inject import KILL, KILL_AFTER, injected, installed
from mentorlog.errors import DiskFailure, ReadFailure
from mentorlog.store.journal import Journal
from store.checkup.vouched import assign, kinds, opened, put
from world import NOW

# While something happens


def committed(journal: Journal) -> int:
    """Return at which call a change is committed."""
    with injected() as counted:
        assign(journal, "Once more")
    return next(at for at, (_, args) in enumerate(counted.log, 1) if str(args[-1]).endswith("pending.json"))


@pytest.mark.parametrize("after", range(1, 12))
def test_a_change_that_was_killed(after: int, journal: Journal) -> None:
    """Killed at any call after it was committed, it counts as done: all is as it left it."""
    at = committed(journal)
    with injected(at + after, KILL) as faulty:
        assign(journal, f"Killed {after}")
    assert faulty.dead or after > 6

    found = opened(journal.root).verify()
    assert kinds(found) == {}
    assert [one.category for one in found.findings] in (["unfinished"], [])
    assert found.errors == 0


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_a_change_at_every_call(every: int, made: Path, tmp_path: Path) -> None:
    """Wherever another mentorlog changes, adds, deletes or erases records, nothing is found that is not so."""

    def churn(root: Path) -> None:
        journal = opened(root)
        assign(journal, "Changed meanwhile")
        put(journal, make_task(id="t4m2x"))
        journal.change("delete", lambda now: now.delete("osler"))
        journal.forget("note", "n4m2x", root / "nowhere")

    for at in range(1, 1000, every):
        root = tmp_path / str(at)
        shutil.copytree(made, root)
        faulty = Interrupting(at, lambda root=root: churn(root) or True)
        with installed(faulty):
            found = opened(root).verify()
        if faulty.ended is None:
            break
        assert (found.findings, kinds(found)) == ((), {}), (at, faulty.log[at - 1])
        shutil.rmtree(root)
    assert at > 60


def test_half_a_change_at_every_call(made: Path, tmp_path: Path) -> None:
    """Where another is killed amid its change while we read, that is said, and nothing else."""
    shutil.copytree(made, tmp_path / "counted")
    call = committed(opened(tmp_path / "counted"))

    def killed(root: Path) -> bool:
        with injected(call, KILL_AFTER):
            assign(opened(root), "Half done")
        return True

    for at in range(1, 1000, 3):
        root = tmp_path / str(at)
        shutil.copytree(made, root)
        faulty = Interrupting(at, lambda root=root: killed(root))
        with installed(faulty):
            found = opened(root).verify()
        if faulty.ended is None:
            break
        assert (found.errors, kinds(found)) == (0, {}), (at, found)
        shutil.rmtree(root)


def test_a_disk_that_fails_at_any_call(journal: Journal) -> None:
    """What the disk refuses to give is an error with that cause; nothing is called damaged, missing or older for it."""
    with injected() as counted:
        journal.verify()
    for at, (name, _) in enumerate(counted.log, 1):
        with injected(at, errno.EIO), suppress(DiskFailure, ReadFailure):
            found = opened(journal.root).verify()
            assert {*kinds(found).values()} <= {"unreadable", "unknown"}, (at, name, found)
            assert found.errors or name == "close" or kinds(found) == {}, (at, name, found)


# How it is shown


def test_progress(journal: Journal) -> None:
    """A long one is shown to its end, so that the line is cleared; a short one is not."""
    seen: list[tuple[int, int]] = []
    watched = Journal(
        journal.root, now=datetime.fromisoformat(NOW), progress=lambda done, total: seen.append((done, total))
    )
    watched.verify()
    assert seen == []

    for number in range(500):
        (journal.root / f"notes/n{number}.toml").touch()
    watched.verify()
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] > 500
