"""What `doctor --verify` takes against reading and hashing the same bytes: `python -m benchmarks.verified [FOLDER]`.

Two journals of 100,000 records with their index: brought by imports, or added one by one, with a log of 70,000
operations. Put them on a disk in memory, where reading costs least. Each program runs in a process of its own, in turn;
the best of three runs counts. The time that passes is what one waits; it needs an idle machine with two processors,
because SQLite checks the index beside the reading of the files. Processor time is the sum of both.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.journals import NOW, mixed
from benchmarks.measure import table

RECORDS, OPERATIONS, AT_MOST, RUNS = 100_000, 70_000, 2.0, 3
IMPORTED = 2_000
"""Records of one import."""

BARE = """
import sys, time
start = time.perf_counter()
from hashlib import sha256
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        sha256(path.read_bytes()).hexdigest()
print(time.perf_counter() - start, time.process_time())
"""
"""The shortest program that reads and hashes every byte."""
VERIFY = """
import sys, time
start = time.perf_counter()
from datetime import datetime
from pathlib import Path
from mentorlog.store.journal import Journal
found = Journal(Path(sys.argv[1]), now=datetime.now()).verify()
assert not found.errors and not found.files, found.findings[:3]
print(time.perf_counter() - start, time.process_time())
"""


def seconds(program: str, root: Path) -> tuple[float, float]:
    """Return the time that passes while a program reads a journal, and its processor time."""
    ran = subprocess.run([sys.executable, "-c", program, str(root)], check=True, capture_output=True, text=True)
    passed, used = map(float, ran.stdout.split())
    return passed, used


def write(root: Path, records: int = RECORDS, operations: int = OPERATIONS) -> None:
    """Write a journal with a log of so many operations, past the door of the program, which would sync each."""
    from mentorlog.store.format import toml
    from mentorlog.store.journal import Journal

    Journal(root, now=NOW, may_create=True).create()
    made = {toml.path_of(record): toml.dump(record) for record in mixed(records)}
    for path, data in made.items():
        (root / path).write_bytes(data)
    _write_log(root, _changes(made, operations))


def _changes(made: dict[str, bytes], operations: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield the name and the changes of each operation: imports, single records, changes to them."""
    from mentorlog.store.oplog.operation import Change

    paths, chosen = list(made), random.Random(7)
    imported = len(paths) if operations * IMPORTED <= len(paths) else len(paths) // 3
    edits = max(0, operations - (len(paths) - imported) - -(-imported // IMPORTED))
    picked = dict.fromkeys(chosen.sample(paths, min(edits // 2, len(paths))), 2)

    def version(path: str, number: int) -> bytes:
        last = picked.get(path, 0)
        return made[path] if number == last else made[path] + b"# version %d\n" % number

    for start in range(0, imported, IMPORTED):
        some = paths[start : start + IMPORTED]
        yield f"import: {len(some)} records", [Change(path, None, version(path, 0)) for path in some]
    for path in paths[imported:]:
        yield f"add: {path}", [Change(path, None, version(path, 0))]
    for path, last in picked.items():
        for number in range(last):
            yield f"set: {path}", [Change(path, version(path, number), version(path, number + 1))]


def _write_log(root: Path, changes: Iterator[tuple[str, list[Any]]]) -> None:
    from mentorlog.store.layout import Layout
    from mentorlog.store.oplog import operation
    from mentorlog.store.oplog.log import Log

    Log(Layout(root)).prepare()
    previous = None
    for seq, (name, some) in enumerate(changes, start=1):
        new = operation.Operation(seq, name, NOW.isoformat(), "do", (), ())
        entry = operation.entry_of(new, some).linked(previous)
        assert entry.link is not None
        previous = entry.link.own
        Layout(root).operation(seq).write_bytes(entry.encoded())


def main() -> None:
    """Print the table."""
    from mentorlog.store.journal import Journal

    rows = []
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as folder:
        for operations in (RECORDS // IMPORTED, OPERATIONS):
            root = Path(folder) / str(operations) / "journal"
            root.parent.mkdir()
            write(root, RECORDS, operations)
            Journal(root, now=NOW).reading.counts()
            runs = [(*seconds(BARE, root), *seconds(VERIFY, root)) for _ in range(RUNS)]
            bare, bare_used, took, used = (min(one) for one in zip(*runs, strict=True))
            met = "met" if took <= AT_MOST * bare else "**not met**"
            ratios = f"{took / bare:.2f}", f"{used / bare_used:.2f}"
            rows.append([f"{operations:,}", f"{bare:.1f} s", f"{took:.1f} s", *ratios, met])
    header = ["operations", "bare", "verify", "×", "× processor time", f"goal {AT_MOST}"]
    print(table(header, rows))


if __name__ == "__main__":
    main()
