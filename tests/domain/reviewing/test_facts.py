"""What a review knows: the period, the counts, and the evidence of each goal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from factories import TODAY, make_goal, make_meeting, make_mentor, make_review, make_task
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.record import as_data, view
from mentorlog.models.review import Verdict
from mentorlog.models.views import View
from reviewed import views

COUNTS = {
    "meetings_held": 2,
    "meetings_cancelled_by_me": 0,
    "meetings_cancelled_by_them": 1,
    "meetings_missed": 1,
    "tasks_done": 1,
    "tasks_late": 1,
    "tasks_open": 2,
    "promises_kept": 1,
    "promises_open": 1,
}


def facts_of(known: Iterable[View], on: date = TODAY, **more: Any) -> ReviewFacts:
    """What a review of a day knows of some records."""
    return ReviewFacts(known, ReviewRequest(on, **more))


def counts(**more: Any) -> dict[str, Any]:
    """The counts of a review, without its goals."""
    said = as_data(facts_of(views(), **more).facts)
    return {name: value for name, value in said.items() if name in COUNTS}


def test_the_counts_of_everything() -> None:
    """Meetings, my tasks and their promises are counted apart."""
    assert counts() == COUNTS


def test_open_goals_come_with_their_last_evidence() -> None:
    """Active goals by date, then paused ones; closed ones are not asked about."""
    picture = facts_of(views())

    assert [(s.goal["id"], s.last_evidence, s.drifts) for s in picture.goals] == [
        ("g7k3q", "2026-11-05", False),
        ("g9p2m", None, True),
        ("g3w5x", None, False),
    ]
    assert picture.goals[0].last_meeting is not None
    assert picture.goals[0].last_meeting["id"] == "m3333"
    assert [task["id"] for task in picture.goals[0].tasks] == ["t4m2x", "t5b6c"]
    assert [state.goal["id"] for state in picture.drifting] == ["g9p2m"]
    fact = picture.facts.goals[0]
    assert (fact.goal, fact.last_evidence, fact.progress) == ("g7k3q", date(2026, 11, 5), 40)


def test_late_tasks_of_both_sides() -> None:
    """Late is what is open and due before the review, mine and theirs."""
    assert [task["id"] for task in facts_of(views()).late] == ["t4m2x", "t8n3v"]
    assert facts_of(views(), on=date(2026, 11, 10)).late == []


def test_the_first_period_begins_with_the_first_record() -> None:
    """Without an earlier review the period begins where the journal does, told or written."""
    assert facts_of(views()).period.start == date(2026, 9, 1)
    told = make_meeting(on=date(2026, 3, 1))
    assert facts_of(views(told)).period.start == date(2026, 3, 1)
    assert facts_of([]).period.start == TODAY


def test_a_period_begins_the_day_after_the_last_review() -> None:
    """Every day is looked back on once; a second review on one day looks at the same days."""
    last = make_review(on=date(2026, 11, 1))
    picture = facts_of(views(last))

    assert (picture.period.start, picture.period.end) == (date(2026, 11, 2), TODAY)
    assert picture.facts.meetings_held == 1
    assert facts_of(views(last, make_review())).period.start == date(2026, 11, 2)


def test_a_quick_look_in_between_shortens_no_other_period() -> None:
    """The half-year looks back on all of its days; the next quick look on those since the last of any kind."""
    looked = make_review(id="r2222", on=date(2026, 11, 10), kind="quick")
    known = views(make_review(on=date(2026, 6, 1)), looked)

    assert facts_of(known).period.start == date(2026, 6, 2)
    assert facts_of(known, kind="quick").period.start == date(2026, 11, 11)


def test_a_later_review_is_not_the_last_one() -> None:
    """A review that is written after the fact looks at what was before its day."""
    later = make_review(on=TODAY)

    assert facts_of(views(later), on=date(2026, 11, 1)).period.start == date(2026, 9, 1)


def test_the_scope_of_a_goal() -> None:
    """Of one goal: the goal, its tasks, and the meetings that named it."""
    picture = facts_of(views(), scope="g7k3q")

    assert [state.goal["id"] for state in picture.goals] == ["g7k3q"]
    assert [task["id"] for task in picture.late] == ["t4m2x"]
    assert picture.mentors == []
    assert counts(scope="g7k3q") == {
        **dict.fromkeys(COUNTS, 0),
        "meetings_held": 1,
        "tasks_done": 1,
        "tasks_late": 1,
        "tasks_open": 1,
    }


def test_the_scope_of_a_mentor() -> None:
    """Of one mentor: the goals shared with them, the tasks between us, our meetings."""
    picture = facts_of(views(), scope="curie")

    assert [state.goal["id"] for state in picture.goals] == ["g9p2m"]
    assert [state.mentor["id"] for state in picture.mentors] == ["curie"]
    assert (picture.facts.promises_kept, picture.facts.meetings_missed, picture.facts.meetings_held) == (1, 1, 0)


def test_a_closed_goal_can_be_the_scope() -> None:
    """Who asks for a closed goal gets it."""
    assert [state.goal["status"] for state in facts_of(views(), scope="gcccc").goals] == ["achieved"]


def test_the_last_review_of_a_scope() -> None:
    """For one goal a review of everything counts too; for everything one of a goal does not."""
    of_goal = make_review(on=date(2026, 11, 10), scope="g7k3q")

    assert facts_of(views(of_goal)).period.start == date(2026, 9, 1)
    assert facts_of(views(of_goal), scope="g7k3q").period.start == date(2026, 11, 11)
    assert facts_of(views(of_goal), scope="g9p2m").period.start == date(2026, 9, 1)


def test_what_was_open_on_that_day() -> None:
    """A task done after the day of the review was open on it."""
    done = make_task(due=date(2026, 10, 1), status="done", done_on=date(2026, 11, 20))

    assert [t["id"] for t in facts_of(views(done), on=date(2026, 11, 1)).late] == [done.id]


def test_a_verdict_is_evidence() -> None:
    """A goal that was looked at in a review does not drift."""
    verdict = Verdict(goal="g9p2m", verdict="keep")
    picture = facts_of(views(make_review(on=date(2026, 11, 1), verdicts=(verdict,))))

    assert picture.drifting == []


def test_evidence_after_the_review_does_not_count() -> None:
    """What came later was not known then."""
    later = make_meeting(on=date(2026, 11, 20), agenda=(AgendaItem(text="Talk", goal="g9p2m"),))
    picture = facts_of(views(later), on=date(2026, 11, 19))

    assert [state.goal["id"] for state in picture.drifting] == ["g9p2m"]


def test_an_empty_journal() -> None:
    """Nothing is known, and nothing fails."""
    picture = facts_of([])

    assert (picture.goals, picture.late, picture.mentors) == ([], [], [])


def test_goals_without_date_come_last() -> None:
    """Goals are asked about in the order of their dates."""
    early = make_goal(id="gzzzz", by=date(2026, 12, 1))
    picture = facts_of(views(early))

    assert [state.goal["id"] for state in picture.goals] == ["gzzzz", "g7k3q", "g9p2m", "g3w5x"]


def test_a_review_of_a_day_that_is_past_knows_no_more_than_that_day() -> None:
    """What was added after it is in none of its facts; a task that was done by then and written down later is."""
    later = datetime(2026, 11, 20, 9, tzinfo=UTC)
    records = [
        *(make_goal(id="g2222"), make_goal(id="g3333", created=later)),
        *(make_task(id="t2222"), make_task(id="t3333", created=later)),
        make_task(id="t4444", created=later, status="done", done_on=date(2026, 10, 1)),
        *(make_mentor(id="osler"), make_mentor(id="curie", created=later, started=date(2026, 11, 20))),
    ]
    picture = facts_of(map(view, records), on=date(2026, 11, 1))

    assert [fact.goal for fact in picture.facts.goals] == ["g2222"]
    assert (picture.facts.tasks_open, picture.facts.tasks_done) == (1, 1)
    assert [state.mentor["id"] for state in picture.mentors] == ["osler"]
