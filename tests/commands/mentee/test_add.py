"""`mentorlog mentee add`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.mentee.conftest import Invoke
from terminal import Terminal

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'


def test_a_mentee_is_a_mentor_seen_from_the_other_chair(invoke: Invoke) -> None:
    """The record is that of a mentor with another role; what was understood is echoed."""
    added = invoke("mentee", "add", "Rosalind Franklin", "--every", "monthly", "--started", "1 sep", "--id", "ros")
    shown = invoke("show", "ros", "--json").data

    assert added.out == "Added mentee ros: Rosalind Franklin (since Tue 1 Sep 2026, every 30 days)\n"
    assert (shown["record"], shown["my_role"], shown["status"]) == ("mentor", "mentor", "active")
    assert shown["status_log"] == [{"on": "2026-09-01", "status": "active", "reason": None}]


def test_every_option_is_kept(invoke: Invoke) -> None:
    """Whatever the command offers is in the record, as it was typed."""
    words = {"purpose": NASTY, "email": "rf@example.org", "notes": NASTY, "nickname": "Ros", "term-ends": "eoy"}
    words |= {"institution": "King's", "program": "Biophysics", "tag": "thesis"}
    options = [f"--{name}={value}" for name, value in words.items()]
    made = invoke("mentee", "add", NASTY, "--id", "franklin", "--private", *options, "--json").data

    assert (made["name"], made["purpose"], made["notes"], made["tags"]) == (NASTY, NASTY, NASTY, ["thesis"])
    assert (made["email"], made["nickname"], made["term_ends"]) == ("rf@example.org", "Ros", "2026-12-31")
    assert (made["institution"], made["program"], made["visibility"]) == ("King's", "Biophysics", "private")


def test_one_undo_takes_it_back(invoke: Invoke) -> None:
    """It is one operation with a name."""
    invoke("mentee", "add", "Rosalind Franklin")

    assert invoke("undo").out.startswith("Undone: mentee add: Rosalind Franklin (just now)\n")
    assert invoke("show", "franklin").exit == 1


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        (
            ["mentee", "add", "William Osler"],
            "A mentor named William Osler already exists: osler (active).",
            "if you mentor each other: mentorlog set osler my_role=both; "
            "for someone else of that name use --id osler-2",
        ),
        (
            ["mentor", "add", "emmy noether"],
            "A mentee named Emmy Noether already exists: noether (active).",
            "if you mentor each other: mentorlog set noether my_role=both; "
            "for someone else of that name use --id noether-2",
        ),
        (
            ["mentee", "add", "Marie Curie"],
            "A mentor named Marie Curie already exists: curie (active).",
            "for someone else of that name use --id curie-2",
        ),
        (["mentee", "add", "--no-input"], "An answer is needed: What is their full name?", "NAME"),
        (
            ["mentee", "add", "X", "--email", "nobody"],
            "'nobody' is not an e-mail address.",
            "write it like osler@example.org",
        ),
    ],
)
def test_a_mistake_has_a_sentence_and_a_hint(words: list[str], sentence: str, hint: str, invoke: Invoke) -> None:
    """Whoever is known already can become both; the rest is refused as for a mentor."""
    ran = invoke(*words)

    assert ran.exit and sentence in ran.err, ran.err
    assert hint in ran.err


def test_questions(terminal: Callable[..., Terminal], journal_root: Path) -> None:
    """On a terminal at most five questions, none of which calls them a mentor."""
    screen = terminal("mentee", "add")
    screen.answer("What is their full name?", "Rosalind Franklin")
    screen.answer("How often will you meet?", "4 weeks")
    screen.answer("What is the mentorship for?", "")
    screen.answer("Their email address?", "")
    screen.wait_for("Added mentee franklin: Rosalind Franklin (every 4 weeks)")
    assert screen.end() == 0
    assert 'my_role = "mentor"' in (journal_root / "mentors" / "franklin.toml").read_text()


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("mentee end noether --kind completed", "mentor end noether --kind completed"),
        ("mentee cadence noether --every 10d", "mentor cadence noether --every 10d"),
        ("mentee fit noether good", "mentor fit noether good"),
        ("mentee expect noether", "mentor expect noether"),
        ("mentee pause noether", "mentor pause noether"),
        ("mentee prep noether", "meeting prep noether"),
        ("mentee log noether", "meeting log noether"),
        ("mentee plan noether", "meeting plan noether"),
        ("mentee ask noether Why?", "ask noether 'Why?'"),
        ("mentee goals noether", "goal list --whose noether"),
        ("mentee tasks noether", "task list --owner noether"),
        ("mentee noether", "show noether"),
        ("mentee lst", "mentee list"),
        ("mentee create X", "mentee add X"),
        ("mentees", "mentee list"),
        ("mentees add X", "mentee add X"),
        ("list mentees", "mentee list"),
    ],
)
def test_another_verb_is_answered_with_the_right_command(typed: str, right: str, invoke: Invoke) -> None:
    """Everything else of a mentor works on a mentee, and the hint says with which command."""
    ran = invoke(*typed.split())

    assert ran.exit == 2
    assert ran.err.splitlines()[-1] == f"hint: did you mean: mentorlog {right}"


@pytest.mark.parametrize("words", ["ls", "show noether", "view noether"])
def test_usual_words_work(words: str, invoke: Invoke) -> None:
    """The words of other tools mean the same as with a mentor; a mentor is found by `mentee` as well."""
    ran = invoke("mentee", *words.split())

    assert ran.exit == 0 and "Emmy Noether" in ran.out
