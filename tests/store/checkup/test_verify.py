"""A verification calls each file and operation what it is, and nothing an error that is none."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from factories import make_note, make_task
from faults.inject import injected
from mentorlog.store.journal import Journal
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change
from store.checkup.vouched import GOAL, MENTOR, NOTE, TEMPLATE, assign, kinds, opened, put
from store.index.test_soundness import changed, settle
from world import NOW


def only(journal: Journal, path: str, state: str, level: str | None = None) -> Any:
    """Check that one file has this state and all else is well; return the finding about it, if there is one."""
    found = journal.verify()
    assert kinds(found) == {path: state}, found
    assert [(one.level, one.path) for one in found.findings] == ([(level, path)] if level else []), found
    assert found.flaws == ()
    return next(iter(found.findings), None)


# What is as it should be


def test_what_mentorlog_wrote(journal: Journal) -> None:
    """Every record, the profile and the template are as they were left; it says how much was read."""
    found = journal.verify()

    assert (found.findings, found.files, found.flaws) == ((), (), ())
    assert found.counts == {"as_left": 5} | dict.fromkeys(
        ("changed", "unknown", "rolled_back", "missing", "damaged", "unreadable"), 0
    )
    assert (found.records, found.operations) == (3, 4)
    paths = [*journal.root.glob("*/*.toml"), *journal.root.glob("*.toml"), *journal.root.glob("*/operations/*")]
    assert found.bytes == sum(path.stat().st_size for path in [*paths, journal.root / TEMPLATE])


def test_a_verification_changes_nothing(journal: Journal) -> None:
    """Not one file is written, not even an index."""
    (journal.root / ".mentorlog" / "index.sqlite").unlink()
    (journal.root / GOAL).write_bytes(b"broken")
    before = {path: path.lstat().st_mtime_ns for path in journal.root.rglob("*")}

    journal.verify()

    assert {path: path.lstat().st_mtime_ns for path in journal.root.rglob("*")} == before


def test_after_every_kind_of_change(journal: Journal) -> None:
    """Undo, redo, revert, deletion and erasure leave a journal of which every byte is vouched for."""
    journal.undo(2)
    journal.undo(way="redo")
    journal.undo(number=2)
    journal.change("delete", lambda now: now.delete("n4m2x"))
    assert kinds(journal.verify()) == {}
    put(journal, make_note(id="n6h7j"), make_task(id="t4m2x"))
    journal.forget("note", "n6h7j", journal.root / "nowhere")

    found = journal.verify()

    assert (found.findings, kinds(found)) == ((), {})


def test_an_empty_journal_and_none(tmp_path: Path) -> None:
    """There is nothing to read, and nothing wrong."""
    none = opened(tmp_path / "none").verify()
    empty = opened(tmp_path / "empty")
    empty.create()

    assert (none.findings, sum(none.counts.values())) == ((), 0)
    assert not (tmp_path / "none").exists()
    assert (empty.verify().findings, sum(empty.verify().counts.values())) == ((), 0)


def test_a_journal_without_its_log(journal: Journal) -> None:
    """As another machine has it that git brought it to: all is unknown to the log, and nothing is wrong."""
    shutil.rmtree(journal.root / ".mentorlog")

    found = journal.verify()

    assert (found.findings, found.counts["unknown"], found.counts["as_left"]) == ((), 5, 0)


# Edits by hand


def test_an_edit_by_hand(journal: Journal) -> None:
    """A record that somebody changed in an editor is no problem, however often, nor a comment or CRLF."""
    path = journal.root / GOAL
    text = path.read_text()

    for new in (text.replace("Publish", "Print"), f"# mine\n{text}", text.replace("\n", "\r\n"), f"{text}\n\n"):
        path.write_bytes(new.encode())
        only(journal, GOAL, "changed")


def test_a_record_written_by_hand(journal: Journal) -> None:
    """The log does not know it, and it need not."""
    text = (journal.root / GOAL).read_text().replace("g7k3q", "g8v7w")
    (journal.root / "goals/g8v7w.toml").write_text(text)

    only(journal, "goals/g8v7w.toml", "unknown")


def test_a_file_that_was_renamed_by_hand(journal: Journal) -> None:
    """The words of its name are the user's: the record is where it was, and is not missing."""
    (journal.root / GOAL).rename(journal.root / "goals/g7k3q-case.toml")

    only(journal, "goals/g7k3q-case.toml", "changed")


def test_a_renamed_file_that_was_changed_since(journal: Journal) -> None:
    """The log knows the record under its new name: the old one is not missing, not even once it is deleted."""
    renamed = journal.root / "goals/g7k3q-case.toml"
    (journal.root / GOAL).rename(renamed)
    assign(opened(journal.root), "To be heard")

    assert kinds(opened(journal.root).verify()) == {}
    renamed.rename(journal.root / "away.bin")
    only(opened(journal.root), "goals/g7k3q-case.toml", "missing", "warning")
    (journal.root / "away.bin").rename(renamed)
    opened(journal.root).change("delete", lambda transaction: transaction.delete("g7k3q"))
    assert kinds(opened(journal.root).verify()) == {}


def test_a_file_that_was_deleted_by_hand(journal: Journal) -> None:
    """It is said once, and is no error."""
    (journal.root / NOTE).unlink()

    assert "restore it from a backup" in only(journal, NOTE, "missing", "warning").remedy


def test_half_an_edit(journal: Journal) -> None:
    """What does not parse is an error with its line and the command that opens it, as in every check."""
    text = (journal.root / GOAL).read_text()
    (journal.root / GOAL).write_text(text.replace('why = "Publish it"', 'why = "Publish'))

    finding = only(journal, GOAL, "damaged", "error")
    assert finding.line == text[: text.index("why")].count("\n") + 1
    assert "not valid TOML" in finding.message and "mentorlog edit g7k3q" in finding.remedy


def test_half_a_record_that_the_log_does_not_know(journal: Journal) -> None:
    """It is not called damaged, as nobody knows what it was; with NUL it is."""
    path = journal.root / "goals/g8v7w.toml"
    path.write_text('id = "g8v7w"\ntitle = ')
    assert only(journal, "goals/g8v7w.toml", "unreadable", "error").category == "unreadable"

    path.write_text('id = "g8v7w"\ntitle = "x'.encode("utf-16").decode("latin-1"), "latin-1")
    only(journal, "goals/g8v7w.toml", "unreadable", "error")

    path.write_bytes(b'id = "g8v7w"\ntitle = "x\0"\n')
    only(journal, "goals/g8v7w.toml", "damaged", "error")


# What others bring


def test_an_older_version(journal: Journal) -> None:
    """A file that is again as it was is named with the change that it lacks, and is no error."""
    after = (journal.root / GOAL).read_bytes()
    journal.undo(2)
    older = (journal.root / GOAL).read_bytes()
    journal.undo(way="redo")
    journal.undo(way="redo")
    assert (journal.root / GOAL).read_bytes() == after

    (journal.root / GOAL).write_bytes(older)
    assert "before change" in only(journal, GOAL, "rolled_back", "warning").message


def test_a_deleted_record_that_came_back(journal: Journal) -> None:
    """As a sync program or a backup brings it."""
    old = (journal.root / NOTE).read_bytes()
    journal.change("delete", lambda now: now.delete("n4m2x"))
    (journal.root / NOTE).write_bytes(old)

    finding = only(journal, NOTE, "rolled_back", "warning")
    assert "deleted it" in finding.message
    assert finding.remedy.endswith("delete it with: mentorlog delete n4m2x")


def test_the_whole_folder_as_it_was(journal: Journal, tmp_path: Path) -> None:
    """A copy that was made and restored whole, with its log, is a journal in which nothing is wrong."""
    shutil.copytree(journal.root, tmp_path / "copy")
    assign(journal, "A third reason")
    shutil.rmtree(journal.root)
    shutil.copytree(tmp_path / "copy", journal.root)

    assert kinds(journal.verify()) == {}


def test_a_journal_that_was_rolled_back(made: Path, tmp_path: Path) -> None:
    """The log of an earlier state fits its files: only this machine's memory tells, and that is a warning."""

    def here() -> Journal:
        return Journal(tmp_path / "here", now=datetime.fromisoformat(NOW), state=tmp_path / "state")

    shutil.copytree(made, tmp_path / "here")
    assign(here(), "Known to this machine")
    shutil.rmtree(tmp_path / "here")
    shutil.copytree(made, tmp_path / "here")

    found = here().verify()
    assert [(one.level, one.category) for one in found.findings] == [("warning", "older")]


def test_a_git_checkout(journal: Journal) -> None:
    """Records of an older commit, with the log of today: older versions, what is missing, what came back."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y", *words], cwd=journal.root, check=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    assign(journal, "Another reason")
    put(journal, make_task(id="t4m2x"))
    journal.change("delete", lambda now: now.delete("n4m2x"))
    git("add", "-A")
    git("commit", "-qm", "two")
    assert kinds(journal.verify()) == {}

    git("checkout", "-q", "HEAD~1")

    found = journal.verify()
    assert kinds(found) == {
        GOAL: "rolled_back",
        NOTE: "rolled_back",
        "tasks/t4m2x-draft-abstract.toml": "missing",
    }
    assert found.errors == 0
    git("checkout", "-q", "-")
    assert kinds(journal.verify()) == {}


COPIES = [
    "g7k3q-submit-case-report.sync-conflict-20261101-120000-ABCDEFG.toml",
    "g7k3q-submit-case-report (Osler's conflicted copy 2026-11-01).toml",
    "g7k3q-submit-case-report (1).toml",
    "g7k3q-submit-case-report 2.toml",
]


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("content", ["same", "other", "broken"])
def test_a_copy_of_a_sync_program(name: str, content: str, journal: Journal) -> None:
    """It is called a copy of its original, whatever is in it, and the original is as it was."""
    text = (journal.root / GOAL).read_text()
    new = {"same": text, "other": text.replace("Publish", "Print"), "broken": "title = "}[content]
    (journal.root / "goals" / name).write_text(new)

    found = journal.verify()
    assert [(one.level, one.category, one.path) for one in found.findings] == [("warning", "copy", f"goals/{name}")]
    assert GOAL in found.findings[0].message
    assert found.counts["as_left"] == 5


def test_a_copy_in_place_of_its_original(journal: Journal) -> None:
    """Then it is the record, under another name."""
    (journal.root / GOAL).rename(journal.root / "goals" / COPIES[2])

    only(journal, f"goals/{COPIES[2]}", "changed")


@pytest.mark.parametrize("name", [".{}.icloud", "~syncthing~{}.tmp", ".syncthing.{}.tmp"])
def test_a_file_that_is_elsewhere(name: str, journal: Journal) -> None:
    """What a sync program has not brought here cannot be read, and is not missing; beside the file it is nothing."""
    beside = journal.root / "goals" / name.format(Path(GOAL).name)
    beside.write_bytes(b"bplist")
    assert kinds(journal.verify()) == {}

    (journal.root / GOAL).unlink()
    path = beside.relative_to(journal.root).as_posix()
    assert "sync program" in only(journal, path, "unreadable", "error").remedy


@pytest.mark.parametrize("left", [".g7k3q-submit-case-report.toml.swp", "g7k3q-submit-case-report.toml~", "#g7k3q#"])
def test_what_editors_leave(left: str, journal: Journal) -> None:
    """Files of editors beside a record are not records."""
    (journal.root / "goals" / left).write_bytes(b"\0")

    assert kinds(journal.verify()) == {}


# What cannot be read


def test_something_else_in_its_place(journal: Journal, tmp_path: Path) -> None:
    """A link is not followed, even to the same bytes; nor is the link to a folder, whose records are not missing."""
    shutil.copytree(journal.root / "goals", tmp_path / "goals")
    (journal.root / GOAL).unlink()
    (journal.root / GOAL).symlink_to(tmp_path / GOAL)
    assert "symbolic link" in only(journal, GOAL, "unreadable", "error").message

    shutil.rmtree(journal.root / "goals")
    (journal.root / "goals").symlink_to(tmp_path / "goals")
    found = journal.verify()
    assert [(one.level, one.path) for one in found.findings] == [("error", "goals")]
    assert kinds(found) == {}


def test_a_folder_that_was_deleted(journal: Journal) -> None:
    """Each of its records is missing."""
    shutil.rmtree(journal.root / "notes")

    only(journal, NOTE, "missing", "warning")


def test_the_first_file(journal: Journal) -> None:
    """journal.toml, which no operation changes, must be there and parse."""
    data = (journal.root / "journal.toml").read_bytes()
    (journal.root / "journal.toml").write_bytes(b"format = ")
    assert [(one.level, one.path) for one in journal.verify().findings] == [("error", "journal.toml")]

    (journal.root / "journal.toml").unlink()
    assert [(one.level, one.path) for one in journal.verify().findings] == [("error", "journal.toml")]

    (journal.root / "journal.toml").write_bytes(data)
    assert journal.verify().findings == ()


# Damage


PLACES = [GOAL, NOTE, MENTOR, "profile.toml", TEMPLATE]


@pytest.mark.parametrize("path", PLACES)
def test_one_bit_of_a_file(path: str, journal: Journal) -> None:
    """Whichever bit flips, the file is not as it was left; it is called damaged where it cannot be read."""
    whole = (journal.root / path).read_bytes()
    chosen = random.Random(path)
    seen = set()

    for _ in range(40):
        at, bit = chosen.randrange(len(whole)), 1 << chosen.randrange(8)
        (journal.root / path).write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        found = journal.verify()
        state = kinds(found).pop(path)
        assert state in ("changed", "damaged")
        assert (found.errors == 1) == (state == "damaged")
        seen.add(state)

    assert seen == {"changed", "damaged"}


def test_one_bit_of_a_word(journal: Journal) -> None:
    """A record that can still be read is no error, as somebody may have changed one letter; the word is shown."""
    text = (journal.root / GOAL).read_text()
    (journal.root / GOAL).write_text(text.replace("Publish", "Qublish"))

    finding = only(journal, GOAL, "changed", "warning")
    assert finding.line == text[: text.index("Publish")].count("\n") + 1
    assert "“Qublish” was “Publish”" in finding.message
    assert "mentorlog edit g7k3q" in finding.remedy


def test_a_file_that_no_program_wrote(journal: Journal) -> None:
    """Other bytes than the index has read, and the same stamp: that is the disk, and damage."""
    assert journal.reading.counts()
    journal = opened(journal.root)
    (journal.root / "notes/n8v7w.toml").write_text((journal.root / NOTE).read_text().replace("n4m2x", "n8v7w"))
    journal.reading.counts()
    settle(journal.root)
    for path in (GOAL, "notes/n8v7w.toml"):
        data = (journal.root / path).read_bytes()
        (journal.root / path).write_bytes(
            data.replace(b"differential", b"differenzial").replace(b"Publish", b"Qublish")
        )
    settle(journal.root)

    found = opened(journal.root).verify()
    assert kinds(found) == {GOAL: "damaged", "notes/n8v7w.toml": "damaged"}
    assert found.errors == 2
    assert all("no program" in one.message for one in found.findings)
    remedies = {one.path: one.remedy for one in found.findings}
    assert remedies[GOAL] == "restore it exactly with: mentorlog doctor --fix"
    assert "mentorlog edit" in remedies["notes/n8v7w.toml"]


def test_a_damaged_index(journal: Journal) -> None:
    """A row of the index that is not as it was written would be shown as it is: that is an error."""
    assert journal.reading.counts()
    changed(journal.root, "UPDATE records SET title = 'Another title' WHERE id = 'g7k3q'")

    (finding,) = opened(journal.root).verify().findings
    assert (finding.level, finding.path) == ("error", ".mentorlog/index.sqlite")
    opened(journal.root).repair()
    assert opened(journal.root).verify().findings == ()


@pytest.mark.parametrize("seq", range(1, 5))
def test_one_bit_of_an_operation(seq: int, journal: Journal) -> None:
    """Whichever bit flips, the operation is named, and no record is called damaged for it."""
    path = journal.layout.operation(seq)
    whole, chosen = path.read_bytes(), random.Random(seq)

    for _ in range(40):
        at, bit = chosen.randrange(len(whole)), 1 << chosen.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        found = journal.verify()
        assert {flaw.number for flaw in found.flaws if flaw.is_damage} == {seq}, (at, bit, found)
        assert found.errors >= 1
        assert not {"damaged", "unreadable"} & set(kinds(found).values())


@pytest.mark.parametrize("seq", range(1, 5))
def test_an_operation_that_is_gone_or_rubbish(seq: int, journal: Journal) -> None:
    """It is named; what only it told of the records is not made up, and no record is called damaged."""
    path = journal.layout.operation(seq)
    whole = path.read_bytes()
    path.write_bytes(b"{" + whole[1 : len(whole) // 2])
    cut = journal.verify()
    assert [flaw.number for flaw in cut.flaws if flaw.is_damage] == [seq]
    assert cut.counts["damaged"] == cut.counts["missing"] == cut.counts["rolled_back"] == 0

    path.unlink()
    gone = journal.verify()
    assert gone.counts["damaged"] == gone.counts["missing"] == 0
    if 1 < seq < 4:
        assert [flaw.number for flaw in gone.flaws if flaw.is_damage] == [seq]


def test_what_a_damaged_operation_may_have_done(journal: Journal) -> None:
    """A record that it deleted is not called missing, nor one that it brought back an older version."""
    path, before = journal.layout.operation(5), (journal.root / GOAL).read_bytes()
    journal.change("delete", lambda now: now.delete("n4m2x"))
    assign(journal, "A third reason")
    journal.undo()
    assert (journal.root / GOAL).read_bytes() == before
    whole = path.read_bytes()

    for data in (None, b"{", whole.replace(b"n4m2x", b"n4m2z")):
        path.unlink() if data is None else path.write_bytes(data)
        found = journal.verify()
        assert [flaw.number for flaw in found.flaws if flaw.is_damage] == [5]
        assert kinds(found) in ({}, {NOTE: "unknown"}), data

    path.write_bytes(whole)
    path = journal.layout.operation(7)
    path.write_bytes(path.read_bytes().replace(b"g7k3q", b"g7k3z"))
    assert kinds(journal.verify()) == {GOAL: "unknown"}


def test_zeros_and_nothing(journal: Journal) -> None:
    """What a power cut leaves of a file: zeros, or nothing at all."""
    size = (journal.root / NOTE).stat().st_size
    for data in (bytes(size), b""):
        (journal.root / NOTE).write_bytes(data)
        finding = only(journal, NOTE, "damaged", "error")
        assert (finding.message, "from a backup" in finding.remedy) == ("it is empty", True)


def test_drafts_and_saved_copies(journal: Journal) -> None:
    """An unsaved text is no problem, unless it cannot be read or holds what no editor writes; a swap file is none."""
    journal.drafts.put("note.md", "Röntgen's plates")
    (journal.layout.drafts / ".note.md.swp").write_bytes(b"\0")
    (journal.layout.conflicts / "000002-goals-g7k3q.toml").write_bytes(b"damaged\0")
    assert journal.verify().findings == ()

    (journal.layout.drafts / "goal.md").write_bytes(b"Aim\0")
    (journal.layout.drafts / "mentor.md").symlink_to("note.md")
    found = journal.verify()
    assert [(one.category, one.path) for one in found.findings] == [
        ("damaged", ".mentorlog/drafts/goal.md"),
        ("unreadable", ".mentorlog/drafts/mentor.md"),
    ]


# A check, which is no verification


def test_a_check_reads_the_newest_operations(journal: Journal) -> None:
    """Of a long log it reads 200, says how many it left out, and needs no other for a link to a deleted record."""
    note, log = (journal.root / NOTE).read_bytes(), Log(journal.layout)
    put(journal, make_task(id="t4m2x", goal="g7k3q"))
    journal.change("delete", lambda now: now.delete("g7k3q"))
    for number in range(200):
        new = note + b"# %d\n" % number
        log.commit("edit", [Change(NOTE, log.history.present(NOTE), new)], NOW)
    oldest = journal.layout.operation(1)
    oldest.write_bytes(oldest.read_bytes().replace(b"begin", b"begun"))
    assert journal.reading.counts()

    with injected() as counted:
        report = opened(journal.root).examine()
    read = {str(args[0]) for name, args in counted.log if name == "open" and "/operations/0" in str(args[0])}
    assert (report.unchecked, report.errors) == (6, 0)
    assert [one.category for one in report.findings] == ["deleted"]
    assert len(read) <= 201
    assert [flaw.number for flaw in journal.verify().flaws if flaw.is_damage] == [1]
