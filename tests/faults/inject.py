"""A stand-in for `syscalls.calls` that counts every call to the operating system, and fails or kills at one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from mentorlog.store.disk import files, syscalls

OPENED = ("open",)
# Kills before or after the call; a read or write of half the bytes; half and then no more space; Ctrl-C; else an errno.
KILL, KILL_AFTER, SHORT, HALF_FULL = "kill", "kill after", "short write", "half, then full"
INTERRUPT = "Ctrl-C"
PIECES = ("read", "write")
Fault = str | int


class Killed(GeneratorExit):
    """The process died here; no handler of its own runs any more, nor does the boundary in cli speak of it."""


class Faulty:
    """Counts the calls in `log`; does `fault` at call number `at` (from 1), at all later ones too if `lasting`.

    fsync is counted and not done: what it does shows only after a power cut. `struck` says whether the fault came;
    a short write strikes only where something is read or written. `left_open`: the files that nobody closed.
    """

    def __init__(self, at: int | None = None, fault: Fault = KILL, *, lasting: bool = False) -> None:
        self.real = syscalls.Calls()
        self.at, self.fault, self.lasting = at, fault, lasting
        self.log: list[tuple[str, tuple[Any, ...]]] = []
        self.dead = self.full = self.struck = False
        self._open: dict[int, str] = {}
        self.left_open: list[str] = []

    def __getattr__(self, name: str) -> Any:
        function = (lambda descriptor: None) if name == "fsync" else getattr(self.real, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, function, args, kwargs)

        self.__dict__[name] = call
        return call

    def _call(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.dead:
            raise Killed
        self.log.append((name, args))
        number = len(self.log)
        if self.at is not None and (number == self.at or (self.lasting and number > self.at)):
            self._strike(name, function, args, kwargs)
            self.full = self.fault == HALF_FULL
            if name == "write" and (number == self.at or self.fault == SHORT) and self.fault in (SHORT, HALF_FULL):
                return function(args[0], bytes(args[1])[: max(1, len(args[1]) // 2)])
            if name == "read" and self.fault == SHORT:
                return function(args[0], max(1, args[1] // 4))
        if self.full and name == "write":
            raise OSError(28, os.strerror(28))
        return self._remembered(name, args, function(*args, **kwargs))

    def _strike(self, name: str, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.struck = self.fault != SHORT or name in PIECES
        if self.fault in (KILL, KILL_AFTER):
            self.dead = True
            if self.fault == KILL_AFTER:
                self._remembered(name, args, function(*args, **kwargs))
            raise Killed
        if name == "close" and self.fault not in (SHORT, HALF_FULL):
            self._remembered(name, args, function(*args, **kwargs))  # on Linux the descriptor is gone all the same
        if self.fault == INTERRUPT:
            raise KeyboardInterrupt
        if isinstance(self.fault, int):
            raise OSError(self.fault, os.strerror(self.fault))

    def _remembered(self, name: str, args: tuple[Any, ...], result: Any) -> Any:
        if name in OPENED:
            self._open[result] = os.fspath(args[0])
        elif name == "close":
            self._open.pop(args[0], None)
        return result

    def bury(self) -> None:
        """Close what the killed process had open, as its death does; name what one that lived on left open."""
        if not self.dead:
            self.left_open += self._open.values()
        for descriptor in self._open:
            with suppress(OSError):
                os.close(descriptor)
        self._open.clear()


@contextmanager
def installed(calls: Any) -> Iterator[None]:
    """Replace `syscalls.calls` within the block."""
    before, syscalls.calls = syscalls.calls, calls
    try:
        yield
    finally:
        syscalls.calls = before


@contextmanager
def injected(at: int | None = None, fault: Fault = KILL, *, lasting: bool = False) -> Iterator[Faulty]:
    """Replace `syscalls.calls` within the block; a kill ends the block quietly, `dead` tells."""
    faulty = Faulty(at, fault, lasting=lasting)
    try:
        with installed(faulty):
            yield faulty
    except Killed:
        assert faulty.dead
    finally:
        faulty.bury()


def snapshot(root: Any) -> dict[str, bytes]:
    """Return every record file of a journal with its bytes."""
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != ".mentorlog"]
        for name in names:
            if not files.is_staged(name):
                path = os.path.join(folder, name)  # noqa: PTH118
                with open(path, "rb") as file:
                    found[os.path.relpath(path, root)] = file.read()
    return found
