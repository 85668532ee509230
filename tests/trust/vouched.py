"""A journal that real commands made, with its index, the record of its head and a backup: put back after each case.

with bench() as one: one.put_back(); one.findings() -> what `doctor --verify` names
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

import pytest

from faults import sample_journal
from faults.flows import ANSWERS, NOTES
from faults.harness import Ended, Harness, Tree, harness_in_memory

VARIABLES = ("HOME", "XDG_STATE_HOME", "MENTORLOG_JOURNAL", "MENTORLOG_NOW", "COLUMNS")
VERIFY = ("doctor", "--verify", "--json")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("goal", "progress", "g7k3q", "40", "-m", "Draft with Röntgen"),
    ("goal", "revise", "g7k3q", "by=1 mar 2027", "-m", "The journal changed its format"),
    ("goal", "pause", "g2n5t", "-m", "Night shifts"),
    ("goal", "resume", "g2n5t"),
    ("template", "edit", "recap", "--file", "-"),
    ("task", "start", "t4m2x"),
    ("note", "add", "Said in confidence", "--with", "osler"),
    ("note", "close", "n2b3c", "-m", "The case reports"),
    ("note", "reopen", "n2b3c"),
    ("forget", "n6h7j", "--yes"),
    ("task", "done", "t7h8j", "-m", "Sent"),
    ("meeting", "log", "osler", "--next", "in 4 weeks", "--notes", "-"),
    ("profile", "set", "stage=fellow", "strengths=listening, suturing"),
    ("profile", "assess", "suturing", "3", "-m", "Alone, with time"),
    ("profile", "block", "Night float", "2026-12-01", "2026-12-14", "--load", "away"),
    ("set", "osler", "email=osler@example.org", "cadence.every_days=30"),
    ("template", "edit", "thanks", "--file", "-"),
    ("mentor", "add", "Ignaz Semmelweis", "--role", "advisor", "--every", "4 weeks"),
    ("mentor", "activate", "curie", "-m", "Agreed over coffee"),
    ("mentor", "pause", "blackwell", "-m", "On leave"),
    ("mentor", "fit", "osler", "good", "-m", "He answers within a day"),
    ("win", "Poster accepted", "--section", "abstract", "--with", "osler"),
    ("delete", "t9k2m", "--yes"),
    ("undo",),
    ("redo",),
    ("template", "edit", "recap", "--file", "-"),
    ("review", "--answers", "-"),
    ("letter", "remind", "t6n8r"),
    ("goal", "progress", "g7k3q", "55"),
    ("undo", "--no", "19"),
    ("share", "g7k3q", "osler", "--with", "program"),
    ("ask", "osler", "Who else should read it?"),
    ("meeting", "move", "m4k2p", "mon 9:30", "-m", "On call"),
)
"""What the resident does after the first import; the numbers of their operations begin with 2."""
OLDER = 24
"""The commands after which a copy was made of the journal."""
TYPED = {"template": "Dear {{ to }},\nthank you, and that %d times.\n", "meeting": NOTES, "review": ANSWERS}


class Finding(NamedTuple):
    """One thing that a verification names: a path, the number of an operation if it is one, its level and words."""

    path: str | None
    level: str
    said: str


class Bench:
    """A journal in a harness, what it is when nothing has happened to it, and what it was some commands ago."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self._variables = {name: os.environ[name] for name in VARIABLES}
        self.older = made_by_commands(harness, COMMANDS[:OLDER])
        self.tree = commanded(harness, COMMANDS[OLDER:])
        self.index = harness.index()
        self.head = harness.recorded()

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> Self:
        """Let the commands of a test work on this journal: it serves many tests, each of which has a world."""
        for name, value in self._variables.items():
            monkeypatch.setenv(name, value)
        return self

    def put_back(self, tree: Tree | None = None) -> None:
        """Make the journal what it was, or the files of another tree, with the index and the head of this one."""
        self.harness.restore(self.tree if tree is None else tree)
        self.harness.put_index(self.index)
        self.harness.put_seen(self.head)

    def verified(self) -> Mapping[str, Any]:
        """Return what `doctor --verify --json` says."""
        ended = self.harness.run(*VERIFY)
        assert ended.exit in (0, 3), ended
        data: dict[str, Any] = json.loads(ended.out)["data"]
        assert (ended.exit == 3) == any(one["level"] == "error" for one in data["findings"]), ended
        return data


def named(data: Mapping[str, Any]) -> list[Finding]:
    """Return all that a verification names: findings, files that are not as they were left, operations."""
    found = [Finding(one["path"], one["level"], one["message"]) for one in data["findings"]]
    found += [Finding(one["path"], one["state"], one["message"]) for one in data["verified"]["files"]]
    return found + [Finding(one["path"], "operation", one["message"]) for one in data["verified"]["operations"]]


def numbers(tree: Tree) -> list[int]:
    """Return the numbers of the operations in a tree."""
    return sorted(int(path[-11:-5]) for path in tree if path.startswith(".mentorlog/operations/"))


def operation(number: int) -> str:
    """Return the path of an operation."""
    return f".mentorlog/operations/{number:06}.json"


def ran(ended: Ended) -> Ended:
    """Return how a run ended; fail if it failed."""
    assert ended.exit == 0, ended
    return ended


def made_by_commands(harness: Harness, commands: Sequence[tuple[str, ...]], seed: int = 1) -> Tree:
    """Make a journal: `init`, an import of the sample journal, then a command for each operation."""
    sample_journal.write(harness.root)
    sent = ran(harness.run("export", "json")).out
    harness.restore({})
    ran(harness.run("init", "--no-input"))
    ran(harness.run("import", "json", "-", stdin=sent, seed=seed))
    return commanded(harness, commands, seed + 1)


def commanded(harness: Harness, commands: Sequence[tuple[str, ...]], seed: int = 50) -> Tree:
    """Run commands, each with its own chance, and return the files."""
    for each, words in enumerate(commands, seed):
        ran(harness.run(*words, stdin=TYPED.get(words[0], "").replace("%d", str(each)), seed=each))
    return harness.tree()


@contextmanager
def bench() -> Iterator[Bench]:
    """Make a bench in memory."""
    with harness_in_memory() as harness:
        yield Bench(harness)
