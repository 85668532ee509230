"""The recap of a meeting with mentees: I thank for the meeting, and they will do what was agreed."""

from __future__ import annotations

from commands.mentee.conftest import Invoke

NOTES = "- [ ] @me Send the slides\n- [ ] @noether Count the words"


def test_a_meeting_with_a_mentee(invoke: Invoke) -> None:
    """It thanks for the meeting, not for their time, and asks nothing as a favour."""
    invoke("meeting", "log", "noether", "--notes", NOTES)

    assert invoke("meeting", "recap", "noether").out == (
        "Subject: Our meeting on Mon 23 Nov 2026\n"
        "\n"
        "Dear Emmy Noether,\n"
        "\n"
        "Thank you for our meeting on Mon 23 Nov. Here is what I noted; please\n"
        "correct me where I am wrong.\n"
        "\n"
        "I will:\n"
        "- Send the slides\n"
        "\n"
        "You will:\n"
        "- Count the words\n"
    )


def test_a_meeting_with_a_mentor_too(invoke: Invoke) -> None:
    """Where a mentor is there, it is written as to a mentor."""
    invoke("meeting", "log", "noether", "osler", "--decision", "Annals first")

    assert "Thank you for your time" in invoke("meeting", "recap", "noether").out


def test_the_tasks_of_a_meeting(invoke: Invoke) -> None:
    """What a mentee will do is said as it is, and is no promise."""
    said = invoke("meeting", "log", "noether", "--notes", NOTES).out

    assert "Count the words (for Emmy Noether to do)" in said and "promised" not in said


def test_what_is_open_after_it(invoke: Invoke) -> None:
    """Theirs to do is what I gave them, and no promise; with a mentor there it is as with mentors."""
    shown = invoke("meeting", "after", "noether").out

    assert "What I gave them to do\n" in shown and "Read the review" in shown
    assert "promise" not in shown
