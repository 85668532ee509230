"""Item 8: whatever happens in whatever order, the journal says what a plain dictionary says."""

from __future__ import annotations

import json
import os
import re
import time
import tomllib
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from faults import sample_journal
from faults.harness import Harness, harness_in_memory, records_of
from faults.inject import KILL, KILL_AFTER, injected
from figures import Counted
from mentorlog.domain.query import Query
from mentorlog.store.index import scan
from trust.moves import Ended, run

ITEM = "8 a model in the test"
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12).filter(str.strip)
PICK = st.integers(0, 1_000)
STEPS = [0]

Goal = tuple[str, tuple[str, ...]]  # its title, and the mentors that were told of it


class Done:
    """One operation of the model: the goal that it touched, the versions before and after."""

    def __init__(self, id: str, before: int | None, after: int | None) -> None:
        self.id, self.before, self.after = id, before, after


class Machine(RuleBasedStateMachine):
    """A journal, and a dictionary of the versions of its goals; a version is one content of one file."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.harness: Harness = self.stack.enter_context(harness_in_memory())
        scan.RACY_NS = 2_000_000_000  # harness_in_memory() takes it away and puts it back
        self.shift = 0
        real = time.time_ns
        self.stack.enter_context(patch("time.time_ns", lambda: real() + self.shift))
        sample_journal.write(self.harness.root)
        self.versions: list[Goal] = []
        self.texts: dict[bytes, int] = {}
        self.model: dict[str, int] = {}
        for view in self.harness.journal().reading.find(Query("goal")):
            self.model[view["id"]] = self.version(self.goal(view))
        self.past: list[Done] = []
        self.future: list[Done] = []
        self.log: list[Done] = []  # every operation, those of undo and redo too
        self.inverted: set[str] = set()  # the goals of which `undo --no` undid an operation
        self.again: set[str] = set()  # the ids that were given again
        self.begun = self.harness.journal().history.last()
        self.ever = set(self.model)

    def teardown(self) -> None:
        """Clear away."""
        self.stack.close()

    # The model

    def version(self, goal: Goal, text: bytes | None = None) -> int:
        """Return the version that holds this: the one of the same bytes where they are known, else a new one."""
        if text in self.texts:
            return self.texts[text]
        self.versions.append(goal)
        if text is not None:
            self.texts[text] = len(self.versions) - 1
        return len(self.versions) - 1

    def file(self, id: str) -> Path:
        """Return the file of a goal."""
        return next(self.harness.root.glob(f"goals/{id}*.toml"))

    @staticmethod
    def goal(view: dict[str, Any]) -> Goal:
        """Return what the model knows of a view."""
        return view["title"], tuple(share["mentor"] for share in view["mentors"] if share["told_on"])

    def put(self, id: str, version: int | None) -> None:
        """Let a goal be of a version, or be gone."""
        self.model.pop(id, None)
        if version is not None:
            self.model[id] = version

    def did(self, id: str, goal: Goal | None) -> None:
        """Take an operation into the model; where it is not finished, its file is still the old one."""
        text = self.file(id).read_bytes() if goal else None
        if goal and text is not None and tomllib.loads(text.decode())["title"] != goal[0]:
            text = None
        done = Done(id, self.model.get(id), None if goal is None else self.version(goal, text))
        self.took(done)

    def took(self, done: Done) -> None:
        """Take a new change into the model."""
        self.put(done.id, done.after)
        self.past.append(done)
        self.log.append(done)
        self.future.clear()

    def pick(self, number: int) -> str | None:
        """Return one of the goals that are there."""
        return sorted(self.model)[number % len(self.model)] if self.model else None

    def said(self) -> dict[str, Goal]:
        """Return what the journal says."""
        return {view["id"]: self.goal(view) for view in self.harness.journal().reading.find(Query("goal"))}

    def wanted(self) -> dict[str, Goal]:
        """Return what the dictionary says."""
        return {id: self.versions[version] for id, version in self.model.items()}

    # What may happen

    @rule(title=TITLES)
    def add(self, title: str) -> None:
        """A new goal has an id that none ever had, or only one whose adding was undone."""
        ended = run("goal", "add", "--json", "--", title)
        assert ended.exit == 0, ended
        id = json.loads(ended.out)["data"]["id"]
        if id in self.ever:
            self.again.add(id)
            assert id not in self.model
            assert id in self.inverted or id not in {done.id for done in self.past}
        self.ever.add(id)
        self.did(id, (title, ()))

    @rule(number=PICK, title=TITLES)
    def change(self, number: int, title: str) -> None:
        """Its title changes."""
        if (id := self.pick(number)) is None:
            return
        before = self.versions[self.model[id]]
        assert run("set", id, f"title={title}").exit == 0
        if self.said()[id] != before:
            self.did(id, (self.said()[id][0], before[1]))
        assert self.said()[id][0] in (title, title.strip())

    @rule(number=PICK)
    def link(self, number: int) -> None:
        """A mentor is told of it, once."""
        if (id := self.pick(number)) is None:
            return
        title, told = self.versions[self.model[id]]
        if "blackwell" not in told:
            assert run("goal", "tell", id, "blackwell").exit == 0
            self.did(id, (title, self.said()[id][1]))
            assert "blackwell" in self.versions[self.model[id]][1]

    @rule(number=PICK)
    def delete(self, number: int) -> None:
        """It goes."""
        if (id := self.pick(number)) is None:
            return
        assert run("delete", id, "--yes").exit == 0
        self.did(id, None)

    @rule()
    def undo(self) -> None:
        """The last operation is taken back, unless somebody else changed its file."""
        self._travel("undo", self.past, self.future)

    @rule()
    def redo(self) -> None:
        """What was taken back last is done again, unless somebody else changed its file."""
        self._travel("redo", self.future, self.past)

    def _travel(self, word: str, source: list[Done], target: list[Done]) -> None:
        if not source:
            return  # what the autumn began with stays
        done = source[-1]
        app, there = (done.after, done.before) if word == "undo" else (done.before, done.after)
        ended = run(word)
        if self.model.get(done.id) == app:
            assert ended.exit == 0, ended
            self.put(done.id, there)
            self.log.append(Done(done.id, app, there))
            target.append(source.pop())
        else:
            assert ended.exit == 4, ended

    @rule(number=PICK)
    def undo_any(self, number: int) -> None:
        """Any one operation is taken back while its file is as it left it; where it is refused, the hint helps."""
        if not self.log:
            return
        number = self.begun + 1 + number % len(self.log)
        if (ended := self.reverted(number)) is None:
            return
        done = self.log[number - self.begun - 1]
        if ended.exit == 0:  # undone already
            assert ended.out.endswith("; nothing changed.\n"), ended
        elif ended.exit == 4:
            assert f"goals/{done.id}" in ended.err, ended
        else:
            assert (ended.exit, f": {done.id} was changed later by change" in ended.err) == (1, True), ended
            hinted = list(map(int, re.findall(r"mentorlog undo --no (\d+)", ended.err)))
            assert all(later > number for later in hinted)
            if hinted and done.id not in self.again:
                assert all(self.reverted(one) is None for one in (*hinted, number))

    def reverted(self, number: int) -> Ended | None:
        """Run `undo --no`; return how it ended where it changed nothing."""
        done = self.log[number - self.begun - 1]
        ended = run("undo", "--no", str(number), "--yes")
        if self.model.get(done.id) != done.after:
            return ended
        assert (ended.exit, ended.out[:8]) == (0, "Undone: "), ended
        self.inverted.add(done.id)
        self.took(Done(done.id, done.after, done.before))
        return None

    @rule(number=PICK)
    def look(self, number: int) -> None:
        """What any operation did is as the dictionary knows it; it is unknown only where nobody kept the text."""
        if not self.log:
            return
        done = self.log[at := number % len(self.log)]
        ended = run("history", str(self.begun + 1 + at), "--json")
        if done is self.log[-1] and ended.exit == 1:
            assert (self.harness.root / ".mentorlog" / "pending.json").exists()
            return
        (change,) = json.loads(ended.out)["data"]["changes"]
        existed, exists = done.before is not None, done.after is not None
        became = "changed" if existed and exists else "created" if exists else "deleted"
        assert (change["id"], change["change"]) == (done.id, became)
        kept = self.model.get(done.id) == done.after or any(one.before == done.after for one in self.log)
        assert (change["fields"] is not None) == kept or not exists
        titles = [None if one is None else self.versions[one][0] for one in (done.before, done.after)]
        said = [(one["old"], one["new"]) for one in change["fields"] or () if one["field"] == "title"]
        assert said == ([(titles[0], titles[1])] if titles[0] != titles[1] and change["fields"] is not None else [])

    @rule(number=PICK, words=st.integers(0, 9))
    def outside_edit(self, number: int, words: int) -> None:
        """Somebody changes the file in place, perhaps to the same size and within the same tick."""
        if (id := self.pick(number)) is None:
            return
        path = self.file(id)
        lines = path.read_bytes().decode().split("\n")
        at = next(i for i, line in enumerate(lines) if line.startswith("title = "))
        lines[at] = f'title = "By hand {words}"'
        before = path.read_bytes()
        path.write_bytes("\n".join(lines).encode())
        if (text := path.read_bytes()) != before:
            self.put(id, self.version((f"By hand {words}", self.versions[self.model[id]][1]), text))

    @rule(number=PICK, call=st.integers(1, 60), after=st.booleans())
    def crash(self, number: int, call: int, after: bool) -> None:
        """A change is killed at a call: it is wholly there, or not at all."""
        if (id := self.pick(number)) is None:
            return
        before = self.versions[self.model[id]]
        title = f"Crash {len(self.versions)}"
        with injected(call, KILL_AFTER if after else KILL):
            run("set", id, f"title={title}")
        now = self.said()[id]
        assert now in (before, (title, before[1]))
        if now != before:
            self.did(id, now)

    @rule(days=st.integers(-20_000, 10_000))
    def clock(self, days: int) -> None:
        """The clock jumps, forwards or back, and so does the day that mentorlog is told."""
        self.shift = days * 86_400 * 10**9
        os.environ["MENTORLOG_NOW"] = f"{2026 + days // 400}-06-15T12:00:00+00:00"

    @rule(how=st.sampled_from(["gone", "rubbish", "cut", "no seal"]))
    def lose_index(self, how: str) -> None:
        """The index is lost or damaged."""
        folder = self.harness.root / ".mentorlog"
        if how == "gone":
            self.harness.forget_index()
        elif how == "no seal":
            (folder / "index.seal").unlink(missing_ok=True)
        elif (folder / "index.sqlite").exists():
            data = (folder / "index.sqlite").read_bytes()
            (folder / "index.sqlite").write_bytes(b"rubbish" if how == "rubbish" else data[: len(data) // 2])

    # What must hold

    @invariant()
    def says_what_the_dictionary_says(self) -> None:
        """The journal and the dictionary agree."""
        STEPS[0] += 1
        assert self.said() == self.wanted()

    @invariant()
    def index_is_as_if_made_anew(self) -> None:
        """What the index knows is what one that is made now would know, also of ids that were used."""
        if STEPS[0] % 5:
            return
        journal = self.harness.journal()
        told = self.harness.index_answers(journal), journal.reading.index.rows("SELECT id FROM used ORDER BY id")
        assert told[0] == self.harness.expected_answers(records_of(self.harness.tree()))
        self.harness.forget_index()
        assert journal.reading.index.rows("SELECT id FROM used ORDER BY id") == told[1]
        assert self.harness.journal().reading.index.rows("SELECT id FROM used ORDER BY id") == told[1]


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def follow(examples: int, steps: int) -> int:
    """Run the machine; return how many steps it made."""
    STEPS[0] = 0
    wish = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=CHECKS)
    run_state_machine_as_test(Machine, settings=wish)  # type: ignore[no-untyped-call]
    return STEPS[0]


def test_a_short_life(counted: Counted) -> None:
    """A few lives of a journal, in seconds."""
    start = time.perf_counter()
    steps = follow(4, 12)
    counted(ITEM, steps, 0, time.perf_counter() - start)

    assert steps > 20


@pytest.mark.slow
def test_many_lives(counted: Counted) -> None:
    """Sixty lives of up to fifty steps."""
    start = time.perf_counter()
    steps = follow(60, 50)
    counted(ITEM, steps, 0, time.perf_counter() - start)

    assert steps > 1_000
