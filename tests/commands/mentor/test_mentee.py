"""Sentences about a person by my role: a mentee is never called a mentor, a mentor never a mentee.

Each command of the table runs for somebody who mentors me (`mentee` is my role), whom I mentor (`mentor`), and both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from commands.mentor.conftest import Invoke
from terminal import Terminal

ROLES = {"mentee": "mentor", "mentor": "mentee", "both": "mentor"}
"""What somebody is called by my role."""
CHANGES = [
    ("set weber phone=1", "Set {noun} weber: Max Weber"),
    ("set weber phone=1", "{Noun} weber is already set to that; nothing changed."),
    ("mentor pause weber -m Leave", "Paused {noun} weber: Max Weber (Mon 23 Nov 2026)"),
    ("mentor invite weber", "error: Max Weber is a paused {noun}, so you cannot invite them."),
    ("mentor activate weber", "Activated {noun} weber: Max Weber (Mon 23 Nov 2026)"),
    ("mentor activate weber", "Max Weber is already active; nothing changed."),
    ("mentor invite weber", "error: Max Weber is an active {noun}, so you cannot invite them."),
    ("mentor cadence weber --every 14d", "Set the cadence with Max Weber (every 2 weeks)"),
    ("mentor expect weber --mine Drafts", "Expectations with Max Weber:"),
    ("mentor fit weber good", "Recorded fit with Max Weber: good (Mon 23 Nov 2026)"),
    ("task add Read --owner weber --due fri", "Added task "),
    ("task add Send --helps weber --due yesterday", "Added task "),
    ("task add Draft --from weber", "Added task "),
    ("task submit draft", "Submitted task "),
    ("meeting log weber --notes - --decision Write --on yesterday", "Logged meeting "),
    ("meeting plan weber --on fri", "Planned meeting "),
    ("meeting recap weber", "Subject: Our meeting"),
    ("ask weber How?", "Saved question "),
    ("note add Hm --with weber", "Added note "),
    ("share weber --with program", "Shared {noun} weber with your program"),
    ("delete weber", "error: "),
    ("goal tell weber weber", "error: No goal matches 'weber'."),
    ("mentor add Max_Weber", "error: A {noun} named Max Weber already exists: weber (active)."),
]
SCREENS = [
    ("", "Max Weber"),
    ("status", "Max Weber"),
    ("due", "Max Weber"),
    ("waiting --with weber", "Max Weber"),
    ("show weber", "{noun} weber · active"),
    ("search weber", "weber  {noun}"),
    ("timeline", "{noun} active: Max Weber"),
    ("timeline --with weber", "task {given}: Read"),
    ("task list", "weber"),
    ("task owed --with weber", "{theirs}"),
    ("meeting list", "weber"),
    ("meeting prep weber", "{prep}"),
    ("note list", "weber"),
    ("goal list", "No open goals."),
    ("history 3", "Max Weber"),
    ("review --print-form", "weber Max Weber"),
    ("export markdown", "## {Noun}s"),
    ("export markdown --for weber", "Max Weber"),
    ("export ics", "{calendar}"),
    ("export html", "Max Weber"),
    ("doctor", "No problems"),
]
ENDS = [
    ("mentor end weber --kind completed", "Ended the mentorship with Max Weber"),
    ("mentor end weber --kind completed", "The mentorship with Max Weber has already ended; nothing changed."),
    ("mentor pause weber -m x", "error: Max Weber is a former {noun}, so you cannot pause the mentorship."),
    ("undo", "Undone: mentor end: Max Weber"),
    ("delete weber --yes", "Deleted {noun} weber: Max Weber"),
    ("undo", "Undone: delete"),
    ("forget weber --yes", "Erased {noun} weber and its content in "),
]
WORDS = {
    "mentor": {"given": "promised", "theirs": "I am owed", "prep": "What they promised", "calendar": "(from Max"},
    "mentee": {
        "given": "given",
        "theirs": "Theirs to do",
        "prep": "What I gave them to do",
        "calendar": "(for Max",
    },
}
# What is of the kind of record and not of the person: fields, general sentences, commands.
GENERAL = (
    r"my role +\w+|visibility +mentor|mentors?[:=].*|[Ff]it with mentors|mentor = |\[\[mentors\]\]|mentorlog .*"
    r"|(?:Undone|undo): .*|^id .*|No mentor matches.*|mentor add: .*|## Mentors|^ *\d+  .*mentor \w+:.*"
    r"|mentor (?:pause|end|activate|cadence|expect|fit): .*|^#   their promises: none$|no mentor told"
    r"|class=.*|<style.*|Mentorship|BEGIN:.*|X-WR.*|Kind: .*|mentor each other|with every mentor"
)
OF_MENTORS = re.compile(r"\b[Mm]entors?\b|promised (?!them)|[Tt]heir promise|offered")
OF_MENTEES = re.compile(r"\b[Mm]entees?\b")


def about(text: str) -> str:
    """Return what is left of a text without general sentences, fields and commands."""
    return re.sub(GENERAL, "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("role", ROLES)
def test_every_sentence_is_right_for_my_role(role: str, invoke: Invoke) -> None:
    """In results, screens, errors and documents; somebody who is both is called a mentor."""
    noun = ROLES[role]
    names = {**WORDS[noun], "noun": noun, "Noun": noun.capitalize()}
    wrong = OF_MENTORS if noun == "mentee" else OF_MENTEES
    if role == "both":
        wrong = re.compile(r"(?:an? |your |former |Set |Paused |Activated )mentee\b")
    added = invoke("mentor", "add", "Max Weber", "--my-role", role)
    assert added.out == f"Added {noun} weber: Max Weber\n"
    for line, said in (*CHANGES, *SCREENS, *ENDS):
        words = [word.replace("_", " ") for word in line.split()]
        ran = invoke(*words, stdin="- [ ] @weber Count them\n" if "-" in words else "")
        text = ran.out if said == "Subject: Our meeting" else ran.out + ran.err
        assert said.format(**names) in text, (line, text)
        assert not wrong.search(about(text)), (line, wrong.search(about(text)), text)


@pytest.mark.parametrize("role", ROLES)
def test_questions(role: str, terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """The question before somebody is erased."""
    invoke("mentor", "add", "Max Weber", "--my-role", role)

    screen = terminal("forget", "weber")
    screen.answer(f"Erase {ROLES[role]} weber (Max Weber) permanently?", "n")
    assert screen.end() == 0


@pytest.mark.parametrize("role", ROLES)
def test_an_import(role: str, invoke: Invoke) -> None:
    """What would be imported is called what it is."""
    invoke("mentor", "add", "Max Weber", "--my-role", role)
    backup = invoke("export", "json").out
    invoke("forget", "weber", "--yes")

    said = invoke("import", "json", "-", "--dry-run", stdin=backup).out
    assert f"new      {ROLES[role]} weber: Max Weber" in said
