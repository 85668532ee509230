"""An encrypted remote tells nothing: no word of forty workflows, no path and no key, with a sync after each of them."""

from __future__ import annotations

import subprocess
import time
import tomllib
from pathlib import Path

import pytest

from encrypted_machines import Host
from figures import Counted
from mentorlog.store.keys import FOLDER, KeyRing
from trust.canary import CANARY, WORKFLOWS, flown, open_to_others, play, watched
from world import World

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

WHAT = "9 an encrypted remote tells nothing"
FOLDERS = ("mentors/", "goals/", "tasks/", "meetings/", "notes/", "reviews/", "profile.toml", "journal.toml")


@pytest.mark.slow
def test_forty_workflows_each_followed_by_a_sync(world: World, journal_root: Path, counted: Counted) -> None:
    """Neither all objects, names, refs and logs of the remote and of our git directory, nor any argument of git."""
    start, wrong = time.perf_counter(), list[str]()
    host = Host(world.root / "remote.git")
    state, config = world.home / ".local/state/mentorlog", world.home / ".config/mentorlog"
    to: tuple[str, ...] = ("--to", str(host.folder), "--encrypt")
    with watched() as watch:
        for argv, ran in play(world):
            synced = world.invoke("sync", *to)
            to = ()
            wrong += [f"{words}: {one}" for words, one in ((argv, ran), ("sync", synced)) if CANARY in one.err]
            wrong += [f"sync after {argv}: {synced}"] if synced.exit else []
        assert world.invoke("key", "new").exit == 0
    ring, id = KeyRing(config / FOLDER), tomllib.loads((journal_root / "journal.toml").read_text())["id"]
    keys = [ring.get(id), *ring.former(id)]
    secrets = [text for key in keys for text in (key.identity, key.identity[16:], key.public)]
    (folder,) = (state / "sync").iterdir()
    listed = folder / "files.json"  # the paths of the journal, for this machine alone

    everything = host.objects() + raw(host.folder) + unpacked(folder / "git") + raw(folder / "git")
    everything += (folder / "known.age").read_bytes() + (folder / "state.json").read_bytes()
    wrong += [f"{word} is in git or beside it" for word in (CANARY, *secrets) if word.encode() in everything]
    stored = host.objects() + unpacked(folder / "git")
    wrong += [f"{path} is on the remote" for path in FOLDERS if path.encode() in stored]
    started = repr(watch.started)
    wrong += [f"{word} was an argument or a variable" for word in (CANARY, *secrets) if word in started]
    wrong += [f"left in {path}" for path in flown(world.root, but=journal_root) if path != str(listed)]
    wrong += [f"the key is in {path}" for text in secrets[:2] for path in flown(world.root, text, but=ring.folder)]
    wrong += open_to_others(journal_root, ring.folder)
    wrong += [str(path) for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]
    counted(WHAT, len(WORKFLOWS), len(wrong), time.perf_counter() - start)

    assert len(keys) == 2 and watch.started
    assert len(host.names()) > 10
    assert not wrong, "\n".join(wrong)


def raw(folder: Path) -> bytes:
    """Return the bytes and names of all files of a folder: refs, logs, configuration, packs."""
    return b"".join(str(path).encode() + path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def unpacked(git_dir: Path) -> bytes:
    """Return every object of a git directory, with trees and commits that nothing needs any more."""
    listed = ["git", f"--git-dir={git_dir}", "cat-file", "--batch-all-objects", "--batch"]
    return subprocess.run(listed, capture_output=True, check=True).stdout
