"""The rules of the loop: evidence, drifting, contact, the next review, what is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain import loop
from mentorlog.models.goal import Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.record import view
from mentorlog.models.task import Round


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)


def text(days: int) -> str:
    """A day before today, as views have it."""
    return ago(days).isoformat()


# Evidence


def test_what_shows_that_a_goal_moves() -> None:
    """Progress, a held meeting that names it, a task of it done or submitted, a note: each on its day."""
    goal = view(make_goal(id="g2222", progress=(Progress(on=ago(3), percent=4),)))
    agenda = (AgendaItem(text="It", goal="g2222"), AgendaItem(text="Weather"))
    held = view(make_meeting(on=ago(4), agenda=agenda))
    done = view(make_task(goal="g2222", status="done", done_on=ago(5)))
    sent = view(make_task(goal="g2222", status="submitted", rounds=(Round(sent=ago(6)),)))
    note = view(make_note(goal="g2222", on=ago(7)))

    found = [list(loop.evidence(one)) for one in (goal, held, done, sent, note)]
    assert found == [[("g2222", text(days))] for days in (3, 4, 5, 6, 7)]


def test_every_draft_of_a_task_counts() -> None:
    """Each day on which a draft was sent is evidence, for a review of an earlier day and after the task is done."""
    rounds = (Round(sent=ago(9), returned=ago(8)), Round(sent=ago(6)))
    sent, done = (view(make_task(goal="g2222", rounds=rounds, status=status)) for status in ("submitted", "done"))

    assert sorted(loop.evidence(sent)) == [("g2222", text(9)), ("g2222", text(6))]
    assert ("g2222", text(6)) in loop.evidence(done)


def test_what_shows_nothing() -> None:
    """A plan, an open task, a record of another goal."""
    planned = view(make_meeting(status="planned", agenda=(AgendaItem(text="It", goal="g2222"),)))

    for one in (planned, view(make_task(goal="g2222")), view(make_note()), view(make_task(status="done"))):
        assert list(loop.evidence(one)) == []


# Drifting


@pytest.mark.parametrize(("days", "drifts"), [(41, False), (42, True), (400, True)])
def test_quiet_for_six_weeks(days: int, drifts: bool) -> None:
    """42 days without evidence, or since creation where there is none."""
    goal = view(make_goal())

    assert loop.drifting({**goal, "created": f"{text(days)}T09:00:00+00:00"}, None, TODAY) is drifts
    assert loop.drifting({**goal, "created": f"{text(900)}T09:00:00+00:00"}, text(days), TODAY) is drifts


def test_past_its_date() -> None:
    """A goal drifts on the day after its date, however much it moves."""
    goal = view(make_goal())

    assert loop.drifting({**goal, "by": text(1)}, text(0), TODAY)
    assert not loop.drifting({**goal, "by": text(0)}, text(0), TODAY)


@pytest.mark.parametrize("status", ["paused", "achieved", "partly", "dropped"])
def test_only_active_goals_drift(status: str) -> None:
    """What rests or is closed does not."""
    assert not loop.drifting({**view(make_goal()), "status": status, "by": text(100)}, None, TODAY)


# Contact


def contact(last: int | None = None, planned: str | None = None, **changes: Any) -> tuple[str, str] | None:
    """The two days of a mentor whom I meet every 28 days."""
    mentor = view(make_mentor(every=28, started=ago(100))) | changes
    found = loop.contact(mentor, None if last is None else text(last), planned, TODAY)
    return (found["due_on"], found["overdue_on"]) if found else None


def test_contact_counts_from_the_last_held_meeting() -> None:
    """Due after every_days, overdue after one and a half times that; else since the mentorship began."""
    assert contact(10) == (text(10 - 28), text(10 - 42))
    assert contact() == (text(100 - 28), text(100 - 42))
    assert contact(started=None, created="2026-09-01T09:00:00+00:00") == ("2026-09-29", "2026-10-13")


def test_the_longest_gap_can_be_agreed() -> None:
    """`longest_days` is when it is overdue."""
    cadence = {"every_days": 28, "longest_days": 30, "mode": None, "minutes": None}

    assert contact(0, cadence=cadence) == (text(-28), text(-30))


def test_contact_is_silent() -> None:
    """While a meeting is planned within the longest gap, without a cadence, and where the mentorship rests."""
    assert contact(30, planned=text(-12)) is None
    assert contact(100, cadence=None) is None
    for status in ("paused", "ended", "declined", "candidate", "invited"):
        assert contact(100, status=status) is None
    assert contact(100, status="stay_in_touch") is not None
