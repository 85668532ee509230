"""Damaged files are restored from the log: exactly where that can be proven, else the last good text."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_profile, make_task
from faults.inject import injected
from mentorlog.domain.reports import Finding, Restorable
from mentorlog.errors import ChangedSince
from mentorlog.models.goal import Goal
from mentorlog.store.checkup import damage
from mentorlog.store.disk import files
from mentorlog.store.journal import Journal
from store.index.test_soundness import settle
from world import NOW

GOAL, TASK, OSLER = "goals/g7k3q-submit-case-report.toml", "tasks/t4m2x-draft-abstract.toml", "mentors/osler.toml"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with a mentor, a task, and a goal that was changed twice: in operations 2 and 3."""
    made = opened(tmp_path / "journal")
    made.create()
    records = make_mentor(), make_task(id="t4m2x"), make_goal(id="g7k3q", mentors=["osler"])
    made.change("fill", lambda now: [now.put(record) for record in records])
    change(made, "goal revise: Submit case report", why="It is the first")
    change(made, "goal revise: Submit case report", by=date(2027, 3, 1))
    return made


def opened(root: Path) -> Journal:
    """Open a journal afresh."""
    return Journal(root, now=datetime.fromisoformat(NOW))


def change(journal: Journal, name: str, **fields: object) -> None:
    """Change the goal."""
    journal.update(Goal, "g7k3q", name, lambda goal: replace(goal, **fields))  # type: ignore[arg-type]


def damaged(journal: Journal, data: bytes, path: str = GOAL) -> bytes:
    """Put damaged bytes in the place of a record; return what was there."""
    before = (journal.root / path).read_bytes()
    (journal.root / path).write_bytes(data)
    return before


def restored(journal: Journal, *refused: str) -> tuple[list[Restorable], list[str]]:
    """Restore all that the log can but for some paths; return what was offered, and what was done."""
    offered: list[Restorable] = []

    def choose(found: Sequence[Restorable]) -> Collection[str]:
        offered.extend(found)
        return {one.path for one in found}.difference(refused)

    return offered, journal.repair(choose)


def offers(journal: Journal) -> list[Restorable]:
    """Return what the log can restore, and restore nothing."""
    return restored(journal, *ALL)[0]


ALL = (GOAL, TASK, OSLER, "profile.toml", "journal.toml", "templates/recap.txt")


def findings(journal: Journal, level: str = "error") -> list[Finding]:
    """Return the findings of a level."""
    return [one for one in journal.examine().findings if one.level == level]


def texts_of(journal: Journal, path: str = GOAL) -> list[bytes]:
    """Return what the log holds of a file, newest first."""
    entries = map(journal.history.entry, journal.history.numbers())
    found = [entry.before(path) for entry in entries if any(one.path == path for one in entry.operation.files)]
    return [data for data in found if data is not None]


def copies(journal: Journal) -> dict[str, bytes]:
    """Return the damaged texts that were saved, by name."""
    return {path.name: path.read_bytes() for path in journal.layout.conflicts.iterdir()}


# One wrong bit


@pytest.mark.parametrize("path", [GOAL, TASK, OSLER])
def test_one_wrong_bit(path: str, journal: Journal) -> None:
    """Whatever bit makes a file unreadable, it gets its bytes back: the hash proves it, and nothing is lost."""
    whole, tried = (journal.root / path).read_bytes(), 0
    for at in range(0, 8 * len(whole), 59):
        wrong = bytearray(whole)
        wrong[at // 8] ^= 1 << at % 8
        if damage.is_readable(path, bytes(wrong)):
            continue  # a letter within a text: who can tell it from an edit?
        damaged(journal, bytes(wrong), path)
        (one,), _ = restored(journal)
        tried += 1
        assert (one.path, one.is_exact, one.lost, one.copy) == (path, True, (), None)
        assert (journal.root / path).read_bytes() == whole, at

    assert tried > 10
    assert copies(journal) == {}, "what holds nothing of its own is not saved"


def test_what_an_operation_left_is_still_in_the_log(journal: Journal) -> None:
    """After an undo the log has the very bytes that the undo put back: they are restored, and nothing is lost."""
    journal.undo()
    whole = damaged(journal, b"nothing of it is left")

    (one,), done = restored(journal)

    assert (one.is_exact, one.change.seq, one.lost) == (True, 4, ())
    assert (journal.root / GOAL).read_bytes() == whole
    assert done == [f"Restored {GOAL} exactly as change 4 left it."]


# The last good text

DAMAGE = {
    "cut": b'id = "g7k3q"\ntitle = "Submit ca',
    "empty": b"",
    "blocks that were never written": b"\0" * 4096,
    "NUL": b'id = "g7k3q"\ntitle = "Sub\0mit"\n',
    "not UTF-8": b'id = "g7k3q"\ntitle = "R\xf6ntgen"\n',
    "binary": bytes(range(256)) * 3,
    "conflict markers": b"<<<<<<< ours\ntitle = 1\n=======\n>>>>>>> theirs\n",
    "an edit that was not finished": b'id = "g7k3q"\r\ntitle = "Submit it at once"\r\nby = soon\r\n',
    "cut after a line": b'id = "g7k3q"\ntitle = "Submit case report"\n',
    "UTF-16": 'id = "g7k3q"\n'.encode("utf-16"),
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE)
def test_the_last_good_text(data: bytes, journal: Journal) -> None:
    """It is the newest before a change; the damaged one is saved where it holds anything, and undo restores it."""
    before = texts_of(journal)[0]
    damaged(journal, data)

    (one,), done = restored(journal)

    assert (one.path, one.record, one.id, one.title) == (GOAL, "goal", "g7k3q", "Submit case report")
    assert (one.is_exact, one.change.seq, one.lost) == (False, 3, (3,))
    assert (journal.root / GOAL).read_bytes() == before
    assert findings(journal) == []
    assert journal.committed[-1].name == "doctor: restore 1 record from the log"
    assert journal.reading.resolve("g7k3q")["why"] == "It is the first"
    if data.strip(b"\0\n"):
        assert {f".mentorlog/conflicts/{name}": text for name, text in copies(journal).items()} == {one.copy: data}
        assert one.copy in done[0]
    else:
        assert one.copy is None and copies(journal) == {}

    journal.undo()
    assert (journal.root / GOAL).read_bytes() == data
    journal.undo(way="redo")
    assert (journal.root / GOAL).read_bytes() == before


@pytest.mark.parametrize("line", ['status = "archived"', 'by = "soon"', 'id = "g8k3q"'])
def test_what_somebody_wrote_is_not_replaced(line: str, journal: Journal) -> None:
    """A slip of a person, or a word of a later version: an older text is not offered; it is mended in an editor."""
    id = "" if line.startswith("id") else 'id = "g7k3q"\n'
    damaged(journal, f'{id}{line}\ntitle = "Submit"\ncreated = 2026-11-23T09:00:00Z\n'.encode())

    offered, _ = restored(journal)

    assert offered == []
    assert not [one for one in findings(journal) if "--fix" in one.remedy]


def test_several_are_one_operation(journal: Journal) -> None:
    """Those that were accepted are restored together, and one undo takes that back; another stays as it is."""
    journal.change("set", lambda now: now.put(replace(now.any("osler"), email="osler@example.org")))
    for path in (GOAL, OSLER):
        damaged(journal, b"broken", path)
    whole = damaged(journal, b"\xe9" + (journal.root / TASK).read_bytes()[1:], TASK)
    last = journal.history.last()

    offered, done = restored(journal, OSLER)

    assert [one.path for one in offered] == [GOAL, OSLER, TASK]
    assert len(done) == 2 and journal.history.last() == last + 1
    assert journal.committed[-1].name == "doctor: restore 2 records from the log"
    assert (journal.root / OSLER).read_bytes() == b"broken"
    assert (journal.root / TASK).read_bytes() == whole
    journal.undo()
    assert (journal.root / GOAL).read_bytes() == b"broken"


@pytest.mark.parametrize("forged", [False, True])
def test_a_text_that_is_not_right_is_never_used(forged: bool, journal: Journal) -> None:
    """A text in the log whose hash is wrong, or that is no record, is passed over: an older one is restored."""
    change(journal, "goal revise: once more", why="Another reason")
    damaged(journal, b"saved like that by hand")
    journal.change("edit", lambda now: now.put_text("g7k3q", make_text(b"why = 'By hand'\n")))
    numbers = [one.seq for one in journal.history.listing().operations]
    assert numbers == [5, 4, 3, 2, 1]
    path = journal.layout.operation(4)
    good, data = texts_of_before(journal, 4), path.read_bytes().replace(b"It is the first", b"It is the worst")
    if forged:  # with its hash: then the operation is not as it was written
        worst = good.replace(b"first", b"worst")
        data = data.replace(files.fingerprint(good).encode(), files.fingerprint(worst).encode())
    path.write_bytes(data)
    damaged(journal, b"broken")

    (one,), _ = restored(journal)

    assert (one.change.seq, one.lost) == (3, (5, 4, 3))
    assert (journal.root / GOAL).read_bytes() == texts_of_before(journal, 3)


def make_text(more: bytes) -> bytes:
    """Return the text of the goal, written by hand."""
    return b'id = "g7k3q"\ntitle = "Submit case report"\ncreated = 2026-11-23T09:00:00Z\n' + more


def texts_of_before(journal: Journal, seq: int) -> bytes:
    """Return the goal's text before an operation."""
    data = journal.history.entry(seq).before(GOAL)
    assert data is not None
    return data


def test_an_operation_that_is_damaged(journal: Journal) -> None:
    """It is passed over, and what it did is lost too; where no other has a text, nothing is offered."""
    damaged(journal, b"broken")
    path = journal.layout.operation(3)
    path.write_bytes(path.read_bytes().replace(b'"seq": 3', b'"seq": "3"'))
    (one,) = offers(journal)
    assert (one.change.seq, one.lost) == (2, (3, 2))

    journal.layout.operation(2).write_text("{")
    assert offers(journal) == []


def test_an_operation_that_cannot_be_read_now(journal: Journal) -> None:
    """It may hold a newer text, and the disk may answer tomorrow: nothing older is offered."""
    damaged(journal, b"broken")
    with injected() as faulty:
        assert len(offers(journal)) == 1
    newest = [at for at, (name, args) in enumerate(faulty.log, 1) if name == "open" and str(args[0]).endswith("3.json")]
    assert len(newest) > 4

    for at in newest:
        with injected(at, errno.EIO):
            found = offers(journal)
        assert [one.change.seq for one in found] in ([], [3])
        lasting = opened(journal.root)
        with injected(at, errno.EIO, lasting=True):
            assert offers(lasting) == []


def test_what_was_only_created_is_not_in_the_log(journal: Journal) -> None:
    """The log holds what was before each change: before the first there was nothing. The remedy does not promise it."""
    damaged(journal, b"broken", TASK)

    assert offers(journal) == []
    (one,) = findings(journal)
    assert one.remedy == "repair it with: mentorlog edit t4m2x"


def test_a_log_without_a_chain(journal: Journal) -> None:
    """A log of an older mentorlog, without links and salts, restores as any other."""
    for seq in journal.history.numbers():
        path = journal.layout.operation(seq)
        raw = json.loads(path.read_text())
        del raw["link"]
        for file in raw["files"]:
            del file["salt"]
        path.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n")
    before, whole = texts_of(journal)[0], damaged(journal, b"broken")

    restored(journal)
    assert (journal.root / GOAL).read_bytes() == before

    journal.undo()
    (journal.root / GOAL).write_bytes(whole)
    journal.undo()
    assert (journal.root / GOAL).read_bytes() == before


# Other files


def test_the_profile_a_template_and_the_journal(journal: Journal) -> None:
    """They are restored as records are; what is restored then says "files"."""
    journal.change("profile", lambda now: now.put_profile(make_profile()))
    journal.change("profile", lambda now: now.put_profile(make_profile(specialty="obstetrics")))
    journal.change("template", lambda now: now.put_template("recap", "Dear {{ to }},\n", None))
    journal.change("template", lambda now: now.put_template("recap", "Hello\n", b"Dear {{ to }},\n"))
    first = (journal.root / "journal.toml").read_bytes()
    journal.change("journal", lambda now: now.put_journal({"format": 1, "id": "1234567890abcdef"}))
    wrong = {"profile.toml": b"name = ", "templates/recap.txt": b"\xff\xfe\0", "journal.toml": b"form"}
    for path, data in wrong.items():
        damaged(journal, data, path)
    remedies = {one.path: one.remedy for one in findings(journal)}
    assert all("restore an earlier text with: mentorlog doctor --fix" in text for text in remedies.values()), remedies
    assert "mentorlog edit profile; or " in remedies["profile.toml"]
    assert "in a text editor, or " in remedies["journal.toml"]

    offered, _ = restored(journal)

    assert [(one.record, one.id) for one in offered] == [
        *(("journal", "journal"), ("profile", "profile"), ("template", "recap")),
    ]
    assert journal.committed[-1].name == "doctor: restore 3 files from the log"
    assert (journal.root / "journal.toml").read_bytes() == first
    assert (journal.root / "templates/recap.txt").read_text() == "Dear {{ to }},\n"
    assert findings(journal) == []
    journal.undo()
    assert {path: (journal.root / path).read_bytes() for path in wrong} == wrong


def test_nothing_while_the_format_is_unknown(journal: Journal) -> None:
    """Where journal.toml cannot be read, and the log does not have it, what the files mean is not known."""
    damaged(journal, b"broken")
    for text in ("format = 2\n", "form"):
        (journal.root / "journal.toml").write_text(text)
        assert offers(journal) == []


def test_what_is_never_touched(journal: Journal) -> None:
    """Placeholders, links, folders, copies of sync programs, and the second file of an id are no damage to restore."""
    goal = journal.root / GOAL
    whole = goal.read_bytes()
    makers: list[Callable[[], object]] = [
        lambda: goal.rename(goal.with_name(f".{goal.name}.icloud")),
        lambda: goal.symlink_to(journal.root / OSLER),
        lambda: goal.mkdir(),
        lambda: goal.with_name(f"{goal.stem} (1).toml").write_bytes(b"broken"),
        lambda: (goal.write_bytes(b"broken"), goal.with_name("g7k3q-renamed.toml").write_bytes(whole)),
        lambda: None,  # it is missing: deleting a file by hand is nobody's damage
    ]
    for make in makers:
        goal.write_bytes(whole)
        if make is not makers[0] and make is not makers[3]:
            goal.unlink()
        make()
        assert offers(journal) == []
        for path in goal.parent.iterdir():
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_a_file_that_may_not_be_read(journal: Journal) -> None:
    """What the system does not let us read is not damaged."""
    damaged(journal, b"broken")
    with injected() as faulty:
        journal.examine()
    opened_at = [at for at, (name, args) in enumerate(faulty.log, 1) if name == "open" and str(args[0]).endswith(GOAL)]
    with injected(opened_at[0], 13):
        (one,) = findings(journal)
    assert one.remedy.startswith("run: chmod") and "--fix" not in one.remedy


# What was erased


def test_what_was_erased_never_comes_back(journal: Journal) -> None:
    """After `forget` the log has nothing of the record, whatever lies in its place; and its saved copy is gone too."""
    damaged(journal, b"Words that nobody else may read\n")
    (one,), _ = restored(journal)
    assert one.copy is not None
    whole = (journal.root / GOAL).read_bytes()

    plan = journal.forget("goal", "g7k3q", journal.root / "nowhere")

    assert one.copy in plan.other_files and copies(journal) == {}
    for data in (b"broken", b"", b"\xe9" + whole[1:]):
        (journal.root / GOAL).write_bytes(data)
        assert offers(journal) == []
    for path in journal.root.rglob("*.json"):
        assert b"nobody else may read" not in path.read_bytes()


@pytest.mark.parametrize(("path", "kind", "id"), [(GOAL, "goal", "g7k3q"), (OSLER, "mentor", "osler")])
def test_nothing_from_before_an_erasure(path: str, kind: str, id: str, journal: Journal) -> None:
    """Not even where a sync program has brought back an operation as it was before: what is older stays erased."""
    journal.change("set", lambda now: now.put(replace(now.any("osler"), email="osler@example.org")))
    older = {seq: journal.layout.operation(seq).read_bytes() for seq in journal.history.numbers()}
    journal.forget(kind, id, journal.root / "nowhere")
    for seq, data in older.items():
        journal.layout.operation(seq).write_bytes(data)
    (journal.root / path).write_bytes(b"broken")

    assert offers(journal) == []
    assert "--fix" not in findings(journal)[-1].remedy


@pytest.mark.parametrize("path", [OSLER, "tasks/t9k2m-" + "x" * 200 + ".toml", "goals/g9k2m-röntgen.toml"])
def test_erasing_finds_the_copy_of_any_name(path: str, journal: Journal) -> None:
    """The name of a copy is that of its record: long ones are cut at their end."""
    made = {"mentors": make_mentor(), "tasks": make_task(id="t9k2m"), "goals": make_goal(id="g9k2m")}
    record = made[path.partition("/")[0]]
    journal.change("add", lambda now: now.put(record, path))
    journal.change("set", lambda now: now.put(replace(now.any(record.id), notes="Hello")))
    damaged(journal, b"broken \xff words", path)
    (one,), _ = restored(journal)
    assert one.copy is not None and list(copies(journal).values()) == [b"broken \xff words"]

    plan = journal.forget(record.KIND, record.id, journal.root / "nowhere")

    assert one.copy in plan.other_files and copies(journal) == {}


# The saved copy


def test_the_copy_is_durable_before_the_change(journal: Journal) -> None:
    """The damaged text is on the disk, under its name, before the change is committed."""
    damaged(journal, b"broken")

    with injected() as faulty:
        (one,), _ = restored(journal)

    calls = [(name, str(args[1 if name == "rename" else 0])) for name, args in faulty.log]
    named, committed = (
        next(at for at, call in enumerate(calls) if call == ("rename", str(path)))
        for path in (journal.root / str(one.copy), journal.layout.pending)
    )
    assert [name for name, _ in calls[:named]][-2:] == ["fsync", "close"], "its bytes are on the disk first"
    assert calls[named + 1] == ("open", str(journal.layout.conflicts)) and calls[named + 2][0] == "fsync"
    assert named + 2 < committed


def test_a_copy_is_made_once(journal: Journal) -> None:
    """Restored and undone again and again, one copy is enough; one that somebody changed is not replaced."""
    damaged(journal, b"broken")
    for _ in range(2):
        (one,), _ = restored(journal)
        journal.undo()
    assert list(copies(journal).values()) == [b"broken"]

    (journal.root / str(one.copy)).write_bytes(b"edited")
    restored(journal)
    assert sorted(copies(journal).values()) == [b"broken", b"edited"]


def test_a_copy_is_a_warning(journal: Journal) -> None:
    """doctor names it and says what to do; it is no error."""
    damaged(journal, b"broken")
    (one,), _ = restored(journal)

    (finding,) = [one for one in journal.examine().findings if one.category == "conflict"]
    assert (finding.level, finding.path) == ("warning", one.copy)
    assert finding.remedy == "copy what you need from it, then delete it"
    assert (journal.root / str(one.copy)).stat().st_mode & 0o777 == 0o600


# Others at work


def test_a_file_that_changed_while_we_asked(journal: Journal) -> None:
    """Nothing is restored, not even the other file, and nothing of what was written is lost."""
    journal.change("set", lambda now: now.put(replace(now.any("osler"), email="osler@example.org")))
    damaged(journal, b"broken")
    damaged(journal, b"broken", OSLER)
    last = journal.history.last()

    def choose(found: Sequence[Restorable]) -> Collection[str]:
        (journal.root / GOAL).write_bytes(b"repaired by hand")
        return [one.path for one in found]

    with pytest.raises(ChangedSince) as refused:
        journal.repair(choose)

    assert refused.value.paths == (GOAL,) and "doctor --fix" in str(refused.value.hint)
    assert (journal.root / GOAL).read_bytes() == b"repaired by hand"
    assert (journal.root / OSLER).read_bytes() == b"broken"
    assert journal.history.last() == last and copies(journal) == {}


def test_an_unfinished_change_comes_first(journal: Journal) -> None:
    """What a killed process left is finished before anything is offered."""
    other = opened(journal.root)
    with injected() as faulty:
        change(other, "count", why="Counted")
    journal.undo()
    point = next(at for at, (name, args) in enumerate(faulty.log) if name == "rename" and "pending" in str(args[1]))
    with injected(point + 2):
        change(opened(journal.root), "goal revise: killed", why="Killed")
    damaged(journal, b"broken", TASK)

    _, done = restored(journal)

    assert done[0] == "Finished an interrupted change: goal revise: killed"


# What doctor says


def test_the_remedies(journal: Journal) -> None:
    """They name --fix where the log can restore a file, and `edit` first where it may hold newer words."""
    damaged(journal, b"by = soon")
    whole = damaged(journal, b"\xe9" + (journal.root / TASK).read_bytes()[1:], TASK)

    remedies = {one.path: one.remedy for one in findings(journal)}

    fix = "mentorlog doctor --fix"
    assert remedies == {
        GOAL: f"repair it with: mentorlog edit g7k3q; or restore an earlier text with: {fix}",
        TASK: f"one bit of it is wrong; restore it exactly with: {fix}",
    }
    damaged(journal, b"")
    damaged(journal, whole, TASK)
    (empty,) = findings(journal)
    assert empty.remedy == f"let the sync program download it, or restore an earlier text with: {fix}"


def test_a_check_up_reads_no_more_of_the_log_than_it_needs(journal: Journal) -> None:
    """Operations on other records are not read again for a damaged one, and of its own only the newest."""
    for number in range(30):
        journal.change("set", lambda now, to=f"{number}@example.org": now.put(replace(now.any("osler"), email=to)))
    damaged(journal, b"broken")

    with injected() as faulty:
        journal.examine()

    read = [str(args[0])[-11:] for name, args in faulty.log if name == "open" and "/operations/0" in str(args[0])]
    again = {name for name in read if read.count(name) > 2}  # once for the ids, once for the check of the log
    assert again == {"000003.json"}


def test_a_verification_names_the_way_too(journal: Journal) -> None:
    """--verify says of damaged files the same as a check-up, also of a template; what another wrote is no damage."""
    journal.change("template", lambda now: now.put_template("recap", "Dear {{ to }},\n", None))
    journal.change("template", lambda now: now.put_template("recap", "Hello\n", b"Dear {{ to }},\n"))
    damaged(journal, b"by = soon")
    damaged(journal, b"\xe9" + (journal.root / TASK).read_bytes()[1:], TASK)
    damaged(journal, b"broken \0", OSLER)
    damaged(journal, b"\xff\xfe\xfd", "templates/recap.txt")

    told = {one.path: one.remedy for one in journal.verify().findings}

    assert told == {one.path: one.remedy for one in findings(journal)} | {
        OSLER: "repair it with: mentorlog edit osler, or restore it from a backup"
    }
    assert told["templates/recap.txt"] == (
        "save it as UTF-8, or delete it, or restore an earlier text with: mentorlog doctor --fix"
    )


# Files that can be read, but have rotted


def rot(journal: Journal, path: str, old: bytes, new: bytes) -> bytes:
    """Change bytes of a file as a bad disk does: the index has its stamp; return what was there."""
    file = journal.root / path
    whole = file.read_bytes()
    file.write_bytes(whole.replace(old, new, 1))
    settle(journal.root)
    return whole


def test_a_letter_that_has_rotted(journal: Journal) -> None:
    """Nothing has written the file, and a bit of it is wrong: it is restored exactly, and what says so is kept."""
    journal.reading.resolve("g7k3q")
    whole = rot(journal, GOAL, b"It is the first", b"It is the fiRst")
    (error,) = [one for one in journal.verify().findings if one.level == "error"]
    assert "“fiRst” was “first”" in error.message
    assert error.remedy == "restore it exactly with: mentorlog doctor --fix"

    offered, done = restored(opened(journal.root), GOAL)
    assert [(one.path, one.is_exact) for one in offered] == [(GOAL, True)] and done == []
    assert [one for one in opened(journal.root).verify().findings if one.level == "error"] == [error]

    restored(opened(journal.root))
    assert (journal.root / GOAL).read_bytes() == whole
    assert journal.verify().errors == 0


def test_what_has_rotted_more_is_not_replaced(journal: Journal) -> None:
    """An older text would be a worse one than what can be read still: nothing is offered."""
    journal.reading.resolve("g7k3q")
    rot(journal, GOAL, b"It is the first", b"It is thE fiRst")

    assert offers(opened(journal.root)) == []
    (error,) = [one for one in journal.verify().findings if one.level == "error"]
    assert error.remedy == "restore it from a backup, or repair it with: mentorlog edit g7k3q"


def test_an_edit_by_hand_is_no_rot(journal: Journal) -> None:
    """A file that somebody wrote has another stamp: one letter more or less is theirs."""
    journal.reading.resolve("g7k3q")
    settle(journal.root)
    (journal.root / GOAL).write_bytes((journal.root / GOAL).read_bytes().replace(b"first", b"fiRst"))

    assert offers(opened(journal.root)) == []
