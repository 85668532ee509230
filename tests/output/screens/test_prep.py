"""The screen before a meeting, in 80 and in 40 columns, and with hostile text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from answers import Answers
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain import computed
from mentorlog.domain.preparing import Records, gather
from mentorlog.models.goal import HistoryEntry, Progress, Share
from mentorlog.models.mentor import Cadence, Expectations
from mentorlog.models.record import view
from mentorlog.models.task import Round
from mentorlog.output.output import Page
from mentorlog.output.screens.prep import comment, lines
from mentorlog.output.text import width

HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺 \x1b[31m'


def day(ago: int) -> date:
    """So many days ago."""
    return TODAY - timedelta(ago)


def data(title: str = "Draft abstract") -> dict[str, Any]:
    """Something of everything."""
    mentor = make_mentor(
        domains=("case reports", "surgery"),
        conflict_of_interest="He also writes\nmy evaluation",
        cadence=Cadence(every_days=28, minutes=30, mode="video"),
        expectations=Expectations(
            theirs=("Drafts in time", "No e-mail at night"), off_limits=("pay", "family"), prep_days=2, response_days=7
        ),
    )
    planned = {"status": "planned", "at": "14:00", "mode": "video", "minutes": 45, "mentors": ("osler", "curie")}
    meetings = [make_meeting(on=day(20)), make_meeting(on=day(-4), **planned)]
    tasks = [
        make_task(id="tbbbb", title=title, assigned_by="osler", status="doing", due=day(1)),
        make_task(id="tcccc", title="Revise CV", assigned_by="osler", status="done", done_on=day(5)),
        make_task(id="tdddd", title="Send protocol", owner="osler"),
        make_task(
            id="tffff", title="Study protocol", assigned_by="osler", status="submitted", rounds=(Round(sent=day(14)),)
        ),
    ]
    moved = HistoryEntry(on=day(3), field="by", old="2027-01-03", new="2027-02-01", reason="New format")
    why = HistoryEntry(on=day(2), field="why", old="a" * 40, new="b" * 40)
    early = Progress(on=day(6), percent=10)
    half = Progress(on=day(1), percent=40, text="Half of it\nis written")
    told = Share(mentor="osler", told_on=day(9))
    goals = [
        make_goal(id="gbbbb", title="Present", mentors=["osler"]),
        make_goal(id="gcccc", mentors=[told], history=(moved, why), progress=(early, half)),
    ]
    notes = [make_note(id="nbbbb", kind="question", mentors=("osler",), text=title)]
    meeting_views, goal_views, task_views, note_views = (
        [view(one) for one in group] for group in (meetings, goals, tasks, notes)
    )
    full = computed.tasks(task_views, Answers(*meetings, *goals), TODAY)
    return gather(view(mentor), Records(meeting_views, goal_views, full, note_views), TODAY)


def test_the_screen() -> None:
    """Everything in its section; ages in words; the agenda at the end."""
    assert lines(data(), Page(80), TODAY) == [
        "William Osler: Fri 27 Nov 2026, 14:00, in 4 days",
        "last met Tue 3 Nov 2026, 3 weeks ago · 45 minutes (30 agreed) · video · with curie",
        "Domains: case reports, surgery",
        "They expect: Drafts in time; No e-mail at night; material by Wed 25 Nov; an answer within 7 days",
        "Conflict of interest: He also writes my evaluation",
        "Off limits: pay; family",
        "",
        "What I owe",
        "  tbbbb  Draft abstract: doing, late, due Sun 22 Nov 2026, owed since Tue 1 Sep",
        "",
        "Done since last time",
        "  tcccc  Revise CV: Wed 18 Nov 2026",
        "",
        "What they promised",
        "  tdddd  Send protocol: owed since Tue 1 Sep",
        "",
        "Drafts with them",
        "  tffff  Study protocol: with them for 2 weeks",
        "",
        "My questions",
        "  nbbbb  Draft abstract",
        "",
        "To tell them",
        "  gbbbb  Present: not told yet",
        "  gcccc  Submit case report",
        "         by Sun 3 Jan 2027 → Mon 1 Feb 2027 (New format), Fri 20 Nov",
        "         why revised, Sat 21 Nov",
        "         40%, Half of it is written, Sun 22 Nov",
        "",
        "Suggested agenda",
        "  1. My question: Draft abstract",
        "  2. Tell them about a goal: Present",
        "  3. Tell them about 2 changes",
        "  4. Get a draft back: Study protocol",
        "  5. My task (late): Draft abstract",
        "  6. Their promise: Send protocol",
        "  7. The next meeting",
    ]


def test_a_low_terminal() -> None:
    """What does not fit has no blank lines."""
    whole = lines(data(), Page(80), TODAY)

    assert lines(data(), Page(120, terminal=True, height=len(whole) + 1), TODAY) == whole
    assert lines(data(), Page(120, terminal=True, height=24), TODAY) == [line for line in whole if line]


@pytest.mark.parametrize("columns", [80, 40, 20])
@pytest.mark.parametrize("colour", [True, False])
def test_it_keeps_to_the_terminal(columns: int, colour: bool) -> None:
    """No line is wider than the terminal, nothing is cut, and no text of a record acts on it."""
    shown = lines(data(f"{HOSTILE} and {HOSTILE}"), Page(columns, terminal=True, colour=colour), TODAY)
    bare = [line.replace("\x1b[0m", "") for line in shown]
    for ink in ("1", "2", "33", "36", "1;36"):
        bare = [line.replace(f"\x1b[{ink}m", "") for line in bare]

    assert not [line for line in bare if "\x1b" in line]
    assert not [line for line in bare if width(line) > columns]
    assert "".join("".join(bare).split()).count('[/b]=1+1"x"') >= 6


def test_nothing_to_prepare() -> None:
    """A mentor of whom nothing is known: who it is, and what can always be said."""
    found = gather(view(make_mentor()), Records([], [], [], []), TODAY)

    assert lines(found, Page(80), TODAY) == [
        "William Osler: no meeting planned",
        "not met yet",
        "",
        "Suggested agenda",
        "  1. What they expect of me",
        "  2. The next meeting",
    ]


def test_a_plan_that_has_passed() -> None:
    """It says so."""
    plan = view(make_meeting(status="planned", on=day(2)))
    found = gather(view(make_mentor()), Records([plan], [], [], []), TODAY)

    assert lines(found, Page(80), TODAY)[0] == "William Osler: Sat 21 Nov 2026, 2 days ago"


def test_the_comment() -> None:
    """For the editor: the same lines, without blank ones and styles."""
    assert comment(data(), TODAY).split("\n")[6:8] == ["What I owe", lines(data(), Page(), TODAY)[8]]
