"""`mentorlog letter`, as it is typed: a letter is a task that its writer owes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commands.meeting.conftest import content
from mentorlog.output.screens import letters
from mentorlog.output.table import layout
from mentorlog.output.text import width
from output.payloads import PAYLOADS, acts
from world import Ran

Run = Callable[..., Ran]
DUE = ("--due", "2027-02-01")
LATER = {"MENTORLOG_NOW": "2026-12-14T09:00:00+00:00"}
SOON = {"MENTORLOG_NOW": "2027-01-27T09:00:00+00:00"}


@pytest.fixture
def data(invoke: Run) -> Callable[..., Any]:
    """The data of a command that works."""

    def run(*words: str, **more: Any) -> Any:
        ran = invoke(*words, "--json", **more)
        assert ran.exit == 0, ran
        return ran.data

    return run


@pytest.fixture
def letter(invoke: Run, data: Callable[..., Any], journal_root: Path) -> str:
    """A letter that William Osler was asked for."""
    invoke("profile", "set", "name=Elizabeth Blackwell, MD", "aims=A study of my own.")
    invoke("mentor", "add", "William Osler, MD")
    invoke("mentor", "add", "Marie Curie")
    return str(data("letter", "ask", "osler", "Neuroradiology fellowship", *DUE, "--to", "12 programs")["id"])


def test_asked_for(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """It is a task that the mentor owes, asked for today, with all that was said."""
    task = data("show", letter)

    assert (task["title"], task["owner"], task["due"]) == ("Letter for Neuroradiology fellowship", "osler", DUE[1])
    assert task["letter"] == {
        "for": "Neuroradiology fellowship",
        "to": "12 programs",
        "asked_on": "2026-11-23",
        "answer": None,
        "answered_on": None,
        "packet_on": None,
        "reminded": [],
        "received_on": None,
    }
    assert task["turn"] == "them" and task["with"] == ["osler"]
    assert [one["id"] for one in data("task", "owed")["they_owe"]] == [letter]
    assert [one["id"] for one in data("meeting", "prep", "osler")["promises"]] == [letter]
    assert "Letter for Neuroradiology fellowship (from William Osler" in invoke("export", "ics").out.replace(
        "\r\n ", ""
    ).replace("\\,", ",")


def test_its_way(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """Each step is one change that says what happened, and once more changes nothing."""
    steps = (
        (("agreed",), "Recorded that William Osler, MD agreed to letter", "William Osler, MD already agreed"),
        (
            ("packet", "--sent"),
            "Recorded that the packet for letter",
            f"The packet for letter {letter} was already sent",
        ),
        (("remind",), "Recorded a reminder of letter", "A reminder of letter"),
        (("received", "-m", "Sent off"), "Received letter", f"Letter {letter} was already received on Mon 23 Nov 2026"),
    )
    for (verb, *words), said, again in steps:
        ran = invoke("letter", verb, letter, *words)
        assert (ran.exit, ran.err) == (0, "") and ran.out.startswith(said), ran
        once_more = invoke("letter", verb, letter, *words)
        assert once_more.out.startswith(again) and once_more.out.endswith("; nothing changed.\n"), once_more
    task = data("show", letter)
    assert (task["status"], task["done_on"], task["outcome"]) == ("done", "2026-11-23", "Sent off")
    assert task["letter"]["received_on"] == "2026-11-23" and task["letter"]["reminded"] == ["2026-11-23"]
    invoke("undo")
    assert data("show", letter)["letter"]["received_on"] is None


def test_task_commands_are_the_same_road(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """`task done` receives it, `set status` too, `reopen` takes that back, and its date goes with the task's."""
    invoke("task", "done", letter, "--on", "today")
    assert data("show", letter)["letter"]["received_on"] == "2026-11-23"
    invoke("set", letter, "done_on=2026-11-24", env=LATER)
    assert data("show", letter)["letter"]["received_on"] == "2026-11-24"
    invoke("task", "reopen", letter)
    assert data("show", letter)["letter"]["received_on"] is None
    invoke("set", letter, "status=done")
    assert data("letter", "list", "--all")[0]["state"] == "received"
    assert "received_on is maintained" in invoke("set", letter, "letter.received_on=2026-11-20").err


def test_declined(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """The task is dropped with the reason; reopened, it has no answer again."""
    assert invoke("letter", "declined", letter, "-m", "No time", "--on", "today").out == (
        f"Recorded that William Osler, MD declined letter {letter}: Letter for Neuroradiology fellowship"
        " (Mon 23 Nov 2026)\n"
    )
    task = data("show", letter)
    assert (task["status"], task["outcome"], task["letter"]["answer"]) == ("dropped", "No time", "no")
    assert invoke("letter", "declined", letter).out.endswith(
        "already declined letter " + letter + "; nothing changed.\n"
    )
    assert invoke("letter", "agreed", letter).err == (
        f"error: Task {letter} is dropped.\nhint: reopen it first: mentorlog task reopen {letter}\n"
    )
    assert data("letter", "list") == []
    invoke("task", "reopen", letter)
    found = data("show", letter)["letter"]
    assert (found["answer"], found["answered_on"]) == (None, None)


def test_the_day_of_an_answer(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """It is today or the one given, not before the question; another answer has another day."""
    invoke("letter", "agreed", letter, "--later", "--on", "24 nov", env=LATER)
    assert data("letter", "agreed", letter, "--later", env=LATER)["letter"]["answered_on"] == "2026-11-24"
    assert data("letter", "agreed", letter, env=LATER)["letter"]["answered_on"] == "2026-12-14"
    assert "answer: yes on Mon 14 Dec 2026" in " ".join(invoke("show", letter).out.split())
    assert "answer: yes on Mon 14 Dec 2026" in invoke("export", "markdown").out
    data("letter", "declined", letter, "--on", "1 dec", env=LATER)
    assert data("letter", "declined", letter, "--on", "2 dec", env=LATER)["letter"]["answered_on"] == "2026-12-02"
    assert invoke("show", letter, "--json").data["status"] == "dropped"


def test_planned(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """A letter to ask for later is mine to do, and no promise; `due` says when; its id records the question."""
    planned = data("letter", "ask", "curie", "Annals award", "--due", "2027-01-10", "--plan")
    assert planned["letter"]["asked_on"] is None and planned["turn"] == "me"
    id = planned["id"]
    assert [one["id"] for one in data("task", "owed")["i_owe"]] == [id]
    assert "not asked yet" in invoke("task", "owed").out and "not asked yet" in invoke("meeting", "prep", "curie").out
    assert id not in invoke("waiting").out
    quick = data("review", "--answers", "-", stdin='kind = "quick"\nworked = "Asking early"\n')
    assert quick["facts"]["promises_open"] == 1  # the other letter
    for verb in ("agreed", "declined", "remind", "received"):
        assert invoke("letter", verb, id).err == (
            f"error: You have not asked for letter {id} yet.\nhint: record when you asked: mentorlog letter ask {id}\n"
        )
    assert id not in invoke("export", "markdown", "--for", "curie").out
    assert "Annals award" not in invoke("export", "markdown", "--for", "curie").out
    assert invoke("letter", "ask", id, "--on", "20 nov").out == (
        f"Asked for letter {id}: Letter for Annals award (by Marie Curie, due Sun 10 Jan 2027, asked Fri 20 Nov 2026)\n"
    )
    assert "was already asked for on Fri 20 Nov 2026; nothing changed." in invoke("letter", "ask", id).out
    assert "Annals award" in invoke("export", "markdown", "--for", "curie").out


def test_later(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """They may answer later, and then they do."""
    said = invoke("letter", "agreed", letter, "--later").out
    assert said.startswith("Recorded that William Osler, MD will answer later about letter")
    assert "will answer later" in invoke("letter", "list").out
    invoke("letter", "agreed", letter)
    assert data("letter", "list")[0]["state"] == "agreed"


@pytest.mark.parametrize(
    ("words", "exit", "said", "hint"),
    [
        (("ask", "virchow", "X", *DUE), 1, "Rudolf Virchow is a candidate, not a mentor", "mentor activate virchow"),
        (("ask", "lister", "X", *DUE), 1, "Joseph Lister is your mentee", "mentorlog set lister my_role=both"),
        (("ask", "Röntgen", "X", *DUE), 1, "No mentor or task matches 'Röntgen'.", "mentor scout 'Röntgen'"),
        (
            ("ask", "osler", "neuroradiology FELLOWSHIP", *DUE),
            1,
            "already has an open letter for that",
            "mentorlog show",
        ),
        (("ask", "curie", "X", "--no-input"), 2, "An answer is needed: When is it due?", "pass --due DATE"),
        (("ask", "curie", "--no-input"), 2, "What is the letter for?", "pass FOR"),
        (("ask", "curie", "X", *DUE, "--plan", "--on", "today"), 2, "--plan and --on cannot be used together.", "one"),
        (("ask", "LETTER", "X"), 2, "A letter that exists and FOR cannot be used together.", "mentorlog set --help"),
        (("agreed", "nosuch"), 1, "No letter matches 'nosuch'.", "mentorlog letter list"),
        (("agreed", "OTHER"), 1, "is not a letter.", "mentorlog letter list"),
        (("received", "LETTER", "--on", "1 nov"), 1, "it was asked for on Mon 23 Nov 2026", "2026-11-23"),
        (("agreed", "LETTER", "--on", "1 nov"), 1, "cannot be answered on Sun 1 Nov 2026", "2026-11-23"),
        (("remind", "LETTER", "--on", "1 nov"), 1, "cannot be reminded on Sun 1 Nov 2026", "2026-11-23"),
        (
            ("packet", "LETTER", "--sent", "-o", "x"),
            2,
            "--sent and --output cannot be used together.",
            "run the command",
        ),
        (("packet", "LETTER", "--template", "recap"), 1, "there is no 'meeting'", "there is: "),
    ],
)
def test_errors(
    invoke: Run,
    data: Callable[..., Any],
    letter: str,
    journal_root: Path,
    words: list[str],
    exit: int,
    said: str,
    hint: str,
) -> None:
    """A sentence that names what was typed, a hint that works, and nothing changes."""
    invoke("mentor", "scout", "Rudolf Virchow")
    invoke("mentor", "add", "Joseph Lister")
    invoke("set", "lister", "my_role=mentor")
    other = data("task", "add", "Read it")["id"]
    before = content(journal_root)
    typed = [{"LETTER": letter, "OTHER": other}.get(word, word) for word in words]
    ran = invoke("letter", *typed)

    assert (ran.exit, ran.out) == (exit, "") and said in ran.err and hint in ran.err, ran
    assert content(journal_root) == before


def test_a_former_mentor(invoke: Run, letter: str) -> None:
    """They may be asked, and what they write stays theirs when the mentorship ends."""
    invoke("mentor", "end", "osler", "--kind", "moved", "--promises-to", "curie", "--no-input")
    assert invoke("letter", "list", "--json").data[0]["owner"] == "osler"
    assert invoke("letter", "ask", "osler", "Another", *DUE).exit == 0


def test_list(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """One line each: writer, for what, when, in how many days, how far."""
    data("letter", "ask", "curie", "Annals award", "--due", "2027-01-10", "--plan")
    rows = data("letter", "list", env=LATER)
    assert [(one["owner"], one["state"], one["days"]) for one in rows] == [
        ("curie", "planned", 27),
        ("osler", "asked", 49),
    ]
    assert invoke("letter", "list", "--with", "osler", env=LATER).out.splitlines()[1:] == [
        f"{letter}  osler   Neuroradiology fellowship  Mon 1 Feb 2027  in 7 weeks  asked 3 weeks ago"
    ]
    invoke("letter", "received", letter)
    assert len(data("letter", "list")) == 1 and data("letter", "list", "--all")[1]["days"] is None
    assert data("letter", "list", "--all")[1]["state"] == "received"


@pytest.mark.parametrize("columns", [80, 40])
def test_list_on_a_terminal(data: Callable[..., Any], letter: str, columns: int) -> None:
    """It fits, and keeps for what it is and how far."""
    rows = data("letter", "list", env=LATER)
    shown = layout(rows, letters.columns(date(2026, 12, 14)), width=columns, colour=False)
    assert all(width(line) <= columns for line in shown)
    said = " ".join(" ".join(shown).split())
    assert "asked 3 weeks ago" in said and "Neuro" in said and "osler" in said
    assert ("Mon 1 Feb 2027" if columns == 80 else "in 7 weeks,") in said


def test_due(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """Ask from eight weeks before, no answer from two weeks after, remind one week before, then its date."""
    planned = data("letter", "ask", "curie", "Annals award", "--due", "2027-01-20", "--plan")["id"]

    def due(day: str, within: str = "0d") -> list[tuple[str, str, bool]]:
        rows = data("due", "--within", within, env={"MENTORLOG_NOW": f"{day}T09:00:00+00:00"})
        return [(one["reason"], one["due_on"], one["late"]) for one in rows if one["id"] in (letter, planned)]

    assert due("2026-11-24") == []
    assert due("2026-11-25") == [("letter", "2026-11-25", False)]
    assert due("2026-11-24", "7d") == [("letter", "2026-11-25", False)]
    invoke("letter", "ask", planned)
    assert due("2026-12-06") == []
    assert due("2026-12-07") == [("waiting", "2026-12-07", False)] * 2
    invoke("letter", "agreed", planned)
    invoke("letter", "agreed", letter, "--on", "2026-12-10", env=LATER)
    assert [one["since"] for one in data("waiting", env=LATER)] == ["2026-11-23", "2026-12-10"]
    assert due("2026-12-07") == []
    assert due("2027-01-13") == [("letter", "2027-01-13", False)]
    invoke("letter", "remind", planned, "--on", "2027-01-13", env=SOON)
    assert due("2027-01-14") == []
    assert due("2027-01-20") == [("their_task", "2027-01-20", False)]
    assert due("2027-02-02")[-1] == ("their_task", "2027-02-01", True)
    rows = data("due", env={"MENTORLOG_NOW": "2027-01-26T09:00:00+00:00"})
    assert "Remind William Osler, MD: Letter for Neuroradiology fellowship, due Mon 1 Feb 2027" in [
        one["text"] for one in rows
    ]


def test_status(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """It says whom to ask and to remind, and names a question without an answer."""
    data("letter", "ask", "curie", "Annals award", "--due", "2027-01-10", "--plan")
    assert "Ask Marie Curie: Letter for Annals award" in invoke("status").out
    assert "Letter for Neuroradiology" not in invoke("status").out
    asked = "Letter for Neuroradiology fellowship: asked William Osler, MD 3 weeks ago, no answer"
    assert asked in " ".join(invoke("status", env=LATER).out.split())
    waiting = invoke("waiting", env=LATER).out
    assert asked in " ".join(waiting.split()) and f"mentorlog letter agreed {letter}" in waiting
    assert data("waiting", env=LATER)[0]["kind"] == "letter"
    soon = " ".join(invoke("status", env=SOON).out.split())
    assert "Remind William Osler, MD: Letter for Neuroradiology fellowship due Mon 1 Feb" in soon
    assert asked.partition(":")[2] not in soon


def test_packet(invoke: Run, data: Callable[..., Any], letter: str, journal_root: Path, tmp_path: Path) -> None:
    """All that its writer may see and needs, nobody else's name, to stdout or a file; nothing changes."""
    invoke("set", letter, "instructions=Upload it to the portal.")
    goal = data("goal", "add", "Submit case report", "--with", "osler", "--with", "curie")["id"]
    invoke("goal", "achieve", goal)
    invoke("goal", "add", "Show Curie the plates", "--with", "osler")
    invoke("goal", "progress", data("goal", "add", "Read films", "--with", "osler")["id"], "40")
    invoke("goal", "add", "Leave early", "--with", "osler", "--private")
    invoke("task", "done", data("task", "add", "Draft the abstract", "--from", "osler")["id"], "-m", "Accepted")
    invoke("task", "done", data("task", "add", "Order plates", "--from", "osler")["id"], "--on", "20 nov")
    invoke("task", "done", data("task", "add", "Count the plates", "--from", "curie")["id"])
    win = (
        "win",
        "It worked",
        "--with",
        "osler",
        "--section",
        "abstract",
        "--title",
        "A rare cause",
        "--state",
        "accepted",
    )
    invoke("share", data(*win)["id"], "--with", "mentor")
    invoke("meeting", "log", "osler", "--notes", "He was tired", "--on", "2 nov")
    before = content(journal_root)
    ran = invoke("letter", "packet", letter)

    assert content(journal_root) == before
    assert (
        ran.out
        == """\
Subject: Your letter for me: Neuroradiology fellowship

Dear William Osler,

Thank you for considering a letter for me. Here is what you may need;
please ask me for anything else.

For: Neuroradiology fellowship
It goes to: 12 programs
Due: Mon 1 Feb 2027
How to send it: Upload it to the portal.

My aims: A study of my own.

We met once since 2 Nov 2026.

Goals that I shared with you:
- Read films (40%)
- Submit case report (achieved, 23 Nov 2026)

What I did:
- Draft the abstract (23 Nov 2026): Accepted
- Order plates (20 Nov 2026)

From my CV, with you:
- 2026: A rare cause, accepted

Elizabeth Blackwell
"""
    )
    invoke("letter", "agreed", letter)
    assert "Thank you for writing a letter for me." in invoke("letter", "packet", letter).out
    invoke("undo")
    named, sent = ran.err.splitlines()
    assert named.startswith("Left out, as it names another mentor: g")
    assert sent == f"When you have sent it: mentorlog letter packet {letter} --sent"
    assert invoke("letter", "packet", letter).out == ran.out
    file = tmp_path / "packet.txt"
    assert (
        invoke("letter", "packet", letter, "-o", str(file)).out == f"Wrote the packet for letter {letter} to {file}\n"
    )
    assert file.read_text() == ran.out and file.stat().st_mode & 0o777 == 0o600
    found = data("letter", "packet", letter)
    assert found.keys() == {"letter", "mentors", "template", "text", "left_out", "path"} and found["text"] == ran.out


def test_what_names_others_in_aims(invoke: Run, letter: str) -> None:
    """Aims and instructions that name another mentor are left out, and named."""
    invoke("profile", "set", "aims=Work as Curie does")
    invoke("set", letter, "instructions=Marie Curie has the form")
    ran = invoke("letter", "packet", letter)
    assert "Curie" not in ran.out
    assert ran.err.splitlines()[:2] == [f"Left out, as it names another mentor: {one}" for one in (letter, "profile")]


def test_a_private_letter_and_a_patient(invoke: Run, data: Callable[..., Any], letter: str) -> None:
    """A private one has no packet, and one that may identify a patient is refused."""
    invoke("set", letter, "instructions=Mr. Pickwick, MRN 4711123")
    ran = invoke("letter", "packet", letter)
    assert (ran.exit, ran.out) == (1, "") and f"{letter} (instructions" in ran.err
    assert invoke("letter", "packet", letter, "--despite-lint").exit == 0
    private = data("letter", "ask", "curie", "Prize", *DUE, "--private")["id"]
    assert invoke("letter", "packet", private).err == (
        f"error: Letter {private} is private, so it has no packet.\n"
        f"hint: show it to its writer with: mentorlog share {private} --with mentor\n"
    )


@pytest.mark.parametrize("payload", [one for one in PAYLOADS.values() if "\ud800" not in one[0]], ids=ascii)
def test_hostile_texts(invoke: Run, data: Callable[..., Any], letter: str, payload: tuple[str, str]) -> None:
    """What a letter is for cannot act on a terminal, and is not read as a template."""
    hostile = f"{payload[0]} {{{{ to.__class__ }}}}"
    ran = invoke("letter", "ask", "curie", "-", *DUE, "--json", stdin=hostile)
    if ran.exit:  # it has a line end
        assert "line" in ran.err
        return
    for words in (("letter", "packet", ran.data["id"], "--despite-lint"), ("letter", "list"), ("status",)):
        out = invoke(*words).out
        assert not acts(out.replace("\u00ad", "").replace("\n", ""))
    assert "{{ to.__class__ }}" in " ".join(invoke("letter", "packet", ran.data["id"], "--despite-lint").out.split())
