"""Item 12: order and undo depend on the sequence of operations, never on a clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faults import sample_journal
from faults.harness import Harness, harness_in_memory, records_of
from figures import Counted
from mentorlog.domain.query import Query
from mentorlog.store.disk import syscalls
from mentorlog.store.index import scan
from world import World

ITEM = "12 time"
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)

JOURNEYS = {
    "backwards": [(f"{year}-06-15T12:00:00+00:00", "UTC") for year in (2030, 2029, 2026, 2001, 1970, 1901)],
    "forwards and back": [(f"{year}-06-15T12:00:00+00:00", "UTC") for year in (2026, 8999, 2026, 1900, 2026)],
    "one instant": [("2026-11-23T09:00:00+00:00", "UTC")] * 5,
    "the hour that is not": [
        (f"2026-03-29T0{at}", "Europe/Berlin") for at in ("1:59:59", "2:00", "2:30", "3:00", "1:30")
    ],
    "the hour that is twice": [
        (f"2026-10-25T0{at}", "Europe/Berlin") for at in ("1:59", "2:30", "2:30", "2:59", "3:00")
    ],
    "the hour twice, with offsets": [
        (f"2026-10-25T{at}", "Europe/Berlin") for at in ("02:30+02:00", "02:30+01:00", "02:10+02:00", "03:00+01:00")
    ],
    "across zones": [
        ("2026-11-23T23:30", zone)
        for zone in ("Pacific/Kiritimati", "Asia/Kolkata", "Europe/London", "America/St_Johns", "Pacific/Pago_Pago")
    ],
    "days alone": [
        ("2026-11-23", zone) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "Asia/Kathmandu")
    ],
}


@pytest.fixture
def harness() -> Iterator[Harness]:
    """A harness with the sample journal, on which young files are young."""
    with harness_in_memory() as one:
        scan.RACY_NS = 2_000_000_000
        sample_journal.write(one.root)
        yield one
    time.tzset()


def names(harness: Harness) -> list[str]:
    """Return the names of the operations, newest first."""
    return [operation.name for operation in harness.journal().history.listing().operations]


@pytest.mark.parametrize(
    "journey", [pytest.param(name, marks=pytest.mark.slow if number else []) for number, name in enumerate(JOURNEYS)]
)
def test_the_clock_changes_no_order(harness: Harness, journey: str, counted: Counted) -> None:
    """Whatever the clock says meanwhile, history and undo follow the order in which things were done."""
    start, states, before = time.perf_counter(), [records_of(harness.tree())], names(harness)
    for number, (now, zone) in enumerate(JOURNEYS[journey]):
        os.environ.update(MENTORLOG_NOW=now, TZ=zone)
        time.tzset()
        ended = harness.run("set", "g7k3q", f"title=Aim {number}")
        assert ended.exit == 0, ended
        states.append(records_of(harness.tree()))
    assert len(names(harness)) == len(before) + len(states) - 1
    assert [operation.seq for operation in harness.journal().history.listing().operations] == list(
        range(len(names(harness)), 0, -1)
    )
    history = json.loads(harness.run("history", "--json").out)["data"]
    assert len(history) == len(names(harness))
    for state in reversed(states[:-1]):
        assert harness.run("undo").exit == 0
        assert records_of(harness.tree()) == state
    for state in states[1:]:
        assert harness.run("redo").exit == 0
        assert records_of(harness.tree()) == state
    assert harness.index_answers() == harness.expected_answers(states[-1])
    counted(ITEM, 3 * (len(states) - 1), 0, time.perf_counter() - start)


def written(path: Path, title: str) -> os.stat_result:
    """Write a title of a set length into a goal's file, in place; return its stamp."""
    lines = path.read_bytes().decode().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("title = "))
    lines[at] = f'title = "{title:<20.20}."'
    path.write_bytes("\n".join(lines).encode())
    return path.stat()


def title(harness: Harness, id: str = "g7k3q") -> str:
    """Return the title that the index serves."""
    views: list[Any] = harness.journal().reading.find(Query("goal", ids=(id,)))
    return str(views[0]["title"]).split()[0]


@pytest.mark.parametrize("year", [1971, 2026, 2037, 2100, 2200])
def test_files_of_any_time(harness: Harness, year: int, counted: Counted) -> None:
    """A file whose time lies ahead or far behind is served as it is, also after a change that keeps size and time."""
    start, then = time.perf_counter(), int((year - 1970) * 31_556_952) * 10**9
    path = next(harness.root.glob("goals/g7k3q*"))
    for number in range(5):
        written(path, f"at{number}")
        os.utime(path, ns=(then, then))
        assert title(harness) == f"at{number}"
        assert title(harness) == f"at{number}"
    assert harness.run("goal", "pause", "g7k3q", "-m", "x").exit == 0
    assert harness.run("undo").exit == 0
    assert title(harness) == "at4"
    counted(ITEM, 5, 0, time.perf_counter() - start)


def test_changes_within_one_tick(harness: Harness, counted: Counted) -> None:
    """A file that is changed in place, to the same size, right after it was read is read again."""
    start = time.perf_counter()
    path = next(harness.root.glob("goals/g7k3q*"))
    for number in range(60):
        written(path, f"one{number}")
        assert title(harness) == f"one{number}"
        written(path, f"two{number}")
        assert title(harness) == f"two{number}"
    counted(ITEM, 120, 0, time.perf_counter() - start)


def test_a_look_that_takes_long(harness: Harness, monkeypatch: pytest.MonkeyPatch, counted: Counted) -> None:
    """What was young when a long look began stays young: a change in the tick after its reading is seen."""
    start = time.perf_counter()
    path = next(harness.root.glob("goals/g7k3q*"))
    real, missed, looks = syscalls.Calls.listdir, [], []
    monkeypatch.setattr(scan, "RACY_NS", 50_000_000)
    for number in range(5):
        written(path, f"old{number}")

        def slow(folder: Path) -> Any:
            if Path(folder).name == "reviews":
                looks.append(folder)
                time.sleep(0.1)  # the look lasts longer than files are young
            return real(folder)

        monkeypatch.setattr(syscalls.Calls, "listdir", staticmethod(slow))
        journal = harness.journal()
        journal.reading.find(Query("goal"))
        stored = dict(journal.reading.index._listings["goals"].stamped())[path.name]
        if stored != scan.NO_STAMP:
            missed.append(number)
    counted(ITEM, 5, len(missed), time.perf_counter() - start)

    assert not missed
    assert len(looks) == 5


@pytest.mark.slow
@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not here: apt-get install libfaketime")
@pytest.mark.parametrize("shift", ["-20y", "-1d", "+1d", "+10y", "-1d x0.01", "+0 x1000"])
def test_the_real_program_under_another_clock(world: World, shift: str, counted: Counted) -> None:
    """The program itself, told by the system that it is another time: it changes, lists, takes back."""
    start = time.perf_counter()
    sample_journal.write(world.journal)
    before = {path: path.read_bytes() for path in world.journal.glob("*/*.toml")}
    env = {**world.variables({"MENTORLOG_NOW": None}), "LD_PRELOAD": str(FAKETIME), "FAKETIME": shift}
    for words in (["set", "g7k3q", "title=Aim"], ["goal", "list", "--json"], ["undo"]):
        done = subprocess.run([sys.executable, "-m", "mentorlog", *words], env=env, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
    counted(ITEM, 3, 0, time.perf_counter() - start)

    assert {path: path.read_bytes() for path in world.journal.glob("*/*.toml")} == before
