"""The rich journal is what it says: valid, linked, of every kind and state, and of every visibility."""

from __future__ import annotations

from pathlib import Path

import rich_journal
from mentorlog import ids, vocabulary
from mentorlog.models.fields import mentions
from world import World


def test_it_holds_every_kind_of_record() -> None:
    """Six mentors, ten goals, about 75 records; no id twice, and none that the program would not make."""
    records = rich_journal.records()
    counts = {kind: sum(kind == record.KIND for record in records) for kind in vocabulary.RECORD_KINDS}

    assert counts == {"mentor": 6, "goal": 10, "task": 15, "meeting": 24, "note": 17, "review": 4}
    assert len({record.id for record in records}) == len(records)
    assert all(record.KIND == "mentor" or ids.is_id(record.id) for record in records)


def test_it_holds_every_state() -> None:
    """Every status of a goal and of a meeting, every kind of note, and something of each visibility."""
    views = rich_journal.views()
    of = {kind: [one for one in views if one["record"] == kind] for kind in vocabulary.RECORD_KINDS}

    assert {one["status"] for one in of["goal"]} == {*vocabulary.GOAL_STATUSES}
    assert {one["status"] for one in of["meeting"]} == {*vocabulary.MEETING_STATUSES}
    assert {one["kind"] for one in of["note"]} >= {*vocabulary.NOTE_KINDS} - {"case", "pearl", "advocacy"}
    assert {one["visibility"] for one in views} == {*vocabulary.VISIBILITIES}


def test_its_links_lead_somewhere() -> None:
    """No record names one that is not there."""
    views = rich_journal.views()
    known = {one["id"] for one in views}

    assert [(one["id"], id) for one in views for _, id in mentions(one) if id not in known] == []


def test_it_is_a_journal(world: World, journal_root: Path) -> None:
    """Written, it is found valid and whole."""
    world.filled("rich", lambda: rich_journal.keep(journal_root))

    assert world.invoke("doctor").exit == 0
    assert len(world.invoke("search", "abstract", "--json").data) > 2
