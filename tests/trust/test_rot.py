"""Item 15: a bit that rots anywhere is named, nothing else is accused, and what the log can mend is mended exactly."""

from __future__ import annotations

import time
from collections import Counter
from random import Random

import pytest

from figures import Counted
from trust.rot import HARMLESS, SHARES, Rot

ITEM = "15 rotten bits"
QUICK, ALL = 100, 1_000


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
        pytest.param(ALL, 1, marks=[pytest.mark.slow, pytest.mark.exhaustive]),
    ],
)
def test_one_bit_anywhere(count: int, mended: int, made: Rot, counted: Counted) -> None:
    """Each flip is named, and nothing else is; each damaged file is mended to the byte, and an undo damages it again.

    Flips in the index that change no row, or only have mentorlog look again, are not among the `count`: that they do no
    harm is proven. `mended`: one of so many is mended, as this takes most of the time.
    """
    start, wrong, seen = time.perf_counter(), list[str](), Counter[str]()
    for kind, share in SHARES.items():
        chance, left = Random(kind), share * count // 1000
        for flip in made.flips(kind, chance):
            if left == 0:
                break
            told = made.told(flip, mend=left % mended == 0)
            wrong += told.wrong
            seen[told.harmless or told.state] += 1
            left -= not told.harmless
    counted(ITEM, count, len(wrong), time.perf_counter() - start)
    counted(f"{ITEM}, mended to the byte", seen["mended"], 0, 0)
    for reason in HARMLESS:
        counted(f"{ITEM} in the index: {reason}", seen[reason], 0, 0)

    assert wrong == []
    assert seen["mended"] > count // (8 * mended)
    assert all(seen[state] for state in ("changed", "mended", *HARMLESS)) or count < ALL
