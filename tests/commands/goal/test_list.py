"""`mentorlog goal list`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from commands.goal.conftest import Invoke
from factories import make_goal, make_mentor
from terminal import Terminal


def test_list_shows_open_goals_by_date(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """The nearest first, those without a date last; closed ones only where they are asked for."""
    keep(
        make_goal(id="g2222", title="Third"),
        make_goal(id="g3333", title="Second", by=date(2027, 2, 1)),
        make_goal(id="g4444", title="First", by=date(2027, 1, 1), status="paused"),
        make_goal(id="g5555", title="Closed", status="dropped", by=date(2026, 1, 1)),
    )

    assert [goal["id"] for goal in invoke("goal", "list", "--json").data] == ["g4444", "g3333", "g2222"]
    assert [goal["id"] for goal in invoke("goal", "list", "--all", "--json").data] == [
        "g5555",
        "g4444",
        "g3333",
        "g2222",
    ]
    assert [goal["id"] for goal in invoke("goal", "list", "--status", "dropped", "--json").data] == ["g5555"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--with", "osler"], ["g2222"]),
        (["--with", "osler", "--with", "curie"], ["g2222", "g3333"]),
        (["--domain", "Research"], ["g3333"]),
        (["--horizon", "long"], ["g2222"]),
        (["--tag", "a"], ["g2222", "g3333"]),
        (["--tag", "a", "--tag", "b"], ["g3333"]),
        (["--parent", "g22"], ["g3333"]),
        (["--until", "in 2 months"], ["g2222"]),
        (["--drifting"], ["g4444"]),
        (["--domain", "ethics"], []),
    ],
)
def test_list_filters(
    invoke: Invoke, keep: Callable[..., Any], people: None, filters: list[str], found: list[str]
) -> None:
    """Each filter narrows; together they narrow further."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    keep(
        make_goal(id="g2222", mentors=["osler"], horizon="long", tags=("a",), by=date(2027, 1, 1), created=now),
        make_goal(id="g3333", mentors=["curie"], domain="research", parent="g2222", tags=("a", "b"), created=now),
        make_goal(id="g4444"),
    )

    assert [goal["id"] for goal in invoke("goal", "list", *filters, "--json").data] == found


def test_list_tells_how_far_and_how_quiet(invoke: Invoke, keep: Callable[..., Any], people: None) -> None:
    """Beside its fields a goal has its percentage, its last evidence, and whether it drifts."""
    goal = make_goal(id="g2222", by=date(2027, 1, 1), mentors=["osler"]).told("curie", on=date(2026, 11, 1))
    keep(goal.progressed(40, on=date(2026, 9, 10)).progressed(text="Words", on=date(2026, 9, 20)))

    ran = invoke("goal", "list")
    (data,) = invoke("goal", "list", "--json").data

    assert ran.out.splitlines() == [
        "id     title               by              done  moved        state     mentors       untold",
        "g2222  Submit case report  Fri 1 Jan 2027   40%  9 weeks ago  drifting  osler, curie  osler",
    ]
    assert (data["percent"], data["last_evidence"], data["drifting"]) == (40, "2026-09-20", True)
    assert data["untold"] == ["osler"]


def test_nobody_is_untold_when_the_mentorship_has_ended(invoke: Invoke, keep: Callable[..., Any]) -> None:
    """Whom there is nothing more to tell is not still to be told; that the goal was theirs too stays."""
    keep(make_mentor(status="ended", id="osler"), make_mentor(id="curie", name="Marie Curie"))
    keep(make_goal(mentors=["osler", "curie"]))

    (data,) = invoke("goal", "list", "--json").data

    assert [one["mentor"] for one in data["mentors"]] == ["osler", "curie"]
    assert data["untold"] == ["curie"]


def test_list_keeps_to_narrow_terminals(
    terminal: Callable[..., Terminal], keep: Callable[..., Any], people: None
) -> None:
    """At 40 columns each goal has lines of its own, and nothing is left out."""
    keep(make_goal(id="g2222", title="Submit the case report of the year", by=date(2027, 1, 1), mentors=["osler"]))

    screen = terminal("goal", "list", columns=40)

    assert screen.end() == 0
    assert screen.screen == [
        "g2222  Submit the case report of the",
        "       year",
        "       due in 6 weeks, drifting,",
        "       mentors osler, untold osler",
    ]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ([], 'No open goals. Add one with: mentorlog goal add "Submit case report"'),
        (["--drifting"], "No goals are drifting."),
        (["--tag", "a"], "No goals match."),
        (["--domain", "a"], "No goals match."),
    ],
)
def test_an_empty_list_says_so(invoke: Invoke, filters: list[str], sentence: str) -> None:
    """Calmly, on stdout; as JSON it is an empty list."""
    assert invoke("goal", "list", *filters).out == sentence + "\n"
    assert invoke("goal", "list", *filters, "--json").data == []


@pytest.mark.parametrize("filters", [["--with", "nobody"], ["--status", "x"], ["--horizon", "x"], ["--until", "x"]])
def test_list_refuses_filters_that_are_none(invoke: Invoke, filters: list[str]) -> None:
    """A list of what nobody asked for would be a wrong answer."""
    ran = invoke("goal", "list", *filters)

    assert (ran.exit, ran.out) == (1, "")


def test_list_names_what_it_cannot_read(invoke: Invoke, goal: str, journal_root: Path) -> None:
    """An unreadable goal is counted on stderr, and the others are served."""
    (journal_root / "goals" / "g2222-broken.toml").write_text("title = \n")

    ran = invoke("goal", "list")

    assert (ran.exit, goal in ran.out) == (0, True)
    assert "1 record cannot be read" in ran.err
