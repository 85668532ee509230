"""`mentorlog mentor add`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.mentor.conftest import EMPTY, Invoke, Keep, files
from factories import make_mentor
from terminal import Terminal

NASTY = '[/b] =1+1 "x" \\ é 日本 🩺'


def test_add_says_what_was_understood(invoke: Invoke) -> None:
    """A name is enough; dates are echoed with their weekday, lengths of time in words."""
    plain = invoke("mentor", "add", "William Osler, MD")
    full = invoke("mentor", "add", "Marie Curie", "--every", "monthly", "--started", "1 sep", "--term-ends", "eoy")

    assert plain.out == "Added mentor osler: William Osler, MD\n"
    assert full.out == (
        "Added mentor curie: Marie Curie (since Tue 1 Sep 2026, until Thu 31 Dec 2026, every 30 days)\n"
    )


def test_add_has_every_field(invoke: Invoke) -> None:
    """Every field of the kind is in the JSON, empty ones too."""
    data = invoke("mentor", "add", "William Osler", "--json").data

    assert data == {"id": "osler", "name": "William Osler", **EMPTY}


def test_add_keeps_every_field(invoke: Invoke, keep: Keep) -> None:
    """Whatever a mentorship can hold can be said when it is added."""
    keep(make_mentor(id="curie", name="Marie Curie"))
    words = {"proximity": "same-section", "formality": "formal", "model": "reverse", "origin": "organic"}
    words |= {"my-role": "both", "purpose": "P", "met-via": "M", "introduced-by": "Marie", "qualities": "Q"}
    words |= {
        "conflict": "C",
        "email": "o@example.org",
        "nickname": "Bill",
        "phone": "1",
        "department": "D",
        "institution": "I",
    }
    words |= {"program": "R", "mode": "Video", "minutes": "30", "every": "4 weeks", "longest": "42", "notes": "N"}
    lists = [
        "--role",
        "Advisor",
        "--role",
        "coach",
        "--domain",
        "Case reports",
        "--tag",
        "a",
        "--link",
        "https://x.org",
    ]

    options = [f"--{name}={value}" for name, value in words.items()]
    data = invoke("mentor", "add", "William Osler", *options, *lists, "--private", "--json").data

    assert data == {
        **EMPTY,
        "id": "osler",
        "name": "William Osler",
        "proximity": "same_section",
        "formality": "formal",
        "model": "reverse",
        "origin": "organic",
        "my_role": "both",
        "purpose": "P",
        "met_via": "M",
        "introduced_by": "curie",
        "qualities": "Q",
        "conflict_of_interest": "C",
        "email": "o@example.org",
        "nickname": "Bill",
        "phone": "1",
        "department": "D",
        "institution": "I",
        "program": "R",
        "cadence": {"every_days": 28, "longest_days": 42, "mode": "video", "minutes": 30},
        "notes": "N",
        "roles": ["advisor", "coach"],
        "domains": ["Case reports"],
        "tags": ["a"],
        "links": ["https://x.org"],
        "visibility": "private",
        "due_on": "2026-12-21",
        "overdue_on": "2027-01-04",
    }


def test_the_same_full_name_twice_needs_an_id(invoke: Invoke, osler: None, journal_root: Path) -> None:
    """Whoever has the same name is somebody else only where an id says so."""
    before = files(journal_root)

    refused = invoke("mentor", "add", "william osler")
    unchanged = files(journal_root)
    other = invoke("mentor", "add", "William Osler", "--id", "osler-younger")

    assert (refused.exit, unchanged) == (1, before)
    assert "already exists: osler (active)" in refused.err and "--id osler-2" in refused.err
    assert other.out == "Added mentor osler-younger: William Osler\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "name is empty"),
        (["two\nlines"], "more than one line"),
        (["\udcff"], "not valid UTF-8"),
        (["X", "--id", "me"], "is reserved"),
        (["X", "--id", "osler"], "The id osler is in use"),
        (["X", "--id", "A B"], "is not a valid mentor id"),
        (["X", "--every", "often"], "not a length of time"),
        (["X", "--every", "4w", "--longest", "2w"], "shorter than the usual one"),
        (["X", "--minutes", "30"], "how often to meet"),
        (["X", "--mode", "letter", "--every", "4w"], "Unknown mode 'letter'.\nhint: one of"),
        (["X", "--introduced-by", "nobody"], "No mentor matches 'nobody'"),
        (["X", "--started", "tomorrow"], "in the future"),
        (["X", "--term-ends", "friday banana"], "not a date"),
        (["X", "--domain", ""], "domains is empty"),
    ],
)
def test_add_refuses(words: list[str], said: str, invoke: Invoke, osler: None, journal_root: Path) -> None:
    """A wrong value is named, and nothing is saved."""
    before = files(journal_root)

    ran = invoke("mentor", "add", *words)

    assert (ran.exit, ran.out) == (1, "")
    assert said in ran.err
    assert files(journal_root) == before


def test_a_hostile_name_is_data(invoke: Invoke) -> None:
    """A name is stored as typed, and shown escaped."""
    added = invoke("mentor", "add", NASTY + "\x1b[31m", "--json")

    assert added.data["name"] == NASTY + "\x1b[31m"
    assert "\x1b" not in invoke("mentor", "list").out


def test_add_without_a_name_needs_a_terminal(invoke: Invoke) -> None:
    """The missing argument is named."""
    ran = invoke("mentor", "add")

    assert ran.exit == 2
    assert "NAME" in ran.err


def test_add_asks_five_questions_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """All but the name may stay unanswered."""
    screen = terminal("mentor", "add")
    screen.answer("What is their full name", "William Osler").answer("their roles", "advisor, coach").answer(
        "How often", "often"
    )
    screen.wait_for("not a length of time").answer("How often", "4 weeks")
    screen.answer("mentorship for").answer("address")

    assert screen.end() == 0
    data = invoke("show", "osler", "--json").data
    assert (data["roles"], data["cadence"]["every_days"], data["purpose"]) == (["advisor", "coach"], 28, None)
