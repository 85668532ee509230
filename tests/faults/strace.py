"""The real program under strace: killed, or refused by the system, at one chosen call."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from faults.stage import Ended, Stage

PROGRAM = Path(__file__).with_name("program.py")
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


class Traced:
    """The real program on a stage, as words that strace is given."""

    def __init__(self, stage: Stage, words: tuple[str, ...], stdin: str = "", seed: int = 1) -> None:
        self._stage = stage
        self._words = [sys.executable, "-P", str(PROGRAM), str(seed), *words]
        self._stdin = stdin
        self._log = stage.folder / "strace"

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
                if str(self._stage.root) in match[2]:
                    found.append(Place(name, numbers[name], match[2]))
        return found

    def struck(self, place: Place, how: str) -> tuple[Ended, bool]:
        """Run it with the fault (`signal=SIGKILL`, `error=EIO`) at this place; say whether it came there."""
        inject = f"inject={place.call}:{how}:when={place.number}"
        # With the filter of --seccomp-bpf other calls cost nothing, but strace 6.1 sends no signals then.
        quick = [] if how.startswith("signal") else ["-f", "--seccomp-bpf"]
        ended = self._run(*quick, "-y", "-s", "300", "-e", f"trace={place.call}", "-e", inject)
        lines = self._log.read_text(errors="replace").splitlines()
        if how.startswith("signal"):
            came = [lines[-2]] if len(lines) > 1 and "killed by SIGKILL" in lines[-1] else []
        else:
            came = [line for line in lines if "INJECTED" in line]
        return ended, any(str(self._stage.root) in line for line in came)

    def _run(self, *options: str) -> Ended:
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(
            ["strace", "-qq", "-o", str(self._log), *options, *self._words],
            input=self._stdin.encode(),
            capture_output=True,
            env=environment,
            timeout=60,
        )
        killed = done.returncode in (-9, 137)
        return Ended(None if killed else done.returncode, done.stdout.decode(), done.stderr.decode())


def chosen(places: list[Place], calls: tuple[str, ...] = ()) -> list[Place]:
    """Return the places of these calls, or that change the disk; of SQLite's own only some."""
    wanted = [place for place in places if (place.call in calls if calls else place.changes)]
    of_index = [place for place in wanted if place.is_of_index]
    return [place for place in wanted if not place.is_of_index] + of_index[::EVERY_SO_MANIETH]
