"""What matters now: the thinking behind status and due, over answers in memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain.loop import RULES, Rules
from mentorlog.domain.overview import due_items, overview
from mentorlog.models.mentor import Cadence
from mentorlog.models.record import Record

EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days)


def now(*records: Record, rules: Rules = RULES) -> Any:
    """What matters on the evening of today."""
    return overview(Answers(*records), rules, EVENING)


def due(*records: Record, within: int = 7) -> list[str]:
    """Why what is due is due, in its order."""
    return [item.reason for item in due_items(now(*records), TODAY, within)]


@pytest.mark.parametrize(("days", "within", "is_due"), [(0, 0, True), (-1, 0, False), (-7, 7, True), (-8, 7, False)])
def test_within_is_inclusive(days: int, within: int, is_due: bool) -> None:
    """The last of the days counts."""
    task = make_task(due=ago(days), created=EVENING)

    assert due(task, within=within) == ["my task"] * is_due


def test_what_has_no_day_is_never_due() -> None:
    """Tasks and goals without a date, and mentors without a cadence, wait in silence."""
    assert due(*(make(created=EVENING) for make in (make_task, make_mentor, make_goal))) == []


def test_order_is_by_day() -> None:
    """The earliest first, whatever it is."""
    passed = make_meeting(status="planned", on=ago(2))
    review = make_review(next_on=ago(3))

    assert due(make_task(due=ago(1)), passed, review) == ["review", "meeting passed", "my task"]


def test_a_meeting_has_passed_when_its_hour_has() -> None:
    """Of today's meetings that of the afternoon has passed in the evening; one without an hour has not."""
    noon, whole = make_meeting(status="planned", on=TODAY, at="12:00"), make_meeting(status="planned", on=TODAY)
    found = now(noon, whole)

    assert [[one["at"] for one in found[key]] for key in ("passed", "planned")] == [["12:00"], [None]]


def test_contacts_come_in_the_order_of_their_days() -> None:
    """Each mentor with a cadence and no meeting ahead, the most pressing first; a contact is no record."""
    cadence = Cadence(every_days=28)
    mentors = [make_mentor(id=id, cadence=cadence, started=ago(400)) for id in ("osler", "curie", "nightingale")]
    met = make_meeting(on=ago(10), mentors=("osler",)), make_meeting(on=ago(20), mentors=("curie",))
    ahead = make_meeting(status="planned", on=ago(-2), mentors=("nightingale",))
    contacts = now(*mentors, *met, ahead)["contacts"]

    assert [one["id"] for one in contacts] == ["curie", "osler"]
    assert list(contacts[0]) == [
        "record",
        "id",
        "name",
        "nickname",
        "due_on",
        "overdue_on",
        "last_held",
        "next_planned",
    ]


def test_the_rules_say_what_drifts_and_when_to_review() -> None:
    """Other rules give other answers; nothing else knows the numbers."""
    goal = make_goal(created=EVENING - timedelta(50))
    strict, patient = now(goal), now(goal, rules=Rules(drift_days=60, review_days=10))

    assert [[one["id"] for one in found["drifting"]] for found in (strict, patient)] == [[goal.id], []]
    assert date.fromisoformat(strict["review_on"]) - date.fromisoformat(patient["review_on"]) == timedelta(80)


def test_names_are_those_of_everybody_in_it() -> None:
    """Owners, givers and whom a planned meeting is with; not me."""
    people = [make_mentor(id=id, name=id.title()) for id in ("osler", "curie", "nightingale", "semmelweis")]
    found = now(
        *people, make_task(owner="osler", assigned_by="me"), make_task(owner="me", assigned_by="curie"),
        make_meeting(status="planned", on=ago(-2), mentors=("nightingale",)), make_note(mentors=("semmelweis",)),
    )  # fmt: skip

    assert found["names"] == {"osler": "Osler", "curie": "Curie", "nightingale": "Nightingale"}
