"""Item 7: an index that is damaged, stale, foreign, newer, locked or cut changes no answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.harness import Harness, harness_in_memory
from figures import Counted
from trust.indexes import QUICK_WAYS, WAYS, Shelf
from world import World

ITEM = "7 damaged indexes"
TESTS = Path(__file__).resolve().parent.parent
CASES, CHUNK = 1_012, 253

Struck = Callable[[int, int], None]


@pytest.fixture
def struck(world: World, counted: Counted) -> Struck:
    """struck(0, 250): so many cases in a process of their own, counted, none of them wrong."""

    def strike(first: int, count: int) -> None:
        start = time.perf_counter()
        command = [sys.executable, "-m", "trust.indexes", str(first), str(count)]
        done = subprocess.run(command, capture_output=True, cwd=TESTS, env=world.variables({"MENTORLOG_JOURNAL": None}))
        assert done.returncode == 0, done.stderr.decode()[-2_000:]
        wrong = json.loads(done.stdout)["wrong"]
        counted(ITEM, count, len(wrong), time.perf_counter() - start)

        assert not wrong, "\n".join(wrong[:20])

    return strike


@pytest.mark.slow
def test_an_index_damaged_in_each_way_that_takes_no_time(struck: Struck) -> None:
    """Each way to damage an index, once: the answers are those of the files, at once and ever after."""
    struck(0, len(QUICK_WAYS))


@pytest.mark.slow
@pytest.mark.parametrize(
    "first",
    [pytest.param(at, marks=[pytest.mark.exhaustive] if at else []) for at in range(0, CASES, CHUNK)],
)
def test_a_thousand_bad_indexes(struck: Struck, first: int) -> None:
    """A thousand of them, the locked ones too."""
    assert CASES % len(WAYS) == 0

    struck(first, CHUNK)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else, whom a read-only index refuses")
def test_an_index_that_nobody_may_write(world: World, counted: Counted) -> None:
    """Where the index and its folder are read-only, or unreadable, the files answer."""
    start, cases, wrong = time.perf_counter(), 0, []
    with harness_in_memory() as harness:
        shelf = Shelf(harness)
        wanted = shelf.wanted()
        names = [shelf.folder / name for name in ("index.sqlite", "index.seal")]
        for folder_mode in (0o500, 0o700):
            for file_mode in (0o400, 0o000, 0o600):
                shelf.harness.index_answers()
                cases += 1
                for path in names:
                    path.chmod(file_mode)
                shelf.folder.chmod(folder_mode)
                answers = _as_nobody(harness, shelf)
                shelf.folder.chmod(0o700)
                for path in names:
                    path.chmod(0o600)
                if answers != repr(wanted):
                    wrong.append(f"folder {folder_mode:o}, files {file_mode:o}: other answers")
    counted(ITEM, cases, len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong)


def _as_nobody(harness: Harness, shelf: Shelf) -> str:
    """Return what a user is told who owns the files and may not change them."""
    for folder, _, names in os.walk(harness.folder):
        for path in (folder, *(os.path.join(folder, name) for name in names)):  # noqa: PTH118
            os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        return repr(shelf.answers())
    finally:
        os.seteuid(0)


@pytest.mark.slow
def test_many_who_refresh_at_once(world: World, counted: Counted) -> None:
    """Readers that find no index, or a stale one, all make or mend it at once: each is told what the files say."""
    start, rounds, readers = time.perf_counter(), 12, 4
    wrong = []
    root = world.found()
    for number in range(rounds):
        ran = world.invoke("goal", "add", f"Aim {number}")
        assert ran.exit == 0
        index = root / ".mentorlog" / "index.sqlite"
        if number % 3 == 0:
            index.unlink()
        elif number % 3 == 1:
            index.write_bytes(b"rubbish")
        command = [sys.executable, "-m", "mentorlog", "goal", "list", "--json"]
        running = [
            subprocess.Popen(command, env=world.variables(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(readers)
        ]
        for process in running:
            out, err = process.communicate(timeout=60)
            if process.returncode or len(json.loads(out)["data"]) != number + 1:
                wrong.append(f"round {number}: {process.returncode}, {err.decode()}")
    counted(ITEM, rounds * readers, len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong)
