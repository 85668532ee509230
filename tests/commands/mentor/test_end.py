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


def test_a_reason_that_is_also_the_kind_is_said_once(invoke: Invoke, osler: None) -> None:
    """`moved` is both."""
    ran = invoke("mentor", "end", "osler", "--kind", "moved", "--reason", "moved", "--reason", "time")

    assert ran.out.splitlines()[0] == "Ended the mentorship with William Osler (moved, time, Mon 23 Nov 2026)"


def test_an_end_that_says_nothing_new_changes_nothing(invoke: Invoke, osler: None) -> None:
    """A lesson that comes later is added to the closure; the same words again are not."""
    invoke("mentor", "end", "osler", "--kind", "moved")
    later = invoke("mentor", "end", "osler", "--lesson", "Ask earlier", "--json").data
    again = invoke("mentor", "end", "osler", "--lesson", "Ask earlier")

    assert later["closure"][0]["lesson"] == "Ask earlier"
    assert "nothing changed" in again.out


def test_end_asks_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, people: None) -> None:
    """Five questions: how it ended, three texts, what is passed on; the summary has a word for everything else."""
    screen = terminal("mentor", "end", "osler", lines=60)
    screen.answer("How did it end", "moved").answer("What worked", "Short meetings").answer("What did not")
    screen.answer("did you learn", "Ask earlier").answer("Whom will you help in turn", "Help an intern to publish")
    screen.answer("Save this?", "day").answer("On what day", "sun").answer("Save this?", "goals")
    screen.answer("take over the goals", "curie").answer("Save this?", "promises")
    screen.answer("takes over the promises", "drop")
    screen.answer("Save this?", "thanked").answer("did you thank them", "sat").answer("Save this?", "reasons")
    screen.answer("Why?", "moved, Night shifts").answer("Save this?")

    assert screen.end() == 0
    asked = [
        "How did it end",
        "Open with William Osler",
        "What worked",
        "Whom will you help",
        "Save this?",
        "On what day",
    ]
    places = [screen.text.index(words) for words in asked]
    assert places == sorted(places)
    assert "goal g2345: Submit case report" in screen.text and "Dropped their promise t2345" in screen.text
    closure = invoke("show", "osler", "--json").data["closure"][-1]
    assert (closure["worked"], closure["did_not"], closure["lesson"]) == ("Short meetings", None, "Ask earlier")
    assert (closure["handed_to"], closure["on"], closure["thanked_on"]) == (["curie"], "2026-11-22", "2026-11-21")
    assert closure["reasons"] == ["moved", "night_shifts"]


@pytest.mark.parametrize(("kind", "question"), [("completed", "Whom will you help"), ("drifted", "Why?")])
def test_at_most_five_questions(kind: str, question: str, terminal: Callable[..., Terminal], people: None) -> None:
    """The last one is what is passed on after a good end, and why after a bad one."""
    screen = terminal("mentor", "end", "osler", lines=60)
    screen.answer("How did it end", kind).answer("What worked").answer("What did not").answer("did you learn")
    screen.answer(question).wait_for_question("Save this?")

    assert "  goals: stay as they are\n  promises: stay as they are\n  in touch: no\n" in screen.text
    screen.press("ctrl-c")
    assert screen.end() == 130


def test_what_is_passed_on_is_a_goal(invoke: Invoke, people: None, journal_root: Path) -> None:
    """It is a goal of mine like any other, added by the same change and taken back with it."""
    before = files(journal_root)
    ran = invoke(
        "mentor", "end", "osler", "--kind", "completed", "--pay-forward", "Help an intern to publish", "--json"
    )
    goal = ran.data["new_goal"]

    assert (goal["title"], goal["tags"], goal["mentors"]) == ("Help an intern to publish", ["pay-it-forward"], [])
    assert invoke("goal", "list", "--tag", "pay-it-forward").out.count("Help an intern to publish") == 1
    assert invoke("undo").exit == 0
    assert files(journal_root) == before
    said = invoke("mentor", "end", "osler", "--kind", "completed", "--pay-forward", "Teach").out
    assert ": Teach (to pay it forward)\n" in said
    refused = invoke("mentor", "end", "curie", "--kind", "completed", "--pay-forward", "two\nlines")
    assert (refused.exit, invoke("show", "curie", "--json").data["status"]) == (1, "active")


def test_ctrl_c_at_a_question_changes_nothing(
    terminal: Callable[..., Terminal], people: None, journal_root: Path
) -> None:
    """Every answer so far is forgotten with it."""
    before = files(journal_root)

    screen = terminal("mentor", "end", "osler")
    screen.answer("How did it end", "moved").answer("What worked", "Short meetings")
    screen.wait_for("What did not").press("ctrl-c")

    assert screen.end() == 130
    assert files(journal_root) == before


def test_who_cannot_take_over_is_refused_at_once(terminal: Callable[..., Terminal], people: None) -> None:
    """An option is looked at before anything is asked; an answer is asked for again."""
    screen = terminal("mentor", "end", "osler", "--promises-to", "nobody")
    assert screen.end() == 1
    assert "How did it end" not in screen.text

    texts = ("--worked", "a", "--did-not", "b", "--lesson", "c", "--reason", "time")
    screen = terminal("mentor", "end", "osler", *texts, lines=60)
    screen.answer("How did it end", "drifted").answer("Save this?", "goals").answer("take over the goals", "osler")
    screen.answer("cannot take over from themselves").answer("Save this?", "no")
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
    screen.answer("How did it end", "no").answer("What worked").answer("What did not").answer("did you learn", "Ask")
    screen.answer("Why?").answer("Save this?", "day").answer("On what day", "tomorrow").answer("On what day", "fri")
    screen.answer("Save this?", "in touch").answer("Stay in touch?", "y").answer("How often", "12 weeks")
    screen.answer("Save this?", "nothing such").answer("Save this?", "kind").answer("How did it end", "con")
    screen.answer("Save this?", "lesson").answer("did you learn").answer("Save this?", "in touch")
    screen.answer("Stay in touch?", "n").wait_for_question("Save this?")

    assert files(journal_root) == before
    said = screen.text[screen.text.rindex("The mentorship with William Osler:") :]
    assert "  kind: conduct\n  day: Fri 20 Nov 2026\n  reasons: none\n  thanked: not yet\n" in said
    assert "  lesson: Ask\n" in said and "  goals: stay as they are\n  promises: stay as they are\n" in said
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
    options = ("--hand-to", "curie", "--promises-to", "me", "--stay-in-touch", "--every", "12w", "--thanked", "fri")
    screen = terminal("mentor", "end", "osler", *options, "--reason", "time", columns=400)
    screen.answer("How did it end", "moved").answer("What worked", "Short 'meetings'").answer("What did not")
    screen.answer("did you learn").answer("Whom will you help", "Teach").answer("Save", "no")

    assert screen.end() == 0
    assert files(journal_root) == before
    command = screen.text.partition("End it like this with: mentorlog ")[2].strip()
    assert invoke(*shlex.split(command)).exit == 0
    found = invoke("show", "osler", "--json").data
    assert (found["status"], found["cadence"]["every_days"]) == ("stay_in_touch", 84)
    assert (found["closure"][-1]["worked"], found["closure"][-1]["thanked_on"]) == ("Short 'meetings'", "2026-11-20")
    assert found["closure"][-1]["reasons"] == ["time"]
    assert invoke("goal", "list", "--tag", "pay-it-forward", "--json").data[0]["title"] == "Teach"


def test_nothing_is_asked_where_all_is_said(terminal: Callable[..., Terminal], people: None) -> None:
    """Whoever gives what would be asked is asked nothing, not even whether to save it."""
    words = "--kind moved --hand-to curie --promises-to me --stay-in-touch --every 12w"
    texts = ("--worked", "a", "--did-not", "b", "--lesson", "c", "--pay-forward", "d")

    assert terminal("mentor", "end", "osler", *words.split(), *texts).end() == 0


# Ended, and corrected


def test_every_end_has_its_own_closure(invoke: Invoke, osler: None) -> None:
    """Who returns and ends again has two; an end that has no closure open asks how it ended, as the first did."""
    invoke("mentor", "end", "osler", "--kind", "drifted", "--reason", "time", "--lesson", "Ask earlier")
    invoke("mentor", "activate", "osler")
    assert invoke("mentor", "end", "osler").exit == 2
    invoke("mentor", "end", "osler", "--kind", "completed", "--reason", "Goals met", "--reason", "goals-met")

    closure = invoke("show", "osler", "--json").data["closure"]
    assert [(one["kind"], one["reasons"], one["lesson"]) for one in closure] == [
        ("drifted", ["time"], "Ask earlier"),
        ("completed", ["goals_met"], None),
    ]


def test_what_is_said_after_the_end_is_added(invoke: Invoke, osler: None) -> None:
    """Reasons and texts are added, the kind, the day and the thanks replaced; the day moves in the status log too."""
    invoke("mentor", "end", "osler", "--kind", "drifted", "--reason", "time", "--lesson", "Ask earlier")
    later = (
        "--kind",
        "moved",
        "--reason",
        "expertise",
        "--lesson",
        "Ask twice",
        "--thanked",
        "today",
        "--on",
        "20 nov",
    )
    said = invoke("mentor", "end", "osler", *later)
    view = invoke("show", "osler", "--json").data

    assert said.out == (
        "Ended the mentorship with William Osler"
        " (moved, time, expertise, Fri 20 Nov 2026, thanked on Mon 23 Nov 2026)\n"
    )
    (closure,) = view["closure"]
    assert (closure["lesson"], closure["reasons"]) == ("Ask earlier\n\nAsk twice", ["time", "expertise"])
    assert view["status_log"][-1]["on"] == closure["on"] == "2026-11-20"


def test_the_last_end_can_be_corrected(invoke: Invoke, osler: None, journal_root: Path) -> None:
    """What is passed replaces what was saved, "" clears it, the rest stays; also after a return, and undone by undo."""
    refused = invoke("mentor", "end", "osler", "--correct", "--kind", "moved")
    assert refused.exit == 1
    assert (
        "has not ended, so there is nothing to correct" in refused.err and "mentorlog mentor end osler" in refused.err
    )
    invoke(
        "mentor", "end", "osler", "--kind", "drifted", "--reason", "time", "--worked", "W", "--lesson", "Aks earlier"
    )
    invoke("mentor", "activate", "osler")
    before = files(journal_root)
    words = ("--correct", "--lesson", "Ask earlier", "--worked", "", "--reason", "expertise", "--on", "20 nov")
    said = invoke("mentor", "end", "osler", *words)
    view = invoke("show", "osler", "--json").data

    assert said.out == "Corrected the end of the mentorship with William Osler (drifted, expertise, Fri 20 Nov 2026)\n"
    assert view["status"] == "active"
    (closure,) = view["closure"]
    assert (closure["lesson"], closure["worked"], closure["reasons"]) == ("Ask earlier", None, ["expertise"])
    assert invoke("mentor", "end", "osler", *words).out.endswith("is already saved like that; nothing changed.\n")
    assert invoke("mentor", "end", "osler", "--correct", "--stay-in-touch").exit == 2
    invoke("undo")
    assert files(journal_root) == before


def test_an_end_is_corrected_on_a_terminal(terminal: Callable[..., Terminal], invoke: Invoke, osler: None) -> None:
    """Ended already, nothing is asked: what was saved is shown, and a word replaces a part of it."""
    invoke("mentor", "end", "osler", "--kind", "drifted", "--lesson", "Aks earlier", "--on", "20 nov")
    screen = terminal("mentor", "end", "osler", lines=60)
    screen.answer("Save this?", "lesson").answer("did you learn", "Ask earlier").answer("Save this?")

    assert screen.end() == 0
    assert "  kind: drifted\n  day: Fri 20 Nov 2026\n" in screen.text and "What worked?" not in screen.text
    (closure,) = invoke("show", "osler", "--json").data["closure"]
    assert (closure["lesson"], closure["on"]) == ("Ask earlier", "2026-11-20")
