"""A disk that fills in steps of 4 KiB, with a journal on it: run in a namespace of its own, where it may mount one.

full_disk.py STEPS FOLDER: mounts a small tmpfs on FOLDER, takes so many steps at once, and prints one line of JSON:
levels, changes, violations.
full_disk.py STEPS FOLDER limit: the same with a limit to the size of every file instead, where nothing may be mounted.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from faults import outside
from faults.flows import BY_NAME
from faults.harness import Harness, harness_in, records_of
from faults.oracle import beginning, find_violations, prepared

STEP = 4096
SIZE = 2 * 1024 * 1024
LEVELS = 48  # steps of free space, from the last one down to none
COMMANDS = ("goal progress", "meeting log", "mentor end", "delete", "undo")
OUTSIDE = ("backup make --yes", "backup restore")
READS = (
    ("status",),
    ("goal", "list"),
    ("show", "g7k3q"),
    ("search", "draft"),
    ("history",),
    ("note", "list", "--json"),
)


def mount(folder: Path) -> None:
    """Mount a tmpfs of SIZE bytes."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=%d,mode=700" % SIZE):
        raise OSError(ctypes.get_errno(), "mount")


class Filler:
    """Takes space away, and gives it back."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "filler"

    def leave(self, free: int) -> None:
        """Leave so many bytes free."""
        self.give_back()
        found = os.statvfs(self._path.parent)
        with self._path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - free))

    def give_back(self) -> None:
        """Make room: an index that was deleted takes some until its connection is collected."""
        self._path.unlink(missing_ok=True)
        gc.collect()


class Limit:
    """No file may grow beyond the bytes that are left: the nearest thing where nothing can be mounted."""

    def __init__(self, folder: Path) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def leave(self, free: int) -> None:
        """Let no file be larger."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, resource.RLIM_INFINITY))

    def give_back(self) -> None:
        """Let files be as large as they like."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def main() -> None:
    """Fill the disk step by step, with a change and all reads at each."""
    levels = range(LEVELS * STEP, -1, -STEP * int(sys.argv[1]))
    folder = Path(sys.argv[2])
    limited = sys.argv[3:] == ["limit"]
    if not limited:
        mount(folder)
    with harness_in(folder) as harness:
        disk = Limit(folder) if limited else Filler(folder)
        told = [fill(harness, disk, levels), fill_outside(harness, disk, levels)]
    cases, refused = (sum(one[number] for one in told) for number in (0, 1))
    violations = [one for *_, wrong in told for one in wrong]
    sys.stdout.write(json.dumps({"cases": cases, "refused": refused, "violations": violations[:20]}) + "\n")


def fill(harness: Harness, disk: Filler | Limit, levels: Iterable[int]) -> tuple[int, int, list[str]]:
    """Return how many commands were tried, how many had no space, and what was wrong."""
    start = beginning(harness)
    cases, refused, violations = 0, 0, []
    for name in COMMANDS:
        case = prepared(harness, BY_NAME[name], start)
        for free in levels:
            harness.restore(case.before)
            expected = _read_all(harness)
            disk.leave(free)
            ended = case.run(harness)
            cases += 1 + len(READS)
            refused += ended.exit == 5
            told = _read_all(harness)
            disk.give_back()
            where = f"{name} with {free} bytes free: "
            now = records_of(harness.tree())
            if told not in (expected, _read_all(harness)):
                violations.append(f"{where}a read differs: {_differing(told, expected)}")
            if ended.exit != 0 and now not in (case.old, case.new):
                violations.append(f"{where}neither old nor new before anything is repaired")
            violations += [where + one for one in find_violations(harness, case, ended)]
    return cases, refused, violations


def fill_outside(harness: Harness, disk: Filler | Limit, levels: Iterable[int]) -> tuple[int, int, list[str]]:
    """Return the same of backups, and of restores of them: the target is old or new, and nothing is left beside it."""
    start = beginning(harness)
    cases, refused, violations = 0, 0, []
    for name in OUTSIDE:
        case = outside.prepared(harness, outside.BY_NAME[name], start)
        for free in levels:
            case.restore(harness)
            disk.leave(free)
            ended = case.run(harness)
            disk.give_back()
            cases += 1
            refused += ended.exit == 5
            violations += [
                f"{name} with {free} bytes free: {one}" for one in outside.find_violations(harness, case, ended)
            ]
    return cases, refused, violations


def _read_all(harness: Harness) -> list[tuple[int | None, str]]:
    return [harness.run(*words)[:2] for words in READS]


def _differing(told: list[tuple[int | None, str]], expected: list[tuple[int | None, str]]) -> str:
    found = [(words, one) for words, one, other in zip(READS, told, expected, strict=True) if one != other]
    return repr(found)[:300]


if __name__ == "__main__":
    main()
