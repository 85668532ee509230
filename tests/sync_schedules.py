"""Schedules of two to four machines in memory: what they write, when they sync, and what goes wrong meanwhile.

Every text has words of its own. A word may be missing in the end only if somebody who had it took it out, or if the
only copy of it went with a folder that a backup replaced.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from mentorlog.errors import AnotherHistory
from mentorlog.store.format import toml
from mentorlog.store.layout import JOURNAL
from sync_memory import BROKEN, Machine, Remote

STEPS = ("fetch", "after fetch", "read", "commit", "operation", "after operation", "state", "push", "after push")
"""Before each of them a sync is killed."""
KINDS = {"goals": "g", "tasks": "t", "notes": "n"}
LETTERS = "23456789bcdf"

Tree = dict[str, bytes | None]


class Killed(BaseException):
    """The program was killed: nothing of it handles that."""


def words_in(tree: Mapping[str, bytes | None]) -> set[str]:
    """Return the words of a schedule in all files."""
    return {word.decode() for data in tree.values() if data for word in re.findall(rb"\bw\d+\b", data)}


def _shown(data: bytes | None) -> bytes | None:
    """Return a file without the pairs of passages in its conflicts, which stand in its text until taken out."""
    return None if data is None else re.sub(rb"(?s)both = \[.*?\]", b"", data)


class Schedule:
    """One schedule; `problems` says what it found."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.remote = Remote()
        self.machines = [Machine(str(name), self.remote) for name in range(self.random.randint(2, 4))]
        self.counts = Counter[str]()
        self.written, self.gone = set[str](), set[str]()
        self.broken: list[dict[str, bytes]] = [{} for _ in self.machines]
        self.backups: list[Callable[[], Tree]] = [self._backup(at) for at in range(len(self.machines))]
        self.tips = set[str]()
        self.problems: list[str] = []

    def run(self, steps: int = 26) -> Schedule:
        """Run the schedule, then let all machines sync in peace, and look."""
        for _ in range(3):
            self._new(0)
        for machine in self.machines:
            machine.sync()
        for _ in range(steps):
            self._step(self.random.randrange(len(self.machines)))
        for at in range(len(self.machines)):
            self._mend(at, all_of_it=True)
        for machine in self.machines * 2:
            self._exchange(machine)
        self._look()
        return self

    def _exchange(self, machine: Machine) -> None:
        """Sync, and put both histories together where the only copy of one was lost with its place."""
        try:
            report = machine.sync()
        except AnotherHistory:
            report = machine.sync(rejoin=True)
            self.counts["rejoined"] += 1
        self.tips |= {self.remote.tip} if self.remote.tip else set()
        for name in ("merged", "conflicts", "kept", "renamed", "held"):
            self.counts[name] += len(getattr(report, name))

    def _look(self) -> None:
        trees = [{path: data for path, data in machine.folder.items() if path != JOURNAL} for machine in self.machines]
        if any(tree != trees[0] for tree in trees):
            self.problems.append("apart")
        for machine, tree in zip(self.machines, trees, strict=True):
            if lost := self.written - self.gone - words_in(tree):
                self.problems.append(f"lost on {machine.name}: {' '.join(sorted(lost))}")
        if self.remote.tip and not self.tips <= self.remote.history(self.remote.tip):
            self.problems.append("the remote went back")
        before = self.remote.tip, [len(machine.log) for machine in self.machines]
        reports = [machine.sync() for machine in self.machines]
        if before != (self.remote.tip, [len(machine.log) for machine in self.machines]):
            self.problems.append("not at rest")
        if any(report.held for report in reports):
            self.problems.append("held")
        if self.remote.tip and (lost := self.written - self.gone - words_in(self.remote.commits[self.remote.tip].tree)):
            self.problems.append(f"lost on the remote: {' '.join(sorted(lost))}")

    def _step(self, at: int) -> None:
        does = self.random.choices(
            [
                *(self._edit, self._new, self._delete, self._break, self._mend),
                *(self._sync, self._save, self._restore, self._lose),
            ],
            [30, 12, 6, 4, 6, 34, 4, 3, 2],
        )[0]
        does(at)

    # What a person does

    def _word(self) -> str:
        self.counts["words"] += 1
        return f"w{self.counts['words']}"

    def _record(self, at: int) -> str | None:
        paths = [path for path, data in self.machines[at].folder.items() if data and data != BROKEN and path != JOURNAL]
        return self.random.choice(sorted(paths)) if paths else None

    def _write(self, at: int, path: str, data: bytes | None) -> None:
        """Write a file as a command or by hand, and note which words it took out."""
        machine = self.machines[at]
        self.written |= words_in({path: data})
        self.gone |= words_in({path: _shown(machine.folder.get(path))}) - words_in({path: _shown(data)})
        if self.random.random() < 0.7:
            machine.change({path: data})
        elif data is None:
            del machine.folder[path]
        else:
            machine.folder[path] = data
        self.counts["edits"] += 1

    def _new(self, at: int) -> None:
        folder = self.random.choice([*KINDS])
        letters = "".join(self.random.choice(LETTERS[:4]) for _ in range(2))
        path = f"{folder}/{KINDS[folder]}22{letters}.toml"  # few ids: some are made twice
        machine = self.machines[at]
        if any(known.startswith(path[:-5]) for known in machine.folder):
            return
        self.counts["made"] += 1
        id, seconds = path[-10:-5], self.counts["words"] % 60
        created = f"created = 2026-11-0{at + 1}T09:{self.counts['made'] % 60:02}:{seconds:02}+00:00\n"
        body = f'text = "{self._word()}."\non = 2026-11-01\n' if folder == "notes" else f'title = "{self._word()}"\n'
        self._write(
            at, path, f'id = "{id}"\n{body}notes = "{self._word()} {self._word()}. {self._word()}."\n{created}'.encode()
        )

    def _edit(self, at: int) -> None:
        if (path := self._record(at)) is None:
            return
        plain = tomllib.loads((self.machines[at].folder[path] or b"").decode())
        match self.random.choice(["prose", "prose", "prose", "tags", "title", "key", "status", "resolve"]):
            case "prose":
                plain["notes"] = self._edited(plain.get("notes", ""))
            case "tags":
                tags = [tag for tag in plain.get("tags", []) if self.random.random() < 0.8]
                plain["tags"] = [*tags, self._word()]
            case "title":
                plain["text" if path.startswith("notes") else "title"] = self._word()
            case "key":
                plain["my_key"] = [*plain.get("my_key", []), {"word": self._word()}][-2:]
            case "status" if path.startswith("tasks"):
                plain["status"] = self.random.choice(["todo", "doing", "waiting", "dropped"])
            case "resolve":
                plain.pop("conflicts", None)
        self._write(at, path, toml.dump_plain(plain))

    def _edited(self, text: str) -> str:
        parts = re.split(r"(?<=\. )|(?<=\n)", text)
        place = self.random.randrange(len(parts))
        new = f"{self._word()} {self._word()}."
        match self.random.choice(["put", "put", "append", "drop", "replace"]):
            case "put":
                parts.insert(place, f"{new} ")
            case "append":
                parts.append(f"\n\n{new}")
            case "drop":
                del parts[place]
            case "replace":
                parts[place] = f"{new} "
        return "".join(parts)

    def _delete(self, at: int) -> None:
        if (path := self._record(at)) is not None:
            self._write(at, path, None)
            self.counts["deletions"] += 1

    def _break(self, at: int) -> None:
        """An editor is killed, or a disk fails: the file cannot be read until somebody repairs it."""
        if (path := self._record(at)) is not None:
            self.broken[at][path] = self.machines[at].folder[path] or b""
            self.machines[at].folder[path] = self.random.choice([BROKEN, None])
            self.counts["broken"] += 1

    def _mend(self, at: int, *, all_of_it: bool = False) -> None:
        for path in [*self.broken[at]]:
            if all_of_it or self.random.random() < 0.5:
                self.machines[at].folder[path] = self.broken[at].pop(path)

    # Backups

    def _backup(self, at: int) -> Callable[[], Tree]:
        """Keep the folder with its log; what is returned puts it back, and returns what was there."""
        machine, broken = self.machines[at], dict(self.broken[at])
        folder, log = dict(machine.folder), list(machine.log)

        def restore() -> Tree:
            now: Tree = {**machine.folder, **self.broken[at]}
            machine.folder, self.broken[at] = dict(folder), dict(broken)
            machine.log = list(log) if self.random.random() < 0.5 else []
            return now

        return restore

    def _save(self, at: int) -> None:
        self.backups[at] = self._backup(at)

    def _restore(self, at: int) -> None:
        now = self.backups[at]()
        tip = self.remote.commits[self.remote.tip].tree if self.remote.tip else {}
        others = [{**one.folder, **self.broken[place]} for place, one in enumerate(self.machines)]
        self.gone |= words_in(now) - words_in(tip) - set[str]().union(*map(words_in, others))
        self.counts["restores"] += 1

    def _lose(self, at: int) -> None:
        """The place of the sync is gone: what the last one left, or the commits, which are fetched again."""
        machine = self.machines[at]
        if self.random.random() < 0.5:
            machine.left = None
        else:
            machine.repository.commits = {}
        self.counts["lost places"] += 1

    # Syncs

    def _sync(self, at: int) -> None:
        machine = self.machines[at]
        what = self.random.random()
        if what < 0.25:
            machine.step = self._killer(self.random.choice(STEPS))
        elif what < 0.5:
            machine.step = self._racer(at, self.random.choice(["after fetch", "read", "push"]))
        elif what < 0.6:
            machine.step = self._writer(at)
        try:
            self._exchange(machine)
        except Killed:
            self.counts["kills"] += 1
        finally:
            machine.step = lambda name: None
        self.counts["syncs"] += 1

    def _killer(self, step: str) -> Callable[[str], None]:
        left = [step] * self.random.randint(1, 2)  # some steps come twice

        def kill(name: str) -> None:
            if name == step:
                left.pop()
                if not left:
                    raise Killed

        return kill

    def _racer(self, at: int, step: str) -> Callable[[str], None]:
        """Another machine syncs while this one is between its fetch and its push."""
        other = self.random.choice([one for one in range(len(self.machines)) if one != at])
        left = [step]

        def race(name: str) -> None:
            if name in left:
                left.clear()
                self._edit(other)
                self._exchange(self.machines[other])
                self.counts["races"] += 1

        return race

    def _writer(self, at: int) -> Callable[[str], None]:
        """The person goes on writing while git fetches."""
        left = ["after fetch"]

        def write(name: str) -> None:
            if name in left:
                left.clear()
                self._edit(at)

        return write


def problems(seed: int) -> list[str]:
    """Run a schedule, and return what it found; an error of the program is one too."""
    schedule = Schedule(seed)
    try:
        return schedule.run().problems
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def total(first: int, last: int) -> tuple[Mapping[str, Any], list[str]]:
    """Run many schedules; return what they did, and what they found."""
    counts, found = Counter[str](), list[str]()
    for seed in range(first, last):
        schedule = Schedule(seed)
        try:
            schedule.run()
        except Exception as error:
            schedule.problems.append(f"{type(error).__name__}: {error}")
        counts.update({**schedule.counts, "schedules": 1})
        found += [f"{seed}: {problem}" for problem in schedule.problems]
    return counts, found
