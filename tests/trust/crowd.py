"""One of many who use a journal at once: `python -m trust.crowd write 3 200` (`read 0 STOP`, `back 0 STOP`) in tests/.

Each runs the program's own `main` again and again in one process, and prints as JSON what it was told.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.cli.main import main

WRITERS = 8
SHARED = "g7k3q"
LETTERS = "23456789"
BUSY = 4
PAUSE = 0.2
"""Seconds between two backups."""
MOST_REFUSALS = 50
"""How often a writer tries again, in all its changes."""


class Ran(NamedTuple):
    """How a command ended, and how long it took."""

    exit: int
    out: str
    err: str
    seconds: float


def run(*argv: str, stdin: str = "") -> Ran:
    """Run the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    start = time.perf_counter()
    with redirect_stdout(out), redirect_stderr(err):
        exit = main(argv)
    return Ran(exit, out.getvalue(), err.getvalue(), time.perf_counter() - start)


def pair(writer: int, number: int) -> dict[str, Any]:
    """Return an export of two records, a goal and a task, that say the same number: they change together or not."""
    letter = LETTERS[writer]
    common = {"created": "2026-09-01T09:00:00+00:00", "title": f"Pair {writer} is {number}"}
    records = [{"record": "goal", "id": f"gz{letter}zz", **common}, {"record": "task", "id": f"tz{letter}zz", **common}]
    return {"version": 1, "data": {"journal": None, "profile": None, "records": records}}


def pairs(records: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return which number each half of each pair says: {"3": {"goal": 17, "task": 17}}."""
    found: dict[str, dict[str, int]] = {}
    for record in records:
        words = str(record.get("title", "")).split()
        if words[:1] == ["Pair"]:
            found.setdefault(words[1], {})[record["record"]] = int(words[3])
    return found


def write(writer: int, count: int) -> dict[str, Any]:
    """Make so many changes of four sorts; return which were acknowledged, and what was wrong."""
    done, wrong, longest, refusals = [], [], 0.0, 0
    run("import", "json", "-", "--dry-run", stdin=json.dumps(pair(writer, 0)))  # what takes time to load is loaded
    for number in range(1, count + 1):
        token = f"w{writer}n{number}"
        match number % 4:
            case 0:
                words = ("import", "json", "-", "--replace")
            case 1:
                words = ("note", "add", token, "--json")
            case 2:
                words = ("goal", "progress", SHARED, "-m", token)
            case _:
                words = ("task", "add", token, "--goal", SHARED, "--json")
        stdin = json.dumps(pair(writer, number)) if words[0] == "import" else ""
        while (ran := run(*words, stdin=stdin)).exit == BUSY and refusals < MOST_REFUSALS:
            refusals += 1  # a machine that does much else: try again, as the hint says
        longest = max(longest, ran.seconds)
        if ran.exit == 0:
            done.append(token)
        else:
            wrong.append(f"{token}: exit {ran.exit}, {ran.err}")
        if ran.seconds > 5 and "Waiting for" not in ran.err:
            wrong.append(f"{token}: {ran.seconds:.1f} s without a word")
    return {"done": done, "wrong": wrong, "longest": longest}


READS = [
    ("search", "Pair", "--json"),
    ("export", "json"),
    ("timeline", "--json"),
    ("status", "--json"),
    ("show", SHARED, "--json"),
    ("task", "list", "--all", "--json"),
]


def read(reader: int, stop: Path) -> dict[str, Any]:
    """Read until told to stop; return how often, and which reads were torn, went back in time, or failed."""
    reads, wrong, longest = 0, [], 0.0
    last: dict[str, int] = {}
    for words in READS:
        run(*words)
    while not stop.exists():
        words = READS[(reads + reader) % len(READS)]
        ran = run(*words)
        reads += 1
        longest = max(longest, ran.seconds)
        if ran.exit:
            wrong.append(f"{' '.join(words)}: exit {ran.exit}, {ran.err}")
            continue
        told = json.loads(ran.out)
        if told.get("problems"):
            wrong.append(f"{' '.join(words)}: {told['problems']}")
        if words[0] not in ("search", "export"):
            continue
        records = told["data"]["records"] if words[0] == "export" else [hit.get("hit", hit) for hit in told["data"]]
        for name, halves in pairs(records).items():
            if len(set(halves.values())) > 1 or len(halves) < 2:
                wrong.append(f"{' '.join(words)}: torn, pair {name} says {halves}")
            if max(halves.values()) < last.get(name, 0):
                wrong.append(f"{' '.join(words)}: pair {name} went back from {last[name]} to {halves}")
            last[name] = max(halves.values())
    return {"reads": reads, "wrong": wrong, "longest": longest}


def back(number: int, stop: Path) -> dict[str, Any]:
    """Make backups until told to stop, every other one with the log; return their paths, and which failed."""
    made, wrong, longest = [], [], 0.0
    while not stop.exists():
        path = stop.with_name(f"backup-{number}-{len(made)}.tar")
        ran = run("backup", "make", str(path), *(["--with-log"] if len(made) % 2 else []))
        longest = max(longest, ran.seconds)
        made.append(str(path))
        if ran.exit:
            wrong.append(f"{path.name}: exit {ran.exit}, {ran.err}")
            break
        time.sleep(PAUSE)
    return {"made": made, "wrong": wrong, "longest": longest}


if __name__ == "__main__":
    os.environ["MENTORLOG_DEBUG"] = "1"
    what, who, more = sys.argv[1:]
    told = write(int(who), int(more)) if what == "write" else {"read": read, "back": back}[what](int(who), Path(more))
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)
