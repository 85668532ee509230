"""`mentorlog task load`: my open work by mentor and week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from factories import make_goal, make_mentor, make_task
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]

HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture
def work(keep: Keep) -> None:
    """Tasks of mine that are late, due in several weeks, undated and out, and a promise; today is Mon 23 Nov 2026."""
    keep(make_mentor(), make_mentor(id="curie", name="Marie Curie"))
    keep(make_goal(id="g2222", mentors=["osler", "curie"]))
    keep(
        make_task(id="t2222", title="Late", assigned_by="osler", due=date(2026, 11, 22)),
        make_task(id="t3333", title="Today", assigned_by="osler", due=date(2026, 11, 23)),
        make_task(id="t4444", title="Sunday", assigned_by="curie", due=date(2026, 11, 29)),
        make_task(id="t5555", title="Monday", goal="g2222", due=date(2026, 11, 30)),
        make_task(id="t6666", title="Far", due=date(2026, 12, 21)),
        make_task(id="t7777", title=HOSTILE, assigned_by="curie"),
        make_task(id="t8888", title="Out", assigned_by="osler", due=date(2026, 11, 24)).submitted(
            on=date(2026, 11, 20)
        ),
        make_task(id="t9999", title="Theirs", owner="osler", due=date(2026, 11, 24)),
        make_task(id="tbbbb", title="Done", status="done", done_on=date(2026, 11, 20)),
    )


def test_load_counts_my_open_work_by_mentor_and_week(work: None, invoke: Invoke) -> None:
    """A week ends on Sunday; who shares a goal shares its tasks; a draft that is out and promises do not count."""
    load = invoke("task", "load", "--json").data

    assert [(week["first"], week["last"]) for week in load["weeks"]][:2] == [
        ("2026-11-23", "2026-11-29"),
        ("2026-11-30", "2026-12-06"),
    ]
    assert [{key: ids for key, ids in one.items() if ids and key != "name"} for one in load["people"]] == [
        {"mentor": "curie", "weeks": [["t4444"], ["t5555"], [], []], "undated": ["t7777"]},
        {"mentor": "osler", "late": ["t2222"], "weeks": [["t3333"], ["t5555"], [], []]},
        {"weeks": [[], [], [], []], "later": ["t6666"]},
    ]
    assert [task["id"] for task in load["tasks"]] == ["t2222", "t3333", "t4444", "t5555", "t6666", "t7777"]


def test_load_names_what_is_late_and_what_has_no_date(work: None, invoke: Invoke) -> None:
    """The sum counts a task of two mentors once, and is the number in the heading."""
    assert invoke("task", "load").out.splitlines() == [
        "6 open tasks of mine, by mentor and by week (from Monday)",
        "",
        "               late  23 Nov  30 Nov  7 Dec  14 Dec  later  no date",
        "Marie Curie               1       1      ·       ·               1",
        "William Osler     1       1       1      ·       ·",
        "Myself                    ·       ·      ·       ·      1",
        "All               1       2       1      ·       ·      1        1",
        "",
        "Late",
        "  t2222  Late  due Sun 22 Nov",
        "",
        "No date",
        f"  t7777  {HOSTILE}  since Tue 1 Sep",
    ]


def test_load_of_one_mentor(work: None, invoke: Invoke) -> None:
    """With a mentor it is what I owe them; there is no sum of one."""
    ran = invoke("task", "load", "--with", "osler")

    assert ran.out.splitlines()[:4] == [
        "3 open tasks of mine, by mentor and by week (from Monday)",
        "",
        "               late  23 Nov  30 Nov  7 Dec  14 Dec",
        "William Osler     1       1       1      ·       ·",
    ]


def test_load_beside_the_rotations(work: None, invoke: Invoke) -> None:
    """Those with days in the four weeks are named with how much time they leave."""
    invoke("profile", "block", "Night float", "2026-11-16", "2026-11-29", "--load", "away")
    invoke("profile", "block", HOSTILE, "2026-12-20", "2027-01-17", "--load", "heavy")
    invoke("profile", "block", "Clinic", "2026-12-21", "2027-01-17")

    ran = invoke("task", "load", "--with", "osler")
    assert ran.out.splitlines()[4:8] == [
        "",
        "Rotations",
        "  Night float: Mon 16 Nov to Sun 29 Nov (away)",
        f"  {HOSTILE}: Sun 20 Dec to Sun 17 Jan 2027 (heavy)",
    ]
    assert [one["name"] for one in invoke("task", "load", "--json").data["blocks"]] == ["Night float", HOSTILE]


def test_load_without_work(keep: Keep, invoke: Invoke) -> None:
    """A sentence says that there is none, and for whom."""
    keep(make_mentor())

    assert invoke("task", "load").out == "No open tasks.\n"
    assert invoke("task", "load", "--with", "osler").out == "No open tasks for William Osler.\n"


def test_load_on_a_narrow_terminal(work: None, terminal: Callable[..., Terminal]) -> None:
    """At 40 columns each mentor has lines of their own, without the weeks that are free."""
    screen = terminal("task", "load", columns=40)

    assert screen.end() == 0
    assert [line.rstrip() for line in screen.screen][:9] == [
        "6 open tasks of mine, by mentor and by",
        "week (from Monday)",
        "",
        "Marie Curie    23 Nov 1, 30 Nov 1,",
        "               no date 1",
        "William Osler  late 1, 23 Nov 1,",
        "               30 Nov 1",
        "Myself         later 1",
        "All            late 1, 23 Nov 2,",
    ]
