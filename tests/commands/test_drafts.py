"""A draft that was submitted is with its mentor until it comes back, on every screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from factories import make_goal, make_meeting, make_mentor, make_task
from mentorlog.models.task import Round
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]
SENT = Round(sent=date(2026, 11, 2))


@pytest.fixture
def out(invoke: Invoke, keep: Keep) -> Invoke:
    """A draft that was due on the day on which it was submitted, three weeks ago."""
    keep(
        make_mentor(name="Wei Chen", id="chen"),
        make_meeting(on=date(2026, 10, 1), mentors=("chen",)),
        make_task(id="t4m2x", assigned_by="chen", due=SENT.sent, status="submitted", rounds=(SENT,)),
    )
    return invoke


def test_it_is_with_the_mentor_on_every_screen(out: Invoke) -> None:
    """It is on their side with how long it is there, and never late or mine.

    The members of the kind: every screen and document that asks whose a task is or whether it is late: `status`,
    `due`, `waiting`, `task list`, `task owed`, `meeting prep`, `show` and the facts and questions of a review.
    """
    with_them = "Draft abstract: with Wei Chen for 3 weeks"

    assert f"I am owed\n  t4m2x  {with_them}\n" in out().out
    assert "waiting" in out("due").out and with_them in out("due").out
    assert out("waiting").out == f"t4m2x  {with_them}\n       mentorlog task return t4m2x\n"
    assert "with chen for 3 weeks" in out("task", "list").out
    assert "I am owed (1)" in out("task", "owed").out and "with them for 3 weeks" in out("task", "owed").out
    assert "Drafts with them\n  t4m2x  Draft abstract: with them for 3 weeks\n" in out("meeting", "prep", "chen").out
    for words in (["status"], ["due"], ["task", "list"], ["task", "owed"], ["meeting", "prep", "chen"]):
        assert " late" not in out(*words).out, words
        assert "my task" not in out(*words).out, words
    assert "late task" not in out("review", "--print-form").out
    assert "1 draft with them" in out("review", "--print-form").out


def test_where_open_tasks_are_listed(out: Invoke) -> None:
    """`show` of the mentor says when it was sent, and `mentor end` that it is a draft."""
    assert "t4m2x  Draft abstract (sent Mon 2 Nov 2026)\n" in out("show", "chen").out
    assert "  my draft t4m2x: Draft abstract\n" in out("mentor", "end", "chen", "--kind", "completed").out


def test_json_says_whose_turn_it_is(out: Invoke) -> None:
    """`turn` is them; the lists of both sides, the late ones and the facts of a review agree with it."""
    (task,), status, owed = (out(*words, "--json").data for words in (["task", "list"], ["status"], ["task", "owed"]))

    assert (task["turn"], task["late"], task["sent_on"]) == ("them", False, "2026-11-02")
    assert [len(status[side]) for side in ("mine", "theirs", "waiting")] == [0, 1, 1]
    assert [len(owed[side]) for side in ("i_owe", "they_owe")] == [0, 1]
    assert [(one["reason"], one["late"]) for one in out("due", "--json").data if one["record"] == "task"] == [
        ("waiting", False)
    ]
    assert out("review", "--quick", "--answers", "-", "--json", stdin='worked = "It"').data["facts"]["tasks_late"] == 0


def test_it_is_mine_again_when_it_comes_back(out: Invoke) -> None:
    """`task return` brings it back to my side, where it is late."""
    out("task", "return", "t4m2x")
    (task,) = out("task", "list", "--json").data

    assert (task["turn"], task["late"]) == ("me", True)
    assert "I owe\n  t4m2x  Draft abstract, for Wei Chen  late since Mon 2 Nov\n" in out().out


def test_a_draft_that_waits_is_out_and_one_reopened_is_not(out: Invoke) -> None:
    """`task wait` leaves a draft with the mentor; `task done` and `task reopen` end the round."""
    out("task", "wait", "t4m2x")
    assert out("task", "list", "--json").data[0]["turn"] == "them"

    out("task", "done", "t4m2x")
    out("task", "reopen", "t4m2x")
    assert out("task", "list", "--json").data[0]["turn"] == "me"


def test_with_whom_it_is_by_its_goal(invoke: Invoke, keep: Keep) -> None:
    """Where nobody assigned it, the draft is with the mentors of its goal; with nobody known it was sent."""
    keep(
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", mentors=["curie", "osler"]),
        make_task(id="t2222", title="Poster", goal="g7k3q", status="submitted", rounds=(SENT,)),
        make_task(id="t3333", title="Essay", status="submitted", rounds=(SENT,)),
        make_task(id="t4444", title="Letter", status="submitted"),
    )

    said = invoke("waiting").out
    assert "t2222  Poster: with Marie Curie and William Osler for 3 weeks\n" in said
    assert "t3333  Essay: sent 3 weeks ago\n" in said
    assert "t4444  Letter: sent 12 weeks ago\n" in said  # by hand, without a round: since its creation
    assert "with curie and osler for 3 weeks" in invoke("task", "list").out
    assert "Myself" in invoke("task", "owed").out
