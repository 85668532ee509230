"""Ids and headings are told from other words on a terminal, and nothing is styled elsewhere."""

from __future__ import annotations

import re

import pytest

from mentorlog.output.text import width
from output.payloads import bare
from trust.screens import on_terminal
from world import World

HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
MARKED = re.compile(r"\x1b\[1;36m([^\x1b]+)\x1b\[0m(?:\x1b\[2m([^\x1b]+)\x1b\[0m)?")
SCREENS = (
    "status", "due --within 60d", "waiting", "task owed", "meeting prep osler", "task list", "goal list", "mentor list",
    "meeting list", "note list", "review list", "search figures", "timeline", "show GOAL", "show osler", "undo",
    "task list --all --with osler",
)  # fmt: skip
"""Every screen that has a column of ids; in a sentence an id is a word like others."""


@pytest.fixture
def year(world: World) -> World:
    """A journal with a record of every kind, and everything due."""
    world.found()
    world.filled("ids year", lambda: made(world))
    return world


def made(world: World) -> None:
    """Make the records."""
    invoke, before = world.invoke, {"env": {"MENTORLOG_NOW": "2026-08-03T09:00:00+00:00"}}
    invoke("mentor", "add", "William Osler", "--every", "4 weeks", **before)
    invoke("goal", "add", f"{HARD} figures", "--by", "2026-11-20", "--with", "osler", **before)
    goal = invoke("goal", "list", "--json").data[0]["id"]
    invoke("task", "add", f"{HARD} figures", "--from", "osler", "--due", "2026-11-20", "--goal", goal, **before)
    invoke("task", "add", f"{HARD} figures", "--owner", "osler", "--due", "2026-11-20", "--goal", goal, **before)
    invoke("meeting", "log", "osler", f"{HARD} figures", "-g", goal, **before)
    invoke("note", "add", f"{HARD} figures", "--kind", "question", "--with", "osler", "-g", goal, **before)
    answers = world.root / "answers.toml"
    answers.write_text(f'[[verdicts]]\ngoal = "{goal}"\nverdict = "keep"\n')
    assert invoke("review", "--answers", str(answers), **before).exit == 0
    invoke("meeting", "plan", "osler", "--on", "fri 14:00", "-g", goal)
    for priority in ("high", "low"):  # an undo for each width
        invoke("set", goal, f"priority={priority}")


@pytest.mark.parametrize("screen", SCREENS)
def test_ids_are_marked_the_same_way_on_every_screen(screen: str, year: World) -> None:
    """The shortest unique prefix is bold, the rest dim, at 80 and at 40 columns; no line is wider."""
    ids = {path.stem.partition("-")[0] for path in year.journal.glob("*/*.toml")}
    goal = next(id for id in ids if id[0] == "g")

    for columns in (80, 40):
        shown = on_terminal(year, *screen.replace("GOAL", goal).split(), columns=columns).out

        marked = {prefix + rest for prefix, rest in MARKED.findall(shown)}
        assert marked and marked <= ids, shown
        assert not [id for id in ids if f"\x1b[36m{id}" in shown]
        assert all(width(bare(line)) <= columns for line in shown.splitlines())


@pytest.mark.parametrize("noun", ["goal", "task", "mentor", "meeting", "note", "review"])
def test_headings_are_told_from_rows(noun: str, year: World) -> None:
    """The titles of a list are dim on a terminal; with --plain, NO_COLOR and on a pipe there is no style at all."""
    heading, *_ = on_terminal(year, noun, "list", columns=100).out.splitlines()
    unstyled = [on_terminal(year, noun, "list", columns=100, NO_COLOR="1").out]
    unstyled += [on_terminal(year, "--plain", noun, "list", columns=100).out, year.invoke(noun, "list").out]

    assert heading.startswith("\x1b[2mid ") and heading.endswith("\x1b[0m")
    assert all("\x1b" not in one and one.startswith("id ") for one in unstyled)
