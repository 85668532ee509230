"""Whatever becomes of our git directory, the next sync goes on: it is only a copy of what the remote holds."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faults.inject import Killed, injected, installed
from faults.power_cuts import KilledAfterCommit
from mentorlog.domain.syncing import SyncRequest
from mentorlog.errors import ReadFailure
from sync_machines import Pair, note_id, pair

Damage = Callable[[Pair], None]


def _packs(two: Pair, ending: str) -> list[Path]:
    found = sorted(two.a.place.git.glob(f"objects/pack/*.{ending}"))
    assert found
    for path in found:
        path.chmod(0o600)
    return found


def _ref(two: Pair) -> Path:
    return two.a.place.git / "refs" / "remote" / "mentorlog"


def _gone(two: Pair) -> None:
    shutil.rmtree(two.a.place.git)


def _emptied(two: Pair) -> None:
    _gone(two)
    two.a.place.git.mkdir(mode=0o700)


def _file_in_its_place(two: Pair) -> None:
    _gone(two)
    two.a.place.git.write_bytes(b"no folder")


def _link_in_its_place(two: Pair) -> None:
    two.a.place.git.rename(two.root / "elsewhere")
    two.a.place.git.symlink_to(two.root / "elsewhere")


def _fresh(two: Pair) -> None:
    _gone(two)
    subprocess.run(["git", "init", "-q", "--bare", "-b", "mentorlog", two.a.place.git], check=True)


def _of_another_machine(two: Pair) -> None:
    _gone(two)
    shutil.copytree(two.b.place.git, two.a.place.git)


def _of_another_journal(two: Pair) -> None:
    _fresh(two)
    tree = subprocess.run(
        ["git", "-C", two.a.place.git, "mktree"], input=b"", capture_output=True, check=True
    ).stdout.decode()
    words = ["git", "-C", two.a.place.git, "-c", "user.name=x", "-c", "user.email=x", "commit-tree", "-m", "x"]
    commit = subprocess.run([*words, tree.strip()], capture_output=True, check=True).stdout
    _ref(two).parent.mkdir(parents=True, exist_ok=True)
    _ref(two).write_bytes(commit)


def _rolled_back(two: Pair) -> None:
    kept = two.root / "kept"
    shutil.copytree(two.a.place.git, kept)
    for number in range(2):
        two.b.write(note_id(20 + number), f"Between w90{number}.")
        two.b.sync()
        two.a.sync()
    _gone(two)
    shutil.copytree(kept, two.a.place.git)


def _unlinked(*names: str) -> Damage:
    def damage(two: Pair) -> None:
        for name in names:
            path = two.a.place.git / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    return damage


def _written(name: str, data: bytes) -> Damage:
    def damage(two: Pair) -> None:
        path = two.a.place.git / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return damage


def _without(ending: str) -> Damage:
    def damage(two: Pair) -> None:
        for path in _packs(two, ending):
            path.unlink()

    return damage


def _half(ending: str) -> Damage:
    def damage(two: Pair) -> None:
        for path in _packs(two, ending):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def _rotten(ending: str) -> Damage:
    def damage(two: Pair) -> None:
        for path in _packs(two, ending):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    return damage


def _locked(two: Pair) -> None:
    for name in ("HEAD.lock", "config.lock", "packed-refs.lock", "refs/remote/mentorlog.lock", "gc.pid"):
        (two.a.place.git / name).write_bytes(b"")


KINDS: dict[str, Damage] = {
    "gone": _gone,
    "emptied": _emptied,
    "a file in its place": _file_in_its_place,
    "a link in its place": _link_in_its_place,
    "a fresh one": _fresh,
    "that of another machine": _of_another_machine,
    "that of another journal": _of_another_journal,
    "rolled back": _rolled_back,
    "no HEAD": _unlinked("HEAD"),
    "HEAD of another branch": _written("HEAD", b"ref: refs/heads/main\n"),
    "no config": _unlinked("config"),
    "an empty config": _written("config", b""),
    "no objects": _unlinked("objects"),
    "no refs": _unlinked("refs"),
    "no ref of the remote": _unlinked("refs/remote/mentorlog"),
    "half a ref": _written("refs/remote/mentorlog", b"1f1f1f"),
    "a ref to nothing": _written("refs/remote/mentorlog", b"1f" * 20 + b"\n"),
    "an empty ref": _written("refs/remote/mentorlog", b""),
    "no packs": _without("pack"),
    "no indexes of packs": _without("idx"),
    "half packs": _half("pack"),
    "half indexes of packs": _half("idx"),
    "rotten packs": _rotten("pack"),
    "rotten indexes of packs": _rotten("idx"),
    "stale locks": _locked,
    "a shallow one": _written("shallow", b"1f" * 20 + b"\n"),
    "objects from elsewhere": _written("objects/info/alternates", b"/nonexistent\n"),
}
FEW = ("gone", "no packs")


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind in FEW else [pytest.mark.exhaustive]) for kind in KINDS]
)
def test_a_lost_git_folder(tmp_path: Path, kind: str) -> None:
    """Both machines go on and end with the same: every word of both, and nothing that either deleted."""
    two = pair(tmp_path)
    two.a.sync()
    KINDS[kind](two)
    two.a.write(note_id(1), "Note number1. Here w101.")
    two.b.write(note_id(2), "Note number2. There w102.")
    for desk, word in ((two.a, "w103"), (two.b, "w104")):
        text = desk.says(note_id(3))
        desk.write(note_id(3), f"{text} Both {word}." if desk is two.a else f"First {word}. {text}")
    two.a.delete(note_id(5))
    two.b.delete(note_id(6))
    two.b.add("n2zzz", "New w105.")

    two.b.sync()
    two.a.sync()
    two.settle()

    whole = b"".join(two.a.files.values()).decode()
    assert [word for word in ("w101", "w102", "w103", "w104", "w105") if whole.count(word) != 1] == []
    assert [id for id in (note_id(5), note_id(6)) if any(id in path for path in two.a.files)] == []
    assert "conflicts" not in whole


def test_a_disk_that_does_not_return_the_state(tmp_path: Path) -> None:
    """It is not taken for lost, by which what was deleted here would come back; later the sync goes on."""
    two = pair(tmp_path)
    two.a.delete(note_id(5))
    before = two.a.files, two.tip

    with injected() as faulty:
        real = faulty.real.open

        def broken(path: Any, *how: Any) -> int:
            if str(path).endswith("state.json"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(path, *how)

        faulty.__dict__["open"] = broken
        with pytest.raises(ReadFailure):
            two.a.sync()
    assert (two.a.files, two.tip) == before
    two.settle()
    assert not any(note_id(5) in path for path in (*two.a.files, *two.b.files))


def test_a_commit_that_was_lost_before_it_was_sent(tmp_path: Path) -> None:
    """What came is applied, and the machine dies; without our git directory the sync before it is the ancestor."""
    two = pair(tmp_path)
    two.a.sync()
    two.a.delete(note_id(5))
    two.b.write(note_id(2), "Note number2. There w102.")
    two.b.sync()
    killed = KilledAfterCommit()
    with pytest.raises(Killed), installed(killed):
        two.a.sync()
    killed.bury()
    _gone(two)

    two.settle()

    assert "w102" in two.a.says(note_id(2))
    assert not any(note_id(5) in path for path in (*two.a.files, *two.b.files))


def test_nothing_that_was_erased_is_left_here(tmp_path: Path) -> None:
    """After `forget` and `sync --forget` no object of our git directory, or of the remote, has a word of it."""
    two = pair(tmp_path)
    two.a.write(note_id(1), "The zebra was late.")
    two.a.sync()
    two.a.journal.forget("note", note_id(1), tmp_path / "drafts")
    two.a.sync()
    assert _holds(two.a.place.git, b"zebra")

    assert two.a.journal.remotes.forget(SyncRequest(yes=True))[1] == (note_id(1),)

    assert not _holds(two.a.place.git, b"zebra")
    two.settle()
    assert not _holds(two.a.place.git, b"zebra")


def _holds(folder: Path, word: bytes) -> bool:
    """Return whether an object of a repository has a word."""
    words = ["git", f"--git-dir={folder}", "cat-file", "--batch", "--batch-all-objects"]
    return word in subprocess.run(words, capture_output=True, check=True).stdout
