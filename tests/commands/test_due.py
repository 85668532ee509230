"""`mentorlog due`, for people and for cron."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]


@pytest.fixture
def busy(world: World, invoke: Invoke) -> Invoke:
    """Something is due on every side: today is Monday 23 November."""
    world.filled("due busy", lambda: make_busy(invoke))
    return invoke


def make_busy(invoke: Invoke) -> None:
    """Fill a journal with what is due."""
    old = {"MENTORLOG_NOW": "2026-08-01T09:00:00+00:00"}
    invoke("mentor", "add", "William Osler", "--every", "4 weeks", env=old)
    invoke("meeting", "plan", "osler", "--on", "2026-11-20", env=old)
    invoke("task", "add", "Mine today", "--due", "today")
    invoke("task", "add", "Mine on Monday", "--due", "2026-11-30", "--from", "osler")
    invoke("task", "add", "Mine on Tuesday", "--due", "2026-12-01")
    invoke("task", "add", "Theirs", "--due", "2026-11-24", "--owner", "osler")
    invoke("task", "add", "Done", "--due", "today")
    invoke("task", "add", "Some day")
    done = next(task["id"] for task in invoke("task", "list", "--json").data if task["title"] == "Done")
    invoke("task", "done", done)


def test_everything_that_is_due_in_its_order(busy: Invoke) -> None:
    """Tasks of both sides, contacts, passed meetings, the review: by day; seven days ahead, the last included."""
    rows = busy("due", "--json").data

    assert [(row["reason"], row["due_on"], row["days"], row["text"]) for row in rows] == [
        ("contact", "2026-08-29", -86, "Talk to William Osler, not met yet"),
        ("review", "2026-10-30", -24, "Hold a review: mentorlog review"),
        ("meeting_passed", "2026-11-20", -3, "Did you meet William Osler?"),
        ("my_task", "2026-11-23", 0, "Mine today"),
        ("their_task", "2026-11-24", 1, "Theirs, from William Osler"),
        ("my_task", "2026-11-30", 7, "Mine on Monday, for William Osler"),
    ]


def test_days_are_said_in_words(busy: Invoke) -> None:
    """Each row says its day, and how far it is."""
    said = busy("due").out

    assert "Fri 20 Nov 2026  3 days ago" in said
    assert "Mon 23 Nov 2026  today" in said
    assert "Tue 24 Nov 2026  tomorrow" in said
    assert "Mon 30 Nov 2026  in 7 days" in said


@pytest.mark.parametrize(("within", "count"), [("0d", 4), ("0", 4), ("1d", 5), ("8 days", 7), ("2w", 7)])
def test_within(within: str, count: int, busy: Invoke) -> None:
    """As many days ahead as are asked for; 0d is today."""
    assert len(busy("due", "--within", within, "--json").data) == count


@pytest.mark.parametrize("within", ["soon", "-3d", "1000000000d", "", "tomorrow"])
def test_a_length_that_is_none(within: str, busy: Invoke) -> None:
    """It is the user's to fix."""
    ran = busy("due", "--within", within)

    assert (ran.exit, ran.out) == (1, "")
    assert "error: " in ran.err
    assert "hint: " in ran.err


def test_check_is_for_cron(busy: Invoke, invoke: Invoke) -> None:
    """10 where something is due, 0 where nothing is; the rows are printed all the same."""
    assert busy("due").exit == 0
    ran = busy("due", "--check")
    assert (ran.exit, bool(ran.out)) == (10, True)
    assert busy("due", "--check", "--json").data == busy("due", "--json").data
    for task in invoke("task", "list", "--json").data:
        invoke("delete", task["id"])
    for meeting in invoke("meeting", "list", "--json").data:
        invoke("delete", meeting["id"])
    invoke("delete", "osler", "--yes")

    assert invoke("due", "--check") == (0, "Nothing is due within 7 days.\n", "")
    assert invoke("due", "--within", "0d").out == "Nothing is due today.\n"
    assert invoke("due", "--check", "--json").data == []


@pytest.mark.parametrize("columns", [150, 80, 60, 40])
def test_it_keeps_to_the_terminal(
    columns: int, busy: Invoke, invoke: Invoke, terminal: Callable[..., Terminal]
) -> None:
    """Nothing is cut or left out; where the columns have no room the day stands beside or below the words."""
    invoke("task", "add", "word " * 15, "--due", "tomorrow")
    shown = terminal("due", columns=columns, lines=40)
    shown.end()

    assert max(map(len, shown.screen)) <= columns
    for words in ("osler", "Sat 29 Aug 2026", "Mon 30 Nov 2026", "Talk to"):
        assert words in shown.text
    assert "…" not in shown.text
    assert shown.screen[0].startswith("id") is (columns > 80)
