"""A fault at every call of `backup make` and `backup restore`: the old or the new, whole, and the journal untouched."""

from __future__ import annotations

import errno
import shutil
import time
from pathlib import Path

import pytest

from faults import sample_journal
from faults.every_call import ALL, HARMLESS
from faults.harness import Ended, Harness
from faults.inject import INTERRUPT, KILL, Fault, injected
from figures import Counted
from mentorlog.store.disk import files

MAKE, RESTORE = ("make", "new.tar"), ("restore", "old.tar", "again")
QUICK: tuple[Fault, ...] = (KILL, errno.EIO)


class Scene:
    """A journal, an older backup of it and one that may be overwritten, and an empty place for a restore."""

    def __init__(self, harness: Harness) -> None:
        self.harness, self.folder = harness, harness.folder / "backups"
        self.folder.mkdir()
        sample_journal.write(harness.root)
        self.old = self._made("old.tar")
        assert harness.run("note", "add", "A quiet week.").exit == 0
        self.new = self._made("new.tar")
        self.journal = harness.tree()
        self.run(RESTORE)
        self.restored = self._files("again")
        assert self.old != self.new and self.restored

    def _made(self, name: str) -> bytes:
        assert self.harness.run("backup", "make", str(self.folder / name), "--with-log").exit == 0
        return (self.folder / name).read_bytes()

    def _files(self, name: str) -> dict[str, bytes]:
        root = self.folder / name
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def again(self) -> None:
        """Put everything back."""
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        for name in ("old.tar", "new.tar"):
            (self.folder / name).write_bytes(self.old)

    def run(self, words: tuple[str, ...]) -> Ended:
        """Run one of the two commands."""
        verb, *names = words
        more = ["--with-log", "--yes"] if verb == "make" else []
        return self.harness.run("backup", verb, *(str(self.folder / name) for name in names), *more)

    def violations(self, verb: str, ended: Ended) -> list[str]:
        """Return what is wrong after a run that ended so."""
        wrong = []
        if ended.exit not in (None, 0, 3, 4, 5, 130) or "Traceback" in ended.err:
            wrong.append(f"exit {ended.exit}: {ended.err}")
        now = (self.folder / "new.tar").read_bytes()
        restored = self._files("again")
        if (self.folder / "old.tar").read_bytes() != self.old:
            wrong.append("another file was changed")
        if now not in (self.old, self.new) or restored not in ({}, self.restored):
            wrong.append("something is half done")
        if ended.acknowledged and (now != self.new if verb == "make" else restored != self.restored):
            wrong.append("acknowledged, and not there")
        if ended.exit is not None and [path for path in self.folder.iterdir() if files.is_staged(path.name)]:
            wrong.append("something was left behind")
        if self.harness.tree() != self.journal:
            wrong.append("the journal was changed")
        return wrong


@pytest.fixture
def scene(harness: Harness) -> Scene:
    """A journal and its backups."""
    return Scene(harness)


def strike(scene: Scene, words: tuple[str, ...], fault: Fault, *, lasting: bool = False) -> tuple[int, list[str]]:
    """Do a fault at every call; return how many there were, and what was wrong."""
    found, cases = [], 0
    for at in range(1, 100_000):
        scene.again()
        with injected(at, fault, lasting=lasting) as faulty:
            ended = scene.run(words)
        if at > len(faulty.log):
            return cases, found
        if not faulty.struck:
            continue
        cases += 1
        wrong = scene.violations(words[0], ended)
        if fault in HARMLESS and ended.exit != 0:
            wrong.append(f"no failure, but exit {ended.exit}: {ended.err}")
        name, args = faulty.log[at - 1]
        found += [f"{fault} at call {at} ({name} {args[:2]}): {one}" for one in wrong]
    raise AssertionError("it never ended")


@pytest.mark.slow
@pytest.mark.parametrize("words", [MAKE, RESTORE], ids=["make", "restore"])
@pytest.mark.parametrize("fault", QUICK, ids=str)
def test_a_fault_at_every_call(scene: Scene, words: tuple[str, ...], fault: Fault, counted: Counted) -> None:
    """Killed or refused by the disk: the old backup or the new one, all of a folder or none of it."""
    start = time.perf_counter()
    cases, wrong = strike(scene, words, fault)
    counted("1 every call, every fault", cases, len(wrong), time.perf_counter() - start)

    assert cases > 100
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("words", [MAKE, RESTORE], ids=["make", "restore"])
@pytest.mark.parametrize("fault", [INTERRUPT, *(fault for fault in ALL if fault not in QUICK)], ids=str)
def test_the_other_faults_at_every_call(scene: Scene, words: tuple[str, ...], fault: Fault, counted: Counted) -> None:
    """The same with every other fault; one that is none does not show."""
    start = time.perf_counter()
    cases, wrong = strike(scene, words, fault)
    counted("1 every call, every fault", cases, len(wrong), time.perf_counter() - start)

    assert cases > 20
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("words", [MAKE, RESTORE], ids=["make", "restore"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS], ids=str)
def test_a_disk_that_stays_full_or_read_only(
    scene: Scene, words: tuple[str, ...], fault: Fault, counted: Counted
) -> None:
    """From any call on everything fails, also the removal of what was begun: nothing has its name."""
    start = time.perf_counter()
    cases, wrong = strike(scene, words, fault, lasting=True)
    wrong = [one for one in wrong if "left behind" not in one]
    counted("1 every call, every fault", cases, len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong[:10])


def test_a_disk_that_lies(scene: Scene, tmp_path: Path) -> None:
    """Where the disk returns another byte than was written, there is no backup, and the old one stays."""
    scene.again()
    size = len(scene.new)
    for at in range(0, size, 997):
        with injected() as faulty:
            real, read = faulty.real, 0

            def lying(descriptor: int, count: int) -> bytes:
                nonlocal read
                data = real.read(descriptor, count)  # noqa: B023
                if count < 2**20:  # not the backup
                    return data
                inside = at - read  # noqa: B023
                read += len(data)
                if 0 <= inside < len(data):
                    return data[:inside] + bytes([data[inside] ^ 1]) + data[inside + 1 :]
                return data

            faulty.__dict__["read"] = lying
            ended = scene.run(MAKE)

        assert ended.exit == 5 and "the disk returns other bytes than were written" in ended.err, ended
        assert not scene.violations("make", ended)
