"""Bytes and files: what is refused, what is durable, what the failures say."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import socket
import stat
from pathlib import Path

import pytest

from faults.inject import HALF_FULL, KILL, SHORT, injected
from mentorlog.errors import DiskFailure, MentorlogError, NeedsDoctor, ReadFailure, SyncFailed, Unreadable
from mentorlog.store.disk import files, syscalls


def mode(path: Path) -> int:
    """Return the permission bits."""
    return stat.S_IMODE(path.lstat().st_mode)


def test_read_returns_the_bytes(tmp_path: Path) -> None:
    """What lies in a file comes back to the byte."""
    data = bytes(range(256)) * 100
    (tmp_path / "a").write_bytes(data)

    assert files.read(tmp_path / "a") == data
    assert files.content(tmp_path / "a") == data


def test_absent_is_no_failure_for_content(tmp_path: Path) -> None:
    """A file that is not there is None to `content`, FileNotFoundError to `read`."""
    assert files.content(tmp_path / "a") is None
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path / "a")


def strange(path: Path, kind: str) -> None:
    """Put something at the path that is no record file."""
    if kind == "symbolic link":
        path.with_name("real").write_text("x")
        path.symlink_to("real")
    elif kind == "named pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(str(path))
    elif kind == "loop":
        path.symlink_to(path.name)


@pytest.mark.parametrize("kind", ["symbolic link", "named pipe", "folder", "socket", "loop"])
def test_strange_files_are_refused_by_name(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no regular file is refused, named, and never waited for."""
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    strange(Path("it.toml"), kind)

    with pytest.raises(Unreadable) as caught:
        files.read(Path("it.toml"), name="goals/it.toml")
    assert caught.value.path == "goals/it.toml"
    assert "goals/it.toml cannot be read" in caught.value.sentence
    assert caught.value.exit_code == 3


def test_a_device_is_refused() -> None:
    """A device is no record."""
    with pytest.raises(Unreadable, match="it is a device"):
        files.read(Path("/dev/zero"))


@pytest.mark.parametrize("size", [8, 9])
def test_the_limit_is_in_bytes(tmp_path: Path, size: int) -> None:
    """A file as large as the limit is read; a byte more is refused."""
    (tmp_path / "a").write_bytes(b"x" * size)

    if size == 8:
        assert files.read(tmp_path / "a", 8) == b"x" * 8
    else:
        with pytest.raises(Unreadable, match="larger than"):
            files.read(tmp_path / "a", 8)


def test_a_file_that_grows_while_it_is_read_keeps_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for what is read, not for what fstat promised."""
    (tmp_path / "a").write_bytes(b"x" * 9000)
    (tmp_path / "small").write_bytes(b"x")
    monkeypatch.setattr(syscalls.calls, "fstat", lambda _: (tmp_path / "small").stat())

    assert files.read(tmp_path / "a", 9000) == b"x" * 9000
    with pytest.raises(Unreadable, match="larger than"):
        files.read(tmp_path / "a", 8000)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_to_read_is_named(tmp_path: Path, number: int) -> None:
    """A read that the system refuses is Unreadable too, with the disk's exit status."""
    (tmp_path / "a").write_bytes(b"x")

    with injected(1, number), pytest.raises(ReadFailure) as caught:
        files.read(tmp_path / "a", name="goals/a.toml")
    assert caught.value.exit_code == 5


def test_fingerprint_is_sha256() -> None:
    """The interpreter's own sha256 says what hashlib says."""
    assert files.fingerprint(b"Osler") == hashlib.sha256(b"Osler").hexdigest()


def test_stamp_changes_with_the_file(tmp_path: Path) -> None:
    """A stamp is mtime, ctime, size and inode."""
    path = tmp_path / "a"
    path.write_bytes(b"1")
    before = files.stamp(path.stat())
    path.write_bytes(b"12")

    assert files.stamp(path.stat()) != before
    assert files.stamp(path.stat())[2:] == (2, path.stat().st_ino)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_private_under_any_umask(tmp_path: Path, mask: int) -> None:
    """Folders are 0700 and files 0600 whatever the umask."""
    before = os.umask(mask)
    try:
        files.private_folder(tmp_path / "a" / "b", parents=True)
        files.put(tmp_path / "a" / "b" / "c", b"x")
    finally:
        os.umask(before)

    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700, 0o700, 0o600]


def test_private_folder_makes_no_parents_unasked(tmp_path: Path) -> None:
    """A journal that is gone is never founded anew in silence."""
    with pytest.raises(DiskFailure, match="the folder does not exist"):
        files.private_folder(tmp_path / "gone" / ".mentorlog")
    assert not (tmp_path / "gone").exists()


def test_private_folder_refuses_a_symbolic_link(tmp_path: Path) -> None:
    """Nothing is written through a folder that is a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "goals").symlink_to("real")

    with pytest.raises(NeedsDoctor, match="symbolic link"):
        files.private_folder(tmp_path / "goals")


def test_put_replaces_whole_and_leaves_nothing(tmp_path: Path) -> None:
    """A put leaves the new bytes and no temporary file."""
    files.put(tmp_path / "a.md", b"old")
    files.put(tmp_path / "a.md", b"new" * 100_000)

    assert (tmp_path / "a.md").read_bytes() == b"new" * 100_000
    assert files.names(tmp_path) == ["a.md"]


@pytest.mark.parametrize("kind", ["symbolic link", "named pipe", "folder"])
def test_put_replaces_files_only(tmp_path: Path, kind: str) -> None:
    """An export never replaces a device, a pipe, a folder or a link."""
    strange(tmp_path / "a", kind)

    with pytest.raises(MentorlogError, match=kind):
        files.put(tmp_path / "a", b"new")


def test_put_syncs_the_file_before_the_name_and_the_folder_after(tmp_path: Path) -> None:
    """The bytes are durable before the name, and the name before the return."""
    with injected() as faulty:
        files.put(tmp_path / "a", b"x")

    done = [name for name, _ in faulty.log if name in ("write", "fsync", "rename")]
    assert done == ["write", "fsync", "rename", "fsync"]


@pytest.mark.parametrize("fault", [KILL, HALF_FULL, errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_put_is_whole_whatever_fails(tmp_path: Path, fault: str | int) -> None:
    """At every call, every fault leaves the old bytes or the new ones, and a failure leaves no temporary file."""
    path = tmp_path / "a"
    at = 0
    while True:
        at += 1
        path.write_bytes(b"old old")
        failed = False
        with injected(at, fault) as faulty:
            try:
                files.put(path, b"new new")
            except DiskFailure:
                failed = True
        assert path.read_bytes() in (b"old old", b"new new")
        assert failed or faulty.dead or path.read_bytes() == b"new new"
        if not faulty.dead:
            unlinked = (tmp_path / name for name in files.names(tmp_path) if files.is_staged(name))
            assert not list(unlinked)
        for name in filter(files.is_staged, files.names(tmp_path)):
            (tmp_path / name).unlink()
        if len(faulty.log) < at:
            break
    assert at > 8


@pytest.mark.parametrize("fault", [SHORT, errno.EINTR])
def test_short_writes_and_signals_are_no_failure(tmp_path: Path, fault: str | int) -> None:
    """A write in pieces and a call that a signal interrupts both end well."""
    for at in range(1, 12):
        with injected(at, fault):
            files.put(tmp_path / "a", b"0123456789")
        assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_failed_fsync_is_not_asked_again(tmp_path: Path) -> None:
    """After a failed fsync nobody asks twice: the second answer would prove nothing."""
    with injected() as faulty:
        files.put(tmp_path / "a", b"x")
    at = [name for name, _ in faulty.log].index("fsync") + 1

    with injected(at, errno.EIO) as faulty, pytest.raises(SyncFailed, match="the disk failed"):
        files.put(tmp_path / "b", b"x")
    assert [name for name, _ in faulty.log].count("fsync") == 1
    assert not (tmp_path / "b").exists()


def test_a_folder_that_cannot_be_synced_at_all_is_borne(tmp_path: Path) -> None:
    """A network file system without folder syncs works, with what it can promise."""
    with injected() as faulty:
        files.put(tmp_path / "a", b"x")
    last = max(number for number, (name, _) in enumerate(faulty.log, 1) if name == "fsync")

    with injected(last, errno.EINVAL):
        files.put(tmp_path / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"y"


def test_failures_name_the_path_the_cause_and_what_to_do(tmp_path: Path) -> None:
    """A disk's failure says what could not be done, to which path, why, and what helps."""
    with injected(2, errno.ENOSPC), pytest.raises(DiskFailure) as caught:
        files.put(tmp_path / "plan.md", b"x")

    assert caught.value.sentence == f"Cannot write {tmp_path / 'plan.md'}: the disk is full."
    assert caught.value.hint == "free some space, then run the command again"


def test_staged_names_fit_any_name() -> None:
    """A temporary name is hidden, recognised, and within what a disk allows."""
    for name in ("g7k3q-submit.toml", "ö" * 127, "😀" * 63):
        staged = files.staged_name(name)
        assert files.is_staged(staged)
        assert len(staged.encode()) <= 255
    assert not files.is_staged("goal.new")
    assert not files.is_staged(".gitignore")


# Several files in a folder

TABLES = {"goals.csv": b"new goals", "tasks.csv": b"new tasks" * 1000}


def below(folder: Path) -> dict[str, bytes]:
    """The files in a folder, temporary ones too."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_new_folder_is_private_and_durable(tmp_path: Path) -> None:
    """It is readable only by its owner, and appears under its name when every file is on the disk."""
    with injected() as faulty:
        files.put_folder(tmp_path / "out", TABLES)

    assert below(tmp_path / "out") == TABLES
    assert (mode(tmp_path / "out"), mode(tmp_path / "out" / "goals.csv")) == (0o700, 0o600)
    done = [name for name, _ in faulty.log if name in ("write", "fsync", "rename")]
    assert done == ["write", "fsync", "write", "fsync", "fsync", "rename", "fsync"]


@pytest.mark.parametrize("fault", [KILL, HALF_FULL, errno.EIO, errno.ENOSPC])
def test_a_new_folder_has_all_files_or_is_not_there(tmp_path: Path, fault: str | int) -> None:
    """At every call, every fault; a failure leaves nothing beside it."""
    at, seen = 0, set()
    while True:
        at += 1
        root = tmp_path / str(at)
        root.mkdir()
        with injected(at, fault) as faulty, contextlib.suppress(DiskFailure):
            files.put_folder(root / "out", TABLES)
        made = (root / "out").exists()
        seen.add(made)
        assert not made or below(root / "out") == TABLES
        if not faulty.dead:
            assert [path.name for path in root.iterdir()] == ["out"] * made
        if len(faulty.log) < at:
            break
    assert seen == {True, False}


@pytest.mark.parametrize("fault", [KILL, HALF_FULL, errno.EIO, errno.ENOSPC])
def test_files_of_an_existing_folder_are_replaced_whole(tmp_path: Path, fault: str | int) -> None:
    """Each file has its old bytes or its new ones, all the old ones if the disk is full; others there stay."""
    old = {"goals.csv": b"old goals", "mine.txt": b"mine"}
    at = 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        folder.mkdir()
        for name, data in old.items():
            (folder / name).write_bytes(data)
        failed = False
        with injected(at, fault) as faulty:
            try:
                files.put_folder(folder, TABLES)
            except DiskFailure:
                failed = True
        now = below(folder)
        whole = {name: data for name, data in now.items() if not files.is_staged(name)}
        assert whole["mine.txt"] == b"mine" and whole["goals.csv"] in (old["goals.csv"], TABLES["goals.csv"])
        assert whole.get("tasks.csv") in (None, TABLES["tasks.csv"])
        if not faulty.dead:
            assert whole == now
        if failed and fault == HALF_FULL:
            assert whole == old
        if len(faulty.log) < at:
            break
    assert at > 12
