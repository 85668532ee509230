"""Two at once, call by call: what both acknowledged is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from faults.flows import BY_NAME, Flow
from faults.intruder import interrupt
from faults.judge import Play
from faults.stage import Stage
from faults.test_every_call import show
from figures import Counted

PAIRS = [
    ("goal progress", ("goal", "tell", "g7k3q", "curie")),  # the same file
    ("note add", ("task", "add", "Röntgen's plates")),
    ("undo", ("note", "close", "n2b3c")),
    ("goal pause", ("note", "list")),
]


QUICK = "note add"
"""The pair that the README's tests try; .ci/run tries all."""


@pytest.mark.parametrize(
    "name, other",
    [pytest.param(*pair, id=pair[0], marks=[] if pair[0] == QUICK else pytest.mark.slow) for pair in PAIRS],
)
def test_another_mentorlog_at_every_call(
    stage: Stage, play: Callable[[Flow], Play], name: str, other: tuple[str, ...], counted: Counted
) -> None:
    """A second change at any call of the first is refused as busy, or is kept beside it; a reader is told the truth."""
    tally = interrupt(stage, play(BY_NAME[name]), other)
    counted("1 two at once, call by call", tally.cases, len(tally.violations), tally.seconds)

    assert tally.cases > 60
    assert not tally.violations, show(tally)
