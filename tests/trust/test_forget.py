"""What is forgotten is gone: no byte of it is left in the journal, nothing else is touched, no undo brings it back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.inject import KILL_AFTER, injected
from mentorlog.store.index.database import VerifiedDatabase
from terminal import Terminal
from trust.hostile import raw
from world import Ran, World

CANARY = "kanarienvogel"
TEXT = f"The {CANARY} sings in the night, and nobody else may hear it."
Say = Callable[..., Ran]


def holding(root: Path, word: str = CANARY) -> list[str]:
    """Return every file below a folder that has the word in its bytes or its name."""
    found = []
    for path in root.rglob("*"):
        if word in path.name or (path.is_file() and not path.is_symlink() and word.encode() in path.read_bytes()):
            found.append(str(path.relative_to(root)))
    return sorted(found)


def snapshot(root: Path) -> dict[str, bytes]:
    """Return every record file, and the operations."""
    kept = [path for path in root.rglob("*") if path.is_file() and path.suffix in (".toml", ".json")]
    return {str(path.relative_to(root)): path.read_bytes() for path in kept}


@pytest.fixture
def say(world: World, journal_root: Path) -> Say:
    """Run a command that goes well."""

    def run(*argv: str, stdin: str = "") -> Ran:
        ran = world.invoke(*argv, stdin=stdin)
        assert ran.exit == 0, (argv, ran)
        return ran

    run("mentor", "add", "William Osler")
    run("goal", "add", "Submit case report", "--with", "osler")
    return run


def begun(say: Say, kind: str) -> str:
    """Make a record of a kind that says the word wherever a text can stand, in several versions; return its id."""
    notes = ("--notes", TEXT, "--tag", CANARY, "--link", f"https://{CANARY}.example")
    if kind == "review":
        stdin = f'worked = "{TEXT}"\ndid_not = """\n{TEXT}\n"""\nnext_on = 2027-03-01\n'
        return str(say("review", "--answers", "-", "--json", stdin=stdin).data["id"])
    argv = {
        "mentor": ("mentor", "add", f"Ada {CANARY}", "--id", "ada", "--purpose", TEXT, *notes),
        "goal": ("goal", "add", TEXT, "--why", TEXT, *notes),
        "task": ("task", "add", TEXT, "--instructions", TEXT, *notes),
        "meeting": ("meeting", "log", "osler", "--feeling", TEXT, "--decision", TEXT, *notes),
        "note": ("note", "add", TEXT, "--outcome", TEXT, *notes),
    }[kind]
    return str(say(*argv, "--json").data["id"])


@pytest.mark.parametrize("kind", ["mentor", "goal", "task", "meeting", "note", "review"])
def test_nothing_is_left(kind: str, say: Say, world: World, journal_root: Path) -> None:
    """Versions, undone and redone, deleted and brought back, searched for: after forget no byte has the word."""
    id = begun(say, kind)
    say("set", id, f"notes={TEXT} Again.")
    say("set", id, f"notes=short {CANARY}")
    say("undo")
    say("redo")
    say("delete", id, "--yes")
    say("undo")
    say("goal", "add", "Something else")
    assert CANARY in say("search", CANARY).out
    assert len(holding(world.root)) > 5

    said = say("forget", id, "--yes")

    assert holding(world.root) == []
    assert CANARY not in said.out + said.err
    assert "the git history" in said.out
    assert "Something else" in say("goal", "list").out
    assert say("search", CANARY, "--json").data == []
    assert "No problems found" in say("doctor").out


def test_what_lies_about_goes_too(say: Say, world: World, journal_root: Path) -> None:
    """Copies beside the record, drafts and their swap, kept conflicts, temporary files, drafts outside the journal."""
    id = begun(say, "note")
    (path,) = (journal_root / "notes").glob(f"{id}*")
    hidden = journal_root / ".mentorlog"
    away = world.home / ".local/state/mentorlog/drafts"
    for folder in (hidden / "drafts", hidden / "conflicts", away):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, path.with_name(f"{id} (conflicted copy).toml"))
    shutil.copy(path, path.with_name(f"{path.name}~"))
    shutil.copy(path, path.with_name(f".{path.name}.swp"))
    shutil.copy(path, path.with_name(f".{path.name}.0123abcd.new"))
    shutil.copy(path, hidden / "conflicts" / f"000002-notes-{id}.toml")
    shutil.copy(hidden / "operations" / "000003.json", hidden / ".pending.json.0123abcd.new")
    (hidden / "drafts" / f"{id}-text.md").write_text(f"changed {CANARY}")
    (hidden / "drafts" / f".{id}-text.md.swp").write_bytes(b"\0\1" + CANARY.encode())
    (away / f"{id}-text.md").write_text(f"changed {CANARY}")
    (hidden / "drafts" / "question.md").write_text("Something of another record")
    assert len(holding(world.root)) >= 12

    said = say("forget", id, "--yes")

    assert holding(world.root) == []
    assert f"drafts/{id}-text.md" in said.out
    assert (hidden / "drafts" / "question.md").read_text() == "Something of another record"


def test_nothing_else_is_touched(say: Say, journal_root: Path) -> None:
    """Records with like ids, other texts in the same operations, and other drafts stay to the byte."""
    say("mentor", "add", "Edward Osler")
    say("meeting", "log", "osler-2", "--notes", f"- [ ] @me {TEXT}\n- [ ] @me Read the guideline")
    (task,) = (journal_root / "tasks").glob(f"*{CANARY}*")
    drafts = journal_root / ".mentorlog" / "drafts"
    drafts.mkdir(exist_ok=True)
    (drafts / "osler-2-notes.md").write_text("Of the other one")
    before = snapshot(journal_root)

    say("forget", task.name[:5], "--yes")
    say("forget", "osler", "--yes")

    after = snapshot(journal_root)
    gone = {path for path in before if path not in after}
    assert gone == {f"tasks/{task.name}", "mentors/osler.toml"}
    changed = {path for path in after if before.get(path) != after[path]}
    assert all(path.startswith(".mentorlog/operations/") for path in changed), changed
    logged = json.loads(after[".mentorlog/operations/000004.json"])
    assert [file["path"].partition("/")[0] for file in logged["files"]].count("tasks") == 2
    assert logged["name"] == "meeting log: (erased)"
    assert (drafts / "osler-2-notes.md").exists()
    assert "William Osler" not in "".join(name for name in map(str, after))


def test_undo_says_that_there_is_no_way_back(say: Say, world: World, journal_root: Path) -> None:
    """What came after can be undone; forget, and what came before it, cannot: all or none, and nothing changes."""
    id = begun(say, "note")
    say("forget", id, "--yes")
    say("goal", "add", "Something else")
    before = snapshot(journal_root)

    refused = world.invoke("undo", "2")
    assert (refused.exit, refused.out) == (1, "")
    assert f"Cannot undo “forget: note {id}”" in refused.err
    assert "mentorlog undo 1" in refused.err
    assert snapshot(journal_root) == before

    say("undo")
    again = world.invoke("undo")
    assert again.exit == 1
    assert "undo earlier changes one by one" in again.err
    say("redo")
    assert "Something else" in say("goal", "list").out


def test_it_asks_first(say: Say, world: World, journal_root: Path, terminal: Callable[..., Terminal]) -> None:
    """Without --yes it says what goes and asks; a no changes nothing, and where nobody answers the option is named."""
    id = begun(say, "note")
    before = snapshot(journal_root)

    alone = world.invoke("forget", id)
    assert (alone.exit, alone.out) == (2, "")
    assert "--yes" in alone.err

    asked = terminal("forget", id)
    asked.wait_for(f"Erase note {id} ").answer("permanently?", "n")
    assert asked.end() == 0
    assert "Undo cannot bring it back" in asked.text
    assert "Nothing was erased." in asked.text
    assert snapshot(journal_root) == before

    asked = terminal("forget", id)
    asked.answer("permanently?", "y")
    assert asked.end() == 0
    assert holding(journal_root) == []


def test_a_deleted_record_is_forgotten_by_its_whole_id(say: Say, world: World, journal_root: Path) -> None:
    """What was deleted lies in the log still; only the whole id means it, and a second time there is nothing left."""
    id = begun(say, "note")
    say("delete", id, "--yes")
    assert world.invoke("forget", id[:3], "--yes").exit == 1

    say("forget", id, "--yes")

    assert holding(journal_root) == []
    assert say("forget", id, "--yes").out == f"Nothing left to erase of note {id}\n"
    assert world.invoke("forget", "n9999", "--yes").exit == 1


def test_an_id_is_never_used_again(say: Say, world: World, journal_root: Path) -> None:
    """The id of what was forgotten is known still, with a new index too."""
    begun(say, "mentor")
    say("forget", "ada", "--yes")

    assert "was used before" in world.invoke("mentor", "add", "Ada", "--id", "ada").err


def test_a_record_that_cannot_be_read_can_be_forgotten(say: Say, world: World, journal_root: Path) -> None:
    """Rubbish, a link, a pipe, a folder's neighbour: what has the id goes; what a link leads to stays."""
    outside = world.root / "outside.toml"
    outside.write_text("mine")
    for make in (
        lambda path: path.write_bytes(b"\xff" + TEXT.encode()),
        lambda path: path.symlink_to(outside),
        os.mkfifo,
        lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 9 << 20),
    ):
        path = journal_root / "notes" / "n4m2x-words.toml"
        make(path)
        say("forget", "n4m2x", "--yes")
        assert not os.path.lexists(path)
    assert outside.read_text() == "mine"
    assert holding(journal_root) == []


def test_only_records_are_forgotten(say: Say, world: World) -> None:
    """The profile and the journal itself are no records."""
    for word in ("profile", "journal"):
        ran = world.invoke("forget", word, "--yes")
        assert ran.exit == 1, word
        assert raw(ran.err) == []


def test_a_damaged_operation_is_blotted_whole(say: Say, journal_root: Path) -> None:
    """An operation that cannot be read, but has the words, becomes one that says no more than that."""
    id = begun(say, "note")
    operations = journal_root / ".mentorlog" / "operations"
    path = operations / "000003.json"
    path.write_bytes(path.read_bytes()[:-20])

    say("forget", id, "--yes")

    assert holding(journal_root) == []
    assert json.loads(path.read_text())["name"] == "damaged: (erased)"


def test_an_operation_of_a_newer_mentorlog_is_left(say: Say, world: World, journal_root: Path) -> None:
    """What a newer version wrote cannot be blotted by this one: it is said before anything is removed."""
    id = begun(say, "note")
    path = journal_root / ".mentorlog" / "operations" / "000003.json"
    path.write_text(path.read_text().replace('"version": 1', '"version": 3'))
    before = snapshot(journal_root)

    ran = world.invoke("forget", id, "--yes")

    assert (ran.exit, ran.out) == (3, "")
    assert snapshot(journal_root) == before


def test_json_is_one_document_without_a_word_of_it(say: Say) -> None:
    """Scripts learn what went and what was not reached."""
    id = begun(say, "note")

    ran = say("forget", id, "--yes", "--json")

    assert ran.data["id"] == id
    assert ran.data["operations"] == 1
    assert "freed disk blocks" in ran.data["not_reached"]
    assert CANARY not in ran.out + ran.err


def test_a_journal_in_git_is_told_of_its_history(say: Say, journal_root: Path) -> None:
    """Where the journal is in git the folder of that is named."""
    id = begun(say, "note")
    if shutil.which("git") is None:
        pytest.skip("there is no git here")
    subprocess.run(["git", "init", "-q", str(journal_root)], check=True)

    assert f"the git history in {journal_root}" in say("forget", id, "--yes").out


def test_an_interrupted_forget_is_finished(say: Say, world: World, journal_root: Path) -> None:
    """Killed right after its commit point, it is finished by whatever changes the journal next."""
    id = begun(say, "note")
    with injected() as faulty:
        journal = _journal(journal_root)
        copy = world.root / "copy"
        shutil.copytree(journal_root, copy)
        _journal(copy).forget("note", id, world.root)
    names = [(name, str(args[-1])) for name, args in faulty.log]
    commit = next(n for n, (name, path) in enumerate(names, 1) if name == "rename" and path.endswith("pending.json"))
    with injected(commit, KILL_AFTER) as faulty:
        journal.forget("note", id, world.root)
    assert faulty.dead
    assert (journal_root / ".mentorlog" / "pending.json").exists()
    assert id not in world.invoke("note", "list").out

    say("goal", "add", "Something else")

    assert holding(journal_root) == []


def _journal(root: Path):  # type: ignore[no-untyped-def]
    from datetime import datetime

    from mentorlog.store.journal import Journal
    from world import NOW

    return Journal(root, now=datetime.fromisoformat(NOW))


# A hostile pending operation


@pytest.mark.parametrize(
    "also",
    [
        "../victim",
        "/etc/hostname",
        ".mentorlog/../../victim",
        ".git/config",
        ".mentorlog/drafts/..",
        "notes/../../victim",
    ],
)
def test_a_hostile_forgetting_reaches_nothing_outside(also: str, say: Say, world: World, journal_root: Path) -> None:
    """An unfinished operation that came with the folder can name nothing outside of what a journal holds."""
    victim = journal_root.parent / "victim"
    victim.write_text("mine")
    (journal_root / ".git").mkdir()
    (journal_root / ".git" / "config").write_text("mine")
    _lay(journal_root, also)

    world.invoke("goal", "add", "Something else")

    assert victim.read_text() == "mine"
    assert (journal_root / ".git" / "config").read_text() == "mine"


def test_a_hostile_forgetting_goes_through_no_link(say: Say, world: World, journal_root: Path) -> None:
    """Where the folder of drafts is a link nothing is removed behind it."""
    outside = world.root / "outside"
    outside.mkdir()
    (outside / "note.md").write_text("mine")
    drafts = journal_root / ".mentorlog" / "drafts"
    shutil.rmtree(drafts, ignore_errors=True)
    drafts.symlink_to(outside)
    _lay(journal_root, ".mentorlog/drafts/note.md")

    ran = world.invoke("goal", "add", "Something else")

    assert ran.exit in (3, 5)
    assert (outside / "note.md").read_text() == "mine"


def _lay(root: Path, also: str) -> None:
    entry = {
        "version": 1,
        "seq": 9,
        "name": "forget: note n4m2x",
        "at": "",
        "kind": "forget",
        "undoes": [],
        "files": [],
    }
    entry["forget"] = {"record": "notes/n4m2x", "also": [also], "names": []}
    (root / ".mentorlog" / "pending.json").write_text(json.dumps(entry))


def test_the_index_is_thrown_away(say: Say, journal_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file of the index is another one afterwards: what SQLite keeps of deleted words is not in it."""
    id = begun(say, "note")
    say("search", CANARY)
    path = journal_root / ".mentorlog" / "index.sqlite"
    thrown: list[bytes] = []
    discard = VerifiedDatabase.discard

    def watched(self: VerifiedDatabase, patience: float) -> None:
        thrown.append(path.read_bytes())
        discard(self, patience)
        assert not path.exists()

    monkeypatch.setattr(VerifiedDatabase, "discard", watched)
    say("forget", id, "--yes")

    assert len(thrown) == 1
    assert CANARY.encode() in thrown[0]
