"""What belongs to a record, in lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from mentorlog.domain.reports import Linked
from mentorlog.models.views import View
from mentorlog.output.screens.linked import contact, sections

MENTOR: View = {"record": "mentor", "id": "osler"}
GOAL: View = {"record": "goal", "id": "g7k3q"}


def goal(**more: object) -> View:
    """Make a view of a goal with Osler."""
    mentors = [{"mentor": "osler", "told_on": None}]
    return {
        "record": "goal", "id": "g9m2x", "title": "Draft the discussion", "by": None, "status": "active",
        "mentors": mentors, **more,
    }  # fmt: skip


def all_of(found: Mapping[str, Sequence[View]]) -> dict[str, Linked]:
    """All records that belong to one."""
    return {kind: Linked(records, len(records)) for kind, records in found.items()}


def test_a_mentor_has_goals_tasks_meetings_and_notes() -> None:
    """One line each: told or not, due when, about what; kinds with nothing in them are left out."""
    found: dict[str, list[View]] = {
        "goal": [
            goal(by="2027-02-01"),
            goal(status="paused", mentors=[{"mentor": "osler", "told_on": "2026-11-20"}]),
        ],
        "task": [{"record": "task", "id": "t4m2x", "title": "Revise CV", "due": "2026-12-01", "status": "doing"}],
        "meeting": [
            {
                "record": "meeting", "id": "m4k2p", "on": "2026-11-20", "status": "held",
                "decisions": ["Journal A"], "agenda": [], "notes": None,
            }
        ],
        "note": [],
    }  # fmt: skip

    assert list(sections(MENTOR, all_of(found))) == [
        (
            "Goals",
            [
                ("g9m2x", "Draft the discussion, by Mon 1 Feb 2027 (not told yet)"),
                ("g9m2x", "Draft the discussion (paused, told Fri 20 Nov 2026)"),
            ],
        ),
        ("Tasks", [("t4m2x", "Revise CV, due Tue 1 Dec 2026 (doing)")]),
        ("Meetings", [("m4k2p", "Fri 20 Nov 2026 (held): Journal A")]),
    ]


def test_a_goal_has_parts() -> None:
    """Goals of a goal are its parts; a mentor of theirs is no news there."""
    note = {"record": "note", "id": "n4m2x", "on": "2026-11-20", "kind": "win", "text": "Accepted\nat last"}

    assert list(sections(GOAL, all_of({"goal": [goal()], "note": [note]}))) == [
        ("Parts", [("g9m2x", "Draft the discussion (active)")]),
        ("Notes", [("n4m2x", "Fri 20 Nov 2026, win: Accepted")]),
    ]


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (GOAL, "and 1,880 more; see: mentorlog task list --all --goal g7k3q"),
        (MENTOR, "and 1,880 more; see: mentorlog task list --with osler"),
    ],
)
def test_the_rest_is_counted(view: View, said: str) -> None:
    """Where more belong to a record than are shown, their number and the command that lists them are said."""
    task = {"record": "task", "id": "t4m2x", "title": "Revise CV", "due": None, "status": "doing"}

    ((_, lines),) = sections(view, {"task": Linked([task] * 20, 1900)})

    assert lines[-1] == ("", said)
    assert len(lines) == 21


DUE: View = {"due_on": "2026-11-30", "overdue_on": "2026-12-14"}


@pytest.mark.parametrize(
    ("last", "planned", "due", "lines"),
    [
        (None, None, None, ["not met yet"]),
        (
            "2026-11-02",
            "2026-11-26",
            None,
            ["last met Mon 2 Nov 2026, 3 weeks ago", "next contact planned on Thu 26 Nov 2026, in 3 days"],
        ),
        (
            "2026-11-02",
            None,
            DUE,
            ["last met Mon 2 Nov 2026, 3 weeks ago", "next contact due Mon 30 Nov 2026, in 7 days"],
        ),
        (
            None,
            None,
            {"due_on": "2026-11-10", "overdue_on": "2026-11-20"},
            ["not met yet", "next contact overdue since Tue 10 Nov 2026, 13 days ago"],
        ),
    ],
)
def test_when_a_mentor_is_met(last: str | None, planned: str | None, due: View | None, lines: list[str]) -> None:
    """The last meeting, then the next: as planned, else as the cadence has it."""
    days = due or {"due_on": None, "overdue_on": None}

    assert contact({"last_held": last, "next_planned": planned, **days}, date(2026, 11, 23)) == lines


def test_more_tasks_than_a_meeting_shows_are_counted() -> None:
    """Where no command lists the rest of a kind, it is counted all the same."""
    task = {"record": "task", "id": "t4m2x", "title": "Revise CV", "due": None, "status": "doing"}

    ((_, lines),) = sections({"record": "meeting", "id": "m4k2p"}, {"task": Linked([task], 1900)})

    assert lines[-1] == ("", "and 1,899 more")
