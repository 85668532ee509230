"""What belongs to a record, in lines."""

from __future__ import annotations

from mentorlog.models.views import View
from mentorlog.output.related import sections

MENTOR: View = {"record": "mentor", "id": "osler"}
GOAL: View = {"record": "goal", "id": "g7k3q"}


def goal(**more: object) -> View:
    """Make a view of a goal with Osler."""
    mentors = [{"mentor": "osler", "told_on": None}]
    return {
        "record": "goal", "id": "g9m2x", "title": "Draft the discussion", "by": None, "status": "active",
        "mentors": mentors, **more,
    }  # fmt: skip


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

    assert list(sections(MENTOR, found)) == [
        (
            "Goals",
            [
                "g9m2x  Draft the discussion, by Mon 1 Feb 2027 (not told yet)",
                "g9m2x  Draft the discussion (paused, told Fri 20 Nov 2026)",
            ],
        ),
        ("Tasks", ["t4m2x  Revise CV, due Tue 1 Dec 2026 (doing)"]),
        ("Meetings", ["m4k2p  Fri 20 Nov 2026 (held): Journal A"]),
    ]


def test_a_goal_has_parts() -> None:
    """Goals of a goal are its parts; a mentor of theirs is no news there."""
    note = {"record": "note", "id": "n4m2x", "on": "2026-11-20", "kind": "win", "text": "Accepted\nat last"}

    assert list(sections(GOAL, {"goal": [goal()], "note": [note]})) == [
        ("Parts", ["g9m2x  Draft the discussion (active)"]),
        ("Notes", ["n4m2x  Fri 20 Nov 2026, win: Accepted"]),
    ]
