"""What the journal answers to the domain's questions, from its index, is what the records say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain import computed
from mentorlog.domain.loop import RULES
from mentorlog.domain.overview import overview
from mentorlog.domain.query import Query
from mentorlog.models.goal import Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.record import Record
from mentorlog.models.task import Round
from mentorlog.store.journal import Journal

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal."""
    made = Journal(tmp_path / "journal", now=NOW)
    made.create()
    return made


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days)


ABOUT = AgendaItem(text="What is the progress?", goal="g3333")
RECORDS: tuple[Record, ...] = (
    make_mentor(id="osler", every=28),
    make_mentor(id="curie", name="Marie Curie", every=14, started=ago(90)),
    make_mentor(id="nightingale", name="Florence Nightingale", status="ended"),
    make_mentor(id="semmelweis", name="Ignaz Semmelweis", every=30),
    make_goal(id="g2222", mentors=["osler", "nightingale"], progress=(Progress(on=ago(3), percent=40),)),
    make_goal(id="g3333", mentors=["curie"], by=ago(-20)),
    make_goal(id="g4444", by=ago(1)),
    make_goal(id="g5555", status="dropped"),
    make_meeting(id="m2222", on=ago(60), mentors=("curie", "osler"), agenda=(ABOUT,)),
    make_meeting(id="m3333", on=ago(10), mentors=("osler",)),
    make_meeting(id="m4444", on=ago(-4), status="planned", mentors=("semmelweis", "osler")),
    make_meeting(id="m5555", on=ago(2), status="planned", mentors=("curie",), at="09:00"),
    make_meeting(id="m6666", on=ago(1), status="cancelled", mentors=("curie",)),
    make_task(id="t2222", assigned_by="osler", due=ago(2), rounds=(Round(sent=ago(5)),), status="submitted"),
    make_task(id="t3333", goal="g3333", meeting="m2222", created=NOW),
    make_task(id="t4444", owner="curie", goal="g2222"),
    make_task(id="t5555", status="done", done_on=ago(7), goal="g3333"),
    make_note(id="n2222", on=ago(-1), goal="g4444"),
)  # fmt: skip


def test_the_index_answers_as_the_records_do(journal: Journal) -> None:
    """Days of meetings, evidence up to a day, and the day and mentors of what a task comes from."""
    journal.change("all of them", lambda transaction: [transaction.put(record) for record in RECORDS])
    expected = Answers(*RECORDS)
    ids = [record.id for record in RECORDS]

    days, others = journal.reading.meeting_days(ids, TODAY), expected.meeting_days(ids, TODAY)
    assert {id: days.get(id, (None, None)) for id in ids} == others
    for until in (ago(30), TODAY, ago(-5)):
        assert journal.reading.last_evidence(ids, until) == expected.last_evidence(ids, until)
    linked = [id for id in ids if id[0] in "gm"]
    assert journal.reading.days_and_mentors(linked) == expected.days_and_mentors(linked)
    assert (
        journal.reading.days_and_mentors([])
        == journal.reading.last_evidence([], TODAY)
        == journal.reading.meeting_days([], TODAY)
        == {}
    )


def test_what_matters_now_is_the_same(journal: Journal) -> None:
    """The overview and the computed fields over the journal are those over the records themselves."""
    journal.change("all of them", lambda transaction: [transaction.put(record) for record in RECORDS])
    expected = Answers(*RECORDS)

    def by_id(found: Any) -> Any:
        if not isinstance(found, list):
            return found
        return sorted(({**one, "prefix": None} for one in found), key=lambda one: one["id"])

    ours, theirs = overview(journal.reading, RULES, NOW), overview(expected, RULES, NOW)
    assert {key: by_id(value) for key, value in ours.items()} == {key: by_id(value) for key, value in theirs.items()}
    for kind, compute in (("mentor", computed.mentors), ("goal", computed.goals), ("task", computed.tasks)):
        found = [compute(ask.find(Query(kind)), ask, TODAY) for ask in (journal.reading, expected)]
        assert by_id(found[0]) == by_id(found[1])


def test_one_state_answers_all_questions(journal: Journal) -> None:
    """Whoever writes meanwhile: what is asked within one snapshot is all of one moment."""
    journal.change("a goal", lambda transaction: transaction.put(make_goal(id="g2222")))

    def counted() -> tuple[int, int]:
        before = len(journal.reading.find(Query("goal")))
        other = Journal(journal.root, now=NOW)
        other.change("another goal", lambda transaction: transaction.put(make_goal(id="g3333")))
        return before, len(journal.reading.find(Query("goal")))

    assert journal.reading.in_snapshot(counted) == (1, 1)
