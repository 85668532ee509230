"""`mentorlog mentor scout` and `invite`, as they are typed."""

from __future__ import annotations

from pathlib import Path

from commands.mentor.conftest import Invoke, files


def test_a_candidate_is_asked_and_answers(invoke: Invoke) -> None:
    """Each step stands in the log with its day and words; a yes starts the mentorship."""
    invoke("mentor", "scout", "Marie Curie", "--where", "rounds", "--qualities", "Listens", "--on", "1 nov")
    invoke("mentor", "invite", "curie", "--channel", "email", "-m", "Statistics", "--on", "fri")
    ran = invoke("mentor", "invite", "curie", "--answer", "yes", "--json")

    assert (ran.data["met_via"], ran.data["qualities"], ran.data["started"]) == ("rounds", "Listens", "2026-11-23")
    assert ran.data["status_log"] == [
        {"on": "2026-11-01", "status": "candidate", "reason": None},
        {"on": "2026-11-20", "status": "invited", "reason": "email: Statistics"},
        {"on": "2026-11-23", "status": "active", "reason": None},
    ]


def test_a_referral_makes_another_candidate(invoke: Invoke, journal_root: Path) -> None:
    """One operation: who was asked has declined, who was named is a candidate introduced by them."""
    invoke("mentor", "scout", "Marie Curie")
    before = files(journal_root)

    ran = invoke("mentor", "invite", "curie", "--referral", "Florence Nightingale", "-m", "No time")
    other = invoke("show", "nightingale", "--json").data
    after = invoke("show", "curie", "--json").data
    invoke("undo")

    assert ran.out == (
        "Marie Curie referred you to mentor nightingale: Florence Nightingale (candidate, Mon 23 Nov 2026)\n"
    )
    assert (other["status"], other["introduced_by"]) == ("candidate", "curie")
    assert (after["status"], after["status_log"][-1]["reason"]) == (
        "declined",
        "referred me to Florence Nightingale: No time",
    )
    assert files(journal_root) == before


def test_a_referral_to_somebody_known_makes_nobody_new(invoke: Invoke, osler: None) -> None:
    """They keep their status, and now have somebody who introduced them; nobody is referred to themselves."""
    invoke("mentor", "scout", "Marie Curie")
    invoke("mentor", "invite", "curie", "--referral", "william osler")

    assert invoke("show", "osler", "--json").data["introduced_by"] == "curie"
    assert len(invoke("mentor", "list", "--all", "--json").data) == 2
    assert invoke("mentor", "invite", "curie", "--referral", "Marie Curie").exit == 1


def test_asking_twice_says_so(invoke: Invoke) -> None:
    """Without a new word nothing is noted, and the way to the answer is named."""
    invoke("mentor", "scout", "Marie Curie")
    invoke("mentor", "invite", "curie")

    ran = invoke("mentor", "invite", "curie")

    assert "already invited on Mon 23 Nov 2026; nothing changed." in ran.out and "--answer" in ran.out
    assert len(invoke("show", "curie", "--json").data["status_log"]) == 2


def test_whoever_is_not_in_the_journal_is_scouted_first(invoke: Invoke) -> None:
    """The hint has both ways in, with the name quoted for the shell."""
    ran = invoke("mentor", "invite", "Mary O'Hara")

    assert ran.exit == 1
    assert """mentorlog mentor scout 'Mary O'"'"'Hara'""" in ran.err and "mentorlog mentor add" in ran.err
