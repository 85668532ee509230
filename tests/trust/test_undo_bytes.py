"""Item 9: undo gives back the bytes, redo too; over somebody else's change neither does anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from random import Random

import pytest

from faults.flows import FLOWS, Flow
from faults.harness import Harness, Tree, harness_in_memory, records_of
from faults.oracle import Case, beginning, prepared
from figures import Counted
from trust.moves import move

ITEM = "9 undo gives back the bytes"
TAKEN_BACK = [flow for flow in FLOWS if flow.name not in ("undo", "redo", "forget") and not flow.fresh]
QUICK = ("mentor end", "meeting log", "review", "delete", "import json")
EACH = [
    pytest.param(flow, id=flow.name.replace(" ", "-"), marks=() if flow.name in QUICK else pytest.mark.slow)
    for flow in TAKEN_BACK
]


@pytest.fixture
def harness() -> Iterator[Harness]:
    """A harness with no journal yet."""
    with harness_in_memory() as one:
        yield one


@pytest.fixture
def prepare(harness: Harness) -> Callable[[Flow], Case]:
    """prepare(flow): the workflow, ready to run, in the sample journal."""
    return lambda flow: prepared(harness, flow, beginning(harness))


def hashes(tree: Tree) -> dict[str, str]:
    """Return the sha256 of every record file by its path."""
    return {path: sha256(data).hexdigest() for path, data in records_of(tree).items()}


def touched(case: Case) -> list[str]:
    """Return the paths that the workflow changed, made or deleted."""
    return sorted(path for path in {*case.old, *case.new} if case.old.get(path) != case.new.get(path))


@pytest.mark.parametrize("flow", EACH)
def test_undo_and_redo_of_every_command(
    harness: Harness, prepare: Callable[[Flow], Case], flow: Flow, counted: Counted
) -> None:
    """Undo gives the bytes before, redo those after, as often as wanted; the index follows."""
    start = time.perf_counter()
    one = prepare(flow)

    for _ in range(2):
        assert harness.run("undo").exit == 0
        assert hashes(harness.tree()) == hashes(one.old)
        assert harness.index_answers() == harness.expected_answers(one.old)
        assert harness.run("redo").exit == 0
        assert hashes(harness.tree()) == hashes(one.new)
        assert harness.index_answers() == harness.expected_answers(one.new)
    counted(ITEM, 4, 0, time.perf_counter() - start)


def refused(harness: Harness, case: Case, word: str) -> int:
    """Let a stranger change each touched file in turn; `word` refuses each, by name. Return how many."""
    tree, cases = harness.tree(), 0
    for path in touched(case):
        for other in (b"# by hand\n" + tree.get(path, b""), None):
            if tree.get(path) == other:
                continue
            changed = {name: data for name, data in {**tree, path: other}.items() if data is not None}
            harness.restore(changed)
            ended = harness.run(word)
            assert ended.exit == 4, (word, path, ended)
            assert path in ended.err
            assert records_of(harness.tree()) == records_of(changed)
            cases += 1
    harness.restore(tree)
    return cases


@pytest.mark.slow
@pytest.mark.parametrize("flow", TAKEN_BACK, ids=lambda flow: flow.name.replace(" ", "-"))
def test_over_a_strangers_change_nothing_is_taken_back(
    harness: Harness, prepare: Callable[[Flow], Case], flow: Flow, counted: Counted
) -> None:
    """Where one touched file was edited, deleted or made by others, undo and redo name it, exit 4, write nothing."""
    start = time.perf_counter()
    one = prepare(flow)

    cases = refused(harness, one, "undo")
    assert harness.run("undo").exit == 0
    cases += refused(harness, one, "redo")
    counted(ITEM, cases, 0, time.perf_counter() - start)


def test_several_steps_are_all_or_none(harness: Harness) -> None:
    """Where the file of one of three operations was changed by others, `undo 3` takes none of them back."""
    beginning(harness)
    for argv in (
        ("goal", "drop", "g8v7w", "-m", "x"),
        ("task", "start", "t4m2x"),
        ("goal", "pause", "g2n5t", "-m", "y"),
    ):
        assert harness.run(*argv).exit == 0
    tree = harness.tree()
    path = next(path for path in tree if path.startswith("tasks/t4m2x"))
    harness.restore({**tree, path: tree[path] + b"# by hand\n"})
    before = records_of(harness.tree())

    ended = harness.run("undo", "3")

    assert ended.exit == 4
    assert path in ended.err
    assert records_of(harness.tree()) == before


def there_and_back(harness: Harness, seed: int, count: int) -> None:
    """Do random operations, take all back one by one, and do them again."""
    start = records_of(beginning(harness))
    chance, states = Random(seed), [start]
    for _ in range(1_000):
        if len(states) > count:
            break
        if harness.run(*move(chance, harness), seed=chance.randrange(10**6)).exit == 0:
            now = records_of(harness.tree())
            if now != states[-1]:
                states.append(now)
    assert len(states) == count + 1
    for state in reversed(states[:-1]):
        assert harness.run("undo").exit == 0
        assert hashes(harness.tree()) == hashes(state)
    assert harness.index_answers() == harness.expected_answers(start)
    assert harness.run("redo", str(count)).exit == 0
    assert hashes(harness.tree()) == hashes(states[-1])
    assert harness.run("undo", str(count)).exit == 0
    assert hashes(harness.tree()) == hashes(start)


def test_twenty_operations_there_and_back(harness: Harness, counted: Counted) -> None:
    """Twenty random operations, then as many undos, are the start."""
    begun = time.perf_counter()
    there_and_back(harness, 1, 20)
    counted(ITEM, 20, 0, time.perf_counter() - begun)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_operations_there_and_back(harness: Harness, seed: int, counted: Counted) -> None:
    """A hundred random operations, then a hundred undos, are the start; a hundred redos the end."""
    begun = time.perf_counter()
    there_and_back(harness, seed, 100)
    counted(ITEM, 100, 0, time.perf_counter() - begun)
