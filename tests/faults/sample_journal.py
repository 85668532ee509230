"""The journal that the faults happen to: a resident's autumn, with something of every kind in every state."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.letters import letter
from mentorlog.models.record import Conflict, Record
from mentorlog.store.journal import Journal

NOW = "2026-11-23T09:00:00+00:00"

LETTER = letter("Fellowship", to=None, asked_on=date(2026, 11, 2))


def records() -> list[Record]:
    """Return the records of the sample journal; their ids are what the workflows name."""
    return [
        make_mentor(every=28),
        make_mentor(id="curie", name="Marie Curie", status="candidate"),
        make_mentor(id="nightingale", name="Florence Nightingale", status="invited"),
        make_mentor(id="blackwell", name="Elizabeth Blackwell", every=42),
        make_goal(id="g7k3q", mentors=["osler"], by=date(2027, 1, 3)),
        make_goal(id="g2n5t", title="Teach suturing to students", mentors=["osler", "blackwell"]),
        make_goal(id="g4m2x", title="Learn statistics", status="paused"),
        make_goal(id="g8v7w", title="Run a journal club"),
        make_task(id="t4m2x", goal="g7k3q", due=date(2026, 12, 1)),
        make_task(id="t2b3c", title="Read the guideline", status="doing", assigned_by="osler"),
        make_task(
            **{"id": "t7h8j", "title": "Hand in the consent form", "status": "submitted", "assigned_by": "osler"},
            conflicts=(Conflict(other={"title": "Hand in both consent forms"}),),
        ),
        make_task(id="t9k2m", title="Book the room", status="done", done_on=date(2026, 11, 20)),
        make_task(id="t3p4q", title="Send the sample protocol", owner="osler"),
        make_task(id="t6n8r", title="Letter for a fellowship", owner="osler", due=date(2027, 2, 1), letter=LETTER),
        make_meeting(id="m2c3d", notes="Chose the journal.\n\nHe is Röntgen's pupil. 🩺\n"),
        make_meeting(id="m4k2p", status="planned", on=date(2026, 11, 27), at="14:00"),
        make_meeting(id="m5f6g", status="planned", on=date(2026, 11, 20), mentors=["blackwell"]),
        make_note(id="n2b3c", kind="question", text="Which journal?", mentors=["osler"]),
        make_note(id="n6h7j", kind="advice", text="Write the methods first.", mentors=["osler"], goal="g7k3q"),
        make_note(id="n4d5f", kind="reflection"),
        make_review(id="r2b3c", on=date(2026, 11, 1)),
    ]


def write(root: Path) -> None:
    """Write the journal: two operations, one of them taken back."""
    journal = Journal(root, now=datetime.fromisoformat(NOW), may_create=True)

    def begin(transaction) -> None:  # type: ignore[no-untyped-def]
        transaction.put_profile(make_profile())
        for record in records():
            transaction.put(record)

    journal.change("begin", begin)
    journal.change("delete: a reflection", lambda transaction: transaction.delete("n4d5f"))
    journal.undo()
