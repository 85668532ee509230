"""Mentors by name, nickname and id, in every command that takes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.mentor.conftest import Invoke, Keep
from factories import make_goal, make_mentor, make_task

LONG = "Dr. María-José O'Neill-García, MD, PhD"


@pytest.fixture
def chens(keep: Keep) -> None:
    """Two mentors of one surname, a third of another, and a goal."""
    keep(
        make_mentor(id="chen", name="Wei Chen"),
        make_mentor(id="chen-2", name="Grace Chen"),
        make_mentor(id="joliot", name="Fre\u0301de\u0301ric Joliot"),
        make_goal(id="g7k3q", title="Submit case report"),
    )


# Several words


@pytest.mark.parametrize(
    ("words", "people"),
    [
        (["grace", "chen"], ["chen-2"]),
        (["chen", "grace"], ["chen-2"]),
        (["Grace", "Chen", "joliot"], ["chen-2", "joliot"]),
        (["joliot", "wei", "chen"], ["joliot", "chen"]),
        (["Dr.", "Grace", "Chen"], ["chen-2"]),
        (["Grace Chen"], ["chen-2"]),
        (["grace,chen"], ["chen-2", "chen"]),
        (["grace,", "chen"], ["chen-2", "chen"]),
        (["frederic", "joliot"], ["joliot"]),
    ],
)
def test_words_that_are_one_name_are_that_person(
    words: list[str], people: list[str], chens: None, invoke: Invoke
) -> None:
    """Where mentors are listed, words that together are one person's name are that person; a comma is between two.

    The members of the kind: logging and planning, words in any order, with titles, quoted, beside others.
    """
    logged = invoke("meeting", "log", *words, "We talked about it.", "--json").data
    planned = invoke("meeting", "plan", *words, "--on", "fri", "--json").data

    assert (logged["mentors"], planned["mentors"]) == (people, people)


def test_who_was_meant_is_said(chens: None, invoke: Invoke) -> None:
    """The sentence names whom the words were taken for."""
    assert invoke("meeting", "log", "grace", "chen", "We met.").out.startswith("Logged meeting m")
    assert "with Grace Chen (" in invoke("meeting", "log", "grace", "chen", "We met again.", "--new").out


@pytest.mark.parametrize(
    "words",
    [
        ["goal", "add", "Aim", "--with", "grace,joliot"],
        ["goal", "add", "Aim", "--with", "grace", "--with", "joliot"],
        ["goal", "add", "Aim", "--with", "Grace Chen, Frédéric Joliot"],
        ["set", "g7k3q", "mentors=grace, Frédéric Joliot"],
    ],
)
def test_a_comma_separates_mentors_everywhere(words: list[str], chens: None, invoke: Invoke) -> None:
    """Options and assignments take several mentors with commas, each by any of their words."""
    shares = invoke(*words, "--json").data["mentors"]

    assert [share["mentor"] for share in shares] == ["chen-2", "joliot"]


def test_a_degree_behind_a_comma_is_no_mentor(keep: Keep, invoke: Invoke) -> None:
    """A full name as it stands in the journal is one person."""
    keep(make_mentor(name="William Osler, MD"))

    assert invoke("meeting", "plan", "William Osler, MD", "--on", "fri", "--json").data["mentors"] == ["osler"]
    assert invoke("task", "owed", "--with", "Osler, William").exit == 0


def test_two_of_one_name_are_told_apart_by_id(chens: None, keep: Keep, invoke: Invoke) -> None:
    """Words that are the name of two people are refused with both ids."""
    keep(make_mentor(id="chen-3", name="Grace Chen"))

    ran = invoke("meeting", "log", "grace", "chen", "We met.")

    assert (ran.exit, ran.out) == (1, "")
    assert "'grace chen' matches several records: chen-2 (Grace Chen); chen-3 (Grace Chen)." in ran.err


def test_a_word_of_a_name_is_no_question(chens: None, invoke: Invoke) -> None:
    """`ask grace chen` does not ask Grace the question "chen"."""
    ran = invoke("ask", "grace", "chen")

    assert ran.exit == 2
    assert "'chen' is a word of a mentor's name, not a question." in ran.err
    assert invoke("ask", "grace", "Chen?").exit == 0


# An id that is a word of another's name


@pytest.mark.parametrize(
    "words",
    [
        ["meeting", "log", "chen", "We met."],
        ["meeting", "plan", "chen", "--on", "fri"],
        ["meeting", "prep", "chen"],
        ["ask", "chen", "Which journal?"],
        ["task", "owed", "--with", "chen"],
        ["task", "add", "Send it", "--owner", "chen"],
        ["goal", "list", "--with", "CHEN"],
        ["set", "g7k3q", "mentors=chen"],
        ["meeting", "log", "joliot", "--notes=- [ ] @chen Send the draft"],
    ],
)
def test_an_id_that_is_a_word_of_another_name(words: list[str], chens: None, invoke: Invoke) -> None:
    """The exact id wins, and one line on stderr says whom it means and how the other is called."""
    ran = invoke(*words)

    typed = "CHEN" if "CHEN" in words else "chen"
    assert ran.exit == 0, ran
    assert ran.err.splitlines() == [f"{typed!r} is Wei Chen; for Grace Chen use chen-2"]


@pytest.mark.parametrize("word", ["chen-2", "grace", "wei", "Wei Chen", "joliot"])
def test_a_word_of_one_name_only_is_not_explained(word: str, chens: None, invoke: Invoke) -> None:
    """Nothing is said where nobody else can be meant."""
    assert invoke("meeting", "prep", word).err == ""


# Folded


@pytest.mark.parametrize("word", ["Frédéric", "Fre\u0301de\u0301ric", "frederic", "FRÉDÉRIC JOLIOT", "freder"])
def test_names_are_found_folded(word: str, chens: None, invoke: Invoke) -> None:
    """No accent, capital or normal form keeps a name from being found: arguments, options, `@names`."""
    line = f"- [ ] @{word.split()[0]} Send the data"

    assert "Fre\u0301de\u0301ric Joliot" in invoke("meeting", "prep", word).out
    assert invoke("task", "add", "Send it", "--owner", word, "--json").data["owner"] == "joliot"
    logged = invoke("meeting", "log", "chen-2", "--notes", line, "--json").data
    assert [task["owner"] for task in logged["new_tasks"]] == ["joliot"]


@pytest.mark.parametrize("name", ["Frédéric Joliot", "Frederic JOLIOT", "Joliot, Frédéric", "Prof. Frédéric Joliot"])
def test_a_double_is_refused_folded(name: str, chens: None, invoke: Invoke) -> None:
    """The same full name typed in another way is refused, with a free id."""
    for words in (["mentor", "add", name], ["mentor", "scout", name]):
        ran = invoke(*words)
        assert ran.exit == 1
        assert "already exists: joliot (active)." in ran.err
        assert "for someone else of that name use --id joliot-2" in ran.err
    assert invoke("mentor", "add", name, "--id", "joliot-2").exit == 0
    assert "use --id joliot-3" in invoke("mentor", "add", name).err


# Titles


def test_an_open_record_is_found_by_words_of_its_title(keep: Keep, invoke: Invoke) -> None:
    """Where nothing else fits, words of the title of exactly one open record do; not for set, edit, delete, forget."""
    keep(
        make_goal(id="g7k3q", title="Submit the case report (Röntgen)"),
        make_goal(id="g7k9z", title="Submit a poster", status="dropped", closed_on=None),
        make_task(id="t4m2x", title="Draft the case report"),
    )

    assert "Recorded progress on goal g7k3q" in invoke("goal", "progress", "rontgen", "40").out
    assert "Finished task t4m2x" in invoke("task", "done", "draft report").out
    assert "goal g7k3q" in invoke("show", "submit").out
    for words in (["goal", "progress", "poster", "40"], ["goal", "progress", "su", "40"], ["task", "done", "draft"]):
        assert invoke(*words).exit == 1
    for words in (["set", "submit", "by=fri"], ["edit", "submit"], ["delete", "submit"], ["forget", "submit"]):
        assert "matches 'submit'." in invoke(*words).err


# Nicknames


def test_a_nickname_finds_a_mentor_and_shortens_screens(invoke: Invoke) -> None:
    """A nickname is found like an id and shown where the full name is long; `show` and JSON have the full name."""
    added = invoke("mentor", "add", LONG, "--nickname", "Mary Jo", "--every", "1 week", "--started", "1 sep")
    assert added.out.startswith(f"Added mentor oneill-garcia: {LONG} (")

    assert "with Mary Jo (" in invoke("meeting", "log", "mary jo", "We met.", "--on", "2 oct").out
    assert invoke("task", "add", "Send it", "--owner", "mary-jo", "--json").data["owner"] == "oneill-garcia"
    for words in ([], ["due"], ["mentor", "list"], ["task", "owed"], ["meeting", "prep", "mary"]):
        shown = invoke(*words).out
        assert "Mary Jo" in shown and LONG not in shown, words
    for id in ("oneill-garcia", "Mary Jo", "mary-jo"):
        assert invoke("show", id).out.startswith(LONG)
    assert "log: Mary Jo\n" in invoke("history").out
    assert "error: Mary Jo is an active mentor, so you cannot invite them." in invoke("mentor", "invite", "mary").err
    assert invoke("set", "mary jo", "phone=1").exit == 1
    assert invoke("due", "--json").data[0]["text"].startswith("Talk to Mary Jo")
    assert invoke("mentor", "list", "--json").data[0]["name"] == LONG


def test_a_short_name_is_shown_in_full(invoke: Invoke) -> None:
    """A nickname does not replace a name that fits."""
    invoke("mentor", "add", "William Osler", "--nickname", "Bill")

    assert "with William Osler (" in invoke("meeting", "plan", "bill", "--on", "fri").out


@pytest.mark.parametrize(
    ("nickname", "sentence"),
    [
        ("Chen", "'Chen' is the id of Wei Chen (chen)."),
        ("chen 2", "'chen 2' is the id of Grace Chen (chen-2)."),
        ("FRED", "'FRED' is the nickname of Frédéric Joliot (joliot)."),
        ("me", "'me' cannot be a nickname."),
        ("All", "'All' cannot be a nickname."),
        ("g7k3q", "'g7k3q' cannot be a nickname."),
        ("W", "'W' cannot be a nickname."),
        ("!!", "'!!' cannot be a nickname."),
    ],
)
def test_a_nickname_that_means_another_is_refused(nickname: str, sentence: str, invoke: Invoke, tmp_path: Path) -> None:
    """A nickname is nobody else's id or nickname and no reserved word: when added, set or edited."""
    for name, more in (("Wei Chen", []), ("Grace Chen", []), ("Frédéric Joliot", ["--nickname", "Fred"])):
        assert invoke("mentor", "add", name, *more).exit == 0
    assert invoke("mentor", "add", "William Osler").exit == 0
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nsed -i \'/^name/a nickname = "{nickname}"\' "$1"\n')
    editor.chmod(0o700)

    for words in (["mentor", "add", "Marie Curie", "--nickname", nickname], ["set", "osler", f"nickname={nickname}"]):
        ran = invoke(*words)
        assert (ran.exit, ran.err.splitlines()[0]) == (1, f"error: {sentence}")
    ran = invoke("edit", "osler", "--toml", env={"EDITOR": str(editor)})
    assert ran.exit == 1
    assert sentence in ran.err


def test_a_new_id_is_no_nickname(invoke: Invoke) -> None:
    """Whoever is called by a nickname keeps it: a later mentor of that surname gets a number."""
    invoke("mentor", "add", "Grace Chen", "--id", "grace", "--nickname", "chen")

    assert invoke("mentor", "add", "Wei Chen", "--json").data["id"] == "chen-2"
    assert "is in use" in invoke("mentor", "add", "Li Chen", "--id", "chen").err
    assert invoke("mentor", "list", "--json").data[0]["id"] in ("grace", "chen-2")
    assert invoke("meeting", "prep", "chen").out.startswith("Grace Chen")


def test_an_old_record_without_a_nickname_stays_as_it_was(invoke: Invoke, journal_root: Path) -> None:
    """With nothing in it, the field is not written."""
    invoke("mentor", "add", "William Osler")

    assert "nickname" not in (journal_root / "mentors" / "osler.toml").read_text()
    assert json.loads(invoke("show", "osler", "--json").out)["data"]["nickname"] is None


# Ids that are free again


@pytest.mark.parametrize(
    "steps",
    [
        [["undo"]],
        [["undo"], ["redo"], ["undo"]],
        [["set", "osler", "phone=1"], ["undo"], ["undo"]],
        [["set", "osler", "phone=1"], ["undo", "2"]],
        [["delete", "osler", "--yes"], ["undo"], ["undo"]],
        [["task", "add", "Send it", "--owner", "osler"], ["undo", "2"]],
    ],
)
def test_an_id_whose_record_was_only_undone_is_free(steps: list[list[str]], invoke: Invoke) -> None:
    """Adding, undoing and adding again gives the same id: from the name, and by --id."""
    for again in (["mentor", "add", "William Osler"], ["mentor", "scout", "Ann Osler", "--id", "osler"]):
        assert invoke("mentor", "add", "William Osler", "--json").data["id"] == "osler"
        for words in steps:
            assert invoke(*words).exit == 0
        assert invoke(*again, "--json").data["id"] == "osler"
        assert invoke("doctor").exit == 0
        invoke("undo")


@pytest.mark.parametrize(
    "steps",
    [
        [["delete", "osler"]],
        [["delete", "osler"], ["undo"], ["redo"]],
        [["set", "osler", "phone=1"], ["undo"], ["delete", "osler"]],
        [["forget", "osler", "--yes"]],
    ],
)
def test_an_id_whose_record_was_deleted_is_not(steps: list[list[str]], invoke: Invoke) -> None:
    """A deleted or erased mentor keeps the id: what refers to it must not come to mean somebody else."""
    invoke("mentor", "add", "William Osler")
    for words in steps:
        assert invoke(*words).exit == 0

    assert invoke("mentor", "add", "William Osler", "--json").data["id"] == "osler-2"


def test_an_id_to_which_something_refers_is_not_free(invoke: Invoke, journal_root: Path) -> None:
    """A record that refers to the mentor, such as one that an editor made, keeps the id from another person."""
    invoke("mentor", "add", "William Osler")
    goal = invoke("goal", "add", "Aim", "--json").data["id"]
    assert invoke("undo", "2").exit == 0
    (journal_root / "goals" / f"{goal}.toml").write_text(
        f'id = "{goal}"\ntitle = "Aim"\ncreated = 2026-11-20T09:00:00+00:00\n[[mentors]]\nmentor = "osler"\n'
    )

    assert invoke("mentor", "add", "William Osler", "--json").data["id"] == "osler-2"
