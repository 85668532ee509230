"""`mentorlog profile block` and `stage`, and what follows from blocks on every screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_meeting, make_mentor, make_review
from terminal import Terminal
from world import Ran

Invoke = Callable[..., Ran]
Keep = Callable[..., None]

NIGHTS = ("profile", "block", "Night float", "2026-12-01", "2026-12-14", "--load", "away")
BLOCK = {"name": "Night float", "from": "2026-12-01", "to": "2026-12-14", "load": "away"}


def blocks(invoke: Invoke) -> Any:
    """The blocks of the profile."""
    return invoke("profile", "show", "--json").data["blocks"]


def test_a_block_is_added_changed_and_removed(invoke: Invoke, journal_root: Path) -> None:
    """Each is one change that one undo takes back; typed again, nothing changes."""
    assert invoke(*NIGHTS, "--json").data["blocks"] == [BLOCK]
    first = (journal_root / "profile.toml").read_bytes()
    assert "already" in invoke(*NIGHTS).out
    changed = invoke("profile", "block", "night  Float", "2026-12-03", "in 2 weeks")
    assert changed.out.startswith("Changed block night  Float (Thu 3 Dec 2026 to Thu 17 Dec 2026, away; was Tue 1 Dec")
    assert [one["from"] for one in blocks(invoke)] == ["2026-12-03"]
    invoke("undo")
    assert (journal_root / "profile.toml").read_bytes() == first
    assert invoke("profile", "block", "night float", "--remove").exit == 0
    assert blocks(invoke) == []
    invoke("undo")
    assert (journal_root / "profile.toml").read_bytes() == first


def test_blocks_of_one_name_on_other_days_are_several(invoke: Invoke) -> None:
    """Wards come back each year; the first day says which of them goes."""
    for first, last in (("2027-03-01", "2027-03-28"), ("2026-12-01", "2026-12-28")):
        invoke("profile", "block", "Wards", first, last)
    refused = invoke("profile", "block", "Wards", "--remove")

    assert [one["from"] for one in blocks(invoke)] == ["2026-12-01", "2027-03-01"]
    assert (refused.exit, refused.err.splitlines()[1]) == (
        1,
        "hint: pass the first day of one as well: 2026-12-01, 2027-03-01",
    )
    assert invoke("profile", "block", "Wards", "2027-03-01", "--remove").exit == 0
    assert [one["from"] for one in blocks(invoke)] == ["2026-12-01"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("Nights", "2026-12-14", "2026-12-01"),
            "Nights would end on Tue 1 Dec 2026, before it begins on Mon 14 Dec 2026.",
        ),
        (("Nights", "2026-12-01", "2026-12-14", "--load", "crushing"), "Unknown load 'crushing'."),
        (("Nights", "soon", "2026-12-14"), "'soon' is not a date."),
        (("Nights", "--remove"), "Your profile has no block 'Nights'."),
        (("two\nlines", "2026-12-01", "2026-12-14"), "name"),
    ],
)
def test_what_is_refused(invoke: Invoke, words: tuple[str, ...], sentence: str) -> None:
    """A sentence and a hint, and no file."""
    ran = invoke("profile", "block", *words)

    assert ran.exit == 1
    assert sentence in ran.err.splitlines()[0]
    assert "hint: " in ran.err


def test_days_are_needed(invoke: Invoke) -> None:
    """Without a terminal, the missing day is named."""
    assert "pass FROM" in invoke("profile", "block", "Nights").err
    assert "pass TO" in invoke("profile", "block", "Nights", "2026-12-01").err


def test_missing_days_are_asked(terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """On a terminal; words for the last day count from the first."""
    screen = terminal("profile", "block", "Clinic")
    screen.answer("From when?", "monday").answer("Until when?", "in 4 weeks")

    assert screen.end() == 0
    assert [(one["from"], one["to"]) for one in blocks(invoke)] == [("2026-11-30", "2026-12-28")]


def test_past_blocks_are_counted(invoke: Invoke) -> None:
    """`profile show` lists the last three that are over, and all that are not; JSON has every one."""
    for month in range(3, 12):
        invoke("profile", "block", f"Block {month}", f"2026-{month:02}-01", f"2026-{month:02}-28")
    shown = invoke("profile", "show").out.splitlines()

    assert [line.split("  ")[-1] for line in shown[shown.index("") + 1 :]] == [
        "5 earlier, until Tue 28 Jul 2026",
        "Block 8: Sat 1 Aug 2026 to Fri 28 Aug 2026 (normal)",
        "Block 9: Tue 1 Sep 2026 to Mon 28 Sep 2026 (normal)",
        "Block 10: Thu 1 Oct 2026 to Wed 28 Oct 2026 (normal)",
        "Block 11: Sun 1 Nov 2026 to Sat 28 Nov 2026 (normal)",
    ]
    assert len(blocks(invoke)) == 9


def test_overlapping_blocks_are_named(invoke: Invoke) -> None:
    """They are allowed; the answer says which load counts."""
    invoke(*NIGHTS)

    assert invoke("profile", "block", "[/b] 日本", "2026-12-10", "2026-12-31").out == (
        "Added block [/b] 日本 (Thu 10 Dec 2026 to Thu 31 Dec 2026, normal)\n"
        "It overlaps Night float (away); on days in both, the heavier load counts: away.\n"
    )


def test_one_date_on_every_screen(invoke: Invoke, keep: Keep, journal_root: Path) -> None:
    """List, show, due, status, JSON and the calendar have the stretched day, and the lateness from it."""
    keep(make_mentor(every=28), make_meeting(on=date(2026, 11, 16)))
    invoke(*NIGHTS)
    calendar = journal_root.parent / "mentorlog.ics"
    invoke("export", "ics", "-o", str(calendar))

    assert "due Mon 28 Dec" in invoke("mentor", "list").out
    shown = invoke("show", "osler").out
    assert "  next contact due Mon 28 Dec 2026, in 5 weeks\n  stretched by Night float (Tue 1 Dec 2026 to" in shown
    assert "osler  Mon 28 Dec 2026" in invoke("due", "--within", "60d").out
    assert invoke("status", "--json").data["contacts"][0]["due_on"] == "2026-12-28"
    assert invoke("mentor", "list", "--json").data[0]["overdue_on"] == "2027-01-11"
    assert "20261228" in calendar.read_text("utf-8")
    assert invoke("status", env={"MENTORLOG_NOW": "2026-12-26"}).out.count("overdue") == 0
    assert "overdue since Mon 28 Dec" in invoke("status", env={"MENTORLOG_NOW": "2027-01-12"}).out


def test_no_goal_drifts_while_away(invoke: Invoke, keep: Keep) -> None:
    """Six weeks without evidence, of which two are away, are four."""
    keep(make_goal(id="g2345"))
    now = {"MENTORLOG_NOW": "2026-10-20"}

    assert invoke("goal", "list", "--drifting", "--json", env=now).data != []
    invoke("profile", "block", "Leave", "2026-10-01", "2026-10-14", "--load", "away")
    assert invoke("goal", "list", "--drifting", "--json", env=now).data == []
    assert invoke("goal", "list", "--drifting", "--json", env={"MENTORLOG_NOW": "2026-10-27"}).data != []


def test_the_review_at_the_end_of_a_block(invoke: Invoke, keep: Keep) -> None:
    """It is due in `review due`, `due` and `status`, and its period is that of the block."""
    keep(make_goal(id="g2345"), make_review(on=date(2026, 11, 20)))
    invoke(*NIGHTS)
    now = {"MENTORLOG_NOW": "2026-12-14"}

    assert invoke("review", "due", env=now).out == (
        "The next review is due on Mon 14 Dec 2026 (today), the last day of Night float.\n"
        "Hold it with: mentorlog review --kind end_of_block\n"
    )
    assert invoke("review", "due", "--json", env=now).data == {
        "due_on": "2026-12-14",
        "late": False,
        "reason": "end_of_block",
        "last_review": invoke("review", "list", "--json").data[0]["id"],
        "named_by": None,
        "command": "mentorlog review --kind end_of_block",
    }
    assert "Review due Mon 14 Dec 2026: mentorlog review --kind end_of_block" in invoke("status", env=now).out
    assert "mentorlog review --kind end_of_block" in invoke("due", env=now).out
    held = invoke("review", "--kind", "end_of_block", "--answers", "-", "--json", stdin='worked = "x"', env=now)
    assert held.data["period"] == {"start": "2026-12-01", "end": "2026-12-14"}
    assert invoke("review", "due", "--json", env=now).data["reason"] == "last_review"
    assert invoke("undo", env=now).out.startswith("Undone: review: end of block on Mon 14 Dec 2026 (")


def test_days_with_a_name(invoke: Invoke, keep: Keep) -> None:
    """In options, with `set` and in answers of a review; each echoes the day."""
    keep(make_goal(id="g2345"))
    invoke(*NIGHTS)
    invoke("profile", "set", "level=PGY-2", "training_ends=2029-06-30", "year_starts=07-01")

    assert "(by Mon 14 Dec 2026)" in invoke("goal", "add", "A", "--by", "end-of-block").out
    assert "(by Fri 30 Jun 2028)" in invoke("goal", "add", "B", "--by", "pgy3").out
    assert "(due Thu 31 Dec 2026)" in invoke("task", "add", "C", "--due", "h1").out
    assert "by: Sat 30 Jun 2029" in invoke("set", "g2345", "by=end-of-training").out
    keep(make_mentor())
    planned = invoke("meeting", "plan", "osler", "--on", "end-of-block", "--json").data
    assert (planned["on"], planned["at"]) == ("2026-12-14", None)
    assert "'pgy1' is not a date." in invoke("meeting", "plan", "osler", "--on", "pgy1").err
    answers = 'next_on = "end of night float"'
    assert invoke("review", "--answers", "-", "--json", stdin=answers).data["next_on"] == "2026-12-14"


@pytest.mark.parametrize("value", ["02-30", "13-01", "7-1", "july", ""])
def test_a_year_starts_on_a_day_that_there_is(invoke: Invoke, value: str) -> None:
    """Each year has it, so it is not 29 February either."""
    assert invoke("profile", "set", f"year_starts={value}").exit == 1
    assert invoke("profile", "set", "year_starts=02-29").exit == 1


# Stages


def test_a_stage_ends_the_one_before(invoke: Invoke, journal_root: Path) -> None:
    """The profile follows; what it was before stays, and one undo takes it back."""
    invoke("profile", "set", "stage=intern", "level=PGY-1", "institution=Sample Hospital")
    before = (journal_root / "profile.toml").read_bytes()
    ran = invoke("profile", "stage", "Resident", "--level", "PGY-2", "--on", "2026-07-01", "--json").data

    assert (ran["stage"], ran["level"], ran["institution"]) == ("resident", "PGY-2", "Sample Hospital")
    place = {"institution": "Sample Hospital"}
    assert ran["stages"] == [
        {"stage": "intern", "level": "PGY-1", **place, "from": None, "to": "2026-06-30"},
        {"stage": "resident", "level": "PGY-2", **place, "from": "2026-07-01", "to": None},
    ]
    invoke("undo")
    assert (journal_root / "profile.toml").read_bytes() == before


def test_stages_follow_each_other(invoke: Invoke) -> None:
    """A level of its own belongs to a stage; the same again changes nothing; no stage begins before the last one."""
    invoke("profile", "stage", "resident", "--level", "PGY-3", "--on", "2026-07-01")

    assert invoke("profile", "stage", "resident").out == "Your stage is already resident, PGY-3; nothing changed.\n"
    assert (
        "The stage resident began on Wed 1 Jul 2026." in invoke("profile", "stage", "fellow", "--on", "2026-05-01").err
    )
    assert invoke("profile", "stage", "fellow", "--institution", "Johns Hopkins").out == (
        "Set your stage to fellow (since Mon 23 Nov 2026)\n"
        "  before: resident, PGY-3 (Wed 1 Jul 2026 to Sun 22 Nov 2026)\n"
    )
    corrected = invoke("profile", "stage", "fellow", "--level", "PGY-4", "--json").data
    assert [(one["stage"], one["level"], one["from"]) for one in corrected["stages"]] == [
        ("resident", "PGY-3", "2026-07-01"),
        ("fellow", "PGY-4", "2026-11-23"),
    ]
    assert invoke("profile", "stage", "", "--level", "PGY-5").exit == 1


def test_an_earlier_year_makes_no_stage_of_the_present_one(invoke: Invoke) -> None:
    """Who enters their years from the first on was not in the second before."""
    invoke("profile", "set", "stage=resident", "level=PGY-2")
    first = invoke("profile", "stage", "resident", "--level", "PGY-1", "--on", "2025-07-01")
    invoke("profile", "stage", "resident", "--level", "PGY-2", "--on", "2026-07-01")

    assert first.out == "Set your stage to resident, PGY-1 (since Tue 1 Jul 2025)\n"
    stages = invoke("profile", "show", "--json").data["stages"]
    assert [(one["level"], one["from"], one["to"]) for one in stages] == [
        ("PGY-1", "2025-07-01", "2026-06-30"),
        ("PGY-2", "2026-07-01", None),
    ]


def test_a_stage_says_which_one_it_replaces(invoke: Invoke) -> None:
    """One that began on the same day is replaced."""
    invoke("profile", "stage", "resident", "--level", "PGY-2", "--on", "2026-07-01")

    assert invoke("profile", "stage", "resident", "--level", "PGY-3", "--on", "2026-07-01").out == (
        "Set your stage to resident, PGY-3 (since Wed 1 Jul 2026, was resident, PGY-2)\n"
    )


# Over time


def test_the_pulse_of_a_mentorship_over_time(invoke: Invoke, keep: Keep) -> None:
    """`show` has a line for each aspect of two reviews or more, with the numbers; the export has none of it."""
    keep(make_mentor())
    for day, trust in (("2026-09-20", 3), ("2026-10-20", 5), ("2026-11-20", 7)):
        answers = f"[[mentors]]\nmentor = 'osler'\npulse = {{ communication = {trust}, diversity = 4 }}"
        assert invoke("review", "--on", day, "--answers", "-", stdin=answers).exit == 0
    shown = invoke("show", "osler")

    assert shown.out.endswith(
        "\nPulse over time\n  communication  ▃▆█  3, 5, 7 of 7\n  diversity      ▅▅▅  4, 4, 4 of 7\n"
    )
    pulse = invoke("show", "osler", "--json").data["linked"]["pulse"]
    assert [(one["on"], one["communication"]) for one in pulse] == [
        ("2026-09-20", 3),
        ("2026-10-20", 5),
        ("2026-11-20", 7),
    ]
    assert "communication" not in invoke("export", "markdown", "--for", "osler", "-o", "-").out


def test_a_cadence_for_several_mentors(invoke: Invoke, keep: Keep) -> None:
    """One change sets it for all; one undo takes it back."""
    keep(make_mentor(every=14), make_mentor(id="curie", name="Marie Curie"))
    ran = invoke("mentor", "cadence", "osler", "curie", "--every", "6 weeks")

    assert ran.out == (
        "Set the cadence with William Osler (every 6 weeks)\nSet the cadence with Marie Curie (every 6 weeks)\n"
    )
    assert len(json.loads(invoke("mentor", "cadence", "osler", "curie", "--off", "--json").out)["data"]) == 2
    invoke("undo", "2")
    assert invoke("show", "osler", "--json").data["cadence"]["every_days"] == 14
    assert invoke("show", "curie", "--json").data["cadence"] is None
