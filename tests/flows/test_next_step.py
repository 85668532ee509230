"""The hint after the first record of a kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from shlex import split

import pytest

from mentorlog.app import App
from mentorlog.flows import next_step
from terminal import Terminal
from world import NOW, Ran

Run = Callable[..., Ran]


@pytest.fixture
def hint(invoke: Run, journal_root: Path) -> Callable[..., str]:
    """hint("goal", "add", "Write") -> what is said to be next; "" for nothing."""

    def of(*words: str) -> str:
        view = invoke(*words, "--json").data
        app = App(datetime.fromisoformat(NOW))
        app.set_option("journal", str(journal_root))
        return "\n".join(next_step.after(app, view)).replace(view["id"], "ID")

    return of


def test_the_first_of_each_kind(hint: Callable[..., str]) -> None:
    """Each has one hint, with the command that is usually next; the second of a kind has none."""
    share = 'mentorlog goal add "Submit case report" --with ID'
    theirs = 'mentorlog goal add "Pass the board exam" --whose ID'
    letter = "mentorlog mentor invite ID --draft"
    scripts = [
        ("mentor add 'William Osler'", f"add a goal that you share with them: {share}"),
        ("goal add 'Submit case report' --with osler", "once you have told them: mentorlog goal tell ID osler"),
        ("meeting plan osler --on fri", "to prepare for it: mentorlog meeting prep osler"),
        ("task add 'Draft abstract'", "once it is done: mentorlog task done ID"),
        ("mentor scout 'Marie Curie'", f"for a letter that asks for a first meeting: {letter}"),
        ("mentee add 'Emmy Noether'", f"add what they want to reach: {theirs}"),
        ("note add 'A quiet week'", "to see what happened, day by day: mentorlog timeline"),
    ]
    for words, said in scripts:
        assert hint(*split(words)) == f"hint: {said}", words
    for words in (*(words for words, _ in scripts[1:4]), "mentor add 'Elizabeth Blackwell'", "note add 'Another'"):
        assert hint(*split(words.replace("fri", "'next fri'"))) == ""
    assert hint("mentor", "scout", "Ignaz Semmelweis") == hint("mentee", "add", "Rudolf Virchow") == ""


@pytest.mark.parametrize(
    ("before", "words", "said"),
    [
        (
            "goal add Write",
            "mentor add Osler",
            'plan your next meeting: mentorlog meeting plan ID --on "next thursday"',
        ),
        ("", "goal add Write", 'add a first step: mentorlog task add "Draft abstract" --goal ID'),
        (
            "mentee add Noether",
            "goal add Read --whose noether",
            'add what they will do for it: mentorlog task add "Read a review" --owner noether --goal ID',
        ),
        ("", "note add Why? --kind question", "once you know what came of it: mentorlog note close ID"),
    ],
)
def test_what_is_next_depends_on_the_journal(
    hint: Callable[..., str], invoke: Run, before: str, words: str, said: str
) -> None:
    """What is there already is not advised."""
    assert not before or invoke(*split(before)).exit == 0

    assert hint(*split(words)) == f"hint: {said}"


@pytest.mark.parametrize(
    ("words", "gone"),
    [("goal add Write", "undo"), ("goal add Write", "delete ID --yes"), ("mentor add Osler", "delete ID --yes")],
)
def test_never_a_second_time(hint: Callable[..., str], invoke: Run, words: str, gone: str) -> None:
    """Somebody who took back the first of a kind has read its hint."""
    id = invoke(*split(words), "--json").data["id"]
    assert invoke(*split(gone.replace("ID", id))).exit == 0

    assert hint(*split(words)) == ""


def test_hints_are_for_people(invoke: Run, terminal: Callable[..., Terminal], journal_root: Path) -> None:
    """On a terminal they are on stderr; a pipe, --json and --quiet have none."""
    assert invoke("mentor", "add", "William Osler").err == ""
    for words in (("goal", "add", "Write", "--quiet"), ("task", "add", "Draft", "--json")):
        asked = terminal(*words)
        assert asked.end() == 0
        assert "hint" not in asked.picture()
    asked = terminal("note", "add", "A quiet week")
    assert asked.end() == 0
    assert "hint: to see what happened, day by day: mentorlog timeline" in asked.picture()
