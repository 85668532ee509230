"""Somebody whom the resident mentors: the same record with `my_role = "mentor"`, and the right word in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from commands.mentor.conftest import Invoke
from terminal import Terminal
from world import World

CHANGES = [
    (["mentor", "add", "Max Weber", "--my-role", "mentor"], "Added mentee weber: Max Weber"),
    (["set", "weber", "phone=1"], "Set mentee weber: Max Weber"),
    (["set", "weber", "phone=1"], "Mentee weber is already set to that; nothing changed."),
    (["mentor", "pause", "weber", "-m", "Leave"], "Paused mentee weber: Max Weber (Mon 23 Nov 2026)"),
    (["mentor", "activate", "weber"], "Activated mentee weber: Max Weber (Mon 23 Nov 2026)"),
    (["mentor", "cadence", "weber", "--every", "2 weeks"], "Set the cadence with Max Weber (every 2 weeks)"),
    (["mentor", "expect", "weber", "--mine", "Drafts"], "Expectations with Max Weber:"),
    (["mentor", "fit", "weber", "good"], "Recorded fit with Max Weber: good (Mon 23 Nov 2026)"),
    (["goal", "add", "Aim", "--with", "weber", "--by", "fri"], "Added goal "),
    (["task", "add", "Send it", "--owner", "weber"], "Added task "),
    (["meeting", "log", "weber", "We met."], "Logged meeting "),
    (["meeting", "plan", "weber", "--on", "fri"], "Planned meeting "),
    (["ask", "weber", "How is the thesis?"], "Saved question "),
    (["mentor", "end", "weber", "--kind", "completed"], "Ended the mentorship with Max Weber"),
    (["undo"], "Undone: mentor end: Max Weber"),
    (["delete", "weber", "--yes"], "Deleted mentee weber: Max Weber"),
    (["undo"], "Undone: delete"),
]
SHOWN = [
    (["show", "weber"], "mentee weber · active"),
    (["search", "weber"], "weber  mentee"),
    (["timeline"], "mentee active: Max Weber"),
    (["mentor", "list"], "Max Weber"),
    ([], "Max Weber"),
    (["due"], ""),
    (["task", "owed"], "Max Weber"),
    (["meeting", "prep", "weber"], "Max Weber"),
    (["goal", "list"], "weber"),
    (["export", "markdown"], "## Mentees"),
    (["review", "--print-form"], "weber Max Weber"),
]
REFUSED = [
    (["mentor", "add", "Max Weber"], "A mentee named Max Weber already exists: weber (active)."),
    (["mentor", "invite", "weber"], "Max Weber is an active mentee, so you cannot invite them."),
    (["goal", "tell", "weber", "weber"], "weber is a mentee; see: mentorlog show weber"),
    (["delete", "weber"], "records link to mentee weber: Max Weber"),
]
# What mentions the kind of the record, not the person: fields, general sentences, commands.
GENERAL = (
    r"my role +mentor|visibility +mentor|I am the mentor|[Ff]it with mentors|mentor = |\[\[mentors\]\]|mentorlog .*|"
)
GENERAL += r"no mentor told|(?:Undone|undo): .*|goal\b.*mentors: .*|^id .*|No mentor matches"


def about(text: str) -> str:
    """Return what is left of a text without general sentences, fields and commands."""
    return re.sub(GENERAL, "", text, flags=re.MULTILINE)


def test_no_sentence_calls_a_mentee_a_mentor(invoke: Invoke) -> None:
    """A mentee is called one: in results, screens, errors, questions and documents.

    The members of the kind: adding, setting, every step of a mentorship, deleting, erasing, importing; headings,
    search, timeline, export; refusals that name the person.
    """
    for words, said in CHANGES:
        ran = invoke(*words)
        assert ran.exit == 0, ran
        assert ran.out.startswith(said), words
        assert not re.search(r"\bmentors?\b", about(ran.out + ran.err)), (words, ran)
    for words, said in SHOWN:
        ran = invoke(*words)
        assert ran.exit == 0 and said in ran.out, (words, ran.out)
        assert not re.search(r"\b[Mm]entors?\b", about(ran.out)), (words, ran.out)
    for words, said in REFUSED:
        ran = invoke(*words)
        assert ran.exit and said in ran.err, (words, ran.err)
        assert not re.search(r"\bmentors?\b", about(ran.err)), (words, ran.err)

    backup = invoke("export", "json").out
    erased = invoke("forget", "weber", "--yes")
    assert erased.out.startswith("Erased mentee weber and its content in ")
    assert "new      mentee weber: Max Weber" in invoke("import", "json", "-", "--dry-run", stdin=backup).out


def test_a_paused_or_former_mentee(invoke: Invoke) -> None:
    """Refusals name the state of a mentee, too."""
    invoke("mentor", "add", "Max Weber", "--my-role", "mentor")
    invoke("mentor", "pause", "weber", "-m", "Leave")
    assert "Max Weber is a paused mentee, so you cannot invite them." in invoke("mentor", "invite", "weber").err
    invoke("mentor", "end", "weber", "--kind", "moved")
    assert "Max Weber is a former mentee, so you cannot pause" in invoke("mentor", "pause", "weber", "-m", "x").err


def test_questions_about_a_mentee(terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """The question before a mentee is erased, and the review of a mentorship with one."""
    invoke("mentor", "add", "Max Weber", "--my-role", "mentor")

    screen = terminal("forget", "weber")
    screen.answer("Erase mentee weber (Max Weber) permanently?", "n")
    assert screen.end() == 0


@pytest.mark.parametrize("role", ["mentee", "both"])
def test_a_mentor_stays_one(role: str, world: World, invoke: Invoke) -> None:
    """Whoever mentors me is my mentor, even where I mentor them as well."""
    assert invoke("mentor", "add", "William Osler", "--my-role", role).out == "Added mentor osler: William Osler\n"
    assert "mentor osler · active" in invoke("show", "osler").out
