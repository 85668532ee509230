"""What a disk may hold when power fails: every state that a trace of calls allows, and no more.

A file that was not fsynced holds its old bytes, half of the new, all of them, or zeros. Of the changes to a folder
that was not fsynced (a name made, removed, or renamed within it) any subset has happened; a rename from folder to
folder is two changes. What was fsynced is there.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any, NamedTuple

from faults.harness import OUTSIDE, Tree
from faults.inject import Faulty, Killed

THOROUGH = (9, 60)  # all subsets of so many changes; of more nearly none, nearly all, and so many by chance
QUICK = (1, 0)
FOLDER = -1  # the number of a name that is a folder's


class Step(NamedTuple):
    """One change to the names of a folder: those that it sets (to a file's number) and those that it removes."""

    folder: str
    sets: tuple[tuple[str, int], ...] = ()
    removes: tuple[tuple[str, int], ...] = ()


class Disk:
    """What surely is on the disk, and what may be."""

    def __init__(self, tree: Tree, folders: Iterable[str] = ()) -> None:
        self.names: dict[tuple[str, str], int] = {_parted(folder): FOLDER for folder in folders}
        self.pending: list[Step] = []
        self.kept: dict[int, bytes] = {}  # what was fsynced of a file
        self.written: dict[int, bytes] = {}  # what was written and not fsynced
        for path, data in tree.items():
            self.names[_parted(path)] = self.new(data)
            while path := _parted(path)[0]:
                self.names[_parted(path)] = FOLDER

    def new(self, data: bytes = b"") -> int:
        """Return the number of a new file."""
        self.kept[len(self.kept)] = data
        return len(self.kept) - 1

    def now(self) -> dict[tuple[str, str], int]:
        """Return the names as a running program sees them."""
        return self._with(self.pending)

    def _with(self, steps: Sequence[Step]) -> dict[tuple[str, str], int]:
        names = dict(self.names)
        for step in steps:
            for name, number in step.removes:
                if names.get((step.folder, name)) == number:
                    del names[step.folder, name]
            for name, number in step.sets:
                names[step.folder, name] = number
        return names

    def sync(self, number: int) -> None:
        """Keep a file's bytes."""
        if number in self.written:
            self.kept[number] = self.written.pop(number)

    def sync_folder(self, folder: str) -> None:
        """Keep the names of a folder."""
        self.names = self._with([step for step in self.pending if step.folder == folder])
        self.pending = [step for step in self.pending if step.folder != folder]

    def seen(self) -> object:
        """Return all that tells this disk from another."""
        return frozenset(self.names.items()), tuple(self.pending), frozenset(self.written.items())

    def states(self, chance: random.Random, effort: tuple[int, int]) -> Iterator[Tree]:
        """Yield every tree that may be found after power has failed now."""
        unsure = sorted(self.written)
        for steps in _subsets(self.pending, chance, *effort):
            names = self._with(steps)
            there = [number for number in unsure if number in names.values()]
            for contents in product(*(self._contents(number) for number in there)):
                yield self._tree(names, dict(zip(there, contents, strict=True)))

    def _contents(self, number: int) -> list[bytes]:
        old, new = self.kept[number], self.written[number]
        return list(dict.fromkeys([old, new[: len(new) // 2], new, bytes(len(new))]))

    def _tree(self, names: dict[tuple[str, str], int], contents: dict[int, bytes]) -> Tree:
        tree: Tree = {}
        for (folder, name), number in names.items():
            if number == FOLDER or not self._reached(names, folder):
                continue
            path = f"{folder}/{name}" if folder else name
            if not path.startswith(OUTSIDE):
                tree[path] = contents.get(number, self.kept[number])
        return tree

    def _reached(self, names: dict[tuple[str, str], int], folder: str) -> bool:
        while folder:
            if names.get(_parted(folder)) != FOLDER:
                return False
            folder = _parted(folder)[0]
        return True


def _parted(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _subsets(steps: list[Step], chance: random.Random, most: int, some: int) -> Iterator[Sequence[Step]]:
    """Yield subsets in their order: all of few steps; of many those near the ends and some by chance."""
    count = len(steps)
    sizes = range(count + 1) if count <= most else (0, 1, count - 1, count)
    yield from chain.from_iterable(combinations(steps, size) for size in sizes)
    if count > most:
        for _ in range(some):
            bits = chance.getrandbits(count)
            yield [step for place, step in enumerate(steps) if bits >> place & 1]


State = frozenset[tuple[str, bytes]]


class Cut(NamedTuple):
    """One state after one event, and whether the change was acknowledged before it."""

    tree: Tree
    acknowledged: bool
    event: str


class Recorder(Faulty):
    """Does what is asked, and keeps the disk as it surely is; `cuts` collects each state that is new.

    `failing`: the number of the fsync (from 1) that says no and keeps nothing. Only states after it are collected.
    `dying`: the number of the call at which the process is killed. No states are collected then.
    """

    def __init__(
        self, root: Any, disk: Disk, *, failing: int = 0, dying: int = 0, effort: tuple[int, int] = THOROUGH
    ) -> None:
        super().__init__()
        self.disk = disk
        self._root = str(root)
        self._failing = failing
        self._dying = dying
        self._effort = effort
        self._files: dict[int, tuple[str, int]] = {}  # open descriptors: folder or "", and number
        self._chance = random.Random(1)
        self.cuts: dict[State, Cut] = {}
        self.fsyncs = 0
        self.collect("the beginning")

    def _call(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.log.append((name, args))
        self.dead = self.dead or len(self.log) == self._dying
        if self.dead:
            raise Killed
        made = name == "open" and args[1] & os.O_CREAT and not os.path.lexists(args[0])
        if name == "fsync":
            self._sync(args[0])
            return None
        result = self._remembered(name, args, function(*args, **kwargs))
        inside = [path for one in args if (path := self._inside(one)) is not None]
        if name == "open" and inside:
            self._opened(inside[0], result, bool(made))
        elif name == "write":
            self._wrote(args[0], bytes(args[1][:result]))
        elif name in ("rename", "link", "unlink", "mkdir") and inside not in ([], [""]):
            self._step(name, inside)
        if (name in ("rename", "link", "unlink", "mkdir") and inside) or name == "write" or made:
            self.collect(f"{name} {inside}")
        elif name == "close":
            self._files.pop(args[0], None)
        return result

    def _inside(self, path: Any) -> str | None:
        """Return a path within the journal as the disk knows it; None of one outside, and of what is no path."""
        text = "" if isinstance(path, int | bytes | memoryview) else f"{path}/"
        return text[len(self._root) + 1 : -1] if text.startswith(f"{self._root}/") else None

    def _opened(self, path: str, descriptor: int, made: bool) -> None:
        if made:
            folder, name = _parted(path)
            self.disk.pending.append(Step(folder, sets=((name, self.disk.new()),)))
        number = self.disk.now().get(_parted(path), FOLDER)
        self._files[descriptor] = (path, number)

    def _wrote(self, descriptor: int, data: bytes) -> None:
        _, number = self._files.get(descriptor, ("", FOLDER))
        if number != FOLDER:
            before = self.disk.written.get(number, self.disk.kept[number])
            self.disk.written[number] = before + data

    def _step(self, name: str, paths: list[str]) -> None:
        places = [_parted(path) for path in paths]
        now = self.disk.now()
        folder, last = places[-1]
        if name == "mkdir":
            steps = [Step(folder, sets=((last, FOLDER),))]
        elif places[0] not in now:
            return  # the index: SQLite made it
        elif name == "unlink":
            steps = [Step(folder, removes=((last, now[folder, last]),))]
        else:
            source = places[0]
            number = now[source]
            gone = ((source[1], number),) if name == "rename" else ()
            if source[0] == folder:
                steps = [Step(folder, sets=((last, number),), removes=gone)]
            else:
                steps = [Step(folder, sets=((last, number),)), Step(source[0], removes=gone)]
        self.disk.pending += steps

    def _sync(self, descriptor: int) -> None:
        self.fsyncs += 1
        path, number = self._files.pop(descriptor, (None, FOLDER))
        if self.fsyncs == self._failing:
            self.cuts.clear()
            raise OSError(5, os.strerror(5))
        if path is not None and number == FOLDER:
            self.disk.sync_folder(path)
        elif path is not None:
            self.disk.sync(number)
        self.collect(f"fsync {path}")

    def collect(self, event: str, acknowledged: bool = False) -> None:
        """Collect what may be found if power fails now."""
        said = getattr(sys.stdout, "getvalue", None)
        acknowledged = acknowledged or bool(said and said())
        if self._dying:
            return
        for tree in self.disk.states(self._chance, self._effort):
            key = frozenset(tree.items())
            if key not in self.cuts or (acknowledged and not self.cuts[key].acknowledged):
                self.cuts[key] = Cut(tree, acknowledged, event)
