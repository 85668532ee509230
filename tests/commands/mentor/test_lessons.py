"""`mentorlog mentor lessons`: what ended mentorships taught."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from commands.mentor.conftest import Invoke, Keep
from factories import make_mentor
from mentorlog.models.mentor import Closure, StatusChange
from output.payloads import PAYLOADS
from terminal import Terminal

FIRST, SECOND = date(2026, 3, 2), date(2026, 10, 5)


@pytest.fixture
def three(invoke: Invoke, keep: Keep) -> Invoke:
    """Osler ended twice and returned in between, Semmelweis once, a mentee once; Curie is active."""
    drifted = Closure(on=FIRST, kind="drifted", reasons=["time"], did_not="Nobody wrote first", lesson="Ask earlier")
    completed = Closure(on=SECOND, kind="completed", reasons=["goals_met"], worked="Short meetings")
    log = (StatusChange(on=date(2026, 5, 1), status="active"), StatusChange(on=SECOND, status="ended"))
    time = Closure(on=SECOND, kind="drifted", reasons=["communication", "time"], lesson="One.\n\nTwo.")
    keep(
        make_mentor(status="ended", started=date(2025, 9, 1), status_log=log, closure=(drifted, completed)),
        make_mentor(id="semmelweis", name="Ignaz Semmelweis", status="ended", started=None, closure=(time,)),
        make_mentor(id="noether", name="Emmy Noether", my_role="mentor", status="ended", closure=(completed,)),
        make_mentor(id="curie", name="Marie Curie"),
    )
    return invoke


def test_ends_are_shown_by_kind_then_the_reasons(three: Invoke) -> None:
    """Of each kind the newest first; a later end of one mentorship starts when it was resumed."""
    assert three("mentor", "lessons").out.splitlines() == [
        "Completed: its goals are reached (2 endings)",
        "  osler  William Osler, 1 May 2026 to 5 Oct 2026 (goals met)",
        "    worked   Short meetings",
        "  noether  Emmy Noether, mentee, 1 Sep 2026 to 5 Oct 2026 (goals met)",
        "    worked   Short meetings",
        "",
        "Drifted: contact faded away (2 endings)",
        "  semmelweis  Ignaz Semmelweis, 5 Oct 2026 (communication, time)",
        "    lesson   One.",
        "             Two.",
        "  osler  William Osler, 1 Sep 2025 to 2 Mar 2026 (time)",
        "    did not  Nobody wrote first",
        "    lesson   Ask earlier",
        "",
        "Reasons",
        "  goals met      William Osler and Emmy Noether",
        "  time           Ignaz Semmelweis and William Osler",
        "  communication  Ignaz Semmelweis",
    ]


def test_a_mentorship_without_a_start_began_when_it_was_active_first(invoke: Invoke, keep: Keep) -> None:
    """As `mentor lineage` says; nothing is made up where no day is known."""
    log = tuple(StatusChange(on=day, status=word) for day, word in ((FIRST, "active"), (SECOND, "ended")))
    closure = (Closure(on=SECOND, kind="moved"),)
    keep(make_mentor(status="ended", started=None, status_log=log, closure=closure))

    assert "  osler  William Osler, 2 Mar 2026 to 5 Oct 2026" in invoke("mentor", "lessons").out.splitlines()
    assert "William Osler, Mar 2026 to Oct 2026" in invoke("mentor", "lineage").out


def test_json(three: Invoke) -> None:
    """The endings in the same order, how many of each kind, and the mentors of each reason."""
    data = three("mentor", "lessons", "--json").data

    assert [(one["mentor"], one["kind"], one["started"], one["on"]) for one in data["endings"]] == [
        ("osler", "completed", "2026-05-01", "2026-10-05"),
        ("noether", "completed", "2026-09-01", "2026-10-05"),
        ("semmelweis", "drifted", None, "2026-10-05"),
        ("osler", "drifted", "2025-09-01", "2026-03-02"),
    ]
    assert (data["kinds"], data["reasons"]) == (
        {"completed": 2, "drifted": 2},
        {
            "goals_met": ["osler", "noether"],
            "time": ["semmelweis", "osler"],
            "communication": ["semmelweis"],
        },
    )


@pytest.mark.parametrize(
    ("words", "mentors"),
    [
        (["--kind", "drifted"], ["semmelweis", "osler"]),
        (["--kind", "moved", "-k", "completed"], ["osler", "noether"]),
        (["--reason", "Time"], ["semmelweis", "osler"]),
        (["--reason", "communication", "--reason", "goals-met"], ["osler", "noether", "semmelweis"]),
        (["--with", "semm"], ["semmelweis"]),
    ],
)
def test_only_some(words: list[str], mentors: list[str], three: Invoke) -> None:
    """By kind, by reason, by mentor; several of one filter are any of them."""
    assert [one["mentor"] for one in three("mentor", "lessons", *words, "--json").data["endings"]] == mentors


def test_without_an_ending(invoke: Invoke, osler: None) -> None:
    """It says so; a filter that nothing matches is another sentence, and a wrong word an error."""
    assert invoke("mentor", "lessons").out == "No mentorship has ended yet.\n"
    assert invoke("mentor", "lessons", "--reason", "time").out == "No endings match.\n"
    assert "one of: completed" in invoke("mentor", "lessons", "--kind", "bored").err


def test_texts_are_harmless(keep: Keep, invoke: Invoke) -> None:
    """No text reaches the screen as markup or as a control sequence."""
    text = "".join(typed for typed, _ in PAYLOADS.values() if typed != "\ud800")
    closure = Closure(on=FIRST, kind="moved", reasons=["[/b]"], worked=text, did_not=text, lesson=text)
    keep(make_mentor(name='[/b] =1+1 "x" \\ é 日本 🩺', status="ended", closure=(closure,)))

    said = invoke("mentor", "lessons").out
    assert "\x1b" not in said and "[/b]" in said
    assert invoke("mentor", "lessons", "--json").data["endings"][0]["lesson"] == text.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


@pytest.mark.parametrize("columns", [80, 40])
def test_it_keeps_to_the_terminal(columns: int, three: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Lines are wrapped between words, the texts below each other."""
    shown = terminal("mentor", "lessons", columns=columns, lines=60)
    shown.end()

    assert max(map(len, shown.screen)) <= columns
    assert any(line == "    lesson   Ask earlier" for line in shown.screen)
