"""A goal with a target: its count and its pace, wherever the goal is shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from commands.goal.conftest import Invoke
from terminal import Terminal
from world import World

HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture
def lines(world: World, invoke: Invoke, people: None) -> str:
    """The id of a goal with 30 of 50 procedures, by a day in seven months; today is Mon 23 Nov 2026."""

    def fill() -> str:
        words = ("goal", "add", "Place central lines", "--target", "50", "--unit", "procedures", "-w", "osler")
        then = {"MENTORLOG_NOW": "2026-10-01T09:00:00+00:00"}
        id = str(invoke(*words, "--by", "30 jun 2027", "--json", env=then).data["id"])
        for steps in (("12/50", "--on", "2026-10-05"), ("+18", "-m", "Three at night")):
            assert invoke("goal", "progress", id, *steps).exit == 0
        return id

    return world.filled("goal counted", fill)


def test_progress_in_numbers(invoke: Invoke, goal: str) -> None:
    """A first count sets the target and says so; what is added counts on; a percentage still works."""
    first = invoke("goal", "progress", goal, "12/50")
    more = invoke("goal", "progress", goal, "+3")
    percentage = invoke("goal", "progress", goal, "40%", "--json").data

    head = f"Recorded progress on goal {goal}: Submit case report"
    assert first.out == f"{head} (12 of 50, Mon 23 Nov 2026)\nSet the target of the goal: 50\n"
    assert more.out == f"{head} (15 of 50, Mon 23 Nov 2026)\n"
    assert (percentage["percent"], percentage["count"], percentage["target"]) == (40, 15, 50)


def test_progress_beyond_the_target(invoke: Invoke, lines: str) -> None:
    """A fact is recorded, whatever the plan was; the sentence names the command that raises the target."""
    ran = invoke("goal", "progress", lines, "+23")

    assert ran.out.splitlines() == [
        f"Recorded progress on goal {lines}: Place central lines (53 of 50 procedures, Mon 23 Nov 2026)",
        f"53 is beyond the target of 50. Raise it with: mentorlog goal revise {lines} --target 53",
    ]
    assert (invoke("show", lines, "--json").data["percent"], ran.exit) == (100, 0)


def test_more_on_an_earlier_day(invoke: Invoke, lines: str) -> None:
    """The later counts rise too, which is said."""
    ran = invoke("goal", "progress", lines, "+2", "--on", "2026-11-02")

    assert ran.out.splitlines() == [
        f"Recorded progress on goal {lines}: Place central lines (14 of 50 procedures, Mon 2 Nov 2026)",
        "The later counts rise too: 32 of 50 procedures now",
    ]
    invoke("undo")
    assert invoke("show", lines, "--json").data["count"] == 30


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["12/40"], "error: Goal {} has a target of 50, not 40."),
        (["20"], "error: 20 can be a count or a percentage: goal {} has a target of 50."),
        (["-2"], "error: Progress cannot be negative, as in '-2'."),
        (["12/0"], "error: '12/0' has a target of zero."),
        (["1,5/50"], "error: '1,5/50' is not progress."),
    ],
)
def test_progress_that_does_not_fit(
    invoke: Invoke, lines: str, journal_root: Path, words: list[str], sentence: str
) -> None:
    """Each is a sentence with a hint, and nothing is saved."""
    before = {path: path.read_bytes() for path in journal_root.glob("goals/*")}
    ran = invoke("goal", "progress", lines, *words)

    assert (ran.exit, ran.err.splitlines()[0]) == (1, sentence.format(lines))
    assert ran.err.splitlines()[1].startswith("hint: ")
    assert {path: path.read_bytes() for path in journal_root.glob("goals/*")} == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--target", "0"], "error: '0' is not a number above zero."),
        (["--target", "-5"], "error: '-5' is not a number above zero."),
        (["--target", "many"], "error: 'many' is not a number above zero."),
        (["--unit", "papers"], "error: unit is set without a target."),
    ],
)
def test_a_target_is_a_number_above_zero(invoke: Invoke, lines: str, words: list[str], sentence: str) -> None:
    """When a goal is added and when it is revised."""
    added = invoke("goal", "add", "Write", *words)
    assert (added.exit, added.err.splitlines()[0]) == (1, sentence)
    if words[0] == "--target":
        revised = invoke("goal", "revise", lines, *words, "-m", "More")
        assert (revised.exit, revised.err.splitlines()[0]) == (1, sentence)


def test_a_target_is_revised_with_a_reason(invoke: Invoke, lines: str) -> None:
    """Old and new are in the history, the unit too; one undo takes it back."""
    ran = invoke("goal", "revise", lines, "--target", "60", "--unit", "lines", "-m", "The program asks for more")

    assert ran.out.splitlines() == [
        f"Revised goal {lines}: Place central lines",
        "  target: 50 → 60",
        "  unit: procedures → lines",
    ]
    data = invoke("show", lines, "--json").data
    assert [(one["field"], one["old"], one["new"], one["reason"]) for one in data["history"]] == [
        ("target", "50", "60", "The program asks for more"),
        ("unit", "procedures", "lines", "The program asks for more"),
    ]
    assert data["percent"] == 50
    invoke("undo")
    assert invoke("show", lines, "--json").data["percent"] == 60
    assert invoke("goal", "revise", lines, "--target", "60").exit == 2
    assert invoke("goal", "revise", lines, "--clear", "target", "--clear", "unit", "-m", "By feel").exit == 0
    assert invoke("show", lines, "--json").data["percent"] is None


def test_lists_say_how_far_and_how_fast(invoke: Invoke, lines: str) -> None:
    """The count out of the target, and the pace until its day; scripts get both as numbers."""
    (data,) = invoke("goal", "list", "--json").data

    assert invoke("goal", "list").out.splitlines() == [
        "id     title                by                   done  pace       moved  mentors  untold",
        f"{lines}  Place central lines  Wed 30 Jun 2027  30 of 50  3 a month  today  osler    osler",
    ]
    assert (data["percent"], data["count"], data["target"], data["unit"]) == (60, 30, 50, "procedures")
    assert data["pace"] == {"left": 20, "days": 219, "by": "2027-06-30", "count": 3, "per": "month"}


def test_lists_without_targets_are_as_before(invoke: Invoke, goal: str) -> None:
    """No column for a pace that no goal has."""
    invoke("goal", "progress", goal, "40")

    assert "pace" not in invoke("goal", "list").out.splitlines()[0]


def test_the_list_on_a_narrow_terminal(terminal: Callable[..., Terminal], lines: str) -> None:
    """At 40 columns the count and the pace have their words."""
    screen = terminal("goal", "list", columns=40)

    assert screen.end() == 0
    assert "done 30 of 50, pace 3 a month" in " ".join(" ".join(screen.screen).split())


def test_screens_say_how_far(invoke: Invoke, lines: str) -> None:
    """`show` with what is left and until when; `status` and `prep` beside its day; `timeline` for each entry."""
    shown = invoke("show", lines).out
    assert "  30 of 50 procedures, 20 to go: 3 a month until Wed 30 Jun 2027\n" in shown
    assert "Mon 5 Oct 2026  12 of 50 procedures\n" in shown
    assert "Mon 23 Nov 2026  30 of 50 procedures, Three at night\n" in shown
    prep = invoke("meeting", "prep", "osler").out
    assert f"{lines}  Place central lines: 30 of 50 procedures, 3 a month, by Wed 30 Jun 2027: not told yet\n" in prep
    near = invoke("status", env={"MENTORLOG_NOW": "2027-06-20T09:00:00+00:00"}).out
    assert f"{lines}  Place central lines: 30 of 50 procedures" in near
    quiet = invoke("status", env={"MENTORLOG_NOW": "2027-02-01T09:00:00+00:00"}).out
    assert f"{lines}  Place central lines: 30 of 50 procedures, 5 a month" in quiet
    assert "12 of 50 procedures" in invoke("timeline", "--goal", lines).out


def test_a_review_freezes_the_count(invoke: Invoke, lines: str, tmp_path: Path) -> None:
    """Count and target stand in its facts, as they were; two reviews are compared by them."""
    answers = tmp_path / "answers.toml"
    answers.write_text('worked = "Nights"\n', encoding="utf-8")
    early = invoke("review", "--answers", str(answers), "--on", "2026-10-31", "--json").data["id"]
    invoke("goal", "revise", lines, "--target", "60", "-m", "More")
    late = invoke("review", "--answers", str(answers), "--json").data["id"]
    invoke("goal", "progress", lines, "+5")

    facts = [invoke("show", id, "--json").data["facts"]["goals"][0] for id in (early, late)]
    assert [(one["progress"], one["count"], one["target"]) for one in facts] == [(24, 12, 50), (50, 30, 60)]
    assert f"{lines} Place central lines: 12 of 50 → 30 of 60" in invoke("review", "diff", early, late).out
    assert "30 of 60" in invoke("show", late).out
    (moved,) = invoke("review", "diff", early, late, "--json").data["progress"]
    assert (moved["earlier"], moved["later"], moved["earlier_count"], moved["later_count"]) == (24, 50, 12, 30)


def test_exports_say_how_far(invoke: Invoke, lines: str) -> None:
    """The words in the document and the report, the numbers in the table, the percentage in a to-do."""
    assert "- Reached: 30 of 50 procedures" in invoke("export", "markdown").out
    page = invoke("export", "html", "-o", "-").out
    assert "active, 30 of 50 procedures" in page
    assert "20 to go, 3 a month" in page
    (row,) = csv.DictReader(io.StringIO(invoke("export", "csv", "goals").out))
    assert (row["percent"], row["target"], row["unit"], row["count"]) == ("60", "50", "procedures", "30")
    counts = [row["count"] for row in csv.DictReader(io.StringIO(invoke("export", "csv", "progress").out))]
    assert counts == ["12", "30"]
    assert "PERCENT-COMPLETE:60" in invoke("export", "ics", "--tasks", "todo").out


def test_the_packet_has_the_numbers(invoke: Invoke, lines: str) -> None:
    """The table of numbers with the count before the period, and the pace in the plan."""
    packet = invoke("export", "pack", "--for", "program", "--period", "2026-11-01..2026-11-30", "--add", lines).out

    assert "| Place central lines | 12 → 30 of 50 procedures | 23 Nov 2026 |" in packet
    assert "How far I am: 30 of 50 procedures, 20 to go: 3 a month until Wed 30 Jun 2027" in packet


def test_a_hostile_unit_is_data(invoke: Invoke, goal: str) -> None:
    """It is shown as typed, and escaped where it would be markup or a formula."""
    invoke("set", goal, "target=5", f"unit={HOSTILE}")
    invoke("goal", "progress", goal, "2/5")

    assert f"2 of 5 {HOSTILE}" in invoke("show", goal).out
    assert "[/b]" in invoke("export", "html", "-o", "-").out
    (row,) = csv.DictReader(io.StringIO(invoke("export", "csv", "goals").out))
    assert row["unit"].endswith(HOSTILE)


def test_old_files_have_no_target(invoke: Invoke, goal: str, journal_root: Path) -> None:
    """A goal without these fields is written without them."""
    invoke("goal", "progress", goal, "40")

    (path,) = journal_root.glob("goals/*")
    assert not {"target", "unit", "count"} & {line.partition(" ")[0] for line in path.read_text().splitlines()}
    assert date(2026, 11, 23).isoformat() in path.read_text()
