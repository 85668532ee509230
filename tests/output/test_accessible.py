"""Nothing is said by colour alone, no box is drawn, and a narrow terminal loses no word."""

from __future__ import annotations

import re
import shutil

import pytest

from mentorlog.output.text import width
from output.payloads import bare
from trust.screens import on_terminal
from world import World

SCREENS = (
    "status", "due --within 30d", "task owed", "meeting prep osler", "meeting prep roentgen", "review --print-form",
    "goal list", "goal list --all", "task list", "task list --all", "mentor list", "mentor list --all",
    "meeting list --all", "note list", "review list", "history", "doctor", "profile show", "review due", "show osler",
    "waiting", "show gc4s2", "show tb4st", "show roentgen", "timeline --since 2026-01-01", "search abstract",
    "mentor lessons", "mentor lineage", "goal --help", "--help",
)  # fmt: skip
CUT = ("timeline", "search")
"""The screens that cut long texts with … to keep their lines few."""
UNTITLED = {"id", "no", "title", "name", "text", "about", "change", "verdicts"}
"""The titles of the two columns that need none where each record has lines of its own."""
BRIEF = {"by", "due", "day", "on", "state", "status", "kind", "next"}
"""The titles of the columns of lists that are said in other words there."""
DAY = re.compile("[A-Z][a-z]{2} [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}")
"""A day, which a narrow list says as a distance."""
ON = re.compile(r" --on \d\S+")
"""The day in a command of `status`, left out on a narrow terminal: the question above has it."""
BOXES = re.compile("[\u2500-\u257f]")


@pytest.fixture
def sample(world: World) -> World:
    """A world with the journal of the tour."""
    world.filled("accessible", lambda: keep(world))
    return world


def keep(world: World) -> None:
    """Copy the journal of the tour into a world."""
    shutil.copytree(world.invoke("tour", "--keep", "--json").data["kept"], world.journal)


def words(text: str) -> set[str]:
    """Return the whole words of a screen, whatever punctuation is around them."""
    return {word for part in text.split() if not part.endswith("…") and (word := part.strip("().,:;'\""))}


@pytest.mark.parametrize("screen", SCREENS)
def test_colour_says_nothing_alone(sample: World, screen: str) -> None:
    """Without its styles a screen is the same text as on a terminal that has none."""
    argv = screen.split()

    plain = on_terminal(sample, *argv, NO_COLOR="1")

    assert plain.exit == 0
    assert bare(on_terminal(sample, *argv).out) == plain.out == on_terminal(sample, *argv, TERM="dumb").out
    assert "\x1b" not in plain.out
    assert BOXES.findall(plain.out) == [], "a screen reader would read every line of a box aloud"


@pytest.mark.parametrize("screen", SCREENS)
def test_forty_columns_lose_no_word(sample: World, screen: str) -> None:
    """What is read at 80 columns is read at 40, except for texts that are cut with … by design."""
    argv = screen.split()
    whole = ON.sub("", bare(on_terminal(sample, *argv).out))
    wide = (words(DAY.sub("", whole)) - BRIEF if "list" in argv else words(whole)) - UNTITLED

    for term in ("dumb", "xterm"):
        narrow = on_terminal(sample, *argv, columns=40, TERM=term).out
        lost = wide - words(bare(narrow))
        assert not lost or (screen.startswith(CUT) and "…" in narrow), lost
        assert BOXES.findall(narrow) == []


def test_what_is_late_is_said_in_words(sample: World) -> None:
    """Red and yellow stand beside a word: late, overdue, drifting, untold."""
    later = {"NO_COLOR": "1", "MENTORLOG_NOW": "2027-03-01T09:00:00+00:00"}

    def shown(*argv: str) -> str:
        return " ".join(on_terminal(sample, *argv, columns=40, **later).out.split())

    status = shown()
    assert all(phrase in status for phrase in ("overdue since", "late since", "no progress since"))
    assert " late, " in shown("goal", "list") and ", drifting, " in shown("goal", "list")
    assert "untold osler" in shown("goal", "list")
    assert "months late, owner me, " in shown("task", "list") and "overdue " in shown("mentor", "list")
    assert "months ago, their task" in shown("due") and "late, due " in shown("task", "owed")


def test_a_narrow_list_says_days_as_distances_and_whose_it_is(world: World) -> None:
    """At 40 columns no title is cut, days are distances, and every owner is named; only a closed one keeps its day.

    The kind's members: goals, tasks, meetings, notes and reviews, drafts that are out, titles of any script.
    """
    world.found()
    hard = '[/b] =1+1 "x" \\ é 日本 🩺'
    world.invoke("mentor", "add", "William Osler")
    goal = world.invoke("goal", "add", hard, "--by", "2026-10-15", "--json").data["id"]
    for meeting, due, owner in (("autumn", "2026-10-17", "me"), ("spring", "2026-12-17", "osler")):
        title = f"Draft the abstract of the case report for the {meeting} meeting"
        world.invoke("task", "add", title, "--due", due, "--owner", owner, "--json")
    done = world.invoke("task", "add", "Read about gout and more", "--due", "2026-11-20", "--json").data["id"]
    world.invoke("task", "done", done)
    world.invoke("meeting", "plan", "osler", "--on", "fri 14:00", "--agenda", f"{hard} and the figures of it")
    world.invoke("note", "add", f"# Fri 20 Nov\n\n{hard} and the figures", "--kind", "question", "--with", "osler")

    def shown(*argv: str) -> str:
        narrow = on_terminal(world, *argv, columns=40).out
        assert max(map(width, bare(narrow).splitlines())) <= 40
        assert on_terminal(world, *argv, columns=40, NO_COLOR="1").out == bare(narrow)
        return " ".join(bare(narrow).split())

    assert f"{goal} {hard} 6 weeks late, drifting" in shown("goal", "list")
    tasks = shown("task", "list", "--all")
    assert "for the autumn meeting 5 weeks late, owner me, todo" in tasks
    assert "for the spring meeting due in 3 weeks, owner osler, todo" in tasks
    assert "Read about gout and more due Fri 20 Nov 2026, owner me, done" in tasks
    assert f"{hard} and the figures of it Fri 27 Nov, in 4 days, at 14:00, with osler, planned" in shown(
        "meeting", "list"
    )
    assert f"{hard} and the figures Mon 23 Nov, today, question, open, with osler" in shown("note", "list")


def test_words_that_differ_are_not_cut_first(world: World) -> None:
    """Where two titles would look the same when they are cut, they are cut in their middle."""
    world.found()
    for meeting in ("autumn", "spring"):
        world.invoke("task", "add", f"Draft the abstract of the case report for the {meeting} meeting", "--due", "fri")

    lines = bare(on_terminal(world, "task", "list").out).splitlines()

    assert max(map(len, lines)) <= 80
    assert ["autumn meeting" in lines[1] or "autumn meeting" in lines[2], "spring meeting" in "".join(lines)] == [
        True
    ] * 2
