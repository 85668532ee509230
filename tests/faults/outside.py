"""Commands that write outside of the journal, at a target: what must be true of both after anything that may happen.

The target is old or new, and nothing else is left beside it but what a killed process had not yet put in place.
"""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from faults.every_call import Tally, strike_at, struck_at
from faults.flows import Words
from faults.harness import Ended, Harness, Tree
from faults.inject import SHORT, Fault, injected
from mentorlog.store.backup.archive import Archive, BadBackup
from mentorlog.store.backup.verify import verify
from mentorlog.store.disk import files

TARGET, BACKUP = "target", "backup.tar"
LARGE = 2**20
"""A backup is read in pieces of this size, and nothing else is."""


class Flow(NamedTuple):
    """A command that writes a target: its words, and whether there is an older target already.

    `beside`: a backup lies beside the target, to restore from.
    """

    name: str
    argv: Words
    over: str = ""  # what is in the place of the target before: "an older backup", "an empty folder"
    beside: bool = False


FLOWS = [
    Flow("backup make", ("backup", "make", TARGET)),
    Flow("backup make --with-log", ("backup", "make", TARGET, "--with-log")),
    Flow("backup make --yes", ("backup", "make", TARGET, "--with-log", "--yes"), over="an older backup"),
    Flow("backup restore", ("backup", "restore", BACKUP, TARGET), beside=True),
    Flow("backup restore in a folder", ("backup", "restore", BACKUP, TARGET), over="an empty folder", beside=True),
]
BY_NAME = {flow.name: flow for flow in FLOWS}


class Case(NamedTuple):
    """A command ready to run: the journal, and what lies beside it before and after."""

    flow: Flow
    journal: Tree
    old: Tree
    new: Tree

    def run(self, harness: Harness, seed: int = 1) -> Ended:
        """Run the command in the folder of its target."""
        folder = place(harness)
        words = [str(folder / word) if word in (TARGET, BACKUP) else word for word in self.flow.argv]
        return harness.run(*words, seed=seed)

    def restore(self, harness: Harness) -> None:
        """Put the journal and the target back."""
        harness.restore(self.journal)
        write(place(harness), self.old)
        if self.flow.over == "an empty folder":
            (place(harness) / TARGET).mkdir()


def place(harness: Harness) -> Path:
    """Return the folder of the target, beside the journal."""
    return harness.folder / "outside"


def prepared(harness: Harness, flow: Flow, beginning: Tree) -> Case:
    """Make a command ready to run, and run it once where nothing fails."""
    folder = place(harness)
    harness.restore(beginning)
    write(folder, {})
    if flow.over == "an older backup":
        assert harness.run("backup", "make", str(folder / TARGET)).exit == 0
    assert harness.run("goal", "progress", "g7k3q", "40").exit == 0
    if flow.beside:
        assert harness.run("backup", "make", str(folder / BACKUP), "--with-log").exit == 0
    case = Case(flow, harness.tree(), read(folder), {})
    case.restore(harness)
    ended = case.run(harness)
    assert ended.exit == 0, ended
    new = read(folder)
    assert new != case.old, f"{flow.name} changed nothing"
    return case._replace(new=new)


def strike(
    harness: Harness, case: Case, faults: Iterable[Fault], *, lasting: bool = False, few: bool = False, most: int = 0
) -> Tally:
    """Do every fault at every call of the command, with `few` at those that may change something.

    `most`: stop after so many violations.
    """
    case.restore(harness)
    with injected() as faulty:
        case.run(harness)

    def judge(ended: Ended, call: str) -> list[str]:
        return find_violations(harness, case, ended, may_leave=lasting or call in ("unlink", "rmdir"))

    places = (
        (fault, at) for fault in faults for at in struck_at(faulty.log, fault, changes_only=few and fault != SHORT)
    )
    run = partial(case.run, harness)
    return strike_at(case.flow.name, places, lambda at: case.restore(harness), run, judge, lasting=lasting, most=most)


def lie(harness: Harness, case: Case, step: int) -> Tally:
    """Let the disk return another bit of a backup than was written, at every so many bytes of it."""
    start, cases, violations = time.perf_counter(), 0, []
    for at in range(0, len(case.new[TARGET]), step):
        case.restore(harness)
        with injected() as faulty:
            faulty.__dict__["read"] = _lying(at, faulty.real.read)
            ended = case.run(harness)
        cases += 1
        wrong = find_violations(harness, case, ended)
        if ended.exit != 5 or "the disk returns other bytes than were written" not in ended.err:
            wrong.append(f"exit {ended.exit}: {ended.err.strip()}")
        violations += [f"{case.flow.name}: another bit at {at}: {one}" for one in wrong]
    return Tally(cases, violations, time.perf_counter() - start)


def _lying(at: int, real: Callable[[int, int], bytes]) -> Callable[[int, int], bytes]:
    read = 0

    def lying(descriptor: int, count: int) -> bytes:
        nonlocal read
        data = real(descriptor, count)
        if count < LARGE:  # not the backup
            return data
        inside, read = at - read, read + len(data)
        if 0 <= inside < len(data):
            return data[:inside] + bytes([data[inside] ^ 1]) + data[inside + 1 :]
        return data

    return lying


def find_violations(harness: Harness, case: Case, ended: Ended, *, may_leave: bool = False) -> list[str]:
    """Return what is wrong with the journal and the target after a run that ended so.

    `may_leave`: the disk may refuse to remove what was staged.
    """
    wrong, folder = words(ended), place(harness)
    if harness.tree() != case.journal:
        wrong.append("the journal was changed")
    now = read(folder)
    staged = {path for path in now if files.is_staged(path.partition("/")[0])}
    kept = {path: data for path, data in now.items() if path not in staged}
    if _same(kept, case.new):
        kept = case.new
    if kept not in (case.old, case.new):
        wrong.append(f"neither old nor new: {sorted(kept)}")
    if ended.acknowledged and kept != case.new:
        wrong.append("acknowledged and not there")
    if ended.exit is not None and staged and not may_leave:
        wrong.append(f"left behind: {sorted(staged)}")
    if ended.exit and kept == case.new and "written" not in ended.err:
        wrong.append(f"failed, but the target is there, and nothing was said of it: {ended.err}")
    if open_to_others := [path for path in folder.rglob("*") if path.lstat().st_mode & 0o077]:
        wrong.append(f"others can read {open_to_others}")
    wrong += _unverified(folder)
    return wrong + (_again(harness, case) if kept == case.old else [])


def _same(one: Tree, two: Tree) -> bool:
    """Return whether two backups hold the same files: without the log, one need not know when it was made."""
    try:
        return {**one, TARGET: b""} == {**two, TARGET: b""} and held(one[TARGET]) == held(two[TARGET])
    except (KeyError, BadBackup):
        return False


def held(backup: bytes) -> Tree:
    """Return the files in a backup, whose sums were checked."""
    return dict(Archive(io.BytesIO(backup), TARGET).members())


def verified(path: Path) -> None:
    """Check every byte of a backup; BadBackup is raised if it is not whole."""
    verify(path, _decrypted)


def _decrypted(data: bytes, name: str) -> bytes:
    raise AssertionError(f"{name} is encrypted")


def _unverified(folder: Path) -> list[str]:
    """A backup that exists verifies."""
    wrong = []
    for path in folder.iterdir():
        if path.is_file() and not files.is_staged(path.name):
            try:
                verified(path)
            except BadBackup as error:
                wrong.append(f"{path.name} does not verify: {error}")
    return wrong


def _again(harness: Harness, case: Case) -> list[str]:
    """The same command can be run again at once, without any repair by hand."""
    again, folder = case.run(harness, seed=3), place(harness)
    if again.exit != 0:
        return [f"run again, it fails: {again.err.strip()}"]
    now = {path: data for path, data in read(folder).items() if not files.is_staged(path.partition("/")[0])}
    return [] if now == case.new else ["run again, it gives something else"]


def words(ended: Ended) -> list[str]:
    """A failure is a sentence and one of the statuses for failures of the disk or the journal."""
    if ended.exit in (None, 0):
        return []
    lines = ended.err.splitlines()
    wrong = [] if ended.exit in (3, 4, 5) else [f"exit {ended.exit}: {ended.err}"]
    return wrong + ([] if any(line.startswith("error: ") for line in lines) else [f"not a sentence: {ended.err!r}"])


def read(folder: Path) -> Tree:
    """Return every file below a folder but a lock and an index."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("index.", "lock"))
    }


def write(folder: Path, tree: Tree) -> None:
    """Make a folder hold these files and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, data in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, data)
        os.close(descriptor)
