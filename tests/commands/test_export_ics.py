"""`mentorlog export ics`: a calendar that is written once and updated after, and never over somebody else's file."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from export.rfc5545 import Component, read
from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran, World

Run = Callable[..., Ran]
LATER = {"MENTORLOG_NOW": "2026-11-24T09:00:00+00:00"}


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """Two mentors whom to meet, a meeting, a task, a goal; a note and a review that are private."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    made = (
        make_mentor(every=28), make_mentor(id="curie", name="Marie Curie", every=42),
        make_meeting(id="m4k2p"), make_meeting(id="m2222", on=date(2026, 12, 2), at="14:00", status="planned"),
        make_task(id="t4m2x", due=date(2026, 12, 6), assigned_by="osler"),
        make_goal(id="g7k3q", by=date(2026, 12, 27), mentors=["osler"]),
        make_note(id="n2222", text="Mine alone"), make_review(id="r2222", next_on=date(2027, 2, 1)),
    )  # fmt: skip
    world.filled(
        "export ics records", lambda: journal.change("fill", lambda transaction: [transaction.put(one) for one in made])
    )


def calendar(file: Path) -> dict[str, Component]:
    """The components of a calendar, which is checked, by their summaries."""
    return {one.text("SUMMARY"): one for one in read(file.read_bytes())}


def out(world: World) -> Path:
    """The file that most tests write."""
    return world.work / "out.ics"


def test_to_stdout(invoke: Run, world: World) -> None:
    """The calendar is the result; the zone of the machine is named on stderr, one that was chosen is not."""
    ran = invoke("export", "ics")
    chosen = invoke("export", "ics", "--zone", "Europe/Athens")

    assert [one.text("SUMMARY") for one in read(ran.out.encode())] == [
        "Talk to Marie Curie", "Goal: Submit case report", "William Osler", "William Osler", "Reassess",
        "Due: Draft abstract",
    ]  # fmt: skip
    assert ran.err.startswith("Times of meetings are in the time zone of this machine, ")
    assert ran.err.endswith(" (for another, use --zone).\n") and ran.err.count("\n") == 1
    assert (chosen.err, invoke("export", "ics", "--zone", "Europe/Athens").out) == ("", chosen.out)
    assert "DTSTART:20261202T120000Z" in chosen.out


def test_a_new_file(invoke: Run, world: World) -> None:
    """It is private and whole, and what it holds is said in one line."""
    ran = invoke("export", "ics", "-o", "out.ics")

    assert ran.out == f"Wrote 6 events to {out(world)}\n"
    assert out(world).stat().st_mode & 0o777 == 0o600
    assert len(calendar(out(world))) == 5


def test_nothing_changed(invoke: Run, world: World) -> None:
    """The file is not touched, so that a program that watches it stays idle; a day later too."""
    invoke("export", "ics", "-o", "out.ics")
    before = out(world).stat()

    ran = invoke("export", "ics", "-o", "out.ics", env=LATER)

    assert ran.out == f"Nothing changed in {out(world)}\n"
    after = out(world).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_an_update(invoke: Run, world: World) -> None:
    """What is new, changed, removed and the same is counted; nobody is asked."""
    invoke("export", "ics", "-o", "out.ics")
    invoke("task", "add", "Ask about fellowships", "--due", "2026-12-08", env=LATER)
    invoke("goal", "revise", "g7k3q", "title=Publish", "-m", "Clearer", env=LATER)
    invoke("delete", "t4m2x", "--yes", env=LATER)

    ran = invoke("export", "ics", "-o", "out.ics", env=LATER)

    assert ran.out == f"Updated {out(world)}: 1 new, 1 changed, 1 removed, 4 the same.\n"
    found = calendar(out(world))
    assert found["Goal: Publish"]["SEQUENCE"] == found["Cancelled"]["SEQUENCE"] == "1"
    assert found["Cancelled"]["DTSTAMP"] == "20261124T090000Z"
    assert "Draft abstract" not in out(world).read_text()


def test_for_scripts(invoke: Run, world: World) -> None:
    """The counts are in the data, with the path or the text."""
    printed = invoke("export", "ics", "--zone", "UTC", "--json").data
    written = invoke("export", "ics", "-o", "out.ics", "--zone", "UTC", "--json").data
    again = invoke("export", "ics", "-o", "out.ics", "--tasks", "none", "--json", "--zone", "UTC").data

    data = {"record_count": 6, "events": 6, "todos": 0, "new": 6, "changed": 0, "removed": 0, "same": 0, "zone": "UTC"}
    left_out: dict[str, Any] = {"left_out": {"counts": {}, "field_count": 0}}
    assert printed == {"ics": printed["ics"], **data, **left_out} and printed["ics"].startswith("BEGIN:VCALENDAR\r\n")
    assert written == {"path": str(out(world)), **data, **left_out}
    assert again == {**written, "record_count": 5, "events": 5, "new": 0, "removed": 1, "same": 5}


# One day on every screen


def test_whom_to_talk_to_is_as_due_says(invoke: Run, world: World) -> None:
    """The day is that of `due`, and gone while a meeting is planned; so is the day of the next review."""
    invoke("export", "ics", "-o", "out.ics")
    due = {item["record"]: item["due_on"] for item in invoke("due", "--within", "10w", "--json").data}
    review = invoke("review", "due", "--json").data["due_on"]

    found = calendar(out(world))
    assert found["Talk to Marie Curie"].day == due["mentor"].replace("-", "") == "20261013"
    assert found["Reassess"].day == review.replace("-", "") == "20270201"
    assert "Talk to William Osler" not in found

    invoke("meeting", "plan", "curie", "--on", "2026-11-30")
    assert "1 new, 1 removed" in invoke("export", "ics", "-o", "out.ics").out
    assert "Talk to Marie Curie" not in calendar(out(world))


def test_a_mentor_that_has_met_moves(invoke: Run, world: World) -> None:
    """The event of a mentor has one id: after a meeting it moves to the next day."""
    invoke("export", "ics", "-o", "out.ics")
    invoke("meeting", "log", "curie", "Films and radium", "--on", "2026-11-22")
    ran = invoke("export", "ics", "-o", "out.ics")

    assert ran.out.endswith(": 1 new, 1 changed, 5 the same.\n")
    assert calendar(out(world))["Talk to Marie Curie"].day == "20270103"


# Who sees what


def test_what_becomes_private_or_is_forgotten_leaves_the_file(invoke: Run, world: World) -> None:
    """The event is cancelled and has no word, not even in its id; days that are not asked for are no exception."""
    invoke("export", "ics", "-o", "out.ics")
    invoke("set", "g7k3q", "visibility=private")
    invoke("set", "curie", "visibility=private")
    invoke("forget", "t4m2x", "--yes")

    ran = invoke("export", "ics", "-o", "out.ics", "--since", "2027-01-01")

    assert ran.out == f"Updated {out(world)}: 3 removed, 3 the same.\n"
    assert ran.err.endswith("Left out as private: 1 mentor, 1 goal (use --include-private to include them)\n")
    text = out(world).read_text().casefold()
    assert not [word for word in ("case report", "abstract", "curie") if word in text]
    back = invoke("export", "ics", "-o", "out.ics", "--for", "self")
    assert back.out == f"Updated {out(world)}: 2 changed, 3 the same.\n"


def test_for_a_mentor(invoke: Run) -> None:
    """What concerns them goes; whom the resident should talk to, and when to reassess, does not."""
    invoke("meeting", "plan", "curie", "--on", "2027-03-03", "--place", "Her laboratory")
    invoke("meeting", "log", "osler", "--on", "2026-09-20", "--notes", "Hidden")

    found = read(invoke("export", "ics", "--for", "curie").out.encode())

    assert [(one.text("SUMMARY"), one.text("LOCATION")) for one in found] == [("Marie Curie", "Her laboratory")]
    osler = read(invoke("export", "ics", "--for", "osler").out.encode())
    assert {one.text("SUMMARY") for one in osler} == {
        "William Osler", "Goal: Submit case report", "Due: Draft abstract",
    }  # fmt: skip


def test_a_preview(invoke: Run, world: World) -> None:
    """It shows what a calendar would hold, and writes nothing; no notes, no reviews, no task without a date."""
    invoke("task", "add", "No date", "--private")
    ran = invoke("export", "ics", "--for", "osler", "--preview", "-o", "out.ics")
    data = invoke("export", "ics", "--for", "osler", "--preview", "--json").data

    assert (
        ran.out.startswith("Preview for William Osler; nothing is written.\n")
        and "Draft abstract" in ran.out
        and "Mine alone" not in ran.out
    )
    assert not out(world).exists()
    assert {one["record"] for one in (*data["included"], *data["withheld"])} <= {"mentor", "goal", "task", "meeting"}


def test_what_may_identify_a_patient(invoke: Run, world: World) -> None:
    """It stops a calendar for a mentor where it would be in the calendar, and only there."""
    invoke("set", "m4k2p", "notes=Seen: Mr. Pickwick, MRN 12345678")
    invoke("goal", "progress", "g7k3q", "40", "-m", "Seen: Mr. Pickwick, MRN 12345678")
    assert invoke("export", "ics", "--for", "osler", "-o", "out.ics").exit == 0
    before = out(world).read_bytes()

    invoke("set", "m2222", "place=Ward 5, Mrs. Gamp, MRN 12345678")
    refused = invoke("export", "ics", "--for", "osler", "-o", "out.ics")

    assert (refused.exit, refused.out, out(world).read_bytes()) == (1, "", before)
    assert "m2222" in refused.err and "m4k2p" not in refused.err
    assert invoke("export", "ics", "--for", "osler", "-o", "out.ics", "--despite-lint").exit == 0


def test_a_part_of_the_journal(invoke: Run) -> None:
    """With one mentor, for one goal, between two days: the days are those of the events."""

    def summaries(*words: str) -> list[str]:
        return [one.text("SUMMARY") for one in read(invoke("export", "ics", *words).out.encode())]

    assert summaries("--with", "curie") == ["Talk to Marie Curie"]
    assert summaries("--goal", "g7k3q") == ["Goal: Submit case report"]
    assert summaries("--since", "2026-12-06", "--until", "2026-12-27") == [
        "Goal: Submit case report", "Due: Draft abstract",
    ]  # fmt: skip


def test_an_empty_calendar(invoke: Run, world: World) -> None:
    """A part of the journal without a date is said to be empty; the file is a calendar still."""
    ran = invoke("export", "ics", "-o", "out.ics", "--until", "2020-01-01")

    assert (ran.exit, ran.out) == (0, f"Wrote 0 events to {out(world)}\n")
    assert ran.err == "The calendar is empty: no record that is included has a date.\n"
    assert calendar(out(world)) == {}
    assert invoke("export", "ics", "-o", "out.ics").out == f"Updated {out(world)}: 6 new.\n"


# Options


def test_todos_bare_and_reminders(invoke: Run) -> None:
    """The options of the command reach the calendar."""
    ran = invoke("export", "ics", "--tasks", "todo", "--bare", "--remind", "15m", "--remind-due", "1 day")

    found = {one.text("SUMMARY"): one for one in read(ran.out.encode())}
    assert (found["Draft abstract"].name, found["Draft abstract"].text("DESCRIPTION")) == ("VTODO", "")
    assert found["Draft abstract"].inner[0]["TRIGGER;RELATED=END"] == "-P1D"
    assert "TRIGGER:-PT15M" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--zone", "Athens"], "'Athens' is not a time zone."),
        (["--zone", ""], "'' is not a time zone."),
        (["--zone", "../../etc/passwd"], "'../../etc/passwd' is not a time zone."),
        (["--zone", "America"], "'America' is not a time zone."),
        (["--remind", "soon"], "'soon' is not a time before an event."),
        (["--remind", "-5m"], "'-5m' is not a time before an event."),
        (["--remind-due", "99999d"], "'99999d' is not a time before an event."),
        (["--tasks", "all"], "Unknown tasks 'all'."),
    ],
)
def test_values_that_are_none(words: list[str], said: str, invoke: Run) -> None:
    """Each is named, with an example."""
    ran = invoke("export", "ics", *words)

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines()[0] == f"error: {said}"


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine(zone: str, run: Run, world: World) -> None:
    """Without --zone the hour is that of the machine, which is named."""
    machine, named = run("export", "ics", env={"TZ": zone}), run("export", "ics", "--zone", zone, env={"TZ": "UTC"})

    assert machine.out == named.out
    assert machine.err.startswith(f"Times of meetings are in the time zone of this machine, {zone} (")
    starts = {"America/Los_Angeles": "20261202T220000Z", "Pacific/Kiritimati": "20261202T000000Z"}
    assert f"DTSTART:{starts[zone]}" in machine.out


# Where it goes


def test_somebody_elses_file_is_not_written_over(invoke: Run, world: World) -> None:
    """A file that is not a calendar of this journal is asked about, as by every export."""
    out(world).write_text("BEGIN:VCALENDAR\nPRODID:-//other//EN\nEND:VCALENDAR\n")
    before = out(world).read_bytes()

    refused = invoke("export", "ics", "-o", "out.ics")

    assert (refused.exit, refused.out, out(world).read_bytes()) == (2, "", before)
    assert "already exists" in refused.err and "--yes" in refused.err
    assert invoke("export", "ics", "-o", "out.ics", "--yes").out == f"Wrote 6 events to {out(world)}\n"


def test_the_calendar_of_another_journal(invoke: Run, world: World, tmp_path: Path) -> None:
    """It is somebody else's file too."""
    invoke("export", "ics", "-o", "out.ics")
    invoke("init", str(tmp_path / "other"), "--no-input")

    ran = invoke("export", "ics", "-o", "out.ics", env={"MENTORLOG_JOURNAL": str(tmp_path / "other")})

    assert (ran.exit, len(calendar(out(world)))) == (2, 5)


def test_the_question_is_asked_on_a_terminal(terminal: Callable[..., Terminal], world: World) -> None:
    """No means that nothing is written."""
    out(world).write_text("mine")

    session = terminal("export", "ics", "-o", "out.ics")
    session.answer("Overwrite it", "n")

    assert (session.end(), out(world).read_text()) == (0, "mine")


@pytest.mark.parametrize("what", ["folder", "link", "dangling link", "pipe"])
@pytest.mark.parametrize("yes", [[], ["--yes"]])
def test_only_a_file_is_written_over(what: str, yes: list[str], invoke: Run, world: World) -> None:
    """A link is not followed, not even to a calendar of this journal."""
    invoke("export", "ics", "-o", "out.ics")
    before, place = out(world).read_bytes(), world.work / "place.ics"
    match what:
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
        case _:
            place.symlink_to(out(world) if what == "link" else world.work / "nowhere")

    ran = invoke("export", "ics", "-o", "place.ics", *yes)

    assert (ran.exit, ran.out, out(world).read_bytes()) == (1, "", before)
    assert ran.err.startswith(f"error: Cannot write {place}: it is ")
    assert not (world.work / "nowhere").exists()


def test_no_place_in_the_journal(invoke: Run, journal_root: Path) -> None:
    """Nor is a calendar written among the records."""
    assert invoke("export", "ics", "-o", str(journal_root / "goals" / "out.ics"), "--yes").exit == 1


def test_an_unreadable_record(invoke: Run, world: World, journal_root: Path) -> None:
    """A calendar that would miss one is not written, and nothing is removed from one that is there."""
    invoke("export", "ics", "-o", "out.ics")
    before = out(world).read_bytes()
    (journal_root / "goals" / "g9999.toml").write_text("<<<<<<< ours\n")

    ran = invoke("export", "ics", "-o", "out.ics")

    assert (ran.exit, ran.out, out(world).read_bytes()) == (3, "", before)


def test_a_full_disk(run: Run, world: World) -> None:
    """Where the new file does not fit, the old one stays whole, and no part of the new one is left."""
    run("export", "ics", "-o", "out.ics")
    before, names = out(world).read_bytes(), sorted(os.listdir(world.work))  # noqa: PTH208
    run("goal", "revise", "g7k3q", "title=Publish", "-m", "Clearer")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limit[1]))
        ran = run("export", "ics", "-o", "out.ics")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    assert (ran.exit, ran.out) == (5, "")
    assert (out(world).read_bytes(), sorted(os.listdir(world.work))) == (before, names)  # noqa: PTH208
    assert run("export", "ics", "-o", "out.ics").out.startswith("Updated ")


@pytest.mark.parametrize("path", ["file/out.ics", "nowhere/out.ics"])
def test_a_folder_that_is_not_there(path: str, invoke: Run, world: World) -> None:
    """The answer of the disk has its own status."""
    (world.work / "file").write_text("x")

    assert invoke("export", "ics", "-o", path).exit == 5
