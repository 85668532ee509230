"""What a sync takes beside `git fetch` alone: `python -m benchmarks.syncing [FOLDER]`.

Two machines meet at a repository that is a folder. What they change are the texts of notes; each step is a command in a
process of its own, from its start to its end, and the best of some rounds counts. `git fetch` is git's own, from the
same repository into a bare clone. Processor time is that of all processes together, also of git's: on a busy machine it
says more than the time that passes. Put the machines on a disk in memory: saving to a disk depends on the disk.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.journals import mixed, write
from benchmarks.measure import Program, both_times, environment, table

_TEXT = re.compile(r'^text = (?:"""\n|")', re.MULTILINE)
SIZES = (2_000, 10_000)
ROUNDS = 5
FEW, MANY = 20, 200
"""How many records change between two syncs."""
ROWS = (
    "git fetch alone",
    "task list",
    "nothing to do",
    f"{FEW} changed here, sent",
    f"{FEW} here, {FEW} there",
    f"the same {MANY} records changed on both",
    "first sync",
    "join",
)


Times = tuple[float, float]
"""The time that passes, and the processor time, in seconds."""


class Machine:
    """A machine with a journal, and a state folder of its own."""

    def __init__(self, root: Path, name: str) -> None:
        self.journal = root / name / "journal"
        self._root = root
        self._env = environment(root / name, MENTORLOG_JOURNAL=str(self.journal))
        (root / name).mkdir()

    def run(self, *words: str) -> Times:
        """Return what a command takes."""
        return both_times(Program((sys.executable, "-P", "-m", "mentorlog", *words), self._env, self._root))

    def change(self, count: int, sentence: str, start: int = 0) -> None:
        """Put a sentence before the text of so many notes."""
        for path in sorted((self.journal / "notes").iterdir())[start : start + count]:
            text = path.read_text(encoding="utf-8")
            path.write_text(_TEXT.sub(lambda found: f"{found[0]}{sentence}. ", text, count=1), encoding="utf-8")


def measured(root: Path, records: int, rounds: int = ROUNDS) -> dict[str, Times]:
    """Return the times of each row for a journal of so many records."""
    remote = root / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    here, there = Machine(root, "here"), Machine(root, "there")
    write(here.journal, mixed(records))
    here.run("task", "add", "Begin a log")  # with the index, as on any day
    found = {"first sync": here.run("sync", "--to", str(remote), "--plain")}
    found["join"] = there.run("init", str(there.journal), "--from", str(remote))
    clone = root / "clone.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(remote), str(clone)], check=True)
    fetch = ("git", f"--git-dir={clone}", "fetch", "--quiet", str(remote), "mentorlog")

    def best(prepare: Callable[[int], None], step: Callable[[], Times]) -> Times:
        times = []
        for number in range(rounds):
            prepare(number)
            times.append(step())
        passed, used = zip(*times, strict=True)
        return min(passed), min(used)

    def few(number: int) -> None:
        here.change(FEW, f"Here {number}")

    def both(number: int) -> None:
        there.change(FEW, f"There {number}", FEW)
        there.run("sync")
        here.change(FEW, f"Both {number}")

    def many(number: int) -> None:
        here.run("sync")
        there.change(MANY, f"Many there {number}", 2 * FEW)
        there.run("sync")
        here.change(MANY, f"Many here {number}", 2 * FEW)

    def nothing(number: int) -> None:
        pass

    sync = lambda: here.run("sync")  # noqa: E731
    there.run("sync")
    found["git fetch alone"] = best(nothing, lambda: both_times(Program(fetch, environment(root), root)))
    found["task list"] = best(nothing, lambda: here.run("task", "list"))
    found["nothing to do"] = best(nothing, sync)
    found[ROWS[3]] = best(few, sync)
    found[ROWS[4]] = best(both, sync)
    found[ROWS[5]] = best(many, sync)
    return found


def described(found: Mapping[int, Mapping[str, Times]]) -> str:
    """Return the table of all sizes."""
    header = [cell for size in found for cell in (f"{size:,} records", "processor time")]
    rows = [[name, *(f"{time:.3f} s" for size in found for time in found[size][name])] for name in ROWS]
    return table(["", *header], rows)


def ratios(found: Mapping[str, Times]) -> str:
    """Return how a sync with nothing to do compares with git alone."""
    nothing, listing, fetch = (found[name][1] for name in ("nothing to do", "task list", ROWS[0]))
    return (
        f"Nothing to do is {nothing / fetch:.1f} × the processor time of `git fetch` alone, "
        f"{(nothing - listing) / fetch:.1f} × more than `task list` takes."
    )


def main() -> None:
    """Measure and print."""
    found = {}
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as work:
        for size in SIZES:
            folder = Path(work) / str(size)
            folder.mkdir()
            found[size] = measured(folder, size)
    print(f"{described(found)}\n\n{ratios(found[SIZES[0]])}")


if __name__ == "__main__":
    main()
