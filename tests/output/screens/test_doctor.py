"""The report of a verification: counts first, then what is not well; calm on any width, harmless with any text."""

from __future__ import annotations

import pytest

from mentorlog.domain.reports import FileState, Finding, OperationFlaw, Verified
from mentorlog.output.page import Page
from mentorlog.output.screens import doctor as screen
from mentorlog.output.text import width
from output.payloads import PAYLOADS

COUNTS = {
    "as_left": 99_982,
    "changed": 14,
    "unknown": 0,
    "rolled_back": 0,
    "missing": 1,
    "damaged": 3_000,
    "unreadable": 0,
}
MISSING = Finding("warning", "missing", "goals/g7k3q-a.toml", None, "it is not there", "restore it from a backup")
BACKUP = ("/b/j.tar", "2026-11-23T09:00:00+00:00", "mentorlog backup restore /b/j.tar /j-restored")


def found(**more: object) -> Verified:
    """Return a verification in which much is damaged."""
    damaged = Finding(
        "error", "damaged", "tasks/t4m2x-a.toml", 3, "it is not valid TOML", "run: mentorlog doctor --fix"
    )
    files = (FileState("tasks/t4m2x-a.toml", "damaged", "it is not valid TOML", 3, 12),)
    flaw = OperationFlaw(12, ".mentorlog/operations/000012.json", "it was altered", True)
    made = Verified((damaged,) * 3_000 + (MISSING,), 99_996, COUNTS, files, 70_000, (flaw,), 114_000_000, 1, BACKUP)
    return made.but(**more)


def test_the_counts_come_first() -> None:
    """What was read, each state that occurs, the history; then ten findings of a kind, and the last backup."""
    assert screen.verified(found(), ["Made 1 file or folder private."], Page(80)) == [
        "Made 1 file or folder private.",
        "Read 102,996 files and 70,000 changes in the history, 114.0 MB.",
        "",
        "  99,982  as mentorlog left them",
        "      14  changed by hand since",
        "       1  missing",
        "   3,000  damaged",
        "  70,000  changes in the history",
        "       1  of them missing, altered or damaged",
        "",
        *["error   tasks/t4m2x-a.toml, line 3: it is not valid TOML; run: mentorlog doctor --fix"] * 10,
        "        and 2,990 more like this; list them with: mentorlog doctor --verify --json",
        "warning goals/g7k3q-a.toml: it is not there; restore it from a backup",
        "Your last backup is of Mon 23 Nov 2026: mentorlog backup restore /b/j.tar /j-restored",
    ]


def test_a_backup_is_named_where_one_helps() -> None:
    """If nothing is to be restored, the last backup is not worth a line; nor is one that was never made."""
    nothing = found(findings=(), flaws=())
    assert screen.verified(nothing, [], Page(80))[-1] == "Nothing is damaged."
    assert not any("backup is of" in line for line in screen.verified(nothing, [], Page(80)))
    assert not any("backup is of" in line for line in screen.verified(found(backup=None), [], Page(80)))


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_it_fits_a_terminal(columns: int) -> None:
    """No line is wider than the terminal, and no count is cut."""
    lines = screen.verified(found(), [], Page(columns, terminal=True))
    assert max(map(width, lines)) <= columns
    assert all(any(f" {count} " in line for line in lines) for count in ("99,982", "14", "3,000", "70,000"))


@pytest.mark.parametrize("name", PAYLOADS)
def test_nothing_acts_on_the_terminal(name: str) -> None:
    """A word of a damaged file is shown, not sent."""
    text, shown = PAYLOADS[name]
    hostile = MISSING.but(message=f"“{text}” was “a”")
    lines = screen.verified(found(findings=(hostile,)), [], Page(80))
    assert f"“{shown}” was “a”" in " ".join(lines)
