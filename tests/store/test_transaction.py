"""One change in the making: what it hands out, what it reads, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_task
from mentorlog.errors import BadValue, UnknownId
from mentorlog.models.goal import Goal
from mentorlog.models.task import Task
from mentorlog.store.format import toml
from mentorlog.store.journal import Journal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
GOAL = make_goal(id="g7k3q", title="Submit the case report")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one goal."""
    made = Journal(tmp_path / "journal", now=NOW, may_create=True)
    made.add(GOAL, name="goal add: Submit the case report")
    return made


def test_an_id_is_handed_out_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What new_id has returned is reserved: the same chance gives another id the next time, for mentors too."""
    draws = iter([bytes(8), bytes(8), bytes([1] * 8)])
    monkeypatch.setattr("os.urandom", lambda size: next(draws) if size == 8 else bytes(size))

    def work(transaction):  # type: ignore[no-untyped-def]
        return [
            *(transaction.new_id("task") for _ in range(2)),
            *(transaction.new_id("mentor", "William Osler") for _ in range(2)),
        ]

    assert journal.preview(work) == ["t2222", "t3333", "osler", "osler-2"]


def test_a_slug_that_is_taken_is_refused(journal: Journal) -> None:
    """A slug that was wanted is never silently another one."""
    with pytest.raises(BadValue, match="is in use or was used before"):
        journal.preview(lambda transaction: [transaction.new_id("mentor", slug="curie") for _ in range(2)])


def test_an_id_that_was_taken_meanwhile_is_given_anew(journal: Journal) -> None:
    """A record that was made before the lock keeps its id only where nobody took it."""
    view = journal.add(make_goal(id="g7k3q", title="Another goal"), name="goal add: Another goal")

    assert view["id"] != "g7k3q"
    assert journal.reading.view("g7k3q")["title"] == "Submit the case report"


def test_what_says_the_same_is_left_alone(journal: Journal) -> None:
    """A record that is put as it was changes no file, whatever the order of its keys and its comments."""
    path = journal.root / toml.path_of(GOAL)
    path.write_bytes(b"# my own words\n" + path.read_bytes())
    before = path.read_bytes()

    journal.change("nothing", lambda transaction: transaction.put(transaction.get(Goal, "g7k3q")))

    assert path.read_bytes() == before
    assert [operation.name for operation in journal.committed] == ["goal add: Submit the case report"]
    assert journal.notices == []


def test_dropped_comments_are_noticed(journal: Journal) -> None:
    """A rewrite drops comments, and says so once."""
    path = journal.root / toml.path_of(GOAL)
    path.write_bytes(b"# my own words\n" + path.read_bytes())

    journal.update(Goal, "g7k3q", name="revise", change=lambda goal: replace(goal, why="Night shifts"))

    assert journal.notices == [f"Comments in {toml.path_of(GOAL)} were removed; mentorlog edit --toml keeps them."]


def test_reading_sees_what_was_put(journal: Journal) -> None:
    """Within one change a record is as that change has left it; deleted it is unknown."""

    def work(transaction):  # type: ignore[no-untyped-def]
        transaction.put(make_task(id="t4m2x", title="Draft"))
        assert transaction.get(Task, "t4m2x").title == "Draft"
        transaction.delete("g7k3q")
        with pytest.raises(UnknownId):
            transaction.get(Goal, "g7k3q")
        with pytest.raises(UnknownId):
            transaction.get(Goal, "t4m2x")

    journal.preview(work)

    assert journal.reading.view("g7k3q")["title"] == "Submit the case report"
