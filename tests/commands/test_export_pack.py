"""`mentorlog export pack`, as it is typed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

import rich_journal
from factories import make_goal, make_mentor, make_note, make_profile, make_review
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran, World

Run = Callable[..., Ran]


@pytest.fixture
def rich(world: World, journal_root: Path) -> Path:
    """The rich journal."""
    world.filled("rich", lambda: rich_journal.keep(journal_root))
    return journal_root


@pytest.fixture
def poor(world: World, journal_root: Path) -> None:
    """A goal, feedback and a review that lack everything a form asks for."""

    def fill() -> None:
        records = [
            make_mentor(),
            make_goal(id="g2222", mentors=["osler"]),
            make_goal(id="g3333", title="It's [“quoted”]"),
            make_note(id="n2222", kind="feedback", text="Shorten it"),
            make_note(id="n3333", kind="win", text="A win", competency="PC"),
            make_review(id="r2222", kind="semiannual", on=date(2026, 11, 20), did_not="Nights"),
        ]

        def put(transaction: object) -> None:
            transaction.put_profile(make_profile(name=None, stage=None, strengths=("listening",), values=("candour",)))  # type: ignore[attr-defined]
            for record in records:
                transaction.put(record)  # type: ignore[attr-defined]

        Journal(journal_root, now=datetime.fromisoformat(NOW)).change("poor", put)

    world.filled("poor", fill)


def test_a_packet_goes_to_stdout_and_its_blanks_to_stderr(rich: Path, invoke: Run) -> None:
    """It is for the program, of the last review; each blank has the command that fills it."""
    ran = invoke("export", "pack")

    assert ran.exit == 0
    title = "# Semi-annual review, 3 Jun to 20 Nov 2026\n\nElizabeth Blackwell · resident, PGY-2 · Internal Medicine,"
    assert ran.out.startswith(title)
    lines = ran.err.splitlines()
    assert lines[0].startswith("Left out: ")
    assert lines[1] == "11 blanks to fill in:"
    assert "  how I will know “Design a study of my own”: mentorlog set gs5dy measure=-" in lines
    assert len(lines) == 13


def test_scripts_get_the_text_and_the_blanks(rich: Path, invoke: Run) -> None:
    """Nothing is on stderr that is in the data."""
    ran = invoke("export", "pack", "--kind", "ilp", "--for", "osler", "--json")

    assert ran.data["pack"].startswith("# Individual learning plan, 3 Jun to 20 Nov 2026\n")
    assert {"kind", "period", "as_of", "sections", "without_content", "blanks", "left_out"} <= ran.data.keys()
    assert {*ran.data["blanks"][0]} == {"section", "what", "command", "record"}
    assert "blank" not in ran.err


def test_a_packet_goes_to_a_private_file(rich: Path, invoke: Run, world: World) -> None:
    """As every export."""
    ran = invoke("export", "pack", "-o", "packet.md", "--kind", "idp")

    file = world.work / "packet.md"
    assert ran.out == f"Wrote 8 sections to {file}\n"
    assert file.read_text().startswith("# Individual development plan, ")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "is_page"),
    [
        (["-o", "packet.html"], True),
        (["-o", "PACKET.HTM"], True),
        (["-o", "packet.txt", "--format", "html"], True),
        (["-o", "packet.html", "--format", "md"], False),
        (["-o", "packet"], False),
    ],
)
def test_the_name_of_the_file_says_the_format(
    rich: Path, invoke: Run, world: World, words: list[str], is_page: bool
) -> None:
    """A page for .html, Markdown for everything else; --format says otherwise."""
    assert invoke("export", "pack", *words).exit == 0

    start = "<!doctype html>" if is_page else "# Semi-annual review, "
    assert (world.work / words[1]).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--kind", "weekly"], 1, "Unknown kind 'weekly'.\nhint: one of: semiannual, ilp, idp"),
        (["--format", "docx"], 1, "Unknown format 'docx'.\nhint: one of: md, html"),
        (["--section", "weather"], 1, "Unknown section 'weather'.\nhint: one of: aims, progress,"),
        (["--period", "soon"], 1, "'soon' is not a period.\nhint: use half-year, year, or two dates"),
        (["--period", "2027-01-01..2027-06-30"], 1, "begins on Fri 1 Jan 2027, after Mon 23 Nov 2026: nothing has"),
        (["--period", "2026-07-01..2026-09-01", "--until", "1 jun"], 1, "begins on Wed 1 Jul 2026, after Mon 1 Jun"),
        (["--until", "tomorrow"], 1, "is in the future"),
        (["--for", "nobody"], 1, "No mentor matches 'nobody'"),
        (["--for", "program", "--include-private"], 2, "cannot be used together"),
    ],
)
def test_what_is_no_packet(rich: Path, invoke: Run, words: list[str], status: int, said: str) -> None:
    """One sentence, and nothing on stdout."""
    ran = invoke("export", "pack", *words)

    assert (ran.exit, ran.out) == (status, "")
    assert said in ran.err


def test_a_period_in_which_nothing_happened(rich: Path, invoke: Run) -> None:
    """It is said in the packet and beside it."""
    ran = invoke("export", "pack", "--period", "2020-01-01..2020-06-30", "--section", "wellbeing")

    assert "\nNothing is recorded in this period.\n" in ran.out
    assert "Nothing is recorded in this period." in ran.err.splitlines()
    assert "No content for: wellbeing" in ran.err.splitlines()


def test_an_empty_journal(invoke: Run, journal_root: Path) -> None:
    """A heading with blanks, a sentence, and where to sign."""
    ran = invoke("export", "pack")

    assert ran.exit == 0
    assert ran.out.splitlines()[:7] == [
        "# Semi-annual review, 24 May to 23 Nov 2026",
        "",
        "________ · ________ · ________ · as of 23 Nov 2026 · for a meeting with ________ on ________",
        "",
        "Nothing is recorded in this period.",
        "",
        "## Discussion",
    ]
    assert "  my name: mentorlog profile set name=-" in ran.err.splitlines()


def test_an_unreadable_record_stops_it(rich: Path, invoke: Run) -> None:
    """A packet without it would say that something did not happen."""
    next((rich / "goals").glob("gc4st*.toml")).write_text("title = 3\n")

    ran = invoke("export", "pack", "-o", "packet.md")
    assert (ran.exit, ran.out) == (3, "")


ANSWERS = {"by": "1 mar 2027", "asked_by": "osler"}
"""What is typed where any text would not do."""


def test_every_blank_is_filled_by_its_command(
    poor: None, invoke: Run, terminal: Callable[..., Terminal], journal_root: Path
) -> None:
    """Pasted as it is printed, it asks for the answer and takes it; afterwards the blank is gone."""
    options = ("export", "pack", "--for", "self", "--period", "half-year", "--section", "wellbeing", "--json")
    blanks = invoke(*options).data["blanks"]
    fields = {one["command"].rpartition(" ")[2].partition("=")[0] for one in blanks if one["command"].endswith("=-")}
    assert fields == {
        "name",
        "level",
        "program",
        "aims",
        "growth_areas",
        "by",
        "why",
        "measure",
        "support",
        "asked_by",
        "asks",
    }

    for blank in blanks:
        words = shlex.split(blank["command"])
        assert words.pop(0) == "mentorlog"
        if "assess" in words:
            assert terminal(*words).answer("?", "3.5").end() == 0, blank
            continue
        typed = ANSWERS.get(words[-1].partition("=")[0], "an answer of mine")
        done = invoke(*words, stdin=typed if "-" in words or words[-1].endswith("=-") else "")
        assert done.exit == 0, (blank, done)

    assert invoke(*options).data["blanks"] == []
    assert invoke("doctor").exit == 0


def test_a_blank_for_the_next_meeting_with_a_mentor(poor: None, terminal: Callable[..., Terminal], invoke: Run) -> None:
    """For a mentor the heading wants the day; the command asks for it."""
    blanks = invoke("export", "pack", "--for", "osler", "--json").data["blanks"]
    [command] = [one["command"] for one in blanks if one["section"] == "heading" and "plan" in one["command"]]

    assert terminal(*shlex.split(command)[1:]).answer("When?", "fri 14:00").end() == 0
    assert "for a meeting with William Osler on 27 Nov 2026" in invoke("export", "pack", "--for", "osler").out
