"""`mentorlog mentor list`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from commands.mentor.conftest import Invoke, Keep
from factories import make_meeting, make_mentor
from terminal import Terminal


def test_list_shows_who_is_met_next(invoke: Invoke, keep: Keep) -> None:
    """Active ones first, by the day they are met next; those who are gone only with --all."""
    keep(
        make_mentor(every=28, roles=("advisor",)),
        make_mentor(id="curie", name="Marie Curie", every=28),
        make_mentor(id="blackwell", name="Elizabeth Blackwell", status="candidate"),
        make_mentor(id="rontgen", name="Wilhelm Röntgen", status="ended"),
        make_meeting(on=datetime(2026, 11, 1).date()),
        make_meeting(on=datetime(2026, 11, 27).date(), status="planned", mentors=("curie",)),
    )

    assert invoke("mentor", "list").out.splitlines() == [
        "id         name                 status     roles    every    last met     next",
        "curie      Marie Curie          active              4 weeks               planned Fri 27 Nov",
        "osler      William Osler        active     advisor  4 weeks  3 weeks ago  due Sun 29 Nov",
        "blackwell  Elizabeth Blackwell  candidate",
    ]
    assert [row["id"] for row in invoke("mentor", "list", "--all", "--json").data][-1] == "rontgen"
    assert [row["id"] for row in invoke("mentor", "list", "--status", "ended", "--json").data] == ["rontgen"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--role", "Advisor"], ["osler"]),
        (["--domain", "case-reports"], ["curie"]),
        (["--tag", "ward"], ["curie"]),
        (["--status", "paused"], []),
    ],
)
def test_list_narrows(words: list[str], ids: list[str], invoke: Invoke, keep: Keep) -> None:
    """By role, domain, tag and status."""
    curie = make_mentor(id="curie", name="Marie Curie", domains=("Case reports",), tags=("ward",))
    keep(make_mentor(roles=("advisor",)), curie)

    assert [row["id"] for row in invoke("mentor", "list", *words, "--json").data] == ids


def test_an_empty_list_says_what_to_do(invoke: Invoke) -> None:
    """No mentors is a fine place to begin; a filter that finds nobody says only that."""
    assert "mentorlog mentor add " in invoke("mentor", "list").out
    assert invoke("mentor", "list", "--role", "coach").out == "No mentors match.\n"
    assert invoke("mentor", "list", "--status", "loved").exit == 1


@pytest.mark.parametrize("columns", [40, 80])
def test_a_list_fits_the_terminal(columns: int, terminal: Callable[..., Terminal], keep: Keep) -> None:
    """Every line keeps to the width, and the next date stays."""
    keep(make_mentor(every=28, roles=("advisor", "teacher")), make_mentor(id="curie", name="Marie " * 12 + "Curie"))

    screen = terminal("mentor", "list", columns=columns)

    assert screen.end() == 0
    assert [line.split()[0] for line in screen.screen] == ["id", "osler", "curie"] or columns == 40
    assert max(map(len, screen.screen)) <= columns
    assert "overdue Tue 29 Sep" in screen.text


def test_an_unreadable_mentor_is_counted(invoke: Invoke, osler: None, journal_root: Path) -> None:
    """The others are listed, the broken file is named on stderr."""
    (journal_root / "mentors" / "curie.toml").write_text("name = <<<<<<<")

    ran = invoke("mentor", "list")

    assert ran.exit == 0
    assert "osler" in ran.out and "mentors/curie.toml" in ran.err
