"""Which machine `.mentorlog` belongs to: told where it came from another one, never an error, nothing in a backup."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from world import World


def other_machine(world: World) -> dict[str, str | None]:
    """Return the environment of another machine, with a state folder of its own and a journal of its own."""
    env: dict[str, str | None] = {"XDG_STATE_HOME": str(world.root / "other")}
    assert world.invoke("init", str(world.root / "others"), "--no-input", env=env).exit == 0
    return env


def machine(world: World) -> Path:
    """Return the file in the journal."""
    return world.journal / ".mentorlog" / "machine"


def findings(world: World, env: dict[str, str | None] | None = None) -> list[tuple[str, str]]:
    """Return the level and category of what doctor finds."""
    ran = world.invoke("doctor", "--json", env=env)
    assert ran.exit == 0, ran
    return [(one["level"], one["category"]) for one in ran.data["findings"]]


def test_a_journal_from_another_machine(world: World, journal_root: Path) -> None:
    """Doctor says so, and nothing else does; --fix accepts it, and then the first machine hears of it."""
    world.invoke("goal", "add", "Aim")
    there = other_machine(world)
    assert (findings(world), findings(world, there)) == ([], [("warning", "machine")])
    assert world.invoke("goal", "list", env=there).err == ""

    fixed = world.invoke("doctor", "--fix", env=there)

    assert (fixed.exit, "Accepted mentorlog's own files" in fixed.out) == (0, True), fixed
    assert (findings(world), findings(world, there)) == ([("warning", "machine")], [])


def test_nothing_is_written_through_a_link(world: World, journal_root: Path) -> None:
    """Where `.mentorlog` is a link, the folder that it leads to stays as it is."""
    elsewhere = world.root / "elsewhere"
    (journal_root / ".mentorlog").rename(elsewhere)
    (elsewhere / "machine").unlink()
    (journal_root / ".mentorlog").symlink_to(elsewhere)
    before = sorted(path.name for path in elsewhere.iterdir())

    ran = world.invoke("doctor", "--fix")

    assert (ran.exit, sorted(path.name for path in elsewhere.iterdir())) == (3, before), ran


def test_two_journals_of_one_machine_have_its_id(world: World, journal_root: Path) -> None:
    """The id is the machine's: it is made once, and only its user may read it."""
    world.invoke("init", str(world.root / "second"), "--no-input")

    own = world.home / ".local" / "state" / "mentorlog" / "machine"
    places = [own, machine(world), world.root / "second" / ".mentorlog" / "machine"]
    assert len({place.read_bytes() for place in places}) == 1
    assert {place.stat().st_mode & 0o777 for place in places} == {0o600}


@pytest.mark.parametrize("data", [None, b"", b"rubbish\xff", bytes(33), b"0" * 5_000_000])
def test_what_says_nothing_is_nobodys(data: bytes | None, world: World, journal_root: Path) -> None:
    """A journal of an older version, or a file that was spoilt, belongs to nobody; --fix and `init` mark it again."""
    for words in (["doctor", "--fix"], ["init", str(journal_root)]):
        machine(world).unlink()
        if data is not None:
            machine(world).write_bytes(data)
            machine(world).chmod(0o600)
        assert findings(world) == findings(world, other_machine(world)) == []

        ran = world.invoke(*words)

        assert (ran.exit, "Accepted" in ran.out) == (0, False), ran
        assert len(machine(world).read_bytes()) == 33


@pytest.mark.parametrize("env", [{"XDG_STATE_HOME": None, "HOME": None}, {"XDG_STATE_HOME": "/proc/nowhere"}])
def test_without_a_state_folder_nothing_is_known(env: dict[str, str | None], world: World) -> None:
    """Nothing fails, and nothing is said."""
    assert world.invoke("init", str(world.journal), "--no-input").exit == 0
    before = machine(world).read_bytes()
    env = {**env, "MENTORLOG_JOURNAL": str(world.journal)}

    assert world.invoke("goal", "add", "Aim", env=env).exit == 0
    assert findings(world, env) == []
    assert world.invoke("doctor", "--fix", env=env).exit == 0
    assert machine(world).read_bytes() == before


def test_a_backup_leaves_it_out(world: World, journal_root: Path) -> None:
    """A journal that is restored elsewhere is not one that a sync program brought."""
    world.invoke("goal", "add", "Aim")
    backup = world.root / "journal.tar"
    assert world.invoke("backup", "make", str(backup), "--with-log").exit == 0

    with tarfile.open(backup) as archive:
        assert [name for name in archive.getnames() if "machine" in name] == []
