"""Real git and real journals: git killed at any moment, locks left on both sides, machines that sync at once."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from mentorlog.errors import MentorlogError, RemoteFailure
from store.sync import race
from store.sync.exchanged import bare, git
from store.sync.race import SHARED
from sync_machines import Desk
from world import World

SCHEDULES = 200
MACHINES = "abc"
ROUNDS = 25
KILLED = 0.12
"""How many calls of git are killed."""


def _started(root: Path) -> tuple[Path, list[Desk]]:
    """Machines that have synced one note."""
    remote = bare(root / "remote.git")
    found = [Desk(root, name) for name in MACHINES]
    found[0].add(SHARED, "Common.")
    found[0].sync(to=True)
    for one in found[1:]:
        one.sync(to=True, begin=True)
    return remote, found


def _settled(found: Sequence[Desk], remote: Path, phrases: set[str]) -> None:
    """Sync in turn until nothing is left to do; every phrase is then in every journal once, and no lock is left."""
    for _ in range(2):
        for one in found:
            one.sync()
    for one in found:
        assert one.files == found[0].files
        text = b"\n".join(one.files.values()).decode()
        assert {phrase: text.count(phrase) for phrase in phrases} == dict.fromkeys(phrases, 1)
        assert b"conflicts" not in b"".join(one.files.values())
        report = one.sync()
        assert not (report.received.count or report.sent.count or report.merged or report.conflicts)
        assert not list(one.place.git.rglob("*.lock"))
        git(one.place.git, "fsck", "--strict")
    assert not list(remote.rglob("*.lock"))
    git(remote, "fsck", "--strict")


class Killer:
    """A git first on the PATH that is killed, at times, after a moment; with what it started, at times."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = world.root / "killer"
        self._folder.mkdir()
        self._real = shutil.which("git")
        self.killed = 0
        monkeypatch.setenv("PATH", f"{self._folder}:{os.environ['PATH']}")
        self.plan([])

    def plan(self, deaths: Sequence[str]) -> None:
        """Kill the next calls so: a moment in seconds, `all` if its children too; "" to let it live."""
        calls = self._folder / "calls"
        if calls.exists():
            self.killed += len([one for one in calls.read_text().splitlines() if one])
        calls.write_text("")
        (self._folder / "deaths").write_text("".join(f"{one}\n" for one in deaths))
        program = self._folder / "git"
        program.write_text(
            f'#!/bin/sh\nn=$(wc -l < {calls})\ndeath=$(sed -n "$((n + 1))p" {self._folder}/deaths)\n'
            f'echo "$death" >> {calls}\n[ -n "$death" ] || exec {self._real} "$@"\n'
            f'{self._real} "$@" <&0 &\npid=$!\nsleep "${{death% *}}"\n'
            'case $death in *all) pkill -9 -P "$pid";; esac\nkill -9 "$pid" 2> /dev/null\nwait "$pid"\n'
        )
        program.chmod(0o700)


def _unlocked(remote: Path, failed: RemoteFailure) -> None:
    """Do what the hint says about a lock that was left on the remote."""
    found = re.fullmatch(r"if no git runs there: rm (\S+)", failed.hint or "")
    assert found is not None, (failed.sentence, failed.hint)
    assert Path(found[1]).is_relative_to(remote)
    Path(found[1]).unlink()


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("part", range(10))
def test_git_is_killed_at_any_moment(part: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a killed git leaves, the machines hold the same words in the end, and each of them once."""
    monkeypatch.setattr("mentorlog.store.sync.exchange._PAUSE", 0.01)
    killer = Killer(world, monkeypatch)
    refused = locks = 0
    for number in range(part * SCHEDULES // 10, (part + 1) * SCHEDULES // 10):
        luck = random.Random(number)
        root = world.root / f"schedule-{number}"
        root.mkdir()
        remote, found = _started(root)
        words = set[str]()
        for step in range(6):
            one = luck.choice(found)
            word = f"w{number}x{step}"
            words.add(word)
            if luck.random() < 0.6:
                one.append(SHARED, f"Shared {word}.")
            else:
                one.add(f"nk{step + 3}{luck.choice('bcd')}{luck.choice('fgh')}", f"Own {word}.")
            if luck.random() < 0.1:
                (one.place.git / "refs" / "remote" / "mentorlog.lock").touch()
            deaths = [
                f"{luck.random() * 0.03:.4f} {'all' if luck.random() < 0.5 else 'one'}"
                if luck.random() < KILLED
                else ""
                for _ in range(100)
            ]
            killer.plan(deaths)
            try:
                one.sync()
            except MentorlogError as error:
                assert error.hint
                refused += 1
            killer.plan([])
        left = list(remote.rglob("*.lock"))
        if luck.random() < 0.1:
            left.append(remote / "refs" / "heads" / "mentorlog.lock")
        locks += bool(left)
        for lock in left:
            lock.touch()
            os.utime(lock, (0, 0))
        for _ in left:
            if (late := f"late{number}") not in words:
                words.add(late)
                found[0].append(SHARED, f"Shared {late}.")
            try:
                found[0].sync()
            except RemoteFailure as failed:
                _unlocked(remote, failed)
        _settled(found, remote, {f" {word}." for word in words})
        shutil.rmtree(root)
    print(f"\npart {part}: {killer.killed} git killed, {refused} syncs failed, {locks} locks left on the remote")
    assert killer.killed > 20


@pytest.mark.slow
@pytest.mark.exhaustive
def test_machines_that_sync_at_once(world: World) -> None:
    """Three processes add to one note and sync, 25 times each: nothing is lost or doubled, and nobody waits long."""
    remote, found = _started(world.root)
    command = [sys.executable, race.__file__, str(world.root)]
    started = [subprocess.Popen([*command, one.name, str(ROUNDS)], stdout=subprocess.PIPE, text=True) for one in found]
    ended = [one.communicate(timeout=600)[0].split() for one in started]

    assert [one.returncode for one in started] == [0, 0, 0]
    assert max(float(longest) for _, longest in ended) < 60
    print(f"\ngave up {sum(int(gave_up) for gave_up, _ in ended)} of {len(found) * ROUNDS}: {ended}")
    _settled(
        found,
        remote,
        {f"{what} {one.name}{number}." for what in ("Own", "Shared") for one in found for number in range(ROUNDS)},
    )
