"""Rubbish where mentorlog reads: one case for each number, so that a case can be seen again by its number.

`python -m trust.rubbish records 17` (in tests/) does case 17 of the records and says what is wrong; `records 0 5000`
does so many of them and prints what came of them as JSON: test_rubbish.py starts that with limits.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from faults import sample_journal
from faults.harness import HIDDEN, Harness, Tree, harness_in_memory, records_of, seeded
from mentorlog.cli.main import main
from mentorlog.errors import Unreadable
from mentorlog.store.disk import files
from mentorlog.store.index.rows import index_file
from mentorlog.store.layout import JOURNAL
from trust.mutants import mutant
from trust.traps import TRAPPED, TRAPS

SECONDS = 2.0
SENTENCES = ("error: ", "warning: ", "note: ")
READS = [
    *[("goal", "list", "--all", "--json"), ("task", "list"), ("note", "list", "--json"), ("meeting", "list")],
    *[("status",), ("due", "--json"), ("timeline",), ("search", "er"), ("show", "g7k3q"), ("review", "list")],
    *[("mentor", "list", "--json"), ("export", "json"), ("export", "markdown"), ("doctor",), ("history",)],
    *[
        ("review", "--print-form"),
        ("meeting", "prep", "osler"),
        ("task", "owed"),
        ("profile", "show"),
        (),
        ("waiting",),
    ],
    *[("review", "due"), ("history", "g7k3q"), ("goal", "list", "--with", "osler"), ("doctor", "--json")],
]
LISTINGS = [("goal",), ("task",), ("note",), ("meeting",), ("status",), ("timeline",), ("search",)]
CHANGES = [
    *[("goal", "tell", "g7k3q", "osler"), ("task", "done", "t4m2x"), ("set", "osler", "email=a@b.example")],
    *[
        ("goal", "add", "New", "--with", "osler"),
        ("delete", "n4d5f", "--yes"),
        ("undo",),
        ("redo",),
        ("note", "add", "x"),
    ],
    *[("meeting", "log", "osler", "--notes", "- [ ] @me Draft"), ("mentor", "end", "osler", "--kind", "moved")],
    *[("profile", "set", "stage=fellow"), ("goal", "progress", "g7k3q", "50"), ("ask", "osler", "Why?")],
]


class Ran(NamedTuple):
    """How a command ended, and what it took of the processor."""

    exit: int
    out: str
    err: str
    seconds: float


def run(argv: Sequence[str], stdin: bytes = b"") -> Ran:
    """Run the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    start = time.process_time()
    try:
        with seeded(1), redirect_stdout(out), redirect_stderr(err):
            exit = main(argv)
    finally:
        sys.stdin = kept
    return Ran(exit, out.getvalue(), err.getvalue(), time.process_time() - start)


class Bench:
    """A journal with one thing in it made worse, and what must hold of it."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        sample_journal.write(harness.root)
        self.good = harness.tree()
        self.wrong: list[str] = []
        self.slowest = 0.0
        self.export = b""
        self.typed = harness.folder / "typed"
        os.environ["EDITOR"] = f"cp {self.typed}"

    def put(self, path: str, data: bytes) -> Tree:
        """Put the journal back, with other bytes at one path; return its files."""
        self.harness.restore({**self.good, path: data})
        return {**self.good, path: data}

    def did(self, argv: Sequence[str], stdin: bytes = b"", allowed: Sequence[int] = (0, 1, 2, 3, 4, 5, 10)) -> Ran:
        """Run a command; what it took counts."""
        ran = run(argv, stdin)
        self.slowest = max(self.slowest, ran.seconds)
        self.wrong += self._complaints(argv, ran, allowed)
        return ran

    def _complaints(self, argv: Sequence[str], ran: Ran, allowed: Sequence[int]) -> Iterator[str]:
        said = f"{' '.join(argv)[:60]}: exit {ran.exit}"
        if ran.exit not in allowed:
            yield f"{said}, {ran.err.strip()[:300]}"
        if "Traceback" in ran.err + ran.out:
            yield f"{said}, a traceback"
        spoken = any(line.startswith(SENTENCES) for line in ran.err.splitlines())
        if ran.exit not in (0, 10) and argv[:1] != ("doctor",) and not spoken:  # doctor's findings are its result
            yield f"{said}, and no sentence: {ran.err[:200]!r} {ran.out[:200]!r}"
        if ran.seconds > SECONDS:
            yield f"{said}, in {ran.seconds:.1f} s"

    def case(self, what: str, number: int) -> list[str]:
        """Do one case; return what was wrong."""
        self.wrong = []
        KINDS[what](self, Random(f"{what} {number}"), number)
        return [f"{what} {number}: {one}" for one in self.wrong]

    def unchanged(self, tree: Tree, after: str) -> None:
        """Complain of every file of a tree that is no longer as it was."""
        now = self.harness.tree()
        gone = [path for path, data in tree.items() if now.get(path) != data]
        if gone:
            self.wrong.append(f"{after}: changed {gone}")

    def all_can_be_read(self) -> None:
        """Complain of a file that mentorlog wrote and cannot read."""
        for path, data in records_of(self.harness.tree()).items():
            if not _readable(path, data):
                self.wrong.append(f"{path} was written and cannot be read")

    def others_are_listed(self, path: str, data: bytes) -> bool:
        """Complain where the index does not serve every other record; return whether this one can be read."""
        journal = self.harness.journal()
        start = time.process_time()
        served = {row[0] for row in journal.reading.index.rows("SELECT path FROM records")}
        problems = {problem.path for problem in journal.reading.problems}
        self.slowest = max(self.slowest, time.process_time() - start)
        readable = _readable(path, data)
        expected = set(records_of(self.good)) | {path}
        if served != (expected if readable else expected - {path}):
            self.wrong.append(f"listed: {sorted(served ^ expected)}")
        if problems != (set() if readable else {path}):
            self.wrong.append(f"problems: {sorted(problems)}")
        return readable


def _readable(path: str, data: bytes) -> bool:
    """Say whether the bytes are a record, asked of the reader itself, far from any index."""
    if len(data) > files.LIMIT:
        return False
    try:
        index_file(path, data, "").row  # noqa: B018
    except Unreadable:
        return False
    return True


def records(bench: Bench, chance: Random, number: int) -> None:
    """One file of the journal is worse; every other is served, it stays as it is, and nothing trips over it."""
    seeds = records_of(bench.good)
    path = chance.choice(sorted(seeds))
    data = mutant(seeds[path], chance, list(seeds.values()))
    _file(bench, chance, path, data)


def traps(bench: Bench, chance: Random, number: int) -> None:
    """A known trap lies among the records."""
    _file(bench, chance, TRAPPED, TRAPS[list(TRAPS)[number % len(TRAPS)]], ("goal", "tell", "g3xyz", "osler"))


def _file(bench: Bench, chance: Random, path: str, data: bytes, change: Sequence[str] = ()) -> None:
    tree = bench.put(path, data)
    readable = bench.others_are_listed(path, data)
    read = chance.choice(READS)
    ran = bench.did(read)
    bench.unchanged(tree, f"after {' '.join(read)}")
    if not readable and ran.exit == 0 and read[:1] in LISTINGS and "cannot be read" not in ran.err + ran.out:
        bench.wrong.append(f"{' '.join(read)} does not say that a record is missing")
    if number_of(path) and chance.random() < 0.3:
        bench.did(("show", number_of(path)))
    done = change or chance.choice(CHANGES)
    if bench.did(done).exit == 0 and done[0] == "delete" and number_of(path) in done:
        bench.did(("undo",), allowed=(0,))
    if not readable:
        bench.unchanged({path: data}, "after a change")
    else:
        bench.all_can_be_read()


def number_of(path: str) -> str:
    """Return the id in a path, "" in that of the journal's own files."""
    return "" if "/" not in path else re.split(r"[-.]", path.partition("/")[2])[0]


def operations(bench: Bench, chance: Random, number: int) -> None:
    """One file of the log is worse, or what is left of an unfinished change; the records are served all the same."""
    seeds = {path: data for path, data in bench.good.items() if path.startswith(f"{HIDDEN}operations/")}
    source = chance.choice(sorted(seeds))
    path = chance.choice([source, source, f"{HIDDEN}pending.json"])
    data = mutant(seeds[source], chance, list(seeds.values()))
    bench.put(path, data)
    kept = records_of(bench.good)
    for read in (chance.choice(READS), ("history", "--json"), ("history", "n4d5f")):
        bench.did(read)
    bench.unchanged({**kept, path: data}, "after reads")
    if bench.harness.index_answers() != bench.harness.expected_answers(kept):
        bench.wrong.append("the index answers otherwise")
    for change in chance.choice([(("undo",), ("redo",)), (("redo",), ("undo", "2")), (chance.choice(CHANGES),)]):
        ran = bench.did(change)
        if ran.exit and path != f"{HIDDEN}pending.json":
            bench.unchanged(kept, f"refused {' '.join(change)}")
        kept = records_of(bench.harness.tree())
    now = bench.harness.tree()
    if path != f"{HIDDEN}pending.json":
        bench.unchanged({path: data}, "after a change")
    elif data not in now.values():
        bench.wrong.append("the unfinished change is gone")
    bench.all_can_be_read()


FORM = b"""\
kind = "full"
on = 2026-11-23
worked = "Drafts on Fridays"
did_not = \"\"\"
Two weeks of nights.
\"\"\"
next_on = 2027-02-20

[[verdicts]]
goal = "g7k3q"
verdict = "revise"
reason = "The journal changed its format"
changes = {by = 2027-03-01, measure = "accepted"}

[[verdicts]]
goal = "g8v7w"
verdict = "drop"
reason = "Nobody came"

[[tasks]]
task = "t4m2x"
verdict = "defer"
due = 2026-12-15
reason = "On call"

[[mentors]]
mentor = "osler"
fit = "good"
cadence_ok = true
pulse = {communication = 6, understanding = 7}

[[add_goals]]
title = "Present at grand rounds"
by = 2027-05-01
with = ["osler"]
"""


EDITED = ("g7k3q", "t4m2x", "osler", "m2c3d", "n4d5f")


def forms(bench: Bench, chance: Random, number: int) -> None:
    """The answers of a review, a value of `set`, or a text on stdin is rubbish: taken whole, or refused whole."""
    tree = bench.put(JOURNAL, bench.good[JOURNAL])
    way = number % 4
    if way < 2:
        ran = bench.did(("review", "--answers", "-"), mutant(FORM, chance, list(records_of(bench.good).values())))
    elif way == 2:
        text = mutant(b"[{on = 2026-11-01, percent = 30, text = 'x'}]", chance, [FORM]).decode(
            "utf-8", "surrogateescape"
        )
        field = chance.choice(["progress", "by", "mentors", "tags", "title", "why", "history", "x", "extra", "created"])
        ran = bench.did(("set", "g7k3q", f"{field}={text}".replace("\0", "")))
    else:
        texts = [("note", "add", "-"), ("goal", "add", "-"), ("meeting", "log", "osler", "--notes", "-")]
        words = chance.choice(
            [*texts, *(("edit", id, "--toml") for id in EDITED), ("edit", "m2c3d"), ("review", "--form")]
        )
        seed = next((bench.good[path] for path in bench.good if number_of(path) in words), FORM)
        data = mutant(seed, chance, [b"- [ ] @osler Draft due:fri goal:g7k3q\n", FORM])
        bench.typed.write_bytes(data)
        ran = bench.did(words, data)
    if ran.exit:
        bench.unchanged(tree, "refused")
    bench.all_can_be_read()


def imports(bench: Bench, chance: Random, number: int) -> None:
    """What is imported is rubbish: all of it is taken, or nothing."""
    if not bench.export:
        bench.harness.restore(bench.good)
        bench.export = run(("export", "json")).out.encode()
    tree = bench.put(JOURNAL, bench.good[JOURNAL])
    if chance.random() < 0.5:  # well-formed, but not what it should be
        document = json.loads(bench.export)
        for _ in range(chance.choice([1, 2, 5])):
            _spoil(document, chance)
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(10 * limit)  # a deep value within a deep value is deeper than the encoder goes
        data = json.dumps(document, allow_nan=True).encode()
        sys.setrecursionlimit(limit)
    else:
        data = mutant(bench.export, chance, [FORM])
    more = chance.choice([("--replace",), (), ("--dry-run",)])
    ran = bench.did(("import", "json", "-", *more), data)
    if ran.exit or "--dry-run" in more:
        bench.unchanged(tree, "refused")
    bench.all_can_be_read()


def _spoil(document: Any, chance: Random) -> None:
    """Put something strange somewhere into parsed JSON."""
    places: list[tuple[Any, Any]] = []
    rest = [document]
    while rest:
        value = rest.pop()
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in items:
            places.append((value, key))
            rest.append(item)
    where, key = chance.choice(places)
    deep: Any = 1
    for _ in range(chance.choice([3, 60, 900])):
        deep = {"a": deep} if chance.random() < 0.5 else [deep]
    strange = [None, True, 0, -1, 1.5, 10**30, 10**300, "", " ", "x" * 70_000, "\0", "\ud800"]
    strange += [
        "2026-02-30",
        "g7k3q",
        "osler",
        "../../x",
        [],
        {},
        [[]],
        [None],
        {"": 1},
        deep,
        float("nan"),
        "a\nb",
        "\u202e",
    ]
    strange += [{"$toml": "date", "value": "2026-02-30"}, {"$toml": "x"}, {"$toml": 1}]
    if isinstance(where, dict) and chance.random() < 0.3:
        where[chance.choice(["x", "id", "record", "", "a.b", "\u2028", "$toml", "extra", "file", "\0"])] = (
            chance.choice(strange)
        )
    elif chance.random() < 0.2:
        del where[key]
    else:
        where[key] = chance.choice(strange)


KINDS: dict[str, Callable[[Bench, Random, int], None]] = {
    "records": records,
    "traps": traps,
    "operations": operations,
    "forms": forms,
    "imports": imports,
}


QUICK = {
    "traps": [number for number, name in enumerate(TRAPS) if "MiB" not in name][::4],
    "records": list(range(8)),
    "operations": list(range(5)),
    "forms": list(range(5)),
    "imports": list(range(5)),
}
"""What takes seconds: some of each."""


def told(what: str, first: int, count: int) -> dict[str, Any]:
    """Do cases; return how many there were, what was wrong, the slowest command and the most memory."""
    with harness_in_memory() as harness:
        bench = Bench(harness)
        cases = [(what, number) for number in range(first, first + count)]
        if what == "quick":
            cases = [(one, number) for one, numbers in QUICK.items() for number in numbers]
        wrong = [one for what, number in cases for one in bench.case(what, number)]
        return {"cases": len(cases), "wrong": wrong, "slowest": bench.slowest, "mebibytes": _most_memory() // 1024}


def _most_memory() -> int:
    """Return the most memory that this program held, in KiB.

    Linux hands `ru_maxrss` on to a child through exec, so there it would be that of the test run itself.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    words = sys.argv[1:]
    numbers = [int(word) for word in words[1:]]
    print(json.dumps(told(words[0], *(numbers + [0, 1][len(numbers) :])), indent=1))
