"""The real program under strace: killed, or refused by the system, at one chosen call."""

from __future__ import annotations

import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from faults.harness import Ended, Harness

PYTHON = [sys.executable, "-P", str(Path(__file__).with_name("program.py"))]
PATIENCE = 60.0  # seconds until a program that hangs is a failure
MISSING = "" if shutil.which("strace") else "strace is not installed; .ci/run installs it"
WRITES = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "link", "unlink", "mkdir")
READS = ("openat", "read", "pread64", "getdents64")
NEED_SPACE = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "link", "mkdir")
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
EVERY_SO_MANIETH = 15  # of what SQLite does within the index: 150 calls of one command


class Place(NamedTuple):
    """One call of the program to the system: its name, its number among those of this name, and what strace says."""

    call: str
    number: int
    line: str

    @property
    def changes(self) -> bool:
        """Whether the disk is another after it."""
        return self.call in WRITES or (self.call == "openat" and "O_CREAT" in self.line)

    @property
    def is_of_index(self) -> bool:
        """Whether SQLite makes it."""
        return "/index.sqlite" in self.line


def cannot_trace() -> str:
    """Return why the program cannot be traced here, nothing where it can."""
    if MISSING:
        return MISSING
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True)
    return "" if tried.returncode == 0 else f"strace cannot trace here: {tried.stderr.decode().strip()}"


class _Waiting:
    """A process that has loaded the program, and forks one of it for each line on its stdin; it ends with this one.

    What the program does until it is loaded touches no journal, and under strace it would take ten times as long as
    all the rest.
    """

    def __init__(self) -> None:
        # On two processors each call wakes the other one, twice: that takes more time than all the rest.
        self.processor = random.choice(sorted(os.sched_getaffinity(0)))
        self._process = subprocess.Popen(
            [*PYTHON, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(), bufsize=0
        )
        os.sched_setaffinity(self._process.pid, {self.processor})

    def ask(self, line: bytes) -> None:
        """Let it fork a process for this line."""
        assert self._process.stdin
        self._process.stdin.write(line)

    def told(self) -> int:
        """Return the number that it tells next."""
        assert self._process.stdout
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            self._process.kill()
        return int(self._process.stdout.readline())


_waiting = cache(_Waiting)


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


class Traced:
    """The real program on a harness, traced by strace: every run is a process of its own."""

    def __init__(self, harness: Harness, words: tuple[str, ...], stdin: str = "", seed: int = 1) -> None:
        self._harness = harness
        self._words = [str(seed), *words]
        self._log = harness.folder / "strace"
        self._folder = harness.folder / "streams"
        self._folder.mkdir(exist_ok=True)
        (self._folder / "in").write_text(stdin, encoding="utf-8")
        run = {"folder": str(self._folder), "words": self._words, "environment": _environment()}
        self._line = json.dumps(run).encode() + b"\n"

    def alone(self) -> Ended:
        """Run it in an interpreter of its own, as a user does, and untraced."""
        done = subprocess.run(
            [*PYTHON, *self._words],
            input=(self._folder / "in").read_bytes(),
            capture_output=True,
            env=_environment(),
            timeout=PATIENCE,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def run(self) -> Ended:
        """Run it with no fault."""
        return self._run("-e", "trace=none")

    def places(self) -> list[Place]:
        """Run it; return every call that touches the journal."""
        ended = self._run("-y", "-s", "300", "-e", f"trace={','.join([*WRITES, *READS])}")
        assert ended.exit == 0, ended
        numbers: dict[str, int] = {}
        found = []
        for line in self._log.read_text(errors="replace").splitlines():
            if match := _LINE.match(line):
                name = match[1]
                numbers[name] = numbers.get(name, 0) + 1
                if str(self._harness.root) in match[2]:
                    found.append(Place(name, numbers[name], match[2]))
        return found

    def struck(self, place: Place, how: str) -> tuple[Ended, bool]:
        """Run it with the fault (`signal=SIGKILL`, `error=EIO`) at this place; say whether it came there."""
        inject = f"inject={place.call}:{how}:when={place.number}"
        ended = self._run("-y", "-s", "300", "-e", f"trace={place.call}", "-e", inject)
        lines = self._log.read_text(errors="replace").splitlines()
        if how.startswith("signal"):
            came = [lines[-2]] if len(lines) > 1 and "killed by SIGKILL" in lines[-1] else []
        else:
            came = [line for line in lines if "INJECTED" in line]
        return ended, any(str(self._harness.root) in line for line in came)

    def _run(self, *options: str) -> Ended:
        for name in ("out", "err"):
            (self._folder / name).write_bytes(b"")
        waiting = _waiting()
        waiting.ask(self._line)
        number = waiting.told()
        tracer = subprocess.Popen(["strace", "-qq", "-o", str(self._log), *options, "-p", str(number)])
        os.sched_setaffinity(tracer.pid, {waiting.processor})
        _wait_until_traced(number, tracer)
        os.kill(number, signal.SIGCONT)
        exit = waiting.told()
        tracer.wait(PATIENCE)
        out, err = ((self._folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Ended(None if exit == -signal.SIGKILL else exit, out, err)


def _wait_until_traced(number: int, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{number}/status")
    while "TracerPid:\t0\n" in status.read_text():
        assert tracer.poll() is None, "strace could not trace it"
        time.sleep(0.0005)


def chosen(places: list[Place], calls: tuple[str, ...] = ()) -> list[Place]:
    """Return the places of these calls, or that change the disk; of SQLite's own only some."""
    wanted = [place for place in places if (place.call in calls if calls else place.changes)]
    of_index = [place for place in wanted if place.is_of_index]
    return [place for place in wanted if not place.is_of_index] + of_index[::EVERY_SO_MANIETH]
