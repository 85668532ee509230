"""Nothing is said by colour alone, no box is drawn, and a narrow terminal loses no word."""

from __future__ import annotations

import re
import shutil

import pytest

from output.payloads import bare
from trust.screens import on_terminal
from world import World

SCREENS = (
    "status", "due --within 30d", "task owed", "meeting prep osler", "meeting prep roentgen", "review --print-form",
    "goal list", "goal list --all", "task list", "task list --all", "mentor list", "mentor list --all",
    "meeting list --all", "note list", "review list", "history", "doctor", "profile show", "review due", "show osler",
    "waiting", "show gc4s2", "show tb4st", "show roentgen", "timeline --since 2026-01-01", "search abstract",
    "goal --help", "--help",
)  # fmt: skip
CUT = ("timeline", "search")
"""The screens that cut long texts with … to keep their lines few."""
UNTITLED = {"id", "no", "title", "name", "text", "about", "change", "verdicts"}
"""The titles of the two columns that need none where each record has lines of its own."""
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
    wide = words(ON.sub("", bare(on_terminal(sample, *argv).out))) - UNTITLED

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
    assert "state drifting" in shown("goal", "list") and "untold osler" in shown("goal", "list")
    assert ", late, " in shown("task", "list") and "next overdue " in shown("mentor", "list")
    assert "months ago, their task" in shown("due") and "late, due " in shown("task", "owed")
