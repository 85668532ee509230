"""Measure mentorlog and its peers, and print the tables of docs/internals/performance.md.

    python3 -m benchmarks            everything: ten minutes or more
    python3 -m benchmarks --quick    no peers, no 100,000 records: some minutes

Wanted: valgrind, and a registry for the environments, which are kept in --work for the next run.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import environments, ours, peers
from benchmarks.measure import Failed, Program, environment, instructions, seconds, table

SIZES = (0, 2_000, 10_000, 100_000)
WORDS = {
    "list": "list 100 of 2,000",
    "add": "add one",
    "complete": "complete one",
    "search": f"search “{peers.WORD}”",
    "export": "export all as JSON",
}
_APP = """
import typer
app = typer.Typer(add_completion=False)
@app.command()
def main(one: str = "1", two: str = "2", three: int = 3, four: bool = False, five: list[str] | None = None):
    typer.echo(one)
app()
"""


def main() -> None:
    """Read the words, make the environments, measure, and print."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="no peers, no 100,000 records")
    parser.add_argument(
        "--only", choices=["peers", "goals", "growth", "lint", "typer"], action="append", help="only this table"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed; the best counts (5)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "mentorlog-benchmarks")
    said = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is missing: apt-get install valgrind")
    which = said.only or (["goals", "growth", "lint"] if said.quick else ["peers", "goals", "growth", "lint", "typer"])
    try:
        _print(which, said.work, max(said.rounds, 1), SIZES[:3] if said.quick else SIZES)
    except Failed as error:
        sys.exit(str(error))


def _print(which: list[str], work: Path, rounds: int, sizes: tuple[int, ...]) -> None:
    envs, data = work / "environments", work / "data"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    programs = environments.ours(envs)
    python = Program((str(programs / "python"), "-c", "pass"), environment(data), data)
    base = instructions(python)
    print(f"{date.today()}, {_machine()}, Python {platform.python_version()}; `python -c pass`: {base / 1e6:.1f} M\n")
    if "peers" in which:
        print(_beside_peers(programs, environments.peers(envs), data, python, base, rounds), "\n")
    if "goals" in which:
        print(_goals(programs, data, base), "\n")
    if "growth" in which:
        print(_growth(programs, data, sizes, base), "\n")
    if "lint" in which:
        print(_lint(programs, data, python, rounds), "\n")
    if "typer" in which:
        print(_typers(programs, environments.newest_typer(envs), data, base), "\n")


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {platform.system()} {platform.release()}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# Beside the peers


def _beside_peers(programs: Path, theirs: Path, data: Path, python: Program, base: int, rounds: int) -> str:
    """Return the table of the same work: each program's instructions and time, as ratios to a bare Python."""
    _say("the same tasks for every program")
    all_of_them = [
        peers.mentorlog(programs, programs / "python", data / "mentorlog"),
        peers.topydo(theirs, data / "topydo"),
        peers.watson(theirs, data / "watson"),
        peers.jrnl(theirs, data / "jrnl"),
        peers.todoman(theirs, data / "todoman"),
        peers.khal(theirs, data / "khal"),
        peers.taskwarrior(data / "taskwarrior"),
    ]
    there = [peer for peer in all_of_them if peer is not None]
    rows = []
    for work in peers.WORK:
        _say(work)
        able = [peer for peer in there if work in peer.does]
        counted, times, bare = _of_one_work(work, able, python, rounds)
        for peer in sorted(able, key=lambda one: counted[one.name]):
            mark = "**" if peer.name == "mentorlog" else ""
            cells = [f"{counted[peer.name] / 1e6:.0f} M", f"{counted[peer.name] / base:.1f}"]
            cells += [f"{times[peer.name] * 1000:.0f} ms", f"{times[peer.name] / bare:.1f}"]
            rows.append([WORDS[work], *(f"{mark}{cell}{mark}" for cell in [peer.name, *cells])])
    return table(["work", "program", "instructions", "×", "time", "×"], rows)


def _of_one_work(
    work: str, able: list[peers.Peer], python: Program, rounds: int
) -> tuple[dict[str, int], dict[str, float], float]:
    """Return the instructions and the best time of each program, and of a bare Python run between them."""
    counted: dict[str, int] = {}
    times: dict[str, list[float]] = {peer.name: [] for peer in able}
    bare: list[float] = []
    for run in range(rounds + 2):  # once to be warm, once to be counted
        for peer in able:
            program = Program(tuple(peer.does[work](run)), peer.env, peer.folder)
            if peer.name == "mentorlog" and work in ("add", "complete"):
                peers.settle(peer)
            if run == 1:
                counted[peer.name] = instructions(program)
            else:
                bare.append(seconds(python))
                times[peer.name].append(seconds(program))
    return counted, {name: min(taken[1:] or taken) for name, taken in times.items()}, min(bare)


# Our own


def _goals(programs: Path, data: Path, base: int) -> str:
    """Return the table of the goals: 2,000 records of all kinds."""
    mixed, every, shared = (ours.Journal(data / name / "journal", programs) for name in ("mixed", "every", "shared"))
    for how, count, journal in (("mixed", 2000, mixed), ("tasks", 2000, every), ("shared", 1901, shared)):
        ours.write(programs / "python", how, count, journal.root)
    every.settle()
    shared.settle()
    mixed.said("goal", "add", "The first change makes the log")
    mixed.said("mentor", "add", "Ignaz Semmelweis", "--id", "ended")
    mixed.said("mentor", "end", "ended", "--kind", "moved", "--lesson", "Ask earlier")
    mixed.settle()
    _say("goals")
    rows = []
    for one in ours.against_goals(mixed, every, shared):
        ratio = one.instructions / base
        met = "met" if ratio <= one.most else "**not met**"
        rows.append([one.name, f"{one.instructions / 1e6:.0f} M", f"{ratio:.2f}", f"{one.most}", met])
    return table(["command", "instructions", "×", "goal", ""], rows)


def _growth(programs: Path, data: Path, sizes: tuple[int, ...], base: int) -> str:
    """Return the table of sizes; the goal is 1.3 × (an empty journal + a bare look at the folders)."""
    found = ours.grown(programs / "python", programs, data / "growth", sizes, _say)
    empty, rows = found[0], []
    for one in found:
        cells = [f"{one.count:,}", f"{one.look / base:.2f}"]
        for cost, without in ((one.read, empty.read), (one.change, empty.change)):
            cells += [f"{cost / base:.2f}", f"{cost / (without + one.look):.2f}"]
        cells += [f"{one.list_seconds * 1000:.0f} ms", f"{one.search_seconds * 1000:.0f} ms"]
        rows.append([*cells, f"{one.rebuild_seconds:.1f} s", f"{one.megabytes:.0f} MB"])
    header = ["records", "bare look ×", "list ×", "of goal's sum", "change ×", "of goal's sum", "list", "search"]
    return table([*header, "rebuild", "memory"], rows)


def _lint(programs: Path, data: Path, python: Program, rounds: int) -> str:
    """Return the table of texts that `lint` reads: ten times the length never takes more than ten times the time."""
    _say("lint")
    ours.write(programs / "python", "mixed", 0, data / "lint" / "journal")
    found = ours.linted(ours.Journal(data / "lint" / "journal", programs), python, rounds)
    return table(["text", "100 KB ×", "1 MB ×"], [[one.name, f"{one.short:.0f}", f"{one.long:.0f}"] for one in found])


def _typers(programs: Path, newest: Path, data: Path, base: int) -> str:
    """Return what the newest typer would cost: a command of five parameters, and ours with the cap ignored."""
    _say("typer")
    rows = []
    root = data / "capped" / "journal"
    ours.write(programs / "python", "mixed", 2000, root)
    for folder in (programs, newest):
        app = Program((str(folder / "python"), "-c", _APP), environment(data), data)
        journal = ours.Journal(root, folder)
        row = [f"typer {environments.versions(folder)['typer']}"]
        for program in (app, journal.program("task", "list")):
            try:
                seconds(program)
                row.append(f"{instructions(program) / base:.1f}")
            except Failed:
                row.append("fails")
        rows.append(row)
    return table(["", "a command of five parameters ×", "task list ×"], rows)


if __name__ == "__main__":
    main()
