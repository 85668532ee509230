"""The git directory of a sync is lost, half there, damaged, or of another journal: no word is lost, none doubled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import AnotherHistory
from store.sync.exchanged import bare, git
from store.sync.machines import SHARED, Machine
from world import World


def _all(git_dir: Path, pattern: str, damage: Callable[[Path], object]) -> None:
    found = [path for path in git_dir.rglob(pattern) if path.is_file()]
    for path in found:
        path.chmod(0o600)
        damage(path)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


LOSSES: dict[str, Callable[[Path], object]] = {
    "all of it": shutil.rmtree,
    "a file in its place": lambda git_dir: (shutil.rmtree(git_dir), git_dir.write_text("x")),
    "empty": lambda git_dir: (shutil.rmtree(git_dir), git_dir.mkdir()),
    "objects": lambda git_dir: shutil.rmtree(git_dir / "objects"),
    "objects emptied": lambda git_dir: (shutil.rmtree(git_dir / "objects"), (git_dir / "objects").mkdir()),
    "packs": lambda git_dir: _all(git_dir, "*.pack", Path.unlink),
    "indexes of packs": lambda git_dir: _all(git_dir, "*.idx", Path.unlink),
    "packs and indexes": lambda git_dir: _all(git_dir, "pack-*", Path.unlink),
    "half of the packs": lambda git_dir: _all(git_dir, "*.pack", _cut),
    "half of the indexes": lambda git_dir: _all(git_dir, "*.idx", _cut),
    "a bit of each pack": lambda git_dir: _all(git_dir, "*.pack", _flip),
    "a bit of each index": lambda git_dir: _all(git_dir, "*.idx", _flip),
    "empty packs": lambda git_dir: _all(git_dir, "*.pack", lambda path: path.write_bytes(b"")),
    "refs": lambda git_dir: shutil.rmtree(git_dir / "refs"),
    "the tip": lambda git_dir: (git_dir / "refs" / "remote" / "mentorlog").unlink(),
    "the offered": lambda git_dir: (git_dir / "refs" / "offered").unlink(missing_ok=True),
    "a tip of nothing": lambda git_dir: (git_dir / "refs" / "remote" / "mentorlog").write_text(f"{'1' * 40}\n"),
    "an offered of nothing": lambda git_dir: (git_dir / "refs" / "offered").write_text(f"{'1' * 40}\n"),
    "rubbish for refs": lambda git_dir: _all(git_dir / "refs", "*", lambda path: path.write_text("rubbish")),
    "HEAD": lambda git_dir: (git_dir / "HEAD").unlink(),
    "HEAD cut": lambda git_dir: (git_dir / "HEAD").write_text("ref"),
    "config": lambda git_dir: (git_dir / "config").unlink(),
    "config cut": lambda git_dir: (git_dir / "config").write_text("[co"),
    "another journal": lambda git_dir: (
        shutil.rmtree(git_dir),
        shutil.copytree(git_dir.parents[4] / "other" / "git", git_dir),
    ),
}


def _lost(world: World, kind: str, *, pushed: bool) -> None:
    """Lose it between two syncs, after the first was pushed or was not."""
    remote = bare(world.root / "remote.git")
    other = bare(world.root / "other" / "git")
    foreign = git(other, "hash-object", "-w", "--stdin", stdin=b"another journal")
    git(other, "update-ref", "refs/other", foreign)
    one, two = Machine(world.root, "a"), Machine(world.root, "b")
    one.add(SHARED, "Common.")
    one.sync()
    two.begin()
    one.append("Shared a1.")
    two.append("Shared b1.")
    two.sync()
    if not pushed:
        refusing = remote / "refs" / "heads" / "mentorlog.lock"
        refusing.touch()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mentorlog.store.sync.exchange._TRIES", 1)
            patch.setattr("mentorlog.store.sync.exchange._PAUSE", 0)
            with pytest.raises(Exception, match="not sent yet"):
                one.sync()
        refusing.unlink()
    else:
        one.sync()
    one.append("Shared a2.")
    two.append("Shared b2.")
    two.sync()

    LOSSES[kind](one.git)
    try:
        one.sync()
    except AnotherHistory:
        assert not pushed  # the commit that the files stood for was nowhere else
        one.rejoin()
    for machine in (two, one, two):
        machine.sync()

    assert one.files == two.files
    text, _, conflicts = b"\n".join(one.files.values()).decode().partition("[[conflicts]]")
    words = [f"Shared {word}." for word in ("a1", "b1", "a2", "b2")]
    assert [text.count(word) for word in words] == [1, 1, 1, 1]
    assert not conflicts or not pushed  # without an ancestor, what differs is a choice
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mentorlog.store.sync.courier._MOST_PACKS", 0)  # what is damaged beside what was fetched goes now
        one.sync()
    one.sync()
    assert sorted(path.name for path in one.git.iterdir()) == ["HEAD", "config", "objects", "refs"]
    git(one.git, "fsck", "--strict")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["all of it", "packs"])
def test_the_directory_is_lost(kind: str, world: World) -> None:
    """The next sync makes it again, and is none that lost its ancestor."""
    _lost(world, kind, pushed=True)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("pushed", [True, False])
@pytest.mark.parametrize("kind", LOSSES)
def test_every_loss_of_the_directory(kind: str, pushed: bool, world: World) -> None:
    """Whatever of it is lost, and whenever; where only it had a commit, --rejoin is asked for."""
    _lost(world, kind, pushed=pushed)
