"""One exchange of two machines, as an attack or a fault finds it, and what it must never do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from mentorlog.errors import MentorlogError
from mentorlog.store.sync.courier import Courier, blob_id
from world import World

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
GOAL = "goals/g7k3q-submit-case-report.toml"
CONTENTS: Mapping[str, bytes] = {
    GOAL: 'title = "[/b] =1+1 é 日 🩺"\n'.encode(),
    "journal.toml": b"format = 1\n",
    "notes/n4m2x.toml": b"x" * 5000,
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """What git prints about a repository, run as a user would."""
    command = ["git", f"--git-dir={folder}", *arguments]
    clean = {"PATH": os.defpath, "HOME": "/nonexistent"}
    ended = subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=folder.parent, env=clean)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def bare(folder: Path) -> Path:
    """A new bare repository."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)
    return folder


def over_ssh(world: World, monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """The address of a folder behind an ssh that is only a shell."""
    program = world.root / "ssh-stand-in"
    program.write_text('#!/bin/sh\nwhile [ "$#" -gt 1 ]; do shift; done\nexec sh -c "$1"\n')
    program.chmod(0o700)
    monkeypatch.setenv("GIT_SSH", str(program))
    return f"ssh://git@git.example.org{folder}"


def committed(remote: Path, tree: str, branch: str = "refs/heads/mentorlog") -> str:
    """A branch with one commit of this tree, as a foreign program would make it."""
    commit = git(remote, "-c", "user.name=x", "-c", "user.email=x", "commit-tree", "-m", "x", tree)
    git(remote, "update-ref", branch, commit)
    return commit


def exchange(one: Courier, number: int = 0, *, believed: bool = True) -> str | None:
    """Send something new, read everything back, and return the commit; None if what git says is not to be believed."""
    one.create()
    one.sweep()
    tip = one.fetch()
    changes = {**CONTENTS, "notes/n9999.toml": b"%d" % number}
    commit = one.commit(changes, onto=tip, parents=[tip] if tip else [], at=AT)
    pushed = one.push(commit)
    assert pushed or not believed
    fetched = one.fetch()
    found = {path: entry.id for path, entry in one.entries(commit).items() if entry.is_file}
    blobs = one.blobs(found.values())
    common = one.merge_base(commit, tip) if tip else None
    one.pack()
    if not believed:
        return commit if pushed else None
    assert fetched == commit
    assert common == tip
    assert found.items() >= {path: blob_id(data) for path, data in changes.items()}.items()
    assert blobs.items() >= {blob_id(data): data for data in changes.values()}.items()
    return commit


class Attempt(NamedTuple):
    """How an exchange ended: with a commit, or with an error for the user."""

    commit: str | None
    error: MentorlogError | None


def attempt(one: Courier, number: int = 0, *, believed: bool = True) -> Attempt:
    """Try an exchange; anything but success and an error with a hint is a failure of the test."""
    try:
        with one:
            return Attempt(exchange(one, number, believed=believed), None)
    except MentorlogError as error:
        assert error.sentence.endswith(".")
        assert error.hint
        return Attempt(None, error)


class Trap:
    """A program that must never run, and everything outside the git directory that must never change."""

    def __init__(self, world: World, *own: Path) -> None:
        self._root = world.root
        self._own = own
        self._sprung = world.root / "EXECUTED"
        self.program = world.root / "trap"
        self.program.write_text(f'#!/bin/sh\necho "$0 $*" >> {self._sprung}\nexit 1\n')
        self.program.chmod(0o700)
        self._before: dict[str, bytes] = {}

    def set(self) -> None:
        """Remember what is there."""
        self._before = self._seen()

    def stays(self) -> None:
        """Fail if the program ran, or anything changed."""
        assert not self._sprung.exists(), self._sprung.read_text()
        after = self._seen()
        changed = {path for path in after.keys() | self._before.keys() if after.get(path) != self._before.get(path)}
        assert not changed, changed

    def _seen(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for folder, names, files in os.walk(self._root):
            here = Path(folder)
            names[:] = [name for name in names if here / name not in self._own and not (here / name).is_symlink()]
            for name in [*names, *files]:
                path = here / name
                found[str(path)] = os.fsencode(path.readlink()) if path.is_symlink() else b""
                if path.is_file() and not path.is_symlink():
                    found[str(path)] = path.read_bytes()
        return found
