"""Our own commands on a journal of all kinds, against the goals; and how they grow with the journal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.journals import NOW
from benchmarks.measure import Program, environment, instructions, memory, seconds

LISTS, SCREENS, CHANGES, BARE, FORM, ALL = 8.0, 8.5, 9.0, 4.5, 20.0, 10.0


class Journal(NamedTuple):
    """A journal on the disk, with the program that works on it."""

    root: Path
    programs: Path

    def program(self, *words: str, terminal: bool = False, **more: str) -> Program:
        """Return a run of mentorlog with these words."""
        env = environment(self.root.parent, MENTORLOG_JOURNAL=str(self.root), MENTORLOG_NOW=NOW.isoformat(), **more)
        return Program((str(self.programs / "mentorlog"), *words), env, self.root.parent, terminal)

    def said(self, *words: str) -> str:
        """Return what mentorlog prints."""
        program = self.program(*words)
        return subprocess.run(program.words, env=program.env, capture_output=True, text=True, check=True).stdout

    def ids(self, noun: str) -> list[str]:
        """Return the ids of the records of a kind that are open."""
        return [view["id"] for view in json.loads(self.said(noun, "list", "--json"))["data"]]

    def settle(self) -> None:
        """Wait until no file is so young that it is read again, and let the index see it: the state of every day."""
        time.sleep(2.1)
        self.said()


def write(python: Path, how: str, count: int, root: Path) -> None:
    """Write a journal, in an environment that has mentorlog."""
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).parent / "journals.py"
    subprocess.run([python, script, how, str(count), root], check=True, stdout=subprocess.DEVNULL)


class Goal(NamedTuple):
    """A command, how many times a bare Python it may take, and whether it changes the journal."""

    name: str
    program: Program
    most: float
    changes: bool = False


def goals(journal: Journal, every: Journal, shared: Journal) -> list[Goal]:
    """Return the commands of the table of goals.

    `every` holds nothing but 2,000 tasks, `shared` one goal with 1,900 tasks. Each change is made on what the one
    before it has left: `undo` takes back the `set`.
    """
    goal, task = journal.ids("goal"), journal.ids("task")
    form = journal.root.parent / "review.toml"
    form.write_text(_answered(journal.said("review", "--print-form"), 10))

    def completion(shell: str, line: str) -> Program:
        return journal.program(f"mentorlog {line}", _MENTORLOG_COMPLETE=shell)

    run = journal.program
    both = [("", False), (", terminal", True)]
    reading = [Goal(f"mentorlog{on}", run(terminal=tty), BARE) for on, tty in both]
    for words in (
        ["goal", "list"],
        ["task", "list"],
        ["task", "list", "--with", "osler"],
        ["goal", "list", "--with", "osler"],
    ):
        reading += [Goal(f"{' '.join(words)}{on}", run(*words, terminal=tty), LISTS) for on, tty in both]
    for words in (
        ["status"],
        ["due"],
        ["waiting"],
        ["show", task[5]],
        ["search", "hepology"],
        ["search", "case", "report"],
    ):
        reading += [Goal(" ".join(words), run(*words), SCREENS)]
    for words in (["meeting", "prep", "osler"], ["mentor", "panel"], ["mentor", "lessons"], ["advice"]):
        reading += [Goal(" ".join(words), run(*words), CHANGES)]
    reading += [Goal("show of a goal with 1,900 tasks", shared.program("show", *shared.ids("goal")), SCREENS)]
    reading += [
        Goal(f"task list --all, 2,000 rows{on}", every.program("task", "list", "--all", terminal=tty), ALL)
        for on, tty in both
    ]
    reading += [Goal(words, run(*words.split()), LISTS) for words in ("--version", "--help", "goal list --help")]
    for what, line in (("an id", "goal tell g"), ("words of a title", "task done draf"), ("a name", "goal list -w wi")):
        reading += [
            Goal(f"completion of {what}, {shell}", completion(shell, line), SCREENS) for shell in ("bash", "zsh")
        ]
    by = ["--by", "in 6 weeks", "--with", "osler"]
    reading += [
        Goal("goal add", run("goal", "add", "Submit the case report"), CHANGES, True),
        Goal("goal add --by --with", run("goal", "add", "Submit the case report", *by), CHANGES, True),
        Goal("goal progress", run("goal", "progress", goal[3], "40", "-m", "Draft with Dr Osler"), CHANGES, True),
        Goal("task add", run("task", "add", "Submit the case report"), CHANGES, True),
        Goal("task done", run("task", "done", task[0]), CHANGES, True),
        Goal("set", run("set", goal[4], "priority=high"), CHANGES, True),
        Goal("undo", run("undo"), CHANGES, True),
        Goal("review --answers, 10 verdicts", run("review", "--answers", str(form)), FORM, True),
    ]
    return reading


def _answered(form: str, many: int) -> str:
    """Return the form of a review with so many goals judged: some go on, some rest."""
    words = iter([f'verdict = "{"pause" if n % 5 == 4 else "keep"}"\nreason = "Night shifts"' for n in range(many)])
    return re.sub(r'verdict = ""\nreason = ""', lambda found: next(words, found[0]), form)


class Measured(NamedTuple):
    """What one command took, and may take."""

    name: str
    instructions: int
    most: float


def against_goals(journal: Journal, every: Journal, shared: Journal) -> list[Measured]:
    """Measure each command of the table of goals."""
    measured = []
    for goal in goals(journal, every, shared):
        if goal.changes:
            journal.settle()
        else:
            seconds(goal.program)
        measured.append(Measured(goal.name, instructions(goal.program), goal.most))
    return measured


class Size(NamedTuple):
    """What a journal of one size costs."""

    count: int
    look: int
    read: int
    change: int
    list_seconds: float
    search_seconds: float
    rebuild_seconds: float
    megabytes: float


_LOOK = """
import os, sys
for entry in os.scandir(sys.argv[1]):
    if entry.is_dir() and entry.name[0] != ".":
        for file in os.scandir(entry.path):
            file.stat(follow_symlinks=False)
"""


def grown(python: Path, programs: Path, below: Path, counts: Sequence[int], say: Callable[[str], None]) -> list[Size]:
    """Measure a read, a change and a rebuild of the index at each size."""
    sizes = []
    for count in counts:
        say(f"journal of {count:,} records")
        journal = Journal(below / f"journal-{count}", programs)
        write(python, "mixed", count, journal.root)
        time.sleep(2.1)
        rebuild = journal.program("task", "list")
        start = time.perf_counter()
        held = memory(rebuild)
        took = time.perf_counter() - start
        journal.settle()
        listing, search = journal.program("task", "list"), journal.program("search", "hepology")
        best = [min(seconds(program) for _ in range(3)) for program in (listing, search)]
        held = max(held, memory(search))
        read = instructions(listing)
        look = instructions(_plain(python, journal.root)) - instructions(_plain(python, below / "nothing"))
        journal.said("goal", "add", "The first change makes the log")
        journal.settle()
        change = instructions(journal.program("goal", "add", "Submit the case report"))
        sizes.append(Size(count, look, read, change, *best, took, held))
    return sizes


def _plain(python: Path, root: Path) -> Program:
    """Return a bare scandir and stat of the folders: what no program that looks can do without."""
    root.mkdir(parents=True, exist_ok=True)
    return Program((str(python), "-c", _LOOK, str(root)), environment(root.parent), root.parent)


LINTED = ["1", "-", "a ", "Mr. ", "(", "1-", "x@", "patient A", "1/", "MRN 1 ", "1 Aa Aa Aa "]
"""What is repeated in lines that a pattern without bounds would take minutes for."""
_PLAIN = "Talked through the reading-room schedule, and what to read first.\nSubmitted on 3 Feb 2026; 6 weeks\n"
_LINES = f"{_PLAIN * 10}Mr. Pickwick in bed 12\n"


class Linted(NamedTuple):
    """What `lint` takes for a text of 100 KB and for one of 1 MB: times a bare Python."""

    name: str
    short: float
    long: float


def linted(journal: Journal, python: Program, rounds: int) -> list[Linted]:
    """Time `lint` on lines of a journal, and on one line of each hostile run."""
    journal.said("goal", "add", "The first change makes the journal")
    file = journal.root.parent / "text.md"
    program = journal.program("lint", str(file))
    bare = min(seconds(python) for _ in range(rounds))

    def times(run: str, length: int) -> float:
        file.write_text(run * (length // len(run)))
        return min(seconds(program) for _ in range(rounds)) / bare

    texts = {"lines of a journal": _LINES} | {f"one line of `{run}`": run for run in LINTED}
    return [Linted(name, times(run, 100_000), times(run, 1_000_000)) for name, run in texts.items()]
