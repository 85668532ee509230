"""Every fact that mentorlog shows, compared with a slow second reckoning over random journals and days."""

from __future__ import annotations

import ast
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from figures import Counted
from oracle import journals, reckoning, rules
from oracle.comparing import Difference, describe, differences, smallest
from oracle.journals import Files, Moment
from world import World

ITEM = "14 facts: journals × moments"
SEEDS = st.integers(min_value=0, max_value=2**48)
JOURNALS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a seed has no shorter form: `smallest` makes the journal so
)
ANSWER = 'worked = "Short meetings"'


class Compared:
    """Compares the program with the reckoning in one world, and counts."""

    def __init__(self, world: World) -> None:
        self.world, self.moments, self.start = world, 0, time.process_time()
        self.folders = (world.root / f"facts-{number}" for number in count())

    def check(self, seed: int, moments: int = 2) -> None:
        """Fail where they differ on the journal of a seed, with the least of the journal that shows it."""
        sample = journals.sample(seed, moments)
        with self.written(sample.files) as root:
            for moment in sample.moments:
                self.moments += 1
                if found := self.found(root, moment):
                    pytest.fail(self.least(seed, moment, sample.files, found[0]), pytrace=False)

    def found(self, root: Path, moment: Moment, only: str = "") -> list[Difference]:
        """Return the differences at a moment, of all questions or of one kind."""
        at = moment.now[11:16] or "12:00"  # a day alone means its noon
        reckoned = reckoning.Reckoning(rules.read(root), moment.today, at)

        def ask(*words: str) -> Any:
            env = {"MENTORLOG_NOW": moment.now, "MENTORLOG_JOURNAL": str(root)}
            ran = self.world.invoke(*words, env=env, stdin=ANSWER)
            assert ran.exit == 0, (words, ran)
            if "--json" not in words:
                return ran.out
            document = json.loads(ran.out)
            assert document["problems"] == [], (words, ran)
            return document["data"]

        with _zone(moment.zone):
            return list(differences(reckoned, moment, ask, only))

    def least(self, seed: int, moment: Moment, files: Files, first: Difference) -> str:
        """Return the least journal that shows a difference, and what differs in it."""

        def differs(fewer: Files) -> bool:
            with self.written(fewer) as root:
                try:
                    return any(one.kind == first.kind for one in self.found(root, moment, first.question.kind))
                except (AssertionError, LookupError, TypeError):  # without it, the journal is none
                    return False

        least = smallest(files, differs)
        with self.written(least) as root:
            found = [one for one in self.found(root, moment, first.question.kind) if one.kind == first.kind]
            texts = {path.relative_to(root): path.read_text("utf-8") for path in sorted(root.glob("**/*.toml"))}
        return describe(seed, moment, found, texts)

    @contextmanager
    def written(self, files: Files) -> Iterator[Path]:
        """Write a journal for a while."""
        root = next(self.folders)
        mask = os.umask(0o077)
        try:
            journals.write(files, root)
            yield root
        finally:
            os.umask(mask)
            shutil.rmtree(root)


@contextmanager
def _zone(name: str) -> Iterator[None]:
    kept = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if kept is not None:
            os.environ["TZ"] = kept
        time.tzset()


@pytest.mark.parametrize(
    "journals",
    [
        pytest.param(100, marks=pytest.mark.slow),
        pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.exhaustive]),
    ],
)
def test_facts_agree_with_a_second_reckoning(world: World, counted: Counted, journals: int) -> None:
    """Status, due, waiting, owed, prep, lists and reviews show what the rules make of the files."""
    compared = Compared(world)

    @settings(JOURNALS, max_examples=journals, database=None)
    @given(SEEDS)
    def check(seed: int) -> None:
        compared.check(seed)

    check()
    counted(ITEM, compared.moments, 0, time.process_time() - compared.start)


def test_the_journals_are_sound(world: World) -> None:
    """What is compared are journals in which doctor finds nothing that cannot be read."""
    compared = Compared(world)
    for seed in range(10):
        sample = journals.sample(seed)
        with compared.written(sample.files) as root:
            env = {"MENTORLOG_NOW": sample.moments[0].now, "MENTORLOG_JOURNAL": str(root)}
            ran = world.invoke("doctor", "--json", env=env)
            assert [one for one in ran.data["findings"] if one["level"] == "error"] == []


@pytest.mark.parametrize("part", [rules, reckoning])
def test_the_reckoning_is_independent(part: ModuleType) -> None:
    """It imports nothing of mentorlog, not even through a helper of the tests."""
    tree = ast.parse(Path(str(part.__file__)).read_text("utf-8"))
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    known = {"__future__", "calendar", "collections.abc", "datetime", "fractions", "math", "oracle.rules", "pathlib"}
    known |= {"tomllib", "typing"}
    assert names <= known
