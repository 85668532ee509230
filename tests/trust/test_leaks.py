"""Item 10: what is written is in the journal, readable by its owner alone, and nowhere else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import make_note
from figures import Counted
from terminal import Terminal
from trust.canary import CANARY, TEXT, WORKFLOWS, flown, open_to_others, play, watched
from trust.screens import written
from world import World

WHAT = "10 nothing leaks"


def test_forty_workflows_leave_nothing_outside(world: World, journal_root: Path, counted: Counted) -> None:
    """Not a byte in the home, the temporary folders, stderr or a child's arguments; no network; all is 0600."""
    start = time.perf_counter()
    wrong = []
    with watched() as watch:
        for argv, ran in play(world):
            wrong += [f"stderr of {argv}: {ran.err}"] if CANARY in ran.err else []
    outside = {path for path in watch.written if path != "/dev/null" and not Path(path).is_relative_to(world.root)}
    wrong += [f"written: {path}" for path in outside if path != ":memory:"]
    wrong += [f"left in {path}" for path in flown(world.root, but=journal_root)]
    wrong += open_to_others(journal_root)
    counted(WHAT, len(WORKFLOWS), len(wrong), time.perf_counter() - start)

    assert len(WORKFLOWS) > 40
    assert flown(journal_root)
    assert (watch.started, watch.sockets) == ([], [])
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_under_any_umask_all_is_private(world: World, counted: Counted) -> None:
    """With umask 000 files are 0600 and folders 0700 all the same: journal, drafts, configuration, state, exports."""
    mine = world.root / "mine"
    failing = world.root / "bin" / "failing"
    failing.write_text(f'#!/bin/sh\necho "{TEXT}" > "$1"; exit 1\n')
    failing.chmod(0o755)
    lines = [
        f"mentorlog init {mine} --name {CANARY}",
        f"mentorlog mentor add 'Ada {CANARY}' --id ada",
        f"echo '{TEXT}' | mentorlog note add -",
        f"EDITOR={world.root}/bin/failing mentorlog note add --edit || true",
        f"mentorlog export json -o {mine}/out.json",
        "mentorlog delete ada --yes",
        "mentorlog undo",
        f"mentorlog search {CANARY}",
    ]
    status, said = world.shell("set -e; umask 000; " + "; ".join(lines), env={"MENTORLOG_JOURNAL": None})
    wrong = open_to_others(mine, world.home / ".config" / "mentorlog", world.home / ".local/state/mentorlog")
    counted(WHAT, len(lines), len(wrong), 0)

    assert status == 0, said
    assert (mine / ".mentorlog" / "drafts" / "note.md").exists()
    assert not wrong, "\n".join(wrong)
    assert flown(world.root, but=mine) == [str(failing)]


@pytest.mark.parametrize(
    "place",
    [
        "mentorlog.store.format.toml.dump",
        "mentorlog.store.oplog.operation.entry_of",
        "mentorlog.store.index.index.Index.refresh",
        "mentorlog.models.note.Note.__post_init__",
        "mentorlog.output.output.Output.say",
    ],
)
def test_a_bug_anywhere_tells_nothing(
    place: str, world: World, journal_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug that carries the user's text is one sentence; neither stderr nor its report has a word of it."""

    def fail(*args: object, **kwargs: object) -> None:
        try:
            raise KeyError(TEXT)
        except KeyError as error:
            raise ValueError(TEXT, args) from error

    with monkeypatch.context() as patch:
        patch.setattr(place, fail)
        ran = world.invoke("note", "add", TEXT)

    assert ran.exit == 70
    assert "Traceback" not in ran.err
    assert CANARY not in ran.err
    assert flown(world.home) == []
    (report,) = (world.home / ".local/state/mentorlog").glob("crash-*.txt")
    assert report.stat().st_mode & 0o777 == 0o600


def test_no_error_has_a_traceback(world: World, journal_root: Path) -> None:
    """Whatever goes wrong in the files is a sentence."""
    for path, data in (("goals/g7k3q.toml", b"\xff" + TEXT.encode()), ("profile.toml", f"name = [{TEXT}".encode())):
        (journal_root / path).write_bytes(data)
    for argv in (["goal", "list"], ["show", "g7k3q"], ["profile", "show"], ["doctor"], ["export", "json"], ["status"]):
        ran = world.invoke(*argv)
        assert "Traceback" not in ran.err, argv
        assert CANARY not in ran.err, (argv, ran.err)


# Children


def test_the_editor_is_given_a_path_and_nothing_else(world: World, journal_root: Path) -> None:
    """The one program that is ever started is the editor: no text in its arguments or its environment."""
    stand_in = world.root / "bin" / "stand-in"
    seen = world.root / "seen"
    stand_in.write_text(f'#!/bin/sh\n{{ printf "%s\\n" "$0" "$@"; env; }} >> {seen}\necho "{TEXT}" >> "$1"\n')
    stand_in.chmod(0o755)
    env = {"EDITOR": str(stand_in)}

    added = world.invoke("note", "add", "--edit", "--json", env=env)
    for argv in (["edit", added.data["id"]], ["goal", "add", f"Raise the {CANARY}", "--edit"], ["ask", "ada", "-e"]):
        world.invoke(*argv, env=env)

    told = seen.read_text()
    assert CANARY not in told
    assert told.count(str(stand_in)) >= 3
    assert flown(world.root, but=journal_root) == [str(stand_in)]


def traced(world: World, *argv: str, stdin: str = "", env: dict[str, str] | None = None) -> str:
    """Run the real program under strace and return what it was seen to open, make and start."""
    log = world.root / "trace"
    calls = "trace=execve,open,openat,creat,rename,renameat,link,linkat,symlink,mkdir,socket,connect,memfd_create"
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-o", str(log), "-e", calls]
    start = [sys.executable, "-B", "-P", "-m", "mentorlog", *argv]
    done = subprocess.run([*command, *start], input=stdin.encode(), capture_output=True, env=world.variables(env))
    assert done.returncode == 0, done.stderr
    return log.read_text(errors="replace")


OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|]+)')


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace here")
def test_the_system_sees_nothing_else(world: World, journal_root: Path, counted: Counted) -> None:
    """Seen from outside: no file is opened for writing but in the journal, no socket, no program but the editor."""
    start = time.perf_counter()
    # So much text that SQLite would sort it in a temporary file.
    written(journal_root, [make_note(text=f"{CANARY} {number} " + "x" * 9000) for number in range(1500)])
    editor = world.root / "bin" / "scribe"
    editor.write_text(f'#!/bin/sh\necho "{TEXT}" > "$1"\n')
    editor.chmod(0o755)
    runs = [
        (("note", "list"), "", {}),
        (("search", CANARY), "", {}),
        (("timeline",), "", {}),
        (("note", "add", "-"), TEXT, {}),
        (("note", "add", "--edit"), "", {"EDITOR": str(editor)}),
        (("undo",), "", {}),
        (("export", "json"), "", {}),
        (("doctor",), "", {}),
    ]
    state = world.home / ".local/state/mentorlog"
    # One empty file per editor, and what was seen of the journal: numbers and checksums.
    told = tuple(str(state / name) for name in ("warned-", "journals/"))
    wrong = []
    for argv, stdin, env in runs:
        if argv == ("note", "list"):
            (journal_root / ".mentorlog" / "index.sqlite").unlink()
        seen = traced(world, *argv, stdin=stdin, env=env)
        for path, how in OPENED.findall(seen):
            full = Path(world.work, path)
            private = full.is_relative_to(journal_root) or str(full).startswith(("/dev/null", "/dev/tty", *told))
            if re.search("O_WRONLY|O_RDWR|O_CREAT", how) and not private:
                wrong.append(f"{argv}: {path} {how}")
        wrong += [f"{argv}: {line}" for line in seen.splitlines() if "memfd_create" in line]
        wrong += [f"{argv}: {line}" for line in seen.splitlines() if "socket(" in line or "connect(" in line]
        started = [line for line in seen.splitlines() if "execve(" in line and " = 0" in line][1:]
        wrong += [] if env or not started else [f"{argv}: {started}"]
        wrong += [f"{argv}: {line}" for line in started if CANARY in line]
    counted(WHAT, len(runs), len(wrong), time.perf_counter() - start)

    assert not wrong, "\n".join(wrong[:20])
    written_to = {path for path in (world.home / ".local").rglob("*") if path.is_file() and path.stat().st_size}
    seen_files = written_to - {state / "machine"}
    assert {path.parent.parent for path in seen_files} == {state / "journals"}
    assert not any(CANARY in path.read_text() for path in written_to)


# Real editors


HABITS = {
    ".vimrc": "set directory=AWAY// backupdir=AWAY undodir=AWAY viewdir=AWAY backup writebackup undofile modeline\n"
    "set viminfo='100,<50,s10,h,nAWAY/viminfo\n",
    ".config/nvim/init.vim": "set directory=AWAY// backupdir=AWAY undodir=AWAY backup writebackup undofile modeline\n"
    "set shadafile=AWAY/shada\n",
    ".nanorc": "set backup\nset backupdir AWAY\nset historylog\nset positionlog\nset locking\n",
    ".emacs": '(setq make-backup-files t backup-directory-alist \'(("." . "AWAY"))\n'
    ' auto-save-file-name-transforms \'((".*" "AWAY/" t)) auto-save-interval 20 enable-local-eval t\n'
    " enable-local-variables :all create-lockfiles t)\n",
}
EDITORS = {
    # the words that start it; what opens the text, saves it, and leaves
    "vim": ("vim", "i", "\x1b:w\r", ":q\r"),
    "nvim": ("nvim", "i", "\x1b:w\r", ":q\r"),
    "nano": ("nano", "", "\x0f\r", "\x18"),
    "emacs": ("emacs -nw", "", "\x18\x13", "\x18\x03"),
}


@pytest.fixture
def away(world: World) -> Path:
    """A folder into which the user's own settings would put copies."""
    folder = world.home / "away"
    folder.mkdir()
    for name, text in HABITS.items():
        path = world.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("AWAY", str(folder)))
    return folder


def _present(name: str) -> None:
    if not shutil.which(name):
        pytest.skip(f"there is no {name} here")


def _looks(terminal: Terminal, path: Path, until: Callable[[str], bool]) -> None:
    """Wait until the text in a file is as it should be."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        terminal.screen  # noqa: B018 - reads, so that the editor can write
        if path.exists() and until(path.read_text(errors="replace")):
            return
        time.sleep(0.05)
    raise AssertionError(f"the text does not come:\n{terminal.picture()}")


def _written(terminal: Terminal, name: str, draft: Path, text: str) -> None:
    """Type a text in an editor and save it there, without leaving."""
    _, begin, save, _ = EDITORS[name]
    _looks(terminal, draft, lambda now: True)
    _ready(terminal)
    terminal.type(begin + text)
    terminal.wait_for(text.split()[-1])
    terminal.type(save)
    _looks(terminal, draft, lambda now: text in now)


def _ready(terminal: Terminal) -> None:
    """Wait until the editor has drawn its screen and is quiet."""
    seen, quiet, end = -1, 0, time.monotonic() + 20
    while quiet < 6 and time.monotonic() < end:
        terminal.screen  # noqa: B018
        quiet = quiet + 1 if len(terminal.raw) == seen and seen > 50 else 0
        seen = len(terminal.raw)
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITORS)
def test_a_real_editor_keeps_nothing_elsewhere(
    name: str, world: World, journal_root: Path, away: Path, terminal: Callable[..., Terminal]
) -> None:
    """Whatever the user's settings say: while it is open and after, the text is in the journal and nowhere else."""
    _present(name)
    draft = journal_root / ".mentorlog" / "drafts" / "note.md"
    open_ = terminal("note", "add", "--edit", env={"EDITOR": EDITORS[name][0]})

    _written(open_, name, draft, TEXT)
    assert flown(world.root, but=journal_root) == []
    assert open_to_others(journal_root) == []
    open_.type(EDITORS[name][3])
    assert open_.end() == 0, open_.picture()

    assert CANARY in world.invoke("note", "list").out
    assert flown(world.root, but=journal_root) == []
    assert list(away.iterdir()) == []
    assert list(draft.parent.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITORS)
def test_what_was_typed_outlives_a_kill(
    name: str, world: World, journal_root: Path, away: Path, terminal: Callable[..., Terminal]
) -> None:
    """Killed (-9) while the editor is open: the text is in the draft, and offered when the same is written again."""
    _present(name)
    drafts = journal_root / ".mentorlog" / "drafts"
    first = terminal("note", "add", "--edit", env={"EDITOR": EDITORS[name][0]})
    _written(first, name, drafts / "note.md", TEXT)
    first.kill()
    first.close()

    assert flown(world.root, but=journal_root) == []
    again = terminal("note", "add", "--edit", env={"EDITOR": "true"})
    again.answer("Continue editing it?", "y")
    assert again.end() == 0, again.picture()
    assert TEXT in world.invoke("note", "list").out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vim", "nvim"])
def test_what_was_never_saved_lies_in_the_swap(
    name: str, world: World, journal_root: Path, away: Path, terminal: Callable[..., Terminal]
) -> None:
    """An editor that is killed before the text was saved leaves its swap in the drafts, and offers it again itself."""
    _present(name)
    drafts = journal_root / ".mentorlog" / "drafts"
    first = terminal("note", "add", "--edit", env={"EDITOR": name})
    _looks(first, drafts / "note.md", lambda now: True)
    _ready(first)
    first.type(f"i{TEXT}").wait_for("night")
    first.type("\x1b:preserve\r")
    _looks(first, drafts / ".note.md.swp", lambda now: CANARY in now)
    pids = _children(world, name)
    assert pids
    for pid in pids:
        os.kill(pid, 9)
    first.kill()
    first.close()

    assert flown(world.root, but=journal_root) == []
    assert [path.name for path in drafts.iterdir() if path.name.endswith(".swp")] == [".note.md.swp"]
    assert open_to_others(journal_root) == []
    again = terminal("note", "add", "--edit", lines=60, env={"EDITOR": name})
    again.wait_for("(R)ecover")
    again.type("r").wait_for("Recovery completed")
    again.press("enter")
    _ready(again)
    again.type(":wq\r")
    assert again.end() == 0, again.picture()
    assert CANARY in world.invoke("note", "list").out
    assert list(drafts.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nano", "emacs"])
def test_what_was_never_saved_outlives_a_closed_window(
    name: str, world: World, journal_root: Path, away: Path, terminal: Callable[..., Terminal]
) -> None:
    """An editor whose window is closed saves beside the draft; that is the text which is offered again."""
    _present(name)
    drafts = journal_root / ".mentorlog" / "drafts"
    first = terminal("note", "add", "--edit", env={"EDITOR": EDITORS[name][0]})
    _looks(first, drafts / "note.md", lambda now: True)
    _ready(first)
    first.type(TEXT).wait_for("night")
    first.hang_up()
    _gone(world, name)

    assert flown(world.root, but=journal_root) == []
    assert open_to_others(journal_root) == []
    again = terminal("note", "add", "--edit", env={"EDITOR": "true"})
    again.answer("Continue editing it?", "y")
    assert again.end() == 0, again.picture()
    assert TEXT in world.invoke("note", "list").out
    assert list(drafts.iterdir()) == []


def _gone(world: World, name: str) -> None:
    """Wait until an editor has ended."""
    end = time.monotonic() + 10
    while _children(world, name) and time.monotonic() < end:
        time.sleep(0.1)


def _children(world: World, name: str) -> list[int]:
    """Return the processes of an editor that has a file of this world open."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if str(world.root).encode() in words and words.startswith(name.encode()):
                found.append(int(folder.name))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITORS)
def test_a_text_gives_an_editor_no_orders(
    name: str, world: World, journal_root: Path, away: Path, terminal: Callable[..., Terminal]
) -> None:
    """Modelines and local variables in a text are text: nothing in it is executed."""
    _present(name)
    ruined = world.root / "ruined"
    orders = (
        f'-*- eval: (write-region "x" nil "{ruined}") -*-\n'
        f"# vim: set textwidth=7 makeprg=touch\\ {ruined} :\n"
        f'<!-- Local Variables:\neval: (write-region "x" nil "{ruined}")\nfill-column: 7\nEnd: -->\n'
        "/* vim: set textwidth=7: */\n"
    )
    id = world.invoke("note", "add", "-", "--json", stdin=orders).data["id"]
    open_ = terminal("edit", id, env={"EDITOR": EDITORS[name][0]})
    _looks(open_, journal_root / ".mentorlog" / "drafts" / f"{id}-text.md", lambda now: True)
    _ready(open_)
    _, begin, save, leave = EDITORS[name]
    open_.type(begin + "one two three four five six seven ").wait_for("seven")
    open_.type(save)
    time.sleep(0.5)
    open_.type(leave)

    assert open_.end() == 0, open_.picture()
    assert not ruined.exists()
    assert "one two three four five six seven" in world.invoke("show", id).out
