"""`mentorlog share`: who may see records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran

Run = Callable[..., Ran]


@pytest.fixture
def ids(journal_root: Path, invoke: Run) -> dict[str, str]:
    """A goal with a mentor and two tasks, another goal, and a private note."""

    def made(*words: str) -> str:
        return str(invoke(*words, "--json").data["id"])

    found = {"osler": made("mentor", "add", "William Osler"), "curie": made("mentor", "add", "Marie Curie")}
    found["goal"] = made("goal", "add", "Submit case report", "--with", "osler")
    found["other"] = made("goal", "add", "Read films")
    found["step"] = made("task", "add", "Draft abstract", "-g", found["goal"])
    found["closed"] = made("task", "add", "Ask the editor", "-g", found["goal"])
    found["task"] = made("task", "add", "Revise your CV")
    found["note"] = made("note", "add", "He was proud", "--kind", "win", "--with", "osler")
    found["reflection"] = made("note", "add", "I was tired", "--kind", "reflection", "--with", "osler")
    invoke("task", "done", found["closed"])
    return found


def visibility(invoke: Run, *ids: str) -> list[str]:
    """The visibility of records."""
    return [invoke("show", id, "--json").data["visibility"] for id in ids]


def test_several_records_are_one_change(ids: dict[str, str], invoke: Run) -> None:
    """Each gets the visibility and a line; one undo takes all of it back."""
    ran = invoke("share", ids["goal"], ids["note"], "--with", "program")

    assert (ran.exit, ran.out) == (
        0,
        f"Shared goal {ids['goal']} with your program: Submit case report (seen by William Osler and your program)\n"
        f"Shared note {ids['note']} with your program: He was proud (seen by William Osler and your program)\n",
    )
    assert visibility(invoke, ids["goal"], ids["note"]) == ["program", "program"]
    invoke("undo")
    assert visibility(invoke, ids["goal"], ids["note"]) == ["mentor", "private"]


def test_a_goal_takes_its_tasks_along(ids: dict[str, str], invoke: Run) -> None:
    """With --tasks, open and closed ones; the tasks of nothing else."""
    shared = invoke("share", ids["goal"], "--with", "program", "--tasks", "--json").data

    assert {one["id"] for one in shared} == {ids["goal"], ids["step"], ids["closed"]}
    assert {one["visibility"] for one in shared} == {"program"}
    assert visibility(invoke, ids["task"], ids["other"]) == ["mentor", "mentor"]


def test_tasks_without_a_goal_are_nothing_to_take_along(ids: dict[str, str], invoke: Run) -> None:
    """--tasks is about goals alone."""
    shared = invoke("share", ids["note"], "--with", "mentor", "--tasks", "--json").data

    assert [one["id"] for one in shared] == [ids["note"]]


@pytest.mark.parametrize("word", ["nobody", "private"])
def test_nobody_is_private(word: str, ids: dict[str, str], invoke: Run) -> None:
    """Both words mean the same."""
    ran = invoke("share", ids["goal"], "--with", word)

    assert ran.out == f"Made goal {ids['goal']} private: Submit case report\n"
    assert visibility(invoke, ids["goal"]) == ["private"]


@pytest.mark.parametrize(("word", "state"), [("mentor", "shared with the mentors it names"), ("nobody", "private")])
def test_what_is_so_already_is_said(word: str, state: str, ids: dict[str, str], invoke: Run) -> None:
    """And nothing is saved."""
    invoke("share", ids["goal"], "--with", word)
    before = invoke("history", "--json").data

    ran = invoke("share", ids["goal"], "--with", word)

    assert ran.out == f"Goal {ids['goal']} is already {state}; nothing changed.\n"
    assert invoke("history", "--json").data == before


@pytest.mark.parametrize(
    ("key", "word", "said"),
    [
        ("other", "mentor", "seen by nobody yet"),
        ("other", "open", "seen by every mentor and your program"),
        ("reflection", "mentor", "seen by nobody yet, a note of kind reflection goes to no mentor"),
        ("step", "program", "seen by William Osler, your program only counts it"),
        ("osler", "open", "seen by William Osler and your program"),
    ],
)
def test_it_says_who_sees_it(key: str, word: str, said: str, ids: dict[str, str], invoke: Run) -> None:
    """By the rules of the exports, not by the word alone."""
    invoke("share", ids[key], "--with", "nobody")

    assert invoke("share", ids[key], "--with", word).out.endswith(f"({said})\n")


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        (("share", "GOAL"), "Missing option: --with.", "one of: nobody, mentor, program, open"),
        (("share", "GOAL", "--with", "all"), "Unknown reader 'all'.", "one of: nobody, mentor, program, open"),
        (
            ("share", "GOAL", "--with", "osler"),
            "Unknown reader 'osler'.",
            "use --with mentor for the mentors that a record names",
        ),
        (
            ("goal", "share", "GOAL", "osler"),
            "No goal matches 'osler'.",
            "to record that you told them: mentorlog goal tell GOAL osler",
        ),
        (("share", "g2222", "--with", "open"), "No record matches 'g2222'.", "search: mentorlog search g2222"),
    ],
)
def test_it_refuses(words: tuple[str, ...], sentence: str, hint: str, ids: dict[str, str], invoke: Run) -> None:
    """What it cannot do is said, with what to do; nothing changes."""
    before = invoke("history", "--json").data

    ran = invoke(*(word.replace("GOAL", ids["goal"]) for word in words))

    hint = hint.replace("GOAL", ids["goal"])
    assert (ran.exit, ran.err) == (2 if "Missing" in sentence else 1, f"error: {sentence}\nhint: {hint}\n")
    assert invoke("history", "--json").data == before


def test_one_that_is_missing_stops_all(ids: dict[str, str], invoke: Run) -> None:
    """Either every record changes or none."""
    assert invoke("share", ids["goal"], "n2222", "--with", "open").exit == 1
    assert visibility(invoke, ids["goal"]) == ["mentor"]


def test_behind_a_kind(ids: dict[str, str], invoke: Run) -> None:
    """`goal share` is the same command for goals alone."""
    ran = invoke("goal", "share", ids["goal"], "--with", "open")

    assert (ran.exit, visibility(invoke, ids["goal"])) == (0, ["open"])
    assert invoke("goal", "share", ids["note"], "--with", "open").exit == 1
