"""Item 11, files: what is no record is refused by name, nothing hangs on it, and nothing outside is read or changed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import make_goal, make_mentor, make_note, make_task
from figures import Counted
from trust.canary import play, watched
from trust.screens import written
from world import Ran, World

WHAT = "11 nothing executes"
SECRET = b'id = "g9zzz"\ntitle = "somebody else\'s secret"\ncreated = 2026-09-01T09:00:00+00:00\n'
FOLDERS = ("mentors", "goals", "tasks", "meetings", "notes", "reviews")


@pytest.fixture
def journal(world: World) -> Path:
    """A journal with a few good records."""
    records = [make_mentor(), make_goal(id="g7k3q"), make_task(id="t4m2x", goal="g7k3q"), make_note(id="n4m2x")]
    world.filled("hostile files", lambda: written(world.journal, records))
    return world.journal


@pytest.fixture
def outside(world: World) -> Path:
    """A folder outside the journal with something of somebody else's."""
    folder = world.root / "outside"
    folder.mkdir()
    (folder / "g9zzz-secret.toml").write_bytes(SECRET)
    return folder


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return everything below a folder: kind, inode and bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() and seen.st_size < 1 << 20 else b""
        found[str(path)] = (seen.st_mode, seen.st_ino, data)
    return found


def soon(world: World, *argv: str, apart: bool = False) -> Ran:
    """Run the program, which must not crash; apart, in a process of its own, where it might wait for ever."""
    ran = world.run(*argv, timeout=20) if apart else world.invoke(*argv)
    assert "Traceback" not in ran.err, ran
    assert ran.exit != 70, ran
    return ran


# Files that are no records


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("no device can be made here")


def _socket(path: Path) -> None:
    app = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(app)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)


MAKERS: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "link to a record elsewhere": (lambda path, out: path.symlink_to(out / "g9zzz-secret.toml"), "a symbolic link"),
    "link to nothing": (lambda path, out: path.symlink_to(out / "nothing"), "a symbolic link"),
    "link to itself": (lambda path, out: path.symlink_to(path.name), "a symbolic link"),
    "link to a device": (lambda path, out: path.symlink_to("/dev/zero"), "a symbolic link"),
    "link to the terminal": (lambda path, out: path.symlink_to("/dev/tty"), "a symbolic link"),
    "pipe": (lambda path, out: os.mkfifo(path), "a named pipe"),
    "device": (lambda path, out: _device(path), "a device"),
    "socket": (lambda path, out: _socket(path), "not a regular file"),
    "folder": (lambda path, out: path.mkdir(), "a folder"),
    "huge": (lambda path, out: _huge(path), "larger than"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_that_is_no_record_is_named(
    name: str, world: World, journal: Path, outside: Path, counted: Counted
) -> None:
    """Lists count and name it and show the rest; what needs it exits 3; nothing hangs, and it stays what it is."""
    make, words = MAKERS[name]
    path = journal / "goals" / "g9zzz-secret.toml"
    make(path, outside)
    before, there = state(outside), os.lstat(path)

    listed = world.invoke("goal", "list")
    assert (listed.exit, "g7k3q" in listed.out, "secret" in listed.out) == (0, True, False)
    assert "1 record cannot be read" in listed.err
    assert "goals/g9zzz-secret.toml" in listed.err
    for argv in (["show", "g9zzz"], ["goal", "tell", "g9zzz", "osler"], ["set", "g9zzz", "why=x"], ["export", "json"]):
        ran = world.invoke(*argv)
        assert (ran.exit, ran.out) == (3, ""), (argv, ran)
        assert "goals/g9zzz-secret.toml" in ran.err, (argv, ran.err)
        assert words in ran.err, (argv, ran.err)
    assert world.invoke("doctor").exit == 3
    assert world.invoke("goal", "add", "Another one").exit == 0
    assert world.invoke("undo").exit == 0

    assert os.lstat(path) == there
    assert state(outside) == before
    counted(WHAT, 9, 0, 0)


def test_the_profile_and_journal_toml_are_as_guarded(world: World, journal: Path, outside: Path) -> None:
    """A link, pipe or folder in place of profile.toml or journal.toml is refused by name and never written through."""
    victim = outside / "victim.toml"
    victim.write_text('name = "mine"\n')
    before = state(outside)
    for make in (lambda path: path.symlink_to(victim), os.mkfifo, Path.mkdir):
        for name in ("profile.toml", "journal.toml"):
            path = journal / name
            kept = path.read_bytes() if path.exists() else None
            if kept is not None:
                path.unlink()
            make(path)
            ran = soon(world, "profile", "set", "stage=fellow")
            assert name == "journal.toml" or (ran.exit, "profile.toml" in ran.err) == (3, True), ran
            soon(world, "status")
            assert name in soon(world, "doctor").out
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
            if kept is not None:
                path.write_bytes(kept)
    assert state(outside) == before


def test_a_hard_link_is_read_and_never_written_through(world: World, journal: Path, outside: Path) -> None:
    """A record with a second name elsewhere is a record; a change writes a new file and leaves the other as it was."""
    path = journal / "goals" / "g9zzz-secret.toml"
    os.link(outside / "g9zzz-secret.toml", path)

    assert "secret" in world.invoke("goal", "list").out
    assert world.invoke("goal", "drop", "g9zzz", "-m", "x").exit == 0
    assert world.invoke("forget", "g9zzz", "--yes").exit == 0

    assert (outside / "g9zzz-secret.toml").read_bytes() == SECRET


# Folders that are none


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("how", ["link", "file", "pipe"])
def test_a_folder_of_records_that_is_none_is_refused(
    how: str, folder: str, world: World, journal: Path, outside: Path, counted: Counted
) -> None:
    """Neither read nor written through: lists say so by name, changes exit 3, what lies behind stays."""
    app = journal / folder
    app.rename(world.root / "away")
    if how == "link":
        app.symlink_to(outside)
    elif how == "file":
        app.write_text("x")
    else:
        os.mkfifo(app)
    before = state(outside)

    noun = folder.removesuffix("s")
    listed = world.invoke(noun, "list")
    assert "secret" not in listed.out
    assert folder in listed.err, listed
    status = world.invoke("status", "--json")
    assert (status.exit, status.data["unreadable_count"]) == (0, 1)
    shown = world.invoke("show", "g9zzz")
    assert (shown.exit, folder in shown.err) == (3, True), shown
    adds = {"mentors": ["mentor", "add", "X"], "goals": ["goal", "add", "X"], "tasks": ["task", "add", "X"]}
    adds |= {"notes": ["note", "add", "X"], "meetings": ["meeting", "log", "--no-input", "osler"]}
    if folder in adds:
        ran = world.invoke(*adds[folder])
        assert (ran.exit, folder in ran.err) == (3, True), ran
    assert folder in world.invoke("doctor").out
    assert state(outside) == before
    counted(WHAT, 3, 0, 0)


INDEX = ("index.sqlite", "index.seal", "index.sqlite-journal", "index.sqlite-wal", "index.sqlite-shm")
PRIVATE = (".mentorlog", ".mentorlog/operations", ".mentorlog/drafts", ".mentorlog/conflicts")


@pytest.mark.parametrize("name", PRIVATE)
def test_a_private_folder_that_is_a_link_is_refused(name: str, world: World, journal: Path, outside: Path) -> None:
    """What belongs to this machine alone is written through no link: changes are refused by name, reads go on."""
    app = journal / name
    if app.exists():
        app.rename(world.root / "away")
    app.symlink_to(outside)
    before = state(outside)

    assert "g7k3q" in soon(world, "goal", "list").out
    edited = world.invoke("note", "add", "--edit", env={"EDITOR": "sh -c 'echo typed > $0'"})
    added = world.invoke("goal", "add", "Another one")
    if name != ".mentorlog/conflicts":
        assert 3 in (edited.exit, added.exit), (edited, added)
        assert "a symbolic link" in edited.err + added.err
    assert state(outside) == before


@pytest.mark.parametrize(
    ("how", "name"),
    [
        pytest.param(how, name, marks=pytest.mark.slow if how == "pipe" and name in INDEX[2:] else [])
        for how in ("link", "pipe", "folder")
        for name in (*INDEX, "lock", "pending.json", ".gitignore")
    ],
)
def test_a_private_file_that_is_none_harms_nothing(
    how: str, name: str, world: World, journal: Path, outside: Path
) -> None:
    """The index, the lock and what is pending: never written or locked through a link, and nobody waits for a pipe."""
    path = journal / ".mentorlog" / name
    path.unlink(missing_ok=True)
    victim = outside / "g9zzz-secret.toml"
    {"link": lambda: path.symlink_to(victim), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[how]()
    before = state(outside)

    ran = soon(world, "goal", "add", "Another one", apart=how == "pipe")
    assert ran.exit in (0, 3, 5), ran
    if ran.exit:
        assert name in ran.err, ran
    listed = soon(world, "goal", "list")
    assert (listed.exit, "g7k3q" in listed.out) == (0, True), listed
    assert state(outside) == before


# Ids


IDS = ["../x", "../../etc/passwd", "/etc/passwd", "-rf", "--", "--yes", "a/b", ".", "..", "~", "*", "g7k3q\n", " "]
IDS += ["g7k3q.toml", "goals/g7k3q", "G7K3Q'; DROP TABLE records; --", '"', "%", "_____", "\udcff", "ℊ7k3q"]
IDS += ["g7k3q" * 2000, "g7\0k3q"]
ASKING = [
    ["show"],
    ["edit"],
    ["set", "ID", "why=x"],
    ["delete", "--yes"],
    ["forget", "--yes"],
    ["history"],
    ["goal", "tell", "ID", "osler"],
    ["goal", "add", "X", "--with"],
    ["task", "done"],
    ["meeting", "prep"],
    ["note", "tell", "ID", "ID"],
    ["mentor", "add", "X", "--id"],
]


@pytest.mark.slow
def test_a_strange_id_is_refused(world: World, journal: Path, counted: Counted) -> None:
    """An id is looked up, never a path, a pattern or a piece of SQL: refused by name, and nothing changes."""
    before, cases = {path: data for path, data in state(journal).items() if ".mentorlog" not in path}, 0
    beside = sorted(path.name for path in world.root.iterdir())
    for id in IDS:
        for argv in ASKING:
            words = [id if word == "ID" else word for word in argv] if "ID" in argv else [*argv, id]
            if "\0" in id and argv[:2] == ["mentor", "add"]:
                continue
            ran = world.invoke(*words, env={"EDITOR": "true"})
            cases += 1
            assert ran.exit in (0, 1, 2), (words, ran)
            assert "Traceback" not in ran.err
    after = {path: data for path, data in state(journal).items() if ".mentorlog" not in path}
    counted(WHAT, cases, 0, 0)

    assert {path for path in before if after.get(path) != before[path]} == set()
    assert sorted(path.name for path in world.root.iterdir()) == beside


@pytest.mark.parametrize("id", ["../x", "-rf", "a\\nb", "x/y", "", ".hidden", "g7k3q\\u0000"])
def test_an_id_in_a_file_leads_nowhere(id: str, world: World, journal: Path, outside: Path) -> None:
    """A record whose id is a path is no record: it is named, and no file is made of it."""
    text = f'id = "{id}"\ntitle = "X"\ncreated = 2026-09-01T09:00:00+00:00\n'
    (journal / "goals" / "g9zzz-x.toml").write_text(text)
    before = state(outside)

    listed = world.invoke("goal", "list")
    assert (listed.exit, "goals/g9zzz-x.toml" in listed.err) == (0, True), listed
    assert world.invoke("set", "g9zzz", "why=x").exit == 3
    assert state(outside) == before
    document = world.invoke("export", "json")
    assert document.exit == 3


@pytest.mark.parametrize("id", ["../x", "-rf", "a\nb", "x/y", "", ".", "a\0b", "CON/../x"])
def test_an_imported_id_leads_nowhere(id: str, world: World, journal: Path) -> None:
    """An import whose ids are paths is refused whole."""
    whole = json.loads(world.invoke("export", "json").out)
    for record in whole["data"]["records"]:
        record["id"] = id
        record["file"] = "../../evil.toml"
    before = state(world.root)

    ran = world.invoke("import", "json", "-", stdin=json.dumps(whole))

    assert (ran.exit, ran.out) == (1, ""), ran
    assert {path for path in state(world.root).keys() - before.keys() if ".mentorlog" not in path} == set()


def test_the_journal_itself_may_be_behind_a_link(world: World, journal: Path) -> None:
    """The user's own link to the whole folder is theirs: everything works through it."""
    link = world.root / "linked"
    link.symlink_to(journal)

    assert world.invoke("--journal", str(link), "goal", "add", "Another one").exit == 0
    assert "Another one" in world.invoke("--journal", str(link), "goal", "list").out


# No network, no child


def test_no_command_opens_a_socket_or_starts_a_program(world: World, journal_root: Path) -> None:
    """Over all workflows the interpreter is seen to open no socket and to start nothing."""
    with watched() as watch:
        for _ in play(world):
            pass
        for argv in (["--help"], ["goal", "--help"], ["paths"], ["tour"], ["xyzzy"], ["init", str(world.root / "new")]):
            world.invoke(*argv)

    assert watch.sockets == []
    assert watch.started == []


def test_no_network_module_is_loaded(world: World, journal_root: Path) -> None:
    """The program itself imports nothing that speaks to a network."""
    code = (
        "import sys; from mentorlog.cli.main import main; main(['status']); main(['goal', 'list']); "
        "print(sorted({'socket', 'ssl', 'http.client', 'urllib.request', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=world.variables(), capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
