"""Places that may not be written, or not even looked into: the program says so, and makes nothing by halves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unprivileged import UnprivilegedWorld, unprivileged_world
from world import World


@pytest.fixture
def other() -> Iterator[UnprivilegedWorld]:
    """A world in which the program runs as somebody who may little."""
    with unprivileged_world() as made:
        yield made


def test_where_nothing_can_be_remembered_nothing_is_made(other: UnprivilegedWorld) -> None:
    """`init PATH` in a home that may not be written makes no journal; without remembering it can be made."""
    home, room = other.root / "fixed", other.root / "room"
    home.mkdir(mode=0o555)
    room.mkdir(mode=0o777)
    room.chmod(0o777)
    env = {"HOME": str(home), "XDG_CONFIG_HOME": None, "MENTORLOG_JOURNAL": None}

    refused = other.run_as("init", str(room / "mine"), "--no-input", env=env)

    assert (refused.exit, refused.out) == (5, "")
    assert f"Cannot create {home}/.config/mentorlog: permission denied." in refused.err
    assert f"hint: or use: mentorlog --journal {room}/mine init\n" in refused.err
    assert list(room.iterdir()) == []
    assert other.run_as("--journal", str(room / "mine"), "init", "--no-input", env=env).exit == 0


def test_a_home_that_cannot_be_made(world: World) -> None:
    """/proc holds no files: nothing is made, and nothing is left of what was tried."""
    if not Path("/proc/self").exists():
        pytest.skip("there is no /proc here")
    env = {"HOME": "/proc", "XDG_CONFIG_HOME": None}

    ran = world.invoke("init", str(world.root / "mine"), "--no-input", env=env)

    assert (ran.exit, ran.out) == (5, "")
    assert not (world.root / "mine").exists()


def test_what_failed_leaves_no_memory(world: World) -> None:
    """A journal that could not be made is not remembered either."""
    (world.root / "file").write_text("x")

    ran = world.invoke("init", str(world.root / "file" / "mine"), "--no-input", env={"MENTORLOG_JOURNAL": None})

    assert ran.exit == 1
    assert world.invoke("paths", "--json", env={"MENTORLOG_JOURNAL": None}).data["named_by"] != "mentorlog init"


@pytest.mark.parametrize("words", [["status"], ["goal", "add", "Aim"], ["paths"]], ids=" ".join)
@pytest.mark.parametrize("named", [True, False])
def test_a_journal_that_lets_nobody_in_is_no_missing_one(
    words: list[str], named: bool, other: UnprivilegedWorld
) -> None:
    """Permission is denied, with status 5: nobody is told to begin a journal there."""
    folder = other.root / "data" / "mentorlog" / "journal"
    folder.mkdir(parents=True)
    folder.chmod(0)
    env = {"MENTORLOG_JOURNAL": str(folder) if named else None, "XDG_DATA_HOME": str(other.root / "data")}
    for above in (other.root / "data", folder.parent, other.home):
        above.chmod(0o755)

    ran = other.run_as(*words, env=env)

    assert (ran.exit, ran.out) == (5, "")
    assert "permission denied" in ran.err
    assert "init" not in ran.err


def test_a_folder_that_nobody_may_look_into(other: UnprivilegedWorld) -> None:
    """The check-up names it and looks at the rest; links into it are no broken ones, and --fix mends the others."""
    root = other.found()
    other.invoke("mentor", "add", "William Osler", env={"MENTORLOG_JOURNAL": str(root)})
    other.invoke("goal", "add", "Aim", "--with", "osler", env={"MENTORLOG_JOURNAL": str(root)})
    other.invoke("task", "add", "Draft", "--from", "osler", env={"MENTORLOG_JOURNAL": str(root)})
    other.give(root)
    (root / "mentors").chmod(0)
    (root / "tasks" / ".draft.toml.0a1b2c3d.new").touch(0o600)
    env = {"MENTORLOG_JOURNAL": str(root)}

    seen = other.run_as("doctor", env=env)
    fixed = other.run_as("doctor", "--fix", env=env)

    said = "error   mentors: its records cannot be read: permission denied; run: chmod u+rwX "
    assert (seen.exit, seen.err) == (3, "")
    assert seen.out.splitlines()[0].startswith(said)
    assert "which is not here" not in seen.out
    assert "2 records, 1 error, 1 warning." in seen.out
    left = "Removed tasks/.draft.toml.0a1b2c3d.new, left behind by a killed process."
    assert fixed.out.splitlines()[:2] == [left, seen.out.splitlines()[0]]
