"""What a report says, and what its strips hold: the same as the screens and the reviews, as of its last day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

import sampled
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain import audience
from mentorlog.domain.audience import PROGRAM, SELF, Audience
from mentorlog.domain.report import report
from mentorlog.domain.report.report import Report
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Cadence, StatusChange
from mentorlog.models.profile import Assessment, Block, Profile
from mentorlog.models.record import Record, view
from mentorlog.models.review import Verdict
from mentorlog.models.task import Round
from mentorlog.store.format.document import profile_view

OLD = datetime(2026, 1, 5, 9, tzinfo=UTC)


def made(
    *records: Record,
    to: Audience = SELF,
    since: date | None = None,
    until: date = TODAY,
    profile: Profile | None = None,
) -> Report:
    """Return the report of some records."""
    selection = audience.select(profile_view(profile or make_profile()), [view(one) for one in records], to)
    return report.of(selection, since, until)


# The period


def test_a_report_covers_twelve_months() -> None:
    """By default it covers the year that ends today."""
    found = made(make_goal(created=datetime(2020, 1, 1, tzinfo=UTC)))

    assert (found.since, found.until) == ("2025-11-24", "2026-11-23")
    assert found.period == "24 Nov 2025 to 23 Nov 2026"


def test_a_young_journal_begins_with_its_first_day() -> None:
    """Empty months say nothing; three months are shown in any case."""
    assert made(make_goal(created=datetime(2026, 4, 2, tzinfo=UTC))).since == "2026-04-02"
    assert made(make_goal(created=datetime(2026, 11, 20, tzinfo=UTC))).since == "2026-08-24"
    assert made().since == "2026-08-24"


def test_the_first_day_can_be_chosen() -> None:
    """What happened before it is not in the report; what is known of it still counts."""
    goal = make_goal(created=OLD, progress=(Progress(on=date(2026, 3, 1), percent=30),))
    found = made(goal, make_note(on=date(2026, 3, 1), kind="win", text="Signed off"), since=date(2026, 9, 1))

    assert (found.goals[0].marks, found.goals[0].state, found.wins) == ([], "active, 30%", [])
    assert found.goals[0].remark == "last evidence 1 Mar, none for 9 months"


# Goals


def test_evidence_is_that_of_the_loop() -> None:
    """A held meeting, progress, a task done or sent, a note and a verdict are evidence, each on its day."""
    found = made(
        make_goal(
            id="g2222", created=OLD, progress=(Progress(on=date(2026, 9, 7), percent=40, text="Half is written"),)
        ),
        make_meeting(on=date(2026, 9, 1), agenda=(AgendaItem(text="How far", goal="g2222"),)),
        make_meeting(on=date(2026, 9, 2), status="missed", agenda=(AgendaItem(text="How far", goal="g2222"),)),
        make_task(goal="g2222", status="submitted", rounds=(Round(sent=date(2026, 9, 3)),)),
        make_note(on=date(2026, 9, 4), goal="g2222"),
        make_review(on=date(2026, 9, 5), verdicts=(Verdict(goal="g2222", verdict="keep"),)),
    )
    (goal,) = found.goals

    assert goal.evidence == [
        ("2026-09-07", "progress: 40%, Half is written"),
        ("2026-09-05", "verdict"),
        ("2026-09-04", "note"),
        ("2026-09-03", "task"),
        ("2026-09-01", "meeting"),
    ]
    assert (goal.state, goal.remark, goal.quiet_since) == (
        "active, 40%",
        "last evidence 7 Sep, none for 11 weeks",
        "2026-09-07",
    )


@pytest.mark.parametrize(
    ("last", "quiet"), [(date(2026, 10, 12), "2026-10-12"), (date(2026, 10, 13), None)], ids=["42 days", "41 days"]
)
def test_a_goal_is_quiet_after_six_weeks(last: date, quiet: str | None) -> None:
    """It is the rule by which goals drift."""
    (goal,) = made(make_goal(created=OLD, progress=(Progress(on=last),))).goals

    assert goal.quiet_since == quiet


def test_a_goal_without_evidence() -> None:
    """It is quiet since it was set, once that is six weeks ago."""
    old, new = made(
        make_goal(id="g2222", created=OLD), make_goal(id="g3333", created=datetime(2026, 11, 2, tzinfo=UTC))
    ).goals

    assert (old.remark, old.quiet_since) == ("no evidence yet", "2026-01-05")
    assert (new.remark, new.quiet_since) == ("no evidence yet", None)


def test_the_dates_of_a_goal() -> None:
    """A date that was moved is shown with where it was; one that is past is named."""
    moves = (
        HistoryEntry(on=date(2026, 2, 1), field="by", old="2026-03-01", new="2026-06-01"),
        HistoryEntry(on=date(2026, 5, 1), field="by", old="2026-06-01", new="2026-11-20"),
    )
    (goal,) = made(make_goal(created=OLD, by=date(2026, 11, 20), history=moves, domain="research")).goals

    assert goal.about == ["research", "since 5 Jan", "by 20 Nov, moved twice (was 1 Mar and 1 Jun)"]
    assert (goal.by, goal.earlier) == ("2026-11-20", ["2026-03-01", "2026-06-01"])
    assert goal.remark == "no evidence yet, past its date"


def test_a_former_date_that_is_none() -> None:
    """A file that was written by hand may have any text there: it is not told."""
    history = tuple(HistoryEntry(on=date(2026, 10, 1), field="by", old=old, new="later") for old in ("spring", None))

    row = made(make_goal(by=date(2027, 1, 4), history=history)).goals[0]

    assert (row.by, row.earlier) == ("2027-01-04", [])


def test_goals_in_their_order() -> None:
    """The active ones by their dates, the paused, then those closed in the period, the newest first."""
    goals = (
        make_goal(title="dropped", created=OLD, status="dropped", closed_on=date(2026, 10, 1)),
        make_goal(title="no date", created=OLD),
        make_goal(title="achieved", created=OLD, status="achieved", closed_on=date(2026, 11, 1)),
        make_goal(title="partly", created=OLD, status="partly", closed_on=date(2026, 9, 1)),
        make_goal(title="paused", created=OLD, status="paused", by=date(2026, 12, 1)),
        make_goal(title="soon", created=OLD, by=date(2026, 12, 1)),
        make_goal(title="long ago", created=OLD, status="achieved", closed_on=date(2025, 1, 1)),
    )
    found = made(*goals)

    assert [goal.title for goal in found.goals] == ["soon", "no date", "paused", "achieved", "dropped", "partly"]
    assert [goal.state for goal in found.goals[3:]] == ["achieved 1 Nov", "dropped 1 Oct", "partly achieved 1 Sep"]
    assert found.figures[1] == ("Goals active", "2", "1 achieved, 1 partly achieved, 1 paused, 1 dropped")


def test_a_report_of_an_earlier_day() -> None:
    """What came later was not so then: progress, a new date, an end, a held meeting, a finished task."""
    goal = make_goal(
        id="g2222",
        created=OLD,
        by=date(2027, 3, 1),
        status="achieved",
        closed_on=date(2026, 11, 1),
        progress=(Progress(on=date(2026, 6, 1), percent=20), Progress(on=date(2026, 10, 1), percent=100)),
        history=(
            HistoryEntry(on=date(2026, 10, 2), field="by", old="2026-12-01", new="2027-03-01"),
            HistoryEntry(on=date(2026, 11, 1), field="status", old="active", new="achieved"),
        ),
    )
    meetings = [make_meeting(on=date(2026, month, 1), created=OLD) for month in (6, 7, 10)]
    promise = make_task(owner="osler", created=OLD, due=date(2026, 6, 15), status="done", done_on=date(2026, 10, 1))
    later = make_goal(title="Set later", created=datetime(2026, 8, 1, tzinfo=UTC))
    mentor = make_mentor(created=OLD, started=date(2026, 1, 5))
    found = made(goal, *meetings, promise, later, mentor, until=date(2026, 7, 15))

    (row,) = found.goals
    assert (row.state, row.by, row.earlier, row.ended) == ("active, 20%", "2026-12-01", [], "2026-07-15")
    assert found.figures[0] == ("Meetings held", "2", "with 1 mentor")
    assert found.mentors[0].remarks == ["last 1 Jul, next 1 Oct"]
    assert found.promises[0].theirs == Counter(over=1)


# Meetings


def test_the_meetings_with_a_mentor() -> None:
    """Each has its day and its kind; those after the last day are to come."""
    found = made(
        make_mentor(created=OLD, started=date(2026, 8, 20), roles=("advisor", "role_model"), every=28),
        make_meeting(on=date(2026, 9, 1)),
        make_meeting(on=date(2026, 9, 20)),
        make_meeting(on=date(2026, 10, 1), status="cancelled", cancelled_by="them"),
        make_meeting(on=date(2026, 10, 2), status="cancelled", cancelled_by="me"),
        make_meeting(on=date(2026, 10, 3), status="missed"),
        make_meeting(on=date(2026, 11, 20), status="planned"),
        make_meeting(on=date(2026, 12, 2), status="planned"),
        make_mentor(id="curie", name="Marie Curie", status="stay_in_touch", created=OLD),
        make_mentor(id="noether", name="Emmy Noether", status="candidate", created=OLD),
    )
    (osler,) = found.mentors

    assert osler.about == ["advisor, role model", "every 4 weeks", "since 20 Aug"]
    assert osler.state == "2 held, 1 cancelled by me, 1 cancelled by them, 1 missed, 1 not recorded yet"
    assert osler.remarks == ["last 20 Sep, next 2 Dec", "longer than agreed: 20 Sep to 23 Nov"]
    assert osler.days[0] == ("2026-12-02", "planned")
    assert [mark.kind for mark in osler.marks] == [*["held"] * 2, *["cancelled"] * 2, "missed", "planned", "planned"]
    assert found.also == ["Marie Curie"]
    assert found.figures[0] == ("Meetings held", "2", "with 1 mentor")


@pytest.mark.parametrize("to", [SELF, PROGRAM, Audience("mentor", "osler")], ids=str)
def test_rotations_stretch_the_gaps_for_every_reader(to: Audience) -> None:
    """A block away makes a gap as long as agreed and a goal not quiet, also for those who do not see the block."""
    values: dict[str, Any] = {"name": "Leave", "from": date(2026, 10, 1), "to": date(2026, 11, 10), "load": "away"}
    records = (
        make_mentor(every=28, started=date(2026, 9, 1), visibility="program"),
        make_meeting(on=date(2026, 9, 20), visibility="program"),
        make_goal(mentors=["osler"], created=datetime(2026, 9, 20, tzinfo=UTC), visibility="program"),
    )

    def told(profile: Profile) -> tuple[Any, Any]:
        found = made(*records, to=to, profile=profile)
        return found.mentors[0].gaps[-1:], found.goals[0].quiet_since

    assert told(make_profile()) == ([("2026-09-20", "2026-11-23")], "2026-09-20")
    assert told(make_profile(blocks=[Block(**values)])) == ([], None)


def gaps(*days: date, **changes: Any) -> Sequence[tuple[str, str]]:
    """Return the gaps that are shown between meetings held on some days."""
    mentor = make_mentor(created=OLD, **{"started": date(2026, 1, 5), "every": 28, **changes})
    return made(mentor, *(make_meeting(on=day) for day in days), since=date(2026, 1, 1)).mentors[0].gaps


def test_a_gap_is_longer_than_the_longest_that_was_agreed() -> None:
    """Without a longest gap it is one and a half times the rhythm, as for `due`."""
    exact, longer = (date(2026, 2, 16), date(2026, 3, 30), date(2026, 11, 1)), (date(2026, 2, 17),)
    cadence = Cadence(every_days=28, longest_days=300)

    assert gaps(*exact) == [("2026-03-30", "2026-11-01")]  # 42 and 42 days are within
    assert gaps(*longer)[0] == ("2026-01-05", "2026-02-17")
    assert gaps(*exact, cadence=cadence, every=28) == [("2026-03-30", "2026-11-01")]


def test_a_pause_is_no_gap() -> None:
    """Who had agreed to pause was not late."""
    log = (StatusChange(on=date(2026, 4, 1), status="paused"), StatusChange(on=date(2026, 9, 1), status="active"))

    assert gaps(date(2026, 2, 1), date(2026, 3, 1), date(2026, 10, 20), date(2026, 11, 1), status_log=log) == []


def test_an_ended_mentorship_ends() -> None:
    """Its strip ends on that day, and nothing is late from then on."""
    log = (StatusChange(on=date(2026, 6, 1), status="ended"),)
    mentor = make_mentor(created=OLD, started=date(2026, 1, 5), every=28, status="ended", status_log=log)
    (row,) = made(mentor, make_meeting(on=date(2026, 1, 20)), since=date(2026, 1, 1)).mentors

    assert (row.ended, row.is_over, row.gaps, row.about) == ("2026-06-01", True, [], ["every 4 weeks", "ended 1 Jun"])


# Promises


def test_promises_by_their_state() -> None:
    """Kept, kept late, open, open past its date, dropped; a task of mine that concerns nobody is none."""
    day = date(2026, 11, 1)
    tasks = (
        make_task(assigned_by="osler", status="done", done_on=day, due=day),
        make_task(assigned_by="osler", status="done", done_on=date(2026, 11, 2), due=day),
        make_task(helps="osler"),
        make_task(assigned_by="osler", due=TODAY),
        make_task(assigned_by="osler", due=date(2026, 11, 22)),
        make_task(assigned_by="osler", due=day, status="submitted", rounds=(Round(sent=day),)),
        make_task(assigned_by="osler", status="dropped"),
        make_task(assigned_by="osler", created=OLD, status="done", done_on=date(2026, 2, 1)),
        make_task(),
        make_task(owner="osler", status="done", done_on=day),
    )
    found = made(make_mentor(), *tasks, since=date(2026, 9, 1))
    (row,) = found.promises

    assert row.mine == Counter(kept=1, late=1, open=3, over=1, dropped=1)
    assert row.theirs == Counter(kept=1)
    assert found.figures[2:] == [
        ("My promises", "2 of 6", "kept (1 late), 1 past its date"),
        ("Promises to me", "1 of 1", "kept"),
    ]


def test_a_promise_to_two_mentors_counts_once() -> None:
    """It stands in both rows."""
    found = made(
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g2222", mentors=["osler", "curie"]),
        make_task(goal="g2222"),
    )

    assert [(row.name, row.mine) for row in found.promises] == [
        ("Marie Curie", {"open": 1}),
        ("William Osler", {"open": 1}),
    ]
    assert found.figures[2] == ("My promises", "0 of 1", "kept")
    assert found.figures[3] == ("Promises to me", "none", "in this period")


# Words


def test_self_ratings_by_area() -> None:
    """Areas are compared without case; later ratings are not known yet."""
    days = (date(2026, 9, 1), date(2026, 10, 1), date(2027, 1, 1))
    ratings = [
        Assessment(on=day, area=area, rating=n)
        for day, area, n in zip(days, ("chest films", "Chest films", "x"), (2, 4, 5), strict=True)
    ]
    (row,) = made(profile=make_profile(assessments=ratings)).ratings

    assert (row.area, row.state, row.remark) == ("Chest films", "2 → 4", "2 on 1 Sep, 4 on 1 Oct")


def test_a_review_in_words() -> None:
    """The verdicts name their goals; a review of nothing that is shown is left out."""
    review = make_review(
        on=date(2026, 11, 1),
        kind="semiannual",
        worked="Half a page a day",
        verdicts=(
            Verdict(goal="g2222", verdict="revise", reason="Figures first", changes={"by": "2027-03-01"}),
            Verdict(goal="g9999", verdict="keep"),
        ),
    )
    (entry,) = made(make_goal(id="g2222", created=OLD), review, make_review(on=date(2026, 11, 2))).reviews

    assert entry.heading == "Semi-annual review"
    assert entry.points == [("Submit case report", ": revised, now by 1 Mar 2027 (Figures first)")]
    assert entry.texts == [("What worked", "Half a page a day")]


def test_ids_of_tasks_are_left_out_of_the_notes_of_a_meeting() -> None:
    """On paper they are rubbish."""
    meeting = make_meeting(notes="- [ ] @me Send the abstract (tb4st)", mode="video")
    (entry,) = made(make_mentor(), meeting, make_task(id="tb4st", title="Send the abstract")).meetings

    assert entry == ("2026-11-16", "William Osler", "video", [], [("", "- [ ] @me Send the abstract")])


# Against the other reckonings


def test_the_counts_are_those_of_a_review() -> None:
    """The last evidence of every open goal, what drifts, and the meetings held are as in a review of that day."""
    profile, views = sampled.views()
    for day in (TODAY, date(2026, 9, 1), date(2026, 5, 1)):
        found = report.of(audience.select(profile, views, SELF), None, day)
        facts = ReviewFacts(views, ReviewRequest(day, "annual", since=date.fromisoformat(found.since)))
        states = {state.goal["title"]: state for state in facts.goals}
        shown = [row for row in found.goals if row.title in states]

        assert found.figures[0].number == str(facts.facts.meetings_held)
        assert shown or not states
        for row in shown:
            last, state = states[row.title].last_evidence, states[row.title]
            assert (max((mark.on for mark in row.marks), default=None) or last) == last
            assert state.drifts is bool(
                row.status == "active" and (row.quiet_since or (row.by and row.by < found.until))
            )
        assert facts.facts.promises_open == sum(one.theirs["open"] + one.theirs["over"] for one in found.promises)


def test_the_programme_gets_counts_without_texts() -> None:
    """Meetings and tasks that only count give the same strips and squares, and no word of theirs."""
    profile, views = sampled.views()
    views = [{**one, "visibility": "open" if one["record"] == "goal" else "mentor"} for one in views]
    theirs = report.of(audience.select(profile, views, PROGRAM), None, TODAY)
    mine = report.of(audience.select(profile, views, SELF), None, TODAY)

    assert [row.marks for row in theirs.goals] == [row.marks for row in mine.goals]
    assert [(row.name, row.marks, row.gaps) for row in theirs.mentors] == [
        (row.name, row.marks, row.gaps) for row in mine.mentors
    ]
    assert theirs.promises == mine.promises
    assert theirs.figures == mine.figures
    assert (theirs.meetings, theirs.tasks, theirs.notes) == ([], [], [])
