"""Item 15: a bit that rots anywhere is named, nothing else is accused, and what the log can mend is mended exactly."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from faults.harness import harness_in_memory
from figures import Counted
from trust.rot import HARMLESS, SHARES, Rot

ITEM = "15 rotten bits"
QUICK, SOME, ALL = 100, 300, 1_000


@pytest.fixture(scope="module")
def made() -> Iterator[Rot]:
    """A journal, its index and its backup, put back after each flip."""
    with harness_in_memory() as harness:
        yield Rot(harness)


def test_nothing_rotten_is_not_accused(made: Rot) -> None:
    """Nothing is said of the journal, its index and its backup as they were left."""
    made.put_back()
    found = made.harness.journal().verify()

    assert (found.findings, found.files, found.flaws) == ((), (), ())
    assert made.harness.run("backup", "verify", str(made.backup)).exit == 0


@pytest.mark.parametrize(
    ("count", "mended"),
    [
        (QUICK, 4),
        pytest.param(SOME, 4, marks=pytest.mark.slow),
        pytest.param(ALL, 1, marks=[pytest.mark.slow, pytest.mark.exhaustive]),
    ],
)
def test_one_bit_anywhere(count: int, mended: int, made: Rot, counted: Counted) -> None:
    """Each flip is named, but for those in the index that change no row; each damaged file is mended to the byte.

    `mended`: of so many damaged files one is mended, as this takes most of the time; an undo damages it again.
    """
    start, wrong, kinds = time.perf_counter(), list[str](), Counter[str]()
    for number, flip in enumerate(made.flips(count, Random(15))):
        told = made.told(flip, mend=number % mended == 0)
        wrong += told.wrong
        kinds[flip.kind] += 1
        kinds[told.harmless or told.state] += 1
    taken = time.perf_counter() - start
    harmless = sum(kinds[reason] for reason in HARMLESS)
    counted(ITEM, count - harmless, len(wrong), taken)
    for reason in HARMLESS:
        counted(f"{ITEM} in the index: {reason}", kinds[reason], 0, 0)
    counted(f"{ITEM}: mended to the byte", kinds["mended"], 0, 0)

    assert wrong == []
    assert {kind: kinds[kind] for kind in SHARES} == {kind: share * count // 1000 for kind, share in SHARES.items()}
    assert kinds["mended"] > count // (8 * mended)
    assert harmless < kinds["index"]
