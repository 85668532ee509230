"""`mentorlog backup`: make, verify, restore, list, and what each of them refuses."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.store.layout import template_path
from unprivileged import UnprivilegedWorld, unprivileged_world
from world import Ran, World

Run = Callable[..., Ran]
OWN = ("index.sqlite", "index.seal", "lock", "drafts", "machine")


def tree(root: Path) -> dict[str, bytes]:
    """Return the files of a journal that a backup with the log holds, and .gitignore."""
    paths = [path for path in root.rglob("*") if path.is_file() and not {*path.relative_to(root).parts} & {*OWN}]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


@pytest.fixture
def journal(journal_root: Path, invoke: Run) -> Path:
    """A journal with records, a profile, a template and a change that was undone."""
    invoke("profile", "set", "name=Röntgen [/b] 日本 🩺")
    invoke("mentor", "add", "William Osler", "--every", "4 weeks")
    invoke("goal", "add", '[/b] =1+1 "x" \\ é 日本 🩺', "--with", "osler")
    invoke("goal", "add", "Learn statistics")
    invoke("undo")
    path = journal_root / template_path("recap")
    path.parent.mkdir()
    path.write_bytes(b"Dear {{ to }},\r\n")
    return journal_root


def test_a_backup_and_a_restore_give_the_same_journal(journal: Path, invoke: Run, world: World) -> None:
    """With the log every file is the same, to the byte, and undo goes on."""
    made = invoke("backup", "make", "b.tar", "--with-log")
    assert made == (
        0,
        f"Backed up 2 records, your profile, 1 template and 5 changes of the history to {world.work}/b.tar "
        "(up to change 5, Mon 23 Nov 2026, 16 kB, read back)\n",
        "A backup includes private records; store it where only you can read it.\n",
    )
    assert stat.S_IMODE((world.work / "b.tar").stat().st_mode) == 0o600

    restored = invoke("backup", "restore", "b.tar", "again")

    assert restored.out.splitlines()[-1] == f"Use it with: mentorlog init {world.work}/again"
    again = world.work / "again"
    assert tree(again) == tree(journal)
    assert all(stat.S_IMODE(path.stat().st_mode) in (0o600, 0o700) for path in [again, *again.rglob("*")])
    own = {"MENTORLOG_JOURNAL": str(again)}
    assert invoke("doctor", env=own).exit == 0
    assert "Undone: goal add: [/b]" in invoke("undo", env=own).out or invoke("redo", env=own).exit == 0


def test_without_the_log(journal: Path, invoke: Run, world: World) -> None:
    """The records, the profile and the templates are there, and no history."""
    assert "changes of the history" not in invoke("backup", "make", "b.tar").out
    invoke("backup", "restore", "b.tar", "again")

    again = world.work / "again"
    assert tree(again) == {path: data for path, data in tree(journal).items() if not path.startswith(".mentorlog/")}
    assert not (again / ".mentorlog").exists()
    assert invoke("goal", "list", "--json", env={"MENTORLOG_JOURNAL": str(again)}).exit == 0
    assert "nothing to undo" in invoke("undo", env={"MENTORLOG_JOURNAL": str(again)}).err


def test_the_same_journal_is_the_same_backup(journal: Path, invoke: Run, world: World) -> None:
    """Two backups of one state do not differ in a byte, also after a restore."""
    invoke("backup", "make", "one.tar", "--with-log")
    invoke("backup", "restore", "one.tar", "again")
    later = {"MENTORLOG_NOW": "2027-05-01T09:00:00+00:00", "MENTORLOG_JOURNAL": str(world.work / "again")}
    invoke("backup", "make", "two.tar", "--with-log", env=later)

    assert (world.work / "one.tar").read_bytes() == (world.work / "two.tar").read_bytes()


def test_tar_and_sha256sum_are_enough(journal: Path, invoke: Run, world: World) -> None:
    """Without mentorlog the backup is unpacked to a journal and checked."""
    if not (shutil.which("tar") and shutil.which("sha256sum")):
        pytest.skip("needs tar and sha256sum")
    invoke("backup", "make", "b.tar", "--with-log")
    unpacked = world.work / "unpacked"
    unpacked.mkdir(mode=0o700)

    subprocess.run(["tar", "xf", world.work / "b.tar", "-C", unpacked], check=True, umask=0o077)
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=unpacked, check=True, capture_output=True)

    assert checked.stdout.count(b": OK\n") == len(tree(journal))  # backup.toml too, but not .gitignore
    own = {"MENTORLOG_JOURNAL": str(unpacked)}
    assert invoke("goal", "list", env=own).out == invoke("goal", "list").out
    assert invoke("doctor", env=own).exit == 0


def test_for_scripts(journal: Path, invoke: Run, world: World) -> None:
    """Every command says the same of a backup, in one document."""
    made = invoke("backup", "make", "b.tar", "--with-log", "--json").data
    verified = invoke("backup", "verify", "b.tar", "--json").data
    (listed,) = invoke("backup", "list", ".", "--json").data
    dry = invoke("backup", "restore", "b.tar", "again", "--dry-run", "--json").data

    assert made["path"] == str(world.work / "b.tar")
    assert made["size"] == (world.work / "b.tar").stat().st_size
    assert (made["record_count"], made["template_count"], made["operation_count"], made["profile"]) == (2, 1, 5, True)
    assert (made["change"], made["changed_at"]) == (5, "2026-11-23T09:00:00+00:00")
    assert (made["with_log"], made["encrypted"], made["left_out"], made["unreadable"]) == (True, False, [], [])
    assert verified == made
    assert listed == {key: value for key, value in made.items() if key != "unreadable"} | {"problem": None}
    assert dry == {**made, "folder": str(world.work / "again"), "dry_run": True}
    assert not (world.work / "again").exists()


def test_an_existing_file_is_asked_for(journal: Path, invoke: Run, world: World) -> None:
    """Without --yes it stays; what is no file is never replaced, nor one of the journal."""
    (world.work / "b.tar").write_text("mine")
    (world.work / "folder").mkdir()
    (world.work / "link").symlink_to("b.tar")

    assert invoke("backup", "make", "b.tar").exit == 2
    for path in ("folder", "link", str(journal / "goals" / "b.tar"), str(journal), "-", "", "no/such/b.tar"):
        assert invoke("backup", "make", path, "--yes").exit in (1, 5), path
    assert (world.work / "b.tar").read_text() == "mine"
    assert sorted(path.name for path in world.work.iterdir()) == ["b.tar", "folder", "link"]
    assert invoke("backup", "make", "b.tar", "--yes").exit == 0
    assert invoke("backup", "verify", "b.tar").exit == 0


def test_an_unreadable_record_goes_in(journal: Path, invoke: Run, world: World) -> None:
    """What is no valid record is in the backup as it is, and verify names it."""
    (journal / "goals" / "g9999-x.toml").write_bytes(b"title = \xff")

    assert invoke("backup", "make", "b.tar").exit == 0
    verified = invoke("backup", "verify", "b.tar")

    assert verified.exit == 0
    assert verified.out.splitlines()[1:] == [
        "1 file in it cannot be read by this version of mentorlog:",
        "  goals/g9999-x.toml, line 1: it is not UTF-8 text",
    ]
    assert invoke("backup", "verify", "b.tar", "--json").data["unreadable"] == [
        {"path": "goals/g9999-x.toml", "message": "it is not UTF-8 text"}
    ]


def test_a_damaged_change_goes_in(journal: Path, invoke: Run, world: World) -> None:
    """A change of the history that is damaged is in the backup as it is, and verify names it."""
    path = journal / ".mentorlog" / "operations" / "000001.json"
    path.write_bytes(path.read_bytes()[:-9])

    invoke("backup", "make", "b.tar", "--with-log")

    assert invoke("backup", "verify", "b.tar", "--json").data["unreadable"] == [
        {"path": ".mentorlog/operations/000001.json", "message": "it is not a valid operation"}
    ]


def test_what_cannot_be_read_refuses_the_backup(journal: Path, invoke: Run, world: World) -> None:
    """It is named; --skip-unreadable leaves it out, says so in the backup, and exits with 3."""
    (journal / "goals" / "g9999-x.toml").symlink_to("/etc/passwd")

    refused = invoke("backup", "make", "b c.tar")
    assert refused == (
        3,
        "",
        "error: goals/g9999-x.toml cannot be read: it is a symbolic link.\n"
        "hint: run: mentorlog doctor; to leave it out, add --skip-unreadable\n",
    )
    assert not [*world.work.iterdir()]

    made = invoke("backup", "make", "b c.tar", "--skip-unreadable")
    assert (made.exit, made.err.splitlines()[0]) == (
        3,
        "Left out, as it cannot be read: goals/g9999-x.toml (it is a symbolic link)",
    )
    verified = invoke("backup", "verify", "b c.tar")
    assert verified.exit == 0
    assert verified.out.splitlines()[1] == "Not in it, as it could not be read then: goals/g9999-x.toml"
    data = invoke("backup", "make", "b c.tar", "--skip-unreadable", "--yes", "--json").data
    assert data["left_out"] == ["goals/g9999-x.toml"]
    assert data["unreadable"] == [{"path": "goals/g9999-x.toml", "message": "it is a symbolic link"}]


def test_several_that_cannot_be_read(journal: Path, invoke: Run, world: World) -> None:
    """The first few are named, with the number of all."""
    for number in range(2, 8):
        (journal / "goals" / f"g{number}222.toml").symlink_to("/etc/passwd")

    refused = invoke("backup", "make", "b.tar")

    assert refused.exit == 3
    assert "6 files cannot be read: goals/g2222.toml: it is a symbolic link; " in refused.err
    assert "; and 3 more.\nhint: run: mentorlog doctor; to leave them out, add --skip-unreadable\n" in refused.err


def test_a_journal_without_its_file(journal: Path, invoke: Run, world: World) -> None:
    """What would be no journal after a restore is no backup."""
    (journal / "journal.toml").unlink()
    (journal / "journal.toml").mkdir()

    refused = invoke("backup", "make", "b.tar", "--skip-unreadable")

    assert refused.exit == 3
    assert "journal.toml is missing or cannot be read: nothing was backed up." in refused.err
    assert not [*world.work.iterdir()]


def test_there_is_no_journal(world: World) -> None:
    """A backup of nothing is refused; verify, list and restore need none."""
    refused = world.invoke("backup", "make", "b.tar")
    assert refused.exit == 1 and not [*world.work.iterdir()]

    assert world.invoke("backup", "list", ".").out == "No backups in this folder.\n"
    assert world.invoke("backup", "verify", "b.tar").err.startswith("error: File not found: ")


def test_a_backup_that_is_cut(journal: Path, invoke: Run, world: World) -> None:
    """At every 4 KiB: a sentence with exit status 1, from verify as from restore, and nothing is made."""
    invoke("backup", "make", "b.tar", "--with-log")
    data = (world.work / "b.tar").read_bytes()
    for end in range(0, len(data), 4096):
        (world.work / "cut.tar").write_bytes(data[:end])
        for words in (
            ("verify", "cut.tar"),
            ("restore", "cut.tar", "again"),
            ("restore", "cut.tar", "again", "--dry-run"),
        ):
            ran = invoke("backup", *words)
            assert ran.exit == 1 and ran.out == "", words
            assert ran.err.startswith(f"error: {world.work}/cut.tar is ")
    assert sorted(path.name for path in world.work.iterdir()) == ["b.tar", "cut.tar"]


def test_what_is_no_backup(journal: Path, invoke: Run, world: World) -> None:
    """Something else, something after the end: what it is, and what to do."""
    invoke("backup", "make", "b.tar")
    data = (world.work / "b.tar").read_bytes()
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w") as tar:
        tar.add(world.work / "b.tar", "b.tar")
    cases = {
        "is not a backup of mentorlog.": [outer.getvalue(), b"Dear diary\n" * 100],
        "is empty.": [b""],
        "is compressed.": [gzip.compress(data)],
        "there is something after its end": [data + b"\0", data + data],
    }
    for sentence, contents in cases.items():
        for content in contents:
            (world.work / "x.tar").write_bytes(content)
            for words in (("verify", "x.tar"), ("restore", "x.tar", "again")):
                ran = invoke("backup", *words)
                assert ran.exit == 1 and sentence in ran.err, ran
    assert sorted(path.name for path in world.work.iterdir()) == ["b.tar", "x.tar"]


def test_a_damaged_backup_says_what_to_do(journal: Path, invoke: Run, world: World) -> None:
    """The file whose bytes changed is named, and where other backups may be."""
    invoke("backup", "make", "b.tar")
    data = (world.work / "b.tar").read_bytes()
    (world.work / "b.tar").write_bytes(data.replace(b"William Osler", b"William Ozler"))

    assert invoke("backup", "verify", "b.tar") == (
        1,
        "",
        f"error: {world.work}/b.tar is damaged: mentors/osler.toml does not have the sum in SHA256SUMS.\n"
        f"hint: use another backup; to list them: mentorlog backup list {world.work}\n",
    )


@pytest.mark.parametrize("name", ["folder", "pipe", "missing", ""])
def test_what_is_no_file(journal: Path, invoke: Run, world: World, name: str) -> None:
    """A folder, a pipe or nothing is refused without waiting."""
    (world.work / "folder").mkdir()
    os.mkfifo(world.work / "pipe")
    for words in (("verify", name), ("restore", name, "again")):
        ran = invoke("backup", *words)
        assert ran.exit == 1 and ran.err.startswith("error: ")


def test_a_damaged_record_is_named_when_the_backup_is_made(journal: Path, invoke: Run, world: World) -> None:
    """It is in the backup as it is, but nobody takes that for a good one."""
    path = next((journal / "goals").glob("*.toml"))
    path.write_bytes(b"title =")

    made = invoke("backup", "make", "b.tar")

    assert made.exit == 0
    assert made.err.splitlines()[0] == "1 file in it cannot be read by this version of mentorlog:"
    assert f"goals/{path.name}, line 1: " in made.err and "Repair it with: mentorlog doctor\n" in made.err
    told = json.loads(invoke("backup", "make", "c.tar", "--json").out)["data"]["unreadable"]
    assert [one["path"] for one in told] == [f"goals/{path.name}"]


def test_a_backup_inside_the_journal_is_refused(journal: Path, invoke: Run) -> None:
    """It would be lost with the journal."""
    refused = invoke("backup", "make", str(journal / "b.tar"))

    assert refused.exit == 1 and f"{journal / 'b.tar'} is inside the journal." in refused.err
    assert not (journal / "b.tar").exists()


@pytest.mark.parametrize("at", [5, 100, 148])
def test_a_backup_of_which_the_beginning_is_damaged_is_listed(
    at: int, journal: Path, invoke: Run, world: World
) -> None:
    """A list does not leave it out as if it were another file."""
    invoke("backup", "make", "b.tar")
    data = bytearray((world.work / "b.tar").read_bytes())
    data[at] ^= 1
    (world.work / "b.tar").write_bytes(data)

    (row,) = json.loads(invoke("backup", "list", ".", "--json").out)["data"]

    assert (row["path"].rpartition("/")[2], bool(row["problem"])) == ("b.tar", True)


def test_a_folder_that_holds_something(journal: Path, invoke: Run, world: World) -> None:
    """A restore changes nothing that is there; an empty folder is fine."""
    invoke("backup", "make", "b.tar")
    (world.work / "full").mkdir()
    (world.work / "full" / "mine.txt").write_text("mine")
    (world.work / "file").write_text("mine")
    (world.work / "link").symlink_to("empty")
    (world.work / "empty").mkdir()
    before = tree(world.work)

    refusals = {
        "full": "is not empty; nothing was restored.",
        "file": "already exists: it is a file.",
        "link": "already exists: it is a symbolic link.",
        "no/such/folder": "does not exist.",
        str(journal): "is not empty",
        str(journal / "goals" / "inner"): "is inside the journal.",
        str(journal / "inner"): "is inside the journal.",
    }
    for folder, sentence in refusals.items():
        ran = invoke("backup", "restore", "b.tar", folder)
        assert ran.exit == 1 and sentence in ran.err, ran
    assert tree(world.work) == before
    assert invoke("backup", "restore", "b.tar", "empty").exit == 0
    assert (world.work / "empty" / "journal.toml").exists()


def test_a_lost_journal_is_restored_into_its_place(journal: Path, invoke: Run, world: World) -> None:
    """Where the folder that mentorlog remembers is gone, it can be restored under the same name."""
    invoke("backup", "make", "b.tar", "--with-log")
    before = tree(journal)
    shutil.rmtree(journal)

    assert invoke("backup", "restore", "b.tar", str(journal)).exit == 0
    assert tree(journal) == before
    assert invoke("status").exit == 0


def test_the_list(journal: Path, invoke: Run, world: World) -> None:
    """The latest first, with what each says of itself; what is no backup is ignored, a damaged one is named."""
    folder = world.work / "[b] é"
    folder.mkdir()
    invoke("backup", "make", str(folder / "old.tar"))
    invoke("goal", "add", "Later", env={"MENTORLOG_NOW": "2026-12-01T09:00:00+00:00"})
    invoke("backup", "make", str(folder / "new.tar"), "--with-log")
    data = (folder / "new.tar").read_bytes()
    (folder / "bad.tar").write_bytes(data[:-512])
    (folder / "secret.age").write_bytes(b"age-encryption.org/v1\n")
    for name, text in {"notes.txt": b"x", "other.tar": b"x" * 1000, "empty": b""}.items():
        (folder / name).write_bytes(text)
    os.mkfifo(folder / "pipe")
    (folder / "inner.tar").mkdir()

    ran = invoke("backup", "list", str(folder))

    assert [line.split() for line in ran.out.splitlines()] == [
        ["file", "up", "to", "change", "records", "history", "size"],
        ["new.tar", "Tue", "1", "Dec", "2026", "6", "3", "yes", "19", "kB"],
        ["old.tar", "Mon", "23", "Nov", "2026", "5", "2", "8", "kB"],
        ["bad.tar", "cannot", "be", "used", "19", "kB"],
        ["secret.age", "encrypted", "1", "kB"],
    ]
    rows = invoke("backup", "list", str(folder), "--json").data
    assert [row["problem"] for row in rows] == [
        None,
        None,
        f"{folder}/bad.tar is damaged: its end is missing.",
        None,
    ]
    assert invoke("backup", "list", "no-such").exit == 1
    assert invoke("backup", "list", str(folder / "old.tar")).exit == 1


@pytest.fixture
def unprivileged() -> UnprivilegedWorld:
    """A world in which permissions hold."""
    with unprivileged_world() as made:
        yield made  # type: ignore[misc]


def test_where_nothing_may_be_written(unprivileged: UnprivilegedWorld) -> None:
    """Backup and restore leave nothing, with exit status 5; a journal that is read-only is backed up."""
    world = unprivileged
    world.found("--name", "Osler")
    closed, open_ = world.root / "closed", world.root / "open"
    for folder in (closed, open_):
        folder.mkdir(mode=0o755)
    world.give(world.journal, world.home, open_)
    env = {"MENTORLOG_JOURNAL": str(world.journal)}

    assert world.run_as("backup", "make", str(closed / "b.tar"), env=env).exit == 5
    for path in [world.journal, *world.journal.rglob("*")]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    assert world.run_as("backup", "make", str(open_ / "b.tar"), "--with-log", env=env).exit == 0
    assert world.run_as("backup", "restore", str(open_ / "b.tar"), str(closed / "again"), env=env).exit == 5
    assert [*closed.iterdir()] == []
    (open_ / "b.tar").chmod(0)
    unread = world.run_as("backup", "verify", str(open_ / "b.tar"))
    assert (unread.exit, unread.out) == (5, "")
    assert "b.tar: permission denied.\nhint: check the owner and permissions of the file" in unread.err
    (world.journal / "profile.toml").chmod(0)
    refused = world.run_as("backup", "make", str(open_ / "c.tar"), env=env)
    assert (refused.exit, refused.out) == (5, "")
    assert "profile.toml cannot be read: permission denied." in refused.err
    for path in [world.journal, *world.journal.rglob("*")]:
        path.chmod(0o700)
