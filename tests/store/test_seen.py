"""What this machine last saw of a journal: one that was rolled back is named once, and there is no false alarm."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from factories import make_note
from faults.inject import KILL, injected
from mentorlog.store.journal import Journal
from mentorlog.store.layout import Layout
from mentorlog.store.oplog.history import History
from mentorlog.store.seen import Head, Seen
from world import NOW, Ran, World

Invoke = Callable[..., Ran]

OLDER = (
    "This journal is {} older than when this machine last saw it"
    " (a backup or a sync program may have brought back an earlier state).\nCheck it with: mentorlog doctor --verify\n"
)
OTHER = (
    "Change {} of this journal is not the one that this machine saw"
    " (a backup or a sync program may have brought back an earlier state).\nCheck it with: mentorlog doctor --verify\n"
)
EMPTY = (
    "The change history of this journal is empty; this machine last saw {} in it"
    " (a copy without its history may have taken its place).\nCheck it with: mentorlog doctor --verify\n"
)
LACKS = "the change history lacks at least {} that this machine saw"


@pytest.fixture
def add(invoke: Invoke) -> Callable[[int], None]:
    """add(3): make three changes that say nothing on stderr."""

    def added(count: int) -> None:
        for number in range(count):
            assert invoke("note", "add", f"Week {number}").err == ""

    return added


@pytest.fixture
def state(world: World) -> Path:
    """The user's state folder."""
    return world.home / ".local" / "state" / "mentorlog"


@pytest.fixture
def seen(journal_root: Path, state: Path) -> Seen:
    """What is recorded of the journal."""
    return Seen(Layout(journal_root), state)


def keep(root: Path) -> Path:
    """Keep the journal as it is now, as a backup does."""
    return Path(shutil.copytree(root, root.with_name("kept")))


def roll_back(root: Path, kept: Path) -> None:
    """Put what was kept in the place of the journal."""
    shutil.rmtree(root)
    shutil.copytree(kept, root)


def findings(invoke: Invoke) -> list[str]:
    """What doctor says about changes that are missing."""
    return [one["message"] for one in invoke("doctor", "--json").data["findings"] if one["category"] == "older"]


# What is recorded


def test_every_change_is_recorded(invoke: Invoke, journal_root: Path, state: Path, seen: Seen) -> None:
    """The number and the link of the last change, in private files; undo and forget are changes too."""
    history = History(Layout(journal_root))
    made = [invoke("note", "add", "He draws the differential first.", "--json").data["id"], None]
    for number, words in enumerate((("win", "Poster"), ("undo",), ("forget", made[0], "--yes")), 2):
        assert invoke(*words).err == ""
        head = seen.head()
        assert head is not None
        assert (head.number, head.link, head.missing) == (number, history.link_of(number), 0)
        assert f'"{head.journal}"' in (journal_root / "journal.toml").read_text()

    assert {path.name for path in state.rglob("*") if path.is_file()} == {"head", "machine"}
    for path in (state, *state.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_it_holds_no_word_of_the_user(invoke: Invoke, state: Path) -> None:
    """Neither a text nor the path of the journal is in it, so that nothing remains of what is forgotten."""
    id = invoke("note", "add", "A word about Semmelweis").out.split()[2].rstrip(":")
    recorded = [path.read_text() for path in state.rglob("head")]

    assert len(recorded) == 1
    assert not any(word in recorded[0] for word in ("Semmelweis", "note", id, "journal/"))


def test_reading_records_nothing(invoke: Invoke, state: Path) -> None:
    """A journal that was only read leaves no folder; `init` records only the machine."""
    for words in ((), ("status",), ("goal", "list"), ("doctor",)):
        invoke(*words)

    assert [path.name for path in state.iterdir()] == ["machine"]


def test_the_tour_leaves_nothing(invoke: Invoke, state: Path) -> None:
    """Of a sample journal nothing is recorded."""
    assert invoke("tour").exit == 0
    assert [path.name for path in state.iterdir()] == ["machine"]


# A journal that was rolled back


@pytest.mark.parametrize("words", [(), ("status",), ("--json",)])
def test_an_older_journal_is_named_once(
    words: tuple[str, ...], invoke: Invoke, add: Callable[[int], None], journal_root: Path
) -> None:
    """Looking at it says so on stderr, with how many changes are missing; the next time it is silent."""
    add(2)
    kept = keep(journal_root)
    add(12)
    roll_back(journal_root, kept)

    assert invoke(*words).err == OLDER.format("12 changes")
    assert invoke(*words).err == ""
    add(1)


@pytest.mark.parametrize("words", [("note", "add", "x"), ("undo",), ("forget", "osler", "--yes")], ids=" ".join)
def test_a_change_names_it_too(words: tuple[str, ...], invoke: Invoke, journal_root: Path, seen: Seen) -> None:
    """The change is made, the sentence said, and what is seen now is recorded."""
    invoke("mentor", "add", "William Osler", "--id", "osler")
    kept = keep(journal_root)
    invoke("note", "add", "Lost")
    roll_back(journal_root, kept)

    ran = invoke(*words)

    assert (ran.exit, ran.err) == (0, OLDER.format("1 change"))
    assert invoke("note", "add", "y").err == ""
    head = seen.head()
    assert head is not None
    assert (head.number, head.missing) == (3, 1)


def test_another_change_with_the_same_number(invoke: Invoke, add: Callable[[int], None], journal_root: Path) -> None:
    """Where another machine went on from the earlier state the number tells nothing: the link does."""
    add(2)
    kept = keep(journal_root)
    add(1)
    roll_back(journal_root, kept)
    invoke("note", "add", "Elsewhere", env={"XDG_STATE_HOME": None, "HOME": str(journal_root.parent / "elsewhere")})

    assert invoke().err == ""
    assert invoke("note", "add", "Here").err == OTHER.format(3)
    assert findings(invoke) == [LACKS.format("1 change")]


@pytest.mark.parametrize("by_doctor", [True, False])
def test_a_longer_log_that_went_on_from_an_earlier_state(
    by_doctor: bool, invoke: Invoke, add: Callable[[int], None], journal_root: Path, world: World
) -> None:
    """More changes than were seen, but not after those that were."""
    add(2)
    kept = keep(journal_root)
    add(2)
    roll_back(journal_root, kept)
    for text in "abc":
        invoke("note", "add", text, env={"XDG_STATE_HOME": str(world.root / "elsewhere")})

    assert invoke().err == ""
    if by_doctor:
        assert findings(invoke) == [LACKS.format("1 change")]
    assert invoke("note", "add", "Here").err == ("" if by_doctor else OTHER.format(4))
    assert findings(invoke) == [LACKS.format("1 change")]


def test_a_journal_without_its_history(invoke: Invoke, add: Callable[[int], None], journal_root: Path) -> None:
    """A copy without the folder of mentorlog, such as a git clone: its history is missing, and is not called older."""
    add(3)
    shutil.rmtree(journal_root / ".mentorlog")

    assert invoke().err == EMPTY.format("3 changes")
    assert invoke().err == ""
    assert findings(invoke) == [LACKS.format("3 changes")]


def test_doctor_names_it_until_it_is_accepted(invoke: Invoke, add: Callable[[int], None], journal_root: Path) -> None:
    """It is a warning, whether another command has named it or not; only a yes, or --fix --yes, accepts it."""
    add(1)
    kept = keep(journal_root)
    add(2)
    roll_back(journal_root, kept)

    ran = invoke("doctor")
    assert (ran.exit, ran.err) == (0, "")
    assert ran.out.startswith(f"warning .mentorlog/operations: {LACKS.format('2 changes')}; a backup or a sync program")
    assert LACKS.format("2 changes") in invoke("doctor", "--verify").out
    assert invoke().err == ""
    add(3)
    roll_back(journal_root, kept)
    assert invoke().err == OLDER.format("3 changes")
    assert findings(invoke) == [LACKS.format("5 changes")]

    invoke("doctor", "--fix")
    assert findings(invoke) == [LACKS.format("5 changes")]
    accepted = "Accepted the change history without at least 5 changes that this machine saw."
    assert invoke("doctor", "--fix", "--yes").out.splitlines() == [accepted, "No problems found: 1 record checked."]
    assert findings(invoke) == []
    add(1)


# No false alarm


def _moved(root: Path, world: World) -> None:
    root.rename(root.with_name("moved"))
    world.invoke("init", str(root), "--no-input")


def _replaced_by_another(root: Path, world: World, count: int = 1) -> None:
    other = root.with_name("other")
    world.invoke("init", str(other), "--no-input")
    for text in "abcde"[:count]:
        world.invoke("note", "add", text, env={"MENTORLOG_JOURNAL": str(other)})
    roll_back(root, other)


def _replaced_by_another_with_as_many_changes(root: Path, world: World) -> None:
    _replaced_by_another(root, world, 3)


def _replaced_by_another_with_more_changes(root: Path, world: World) -> None:
    _replaced_by_another(root, world, 5)


def _deleted_and_created(root: Path, world: World) -> None:
    shutil.rmtree(root)
    world.invoke("init", str(root), "--no-input")


def _deleted_and_created_with_more_changes(root: Path, world: World) -> None:
    _deleted_and_created(root, world)
    for text in "abcde":
        world.invoke("note", "add", text, env={"XDG_STATE_HOME": str(world.root / "elsewhere")})


def _used_on_another_machine(root: Path, world: World) -> None:
    for text in "abc":
        assert world.invoke("note", "add", text, env={"XDG_STATE_HOME": str(world.root / "elsewhere")}).err == ""
    assert world.invoke("undo", "2", env={"XDG_STATE_HOME": str(world.root / "elsewhere")}).err == ""


def _record_forgotten(root: Path, world: World) -> None:
    id = world.invoke("note", "add", "Blot this", "--json").data["id"]
    assert world.invoke("forget", id, "--yes").err == ""


def _undone_and_redone(root: Path, world: World) -> None:
    for words in (("undo", "2"), ("redo",), ("undo", "--no", "1")):
        assert world.invoke(*words).err == ""


def _moved_back(root: Path, world: World) -> None:
    root.rename(root.with_name("moved"))
    world.invoke("note", "add", "There", env={"MENTORLOG_JOURNAL": str(root.with_name("moved"))})
    root.with_name("moved").rename(root)


def _copied(root: Path, world: World) -> None:
    shutil.copytree(root, root.with_name("copy"))
    for text in "ab":
        world.invoke("note", "add", text, env={"MENTORLOG_JOURNAL": str(root.with_name("copy"))})


def _index_deleted(root: Path, world: World) -> None:
    for path in (root / ".mentorlog").glob("index.*"):
        path.unlink()


def _records_edited(root: Path, world: World) -> None:
    for path in (root / "notes").iterdir():
        path.write_bytes(path.read_bytes() + b"# by hand\n")


def _doctor(root: Path, world: World) -> None:
    (note, *_) = (root / "notes").iterdir()
    shutil.copy(note, note.with_name(f"{note.stem} (copy).toml"))
    assert world.invoke("doctor", "--fix").err == ""


def _restored(root: Path, world: World) -> None:
    for words in ((), ("--with-log",)):
        backup = str(root.with_name(f"backup{len(words)}.tar"))
        assert world.invoke("backup", "make", backup, *words).exit == 0
        world.invoke("note", "add", "Lost")
        shutil.rmtree(root)
        assert world.invoke("backup", "restore", backup, str(root)).exit == 0


HARMLESS = [
    _restored,
    *(_moved, _moved_back, _copied, _deleted_and_created, _index_deleted, _records_edited),
    *(_replaced_by_another, _replaced_by_another_with_as_many_changes, _replaced_by_another_with_more_changes),
    *(_deleted_and_created_with_more_changes, _used_on_another_machine, _record_forgotten, _undone_and_redone, _doctor),
]


@pytest.mark.parametrize("first", [("status",), ("note", "add", "z")], ids=" ".join)
@pytest.mark.parametrize("happened", HARMLESS, ids=lambda one: one.__name__[1:])
def test_no_false_alarm(
    happened: Callable[[Path, World], None],
    first: tuple[str, ...],
    invoke: Invoke,
    add: Callable[[int], None],
    journal_root: Path,
    world: World,
) -> None:
    """What is no loss is not named, whatever comes first, nor later."""
    add(3)
    happened(journal_root, world)

    for words in (first, ("note", "add", "Later"), ("undo",)):
        ran = invoke(*words)
        assert (ran.exit, ran.err) == (0, "")
    assert findings(invoke) == []


def test_a_link_to_the_journal_is_the_same_journal(
    invoke: Invoke, add: Callable[[int], None], journal_root: Path, state: Path
) -> None:
    """Its real path counts: whatever leads to it, it is recorded once."""
    link = journal_root.with_name("link")
    link.symlink_to(journal_root)
    add(2)
    invoke("note", "add", "x", env={"MENTORLOG_JOURNAL": str(link)})

    assert len([*state.glob("journals/*/head")]) == 1


def test_an_index_that_was_read_before_another_change(
    journal_root: Path, seen: Seen, add: Callable[[int], None]
) -> None:
    """A reader that knows one change fewer than was recorded since is not alarmed."""
    add(3)

    assert seen.older(2) == []
    assert seen.older(3) == []


def test_a_log_from_before_the_chain(journal_root: Path, state: Path, seen: Seen, add: Callable[[int], None]) -> None:
    """An operation without a link is compared by its number alone."""
    add(3)
    for path in (journal_root / ".mentorlog" / "operations").iterdir():
        data = json.loads(path.read_text())
        del data["link"]
        path.write_text(json.dumps(data))
    head = seen.head()
    assert head is not None
    for link in (head.link, None):
        (seen.folder or state).joinpath("head").write_text(json.dumps(vars(head.but(link=link))))
        assert seen.missing(History(Layout(journal_root))) == 0
    add(2)


# It is never an error


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.write_text("not a folder")


def _read_only(folder: Path) -> None:
    folder.chmod(0o500)


def _head_is(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def made(folder: Path) -> None:
        (folder / "head").unlink()
        make(folder / "head")

    return made


SPOILT: dict[str, Callable[[Path], object]] = {
    "a file": _a_file,
    "read-only": _read_only,
    "a folder": _head_is(lambda path: (path / "x").mkdir(parents=True)),
    "a pipe": _head_is(os.mkfifo),
    "a link to nothing": _head_is(lambda path: path.symlink_to("nothing")),
    "a link to itself": _head_is(lambda path: path.symlink_to("head")),
    "empty": _head_is(lambda path: path.write_bytes(b"")),
    "zeros": _head_is(lambda path: path.write_bytes(bytes(120))),
    "no JSON": _head_is(lambda path: path.write_bytes(b"\xff{")),
    "deep": _head_is(lambda path: path.write_text("[" * 50_000)),
    "a list": _head_is(lambda path: path.write_text("[1]")),
    "words for numbers": _head_is(lambda path: path.write_text('{"journal": 5, "number": "many"}')),
    "too large a number": _head_is(lambda path: path.write_text('{"journal": "x", "number": 1e999}')),
    "too large": _head_is(lambda path: path.write_text('{"journal": "' + "x" * 100_000 + '", "number": 1}')),
}


COMMANDS: list[tuple[str, ...]] = [("note", "add", "x"), (), ("undo",), ("doctor",)]


@pytest.mark.parametrize("how", SPOILT)
def test_it_is_never_an_error(how: str, invoke: Invoke, add: Callable[[int], None], seen: Seen) -> None:
    """Whatever is in its place, every command works and says nothing."""
    add(2)
    assert seen.folder
    SPOILT[how](seen.folder)
    for words in COMMANDS:
        ran = invoke(*words)
        assert (ran.exit, ran.err) == (0, "")


def test_no_home_folder_is_no_error(invoke: Invoke, state: Path) -> None:
    """Without a home folder nothing is recorded."""
    for words in COMMANDS:
        ran = invoke(*words, env={"HOME": None, "XDG_STATE_HOME": None, "XDG_CONFIG_HOME": None, "XDG_DATA_HOME": None})
        assert (ran.exit, ran.err) == (0, "")
    assert [path.name for path in state.iterdir()] == ["machine"]


def test_what_a_link_points_to_is_not_touched(add: Callable[[int], None], seen: Seen, world: World) -> None:
    """A link in its place is neither read nor followed: it is replaced."""
    add(1)
    assert seen.folder
    target = world.root / "target"
    target.write_text(json.dumps({"journal": "x", "number": 99}))
    (seen.folder / "head").unlink()
    (seen.folder / "head").symlink_to(target)
    add(1)

    assert json.loads(target.read_text())["number"] == 99
    head = seen.head()
    assert head is not None
    assert head.number == 2


def test_a_fault_leaves_the_old_record_or_the_new(tmp_path: Path) -> None:
    """Killed or refused at any call, with a record or without: nobody is told that anything is lost."""
    journal = Journal(tmp_path / "journal", now=datetime.fromisoformat(NOW), state=tmp_path, may_create=True)
    for number in range(3):
        journal.add(make_note(text=f"Week {number}"), name="note add")
    last, seen, cases = journal.history.entry(3), Seen(journal.layout, tmp_path), 0
    assert seen.folder
    recorded = (seen.folder / "head").read_text()
    for is_there in (True, False):
        for fault in (KILL, errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO):
            for at in range(1, 30):
                shutil.rmtree(seen.folder, ignore_errors=True)
                if is_there:
                    seen.folder.mkdir()
                    (seen.folder / "head").write_text(recorded)
                with injected(at, fault) as faulty:
                    assert seen.committed(4, last.link and last.link.but(previous=last.link.own), journal.history) == []
                cases += faulty.struck
                head = seen.head()
                assert head == (head and Head(head.journal, head.number, last.link and last.link.own))
                assert (head.number if head else None) in ((3, 4) if is_there else (None, 4))
    assert 100 < cases < 250


def test_several_processes_at_once(world: World, journal_root: Path, add: Callable[[int], None], seen: Seen) -> None:
    """Five that write and two that look: the record is never torn, nobody is alarmed, and the last one stays."""
    add(1)
    program = [sys.executable, "-P", "-m", "mentorlog"]
    commands = [("note", "add", f"From {number}") for number in range(5)] + [("status",)] * 2
    started = [
        subprocess.Popen([*program, *words], env=world.variables(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for words in commands
    ]
    told = [process.communicate(timeout=120)[1].decode() for process in started]

    assert [process.returncode for process in started] == [0] * 7
    assert not any("this machine" in said for said in told)
    head = seen.head()
    assert head is not None
    assert (head.number, head.missing) == (6, 0)
    assert seen.folder
    assert [path.name for path in seen.folder.iterdir()] == ["head"]
