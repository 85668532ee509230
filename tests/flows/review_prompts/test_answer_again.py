"""At the end of a walk any answer can be given again, and the draft holds that too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentorlog.flows.review import parse_answers
from reviewed import keep, open_journal, walk
from terminal import Terminal
from world import World

Start = Callable[..., Terminal]
Answers = list[tuple[str, str]]

FIT = "Does this mentorship work for you?"
TESTS, COMFORT, COMMENT = "Is it productive", "Are you comfortable, and they?", "Any comment or new expectation?"
WHOLE: Answers = [
    ("Verdict", "revise"),
    ("Why?", "New format"),
    ("Change", "by=1 feb 2027"),
    ("Change", "measure="),
    ("Change", ""),
    ("Verdict", "keep"),
    ("Verdict", "skip"),
    ("Verdict", "defer"),
    ("To when?", "in 4 weeks"),
    ("Why?", "Waiting for data"),
    ("Verdict", ""),
    (FIT, "good"),
    (TESTS, "amicable"),
    (COMFORT, "yes"),
    (COMMENT, "Kind"),
    ("Anything else?", ""),
    (FIT, ""),
    ("Is every 4 weeks right?", "no"),
    ("How often from now on?", "2 weeks"),
    (COMFORT, ""),
    (COMMENT, ""),
    ("What worked?", "Short meetings"),
    ("What did not work?", ""),
    ("What changed?", ""),
    ("How are you?", ""),
    ("What do you ask of your program?", ""),
    ("A new goal?", "Teach a class"),
    ("By when?", ""),
    ("With which mentors?", ""),
    ("How will you know you achieved it?", ""),
    ("A new goal?", ""),
    ("Next review?", ""),
]
END = "Save this review?"


@pytest.fixture(autouse=True)
def sample(world: World, journal_root: Path) -> Path:
    """The journal of reviewed.py."""
    world.filled("reviewed", lambda: keep(journal_root))
    return journal_root


@pytest.fixture
def draft(journal_root: Path) -> Callable[[], dict[str, Any]]:
    """draft() -> the answers so far, as they lie on the disk."""
    path = journal_root / ".mentorlog" / "drafts" / "review.toml"
    return lambda: parse_answers(path.read_text(), "draft")


@pytest.fixture
def at_the_end(terminal: Start) -> Terminal:
    """A walk through everything, at its closing question."""
    return walk(terminal("review", lines=60), WHOLE).wait_for_question(END)


def entry(data: dict[str, Any], table: str, id: str) -> dict[str, Any]:
    """The answer on one record, without its id."""
    (found,) = [dict(one) for one in data[table] if id in one.values()]
    return {key: value for key, value in found.items() if value != id}


def review(root: Path) -> dict[str, Any]:
    """The only review of the journal."""
    from mentorlog.store.journal import Query

    (found,) = open_journal(root).reading.find(Query("review"))
    return found


def test_a_goal_gets_another_verdict(at_the_end: Terminal, sample: Path, draft: Callable[[], dict[str, Any]]) -> None:
    """Its card is shown again; the new answer takes the place of the old one, all others stay."""
    old = draft()
    screen = walk(at_the_end, [(END, "g7k3q"), ("Verdict", "pause"), ("Why?", "Nights")])
    screen.wait_for_question(END)

    said = " ".join(screen.text.split())
    words = "worked, did not, changed, wellbeing, asks, next review"
    assert f"To change an answer, type an id such as g7k3q, or one of: {words}." in said
    assert "Again\ng7k3q Submit case report" in screen.text
    assert "Verdict: revise (New format)" in screen.text
    assert screen.text.count("Answers and changes") == 2
    new = draft()
    assert entry(new, "verdicts", "g7k3q") == {"verdict": "pause", "reason": "Nights"}
    for table in ("tasks", "mentors", "add_goals"):
        assert new[table] == old[table]

    assert walk(screen, [(END, "")]).end() == 0
    verdicts = {one["goal"]: (one["verdict"], one["reason"], one["changes"]) for one in review(sample)["verdicts"]}
    assert verdicts == {"g7k3q": ("pause", "Nights", None), "g9p2m": ("keep", None, None)}
    assert open_journal(sample).reading.view("g7k3q")["by"] == "2027-01-03"


def test_the_same_verdict_keeps_what_is_not_replaced(at_the_end: Terminal, draft: Callable[[], dict[str, Any]]) -> None:
    """Enter leaves the verdict, the reason, the changes; a change may be taken back and another one added."""
    screen = walk(at_the_end, [(END, "submit"), ("Verdict", ""), ("Why? (Enter to keep)", "")])
    assert "→ by: Mon 1 Feb 2027" in screen.text
    walk(screen, [("Change", "by=3 jan 2027"), ("Change", "priority=high"), ("Change", "")])
    screen.wait_for_question(END)

    told = entry(draft(), "verdicts", "g7k3q")
    assert (told["verdict"], told["reason"]) == ("revise", "New format")
    assert (told["changes"], told["clear"]) == ({"priority": "high"}, ["measure"])
    screen.press("ctrl-c")


def test_a_revision_without_changes_is_none(at_the_end: Terminal, draft: Callable[[], dict[str, Any]]) -> None:
    """Where all are taken back, another verdict is asked for."""
    changes = [("Change", "by=3 jan 2027"), ("Change", "measure=Accepted by a journal"), ("Change", "")]
    screen = walk(at_the_end, [(END, "g7"), ("Verdict", ""), ("Why?", ""), *changes, ("Verdict", "keep")])
    screen.wait_for_question(END)

    assert "No changes; choose a verdict again." in screen.text
    assert entry(draft(), "verdicts", "g7k3q") == {"verdict": "keep"}
    screen.press("ctrl-c")


def test_a_goal_that_was_skipped_gets_an_answer(at_the_end: Terminal, draft: Callable[[], dict[str, Any]]) -> None:
    """And one that has an answer can be skipped."""
    screen = walk(
        at_the_end, [(END, "g3w5x"), ("Verdict", "resume"), ("Why?", ""), (END, "g9p2m"), ("Verdict", "skip")]
    )
    screen.wait_for_question(END)

    assert entry(draft(), "verdicts", "g3w5x") == {"verdict": "resume", "reason": ""}
    assert entry(draft(), "verdicts", "g9p2m") == {"verdict": ""}
    screen.press("ctrl-c")


def test_a_task(at_the_end: Terminal, draft: Callable[[], dict[str, Any]]) -> None:
    """The same verdict may get another day, Enter leaves it, a lone - takes the reason away; or another verdict."""
    again = [("Verdict", ""), ("To when? (Enter for Mon 21 Dec 2026)", ""), ("Why? (Enter to keep; - to clear)", "-")]
    screen = walk(at_the_end, [(END, "t4m2x"), *again])
    screen.wait_for_question(END)
    assert entry(draft(), "tasks", "t4m2x") == {"verdict": "defer", "due": date(2026, 12, 21), "reason": ""}

    again = [("Verdict", ""), ("To when?", "in 5 weeks"), ("Why?", "Trial"), (END, "t8n3v"), ("Verdict", "done")]
    walk(screen, [(END, "t4m2x"), *again, ("What was the outcome? (Enter to skip)", "Met")]).wait_for_question(END)
    assert entry(draft(), "tasks", "t4m2x") == {"verdict": "defer", "due": date(2026, 12, 28), "reason": "Trial"}
    assert entry(draft(), "tasks", "t8n3v") == {"verdict": "done", "reason": "Met"}

    walk(screen, [(END, "draft abs"), ("Verdict", "drop")]).wait_for_question(END)
    assert entry(draft(), "tasks", "t4m2x") == {"verdict": "drop"}
    screen.press("ctrl-c")


def test_a_mentor(at_the_end: Terminal, sample: Path, draft: Callable[[], dict[str, Any]]) -> None:
    """By id or name; Enter leaves each answer, and a cadence that is right after all needs no other."""
    kept = [
        (FIT, "deciding"),
        (TESTS, ""),
        (COMFORT, "skip no"),
        (f"{COMMENT} (mine: … or theirs: …; Enter to keep", ""),
    ]
    screen = walk(at_the_end, [(END, "marie"), *kept])
    screen.wait_for_question(END)
    assert entry(draft(), "mentors", "curie") == {
        "fit": "deciding",
        "productive": False,
        "amicable": True,
        "beneficial": False,
        "comfort": "",
        "their_comfort": "no",
        "comment": "Kind",
    }

    again = [(FIT, ""), ("right?", ""), ("How often from now on? (Enter for 2 weeks; - to leave it)", "3 weeks")]
    walk(screen, [(END, "osler"), *again, (COMFORT, ""), (COMMENT, "")]).wait_for_question(END)
    assert entry(draft(), "mentors", "osler")["every"] == "3 weeks"

    more = [(COMMENT, "Mine: A reply"), ("Anything else?", "Fine"), ("Anything else?", "")]
    walk(screen, [(END, "osler"), (FIT, ""), ("right?", "yes"), (COMFORT, "unsure"), *more]).wait_for_question(END)
    answers = entry(draft(), "mentors", "osler")
    assert (answers["cadence_ok"], answers["comfort"], answers["comment"]) == (True, "unsure", "Fine")
    assert answers["mine"] == ["A reply"] and "every" not in answers

    none = [(COMFORT, "-"), (COMMENT, "-"), ("Anything else?", "")]
    walk(screen, [(END, "osler"), (FIT, ""), ("right?", ""), *none]).wait_for_question(END)
    answers = entry(draft(), "mentors", "osler")
    assert (answers["comfort"], answers["comment"], answers["mine"]) == ("", "", [])
    assert walk(screen, [(END, "y")]).end() == 0
    assert open_journal(sample).reading.view("osler")["cadence"]["every_days"] == 28


def test_the_open_questions_and_the_next_date(at_the_end: Terminal, draft: Callable[[], dict[str, Any]]) -> None:
    """By their words; Enter leaves, a lone - takes away."""
    again = [
        (END, "worked"),
        ("What worked? (Enter to keep; - to clear)", "-"),
        (END, "did"),
        ("What did not work?", "Nights"),
    ]
    screen = walk(at_the_end, [*again, (END, "next"), ("Next review? (Enter for Sun 21 Feb 2027)", "in 8 weeks")])
    walk(screen, [(END, "next review"), ("Next review? (Enter for Mon 18 Jan 2027)", "")]).wait_for_question(END)

    told = draft()
    assert (told["worked"], told["did_not"], told["next_on"]) == ("", "Nights", date(2027, 1, 18))
    screen.press("ctrl-c")


def test_what_is_no_answer(at_the_end: Terminal, sample: Path) -> None:
    """It is said, with what would be one; several are named; nothing else happens."""
    screen = walk(at_the_end, [(END, "gzzzz"), (END, "re"), (END, "no")])

    assert screen.end() == 0
    said = " ".join(screen.text.split())
    assert "'gzzzz' is not one of these answers. To change an answer, type an id such as g7k3q" in said
    assert "'re' matches several: g7k3q, " in said
    assert "continue with: mentorlog review --resume" in said


AGAIN: Answers = [
    ("Verdict", "revise"),
    ("Why?", "Too broad"),
    ("Change", "priority=high"),
    ("Change", ""),
]


@pytest.mark.parametrize("answered", [1, *(pytest.param(number, marks=pytest.mark.slow) for number in (0, 2, 3))])
def test_ctrl_c_while_answering_again(
    answered: int, terminal: Start, sample: Path, draft: Callable[[], dict[str, Any]]
) -> None:
    """At whichever question it was, the walk goes on there, or at the end where all is whole; nothing else is asked."""
    before = {path: path.read_bytes() for path in sample.glob("*/*.toml")}
    screen = walk(terminal("review", lines=60), [*WHOLE, (END, "g9p2m"), *AGAIN[:answered]])
    screen.wait_for_question(AGAIN[answered][0]).press("ctrl-c")
    assert screen.end() == 130
    assert {path: path.read_bytes() for path in sample.glob("*/*.toml")} == before
    whole = answered in (0, 3)  # nothing said yet, or a change that is one

    screen = walk(terminal("review", "--resume", lines=60), [] if whole else AGAIN[answered:])
    assert screen.wait_for_question(END).text.count("Goal 2 of 3") == (0 if whole else 1)
    told = entry(draft(), "verdicts", "g9p2m")
    assert told["verdict"] == ("keep" if answered == 0 else "revise")
    assert walk(screen, [(END, "yes")]).end() == 0
    assert len(review(sample)["verdicts"]) == 2


def test_ctrl_c_between_a_cadence_and_the_next(terminal: Start, draft: Callable[[], dict[str, Any]]) -> None:
    """A cadence that is not right any more is asked about when the walk goes on, the comment is not."""
    one = [(FIT, "good"), (TESTS, ""), ("right?", "yes"), (COMFORT, ""), (COMMENT, "Kind"), ("Anything else?", "")]
    rest = [
        ("What worked?", ""),
        ("What did not work?", ""),
        ("What changed?", ""),
        ("How are you?", ""),
        ("What do you ask of your program?", ""),
        ("A new goal?", ""),
        ("Next review?", ""),
    ]
    screen = walk(terminal("review", "--scope", "osler", lines=60), [*[("Verdict", "")] * 3, *one, *rest])
    walk(screen, [(END, "osler"), (FIT, ""), (TESTS, ""), ("right?", "no")]).wait_for_question("How often").press(
        "ctrl-c"
    )
    assert screen.end() == 130

    screen = walk(terminal("review", "--resume"), [("How often from now on? (Enter to leave it)", "3 weeks")])
    screen.wait_for_question(END)
    answers = {name: value for name, value in entry(draft(), "mentors", "osler").items() if value != ""}
    assert answers == {"fit": "good", "cadence_ok": False, "every": "3 weeks", "comment": "Kind"}
    screen.press("ctrl-c")


def test_a_quick_walk(terminal: Start, sample: Path) -> None:
    """Its own words lead back to its questions, an id to a goal that drifts."""
    first = [("What moved?", "The draft"), ("What is stuck?", ""), ("What will you change?", ""), ("Verdict", "")]
    again = [(END, "stuck"), ("What is stuck?", "Data"), (END, "g9p2m"), ("Verdict", "drop"), ("Why?", "No time")]
    screen = walk(terminal("review", "--quick"), [*first, *again, (END, "")])

    assert screen.end() == 0
    assert "or one of: moved, stuck, changes." in screen.text
    found = review(sample)
    assert (found["worked"], found["did_not"]) == ("The draft", "Data")
    assert [one["verdict"] for one in found["verdicts"]] == ["drop"]
