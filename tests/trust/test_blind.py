"""Item 20: the tests are tested: a verifier that is broken on purpose is caught, by name; the sound one is not."""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable
from itertools import islice
from random import Random

import pytest

from faults import outside
from faults.inject import KILL
from figures import Counted
from trust import test_hands, test_vouched_log
from trust.blind import MUTANTS
from trust.hands import deeds
from trust.logs import Attack, attacks
from trust.rot import Rot

ITEM = "20 mutants of the verifier caught"
Checker = Callable[[Rot], list[str]]


def rot(*kinds: str) -> Checker:
    """Flip bits in some kinds of files."""

    def check(made: Rot) -> list[str]:
        flips = [flip for kind in kinds for flip in islice(made.flips(kind, Random(kind)), 12)]
        return [complaint for flip in flips for complaint in made.told(flip, mend=False).wrong]

    return check


def twice(made: Rot) -> list[str]:
    """Damage records and what the log holds of them."""
    chance = Random(20)
    return [complaint for _ in range(8) for complaint in made.twice_rotten(chance)]


_ATTACKS: list[Attack] = []


def logs(made: Rot) -> list[str]:
    """Attack the log in every sixth way."""
    if not _ATTACKS:
        _ATTACKS.extend([*attacks(made, *test_vouched_log.elsewhere(made), Random(16))][::6])
    return [complaint for attack in _ATTACKS for complaint in test_vouched_log.wrong(made, attack)]


def hands(made: Rot) -> list[str]:
    """Do every third deed."""
    return [complaint for deed in [*deeds()][::3] for complaint in test_hands.wrong(made, deed, set())]


def lies(made: Rot) -> list[str]:
    """Let the disk return other bytes of a backup than were written."""
    case = outside.prepared(made.harness, outside.BY_NAME["backup make --yes"], made.tree)
    return outside.lie(made.harness, case, 20_011).violations


def kills(made: Rot) -> list[str]:
    """Kill a restore, or have the disk fail, where it writes."""
    case = outside.prepared(made.harness, outside.BY_NAME["backup restore"], made.tree)
    return outside.strike(made.harness, case, (KILL, errno.EIO), few=True, most=3).violations


CAUGHT: list[tuple[str, Checker, str]] = [
    ("hash not compared", rot("record", "profile", "template"), "called None"),
    ("chain not followed", logs, "dropped .* nothing was said"),
    ("links not calculated", logs, "forged"),
    ("head not compared", logs, "^truncated"),
    ("only the newest operations", rot("operation"), "not named"),
    ("damage called a hand edit", hands, "half an edit .*changed.*not .*damaged"),
    ("a hand edit called damage", hands, "a comment .*damaged.*not .*changed"),
    ("an older state called changed", hands, "from a backup: called .*changed.*not .*rolled_back"),
    ("index not compared", rot("index"), "not named, but rows are others"),
    ("backup not read back", lies, "another bit at .*(does not verify|exit 0)"),
    ("sums of a backup not compared", rot("backup"), "not named"),
    ("restored in place", kills, "neither old nor new|run again, it fails"),
    ("mended from a bad text", twice, "a text that it never had"),
    ("damaged text not kept", twice, "was not saved"),
]
QUICK = ("hash not compared", "damage called a hand edit")


@pytest.mark.parametrize(
    "name, checker, said",
    [
        pytest.param(*row, id=row[0].replace(" ", "-"), marks=[] if row[0] in QUICK else pytest.mark.slow)
        for row in CAUGHT
    ],
)
def test_a_mutant_is_caught(name: str, checker: Checker, said: str, made: Rot, counted: Counted) -> None:
    """The checker finds it out, and says what is wrong."""
    start = time.perf_counter()
    with MUTANTS[name]():
        wrong = checker(made)
    counted(ITEM, 1, int(not wrong), time.perf_counter() - start)

    assert any(re.search(said, complaint, re.DOTALL) for complaint in wrong), wrong[:5]


@pytest.mark.slow
def test_a_sound_verifier_is_not_accused(made: Rot) -> None:
    """The same checkers have nothing to say of the verifier as it is; bits and logs have tests of their own."""
    assert [complaint for checker in (hands, lies, twice) for complaint in checker(made)] == []


def test_each_mutant_has_its_checker() -> None:
    """No mutant is left out."""
    assert [row[0] for row in CAUGHT] == list(MUTANTS)
