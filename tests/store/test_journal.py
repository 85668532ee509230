"""The door to storage, without the command line: how a journal is made, changed, undone, and what it tells of that."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal
from faults.inject import injected
from mentorlog.errors import NoJournal
from mentorlog.store.journal import Journal
from mentorlog.store.layout import Layout
from mentorlog.store.transaction import Transaction

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
sys.path[:0] = [sys.argv[3]]
from factories import make_goal
from mentorlog.store.journal import Journal
below, me = Path(sys.argv[1]), sys.argv[2]
for number in range(40):
    (below / f"{number}-{me}").touch()
    while not (below / f"{number}-{'ab'.replace(me, '')}").exists():
        pass
    made = []
    journal = Journal(
        below / str(number), now=datetime(2026, 11, 23, 9, tzinfo=UTC), may_create=True, on_create=made.append
    )
    journal.add(make_goal(id=f"g222{me}".replace("a", "2"), title=me), name=f"goal add: {me}")
    print(number, len(made), flush=True)
"""


def opened(root: Path, **more: Any) -> Journal:
    """The journal of a folder, which is made by the first change."""
    return Journal(root, now=NOW, **{"may_create": True, **more})


def test_two_first_commands_at_once_make_one_journal(tmp_path: Path) -> None:
    """Two processes that both find no journal make one: both changes are in it, and one of them says so."""
    tests = str(Path(__file__).parent.parent)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", FIRST, str(tmp_path), me, tests], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for me in "ab"
    ]
    said = [process.communicate(timeout=120) for process in both]

    assert [error for _, error in said] == [b"", b""]
    made = zip(*([int(line.split()[1]) for line in out.splitlines()] for out, _ in said), strict=True)
    assert [sum(pair) for pair in made] == [1] * 40
    for number in range(40):
        assert len(opened(tmp_path / str(number)).history.listing().operations) == 2


def test_a_journal_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    """Making a journal where one is changes nothing, and says so."""
    assert opened(tmp_path / "journal").create()
    first = (tmp_path / "journal" / "journal.toml").read_bytes()

    assert not opened(tmp_path / "journal").create()
    assert (tmp_path / "journal" / "journal.toml").read_bytes() == first
    assert not list((tmp_path / "journal").glob(".*.new"))


def test_what_a_killed_first_command_left_the_next_one_completes(tmp_path: Path) -> None:
    """Killed at any call of its making, a journal is made by the next command, with one id."""
    with injected() as calls:
        opened(tmp_path / "whole").create()
    for at, _ in enumerate(calls.log, 1):
        root = tmp_path / str(at)
        with injected(at) as killed:
            opened(root).create()
        assert killed.dead

        opened(root).add(make_goal(), name="goal add: x")
        assert tomllib.loads((root / "journal.toml").read_text())["format"] == 1
        assert Layout(root).ignore.read_text() == "*\n"
        assert opened(root).examine().errors == 0


def test_a_journal_that_was_named_is_not_made(tmp_path: Path) -> None:
    """A change in a folder that should hold a journal makes nothing there."""
    with pytest.raises(NoJournal):
        opened(tmp_path / "journal", may_create=False).add(make_goal(), name="goal add: x")

    assert not (tmp_path / "journal").exists()


def test_what_was_committed_is_told(tmp_path: Path) -> None:
    """A journal knows the operations that it has committed; one that changed nothing is none."""
    journal = opened(tmp_path / "journal")
    journal.add(make_goal(title="Submit the case report"), name="goal add: Submit the case report")
    journal.change("nothing", lambda transaction: None)
    journal.undo()

    assert [operation.kind for operation in journal.committed] == ["do", "undo"]


def test_a_mistake_of_the_index_is_no_failure_but_is_told(tmp_path: Path) -> None:
    """What the index cannot take in is told to whoever asks, and the next read has it all the same."""
    ignored: list[Exception] = []
    journal, goal = opened(tmp_path / "journal", ignored=ignored.append), make_goal(title="Submit the case report")

    def work(transaction: Transaction) -> None:
        transaction.put_new(goal)
        journal.layout.index.unlink()

    journal.change("goal add: Submit the case report", work)

    assert len(ignored) == 1
    assert journal.reading.view(goal.id)["title"] == "Submit the case report"
