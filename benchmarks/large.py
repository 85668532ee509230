"""What the largest commands take beside the files alone: `python -m benchmarks.large [FOLDER]`.

`export json` of 2,000 records stands beside a program that reads, hashes and parses their files with tomllib, and
`import json` of 20,000 records into a new journal beside one that writes their files and syncs each. Each runs in a
process of its own, in turn; the best of some runs counts. Beside reading, processor time counts, which says more on a
busy machine; beside writing, the time that passes: FOLDER must be on a disk that really syncs. What an empty journal
takes is the start of the program, and is told apart.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.journals import mixed, write
from benchmarks.measure import Program, both_times, environment, table

EXPORTED, IMPORTED = 2_000, 20_000
MOST_EXPORT, MOST_IMPORT = 1.3, 3.0
ROUNDS, ROUNDS_ON_DISK = 7, 2

READ = """
import sys, tomllib
from hashlib import sha256
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.toml"):
    data = path.read_bytes()
    sha256(data).hexdigest()
    tomllib.loads(data.decode())
"""
"""The shortest program that reads, hashes and parses every file."""
WRITE = """
import os, sys
from pathlib import Path
source, target = map(Path, sys.argv[1:])
found = {target / path.relative_to(source): path.read_bytes() for path in source.rglob("*.toml")}
folders = {path.parent for path in found}
for folder in folders:
    folder.mkdir(parents=True, exist_ok=True)
def synced(path, flags, data=b""):
    descriptor = os.open(path, flags, 0o600)
    os.write(descriptor, data) if data else None
    os.fsync(descriptor)
    os.close(descriptor)
for path, data in found.items():
    synced(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, data)
for folder in folders:
    synced(folder, os.O_RDONLY)
"""
"""The shortest program that writes every file so that it stays."""

Times = tuple[float, float]
"""The time that passes, and the processor time, in seconds."""


class Bench:
    """A folder with journals, and the programs that run on them."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def journal(self, name: str, records: int) -> Path:
        """Write a journal of so many records."""
        write(self._root / name, mixed(records))
        return self._root / name

    def python(self, script: str, *paths: Path) -> Times:
        """Return what a script takes."""
        return self._run("-c", script, *map(str, paths))

    def ours(self, journal: Path, *words: str) -> Times:
        """Return what a command takes."""
        return self._run("-P", "-m", "mentorlog", *words, MENTORLOG_JOURNAL=str(journal))

    def _run(self, *words: str, **more: str) -> Times:
        return both_times(Program((sys.executable, *words), environment(self._root, **more), self._root))


def exported(bench: Bench) -> list[list[str]]:
    """Return the rows of an export."""
    full, empty = bench.journal("exported", EXPORTED), bench.journal("empty", 0)
    runs = [
        [
            *(bench.python(READ, root)[1] for root in (full, empty)),
            *(bench.ours(root, "export", "json")[1] for root in (full, empty)),
        ]
        for _ in range(ROUNDS)
    ]
    bare, bare_start, took, start = (min(one) for one in zip(*runs, strict=True))
    net = (took - start) / (bare - bare_start)
    name = f"export json, {EXPORTED:,} records"
    return [
        [name, f"{bare - bare_start:.3f} s", f"{took - start:.3f} s", f"{net:.2f}", _met(net, MOST_EXPORT)],
        ["with the start of both programs", f"{bare:.3f} s", f"{took:.3f} s", f"{took / bare:.2f}", ""],
    ]


def imported(bench: Bench, root: Path) -> list[list[str]]:
    """Return the row of an import."""
    source, file = bench.journal("source", IMPORTED), root / "export.json"
    bench.ours(source, "export", "json", "-o", str(file))

    def fresh(run: Callable[[Path], Times]) -> Times:
        target = root / "target"
        try:
            return run(target)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    def ours(target: Path) -> Times:
        bench.ours(target, "init", str(target))
        return bench.ours(target, "import", "json", str(file))

    runs = [(fresh(lambda target: bench.python(WRITE, source, target)), fresh(ours)) for _ in range(ROUNDS_ON_DISK)]
    bare, took = (min(one) for one in zip(*runs, strict=True))
    ratio = took[0] / bare[0]
    name = f"import json, {IMPORTED:,} records"
    return [[name, f"{bare[0]:.1f} s", f"{took[0]:.1f} s", f"{ratio:.2f}", _met(ratio, MOST_IMPORT)]]


def _met(ratio: float, most: float) -> str:
    return f"{'met' if ratio <= most else '**not met**'} ({most})"


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as work:
        bench = Bench(Path(work))
        rows = [*exported(bench), *imported(bench, Path(work))]
    print(table(["command", "the files alone", "mentorlog", "×", "goal"], rows))


if __name__ == "__main__":
    main()
