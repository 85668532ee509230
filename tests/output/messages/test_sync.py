"""What a sync says: counts, what was merged, and what waits for the user."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mentorlog.domain.reports import (
    KeptRecord,
    Problem,
    RemoteStatus,
    Renamed,
    SyncConflict,
    SyncedRecords,
    SyncReport,
)
from mentorlog.errors import ManyDeletions, Reason
from mentorlog.output.messages import sync as messages

URL, PLACE = "git@git.example.org:blackwell/journal.git", "git.example.org"
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)


def said(dry_run: bool = False, quiet: bool = False, **more: Any) -> list[str]:
    """What is said of a sync that did something."""
    return messages.lines(SyncReport(URL, PLACE, **more), dry_run=dry_run, quiet=quiet)


def records(changed: int = 0, new: int = 0, deleted: int = 0) -> SyncedRecords:
    """So many records."""
    kinds = {"new": new, "changed": changed, "deleted": deleted}
    return SyncedRecords(**{kind: tuple(f"t{at:04}" for at in range(count)) for kind, count in kinds.items()})


def test_counts() -> None:
    """Both directions in one line, without what is zero; a first sync has only new records, and says how many."""
    both = {"received": records(4, 2, 1), "sent": records(9, 3)}

    assert said(**both) == ["Received 7: 4 changed, 2 new, 1 deleted. Sent 12: 9 changed, 3 new."]
    assert said(True, **both) == [
        "Would receive 7: 4 changed, 2 new, 1 deleted. Would send 12: 9 changed, 3 new.",
        "  receive, changed: t0000, t0001, t0002, t0003",
        "  receive, new: t0000, t0001",
        "  receive, deleted: t0000",
        "  send, changed: t0000, t0001, t0002, t0003, t0004, t0005, t0006, t0007 and 1 more",
        "  send, new: t0000, t0001, t0002",
    ]
    assert said(sent=records(1)) == ["Sent 1: 1 changed."]
    assert said(sent=records(new=412), first=True) == ["Sent 412 records."]
    assert said(sent=records(new=1), received=records(new=2), first=True) == ["Received 2 records. Sent 1 record."]
    assert said() == ["Up to date with git.example.org; nothing to send or to receive."]


def test_what_was_merged() -> None:
    """By ids, the first few; what was deleted on one side by its title; ids that changed, and comments."""
    ids = (*(f"g{at}k3q" for at in range(2, 10)), "osler", "profile")
    kept = (KeptRecord("n8b2c", "Ask about the fellowship", "there"), KeptRecord("t4m2x", "Call", "here"))

    assert said(sent=records(1), merged=ids, kept=kept, renamed=(Renamed("t2b3c", "t9k2m"),), comments=("a.toml",)) == [
        "Sent 1: 1 changed.",
        "Merged, changed on both sides: g2k3q, g3k3q, g4k3q, g5k3q, g6k3q, g7k3q, g8k3q, g9k3q and 2 more",
        "Kept n8b2c: Ask about the fellowship (deleted elsewhere, but changed here)",
        "Kept t4m2x: Call (deleted here, but changed elsewhere)",
        "t2b3c is now t9k2m, also where it is mentioned: another machine had used this id.",
        "Comments were removed from what was merged: a.toml",
    ]


def test_what_waits_for_the_user() -> None:
    """One record with all its fields, and the command that ends it; with --quiet nothing else is said."""
    conflicts = (
        SyncConflict("g7k3q", "Case report for JHM", "title"),
        SyncConflict("g7k3q", "Case report for JHM", "status+closed_on"),
        SyncConflict("t4m2x", "Draft abstract", "rounds[2027-01-03].returned"),
        SyncConflict("profile", "", ""),
    )
    needed = [
        "Two values for title, status and closed on of g7k3q: Case report for JHM",
        "  Choose with: mentorlog resolve g7k3q",
        "Two values for rounds of t4m2x: Draft abstract",
        "  Choose with: mentorlog resolve t4m2x",
        "Two values for an entry of profile",
        "  Choose with: mentorlog resolve profile",
        "n4m2x was erased on another machine, and is deleted here.",
        "  To erase it from the history here, too: mentorlog forget n4m2x",
    ]

    assert said(received=records(2), conflicts=conflicts, erased=("n4m2x",)) == ["Received 2: 2 changed.", *needed]
    assert said(quiet=True, received=records(2), conflicts=conflicts, erased=("n4m2x",)) == needed
    assert said(quiet=True, received=records(2), sent=records(3), merged=("g7k3q",)) == []


def test_many_conflicts_are_counted() -> None:
    """More than a screen can hold are named in one line."""
    conflicts = tuple(SyncConflict(f"t{at}m2x", "Call", "due") for at in range(2, 8))

    assert said(quiet=True, conflicts=conflicts) == [
        "6 records have two values for something: t2m2x, t3m2x, t4m2x, t5m2x, t6m2x, t7m2x",
        "  Choose with: mentorlog resolve",
    ]


def test_what_was_held_back() -> None:
    """Each file with what is wrong in which line, and each piece of advice once."""
    held = (
        Problem("tasks/t9x9x-call.toml", "it is not valid TOML", 3),
        Problem("goals/g2222-a.toml", "it is not UTF-8 text"),
        Problem("notes/n2222-a.toml", "its kind is of a later version", reason=Reason.NEWER),
    )

    assert messages.held(SyncReport(URL, PLACE, held=held)) == [
        "Not synced: tasks/t9x9x-call.toml, line 3: it is not valid TOML",
        "Not synced: goals/g2222-a.toml: it is not UTF-8 text",
        "Not synced: notes/n2222-a.toml: its kind is of a later version",
        "hint: run: mentorlog doctor",
        "hint: upgrade mentorlog",
    ]


def test_many_deletions() -> None:
    """The question says on which side, and names the first."""
    ids = (*(f"t{at}m2x" for at in range(2, 10)), *["osler"] * 4)

    assert messages.deletions(ManyDeletions(ids, 50, here=False)) == (
        "12 records were deleted on another machine: t2m2x, t3m2x, t4m2x, t5m2x, t6m2x, t7m2x, t8m2x, t9m2x and 4 more"
    )
    assert messages.deletions(ManyDeletions(ids, 50, here=True)).startswith("12 records are missing here, and no ")


def test_what_is_known_of_the_remote() -> None:
    """Its address, how it is sent, when, what was not sent and what was held back."""
    held = (Problem("tasks/t9x9x-call.toml", "it is not valid TOML", 3),)
    known = RemoteStatus(URL, "age-1", "2026-11-23T09:00:00+00:00", records(2, 1), held)

    assert messages.status(known, NOW) == [
        f"remote     {URL} (encrypted)",
        "last sync  Mon 23 Nov 2026, 09:00 (2 hours ago)",
        "not sent   3: 2 changed, 1 new",
        "held back  tasks/t9x9x-call.toml, line 3: it is not valid TOML",
    ]
    assert messages.status(RemoteStatus("/media/stick", "none", None, records(), ()), NOW) == [
        "remote     /media/stick (not encrypted)",
        "last sync  never",
        "not sent   nothing",
    ]
    assert messages.status(None, NOW) == ["This journal has no remote (see: mentorlog sync --help)"]
    assert messages.status_data(None).keys() == messages.status_data(known).keys()
