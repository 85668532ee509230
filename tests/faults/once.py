"""What a test of faults has the program do ten thousand times, and what has nothing to do with the disk, is done once.

Equal bytes at one path are parsed and checked once: every byte still comes from the disk, only what they say is
remembered. And a command is built of its function once, as in the life of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from mentorlog import lazy
from mentorlog.models.record import Part
from mentorlog.models.views import View
from mentorlog.store import entries

LARGE = 16 * 1024
"""What is larger is read again each time: how long that takes is what some tests are about."""

Reader = Callable[[str, bytes], Part]


def _remembering(reader: Reader, known: dict[tuple[str, bytes], Part]) -> Reader:
    def read(path: str, data: bytes) -> Part:
        if len(data) > LARGE:
            return reader(path, data)
        found = known.get((path, data))
        if found is None:
            found = known[path, data] = reader(path, data)
        return found

    return read


def _said(path: str, part: Part) -> View:
    """Return all that a record says: records compare as themselves."""
    return entries.entry_of(part, path, "").view


@contextmanager
def read_once() -> Iterator[None]:
    """Let equal bytes be read once within the block; what was remembered of them must be as it was at its end."""
    readers: dict[str, Reader] = {"checked": entries.checked, "trusted": entries.trusted}
    known: dict[str, dict[tuple[str, bytes], Part]] = {name: {} for name in readers}
    for name, reader in readers.items():
        setattr(entries, name, _remembering(reader, known[name]))
    try:
        yield
    finally:
        for name, reader in readers.items():
            setattr(entries, name, reader)
    for name, reader in readers.items():
        items = known[name].items()
        changed = [path for (path, data), part in items if _said(path, reader(path, data)) != _said(path, part)]
        assert not changed, f"a record that was read was changed in memory: {changed}"


@contextmanager
def build_once() -> Iterator[None]:
    """Let each command be built once within the block; a run is given a copy, as its help may change it."""
    build: Callable[[Any], Any] = lazy._only
    built: dict[int, tuple[Any, Any]] = {}

    def only(info: Any) -> Any:
        if id(info) not in built:
            built[id(info)] = info, build(info)
        return copy(built[id(info)][1])

    lazy._only = only
    try:
        yield
    finally:
        lazy._only = build
