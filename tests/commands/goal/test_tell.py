"""`mentorlog goal tell`, as it is typed."""

from __future__ import annotations

from commands.goal.conftest import Invoke


def test_the_day_of_telling_counts(invoke: Invoke, people: None, goal: str) -> None:
    """Telling adds the mentor; the same day again is said and changes nothing; another day counts from then on."""
    told = invoke("goal", "tell", goal, "osl", "--on", "fri")
    again = invoke("goal", "tell", goal, "osler", "--on", "fri")
    later = invoke("goal", "tell", goal, "osler", "--json")

    assert told.out == f"Told William Osler about goal {goal}: Submit case report (Fri 20 Nov 2026)\n"
    assert again.out == (f"William Osler was already told about goal {goal} on Fri 20 Nov 2026; nothing changed.\n")
    assert later.data["mentors"] == [{"mentor": "osler", "told_on": "2026-11-23"}]
    assert len(invoke("history", "--json").data) == 4 + 1


def test_telling_is_not_in_the_future(invoke: Invoke, people: None, goal: str) -> None:
    """What happened lies behind."""
    ran = invoke("goal", "tell", goal, "osler", "--on", "tomorrow")

    assert (ran.exit, "is in the future" in ran.err) == (1, True)
