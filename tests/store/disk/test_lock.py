"""The lock: one holder, named; freed by any death; nobody waits without a word."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faults.inject import injected
from mentorlog.errors import Busy, DiskFailure
from mentorlog.store.disk.lock import lock

HOLD = """
import sys, time
from pathlib import Path
from mentorlog.store.disk.lock import lock
with lock(Path(sys.argv[1]) / "lock"):
    print("held", flush=True)
    time.sleep(60)
"""
COUNT = """
import sys
from pathlib import Path
from mentorlog.store.disk.lock import lock
folder = Path(sys.argv[1])
for _ in range(100):
    with lock(folder / "lock", 60):
        number = int((folder / "count").read_text())
        (folder / "count").write_text(str(number + 1))
"""


def other(script: str, folder: Path) -> subprocess.Popen[str]:
    """Start a Python of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_processes_never_hold_it_at_once(tmp_path: Path) -> None:
    """Two processes that count in one file lose no count."""
    (tmp_path / "count").write_text("0")
    both = [other(COUNT, tmp_path) for _ in range(2)]

    for process in both:
        assert process.communicate(timeout=60)[1] == ""
    assert (tmp_path / "count").read_text() == "200"


def test_the_holder_is_named_and_its_death_frees_the_lock(tmp_path: Path) -> None:
    """Busy names the process; after kill -9 the lock is free at once."""
    with other(HOLD, tmp_path) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"

        with pytest.raises(Busy) as caught, lock(tmp_path / "lock", 0.05):
            pass
        said = f"another mentorlog (process {holder.pid})"
        assert caught.value.sentence == f"The journal is busy: {said} is changing it."
        assert caught.value.exit_code == 4

        holder.kill()
        holder.wait()
    with lock(tmp_path / "lock", 0):
        pass


def test_who_waits_is_told_after_a_second(tmp_path: Path) -> None:
    """Nobody waits long without a word."""
    words: list[tuple[float, str]] = []
    start = time.monotonic()
    with lock(tmp_path / "lock"), pytest.raises(Busy):  # noqa: SIM117
        with lock(tmp_path / "lock", 1.3, waiting=lambda holder: words.append((time.monotonic() - start, holder))):
            pass

    assert len(words) == 1
    assert words[0][0] >= 1
    assert words[0][1] == f"another mentorlog (process {os.getpid()})"


def test_it_is_free_after_an_error(tmp_path: Path) -> None:
    """An exception inside frees the lock."""
    with pytest.raises(KeyError), lock(tmp_path / "lock"):
        raise KeyError

    with lock(tmp_path / "lock", 0):
        pass


def test_a_lock_file_that_was_deleted_meanwhile_locks_nobody_out_of_step(tmp_path: Path) -> None:
    """The lock counts only on the file that has the name now."""
    with lock(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
        with lock(tmp_path / "lock", 0):
            assert (tmp_path / "lock").exists()


@pytest.mark.parametrize("kind", ["link", "loop", "link to nowhere", "folder", "pipe"])
def test_what_is_no_file_makes_way_for_the_lock(tmp_path: Path, kind: str) -> None:
    """The lock is a plain file: a link in its place is removed and never followed, and so is an empty folder."""
    path, precious = tmp_path / "lock", tmp_path / "precious"
    precious.write_text("mine")
    targets = {"link": "precious", "loop": "lock", "link to nowhere": "nothing"}
    if kind in targets:
        path.symlink_to(targets[kind])
    else:
        {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}[kind]()

    with lock(path, 0):
        assert path.is_file() and not path.is_symlink()
        with pytest.raises(Busy), lock(path, 0):
            pass
    assert precious.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["lock", "precious"]


def test_a_folder_with_files_is_not_removed_for_the_lock(tmp_path: Path) -> None:
    """What somebody put into it stays; the sentence says what to do."""
    (tmp_path / "lock").mkdir()
    (tmp_path / "lock" / "mine").touch()

    with pytest.raises(DiskFailure, match="lock: it is a folder that is not empty") as caught, lock(tmp_path / "lock"):
        pass

    assert caught.value.hint == "move the folder"
    assert (tmp_path / "lock" / "mine").exists()


def test_a_lock_with_a_second_name_is_not_written(tmp_path: Path) -> None:
    """A hard link, as `cp -al` makes it, is locked, and the other file keeps its bytes."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "lock").hardlink_to(tmp_path / "precious")

    with lock(tmp_path / "lock"), pytest.raises(Busy), lock(tmp_path / "lock", 0):
        pass

    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO, errno.ENOLCK])
def test_a_disk_that_refuses_is_named_or_not_needed(tmp_path: Path, number: int) -> None:
    """At every call a refusal is a sentence, or the lock holds all the same; then it is free."""
    with injected() as faulty, lock(tmp_path / "lock"):
        pass
    refused = 0
    for at in range(1, len(faulty.log) + 1):
        try:
            with injected(at, number), lock(tmp_path / "lock", 0):
                pass
        except (DiskFailure, Busy) as error:
            refused += 1
            assert isinstance(error, DiskFailure)
        with lock(tmp_path / "lock", 0):
            pass
    assert refused >= 4


def test_rubbish_in_the_lock_file_is_not_repeated(tmp_path: Path) -> None:
    """What is in the lock file is shown only where it is plain words."""
    with lock(tmp_path / "lock"):
        (tmp_path / "lock").write_bytes(b"pid \x1b[31m\ncommand \xff\xfe\nsince \x07\n")
        with pytest.raises(Busy) as caught, lock(tmp_path / "lock", 0):
            pass

    assert caught.value.sentence == "The journal is busy: another mentorlog is changing it."


def test_the_lock_is_private(tmp_path: Path) -> None:
    """The folder is 0700 and the file 0600."""
    before = os.umask(0)
    try:
        with lock(tmp_path / ".mentorlog" / "lock"):
            pass
    finally:
        os.umask(before)

    assert (tmp_path / ".mentorlog").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / ".mentorlog" / "lock").stat().st_mode & 0o777 == 0o600
