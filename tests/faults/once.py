"""What a test of faults has the program do ten thousand times, and what has nothing to do with the disk, is done once.

Equal bytes at one path are parsed and checked once: every byte still comes from the disk, only what they say is
remembered. And a command is built of its function once, as in the life of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from mentorlog.cli import groups
from mentorlog.models.record import Part
from mentorlog.models.views import View
from mentorlog.store.format import document
from mentorlog.store.index import rows
from mentorlog.store.index.rows import IndexedRecord

LARGE = 16 * 1024
"""What is larger is read again each time: how long that takes is what some tests are about."""

Known = dict[tuple[Any, ...], Any]


def _remembering(reader: Callable[..., Any], known: Known) -> Callable[..., Any]:
    def read(path: str, data: bytes, *more: str) -> Any:
        if len(data) > LARGE:
            return reader(path, data, *more)
        key = (path, data, *more)
        found = known.get(key)
        if found is None:
            found = known[key] = reader(path, data, *more)
        return found

    return read


def _said(found: Part | IndexedRecord) -> View:
    """Return all that a record says: records compare as themselves."""
    return found.view if isinstance(found, IndexedRecord) else document.view_of(found)


@contextmanager
def read_once() -> Iterator[None]:
    """Let equal bytes be read once within the block; what was remembered of them must be as it was at its end."""
    readers: list[tuple[Any, str]] = [(document, "checked"), (rows, "index_file")]
    known: dict[str, Known] = {name: {} for _, name in readers}
    before = {(module, name): getattr(module, name) for module, name in readers}
    for (module, name), reader in before.items():
        setattr(module, name, _remembering(reader, known[name]))
    try:
        yield
    finally:
        for (module, name), reader in before.items():
            setattr(module, name, reader)
    for (_, name), reader in before.items():
        changed = [key[0] for key, found in known[name].items() if _said(reader(*key)) != _said(found)]
        assert not changed, f"a record that was read was changed in memory: {changed}"


@contextmanager
def build_once() -> Iterator[None]:
    """Let each command be built once within the block; a run is given a copy, as its help may change it."""
    build = groups._command
    built: dict[tuple[str, ...], Any] = {}

    def command(*path: str) -> Any:
        if path not in built:
            built[path] = build(*path)
        return copy(built[path])

    groups._command = command
    try:
        yield
    finally:
        groups._command = build
