"""`mentorlog meeting after`, and the same in `meeting log`: from options and from lines of the notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.meeting.conftest import HARD, LATER, Run, content, data
from factories import TODAY, make_meeting, make_note, make_task
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.task import Letter, Round
from world import World

MEETING = "2026-11-23"


@pytest.fixture(autouse=True)
def prepared(world: World, people: None, keep: Callable[..., None]) -> None:
    """A meeting with William Osler that was held today, and what there was to prepare for it."""
    agenda = (AgendaItem(text="Choice of journal"), AgendaItem(text=HARD))
    records = (
        make_meeting(on=TODAY, id="m4k2p", agenda=agenda),
        make_task(id="t4m2x", title="Revise CV", assigned_by="osler"),
        make_task(id="t5k3w", title="Send protocol", owner="osler"),
        make_task(id="t7h8j", status="submitted", assigned_by="osler", rounds=(Round(sent=TODAY),)),
        make_note(id="nbbbb", kind="change", text="On nights until May"),
    )
    world.filled("after", lambda: keep(*records))


def test_one_command_does_what_six_do(invoke: Run, journal_root: Path) -> None:
    """The files are the same after it as after a command for each record; one undo takes all of it back."""
    before = content(journal_root)
    six = (
        ("note", "close", "n4m2x", "-m", "The Annals"),
        ("goal", "tell", "g7k3q", "osler"),
        ("note", "tell", "nbbbb", "osler"),
        ("task", "done", "t5k3w"),
        ("task", "return", "t7h8j"),
        ("task", "done", "t4m2x"),
    )
    for words in six:
        assert invoke(*words, "--on", MEETING).exit == 0
    wanted = content(journal_root)
    invoke("undo", "6", "--yes")
    assert content(journal_root) == before

    options = ("--answered", "n4m2x=The Annals", "--told", "all", "--kept", "t5k3w,t7h8j", "--done", "t4m2x")
    ran = invoke("meeting", "after", "osler", *options, env=LATER)

    assert ran.out.splitlines() == [
        "Answered question n4m2x: Which journal? (Mon 23 Nov 2026)",
        "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)",
        "Told William Osler about note nbbbb: On nights until May (Mon 23 Nov 2026)",
        "Finished task t5k3w: Send protocol (Mon 23 Nov 2026)",
        "Recorded the return of task t7h8j: Draft abstract (Mon 23 Nov 2026)",
        "Finished task t4m2x: Revise CV (Mon 23 Nov 2026)",
    ]
    assert content(journal_root) == wanted
    assert invoke("undo").out.startswith("Undone: meeting after: meeting m4k2p with William Osler (")
    assert content(journal_root) == before


def test_all_of_each_kind(invoke: Run) -> None:
    """`all` is what the preparation held: promises and drafts with them for --kept, what I owe for --done."""
    found = data(invoke, "meeting", "after", *["--told", "all", "--kept", "all", "--done", "all", "--discussed", "all"])

    assert [(one["id"], one.get("status")) for one in found["updated"]] == [
        ("g7k3q", "active"),
        ("nbbbb", "open"),
        ("t5k3w", "done"),
        ("t7h8j", "doing"),
        ("t4m2x", "done"),
    ]
    assert [point["done"] for point in found["agenda"]] == [True, True]
    assert data(invoke, "meeting", "after")["questions"][0]["id"] == "n4m2x"  # an answer is never made up


def test_a_point_of_the_agenda(invoke: Run) -> None:
    """By its number on the agenda, which the list shows; the text is as it was written."""
    assert "\n  2  [/b] =1+1 " in invoke("meeting", "after", "osler").out
    assert invoke("meeting", "after", "osler", "--discussed", "2").out == f"Discussed: {HARD}\n"
    assert [one["number"] for one in data(invoke, "meeting", "after", "osler")["agenda"]] == [1]


def test_without_options_it_lists_what_is_open(invoke: Run, journal_root: Path) -> None:
    """Without a terminal it asks nothing and changes nothing."""
    before = content(journal_root)
    assert invoke("meeting", "after", "m4k2p").out.splitlines() == [
        "After meeting m4k2p with William Osler",
        "",
        "My questions",
        "  1  n4m2x  Which journal?",
        "",
        "To tell them",
        "  1  g7k3q  Submit case report",
        "  2  nbbbb  On nights until May, Mon 23 Nov",
        "",
        "What they promised",
        "  1  t5k3w  Send protocol",
        "  2  t7h8j  Draft abstract: with them since today",
        "",
        "What I owe",
        "  3  t4m2x  Revise CV",
        "",
        "Agenda",
        "  1  Choice of journal",
        f"  2  {HARD}",
    ]
    found = data(invoke, "meeting", "after")
    assert list(found) == ["meeting", "mentoring", "questions", "to_tell", "promises", "assignments", "agenda"]
    assert content(journal_root) == before


def test_what_came_up_after_the_meeting_is_left_out(invoke: Run) -> None:
    """A question, a goal or a change of a later day was not settled there, nor a task that was agreed at it."""
    invoke("ask", "osler", "And then?", env=LATER)
    invoke("goal", "add", "Teach", "--with", "osler", env=LATER)
    invoke("note", "add", "Moved", "--kind", "change", env=LATER)
    invoke("task", "add", "Write it", "--from", "osler", "--meeting", "m4k2p")
    found = data(invoke, "meeting", "after", "m4k2p", env=LATER)

    assert {name: [one["id"] for one in found[name]] for name in ("questions", "to_tell", "assignments")} == {
        "questions": ["n4m2x"],
        "to_tell": ["g7k3q", "nbbbb"],
        "assignments": ["t4m2x"],
    }


def test_a_letter_that_was_not_asked_for_yet(invoke: Run, keep: Callable[..., None]) -> None:
    """Nobody keeps a promise that they have not made."""
    asked = {"id": "t2222", "letter": Letter(**{"for": "a fellowship", "asked_on": TODAY})}
    keep(make_task(owner="osler", **asked), make_task(id="t3333", owner="osler", letter=Letter(**{"for": "a grant"})))
    invoke("meeting", "after", "osler", "--kept", "all")

    assert data(invoke, "show", "t2222")["letter"]["received_on"] == MEETING
    assert data(invoke, "show", "t3333")["status"] == "todo"


def test_nothing_open(invoke: Run) -> None:
    """It says so."""
    held = data(invoke, "meeting", "log", "curie", "--notes", "Met", "--told", "nbbbb")["id"]
    ran = invoke("meeting", "after", "curie")

    assert (ran.exit, ran.out) == (0, f"Nothing is open after meeting {held} with Marie Curie.\n")


def test_several_mentors(invoke: Run, keep: Callable[..., None]) -> None:
    """What was prepared for any of them; those whom a goal concerns are told, a change concerns all."""
    keep(make_meeting(on=TODAY, id="m5k2p", mentors=("osler", "curie"), kind="group"))
    assert "  2  nbbbb  On nights until May, Mon 23 Nov (William Osler and Marie Curie)\n" in (
        invoke("meeting", "after", "m5k2p").out
    )
    assert "William Osler: Send protocol" in invoke("meeting", "after", "m5k2p").out
    ran = invoke("meeting", "after", "m5k2p", "--told", "all")

    assert ran.out.splitlines() == [
        "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)",
        "Told William Osler and Marie Curie about note nbbbb: On nights until May (Mon 23 Nov 2026)",
    ]
    assert [one["mentor"] for one in data(invoke, "show", "g7k3q")["mentors"]] == ["osler"]
    again = invoke("meeting", "after", "m5k2p", "--told", "nbbbb", "--kept", "t5k3w").out.splitlines()
    assert again[0] == "William Osler and Marie Curie were already told about note nbbbb; nothing changed."


def test_a_goal_of_nobody_there(invoke: Run, keep: Callable[..., None]) -> None:
    """As with `goal tell`, whoever is told about a goal shares it."""
    keep(make_meeting(on=TODAY, id="m5k2p", mentors=("curie",)))
    invoke("meeting", "after", "m5k2p", "--told", "g7k3q")

    shares = data(invoke, "show", "g7k3q")["mentors"]
    assert [(one["mentor"], one["told_on"]) for one in shares] == [("osler", None), ("curie", MEETING)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--answered n4m2x", "error: 'n4m2x' is not an answer."),
        ("--answered n4m2x=", "error: 'n4m2x=' is not an answer."),
        ("--answered nzzzz=Yes", "error: No note matches 'nzzzz'."),
        ("--answered n9999=Yes", "error: Note n9999 is not a question (reflection)."),
        ("--told t4m2x", "error: No goal or note matches 't4m2x'."),
        ("--kept t4m2x", "error: Task t4m2x is yours, and no draft of it is with them."),
        ("--done g7k3q", "error: No task matches 'g7k3q'."),
        ("--done t9999", "error: Task t9999 is dropped."),
        ("--discussed 3", "error: The agenda has no point 3."),
        ("--discussed third", "error: 'third' is not a whole number from 1 to 999."),
    ],
)
def test_bad_input(words: str, said: str, invoke: Run, keep: Callable[..., None], journal_root: Path) -> None:
    """A sentence and a hint, and nothing is half saved; `meeting log` says the same before it opens an editor."""
    keep(make_note(id="n9999", kind="reflection"), make_task(id="t9999", status="dropped"))
    before = content(journal_root)
    for command in (("after", "osler"), ("log", "osler", "--new", "--edit")):
        ran = invoke("meeting", *command, "--told", "all", *words.split(), env={"EDITOR": "false"})

        assert (ran.exit, ran.out) == (1, "")
        assert ran.err.splitlines()[0] == said
        assert content(journal_root) == before


@pytest.mark.parametrize(
    ("status", "said", "hint"),
    [
        ("planned", "is planned, so there is nothing to record after it.", "log it first: mentorlog meeting log osler"),
        ("missed", "is missed, so there is nothing to record after it.", "see the meetings that were held: mentorlog"),
        ("cancelled", "is cancelled, so there is nothing to record after it.", "see the meetings that were held: "),
    ],
)
def test_only_after_a_meeting_that_was_held(
    status: str, said: str, hint: str, invoke: Run, keep: Callable[..., None]
) -> None:
    """The hint works when it is pasted."""
    keep(make_meeting(on=TODAY, id="m5k2p", status=status))
    ran = invoke("meeting", "after", "m5k2p", "--told", "all")

    assert ran.exit == 1
    assert f"Meeting m5k2p {said}\nhint: {hint}" in ran.err


def test_no_meeting_yet(invoke: Run) -> None:
    """With nobody, or not with that mentor."""
    assert "No meeting with Marie Curie was held yet." in invoke("meeting", "after", "curie").err
    invoke("delete", "m4k2p", "--yes")
    assert "No meeting was held yet." in invoke("meeting", "after").err


def test_an_answer_from_stdin(invoke: Run) -> None:
    """`-` in place of the text."""
    invoke("meeting", "after", "--answered", "n4m2x=-", stdin="Both, and\nhe is last\n")

    assert data(invoke, "show", "n4m2x")["outcome"] == "Both, and\nhe is last\n"


# With `meeting log`


def test_the_options_of_meeting_log(invoke: Run, journal_root: Path, keep: Callable[..., None]) -> None:
    """The meeting and what it settled are one operation."""
    keep(make_meeting(on=TODAY, id="m5k2p", status="planned", agenda=(AgendaItem(text="The poster"),)))
    before = content(journal_root)
    options = (
        "--answered",
        "n4m2x=The Annals",
        "--told",
        "all",
        "--kept",
        "all",
        "--done",
        "t4m2x",
        "--discussed",
        "1",
    )
    ran = invoke("meeting", "log", "osler", "Short and good", *options)

    assert ran.out.splitlines() == [
        "Logged meeting m5k2p with William Osler (Mon 23 Nov 2026, as planned)",
        "Answered question n4m2x: Which journal? (Mon 23 Nov 2026)",
        "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)",
        "Told William Osler about note nbbbb: On nights until May (Mon 23 Nov 2026)",
        "Finished task t5k3w: Send protocol (Mon 23 Nov 2026)",
        "Recorded the return of task t7h8j: Draft abstract (Mon 23 Nov 2026)",
        "Finished task t4m2x: Revise CV (Mon 23 Nov 2026)",
        "Discussed: The poster",
    ]
    invoke("undo")
    assert content(journal_root) == before


LINES = """We chose the journal.
n4m2x: The Annals: me first,
  he last

- x g7k3q
- [x] nbbbb
* X t5k3w: By post
1. x t7h8j: Shorten it
t4m2x: is nearly done
n4m2y: Who?
g7k3q was the topic
tests: fine
> x t4m2x

    x t4m2x
"""


def test_lines_that_begin_with_an_id(invoke: Run) -> None:
    """An answer after a colon; a tick for what was told, kept or returned; what does nothing is reported."""
    ran = invoke("meeting", "log", "osler", "-", "--new", stdin=LINES)
    (id,) = (one["id"] for one in data(invoke, "meeting", "list", "--with", "osler") if one["id"] != "m4k2p")

    assert ran.out.splitlines() == [
        f"Logged meeting {id} with William Osler (Mon 23 Nov 2026)",
        "Answered question n4m2x: Which journal? (Mon 23 Nov 2026)",
        "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)",
        "Told William Osler about note nbbbb: On nights until May (Mon 23 Nov 2026)",
        "Finished task t5k3w: Send protocol (Mon 23 Nov 2026)",
        "Recorded the return of task t7h8j: Draft abstract (Mon 23 Nov 2026)",
    ]
    assert ran.err.splitlines() == [
        "Line 9 of the notes changed nothing: t4m2x is not ticked (write it like: x t4m2x)",
        "Line 10 of the notes changed nothing: No record matches 'n4m2y' (search: mentorlog search n4m2y)",
        "Line 11 of the notes changed nothing: g7k3q is not ticked (write it like: x g7k3q)",
        f"The notes are saved; correct a line with: mentorlog edit {id}",
    ]
    assert data(invoke, "show", "n4m2x")["outcome"] == "The Annals: me first, he last"
    assert data(invoke, "show", "t5k3w")["outcome"] == "By post"
    assert data(invoke, "show", "t7h8j")["rounds"][0]["comment"] == "Shorten it"
    assert data(invoke, "show", id)["notes"] == LINES


def test_a_line_is_read_once(invoke: Run, world: World, journal_root: Path) -> None:
    """Correcting other lines of the notes does not repeat what a line has done; a new line is read."""
    editor = world.root / "bin" / "hx"
    editor.write_text('#!/bin/sh\nprintf "n4m2x: The Annals\\n" >> "$1"\n')
    editor.chmod(0o755)
    first = invoke("edit", "m4k2p", env={"EDITOR": str(editor)})
    invoke("note", "reopen", "n4m2x")
    editor.write_text('#!/bin/sh\nprintf "x t5k3w\\n" >> "$1"\n')
    found: Any = data(invoke, "edit", "m4k2p", env={"EDITOR": str(editor)})

    assert "Answered question n4m2x: Which journal? (Mon 23 Nov 2026)\n" in first.out
    assert [one["id"] for one in found["updated"]] == ["t5k3w"]
    assert data(invoke, "show", "n4m2x")["status"] == "open"


def test_the_notes_of_a_plan_settle_nothing(invoke: Run) -> None:
    """What was written before the meeting is preparation."""
    invoke("meeting", "plan", "curie", "--on", "today", "--notes", "n4m2x: ask her too")
    invoke("meeting", "log", "curie", "--notes", "Met")

    assert data(invoke, "show", "n4m2x")["status"] == "open"
