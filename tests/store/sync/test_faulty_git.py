"""git replaced by a stand-in that fails at its N-th call, and what anybody can see of git while it runs."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import MentorlogError, RemoteFailure
from mentorlog.store.sync.courier import Courier
from mentorlog.store.sync.git import NoGit, is_too_old
from store.sync.exchanged import AT, CONTENTS, GOAL, Trap, attempt, bare, exchange, git
from world import World

# What the stand-in does instead of git; $GIT is the real one.
FAULTS = {
    "fails": "exit 1",
    "says a reason": "echo 'fatal: something else' >&2; exit 128",
    "does nothing": "exit 0",
    "is killed": "kill -9 $$",
    "hangs": "exec sleep 1000",
    "ignores its input": "exec <&-; exec sleep 1000",
    "prints rubbish": "echo rubbish; exit 0",
    "prints without end": "exec yes",
    "prints an empty line": "echo; exit 0",
    "is killed afterwards": '"$GIT" "$@"; kill -9 $$',
    "fails afterwards": '"$GIT" "$@"; exit 1',
    "closes its output": "exec 1>&- 2>&-; sleep 0.2; exit 1",
    "repeats its input": "exec cat",
    "is full": "echo 'fatal: write error: No space left on device' >&2; exit 128",
}


class StandIn:
    """A git first on the PATH, which counts its calls and is faulty at one of them."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = world.root / "stand-in"
        self._folder.mkdir()
        self._calls = self._folder / "calls"
        self._real = shutil.which("git")
        monkeypatch.setenv("PATH", f"{self._folder}:{os.environ['PATH']}")
        self.does("", 0)

    def does(self, fault: str, at: int) -> None:
        """Do this at the N-th call from now on."""
        self._calls.write_text("")
        program = self._folder / "git"
        program.write_text(
            f'#!/bin/sh\nGIT={self._real}\necho "$*" >> {self._calls}\n'
            f'if [ "$(wc -l < {self._calls})" -eq {at} ]; then\n{fault or ":"}\nfi\nexec "$GIT" "$@"\n'
        )
        program.chmod(0o700)

    @property
    def calls(self) -> list[str]:
        """The words of each call."""
        return self._calls.read_text().splitlines()


@pytest.fixture
def stand_in(world: World, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A stand-in that does what git does."""
    return StandIn(world, monkeypatch)


def _machine(world: World, name: str, url: Path, patience: float = 0.5) -> Courier:
    return Courier(world.root / name / "git", str(url), may_ask=False, patience=patience)


def _struck(world: World, stand_in: StandIn, fault: str, at: int) -> bool:
    """Exchange with a fault at a call, then without; return whether there was such a call."""
    remote = bare(world.root / f"{fault.replace(' ', '-')}-{at}.git")
    name = remote.stem
    first = attempt(_machine(world, "other", remote, 20.0)).commit
    stand_in.does(FAULTS[fault], at)
    struck = attempt(_machine(world, name, remote), 1, believed=False)
    reached = len(stand_in.calls) >= at
    stand_in.does("", 0)

    second = attempt(_machine(world, name, remote, 20.0), 2)

    assert second.error is None, second.error
    history = git(remote, "rev-list", "mentorlog").split()
    assert history[0] == second.commit
    assert {first, struck.commit} - {None} <= {*history}
    git(remote, "fsck", "--strict")
    git(world.root / name / "git", "fsck", "--strict")
    return reached


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "at"), [("hangs", 3), ("is killed", 4), ("prints rubbish", 5), ("says a reason", 6)])
def test_a_faulty_call(fault: str, at: int, world: World, stand_in: StandIn) -> None:
    """It is an error with a hint, nothing is left running, and the next exchange does all that is left to do."""
    assert _struck(world, stand_in, fault, at)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("fault", FAULTS)
def test_every_faulty_call(fault: str, world: World, stand_in: StandIn) -> None:
    """As above, for every call of an exchange."""
    at = 1
    while _struck(world, stand_in, fault, at):
        at += 1
    print(f"\n{fault}: {at - 1} calls")
    assert at > 7


def test_git_is_missing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, or with one that cannot be started, the error says so; one in this folder does not count."""
    trap = Trap(world)
    monkeypatch.chdir(world.work)
    (world.work / "git").symlink_to(trap.program)
    for path in ("", ".", str(world.home), f".:{world.home}::relative"):
        monkeypatch.setenv("PATH", path)
        with pytest.raises(NoGit, match=re.escape("git was not found; sync needs it.")):
            _machine(world, "desktop", world.root / "r.git").create()
    (world.home / "git").write_text("neither script nor program")
    (world.home / "git").chmod(0o700)
    monkeypatch.setenv("PATH", str(world.home))
    with pytest.raises(NoGit, match="Cannot start git"):
        _machine(world, "desktop", world.root / "r.git").create()
    trap.set()
    trap.stays()


def test_git_is_too_old(world: World, stand_in: StandIn) -> None:
    """A version without what sync needs is named, with the one that it needs."""
    stand_in.does("echo git version 2.25.1; exit 0", 1)

    with pytest.raises(NoGit, match=re.escape("git 2.25.1 is too old; sync needs 2.30 or newer.")):
        _machine(world, "desktop", world.root / "r.git").create()
    assert not any(map(is_too_old, ["git version 2.30.0", "git version 3.0 (Apple Git-1)", "rubbish", "", "git x y"]))
    assert is_too_old("git version 1.8.3.1\n")


@pytest.mark.parametrize("settings", ["[[", "[core]\n\tbare = perhaps", "[include"])
def test_git_cannot_read_its_settings(settings: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no damage of our directory, which stays as it is with what was not sent yet."""
    remote = bare(world.root / "remote.git")
    with _machine(world, "desktop", remote, 20.0) as one:
        first = exchange(one)
        assert first
        late = one.commit({GOAL: b"late"}, onto=first, parents=[first], at=AT)
    broken = world.root / "gitconfig"
    broken.write_text(settings)
    with monkeypatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(broken))
        uses: dict[str, Callable[[Courier], object]] = {
            "fetch": Courier.fetch,
            "push": lambda it: it.push(late),
            "read": lambda it: it.entries(first),
            "contains": lambda it: it.contains(late, first),
            "write": lambda it: it.commit(CONTENTS, onto=None, parents=[], at=AT),
        }
        for use in uses.values():
            with _machine(world, "desktop", remote, 20.0) as one, pytest.raises(NoGit) as refused:
                use(one)
            assert refused.value.sentence == "git cannot read its configuration."
            assert "git config --list" in str(refused.value.hint)
        with pytest.raises(NoGit, match="git cannot read its configuration"):
            _machine(world, "laptop", remote).create()
    with _machine(world, "desktop", remote, 20.0) as one:
        assert one.has(late)


def test_nothing_that_a_user_wrote_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """No title, text or path is in a word or variable of git, in its errors, in a commit's message or in a ref."""
    remote = bare(world.root / "remote.git")
    seen = world.root / "seen"
    folder = world.root / "stand-in"
    folder.mkdir()
    program = folder / "git"
    real = shutil.which("git")
    errors = f"{seen}-errors"
    program.write_text(
        f'#!/bin/sh\n(echo "$@"; env) >> {seen}\n{real} "$@" 2> {errors}.$$\n'
        f"status=$?\ncat {errors}.$$ >> {errors}\ncat {errors}.$$ >&2\nexit $status\n"
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("MENTORLOG_JOURNAL", "/home/blackwell/canary-of-a-user")
    secret = "canary-of-a-user"
    path = f"goals/g2222-{secret}.toml"
    desktop, laptop = _machine(world, "desktop", remote, 20.0), _machine(world, "laptop", remote, 20.0)
    with desktop, laptop:
        first = exchange(desktop)
        assert first
        commit = desktop.commit({path: secret.encode()}, onto=first, parents=[first], at=AT)
        assert desktop.push(commit)
        exchange(laptop, 1)
        late = desktop.commit({path: None, GOAL: secret.encode()}, onto=commit, parents=[commit], at=AT)
        assert not desktop.push(late)
        git(remote, "update-ref", "refs/heads/mentorlog", git(remote, "rev-parse", "mentorlog~1"))
        (remote / "refs" / "heads" / "mentorlog").write_text("rubbish")
        with pytest.raises(MentorlogError) as caught:
            desktop.fetch()
        shown = f"{caught.value.sentence}{caught.value.hint}"

    everything = seen.read_text() + Path(errors).read_text() + shown
    for one in (world.root / "desktop" / "git", world.root / "laptop" / "git"):
        everything += git(one, "for-each-ref") + git(one, "log", "--all", "--format=%B%an%ae%cn%ce")
        everything += "".join(str(found) for found in one.rglob("*"))
    assert "fast-import" in everything
    assert secret not in everything
    assert not list(world.root.glob("*/git/logs/**/*"))


def test_the_disk_of_the_other_side(world: World, stand_in: StandIn) -> None:
    """A full disk is named with the side where it is."""
    remote = bare(world.root / "remote.git")
    with _machine(world, "desktop", remote, 20.0) as one:
        commit = exchange(one)
        assert commit
        stand_in.does("echo 'fatal: write error: No space left on device' >&2; exit 128", 1)
        with pytest.raises(RemoteFailure, match=re.escape("Cannot save what came from the remote: the disk is full.")):
            one.fetch()
        late = one.commit(CONTENTS, onto=commit, parents=[commit], at=AT)
        stand_in.does("echo 'remote: fatal: write error: No space left on device' >&2; exit 1", 1)
        with pytest.raises(RemoteFailure, match=re.escape(f"The disk of {remote} is full.")):
            one.push(late)
