"""Whoever is told that there is no problem can read, add, change, undo, forget, export and import."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from faults import sample_journal
from trust.test_hostile_files import MAKERS
from trust.traps import TRAPPED, TRAPS
from world import World

STRANGE = Path(TRAPPED)
QUICK = 9

Attack = Callable[[Path, Path], object]


def _trap(data: bytes) -> Attack:
    return lambda path, outside: path.write_bytes(data)


ATTACKS: dict[str, Attack] = {
    **{f"trap: {name}": _trap(data) for name, data in TRAPS.items()},
    **{f"no file: {name}": make for name, (make, _) in MAKERS.items()},
}


def cases() -> list[object]:
    """Return every attack; all but a few are slow."""
    return [
        pytest.param(name, marks=() if number % QUICK == 0 else pytest.mark.slow) for number, name in enumerate(ATTACKS)
    ]


@pytest.mark.parametrize("name", cases())
def test_doctor_vouches_for_what_comes_next(name: str, world: World) -> None:
    """After any attack on a record all commands work, or doctor names the file, and without it they work.

    The kind: every known trap, and everything that is no file, in the place of a record. Own files, placeholders,
    copies of sync programs and ids have tests of their own beside this one.
    """
    world.journal.mkdir(mode=0o700)
    sample_journal.write(world.journal)
    outside = world.root / "outside"
    outside.mkdir()
    path = world.journal / STRANGE
    ATTACKS[name](path, outside)
    if path.is_file() and not path.is_symlink():
        path.chmod(0o600)

    doctor = world.invoke("doctor", "--json")
    errors = [one for one in doctor.data["findings"] if one["level"] == "error"]
    if errors:
        assert {one["path"] for one in errors} == {str(STRANGE)}, errors
        assert all(one["remedy"] for one in errors)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    assert world.invoke("doctor").exit == 0

    battery(world)


def battery(world: World) -> None:
    """Do one thing of each sort; each of them works."""
    for words in (["status"], ["goal", "list"], ["goal", "add", "Another one"], ["undo"], ["redo"]):
        ran = world.invoke(*words)
        assert ran.exit == 0, (words, ran)
    for words in (["set", "g7k3q", "why=x"], ["undo"], ["forget", "n6h7j", "--yes"], ["export", "markdown"]):
        ran = world.invoke(*words)
        assert ran.exit == 0, (words, ran)
    whole = world.invoke("export", "json")
    assert whole.exit == 0, whole
    other = world.root / "other"
    env = {"MENTORLOG_JOURNAL": str(other)}
    world.invoke("init", str(other), "--no-input", env=env)
    brought = world.invoke("import", "json", "-", stdin=whole.out, env=env)
    assert brought.exit == 0, brought
    assert world.invoke("export", "json", env=env).data["records"] == whole.data["records"]
    shutil.rmtree(other)
