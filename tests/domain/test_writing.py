"""What texts to a mentor say: other mentors are found by their surnames, and the next meeting is the nearest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_profile, make_task
from mentorlog.domain import writing
from mentorlog.domain.audience import Audience, select
from mentorlog.models.record import Record, view
from mentorlog.store.format.document import profile_view

TODAY = date(2026, 11, 23)


def views(*records: Record) -> list[Any]:
    """Views of records."""
    return [view(record) for record in records]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Show Marie Curie the plates", True),
        ("Show Dr. Curie's plates", True),
        ("Ask Röntgen", True),
        ("the plates of marie curie", True),
        ("Ask Wilhelm Rontgen", True),
        ("Grace Osler knows", True),
        ("curies per litre", False),
        ("Curiethérapie", False),
        ("Ask Pierre", False),
        ("Talk to William Osler", False),
        ("", False),
        (None, False),
    ],
)
def test_other_mentors_are_found_by_their_surnames(text: str | None, is_named: bool) -> None:
    """As a word of its own, as the journal spells it; the reader's only with another first name."""
    people = [
        make_mentor(id="osler", name="William Osler, MD"),
        make_mentor(id="osler-2", name="Grace Osler"),
        make_mentor(id="curie", name="Curie, Marie"),
        make_mentor(id="rontgen", name="Wilhelm Röntgen"),
    ]

    assert writing.OtherNames(views(*people), "osler").are_in(text) is is_named
    assert not writing.OtherNames(views(people[0]), "osler").are_in("Curie")


def test_work_together() -> None:
    """Since when, how often, shared goals that were not dropped, and tasks of mine that are done, newest first."""
    records = [
        make_mentor(id="osler", name="William Osler", started=None),
        make_mentor(id="curie", name="Marie Curie"),
        *(make_meeting(id=f"m222{day}", on=date(2026, 11, day), mentors=["osler"]) for day in (2, 9)),
        make_meeting(id="m3333", on=date(2026, 10, 1), mentors=["osler"], visibility="private"),
        make_meeting(id="m4444", on=date(2026, 12, 1), mentors=["osler"], status="planned"),
        make_goal(id="g2222", title="Write", mentors=["osler"]),
        make_goal(id="g3333", title="Rest", mentors=["osler"], status="dropped"),
        make_goal(id="g4444", title="Ask Curie", mentors=["osler"]),
        make_goal(id="g5555", title="Count", mentors=["curie"]),
        make_task(id="t2222", title="Read", assigned_by="osler", status="done", done_on=date(2026, 11, 3)),
        make_task(id="t3333", title="Draft", assigned_by="osler", status="done", done_on=date(2026, 11, 4)),
        make_task(id="t4444", title="Open", assigned_by="osler"),
        make_task(id="t5555", title="Theirs", owner="osler", status="done", done_on=date(2026, 11, 4)),
    ]
    every = views(*records)
    selection = select(profile_view(make_profile()), every, Audience("mentor", "osler"))
    work = writing.work(selection, writing.OtherNames(every, "osler"))

    assert (work.since, work.meetings) == ("2026-11-02", 2)
    assert [goal["id"] for goal in work.goals] == ["g2222"]
    assert [task["id"] for task in work.tasks] == ["t3333", "t2222"]
    assert work.left_out == ["g4444"]


def test_the_next_meeting() -> None:
    """The nearest that is planned with the mentor, from today on."""
    plans = [
        make_meeting(id=id, on=date(2026, 11, day), mentors=[who], status="planned")
        for id, day, who in (
            ("m2222", 20, "osler"),
            ("m3333", 30, "osler"),
            ("m4444", 23, "osler"),
            ("m5555", 24, "curie"),
        )
    ]

    found = writing.next_meeting("osler", views(*plans), TODAY)
    assert found and found["id"] == "m4444"
    assert writing.next_meeting("virchow", views(*plans), TODAY) is None
