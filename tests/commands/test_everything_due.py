"""`due` and `status` have everything that has a day, before it, on it and after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import TODAY, make_goal, make_meeting, make_mentor, make_review, make_task
from mentorlog.models.mentor import StatusChange
from mentorlog.models.record import Record
from mentorlog.models.task import Round
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]
Kind = Callable[[date], Sequence[Record]]
LONG_AGO = datetime(2026, 8, 25, 9, tzinfo=UTC)  # no review falls due within four weeks


def review_elsewhere() -> Record:
    """A review that names a day far ahead, so that no other review is due."""
    return make_review(on=date(2026, 8, 25), next_on=date(2027, 8, 1), created=LONG_AGO)


def asked(day: date) -> Record:
    """Somebody who was asked by email on a day."""
    log = (StatusChange(on=day, status="invited", reason="email"),)
    return make_mentor(id="curie", name="Marie Curie", status="invited", started=None, status_log=log)


KINDS: dict[str, Kind] = {
    "my_task": lambda day: [make_task(due=day)],
    "their_task": lambda day: [make_task(due=day, owner="osler"), make_mentor()],
    "goal": lambda day: [make_goal(by=day, created=datetime(2026, 11, 1, 9, tzinfo=UTC))],
    "contact": lambda day: [make_mentor(every=28), make_meeting(on=day - timedelta(28))],
    "term_ends": lambda day: [make_mentor(term_ends=day)],
    "meeting": lambda day: [make_mentor(), make_meeting(on=day, status="planned")],
    "review": lambda day: [make_review(on=date(2026, 8, 25), next_on=day, created=LONG_AGO)],
}
"""Each kind of thing that has a day."""


def reasons(invoke: Invoke, *words: str) -> list[tuple[str, int]]:
    """Why and when what is due is due."""
    return [(row["reason"], row["days"]) for row in invoke("due", *words, "--json").data]


def kept(keep: Keep, kind: str, days: int) -> None:
    """Keep a record whose day is so many days ahead."""
    keep(*KINDS[kind](TODAY + timedelta(days)), *([] if kind == "review" else [review_elsewhere()]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("days", [-1, 0, 7])
def test_everything_that_has_a_day_is_due(invoke: Invoke, keep: Keep, kind: str, days: int) -> None:
    """Before its day, on it and after it, the last day of `--within` included.

    What has a day: my task (`due`), a promise (`due`), a goal (`by`), a planned meeting ahead (`on`) and one that has
    passed, contact (by the cadence), the end of a term (`term_ends`), the next review (`next_on`, else 90 days). What
    waits for others, from two weeks on, has the tests below. What happened (`on`, `done_on`, `sent`) is no such day.
    """
    kept(keep, kind, days)
    expected = [("meeting_passed" if (kind, days) == ("meeting", -1) else kind, days)]

    assert reasons(invoke) == expected
    assert invoke("due", "--check").exit == 10
    assert reasons(invoke, "--within", "6d") == (expected if days < 7 else [])
    assert invoke("due", "--check", "--within", "6d").exit == (10 if days < 7 else 0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("days", "shown"), [(1, True), (14, True), (15, False)])
def test_status_has_it_within_a_fortnight(invoke: Invoke, keep: Keep, kind: str, days: int, shown: bool) -> None:
    """Whatever has a day of the next two weeks keeps `status` from saying that nothing is due."""
    kept(keep, kind, days)
    (id,) = {row["id"] for row in invoke("due", "--within", "2w", "--json").data} or {None}
    said = invoke().out

    assert ("Nothing is due within two weeks, and no goal is drifting." in said) is not shown
    assert id is None or f"  {id}  " in said


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("my_task", ["task", "done"]),
        ("their_task", ["task", "drop"]),
        ("goal", ["goal", "pause", "-m", "Night shifts"]),
        ("meeting", ["meeting", "cancel"]),
        ("contact", ["mentor", "pause"]),
        ("term_ends", ["mentor", "end", "--kind", "completed"]),
    ],
)
def test_what_is_closed_or_at_rest_is_not_due(invoke: Invoke, keep: Keep, kind: str, command: list[str]) -> None:
    """A closed task, a goal that is not active, a cancelled meeting, a mentorship that rests or ended."""
    kept(keep, kind, 0)
    (id,) = [row["id"] for row in invoke("due", "--json").data]

    assert invoke(*command[:2], id, *command[2:]).exit == 0
    assert reasons(invoke) == []


# What waits


def waiting(since: date) -> dict[str, Sequence[Record]]:
    """An invitation, a draft and a promise that wait since a day."""
    created = datetime(since.year, since.month, since.day, 9, tzinfo=UTC)
    return {
        "invitation": [asked(since)],
        "draft": [make_mentor(), make_task(assigned_by="osler", status="submitted", rounds=(Round(sent=since),))],
        "promise": [make_mentor(), make_task(owner="osler", created=created)],
    }


@pytest.mark.parametrize("kind", ["invitation", "draft", "promise"])
@pytest.mark.parametrize(("days", "named"), [(13, False), (14, True), (60, True)])
def test_a_wait_is_named_from_two_weeks_on(invoke: Invoke, keep: Keep, kind: str, days: int, named: bool) -> None:
    """An invitation, a draft and a promise without a date are in `due` and `status` from the 14th day on.

    Before that they are counted in `status`, and listed by `waiting`. `--within` does not bring them forward.
    """
    keep(*waiting(TODAY - timedelta(days))[kind], review_elsewhere())

    assert reasons(invoke, "--within", "2w") == [("waiting", 14 - days)] * named
    assert ("I am owed\n" in invoke().out) is named
    assert ("I am owed (1; see: mentorlog waiting)" in invoke().out) is not named
    assert [one["days"] for one in invoke("waiting", "--json").data] == [days]


def test_a_promise_with_a_date_is_due_on_it(invoke: Invoke, keep: Keep) -> None:
    """However long ago it was made, it is due once: on its date."""
    keep(make_mentor(), make_task(owner="osler", due=TODAY + timedelta(30), created=LONG_AGO), review_elsewhere())

    assert reasons(invoke, "--within", "29d") == []
    assert reasons(invoke, "--within", "30d") == [("their_task", 30)]
    assert invoke("waiting", "--json").data[0]["due_on"] == "2026-12-23"


def test_what_is_late_is_told_from_what_is_past(invoke: Invoke, keep: Keep) -> None:
    """A task is late after its day; contact only after the longest gap, and a wait never."""
    keep(make_mentor(every=28), make_meeting(on=TODAY - timedelta(30)), make_task(due=TODAY - timedelta(1)))
    keep(*waiting(TODAY - timedelta(30))["invitation"], review_elsewhere())

    assert {row["reason"]: row["late"] for row in invoke("due", "--json").data} == {
        "contact": False,
        "my_task": True,
        "waiting": False,
    }
