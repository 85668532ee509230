"""`mentorlog import ics`: meetings from a calendar come in once; ours that were moved there are moved on request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_meeting, make_mentor
from mentorlog.store.journal import Journal
from world import NOW, Ran, World

Run = Callable[..., Ran]
KHAL = Path(__file__).parent.parent / "data" / "imports" / "khal-0.14.ics"
ATHENS = ("--zone", "Europe/Athens")


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """Two mentors, one with an e-mail address, and a planned and a held meeting."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    made = (
        make_mentor(name="William Osler, MD", email="osler@example.org"), make_mentor(id="curie", name="Marie Curie"),
        make_meeting(id="m2222", on=date(2026, 12, 2), at="14:00", status="planned", notes="Bring films"),
        make_meeting(id="m3333", on=date(2026, 11, 2), at="09:00"),
    )  # fmt: skip
    world.filled(
        "import ics records", lambda: journal.change("fill", lambda transaction: [transaction.put(one) for one in made])
    )


def files(world: World) -> dict[str, bytes]:
    """The bytes of every record."""
    return {path.name: path.read_bytes() for path in world.journal.glob("*/*.toml")}


def calendar(world: World, *lines: str) -> str:
    """A file with one event of these lines."""
    file = world.work / "one.ics"
    file.write_text("\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""]))
    return str(file)


COFFEE = ("UID:coffee", "DTSTART:20261210T150000", "DURATION:PT45M", "SUMMARY:Coffee with Marie Curie")


def meetings(invoke: Run) -> dict[str, Any]:
    """The meetings of the journal that were imported, by their sources."""
    found = invoke("meeting", "list", "--json").data
    return {one["source"].rpartition("/")[2]: one for one in found if one["source"]}


def test_a_dry_run_lists_what_comes_and_how_it_is_known(invoke: Run, world: World) -> None:
    """What is over is said in numbers; what is with nobody is counted; nothing is saved."""
    before = files(world)

    ran = invoke("import", "ics", str(KHAL), "--dry-run", *ATHENS, env={"COLUMNS": "100"})

    assert ran.out.splitlines()[:4] == [
        "7 meetings in the file are over and come in as held; with --past planned, you are asked about each.",
        "Of what repeats, only the next meeting is planned.",
        "Would import 9 meetings; 2 stay there.",
        "  new       Osler, weekly (with William Osler, MD, Wed 7 Oct 2026, 08:00, held, Reading room; "
        "matched by last name)",
    ]
    assert ran.out.splitlines()[-2:] == [
        "  new       Coffee with Marie Curie (with Marie Curie, Thu 10 Dec 2026, 15:00, planned, video, Zoom; "
        "matched by full name; kept besides: categories)",
        "  stays     2 events (with nobody of this journal)",
    ]
    assert files(world) == before


def test_a_calendar_comes_in_once(invoke: Run, world: World) -> None:
    """It is one change, which one undo takes back to the byte; a second import finds all of it here."""
    before = files(world)

    first = invoke("import", "ics", str(KHAL), *ATHENS)
    after = files(world)
    second = invoke("import", "ics", str(KHAL), *ATHENS)

    assert first.out.splitlines()[-1] == "Imported 9 meetings from a calendar; 2 stay there."
    assert second.out == "Nothing to import; 9 meetings already exist and 2 stay there.\n"
    assert files(world) == after
    statuses = [one["status"] for one in meetings(invoke).values()]
    assert (statuses.count("held"), statuses.count("planned")) == (7, 2)
    invoke("undo")
    assert files(world) == before


def test_json_has_all_of_it(invoke: Run) -> None:
    """Ids of what is new, how each was recognized, and why the others stay; in a dry run, the sources."""
    dry = invoke("import", "ics", str(KHAL), "--json", "--dry-run")
    ran = invoke("import", "ics", str(KHAL), "--json")

    assert dry.data["matched"]["ics:ON6GEEEZK86E4G5U8N8W7U8DSMSP29G4SQTE"] == "by full name"
    assert list(ran.data["matched"]) == ran.data["new"]
    assert len(ran.data["new"]) == 9
    assert ran.data["stays"] == [{"title": None, "why": "with nobody of this journal", "count": 2}]


def test_a_meeting_of_ours_that_was_moved_is_listed_and_moved_on_request(invoke: Run, world: World) -> None:
    """Through a calendar program and back: the same hour in the zone; nothing else of the meeting changes."""
    invoke("export", "ics", "-o", "ours.ics", *ATHENS)
    file = world.work / "ours.ics"
    same = invoke("import", "ics", "ours.ics", *ATHENS)
    file.write_text(file.read_text().replace("20261202T120000Z", "20261203T133000Z"))
    before = files(world)

    listed = invoke("import", "ics", "ours.ics", *ATHENS)

    assert same.out.startswith("Nothing to import; 2 meetings already exist")
    assert (
        "  moved     meeting m2222: Meeting with William Osler, MD: Bring films (to Thu 3 Dec 2026, 15:30)"
        in listed.out
    )
    assert files(world) == before
    moved = invoke("import", "ics", "ours.ics", "--replace", *ATHENS)
    assert moved.out.startswith("Imported 1 meeting from a calendar (1 replaced); 1 already exists")
    view = invoke("show", "m2222", "--json").data
    assert (view["on"], view["at"], view["notes"], view["source"]) == ("2026-12-03", "15:30", "Bring films", None)
    invoke("undo")
    assert files(world) == before


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_what_is_not_planned_is_not_moved(status: str, invoke: Run, world: World) -> None:
    """A held meeting stays in the past, a cancelled one where it was; the rest of the file comes in."""
    if status == "cancelled":
        invoke("meeting", "cancel", "m2222")
    invoke("export", "ics", "-o", "ours.ics", *ATHENS)
    file = world.work / "ours.ics"
    text = file.read_text().replace("STATUS:CANCELLED", "STATUS:CONFIRMED")
    moved = ("20261102T070000Z", "20270102T070000Z") if status == "held" else ("20261202T120000Z", "20261203T120000Z")
    file.write_text(
        text.replace(*moved).replace(
            "END:VCALENDAR", "BEGIN:VEVENT\n" + "\n".join(COFFEE) + "\nEND:VEVENT\nEND:VCALENDAR"
        )
    )

    ran = invoke("import", "ics", "ours.ics", "--replace", *ATHENS)

    assert "Imported 1 meeting from a calendar; 1 already exists, 1 differs from yours" in ran.out
    assert list(meetings(invoke)) == ["ics:coffee"]


def test_a_change_in_the_calendar_is_listed_and_what_was_written_here_stays(invoke: Run, world: World) -> None:
    """The hour, the length and the place are the calendar's; status, notes and mentors are the journal's."""
    invoke("import", "ics", calendar(world, *COFFEE, "DESCRIPTION:Protocol"), "--descriptions")
    id = meetings(invoke)["ics:coffee"]["id"]
    invoke("set", id, "notes=Mine", "mentors=osler", "mode=phone")
    changed = calendar(world, *COFFEE[:2], "DURATION:PT1H", "SUMMARY:Curie?", "LOCATION:Ward", "DESCRIPTION:New")

    listed = invoke("import", "ics", changed, "--descriptions")
    replaced = invoke("import", "ics", changed, "--replace")

    assert f"  differs   meeting {id}: Curie? (minutes, place)" in listed.out
    assert replaced.out.startswith("Imported 1 meeting from a calendar (1 replaced).")
    one = meetings(invoke)["ics:coffee"]
    assert (one["minutes"], one["place"], one["notes"], one["mentors"], one["mode"]) == (
        60,
        "Ward",
        "Mine",
        ["osler"],
        "phone",
    )
    assert invoke("show", id, "--json").data["ics"] == {"summary": "Curie?"}


def test_a_planned_meeting_that_was_cancelled_here_stays_so(invoke: Run, world: World) -> None:
    """Once it is over it counts as held only for a journal that does not know it yet."""
    file = calendar(world, *COFFEE)
    invoke("import", "ics", file)
    invoke("meeting", "cancel", meetings(invoke)["ics:coffee"]["id"])

    ran = invoke("import", "ics", file, "--replace", env={"MENTORLOG_NOW": "2026-12-20T09:00:00+00:00"})

    assert ran.out == "Nothing to import; 1 meeting already exists.\n"


def test_descriptions_are_notes_of_new_meetings_only(invoke: Run, world: World) -> None:
    """Without the option they stay out."""
    file = calendar(world, *COFFEE, "DESCRIPTION:Protocol\\nand \\x1b[31m")
    invoke("import", "ics", file)
    assert meetings(invoke)["ics:coffee"]["notes"] is None
    invoke("undo")

    invoke("import", "ics", file, "--descriptions")

    assert meetings(invoke)["ics:coffee"]["notes"] == "Protocol\nand x1b[31m"


def test_what_i_declined_stays(invoke: Run, world: World) -> None:
    """By the address in the profile."""
    invoke("profile", "set", "email=Mary@example.org")
    file = calendar(world, *COFFEE, "ATTENDEE;PARTSTAT=DECLINED:mailto:mary@EXAMPLE.org")

    ran = invoke("import", "ics", file, "--dry-run")

    assert ran.out.endswith("  stays     Coffee with Marie Curie (you declined it)\n")


def test_events_of_somebody_by_words_or_all_of_them(invoke: Run, world: World) -> None:
    """--match finds the mentor as every other option does; --with takes every event."""
    file = calendar(world, *COFFEE[:3], "SUMMARY:Films, week 3")

    by_words = invoke("import", "ics", file, "--dry-run", "--match", "films=William")
    by_file = invoke("import", "ics", file, "--dry-run", "--with", "curie", *ATHENS)

    assert "matched by --match" in by_words.out
    assert "Films, week 3 (with Marie Curie, Thu 10 Dec 2026, 15:00, planned; matched by --with)" in by_file.out


def test_past_meetings_can_be_asked_about(invoke: Run, world: World) -> None:
    """`status` asks whether a planned meeting took place."""
    file = calendar(world, "UID:1", "DTSTART:20261120T150000", "SUMMARY:Osler")

    invoke("import", "ics", file, "--past", "planned")

    assert meetings(invoke)["ics:1"]["status"] == "planned"
    assert "meet William Osler" in invoke("status").out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--match", "films"], "'films' is not a text and a mentor."),
        (["--match", "=osler"], "'=osler' is not a text and a mentor."),
        (["--match", "films=nobody"], "No mentor matches 'nobody'."),
        (["--past", "nosuch"], "Unknown past 'nosuch'."),
        (["--since", "2026-12-01", "--until", "2026-11-01"], "--until is before --since."),
        (["--zone", "Nowhere"], "'Nowhere' is not a time zone."),
    ],
)
def test_wrong_options(options: list[str], sentence: str, invoke: Run) -> None:
    """Each is named, with what to do."""
    ran = invoke("import", "ics", str(KHAL), *options)

    assert ran.exit != 0
    assert ran.err.startswith(f"error: {sentence}\nhint: ")


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfeB\x00", b"BEGIN:VCALENDAR\n", b"BEGIN:VCALENDAR\n" * 10_000])
def test_a_bad_file_changes_nothing(data: bytes, invoke: Run, world: World) -> None:
    """One sentence and a hint; the next command works."""
    (world.work / "bad.ics").write_bytes(data)
    before = files(world)

    ran = invoke("import", "ics", "bad.ics")

    assert ran.exit == 1
    assert ran.err.count("\n") == 2
    assert files(world) == before
    assert invoke("meeting", "list").exit == 0


def test_hostile_titles(invoke: Run, world: World) -> None:
    """They are shown as text, and come back from the file as they are."""
    title = 'Osler [/b] =1+1 "x" \\\\ é 日本 🩺 \u202e'
    file = calendar(world, *COFFEE[:2], f"SUMMARY:{title}", "LOCATION:__proto__ [red]")

    assert 'Osler [/b] =1+1 "x" \\ é 日本 🩺' in invoke("import", "ics", file, "--dry-run").out
    invoke("import", "ics", file)

    one = meetings(invoke)["ics:coffee"]
    assert one["place"] == "__proto__ [red]"
    assert invoke("show", one["id"], "--json").data["ics"] == {"summary": title.replace("\\\\", "\\")}
    assert invoke("doctor").exit == 0
