"""The git directory is lost before what it alone held was pushed; test_lost_git_folder.py has all ways of losing it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import AnotherHistory, Busy
from store.sync.exchanged import bare, git
from store.sync.race import SHARED
from sync_machines import Desk
from world import World


def _packs(git_dir: Path, damage: Callable[[bytes], bytes]) -> None:
    for path in git_dir.glob("objects/pack/pack-*"):
        path.chmod(0o600)
        path.write_bytes(damage(path.read_bytes()))


LOSSES: dict[str, Callable[[Path], object]] = {
    "all of it": shutil.rmtree,
    "objects": lambda git_dir: shutil.rmtree(git_dir / "objects"),
    "refs": lambda git_dir: shutil.rmtree(git_dir / "refs"),
    "half of each pack": lambda git_dir: _packs(git_dir, lambda data: data[: len(data) // 2]),
    "each pack": lambda git_dir: _packs(git_dir, lambda data: b""),
}
WORDS = ("a1", "b1", "a2", "b2")


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.exhaustive] if kind != "objects" else []) for kind in LOSSES]
)
def test_what_was_not_pushed_is_lost(kind: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """No word is lost, none doubled; at most --rejoin is asked for, and damaged packs go when all are put together."""
    remote = bare(world.root / "remote.git")
    one, two = Desk(world.root, "a"), Desk(world.root, "b")
    one.add(SHARED, "Common.")
    one.sync(to=True)
    two.sync(to=True, begin=True)
    one.append(SHARED, "Shared a1.")
    two.append(SHARED, "Shared b1.")
    two.sync()
    lock = remote / "refs" / "heads" / "mentorlog.lock"
    lock.touch()
    with monkeypatch.context() as patch:
        patch.setattr("mentorlog.store.sync.exchange.TRIES", 1)
        patch.setattr("mentorlog.store.sync.exchange._PAUSE", 0)
        with pytest.raises(Busy):
            one.sync()
    lock.unlink()
    one.append(SHARED, "Shared a2.")
    two.append(SHARED, "Shared b2.")
    two.sync()

    LOSSES[kind](one.place.git)
    try:
        one.sync()
    except AnotherHistory:
        one.sync(rejoin=True)
    two.sync()
    monkeypatch.setattr("mentorlog.store.sync.courier._MOST_PACKS", 0)
    for machine in (one, two, one):
        machine.sync()

    assert one.files == two.files
    text = b"\n".join(one.files.values()).decode().partition("[[conflicts]]")[0]
    assert [text.count(f"Shared {word}.") for word in WORDS] == [1, 1, 1, 1]
    assert sorted(path.name for path in one.place.git.iterdir()) == ["HEAD", "config", "objects", "refs"]
    git(one.place.git, "fsck", "--strict")
