"""Own files: a derived or foreign file never stops a command, and nobody else's is written through one of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from figures import Counted
from trust.own_files import cases
from world import World

TESTS = Path(__file__).resolve().parent.parent
ITEM = "13 own files"
MARKS = {"some": [pytest.mark.slow], "all": [pytest.mark.slow, pytest.mark.exhaustive]}


@pytest.mark.parametrize("which", [pytest.param(one, marks=marks) for one, marks in MARKS.items()])
def test_whatever_is_in_the_place_of_an_own_file(which: str, world: World, counted: Counted) -> None:
    """The command works, or doctor names the file, and its remedy works: never exit 70, never a hang.

    The kind: every file that mentorlog keeps for itself (the private folder, lock, index with its parts and seal,
    pending.json, operations, drafts, what recoveries saved, .gitignore, journal.toml, the profile, folders of records,
    the remembered path) × what can be in its place (links to nothing, elsewhere, a folder, itself; hard link, pipe,
    socket, device, folders, rubbish, long numbers, huge, cut, missing) × a read, changes, forget, doctor and export;
    and rows of the index that are spoilt behind a seal that fits. Another user's: tests/store/checkup.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "trust.own_files", which],
        capture_output=True,
        cwd=TESTS,
        env=world.variables({"MENTORLOG_JOURNAL": None}),
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    told = json.loads(done.stdout)
    counted(ITEM, told["cases"], len(told["wrong"]), time.perf_counter() - start)

    assert not told["wrong"], "\n".join(told["wrong"][:20])
    assert told["cases"] >= (len(cases(which)))


@pytest.mark.parametrize("day", [10**10, 2**33 + 2**40, -(10**10)])
def test_a_time_beyond_64_bits_of_nanoseconds(day: int, world: World) -> None:
    """A file of the year 2262 or later, as a wrong clock or an archive makes it, is read like any other."""
    root = world.found()
    world.invoke("goal", "add", "Aim")
    (path,) = (root / "goals").iterdir()
    for one in (path, root / "journal.toml"):
        try:
            os.utime(one, (day, day))
        except OverflowError:
            pytest.skip("no file can have this time here")

    for _ in range(2):
        assert "Aim" in world.invoke("goal", "list").out
    assert world.invoke("doctor").exit == 0
