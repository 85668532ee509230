"""`mentorlog export html`: the report of a period, for an audience, as one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note
from mentorlog.models.goal import Progress
from mentorlog.store.journal import Journal
from webpage import Page, complaints
from world import NOW, Ran, World

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """A mentor, two goals, three meetings and two notes, some of them earlier than a year ago."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    old = datetime.fromisoformat("2025-02-01T09:00:00+00:00")
    made = (
        make_mentor(created=old, started=date(2025, 2, 1), every=28),
        make_goal(id="g7k3q", title="Submit case report", created=old, progress=(Progress(on=date(2025, 3, 1)),)),
        make_goal(id="g8k3q", title="Read films", created=old, status="achieved", closed_on=date(2025, 6, 1)),
        make_meeting(id="m2222", on=date(2025, 3, 1), notes="Long past"),
        make_meeting(id="m3333", on=date(2026, 11, 2), notes="Of *late*"),
        make_meeting(id="m4444", on=date(2026, 12, 2), status="planned"),
        make_note(id="n2222", text="Mine alone"),
        make_note(id="n3333", kind="win", text="Signed off", visibility="mentor", on=date(2026, 11, 3)),
    )
    world.filled("report records", lambda: journal.change("fill", lambda tx: [tx.put(one) for one in made]))


def text(invoke: Run, *options: str) -> str:
    """Return the words of a report."""
    ran = invoke("export", "html", *options)
    assert (ran.exit, complaints(ran.out)) == (0, [])
    return Page(ran.out).text


def test_the_last_twelve_months(invoke: Run) -> None:
    """What was before only counts: the last evidence of a goal is known, the notes of that day are not shown."""
    words = text(invoke)

    assert "24 Nov 2025 to 23 Nov 2026" in words
    assert "Submit case report" in words and "last evidence 1 Mar 2025, none for 21 months" in words
    assert "Of late" in words and "Signed off" in words and "next 2 Dec" in words
    assert "Long past" not in words and "Read films" not in words and "Mine alone" not in words
    assert "longer than agreed: 1 Mar 2025 to 2 Nov" in words


def test_other_days(invoke: Run) -> None:
    """A report of an earlier day is as of that day."""
    words = text(invoke, "--since", "2025-01-01", "--until", "2025-06-30")

    assert "1 Jan 2025 to 30 Jun 2025" in words
    assert "Read films" in words and "achieved 1 Jun" in words
    assert "Long past" in words and "Of late" not in words and "2 Nov" not in words


def test_for_the_programme(invoke: Run) -> None:
    """Meetings are counted; what was said in them stays."""
    words = text(invoke, "--for", "program")

    assert ", for the program" in words and "1 held" in words
    assert "Of late" not in words and "Signed off" not in words and "Submit case report" not in words


def test_for_self(invoke: Run) -> None:
    """Private notes are in it."""
    assert "Mine alone" in text(invoke, "--for", "self")


def test_a_file(invoke: Run, world: World) -> None:
    """It is private, and the same journal gives the same bytes on the same day."""
    assert invoke("export", "html", "-o", "report.html").exit == 0
    path = world.work / "report.html"

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().decode() == invoke("export", "html").out


def test_for_scripts(invoke: Run) -> None:
    """The page is a text in the data; with a file, its path is."""
    assert complaints(invoke("export", "html", "--json").data["html"]) == []
    assert invoke("export", "html", "-o", "report.html", "--json").data["record_count"] == 4


def test_days_that_are_none(invoke: Run) -> None:
    """A report that ends before it begins is refused."""
    ran = invoke("export", "html", "--since", "2026-11-02", "--until", "2026-11-01")

    assert ran.exit == 1
    assert ran.err == (
        "error: The report would begin on Mon 2 Nov 2026 and end on Sun 1 Nov 2026.\nhint: use an earlier --since\n"
    )
