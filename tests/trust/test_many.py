"""Item 6: many at once lose nothing, and no reader sees half of a change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from faults import sample_journal
from figures import Counted
from mentorlog.store.format import document
from mentorlog.store.journal import Journal
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.history import History
from trust.crowd import SHARED, WRITERS, pair, pairs
from world import World

ITEM = "6 many at once"
TESTS = Path(__file__).resolve().parent.parent
READERS = 2


class Crowd:
    """Processes that use one journal at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stop = world.root / "stop"

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start one of them."""
        command = [sys.executable, "-m", "trust.crowd", *words]
        return subprocess.Popen(
            command, cwd=TESTS, env=self.world.variables(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def told(self, process: subprocess.Popen[bytes]) -> Any:
        """Wait for one of them; return what it says."""
        out, err = process.communicate(timeout=600)
        assert process.returncode == 0, err.decode()[-2_000:]
        return json.loads(out)

    def use(self, writers: int, changes: int, readers: int, what: str = "read") -> tuple[list[Any], list[Any]]:
        """Let so many write and read (or make backups) until all is written; return what each was told."""
        reading = [self.start(what, str(number), str(self.stop)) for number in range(readers)]
        writing = [self.start("write", str(number), str(changes)) for number in range(writers)]
        wrote = [self.told(process) for process in writing]
        self.stop.touch()
        return wrote, [self.told(process) for process in reading]


def begun(world: World, writers: int) -> Path:
    """Write the journal with the first of every pair; return its folder."""
    sample_journal.write(world.journal)
    for writer in range(writers):
        ran = world.invoke("import", "json", "-", stdin=json.dumps(pair(writer, 0)))
        assert ran.exit == 0, ran
    return world.journal


def check(root: Path, wrote: list[Any], before: int) -> list[str]:
    """Return what is wrong with the journal after all have written."""
    wrong = []
    done = [token for told in wrote for token in told["done"]]
    plain = {path: document.checked(str(path.relative_to(root)), path.read_bytes()) for path in root.glob("*s/*.toml")}
    ids = [part.id for part in plain.values()]  # type: ignore[attr-defined]
    if len(ids) != len(set(ids)):
        wrong.append(f"{len(ids) - len(set(ids))} ids twice")
    there = [getattr(part, "text", None) or getattr(part, "title", None) for part in plain.values()]
    shared = next(part for part in plain.values() if part.id == SHARED)  # type: ignore[attr-defined]
    there += [entry.text for entry in shared.progress]  # type: ignore[attr-defined]
    expected = {token for token in done if int(token.partition("n")[2]) % 4}
    wrong += [f"{token} is there {there.count(token)} times" for token in expected if there.count(token) != 1]
    operations = list(History(Layout(root)).listing().operations)
    if [operation.seq for operation in operations] != list(range(before + len(done), 0, -1)):
        wrong.append(f"{len(operations)} operations, not {before + len(done)}")
    journal = Journal(root, now=autumn_now())
    numbers = [tuple(map(int, token[1:].split("n"))) for token in done]
    for name, halves in pairs(journal.reading.everything()).items():
        last = max(number for writer, number in [(int(name), 0), *numbers] if str(writer) == name and number % 4 == 0)
        if set(halves.values()) != {last} or len(halves) != 2:
            wrong.append(f"pair {name} says {halves}, not {last}")
    if {view["id"] for view in journal.reading.everything()} != set(ids) - {"profile", "journal"}:
        wrong.append("the index differs from the files")
    return wrong


def autumn_now() -> Any:
    """Return the instant of the sample journal."""
    from datetime import datetime

    return datetime.fromisoformat(sample_journal.NOW)


@pytest.mark.slow
@pytest.mark.parametrize("changes", [40, pytest.param(200, marks=pytest.mark.exhaustive)])
def test_eight_writers_and_two_readers(changes: int, world: World, counted: Counted) -> None:
    """Hundreds of changes by eight at once, read by two: all acknowledged, none lost, no id twice, no read torn."""
    start = time.perf_counter()
    root = begun(world, WRITERS)
    before = len(list(History(Layout(root)).listing().operations))

    wrote, read = Crowd(world).use(WRITERS, changes, READERS)
    wrong = [one for told in (*wrote, *read) for one in told["wrong"]] + check(root, wrote, before)
    reads = sum(told["reads"] for told in read)
    counted(ITEM, WRITERS * changes + reads, len(wrong), time.perf_counter() - start)

    assert not wrong, f"{len(wrong)} of {reads} reads and {WRITERS * changes} changes:\n" + "\n".join(wrong[:20])
    assert sum(len(told["done"]) for told in wrote) == WRITERS * changes
    assert reads > changes // 2
    assert max(told["longest"] for told in read) < 10
    assert max(told["longest"] for told in wrote) < 15  # of which ten are for the lock at the most


@pytest.mark.slow
def test_three_writers_and_a_reader(world: World, counted: Counted) -> None:
    """The same with fewer, in seconds."""
    start = time.perf_counter()
    root = begun(world, 3)
    before = len(list(History(Layout(root)).listing().operations))

    wrote, read = Crowd(world).use(3, 16, 1)
    wrong = [one for told in (*wrote, *read) for one in told["wrong"]] + check(root, wrote, before)
    counted(ITEM, 3 * 16 + read[0]["reads"], len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong[:20])
    assert sum(len(told["done"]) for told in wrote) == 3 * 16


def check_backup(world: World, path: str) -> list[str]:
    """Return what is wrong with a backup: it verifies, and restores to one moment, of which its log knows."""
    folder, name = world.root / "restored", Path(path).name
    verified = world.invoke("backup", "verify", path, "--json")
    restored = world.invoke("backup", "restore", path, str(folder), "--json")
    if verified.exit or restored.exit:
        return [f"{name}: {verified.err}{restored.err}"]
    made, env = verified.data, {"MENTORLOG_JOURNAL": str(folder)}
    doctor = world.invoke("doctor", "--verify", "--json", env=env)
    found, wrong = doctor.data, []
    states = {one["state"] for one in found["verified"]["files"]}
    if doctor.exit or found["findings"] or states - (set() if made["with_log"] else {"unknown"}):
        wrong.append(f"{name}: {states} {found['findings'][:3]}")
    halves = pairs(Journal(folder, now=autumn_now()).reading.everything()).values()
    if torn := [both for both in halves if len(both) != 2 or len(set(both.values())) != 1]:
        wrong.append(f"{name}: torn, {torn}")
    operations = found["verified"]["operation_count"]
    if operations != (made["change"] if made["with_log"] else 0):
        wrong.append(f"{name}: {operations} operations, and its last change is {made['change']}")
    shutil.rmtree(folder)
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("changes", [6, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_backups_beside_eight_writers(changes: int, world: World, counted: Counted) -> None:
    """Every backup that is made meanwhile verifies, and is the journal of one moment, its log included."""
    start = time.perf_counter()
    root = begun(world, WRITERS)
    before = len(list(History(Layout(root)).listing().operations))

    wrote, backed = Crowd(world).use(WRITERS, changes, 2, "back")
    made = [path for told in backed for path in told["made"]]
    wrong = [one for told in (*wrote, *backed) for one in told["wrong"]] + check(root, wrote, before)
    wrong += [one for path in made for one in check_backup(world, path)]
    counted("19 backups beside 8 writers", len(made), len(wrong), time.perf_counter() - start)

    assert not wrong, f"{len(made)} backups:\n" + "\n".join(wrong[:20])
    assert len(made) > 4
    assert max(told["longest"] for told in backed) < 15
