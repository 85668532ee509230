"""What is told of a remote without reaching it, and of what was undone elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from plain_machines import Machines
from store.sync.exchanged import bare
from terminal import Terminal
from world import World

Start = Callable[..., Terminal]


@pytest.fixture
def two(world: World) -> Machines:
    """A desktop with a journal that was sent, and a laptop that has it from the remote."""
    made = Machines(world)
    made.begin()
    return made


@pytest.mark.parametrize("begun", [True, False])
def test_the_status_after_a_push_that_did_not_arrive(begun: bool, two: Machines) -> None:
    """The last sync is the one before, what is not sent is still told as such, and goes out with the next sync."""
    remote = two.remote if begun else bare(two.world.home / "new.git")
    lock = remote / "refs" / "heads" / "mentorlog.lock"
    two.run("laptop", "sync")
    note = two.id("laptop", "note", "add", "On the way")
    all_of_it = sorted([note, two.goal, "osler", "profile"])
    lock.touch()
    os.utime(lock, (0, 0))

    refused = two.run("laptop", "sync", *([] if begun else ["--to", str(remote), "--plain"]))
    status = two.run("laptop", "sync", "--status", "--json").data
    lock.unlink()

    assert (refused.exit, "has left a lock" in refused.err) == (5, True)
    assert status["synced_at"] is not None
    assert sorted(status["unsent"]["new"]) == ([note] if begun else all_of_it)
    assert two.run("laptop", "sync", "--json").data["first"] is False
    assert two.run("laptop", "sync", "--status").out.splitlines()[-1] == "not sent   nothing"


def test_the_status_needs_no_git_directory(two: Machines) -> None:
    """Without it, what was not sent is unknown, and the next sync finds out."""
    (known,) = (two.world.home / "laptop" / "state" / "mentorlog" / "sync").iterdir()
    shutil.rmtree(known / "git")

    assert two.run("laptop", "sync", "--status").out.splitlines()[-1] == "not sent   unknown until the next sync"
    assert two.run("laptop", "sync", "--status", "--json").data["unsent"] is None
    assert two.run("laptop", "sync").exit == 0
    assert two.run("laptop", "sync", "--status").out.splitlines()[-1] == "not sent   nothing"


def test_what_was_erased_elsewhere_and_came_back(two: Machines) -> None:
    """It is told as deleted only where it is: undone and sent again, it is here, and there."""
    two.run("desktop", "forget", two.goal, "--yes")
    two.run("desktop", "sync", "--forget", "--yes")
    told = f"{two.goal} was erased on another machine, and is deleted here.\n"
    assert told in two.run("laptop", "sync").out

    two.run("laptop", "undo", "--sync", "--yes")
    assert two.run("laptop", "sync").out == "Sent 1: 1 new.\n"
    assert two.run("desktop", "sync").out == "Received 1: 1 new.\n"
    two.run("laptop", "delete", two.goal, "--yes")
    assert two.run("laptop", "sync").out.startswith(f"Sent 1: 1 deleted.\n{told}")


def test_the_status_in_40_columns(two: Machines, terminal: Start) -> None:
    """What is beside a label keeps to its column; only a path, which stays whole, may be wider."""
    words = ("sync", "--status")
    ran = terminal(*words, columns=40, env=two.env("laptop"))

    assert ran.end() == 0
    lines = ran.raw.decode().replace("\r", "").splitlines()
    labels = [line for line in lines if not line.startswith(" " * 11)]
    assert len(labels) == len(two.run("laptop", *words).out.splitlines()) < len(lines)
    assert all(len(line) <= 40 or "/" in line for line in lines)
