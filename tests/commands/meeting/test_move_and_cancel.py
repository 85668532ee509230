"""`mentorlog meeting move` and `cancel`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.meeting.conftest import HARD, Run, content, data, planned


def test_moving(invoke: Run, journal_root: Path) -> None:
    """From where to where, with the hour; the reason is kept; moving it nowhere is no operation."""
    id = planned(invoke)
    ran = invoke("meeting", "move", id[:3], "mon", "-m", "On call")
    moved = content(journal_root)
    again = invoke("meeting", "move", id, "mon")

    assert ran.out == (
        f"Moved meeting {id} with William Osler to Mon 30 Nov 2026, 14:00 (was Fri 27 Nov 2026, 14:00)\n"
    )
    assert data(invoke, "show", id)["notes"] == "Moved from Fri 27 Nov 2026, 14:00: On call"
    assert again.out == f"Meeting {id} with William Osler is already on Mon 30 Nov 2026, 14:00; nothing changed.\n"
    assert content(journal_root) == moved


def test_a_meeting_that_was_moved_is_about_what_was_said_in_it(invoke: Run) -> None:
    """Why it was moved is what it is about only where nothing else is known."""
    invoke("meeting", "plan", "curie", "--on", "fri")
    id = data(invoke, "meeting", "list", "--with", "curie")[0]["id"]
    invoke("meeting", "move", id, "today", "-m", "On call")
    before = invoke("meeting", "list", "--with", "curie").out
    invoke("meeting", "log", "curie", "Chose a journal")

    assert before.splitlines()[1].endswith("Moved from Fri 27 Nov 2026: On call")
    assert invoke("meeting", "list", "--with", "curie").out.splitlines()[1].endswith("  Chose a journal")


def test_cancelling(invoke: Run, journal_root: Path) -> None:
    """By me, by them, or missed; what is so already is said to be so."""
    id = planned(invoke)
    about = f"meeting {id} with William Osler on Fri 27 Nov 2026, 14:00"

    assert invoke("meeting", "cancel", id).out == f"Cancelled {about}\n"
    assert invoke("meeting", "cancel", id).out == f"M{about[1:]} is already cancelled; nothing changed.\n"
    assert invoke("meeting", "cancel", id, "--by-them", "-m", HARD).out == f"Cancelled {about} (by them)\n"
    assert data(invoke, "show", id)["cancelled_by"] == "them"
    assert data(invoke, "show", id)["notes"] == f"Cancelled by them: {HARD}"
    assert invoke("meeting", "cancel", id).out == f"M{about[1:]} is already cancelled; nothing changed.\n"
    assert data(invoke, "show", id)["cancelled_by"] == "them"
    before = content(journal_root)
    assert invoke("meeting", "cancel", id, "--missed").out == f"Marked {about} as missed\n"
    assert data(invoke, "show", id)["status"] == "missed"
    assert invoke("undo").exit == 0
    assert content(journal_root) == before


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (["cancel", "zz9"], 1, "No meeting matches 'zz9'."),
        (["cancel", "HELD"], 1, "was held, so it cannot be cancelled."),
        (["cancel", "HELD", "--missed"], 1, "was held, so it cannot be missed."),
        (["cancel", "HELD", "--missed", "--by-them"], 2, "cannot be used together"),
        (["move", "HELD", "fri"], 1, "was held, so it cannot be moved."),
        (["move", "HELD", "2026-11-01"], 1, "Sun 1 Nov 2026 is in the past."),
        (["move", "HELD", "someday"], 1, "'someday' is not a date."),
        (["move", "HELD"], 2, "Missing argument: DATE."),
        (["move", "g7k3q", "fri"], 1, "No meeting matches 'g7k3q'."),
        (["prep", "pasteur"], 1, "No mentor matches 'pasteur'."),
    ],
)
def test_what_cannot_be_done(words: list[str], exit: int, said: str, invoke: Run, journal_root: Path) -> None:
    """What took place stays a fact; what is not there is refused by name."""
    held = data(invoke, "meeting", "log", "osler")["id"]
    before = content(journal_root)
    ran = invoke("meeting", *[held if word == "HELD" else word for word in words])

    assert (ran.exit, ran.out) == (exit, "")
    assert said in ran.err
    assert content(journal_root) == before


def test_a_meeting_is_not_moved_onto_the_same_one(invoke: Run, journal_root: Path) -> None:
    """Two meetings with the same mentors at one time are one too many, whether planned or moved there."""
    first, second = planned(invoke), planned(invoke, "osler", "--on", "sat 14:00")
    before = content(journal_root)

    ran = invoke("meeting", "move", second, "fri")

    assert (ran.exit, content(journal_root)) == (1, before)
    assert ran.err == (
        f"error: Meeting {first} with William Osler is already planned for Fri 27 Nov 2026, 14:00.\n"
        f"hint: choose another time, or cancel that one: mentorlog meeting cancel {first}\n"
    )
    assert invoke("meeting", "move", second, "fri 15:00").exit == 0
