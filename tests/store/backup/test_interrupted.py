"""Ctrl-C at any moment of a backup or a restore: nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from faults.inject import INTERRUPT, injected
from faults.scenario import AT
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
