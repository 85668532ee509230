"""A journal of which every byte is vouched for, and what its tests do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from factories import make_goal, make_mentor, make_note, make_profile
from mentorlog.domain.reports import Verified
from mentorlog.models.goal import Goal
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from world import NOW

GOAL, NOTE, MENTOR = (
    "goals/g7k3q-submit-case-report.toml",
    "notes/n4m2x-he-draws-the-differential-first.toml",
    "mentors/osler.toml",
)
TEMPLATE = "templates/thanks.txt"


def opened(root: Path) -> Journal:
    """Open a journal."""
    return Journal(root, now=datetime.fromisoformat(NOW), may_create=True)


def write(root: Path) -> None:
    """Write a journal: a profile and two records, a template, and a goal that is changed twice."""
    journal = opened(root)
    journal.create()

    def begin(now: Any) -> None:
        now.put_profile(make_profile())
        for record in (make_mentor(), make_goal(id="g7k3q", mentors=["osler"]), make_note(id="n4m2x")):
            now.put(record)

    journal.change("begin", begin)
    journal.change("template edit", lambda now: now.put_template("thanks", "Thank you, {{ mentor.name }}\n", None))
    assign(journal, "Learn to write")
    assign(journal, "Publish it")


def assign(journal: Journal, why: str) -> None:
    """Change the goal."""
    journal.update(Goal, "g7k3q", "set", lambda goal: replace(goal, why=why))


def put(journal: Journal, *records: Record) -> None:
    """Save records as one operation."""
    journal.change("fill", lambda now: [now.put(record) for record in records])


def kinds(found: Verified) -> dict[str, str]:
    """Return the state of each file that is not as the log left it."""
    return {one.path: one.state for one in found.files}
