"""Item 16: a log that is cut, reordered, replayed, forged or from elsewhere is named, in two hundred ways."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from random import Random

import pytest

from faults.harness import Tree
from figures import Counted
from trust.logs import Attack, attacks
from trust.vouched import COMMANDS, Bench, bench, commanded, made_by_commands, named

ITEM = "16 logs that are not as they were written"
OWN_WAY = (
    ("goal", "add", "Present at grand rounds"),
    ("task", "wait", "t4m2x"),
    ("mentor", "pause", "osler", "-m", "On leave"),
    ("note", "add", "A quiet week."),
    ("goal", "tell", "g2n5t", "osler"),
    ("task", "add", "Revise the CV", "--due", "fri"),
    ("goal", "drop", "g8v7w", "-m", "Nobody came"),
    ("profile", "set", "level=PGY-4"),
)
"""What was done to the copy."""
HEAD = re.compile("this machine (last )?saw")


@pytest.fixture(scope="module")
def built() -> Iterator[tuple[Bench, list[Attack]]]:
    """A journal and all attacks on its log."""
    with bench() as one:
        yield one, [*attacks(one, *elsewhere(one), Random(16))]


@pytest.fixture
def made(built: tuple[Bench, list[Attack]], monkeypatch: pytest.MonkeyPatch) -> tuple[Bench, list[Attack]]:
    """That journal and its attacks, for one test."""
    built[0].enter(monkeypatch)
    return built


def elsewhere(one: Bench) -> tuple[Tree, Tree]:
    """Return a copy of the journal that went its own way, and another journal."""
    harness = one.harness
    harness.restore(one.older)
    branch = commanded(harness, OWN_WAY, seed=100)
    harness.restore({})
    return branch, made_by_commands(harness, COMMANDS[:8], seed=200)


def wrong(one: Bench, attack: Attack) -> list[str]:
    """Do one attack; return what is wrong with what was said of it."""
    one.put_back(attack.tree)
    found = named(one.verified())
    said = "; ".join(f"{finding.path}: {finding.said}" for finding in found)
    if attack.by_head:
        return [] if HEAD.search(said) else [f"{attack.name}: {said or 'nothing was said'}"]
    seqs = {int(path[-11:-5]) for path, level, _ in found if level == "error" and "operations/" in str(path)}
    accused = [finding for finding in found if finding.level in ("missing", "rolled_back", "damaged", "unreadable")]
    complaints = [] if seqs & attack.named else [f"{attack.name}: {said or 'nothing was said'}"]
    return complaints + [f"{attack.name}: a record was accused: {one}" for one in accused]


def test_a_sound_log_is_not_accused(made: tuple[Bench, list[Attack]]) -> None:
    """Nothing is said of the journal as its commands left it."""
    one, _ = made
    one.put_back()

    assert named(one.verified()) == []


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_every_attack_on_the_log_is_named(every: int, made: tuple[Bench, list[Attack]], counted: Counted) -> None:
    """Dropped, truncated, reordered, replayed, forged, of another journal, of a copy, from a backup: each is named."""
    start, (one, all_attacks) = time.perf_counter(), made
    done = all_attacks[::every]
    missed = [complaint for attack in done for complaint in wrong(one, attack)]
    counted(ITEM, len(done), len(missed), time.perf_counter() - start)

    assert missed == []
    assert every > 1 or len(done) >= 200
