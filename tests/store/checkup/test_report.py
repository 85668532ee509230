"""The check-up finds what is wrong, says what to do, and repairs only what loses nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.domain.reports import Finding
from mentorlog.errors import NeedsDoctor, Unreadable
from mentorlog.models.goal import Goal
from mentorlog.models.record import Record
from mentorlog.store.journal import Journal
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change
from world import NOW

GOAL = "goals/g7k3q-submit-case-report.toml"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with a mentor and a goal, whose index is up to date."""
    made = Journal(tmp_path / "journal", now=datetime.fromisoformat(NOW))
    made.create()
    put(made, make_mentor(), make_goal(id="g7k3q", mentors=["osler"]))
    return made


def put(journal: Journal, *records: Record) -> None:
    """Keep records as one operation."""
    journal.change("fill", lambda transaction: [transaction.put(record) for record in records])


def assign(journal: Journal, id: str, words: list[str], clear: list[str] | None = None) -> None:
    """Set and clear fields of a record, past what a command asks for."""
    journal.change("set", lambda now: now.put(journal.assigned(now.any(id), words, clear or [])))


def found(journal: Journal, sort: str | None = None) -> list[Finding]:
    """What a check-up finds, of one sort."""
    return [one for one in journal.examine().findings if sort in (None, one.category)]


def only(journal: Journal, sort: str) -> Finding:
    """The one finding there is; it is of this sort."""
    report = journal.examine()
    assert [one.category for one in report.findings] == [sort], report
    return report.findings[0]


def test_a_sound_journal_has_no_findings(journal: Journal) -> None:
    """Nothing wrong, nothing said; the records are counted."""
    report = journal.examine()

    assert report == ((), 2, 0)


def test_a_check_up_changes_nothing(journal: Journal) -> None:
    """Looking is not repairing: every file and stamp is as before, and no index is made."""

    def seen() -> dict[Path, int]:
        files = {path: path.lstat().st_mtime_ns for path in journal.root.rglob("*")}
        return {path: 0 if path.is_dir() else stamp for path, stamp in files.items()}

    (journal.root / ".mentorlog" / "index.sqlite").unlink()
    (journal.root / GOAL).write_bytes(b"broken")
    before = seen()

    journal.examine()

    assert seen() == before


# States

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("record", "day", "status"),
    [
        (make_task(id="t4m2x", status="todo", done_on=date(2026, 11, 20)), "done_on", "done"),
        (make_goal(id="g9p2m", status="paused", closed_on=date(2026, 11, 20)), "closed_on", "achieved"),
        (make_note(id="n4m2x", kind="advice", on=NOVEMBER, closed_on=date(2026, 11, 20)), "closed_on", "closed"),
    ],
)
def test_the_day_of_another_state(record: Record, day: str, status: str, journal: Journal) -> None:
    """It is told with its line, and how it is mended either way; the file is no less a record."""
    put(journal, record)

    finding = only(journal, "state")
    (path,) = journal.root.glob(f"*/{record.id}*.toml")
    assert finding.path == path.relative_to(journal.root).as_posix()
    assert path.read_text().splitlines()[(finding.line or 0) - 1] == f"{day} = 2026-11-20"
    assert finding.level == "warning"
    assert f"it has a {day} (2026-11-20), but its status is" in finding.message
    for words in (f"set {record.id} status={status}", f"set {record.id} --clear {day}"):
        assert words in finding.remedy

    assign(journal, record.id, [f"status={status}"])
    assert found(journal) == []


def test_values_of_mentors_that_cannot_be_right(journal: Journal) -> None:
    """An address that is none and a nickname that means another are told with their lines, and cleared as it says."""
    people = make_mentor(id="curie", name="Marie Curie", email="ask her"), make_mentor(id="chen", nickname="Osler")
    put(journal, *people)

    findings = {one.category: one for one in found(journal)}
    email, nickname = findings["email"], findings["nickname"]
    assert (email.path, email.level, email.message) == (
        *("mentors/curie.toml", "warning", "'ask her' is not an e-mail address"),
    )
    assert (nickname.path, nickname.message) == ("mentors/chen.toml", "'Osler' is the id of William Osler (osler)")
    assert (journal.root / "mentors/chen.toml").read_text().splitlines()[
        (nickname.line or 0) - 1
    ] == 'nickname = "Osler"'

    for one in (email, nickname):
        words = one.remedy.removeprefix("clear it with: mentorlog set ").split()
        assign(journal, words[0], [], [words[2]])
    assert found(journal) == []


def test_goals_that_cannot_be_right(journal: Journal) -> None:
    """A ring of parts, and a goal of somebody who is no mentee, are told and cleared as it says."""
    put(
        journal,
        make_mentor(),
        make_mentor(id="noether", name="Emmy Noether", my_role="mentor"),
        make_goal(id="g2222", parent="g3333"),
        make_goal(id="g3333", parent="g2222"),
        make_goal(id="g4444", whose="osler"),
        make_goal(id="g5555", whose="noether"),
    )

    told = {(one.path or "")[6:11]: one for one in found(journal)}
    assert {id: one.message for id, one in told.items()} == {
        "g2222": "it is part of itself",
        "g3333": "it is part of itself",
        "g4444": "it is a goal of William Osler, whom you do not mentor",
    }
    assert told["g2222"].remedy == "clear it with: mentorlog set g2222 --clear parent"
    assign(journal, "g2222", [], ["parent"])
    assign(journal, "g4444", [], ["whose"])
    assert found(journal) == []


def test_a_dropped_task_is_not_done(journal: Journal) -> None:
    """Its stray day can only be cleared: a task that was dropped is reopened before it is done."""
    put(journal, make_task(id="t4m2x", status="dropped", done_on=date(2026, 11, 20)))

    assert only(journal, "state").remedy == "clear it with: mentorlog set t4m2x --clear done_on"

    assign(journal, "t4m2x", [], ["done_on"])
    assert found(journal) == []


def test_the_day_of_its_own_state_and_none(journal: Journal) -> None:
    """Neither is anything to tell: files written by hand may leave the day out."""
    put(journal, make_task(id="t4m2x", status="done", done_on=date(2026, 11, 20)), make_note(id="n4m2x"))
    put(journal, make_task(id="t5m2x", status="done"), make_goal(id="g9p2m", status="dropped"))

    assert found(journal) == []


# Records

BROKEN = [
    (b"<<<<<<< ours\n", 1, "git conflict markers"),
    (b'id = "g7k3q"\ntitle = "T\n', 2, "not valid TOML"),
    (b'id = "g7k3q"\ntitle = "\xff"\n', 2, "not UTF-8"),
    (b'id = "g8k3q"\ntitle = "T"\ncreated = 2026-11-23T09:00:00Z\n', 1, "file name says"),
    (b'id = "g7k3q"\ntitle = "T"\nby = 5\ncreated = 2026-11-23T09:00:00Z\n', 3, "by must be a date"),
    (b"", None, "empty"),
]


@pytest.mark.parametrize(("content", "line", "words"), BROKEN)
def test_an_unreadable_record(content: bytes, line: int | None, words: str, journal: Journal) -> None:
    """An unreadable record is an error with its file, its line, what is wrong, and what to do."""
    (journal.root / GOAL).write_bytes(content)

    broken = found(journal, "unreadable")

    assert [(one.level, one.path, one.line) for one in broken] == [("error", GOAL, line)]
    assert words in broken[0].message and broken[0].remedy


def test_a_journal_without_its_first_file(journal: Journal) -> None:
    """journal.toml carries the format and the id: without it a person must act; a newer format is not read."""
    (journal.root / "journal.toml").unlink()
    assert [one.message for one in found(journal, "journal")] == ["it is missing"]

    (journal.root / "journal.toml").write_text("format = 2\n")
    (journal.root / "journal.toml").chmod(0o600)
    assert "newer" in found(journal, "unreadable")[0].message


def test_what_cannot_be_read_was_not_deleted(journal: Journal) -> None:
    """A link to it is not counted among those that lead nowhere, and every screen says that it is there."""
    journal.add(make_task(id="t4m2x", goal="g7k3q"), name="task add")
    journal.update(Goal, "g7k3q", name="touch", change=lambda goal: replace(goal, why="x"))
    (journal.root / GOAL).write_text("title = ")
    again = Journal(journal.root, now=datetime.fromisoformat(NOW))

    assert found(again, "deleted") == []
    assert again.reading.titles(["g7k3q", "gzzzz"]) == {"g7k3q": "(unreadable)"}


def test_a_journal_of_a_newer_format_loses_nothing(journal: Journal) -> None:
    """Its copies stay, and nothing of it is forgotten: what its files mean we do not know."""
    copy = journal.root / GOAL.replace(".toml", " 2.toml")
    copy.write_bytes((journal.root / GOAL).read_bytes())
    (journal.root / "journal.toml").write_text("format = 2\n")
    before = {path: path.read_bytes() for path in journal.root.rglob("*.toml")}
    with pytest.raises(Unreadable):
        journal.forget("goal", "g7k3q", journal.root / "nowhere")
    journal.repair()

    assert {path: path.read_bytes() for path in journal.root.rglob("*.toml")} == before


COPIES = [
    "g7k3q-submit-case-report (Osler's conflicted copy 2026-11-01).toml",
    "g7k3q-submit-case-report.sync-conflict-20261101-120000-ABCDEFG.toml",
    "g7k3q-submit-case-report (1).toml",
    "g7k3q-submit-case-report 2.toml",
    "g7k3q-submit-case-report_conflict-20261101-120000.toml",
    "g7k3q-submit-case-report - Copy.toml",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_sync_program(name: str, journal: Journal) -> None:
    """The copy that a sync program makes is one finding, with the fields in which it differs."""
    text = (journal.root / GOAL).read_text().replace("Submit", "Send").replace('"normal"', '"high"')
    (journal.root / "goals" / name).write_text(text)
    (journal.root / "goals" / name).chmod(0o600)

    copies = found(journal, "copy")

    assert [(one.level, one.path, one.fix) for one in copies] == [("error", f"goals/{name}", True)]
    assert GOAL in copies[0].message and copies[0].message.endswith("they differ in: title, priority")
    assert not found(journal, "unreadable") and not found(journal, "double")


def test_a_copy_of_the_profile(journal: Journal) -> None:
    """The two files of the journal's own folder have copies too."""
    (journal.root / "journal (1).toml").write_bytes((journal.root / "journal.toml").read_bytes())

    assert only(journal, "copy").message == "an identical copy of journal.toml"


def test_two_files_of_one_id(journal: Journal) -> None:
    """Two files that hold one id are an error, named with what differs."""
    text = (journal.root / GOAL).read_text().replace("Submit", "Send")
    (journal.root / "goals" / "g7k3q.toml").write_text(text)
    (journal.root / "goals" / "g7k3q.toml").chmod(0o600)

    double = found(journal, "double")

    assert [one.level for one in double] == ["error"]
    assert "g7k3q" in double[0].message and "they differ in: title" in double[0].message


def test_records_that_were_imported_twice(journal: Journal) -> None:
    """Of every kind, each but the first, with the others of its source; copies and hand-made records are not named."""
    made = [make_task(id=id, source="todotxt:1") for id in ("t2222", "t3333", "t4444")]
    made += [make_task(id="t5555", source="todotxt:2"), make_task(id="t6666")]
    made += [make_note(id=id, source="jrnl:1") for id in ("n2222", "n3333")]
    made += [make_meeting(id=id, source="ics:1") for id in ("m2222", "m3333")]
    made += [make_goal(id=id, source="csv:goal:A") for id in ("g2222", "g3333")]
    put(journal, *made, make_mentor(id="curie", source="csv:x"), make_mentor(id="rontgen", source="csv:x"))
    copy = next((journal.root / "tasks").glob("t5555*"))
    copy.with_suffix(".sync-conflict-20261126-090000-ABCDEFG.toml").write_bytes(copy.read_bytes())

    twice = found(journal, "imported")

    assert {one.level for one in twice} == {"warning"} and all(one.line and not one.fix for one in twice)
    assert [one.message for one in twice] == [
        f"it was imported twice, as {id} too" for id in ("g2222", "m2222", "curie", "n2222", "t2222", "t2222")
    ]
    assert "mentorlog delete g3333" in twice[0].remedy


def test_links_that_lead_nowhere(journal: Journal) -> None:
    """Links to what was deleted are only counted; one to what never was, or to another kind, is told with the id."""
    put(journal, make_task(id="t4m2x", goal="g9999", assigned_by="osler"), make_note(id="n2222", goal="t4m2x"))
    put(journal, make_meeting(id="m2222", mentors=("curie",)), make_review(added_goals=("g8888",)))
    put(journal, make_mentor(id="curie", name="Marie Curie"))
    journal.change("delete", lambda transaction: transaction.delete("curie"))

    links = {one.path: one.message for one in found(journal, "link")}

    assert sorted(links.values()) == [
        "it links to goal g8888, which does not exist",
        "it links to goal g9999, which does not exist",
        "it links to t4m2x as a goal, but that is a task",
    ]
    assert [one.message for one in found(journal, "deleted")] == ["1 link points to a deleted record"]
    assert journal.examine().errors == 0


def test_a_link_to_an_unreadable_record_is_no_broken_link(journal: Journal) -> None:
    """What is there but unreadable is there."""
    put(journal, make_task(goal="g7k3q"))
    (journal.root / GOAL).write_bytes(b"broken")

    assert found(journal, "link") == []


def test_ids_that_are_not_ours(journal: Journal) -> None:
    """An id of another form is a notice; a mentor who is called `me` cannot be read."""
    for path, text in (("goals/mine.toml", 'id = "mine"\ntitle = "T"'), ("mentors/me.toml", 'id = "me"\nname = "M"')):
        (journal.root / path).write_text(f"{text}\ncreated = 2026-11-23T09:00:00Z\n")
        (journal.root / path).chmod(0o600)

    assert [(one.level, one.path) for one in found(journal, "id")] == [("warning", "goals/mine.toml")]
    assert [(one.level, one.path, one.line) for one in found(journal, "unreadable")] == [
        ("error", "mentors/me.toml", 1)
    ]


def test_what_is_no_record(journal: Journal) -> None:
    """Other files in the folders are told, and those that hide are not."""
    for name in ("README.md", "old", ".DS_Store"):
        (journal.root / "goals" / name).touch(0o600)

    assert [(one.level, one.path) for one in found(journal)] == [
        ("warning", "goals/README.md"), ("warning", "goals/old"),
    ]  # fmt: skip


def test_a_folder_that_is_a_link(journal: Journal, tmp_path: Path) -> None:
    """Nothing escapes the journal through a link."""
    (journal.root / "tasks").rmdir()
    (journal.root / "tasks").symlink_to(tmp_path)

    assert [one.path for one in found(journal, "folder")] == ["tasks"]


def test_a_name_of_strange_bytes(journal: Journal) -> None:
    """A file name that is no text is shown, not stumbled over."""
    with open(os.fsencode(journal.root / "goals") + b"/g\xff.toml", "wb") as file:
        file.write(b"x")

    broken = found(journal, "unreadable")

    assert [one.path for one in broken] == ["goals/g\\udcff.toml"]


# Permissions


def test_what_others_may_read(journal: Journal) -> None:
    """Whatever others may read or change is an error, and --fix closes it."""
    (journal.root / GOAL).chmod(0o644)
    (journal.root / "goals").chmod(0o755)
    (journal.root / ".mentorlog" / "operations" / "000001.json").chmod(0o640)

    open_ = only(journal, "permissions")
    done = journal.repair()

    assert (open_.level, open_.path, open_.fix) == ("error", "goals", True)
    assert done == ["Made 3 files and folders private."]
    assert (journal.root / GOAL).stat().st_mode & 0o777 == 0o600
    assert (journal.root / "goals").stat().st_mode & 0o777 == 0o700
    assert found(journal) == []


def test_a_link_is_not_followed_when_files_are_closed(journal: Journal, tmp_path: Path) -> None:
    """--fix touches nothing outside the journal."""
    outside = tmp_path / "outside"
    outside.touch(0o644)
    outside.chmod(0o644)
    (journal.root / "goals" / "g2222.toml").symlink_to(outside)

    journal.repair()

    assert outside.stat().st_mode & 0o777 == 0o644


# The log, the index, drafts


def interrupted(journal: Journal) -> Log:
    """A change that was committed and whose process was killed before it was finished."""
    from mentorlog.store.oplog import operation

    log = Log(Layout(journal.root))
    before = (journal.root / GOAL).read_bytes()
    after = before.replace(b"Submit", b"Send")
    revise = operation.Operation(2, "goal revise: x", NOW, "do", (), ())
    entry = operation.entry_of(revise, [Change(GOAL, before, after)]).linked(log.history.link_of(1))
    (journal.root / GOAL).with_name(str(entry.staged(GOAL))).write_bytes(after)
    log.layout.pending.write_bytes(entry.encoded())
    for path in (log.layout.pending, (journal.root / GOAL).with_name(str(entry.staged(GOAL)))):
        path.chmod(0o600)
    return log


def test_an_unfinished_change(journal: Journal) -> None:
    """It is a notice, its staged file is no leftover, and --fix finishes it."""
    interrupted(journal)

    unfinished = only(journal, "unfinished")
    done = journal.repair()

    assert (unfinished.level, unfinished.fix) == ("warning", True)
    assert "goal revise: x" in unfinished.message
    assert done[0] == "Finished an interrupted change: goal revise: x"
    assert b"Send" in (journal.root / GOAL).read_bytes()
    assert found(journal) == []


def test_what_a_killed_process_left(journal: Journal) -> None:
    """Temporary files are a notice, and --fix removes them."""
    (journal.root / "goals" / ".x.toml.0123abcd.new").touch(0o600)

    left = only(journal, "leftover")
    done = journal.repair()

    assert (left.level, left.path) == ("warning", "goals/.x.toml.0123abcd.new")
    assert done == ["Removed goals/.x.toml.0123abcd.new, left behind by a killed process."]
    assert found(journal) == []


def test_a_damaged_log(journal: Journal) -> None:
    """An operation that cannot be read, and an unfinished one, are errors."""
    log = Log(Layout(journal.root))
    (log.layout.operations / "000001.json").write_text("{")
    log.layout.pending.write_text("{")
    log.layout.pending.chmod(0o600)

    assert {one.path for one in found(journal) if one.level == "error"} == {
        ".mentorlog/operations/000001.json", ".mentorlog/pending.json",
    }  # fmt: skip


def test_texts_that_were_kept(journal: Journal) -> None:
    """What a recovery kept beside a changed file waits for a person."""
    kept = journal.root / ".mentorlog" / "conflicts" / "000001-goals-x.toml"
    kept.touch(0o600)

    assert (only(journal, "conflict").level, only(journal, "conflict").path) == (
        "error", ".mentorlog/conflicts/000001-goals-x.toml",
    )  # fmt: skip


def test_drafts_are_named(journal: Journal) -> None:
    """A text that was never saved is a notice; that of a review says how to go on."""
    journal.drafts.put("review.toml", "x")

    assert "--resume" in only(journal, "draft").remedy


def foreign(path: Path) -> None:
    """Make it the index of another version."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def replaced(path: Path) -> None:
    """Put something else there."""
    path.write_bytes(b"no database at all" * 100)


INDEXES: list[tuple[Callable[[Path], None], str]] = [
    (Path.unlink, "no index yet"),
    (foreign, "another version"),
    (replaced, "damaged"),
]


@pytest.mark.parametrize(("spoil", "words"), INDEXES)
def test_the_state_of_the_index(spoil: Callable[[Path], None], words: str, journal: Journal) -> None:
    """An index that is missing, foreign or damaged is a notice: it is made anew by --fix, or by the next command."""
    spoil(journal.root / ".mentorlog" / "index.sqlite")

    state = only(journal, "index")
    done = journal.repair()

    assert state.level == "warning" and words in state.message
    assert done == ["Rebuilt the index."]
    assert found(journal) == []


def test_an_index_that_is_behind(journal: Journal) -> None:
    """Files that came or went by another hand are counted: the index reads them with the next command."""
    (journal.root / GOAL).rename(journal.root / "goals" / "g7k3q.toml")

    behind = only(journal, "index")
    Journal(journal.root, now=journal.now).reading.view("g7k3q")

    assert behind.message.startswith("2 files changed since the index was written")
    assert found(journal) == []


# Repairs that lose nothing


def test_second_copies_of_the_same_bytes(journal: Journal) -> None:
    """--fix removes them as one operation, so that undo brings them back; the original stays."""
    data = (journal.root / GOAL).read_bytes()
    for name in ("g7k3q-submit-case-report (1).toml", "g7k3q.toml"):
        (journal.root / "goals" / name).write_bytes(data)
        (journal.root / "goals" / name).chmod(0o600)

    assert {one.fix for one in found(journal) if one.level == "error"} == {True}
    journal.repair()

    assert [path.name for path in (journal.root / "goals").iterdir()] == ["g7k3q-submit-case-report.toml"]
    assert found(journal) == []
    assert journal.undo().names == ["doctor: remove 2 copies"]
    assert len(list((journal.root / "goals").iterdir())) == 3


def test_what_differs_is_left_alone(journal: Journal) -> None:
    """--fix never chooses between two texts of one id that are not a record and its copy."""
    other = journal.root / "goals" / "g7k3q.toml"
    other.write_bytes((journal.root / GOAL).read_bytes() + b"# mine\n")
    other.chmod(0o600)

    journal.repair()

    assert other.exists() and (journal.root / GOAL).exists()
    with pytest.raises(NeedsDoctor):
        journal.reading.view("g7k3q")


def test_the_days_do_not_matter(journal: Journal) -> None:
    """A check-up has no clock: a goal past its date is nobody's error."""
    put(journal, make_goal(by=date(2020, 1, 1)))

    assert found(journal) == []


# What lies in the wrong place


@pytest.mark.parametrize("name", ["index.sqlite", "lock"])
def test_a_folder_in_the_place_of_our_files(name: str, journal: Journal) -> None:
    """One with files in it is named and stays; what can be repaired without it is, and the rest is told."""
    place = journal.root / ".mentorlog" / name
    place.unlink()
    place.mkdir(mode=0o700)
    (place / "mine").touch(mode=0o600)
    (journal.root / "goals").chmod(0o755)

    done = journal.repair()

    assert done == (["Made 1 file or folder private."] if name != "lock" else [])
    assert f".mentorlog/{name}: it is a folder" in journal.notices[-1]
    assert (place / "mine").exists()
    assert [(one.level, one.path, one.message) for one in found(journal, "folder")] == [
        ("error", f".mentorlog/{name}", "it is a folder, not a file")
    ]


def test_a_file_in_the_folder_of_another_kind(journal: Journal) -> None:
    """A goal that was moved to the tasks is told to be in the wrong folder, not to have a wrong status."""
    (journal.root / GOAL).rename(journal.root / GOAL.replace("goals", "tasks"))

    one = only_error(journal)

    assert one.message == "it is in the wrong folder; its id belongs in goals/"
    assert one.remedy == "move it there"


def test_a_journal_without_a_format(journal: Journal) -> None:
    """An empty journal.toml names no format, which is not the same as an unknown one."""
    (journal.root / "journal.toml").write_bytes(b"")

    assert only_error(journal).message == "it has no format"


def only_error(journal: Journal) -> Finding:
    """The one error among the findings."""
    (one,) = (finding for finding in journal.examine().findings if finding.level == "error")
    return one
