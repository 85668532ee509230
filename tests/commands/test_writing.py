"""Texts to a mentor: a request to meet, thanks and an agenda, as they are typed, and the start of a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.meeting.conftest import content
from output.payloads import PAYLOADS, acts
from world import Ran

Run = Callable[..., Ran]


@pytest.fixture
def journal(invoke: Run, journal_root: Path) -> Path:
    """A resident with two mentors and somebody who may become one."""
    about = ("name=Elizabeth Blackwell, MD", "stage=resident", "level=PGY-2", "program=Internal Medicine")
    aims = ("aims=A study of my own.", "growth_areas=chest films", "needs=more time")
    invoke("profile", "set", *about, *aims)
    invoke("mentor", "add", "William Osler, MD")
    invoke("mentor", "add", "Marie Curie")
    invoke("mentor", "scout", "Florence Nightingale", "--qualities", "Counts everything", "--notes", "Never in")
    return journal_root


def test_a_request_to_meet(invoke: Run, journal: Path) -> None:
    """It says who writes, what they aim at and ask for; nothing changes, and what stands in brackets is told."""
    invoke("set", "nightingale", "purpose=Learn how to count")
    before = content(journal)
    ran = invoke("mentor", "invite", "nightingale", "--draft")

    assert (
        ran.out
        == """\
Subject: A request for a first meeting

Dear Florence Nightingale,

My name is Elizabeth Blackwell, resident (PGY-2), Internal Medicine.

[In a sentence or two: how you know their work, and what impressed you.]

My aims: A study of my own.

Where I want to grow: chest films

What I hope to work on with you: Learn how to count

Could we meet once for about 20 minutes, in person or by video, at a
time that suits you? I will bring two or three questions. If the meeting
is useful to both of us, I would like to ask whether you would be a
mentor to me.

If this is not a good time, I would be grateful for the name of someone
else whom I could ask.

Thank you for considering it.

Elizabeth Blackwell
"""
    )
    assert ran.err == "Replace what is in [brackets] before you send it.\n"
    assert content(journal) == before
    data = invoke("mentor", "invite", "nightingale", "--draft", "--json").data
    assert data == {"mentors": ["nightingale"], "template": "ask", "text": ran.out, "path": None}


def test_an_own_request(invoke: Run, journal: Path) -> None:
    """A template of the user's replaces the built-in one, or is named."""
    own = "Dear {{ to }}: {{ growth_areas|join(' or ') }}?\n"
    invoke("template", "edit", "ask-short", "--file", "-", "--like", "ask", stdin=own)
    assert invoke("mentor", "invite", "nightingale", "--template", "ask-short").out == (
        "Dear Florence Nightingale: chest films?\n"
    )
    wrong = invoke("mentor", "invite", "nightingale", "--template", "recap")
    assert wrong.exit == 1 and "there is no 'meeting'" in wrong.err


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (("invite", "osler", "--draft"), 1, "William Osler, MD is an active mentor, so you cannot invite them."),
        (("invite", "nightingale", "--draft", "--answer", "yes"), 2, "--draft and --answer cannot be used together."),
        (("invite", "nightingale", "--draft", "-m", "x"), 2, "--draft and --message cannot be used together."),
        (("end", "osler", "--draft", "--kind", "moved"), 2, "--draft and --kind cannot be used together."),
        (("invite", "nightingale", "--template", "nosuch"), 1, "There is no template 'nosuch'."),
    ],
)
def test_errors(invoke: Run, journal: Path, words: tuple[str, ...], exit: int, said: str) -> None:
    """What cannot be asked for, and what would be recorded as well."""
    before = content(journal)
    ran = invoke("mentor", *words)

    assert (ran.exit, ran.out) == (exit, "") and said in ran.err and "hint: " in ran.err
    assert content(journal) == before


def test_thanks(invoke: Run, journal: Path) -> None:
    """How often they met and what became of the shared goals; no other mentor, no lesson, nothing private."""
    invoke("set", "osler", "started=2025-03-03")
    goal = invoke("goal", "add", "Submit case report", "--with", "osler", "--with", "curie", "--json").data["id"]
    invoke("goal", "add", "Ask Curie for the plates", "--with", "osler")
    invoke("goal", "add", "Leave early", "--with", "osler", "--private")
    invoke("goal", "drop", invoke("goal", "add", "Write a book", "--with", "osler", "--json").data["id"], "-m", "No")
    invoke("meeting", "log", "osler", "He looked tired")
    invoke("goal", "achieve", goal)
    first = invoke("mentor", "end", "osler", "--draft")
    invoke("mentor", "end", "osler", "--kind", "moved", "--lesson", "Ask earlier", "--stay-in-touch", "--no-input")
    ran = invoke("mentor", "end", "osler", "--draft")

    assert "Thank you for your time and your advice since 3 Mar 2025.\nWe met once.\n" in ran.out
    assert "What we worked on:\n- Submit case report (achieved, 23 Nov 2026)\n\n" in ran.out
    assert "I would like to stay in touch" in ran.out and "I would like to stay in touch" not in first.out
    for word in ("Curie", "early", "book", "tired", "moved"):
        assert word not in ran.out
    assert "Left out, as it names another mentor: g" in ran.err


@pytest.mark.parametrize("command", ["mentor end osler", "meeting prep osler", "mentor invite nightingale"])
def test_to_somebody_whose_record_is_private(invoke: Run, journal: Path, command: str) -> None:
    """The text is without what their record says: since when they know each other, what the mentorship is for."""
    who = command.split()[-1]
    invoke("set", who, "visibility=private", "purpose=Learn how to count", *(["started=2025-03-03"] * (who == "osler")))
    ran = invoke(*command.split(), "--draft")

    assert ran.exit == 0 and "Dear " in ran.out
    assert "count" not in ran.out and "2025" not in ran.out


def test_an_agenda(invoke: Run, journal: Path) -> None:
    """The open points, my questions and tasks, of the next meeting; a private question is named with its command."""
    invoke("meeting", "log", "osler", "--on", "2 nov")
    invoke("meeting", "plan", "osler", "--on", "fri 14:00", "--agenda", "Title of the paper")
    invoke("meeting", "plan", "osler", "--on", "2027-01-04", "--agenda", "Later")
    invoke("task", "add", "Draft abstract", "--from", "osler", "--due", "fri")
    invoke("task", "done", invoke("task", "add", "Read the guide", "--from", "osler", "--json").data["id"])
    invoke("task", "add", "Send the plates", "--from", "curie")
    note = invoke("ask", "osler", "Which journal?", "--json").data["id"]
    ran = invoke("meeting", "prep", "osler", "--draft")

    assert (
        ran.out
        == """\
Subject: Our meeting on Fri 27 Nov 2026

Dear William Osler,

We meet on Fri 27 Nov at 14:00.

I would like to talk about:
- Title of the paper

Done since our last meeting:
- Read the guide

Still open on my side:
- Draft abstract, due Fri 27 Nov 2026

Is there anything that you would like to add?

Elizabeth Blackwell
"""
    )
    shared = f"mentorlog share {note} --with mentor"
    assert ran.err == f"Left out, as question {note} is private; share with: {shared}\n"
    invoke(*shared.split()[1:])
    assert "- My question: Which journal?\n" in invoke("meeting", "prep", "osler", "--draft").out


def test_an_agenda_for_several(invoke: Run, journal: Path) -> None:
    """It goes to all who will be there, so it has what each of them may see."""
    invoke("meeting", "plan", "osler", "curie", "--on", "fri", "--agenda", "The plates")
    invoke("task", "add", "Draft abstract", "--from", "osler")
    note = invoke("note", "add", "Why?", "-k", "question", "-w", "curie", "--visibility", "mentor", "--json").data["id"]
    ran = invoke("meeting", "prep", "osler", "--draft")

    assert "Dear William Osler and Marie Curie,\n" in ran.out and "- The plates\n" in ran.out
    assert "abstract" not in ran.out and "Why" not in ran.out
    assert ran.err == f"Left out, as not every reader may see it: question {note}\n"
    assert invoke("meeting", "prep", "curie", "--draft", "--json").data["mentors"] == ["osler", "curie"]


def test_an_agenda_without_a_meeting(invoke: Run, journal: Path) -> None:
    """It says that none is planned, or that it has no points, and how to go on."""
    assert invoke("meeting", "prep", "osler", "--draft").err == (
        "No meeting is planned; plan one with: mentorlog meeting plan osler --on fri\n"
    )
    id = invoke("meeting", "plan", "osler", "--on", "fri", "--json").data["id"]
    assert invoke("meeting", "prep", "osler", "--draft").err == (
        f"The meeting has no agenda yet; add it with: mentorlog edit {id} --toml\n"
    )


def test_what_may_identify_a_patient(invoke: Run, journal: Path) -> None:
    """It is refused with the record that has it, unless it goes all the same."""
    invoke("profile", "set", "aims=Know what Mr. Pickwick had (MRN 4711123)")
    ran = invoke("mentor", "invite", "nightingale", "--draft")

    assert (ran.exit, ran.out) == (1, "") and "profile (aims" in ran.err
    assert "Pickwick" in invoke("mentor", "invite", "nightingale", "--draft", "--despite-lint").out


@pytest.mark.parametrize("payload", [one for one in PAYLOADS.values() if "\ud800" not in one[0]], ids=ascii)
def test_hostile_texts(invoke: Run, journal: Path, payload: tuple[str, str]) -> None:
    """What a record contains cannot act on a terminal, and is not read as a template."""
    hostile = f"{payload[0]} {{{{ to.__class__ }}}}"
    note = invoke("ask", "osler", "-", "--json", stdin=hostile).data["id"]
    invoke("share", note, "--with", "mentor")
    ran = invoke("meeting", "prep", "osler", "--draft", "--despite-lint")

    assert ran.exit == 0 and "{{ to.__class__ }}" in " ".join(ran.out.split())
    assert len([line for line in ran.out.splitlines() if line.startswith("-")]) == 1
    assert not acts(ran.out.replace("\u00ad", "").replace("\n", ""))


def test_the_start_of_a_note(invoke: Run, journal: Path) -> None:
    """The editor opens with the template; what is not changed is not saved, and a text has no use for one."""
    words = ("note", "add", "--template", "reflection", "-k", "reflection", "-w", "osler")
    ran = invoke(*words, env={"EDITOR": "sed -i 's/learned:/learned: to count/'"})
    assert ran.exit == 0
    text = invoke("note", "list", "--json").data[0]["text"]
    assert text == ("What happened with William Osler, MD:\n\nWhat I learned: to count\n\nWhat I will do differently:")
    assert "nothing was saved" in invoke(*words, env={"EDITOR": "true"}).err
    assert invoke("note", "add", "Seen", "--template", "reflection").exit == 2
    assert "there is no 'meeting'" in invoke("note", "add", "--template", "recap", env={"EDITOR": "true"}).err


def test_what_is_open_for_the_phone(invoke: Run, journal: Path) -> None:
    """`export markdown --open` has open goals, tasks and questions and planned meetings, and nothing else."""
    invoke("goal", "add", "Submit case report")
    invoke("goal", "achieve", invoke("goal", "add", "Read films", "--json").data["id"])
    invoke("task", "add", "Draft abstract")
    invoke("task", "done", invoke("task", "add", "Read the guide", "--json").data["id"])
    invoke("ask", "osler", "Which journal?")
    invoke("note", "add", "A quiet week")
    invoke("meeting", "plan", "osler", "--on", "fri", "--agenda", "Title of the paper")
    invoke("meeting", "log", "curie", "Chose it")
    out = invoke("export", "markdown", "--open", "--for", "self").out

    for word in (
        "Only what is open.",
        "Submit case report",
        "- [ ] Draft abstract",
        "Which journal?",
        "- [ ] Title of",
    ):
        assert word in out
    for word in ("About me", "## Mentors", "Read films", "Read the guide", "quiet", "Chose it"):
        assert word not in out
    preview = invoke("export", "markdown", "--open", "--preview").out
    assert "(what is open)" in preview and "profile" not in preview
