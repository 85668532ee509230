"""`mentorlog mentor end`, as it is typed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.mentor.conftest import Invoke, files
from mentorlog import vocabulary
from terminal import Terminal


def test_end_hands_over_in_one_operation(invoke: Invoke, people: None, journal_root: Path) -> None:
    """Goals get the new mentor for the old one; promises change owner; who assigned stays; undo restores all."""
    before = files(journal_root)

    ran = invoke("mentor", "end", "osler", "--kind", "moved", "--hand-to", "curie", "--promises-to", "me")
    goal, promise = invoke("show", "g2345", "--json").data, invoke("show", "t2345", "--json").data
    invoke("undo")

    assert ran.out.splitlines() == [
        "Ended the mentorship with William Osler (moved, Mon 23 Nov 2026)",
        "Handed goal g2345 to Marie Curie: Submit case report (not told yet)",
        "Handed their promise t2345 to me: Send the protocol",
        "Still open with William Osler:",
        "  my task t3456: Draft abstract",
    ]
    assert "mentorlog meeting cancel m2345" in ran.err
    assert goal["mentors"] == [{"mentor": "curie", "told_on": None}]
    assert (promise["owner"], promise["assigned_by"]) == ("me", "curie")
    assert files(journal_root) == before


def test_end_says_who_was_told(invoke: Invoke, people: None) -> None:
    """An heir who has long been told of a goal is told; who left is on no list of that goal, and untold nowhere.

    The members of the kind: one heir, two of whom one was told, a goal that nobody takes over, somebody who declines.
    """
    invoke("goal", "tell", "g2345", "curie", "--on", "2 nov")
    one = invoke("mentor", "end", "osler", "--kind", "moved", "--hand-to", "curie").out
    assert "Handed goal g2345 to Marie Curie: Submit case report (told on Mon 2 Nov 2026)\n" in one
    assert [share["mentor"] for share in invoke("show", "g2345", "--json").data["mentors"]] == ["curie"]
    assert invoke("goal", "list", "--json").data[0]["untold"] == []
    assert invoke("show", "g2345", "--json").data["history"][-1]["old"].startswith("osler")
    assert invoke("goal", "list", "--with", "osler").out == "No goals match.\n"

    invoke("undo")
    invoke("mentor", "scout", "Wilhelm Röntgen")
    two = invoke("mentor", "end", "osler", "--kind", "moved", "--hand-to", "curie,rontgen").out
    assert "(Marie Curie told on Mon 2 Nov 2026, Wilhelm Röntgen not told yet)" in two

    declined = invoke("mentor", "invite", "rontgen", "--answer", "no").out
    assert declined.splitlines()[1:] == ["Still open with Wilhelm Röntgen:", "  goal g2345: Submit case report"]


def test_end_drops_promises_by_choice_only(invoke: Invoke, people: None) -> None:
    """Without a choice they stay, and are named as open."""
    kept = invoke("mentor", "end", "osler", "--kind", "moved", "--json").data
    dropped = invoke("mentor", "end", "osler", "--drop-promises").out

    assert kept["open"] == {"goals": ["g2345"], "promises": ["t2345"], "tasks": ["t3456"], "meetings": ["m2345"]}
    assert "Dropped their promise t2345" in dropped
    assert invoke("show", "t2345", "--json").data["status"] == "dropped"


def test_staying_in_touch_may_slow_down(invoke: Invoke, people: None) -> None:
    """The status is its own, and the cadence another one."""
    ran = invoke("mentor", "end", "osler", "--kind", "completed", "--stay-in-touch", "--every", "6 months")

    assert ran.out.startswith(
        "Ended the mentorship with William Osler (completed, Mon 23 Nov 2026, staying in touch, every 180 days)\n"
    )
    assert invoke("mentor", "end", "curie", "--kind", "moved", "--every", "2w").exit == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], 2, "--kind"),
        (["--kind", "bored"], 1, "Unknown kind 'bored'.\nhint: one of"),
        (["--kind", "moved", "--hand-to", "osler"], 1, "cannot take over from themselves"),
        (["--kind", "moved", "--hand-to", "nobody"], 1, "No mentor matches 'nobody'"),
        (["--kind", "moved", "--promises-to", "curie", "--drop-promises"], 2, "cannot be used together"),
        (["--kind", "moved", "--on", "tomorrow"], 1, "in the future"),
    ],
)
def test_end_refuses(
    words: list[str], status: int, said: str, invoke: Invoke, people: None, journal_root: Path
) -> None:
    """What is wrong or missing is named, and nothing is half done."""
    before = files(journal_root)

    ran = invoke("mentor", "end", "osler", *words)

    assert ran.exit == status
    assert said in ran.err
    assert files(journal_root) == before


def test_an_end_that_says_nothing_new_changes_nothing(invoke: Invoke, osler: None) -> None:
    """A lesson that comes later is added to the closure; the same words again are not."""
    invoke("mentor", "end", "osler", "--kind", "moved")
    later = invoke("mentor", "end", "osler", "--lesson", "Ask earlier", "--json").data
    again = invoke("mentor", "end", "osler", "--lesson", "Ask earlier")

    assert later["closure"][0]["lesson"] == "Ask earlier"
    assert "nothing changed" in again.out


def test_end_asks_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """How it ends and when come first; then what is open is shown, who takes over, whether to stay in touch, texts."""
    screen = terminal("mentor", "end", "osler")
    screen.answer("How did it end", "moved").answer("On what day", "sun")
    screen.answer("take over the goals", "curie").answer("takes over the promises", "drop").answer("Stay in touch?")
    screen.answer("What worked", "Short meetings").answer("What did not")
    screen.answer("did you learn", "Ask earlier").answer("Save this?")

    assert screen.end() == 0
    asked = ["How did it end", "Open with William Osler", "take over the goals", "What worked"]
    places = [screen.text.index(words) for words in asked]
    assert places == sorted(places)
    assert "goal g2345: Submit case report" in screen.text and "Dropped their promise t2345" in screen.text
    closure = invoke("show", "osler", "--json").data["closure"][-1]
    assert (closure["worked"], closure["did_not"], closure["lesson"]) == ("Short meetings", None, "Ask earlier")
    assert (closure["handed_to"], closure["on"]) == (["curie"], "2026-11-22")


def test_ctrl_c_at_a_question_changes_nothing(
    terminal: Callable[..., Terminal], people: None, journal_root: Path
) -> None:
    """Every answer so far is forgotten with it."""
    before = files(journal_root)

    screen = terminal("mentor", "end", "osler")
    screen.answer("How did it end", "moved").answer("On what day").answer("take over the goals", "curie")
    screen.wait_for("takes over the promises").press("ctrl-c")

    assert screen.end() == 130
    assert files(journal_root) == before


def test_who_cannot_take_over_is_refused_at_once(terminal: Callable[..., Terminal], people: None) -> None:
    """An option is looked at before anything is asked; an answer is asked for again."""
    screen = terminal("mentor", "end", "osler", "--promises-to", "nobody")
    assert screen.end() == 1
    assert "How did it end" not in screen.text

    screen = terminal("mentor", "end", "osler")
    screen.answer("How did it end", "moved").answer("On what day").answer("take over the goals", "osler")
    screen.answer("cannot take over from themselves").answer("takes over the promises", "me").answer("Stay in touch?")
    screen.answer("What worked").answer("What did not").answer("did you learn").answer("Save this?")
    assert screen.end() == 0


def test_the_endings_are_explained(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """CASES B5: `no_fault` and `conduct` have a few words of help, the same in --help."""
    screen = terminal("mentor", "end", "osler").wait_for_question("How did it end?")
    help = " ".join(invoke("mentor", "end", "--help").out.split())

    for word, meaning in vocabulary.ENDING_MEANINGS.items():
        assert f"{word} {meaning}" in " ".join(screen.text.split())
        assert f"{word} ({meaning})" in help


def test_an_end_is_shown_and_can_be_changed(
    terminal: Callable[..., Terminal], invoke: Invoke, people: None, journal_root: Path
) -> None:
    """CASES B5, as at the end of a review: any answer again, then one operation; a wrong day is asked again."""
    before = files(journal_root)
    screen = terminal("mentor", "end", "osler", lines=60)
    screen.answer("How did it end", "no").answer("On what day", "tomorrow").answer("On what day", "fri")
    screen.answer("take over the goals").answer("takes over the promises").answer("Stay in touch?", "y")
    screen.answer("How often", "12 weeks").answer("What worked").answer("What did not").answer("did you learn", "Ask")
    screen.answer("Save this?", "nothing such").answer("Save this?", "kind").answer("How did it end", "con")
    screen.answer("Save this?", "lesson").answer("did you learn").answer("Save this?", "in touch")
    screen.answer("Stay in touch?", "n").wait_for_question("Save this?")

    assert files(journal_root) == before
    said = screen.text[screen.text.rindex("The mentorship with William Osler:") :]
    assert "  ended: conduct, Fri 20 Nov 2026\n" in said
    assert "  goals: stay as they are\n  their promises: stay as they are\n  lesson: Ask\n" in said
    screen.answer("Save this?")
    assert screen.end() == 0
    found = invoke("show", "osler", "--json").data
    assert (found["status"], found["closure"][-1]["kind"], found["closure"][-1]["on"]) == (
        "ended",
        "conduct",
        "2026-11-20",
    )
    assert invoke("undo").exit == 0
    assert files(journal_root) == before


def test_an_end_that_is_not_saved_can_be_had_again(
    terminal: Callable[..., Terminal], invoke: Invoke, people: None, journal_root: Path
) -> None:
    """Nothing changed, and the command that it prints holds every answer."""
    before = files(journal_root)
    screen = terminal("mentor", "end", "osler", columns=300)
    screen.answer("How did it end", "moved").answer("On what day", "fri").answer("take over the goals", "curie")
    screen.answer("takes over the promises", "me").answer("Stay in touch?", "y").answer("How often", "12 weeks")
    screen.answer("What worked", "Short 'meetings'").answer("What did not").answer("did you learn").answer("Save", "no")

    assert screen.end() == 0
    assert files(journal_root) == before
    command = screen.text.partition("End it like this with: mentorlog ")[2].strip()
    assert invoke(*shlex.split(command)).exit == 0
    found = invoke("show", "osler", "--json").data
    assert (found["status"], found["cadence"]["every_days"]) == ("stay_in_touch", 84)
    assert found["closure"][-1]["worked"] == "Short 'meetings'"


def test_nothing_is_asked_where_all_is_said(terminal: Callable[..., Terminal], people: None) -> None:
    """Whoever gives every option is asked nothing, not even whether to save it."""
    words = "--kind moved --on 2026-11-20 --hand-to curie --promises-to me --stay-in-touch --every 12w"
    texts = ("--worked", "a", "--did-not", "b", "--lesson", "c")

    assert terminal("mentor", "end", "osler", *words.split(), *texts).end() == 0
