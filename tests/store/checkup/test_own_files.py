"""The check of mentorlog's own files: what the next change would meet there, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from unprivileged import UnprivilegedWorld, unprivileged_world
from world import World


@pytest.fixture
def root(world: World) -> Path:
    """A journal with a goal that was changed once."""
    found = world.found()
    world.invoke("goal", "add", "Submit case report")
    (goal,) = (path.name.partition("-")[0] for path in (found / "goals").iterdir())
    world.invoke("set", goal, "why=For the application")
    return found


@pytest.fixture
def other() -> Iterator[UnprivilegedWorld]:
    """A world in which the program runs as somebody who may little."""
    with unprivileged_world() as made:
        yield made


def operation(root: Path, number: int) -> Path:
    """Return the file of an operation."""
    return root / ".mentorlog" / "operations" / f"{number:06}.json"


# The log


def test_a_letter_changed_in_a_text_before(world: World, root: Path) -> None:
    """Doctor reads every text that an undo would bring back, and compares it with its hash: only undo found it."""
    path = operation(root, 2)
    path.write_text(path.read_text().replace("Submit case", "Submit cast"))

    ran = world.invoke("doctor")

    assert ran.exit == 3
    assert "000002.json: this operation is damaged: its copy of goals/" in " ".join(ran.out.split())
    assert world.invoke("undo").exit == 3


def test_what_is_erased_is_not_damaged(world: World, root: Path) -> None:
    """The operations of a record that was erased keep no text, as they should."""
    (goal,) = (path.name.partition("-")[0] for path in (root / "goals").iterdir())
    world.invoke("forget", goal, "--yes")

    assert world.invoke("doctor").exit == 0


@pytest.mark.parametrize("name", ["9223372036854775808.json", "99999999999999999999.json", "0000002.json", "notes.txt"])
def test_a_file_among_the_operations_that_is_none(name: str, world: World, root: Path) -> None:
    """Its number counts nowhere, also where the index is lost; doctor names it."""
    operation(root, 1).with_name(name).touch(0o600)
    (root / ".mentorlog" / "index.sqlite").unlink()

    assert world.invoke("goal", "list").exit == 0
    assert world.invoke("goal", "add", "Another one").exit == 0
    assert operation(root, 3).exists()
    assert world.invoke("undo").exit == 0
    doctor = world.invoke("doctor")
    assert (doctor.exit, f"{name}: it is not an operation; delete it" in doctor.out) == (3, True)


def test_the_last_number_that_there_is(world: World, root: Path) -> None:
    """No operation gets a number that cannot be read again: the change is refused, and nothing is changed."""
    operation(root, 10**18 - 1).write_bytes(operation(root, 2).read_bytes())
    (root / ".mentorlog" / "index.sqlite").unlink()

    ran = world.invoke("goal", "add", "Another one")

    assert (ran.exit, "No number is free after" in ran.err) == (3, True)
    assert len(list((root / "goals").iterdir())) == 1
    assert "999999999999999999.json: this operation is damaged" in world.invoke("doctor").out


def test_an_operation_of_a_newer_version(world: World, root: Path) -> None:
    """It is not damaged: the remedy is the newer version."""
    data = json.loads(operation(root, 2).read_text())
    operation(root, 2).write_text(json.dumps({**data, "version": 3}))

    assert "it was written by a newer version of mentorlog; upgrade mentorlog" in world.invoke("doctor").out


@pytest.mark.parametrize(
    "path",
    ["thesis.docx", "thesis.toml", "photos/x.toml", "goals/old/x.toml", "goals/x.txt", ".git/config", "/etc/x.toml"],
)
@pytest.mark.parametrize("where", ["pending", "log"])
def test_an_operation_names_records_only(where: str, path: str, world: World, root: Path) -> None:
    """Whoever writes into the private folder cannot have mentorlog remove or replace what is not a record."""
    thesis = root / "thesis.docx"
    for one in (thesis, root / "thesis.toml", root / "photos" / "x.toml", root / "goals" / "x.txt"):
        one.parent.mkdir(exist_ok=True)
        one.write_text("years of work")
    from hashlib import sha256

    before = sha256(b"years of work").hexdigest()
    file = {"path": path, "before_sha": before, "after_sha": None, "staged": None, "before": "years of work"}
    data = {"version": 1, "seq": 3, "name": "x", "at": "2026-11-23T09:00:00+00:00", "kind": "do", "undoes": []}
    text = json.dumps({**data, "files": [file]})
    if where == "pending":
        (root / ".mentorlog" / "pending.json").write_text(text)
        ran = world.invoke("goal", "add", "Another one")
        assert (ran.exit, "An unfinished change was damaged" in ran.err) == (3, True)
    else:
        swapped = {**file, "before_sha": None, "after_sha": before, "staged": ".x.0123abcd.new"}
        operation(root, 3).write_text(json.dumps({**data, "files": [swapped]}))
        assert world.invoke("undo").exit == 3

    assert thesis.read_text() == "years of work"
    assert (root / "thesis.toml").exists() and (root / "photos" / "x.toml").exists()


@pytest.mark.parametrize(
    "also", ["thesis.docx", "goals/g2222-another.toml", ".mentorlog/lock", ".mentorlog/operations/000001.json", "x/y"]
)
def test_erasing_removes_files_of_the_record_only(also: str, world: World, root: Path) -> None:
    """What an unfinished `forget` lists besides the record are copies of it, drafts and staged files."""
    (root / "thesis.docx").write_text("years of work")
    (root / "goals" / "g2222-another.toml").write_text("x")
    data = {"version": 1, "seq": 3, "name": "forget: x", "at": "x", "kind": "forget", "undoes": [], "files": []}
    forget = {"record": "goals/g7k3q", "also": [also], "names": []}
    (root / ".mentorlog" / "pending.json").write_text(json.dumps({**data, "forget": forget}))

    assert world.invoke("goal", "add", "Another one").exit == 3

    assert (root / "thesis.docx").exists() and (root / "goals" / "g2222-another.toml").exists()
    assert operation(root, 1).exists()


# The journal itself


@pytest.mark.parametrize("made", [[".mentorlog"], [".mentorlog", "mentors"], [".mentorlog", "mentors", "goals"]])
def test_a_first_command_that_was_interrupted(made: list[str], world: World) -> None:
    """Where nothing was ever saved there is nothing to restore: doctor says how to complete the journal."""
    for name in made:
        (world.journal / name).mkdir(parents=True, mode=0o700)
    world.journal.chmod(0o700)

    doctor = world.invoke("doctor", "--json")

    (finding,) = (one for one in doctor.data["findings"] if one["level"] == "error")
    assert finding["message"] == "the journal was never completed: its first command was interrupted"
    assert finding["remedy"] == f"complete it with: mentorlog init {world.journal}"
    assert world.invoke("init", str(world.journal)).exit == 0
    assert world.invoke("doctor").exit == 0


def test_a_journal_that_was_used_needs_its_file(world: World, root: Path) -> None:
    """With records or operations beside it a lost journal.toml comes from a backup."""
    (root / "journal.toml").unlink()

    assert "it is missing; restore it from a backup" in " ".join(world.invoke("doctor").out.split())


def test_a_journal_of_a_newer_format(world: World, root: Path) -> None:
    """The remedy is the newer version, not an editor."""
    (root / "journal.toml").write_text("format = 2\n")

    assert "hint: upgrade mentorlog" in world.invoke("goal", "add", "Another one").err
    assert "formats up to 1; upgrade mentorlog" in " ".join(world.invoke("doctor").out.split())


def test_git_ignores_the_private_folder(world: World, root: Path) -> None:
    """The list that hides it from git is checked, and --fix writes it again."""
    ignore = root / ".mentorlog" / ".gitignore"
    for text in (None, "index.sqlite\n"):
        ignore.unlink(missing_ok=True)
        if text:
            ignore.write_text(text)
            ignore.chmod(0o600)
        assert "git does not ignore" in world.invoke("doctor").out
        assert world.invoke("doctor", "--fix").out.startswith("Wrote .mentorlog/.gitignore.\n")
        assert ignore.read_text() == "*\n"


def test_a_read_in_a_fresh_clone_makes_nothing_for_git(world: World, root: Path) -> None:
    """The first command in a clone may be a read: the folder of its index hides itself as well."""
    import shutil

    shutil.rmtree(root / ".mentorlog")

    assert world.invoke("status").exit == 0
    assert (root / ".mentorlog" / ".gitignore").read_text() == "*\n"
    assert world.invoke("doctor").exit == 0


@pytest.mark.parametrize("how", ["pipe", "folder", "link to nothing", "rubbish"])
def test_a_remembered_path_that_is_none(how: str, world: World) -> None:
    """Nobody waits for a pipe in the place of the remembered path, and no other journal is taken: the remedy works."""
    import os

    file = world.home / ".config" / "mentorlog" / "journal"
    file.parent.mkdir(parents=True)
    makers = {"pipe": lambda: os.mkfifo(file), "folder": file.mkdir, "rubbish": lambda: file.write_bytes(b"\xff")}
    makers["link to nothing"] = lambda: file.symlink_to("nothing")
    makers[how]()

    ran = world.run("status", env={"MENTORLOG_JOURNAL": None}, timeout=20)

    assert (ran.exit, ran.out) == (1, "")
    assert f"error: {file} does not contain the path of a journal.\nhint: delete it, then select" in ran.err


# Another user's files, and disks that refuse


def test_what_sudo_left_behind(other: UnprivilegedWorld) -> None:
    """After one `sudo mentorlog status` the index is root's: it is replaced, and forget works at once."""
    root = other.found()
    env = {"MENTORLOG_JOURNAL": str(root)}
    other.give(other.home)
    other.invoke("goal", "add", "Submit case report", env=env)
    other.give(root)
    for name in ("index.sqlite", "index.seal"):
        (root / ".mentorlog" / name).unlink()
    other.invoke("status", env=env)
    if (root / ".mentorlog" / "index.seal").stat().st_uid:
        pytest.skip("only root leaves files of another user")
    (goal,) = (path.name.partition("-")[0] for path in (root / "goals").iterdir())

    assert other.run_as("goal", "add", "Another one", env=env).exit == 0
    assert other.run_as("forget", goal, "--yes", env=env).exit == 0
    assert other.run_as("doctor", env=env).exit == 0
    assert (root / ".mentorlog" / "index.sqlite").stat().st_uid != 0


@pytest.mark.parametrize("name", ["lock", "operations/000001.json", "operations", "."])
def test_what_belongs_to_another_user(name: str, other: UnprivilegedWorld) -> None:
    """A change is refused with a sentence; doctor names what is not ours with the command that mends it."""
    root = other.found()
    env = {"MENTORLOG_JOURNAL": str(root)}
    other.invoke("goal", "add", "Submit case report", env=env)
    other.give(root)
    place = root / ".mentorlog" / name
    import os

    if os.getuid():
        pytest.skip("only root can give files to another user")
    os.chown(place, 0, 0)

    for words in (["status"], ["goal", "list"], ["search", "case"]):
        read = other.run_as(*words, env=env)
        assert (read.exit, "Submit" in read.out or words == ["status"]) == (0, True), read
    words = {"operations/000001.json": "undo"}.get(name)
    ran = other.run_as(*([words] if words else ["goal", "add", "Another one"]), env=env)
    doctor = other.run_as("doctor", "--json", env=env)

    assert ran.exit == 5, ran
    assert doctor.exit == 3
    (finding,) = (one for one in doctor.data["findings"] if one["level"] == "error")
    mends = f"rm -f {place}" if name == "lock" else f'sudo chown -R "$(id -un)" {place}'
    assert finding["path"] == f".mentorlog/{name}".removesuffix("/.")
    assert finding["remedy"].endswith(mends)


def test_a_folder_that_cannot_be_written(other: UnprivilegedWorld) -> None:
    """Doctor tries in every folder what a change does: whoever is told that there is no problem can save one."""
    root = other.found()
    env = {"MENTORLOG_JOURNAL": str(root)}
    other.invoke("goal", "add", "Submit case report", env=env)
    other.give(root)
    (root / "goals").chmod(0o500)
    (root / "tasks").chmod(0o500)

    doctor = other.run_as("doctor", env=env)

    said = "goals: no change can be saved in it: permission denied (also in tasks); run: chmod u+rwX"
    assert (doctor.exit, said in " ".join(doctor.out.split())) == (3, True)
    for path in (root / "goals", root / "tasks"):
        path.chmod(0o700)
    assert other.run_as("doctor", env=env).exit == 0
    assert other.run_as("goal", "add", "Another one", env=env).exit == 0
