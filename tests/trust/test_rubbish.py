"""Item 7: whatever lies in the journal, comes through stdin or is imported: no crash, no hang, nothing lost."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faults import sample_journal
from figures import Counted
from mentorlog.errors import BadValue, Unreadable
from mentorlog.store.format import document, toml
from mentorlog.store.index.rows import index_file
from trust.traps import GOOD, TRAPPED, TRAPS
from world import World

ITEM = "7 rubbish in"
SECONDS = 2.0
MEBIBYTES = 256
TESTS = Path(__file__).resolve().parent.parent
CHUNK = 500
FEW = CHUNK
LARGE = 64 * 1024
PARTS = {"records": 5_000, "operations": 2_000, "forms": 1_500, "imports": 1_500, "traps": len(TRAPS)}

Struck = Callable[..., None]


@pytest.fixture
def struck(world: World, counted: Counted) -> Struck:
    """struck("records", 0, 500): so many cases in a process of their own, counted, none of them wrong."""

    def strike(what: str, *numbers: int) -> None:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "trust.rubbish", what, *map(str, numbers)],
            capture_output=True,
            cwd=TESTS,
            env=world.variables({"MENTORLOG_JOURNAL": None}),
        )
        assert done.returncode == 0, done.stderr.decode()[-2_000:]
        told: dict[str, Any] = json.loads(done.stdout)
        counted(ITEM, told["cases"], len(told["wrong"]), time.perf_counter() - start)

        assert not told["wrong"], "\n".join(told["wrong"][:20])
        assert told["slowest"] <= SECONDS
        assert told["mebibytes"] <= MEBIBYTES

    return strike


def test_some_rubbish_of_each_sort(struck: Struck) -> None:
    """Every known trap that is not large, and some damaged records, operations, forms and imports."""
    struck("quick")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "first", "count"),
    [
        pytest.param(what, at, min(CHUNK, total - at), marks=[pytest.mark.exhaustive] if at >= FEW else [])
        for what, total in PARTS.items()
        for at in range(0, total, CHUNK)
    ],
)
def test_ten_thousand_pieces_of_rubbish(struck: Struck, what: str, first: int, count: int) -> None:
    """Nothing crashes or takes long; what cannot be read stays as it is and hides nothing; all or nothing is taken."""
    struck(what, first, count)


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES << 20, MEBIBYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if len(TRAPS[name]) > LARGE else pytest.mark.exhaustive) for name in TRAPS]
)
def test_the_real_program_in_a_known_trap(world: World, counted: Counted, name: str) -> None:
    """With 256 MiB of memory and two seconds of the processor a command lists the rest and leaves the trap alone."""
    start = time.perf_counter()
    sample_journal.write(world.journal)
    trap = world.journal / TRAPPED
    trap.write_bytes(TRAPS[name])
    wrong = []
    commands = [["goal", "list", "--json"], ["show", "g3xyz"], ["goal", "tell", "g3xyz", "osler"], ["doctor"]]
    for words in commands:
        done = subprocess.run(
            [sys.executable, "-m", "mentorlog", *words],
            capture_output=True,
            env=world.variables(),
            preexec_fn=_limits,
        )
        if done.returncode not in (0, 1, 3) or b"Traceback" in done.stderr:
            wrong.append(f"{words}: exit {done.returncode}, {done.stderr.decode()[-500:]}")
        if words[1:2] == ["list"]:
            listed = {goal["id"] for goal in json.loads(done.stdout)["data"]}
            if not listed >= {"g7k3q", "g2n5t", "g4m2x", "g8v7w"}:
                wrong.append(f"only {listed} are listed")
        if words[1:2] == ["tell"] and done.returncode and trap.read_bytes() != TRAPS[name]:
            wrong.append("refused, and changed")
    counted(ITEM, len(commands), len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
KEYS = (
    st.sampled_from(["id", "title", "created", "by", "mentors", "progress", "status", "tags", "notes", "extra"]) | TEXT
)
VALUES = st.recursive(
    TEXT | st.sampled_from(["g3xyz", "active", "osler"]) | st.integers() | st.booleans() | st.floats() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
@example({"x": 2**63})
@example({"x": -(2**63)})
@example({"title": "\x00", "by": "2026-02-30"})
@example({"progress": [{}], "mentors": [[]]})
def test_a_file_of_any_tables_is_a_record_or_says_what_is_wrong(more: dict[str, Any]) -> None:
    """Whatever TOML says, the gate takes it, and writes it so that it reads the same, or refuses it as a whole."""
    plain = toml.parse(TRAPPED, GOOD) | more
    data = toml.dump_plain(plain)
    try:
        part = document.checked(TRAPPED, data)
        entry = index_file(TRAPPED, data, "")
    except Unreadable:
        return

    assert len(entry.row) == 11
    written = toml.dump(part)
    assert toml.dump(document.checked(TRAPPED, written)) == written


def test_what_could_not_be_read_again_is_not_written() -> None:
    """A record that holds what `parse` refuses is refused before it is written."""
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    goal = document.checked(TRAPPED, GOOD)
    for wrong in (deep, 2**63, [0] * 100_001):
        with pytest.raises(BadValue, match="cannot be saved"):
            toml.dump(type(goal)(id="g3xyz", title="Trap", created=goal.created, extra={"x": wrong}))  # type: ignore[attr-defined,call-arg]
