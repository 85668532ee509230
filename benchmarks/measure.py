"""One run of a program: its instructions under valgrind, its seconds, the most memory that it held."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


class Failed(Exception):
    """A program did not do its work, so there is nothing to compare."""


class Program(NamedTuple):
    """What is run: its words, its environment, its folder; on a terminal or with pipes."""

    words: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path
    terminal: bool = False


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment that leads to nothing of the user's, and leaves .pyc files on."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8", "COLUMNS": "80", **more}


def instructions(program: Program) -> int:
    """Return how many instructions the program takes: repeatable to a fraction of a percent, on a busy machine too."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        _run(program._replace(words=(*_VALGRIND, f"--log-file={log}", *program.words)))
        found = re.search(r"I\s+refs:\s+([\d,]+)", log.read_text())
    if found is None:
        raise Failed(f"valgrind did not count: {' '.join(program.words)}")
    return int(found[1].replace(",", ""))


def seconds(program: Program) -> float:
    """Return how long the program takes, from the start of its process to its end."""
    return _run(program)[0]


def memory(program: Program) -> float:
    """Return the most memory that the program holds, in MB."""
    return _run(program)[1].ru_maxrss / 1024


def both_times(program: Program) -> tuple[float, float]:
    """Return how long the program takes, and its processor time with that of the programs that it starts."""
    took, used = _run(program)
    return took, used.ru_utime + used.ru_stime


def _run(program: Program) -> tuple[float, resource.struct_rusage]:
    """Run, and return the seconds and what it used; raise Failed with what the program said."""
    with _screen(program.terminal) as output:
        start = time.perf_counter()
        with subprocess.Popen(
            program.words,
            env=dict(program.env),
            cwd=program.folder,
            stdin=output if program.terminal else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stderr is not None
            said = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
    if process.returncode:
        told = said.decode(errors="replace").strip().splitlines()[-3:]
        raise Failed(f"{' '.join(program.words)} ended with {process.returncode}: {' '.join(told)}")
    return took, used


@contextlib.contextmanager
def _screen(terminal: bool) -> Iterator[int]:
    """Yield where output goes: to a pseudo-terminal that somebody reads, or to nowhere."""
    if not terminal:
        yield subprocess.DEVNULL
        return
    master, slave = pty.openpty()
    reader = threading.Thread(target=_drain, args=(master,), daemon=True)
    reader.start()
    try:
        yield slave
    finally:
        os.close(slave)
        reader.join(5)
        os.close(master)


def _drain(master: int) -> None:
    with contextlib.suppress(OSError):
        while os.read(master, 65536):
            pass


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table: the first column left, the others right."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [
        _line(header, widths),
        f"| {'-' * widths[0]} | " + " | ".join(f"{'-' * (w - 1)}:" for w in widths[1:]) + " |",
    ]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    shown = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest)]
    return f"| {' | '.join(shown)} |"
