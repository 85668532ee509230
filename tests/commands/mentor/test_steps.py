"""The other steps of a mentorship, as they are typed: activate, pause, fit, expect, cadence."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.mentor.conftest import EMPTY, Invoke, Keep, files
from factories import make_mentor


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["activate", "osler"], "William Osler is already active; nothing changed."),
        (["invite", "osler", "--answer", "yes"], "William Osler is already active; nothing changed."),
        (["cadence", "osler", "--off"], "The cadence with William Osler is already off; nothing changed."),
    ],
)
def test_what_is_so_already_is_no_operation(words: list[str], said: str, invoke: Invoke, osler: None) -> None:
    """It is said, exits 0, and leaves no trace in the history."""
    before = invoke("history").out

    ran = invoke("mentor", *words)

    assert (ran.exit, ran.out) == (0, said + "\n")
    assert invoke("history").out == before


@pytest.mark.parametrize(
    "words",
    [
        ["pause", "osler", "-m", "Leave"],
        ["fit", "osler", "not-good", "-m", "Cancels"],
        ["expect", "osler", "--mine", "A reply", "--asked", "today"],
        ["cadence", "osler", "--every", "3w"],
        ["end", "osler", "--kind", "completed"],
    ],
)
def test_every_change_is_taken_back_to_the_byte(
    words: list[str], invoke: Invoke, osler: None, journal_root: Path
) -> None:
    """One command, one operation, one undo; the JSON is the whole record."""
    before = files(journal_root)

    data = invoke("mentor", *words, "--json").data

    assert files(journal_root) != before
    assert {"record", "id", "name", *EMPTY} <= set(data)
    assert invoke("undo").exit == 0
    assert files(journal_root) == before


@pytest.mark.parametrize(
    "verb", ["invite", "activate", "pause", "end", "fit", "expect", "cadence", "agree", "agreement"]
)
def test_an_unknown_mentor_is_named(verb: str, invoke: Invoke) -> None:
    """Nothing is asked and nothing is saved."""
    ran = invoke("mentor", verb, "nobody", *(["good"] if verb == "fit" else []))

    assert ran.exit == 1
    assert "No mentor matches 'nobody'" in ran.err


def test_a_beginning_of_several_is_refused(invoke: Invoke, keep: Keep) -> None:
    """The candidates are listed."""
    keep(make_mentor(id="osler-2", name="Revere Osler"), make_mentor(id="oslo", name="Oslo Bergen"))

    ran = invoke("mentor", "pause", "osl")

    assert ran.exit == 1
    assert "osler-2 (Revere Osler)" in ran.err and "oslo (Oslo Bergen)" in ran.err


def test_fit_is_echoed_in_words(invoke: Invoke, osler: None) -> None:
    """`not-good` is not_good; another word is refused with the three."""
    assert invoke("mentor", "fit", "osler", "not-good", "--on", "fri").out == (
        "Recorded fit with William Osler: not good (Fri 20 Nov 2026)\n"
    )
    assert "good, deciding, not_good" in invoke("mentor", "fit", "osler", "fine").err
    assert "in the future" in invoke("mentor", "fit", "osler", "good", "--on", "tomorrow").err


def test_expect_takes_stdin_and_says_all(invoke: Invoke, osler: None) -> None:
    """What is expected is shown whole after each change; nothing to note is a usage error."""
    invoke("mentor", "expect", "osler", "--theirs", "-", stdin="Drafts two days before\n")

    ran = invoke("mentor", "expect", "osler", "--off-limits", "Family", "--asked", "fri")

    assert ran.out.splitlines() == [
        "Expectations with William Osler, asked on Fri 20 Nov 2026:",
        "  theirs: Drafts two days before",
        "  off limits: Family",
    ]
    assert invoke("mentor", "expect", "osler").exit == 2
    assert invoke("mentor", "expect", "osler", "--clear", "fit").exit == 1


def test_cadence_keeps_what_is_not_named(invoke: Invoke, keep: Keep) -> None:
    """Without any part the option is named; --off goes alone."""
    keep(make_mentor(every=28))

    assert invoke("mentor", "cadence", "osler", "--minutes", "30", "--mode", "coffee").out == (
        "Set the cadence with William Osler (every 4 weeks, coffee, 30 minutes)\n"
    )
    assert invoke("mentor", "cadence", "osler").exit == 2
    assert invoke("mentor", "cadence", "osler", "--off", "--every", "2w").exit == 2
