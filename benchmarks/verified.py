"""How long `doctor --verify` takes against reading and hashing the same bytes: `python -m benchmarks.verified FOLDER`.

The journal has a long log: a third of its records were imported, the others added one by one, and many changed since.
Every program runs in a process of its own, and the best of its runs counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.journals import NOW, mixed

RECORDS, OPERATIONS, AT_MOST = 100_000, 70_000, 2.0
IMPORTED = 2_000
"""Records of one import."""

BARE = """
import hashlib, os, sys, time
start, count = time.perf_counter(), 0
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith((".toml", ".json")):
            with open(os.path.join(folder, name), "rb") as file:
                hashlib.sha256(file.read()).hexdigest()
            count += 1
print(count, time.perf_counter() - start)
"""
VERIFY = """
import sys, time
from datetime import datetime
from pathlib import Path
from mentorlog.store.journal import Journal
start = time.perf_counter()
found = Journal(Path(sys.argv[1]), now=datetime.now()).verify()
assert not found.findings, found.findings[:3]
print(found.read.records + found.read.operations, time.perf_counter() - start)
"""


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
    imported = len(paths) // 3
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
