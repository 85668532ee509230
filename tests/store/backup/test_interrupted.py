"""Ctrl-C at any moment of a backup or a restore, or somebody else in its place: nothing is half done or lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from faults.inject import INTERRUPT, injected
from faults.scenario import AT
from mentorlog.errors import DiskFailure, MentorlogError
from mentorlog.store.backup import backup_file
from mentorlog.store.backup.gather import moment
from mentorlog.store.backup.restore import restore
from mentorlog.store.backup.verify import verify
from mentorlog.store.disk import files
from mentorlog.store.journal import Journal

Fresh = Callable[[], Path]


def never(data: bytes, name: str) -> bytes:
    """Decrypt nothing: no backup here is encrypted."""
    raise AssertionError(name)


@pytest.mark.parametrize("verb", ["make", "restore"])
def test_at_every_call(fresh: Fresh, tmp_path: Path, verb: str) -> None:
    """The file or folder is there, whole, or it is not; no temporary one is left beside it."""
    root, place = fresh(), tmp_path / "place"
    (root / "journal.toml").write_text("format = 1\n")
    place.mkdir()
    now = moment(Journal(root, now=datetime.fromisoformat(AT)), with_log=True)
    backup = backup_file.write(tmp_path / "b.tar", now, replace=False)

    def work() -> None:
        if verb == "make":
            backup_file.write(place / "new", now, replace=False)
        else:
            restore(tmp_path / "b.tar", place / "new", backup, never)

    for at in range(1, 10_000):
        with injected(at, INTERRUPT) as faulty, suppress(KeyboardInterrupt):
            work()
        left = sorted(path.name for path in place.iterdir())
        if at <= len(faulty.log) and faulty.log[at - 1][0] == "unlink":
            left = [name for name in left if not files.is_staged(name)]  # it came where that was removed
        assert left in ([], ["new"]), faulty.log[at - 1]
        if left and verb == "make":
            verify(place / "new", never)
        elif left:
            assert (place / "new" / "profile.toml").exists()
        if at > len(faulty.log):
            assert left
            break
        place = tmp_path / f"place-{at}"
        place.mkdir()
    assert at > 12


def test_a_file_that_appears_meanwhile(fresh: Fresh, tmp_path: Path) -> None:
    """What nobody agreed to overwrite stays, whenever it came."""
    root, file = fresh(), tmp_path / "b.tar"
    (root / "journal.toml").write_text("format = 1\n")
    now = moment(Journal(root, now=datetime.fromisoformat(AT)), with_log=False)
    file.write_bytes(b"mine")

    with pytest.raises(MentorlogError, match="already exists; nothing was written"):
        backup_file.write(file, now, replace=False)
    assert file.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir() if files.is_staged(path.name)] == []


def test_a_folder_that_is_filled_meanwhile(fresh: Fresh, tmp_path: Path) -> None:
    """A restore never replaces a folder that holds something."""
    root, folder = fresh(), tmp_path / "again"
    (root / "journal.toml").write_text("format = 1\n")
    now = moment(Journal(root, now=datetime.fromisoformat(AT)), with_log=False)
    backup = backup_file.write(tmp_path / "b.tar", now, replace=False)
    folder.mkdir()
    (folder / "mine.txt").write_bytes(b"mine")

    with pytest.raises(DiskFailure, match="it is a folder that is not empty"):
        restore(tmp_path / "b.tar", folder, backup, never)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert [path.name for path in tmp_path.iterdir() if files.is_staged(path.name)] == []
