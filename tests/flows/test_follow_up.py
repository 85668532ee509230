"""The walk after a meeting, on a real pseudo-terminal: whole, interrupted, resumed, and offered by `meeting log`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.models.meeting import AgendaItem
from reviewed import open_journal
from terminal import Terminal
from world import Ran, World

LAST_WEEK = TODAY - timedelta(7)
Start = Callable[..., Terminal]
Run = Callable[..., Ran]

ANSWERS = [
    ("What were the answers?", "1 me first"),
    ("What were the answers?", "3: me first"),
    ("What were the answers?", "1: me first: he last"),
    ("What were the answers?", "n9: In May"),
    ("What were the answers?", "n9ccc: In June"),
    ("What were the answers?", ""),
    ("What did you tell them?", "all"),
    ("Which of these are done?", "t4, 5"),
    ("Which of these are done?", "2 t5k3w"),
    ("Did you discuss it?", "y"),
]


@pytest.fixture(autouse=True)
def sample(world: World, journal_root: Path) -> Path:
    """A meeting that was held today, another mentor of whom nothing is known, and what there was to prepare."""

    def fill() -> None:
        journal = open_journal(journal_root)
        for record in (
            make_mentor(),
            make_mentor(id="curie", name="Marie Curie"),
            make_goal(id="g7k3q", mentors=["osler"]),
            make_note(id="n4m2x", kind="question", text="Who is first?", mentors=("osler",), on=LAST_WEEK),
            make_note(id="n9ccc", kind="question", text="May I shadow you?", mentors=("osler",)),
            make_note(id="nbbbb", kind="change", text="On nights", mentors=("osler",)),
            make_task(id="t5k3w", title="Send protocol", owner="osler"),
            make_task(id="t4m2x", title="Revise CV", assigned_by="osler"),
            make_meeting(id="m4k2p", on=TODAY, agenda=(AgendaItem(text="Choice of journal"),)),
        ):
            journal.add(record, name="keep")

    world.filled("follow up", fill)
    return journal_root


@pytest.fixture
def draft(journal_root: Path) -> Path:
    """Where the answers so far are saved."""
    return journal_root / ".mentorlog" / "drafts" / "after-m4k2p.toml"


def states(invoke: Run, *ids: str) -> dict[str, Any]:
    """The status of each record."""
    return {id: invoke("show", id, "--json").data["status"] for id in ids}


def test_a_whole_walk(terminal: Start, invoke: Run, draft: Path) -> None:
    """At most four questions; numbers, ids, their beginnings or all; what cannot be an answer is asked again."""
    screen = terminal("meeting", "after", "osler")
    for question, answer in ANSWERS:
        screen.answer(question, answer)

    assert screen.end() == 0
    assert not draft.exists()
    for said in ("There is no answer in '1 me first'.", "'3' is not one of these.", "'5' is not one of these."):
        assert said in screen.text
    assert screen.everything[-7:] == [
        "Answered question n4m2x: Who is first? (Mon 23 Nov 2026)",
        "Answered question n9ccc: May I shadow you? (Mon 23 Nov 2026)",
        "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)",
        "Told William Osler about note nbbbb: On nights (Mon 23 Nov 2026)",
        "Finished task t5k3w: Send protocol (Mon 23 Nov 2026)",
        "Finished task t4m2x: Revise CV (Mon 23 Nov 2026)",
        "Discussed: Choice of journal",
    ]
    assert invoke("show", "n4m2x", "--json").data["outcome"] == "me first: he last"
    assert invoke("show", "n9ccc", "--json").data["outcome"] == "In June"
    assert invoke("undo", "--yes").exit == 0
    assert states(invoke, "n4m2x", "t5k3w", "t4m2x") == {"n4m2x": "open", "t5k3w": "todo", "t4m2x": "todo"}


def test_an_interrupted_walk_goes_on(terminal: Start, invoke: Run, draft: Path) -> None:
    """Ctrl-C changes nothing; the answers are saved, status names the command, and nothing is asked twice."""
    screen = terminal("meeting", "after", "osler")
    screen.answer("What were the answers?", "2: In May").answer("What were the answers?", "")
    screen.answer("What did you tell them?", "2")
    screen.wait_for_question("Which of these are done?").press("ctrl-c")

    assert screen.end() == 130
    assert "your answers are saved; continue with: mentorlog meeting after m4k2p" in " ".join(screen.everything)
    assert states(invoke, "n9ccc") == {"n9ccc": "open"}
    (unsaved,) = invoke("status", "--json").data["unsaved_texts"]
    assert unsaved == {"path": str(draft), "command": "mentorlog meeting after m4k2p"}

    invoke("note", "close", "nbbbb")
    screen = terminal("meeting", "after", "m4k2p")
    screen.answer("Which of these are done?", "").answer("Did you discuss it?", "")
    assert screen.end() == 0
    assert "Continuing with your saved answers." in screen.text
    assert "What did you tell them?" not in screen.text
    assert screen.everything[-1] == "Answered question n9ccc: May I shadow you? (Mon 23 Nov 2026)"
    assert not draft.exists()


def test_a_walk_without_answers(terminal: Start, draft: Path, invoke: Run) -> None:
    """Enter at every question changes nothing and says so."""
    screen = terminal("meeting", "after")
    for question in ("What were the answers?", "What did you tell them?", "Which of these are done?", "Did you"):
        screen.answer(question)

    assert screen.end() == 0
    assert screen.everything[-1] == "No answers; nothing changed."
    assert not draft.exists()


def test_answers_that_somebody_has_broken(terminal: Start, draft: Path) -> None:
    """They are set aside, and the walk begins again."""
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("told = [")
    screen = terminal("meeting", "after", "osler")
    screen.answer("What were the answers?").answer("What did you tell them?", "1")
    screen.answer("Which of these are done?").answer("Did you discuss it?")

    assert screen.end() == 0
    assert "Your earlier answers cannot be read; they are in" in screen.text
    assert draft.with_name("after-m4k2p-2.toml").read_text() == "told = ["


def test_answers_of_another_kind_are_not_taken(terminal: Start, draft: Path) -> None:
    """What a file of answers says is checked as if it were typed."""
    draft.parent.mkdir(exist_ok=True)
    draft.write_text('asked = ["questions", "to_tell", "tasks"]\nanswered = 3\ntold = ["t4m2x", "g7k3q"]\ndone = [1]\n')
    screen = terminal("meeting", "after", "osler")
    screen.answer("Did you discuss it?")

    assert screen.end() == 0
    assert screen.everything[-1] == "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)"


# Offered by `meeting log`


def test_it_is_offered(terminal: Start, invoke: Run) -> None:
    """After a meeting was logged, with what there is; the meeting is an operation of its own."""
    screen = terminal("meeting", "log", "osler", "We met again")
    screen.answer("Go through what was open (2 questions, 2 things to tell, 1 promise and 1 task)?")
    screen.answer("What were the answers?").answer("What did you tell them?", "1").answer("Which of these are done?")

    assert screen.end() == 0
    assert "Told William Osler about goal g7k3q: Submit case report (Mon 23 Nov 2026)" in screen.text
    named = [one["name"].partition(":")[0] for one in invoke("history", "--json").data[:2]]
    assert named == ["meeting after", "meeting log"]


@pytest.mark.parametrize("typed", ["Me: he last", "1: Me: he last", "n4m2x: Me: he last"])
def test_the_answer_to_the_only_question(typed: str, terminal: Start, invoke: Run) -> None:
    """It may have the number that is shown, or the id, in front, as where there are several."""
    invoke("note", "close", "n9ccc")
    screen = terminal("meeting", "after", "osler")
    screen.answer("What was the answer?", typed).answer("What did you tell them?").answer("Which of these are done?")
    screen.answer("Did you discuss it?")

    assert screen.end() == 0
    assert invoke("show", "n4m2x", "--json").data["outcome"] == "Me: he last"


def test_notes_are_saved_where_the_terminal_is_closed_during_the_walk(
    terminal: Start, invoke: Run, tmp_path: Path, draft: Path
) -> None:
    """What was written in the editor is in the meeting, so nothing says that it is unsaved."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "We met again" >> "$1"\n')
    editor.chmod(0o755)
    screen = terminal("meeting", "log", "osler", env={"EDITOR": str(editor)})
    screen.wait_for("Go through what was open")
    screen.kill()

    assert "We met again" in invoke("meeting", "list", "--json").out
    assert not draft.parent.exists() or [one.name for one in draft.parent.iterdir()] == []
    assert "nsaved" not in invoke("status").out + invoke("doctor").out


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["n"], "To do it later: mentorlog meeting after m"),
        ([None], "The meeting is saved; continue with: mentorlog meeting after m"),
        (["y", "1: me", None], "The meeting is saved; continue with: mentorlog meeting after m"),
        (["y", "", "", ""], "No answers; nothing changed."),
    ],
)
def test_the_meeting_is_saved_whatever_is_answered(
    answers: list[str | None], said: str, terminal: Start, invoke: Run
) -> None:
    """Ctrl-C and no leave what was logged, and say how to go on."""
    screen = terminal("meeting", "log", "osler", "We met again")
    screen.wait_for("[Y/n]")
    for answer in answers:
        screen.rest()
        screen.press("ctrl-c") if answer is None else screen.type(answer).press("enter")

    assert screen.end() == 0
    assert said in screen.text
    assert len(invoke("meeting", "list", "--json").data) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("meeting", "log", "curie", "We met again"),
        ("meeting", "log", "osler", "We met again", "--told", "g7k3q"),
        ("meeting", "log", "osler", "We met again", "--no-input"),
        ("meeting", "log", "osler", "We met again", "--json"),
        ("meeting", "after", "osler", "--no-input"),
        ("meeting", "after", "osler", "--json"),
    ],
)
def test_nothing_is_asked(words: tuple[str, ...], terminal: Start) -> None:
    """Where there is nothing to go through, where an option has said it, and where nobody may be asked."""
    screen = terminal(*words, lines=60)

    assert screen.end() == 0
    assert "Go through" not in screen.text
    assert "(numbers or all" not in screen.text


def test_forty_columns(terminal: Start) -> None:
    """Every line fits, and a long text goes on below itself."""
    screen = terminal("meeting", "after", "osler", columns=40)
    screen.answer("What were the answers?").answer("What did you tell them?").answer("Which of these are done?")
    screen.answer("Did you discuss it?")

    assert screen.end() == 0
    at = screen.everything.index("  2  nbbbb  On nights, Mon 23 Nov")
    assert screen.everything[at + 1] == "What did you tell them? (numbers or"
