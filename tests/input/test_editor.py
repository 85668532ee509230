"""The user's editor: real scripts as $EDITOR, and texts that are never lost."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import BadValue, EditorFailed, Unchanged
from mentorlog.input import editor
from mentorlog.input.editor import EditorSession
from mentorlog.output.output import Output
from world import World

Set = Callable[[str], Path]


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """The folder of the drafts."""
    return tmp_path / ".mentorlog" / "drafts"


@pytest.fixture
def said() -> io.StringIO:
    """What the desk says on stderr."""
    return io.StringIO()


@pytest.fixture
def desk(drafts: Path, tmp_path: Path, said: io.StringIO) -> EditorSession:
    """A desk where nobody is asked."""
    return EditorSession(drafts, Output(environ=os.environ, stderr=said), None, lambda: tmp_path / "state")


@pytest.fixture
def set_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Set:
    """Make a shell script the editor; `$1` is the draft."""

    def use(script: str) -> Path:
        program = tmp_path / "my editor"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(program))
        return program

    return use


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


# What comes of an edit


def test_what_is_written_comes_back(desk: EditorSession, drafts: Path, set_editor: Set) -> None:
    """The text is what the editor leaves; its draft is private, and stays until what it is for is saved."""
    set_editor('stat -c %a "$1" > "$(dirname "$0")/mode"; printf "Met Osler.\\r\\nAll well.\\n" > "$1"')

    assert desk.write("", "note") == "Met Osler.\nAll well."
    assert (drafts.parents[1] / "mode").read_text() == "600\n"
    assert stat.S_IMODE(drafts.stat().st_mode) == 0o700
    assert names(drafts) == ["note.md"]

    desk.clear()
    assert names(drafts) == []


def test_a_template_is_offered(desk: EditorSession, set_editor: Set) -> None:
    """The editor begins with the template, and a text that ended with a line end keeps it."""
    set_editor('echo "- Abstract" >> "$1"')

    assert desk.write("# Agenda\n", "meeting") == "# Agenda\n- Abstract\n"


@pytest.mark.parametrize("script", ["true", 'touch "$1"', 'echo >> "$1"'])
def test_an_unchanged_text_changes_nothing(
    script: str, desk: EditorSession, drafts: Path, set_editor: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that is left as it was is no text; no draft stays, if the editor ends when the text is closed."""
    monkeypatch.setenv("EDITOR", str(set_editor(script).rename(drafts.parents[1] / "hx")))

    with pytest.raises(Unchanged, match="unchanged") as told:
        desk.write("# Agenda", "meeting")
    assert told.value.exit_code == 0
    assert names(drafts) == []


@pytest.mark.parametrize("script", [': > "$1"', 'printf " \\n\\n" > "$1"'])
def test_an_emptied_text_changes_nothing(script: str, desk: EditorSession, drafts: Path, set_editor: Set) -> None:
    """An editor that empties the file changes nothing and says so."""
    set_editor(script)

    with pytest.raises(Unchanged, match="empty"):
        desk.write("# Agenda", "meeting")
    assert names(drafts) == []


def test_a_start_that_is_left_is_taken(desk: EditorSession, set_editor: Set) -> None:
    """A text that the command itself gave is meant, whether or not it is edited further."""
    set_editor("true")

    assert desk.write("", "note", start="A text") == "A text"


# Editors that fail


def test_a_missing_editor_is_told(desk: EditorSession, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that is not there is named; nothing was typed, so nothing is kept."""
    monkeypatch.setenv("EDITOR", "no-such-editor --flag")

    with pytest.raises(EditorFailed, match="Cannot start the editor no-such-editor: no such file"):
        desk.write("# Agenda", "meeting")
    assert names(drafts) == []


@pytest.mark.parametrize(
    ("script", "how"), [("exit 3", "status 3"), ("kill -9 $$", "signal 9"), ("exit 127", "not found")]
)
def test_a_failing_editor_keeps_the_text(
    script: str, how: str, desk: EditorSession, drafts: Path, set_editor: Set, said: io.StringIO
) -> None:
    """What was typed before the editor failed stays, and its path is printed."""
    set_editor(f'echo typed > "$1"; {script}')

    with pytest.raises(EditorFailed, match=how):
        desk.write("", "note")
    desk.keep()
    assert (drafts / "note.md").read_text() == "typed\n"
    assert f"Your text is saved in {drafts / 'note.md'}\n" in said.getvalue()


def test_a_text_that_is_no_utf8_is_kept(desk: EditorSession, drafts: Path, set_editor: Set) -> None:
    """Bytes that are no UTF-8 are refused, never guessed at, and stay in the draft."""
    set_editor('printf "R\\366ntgen" > "$1"')

    with pytest.raises(BadValue, match="UTF-8"):
        desk.write("", "note")
    assert (drafts / "note.md").read_bytes() == b"R\xf6ntgen"


def test_a_text_that_is_taken_away_is_told(desk: EditorSession, set_editor: Set) -> None:
    """An editor that removes the file is no answer."""
    set_editor('rm "$1"')

    with pytest.raises(EditorFailed, match="deleted the file"):
        desk.write("", "note")


# What an earlier run left


def test_a_left_text_is_set_aside(desk: EditorSession, drafts: Path, set_editor: Set, said: io.StringIO) -> None:
    """Where nobody can be asked a text that was never saved gets a number, and its path is printed."""
    set_editor('echo new > "$1"')
    drafts.mkdir(parents=True)
    (drafts / "note.md").write_text("old")
    (drafts / "note-2.md").write_text("older")

    desk.write("", "note")

    assert (drafts / "note-3.md").read_text() == "old"
    assert (drafts / "note-2.md").read_text() == "older"
    assert f"is in {drafts / 'note-3.md'}" in said.getvalue()


@pytest.mark.parametrize(("answer", "expected"), [(True, "old new"), (False, "new")])
def test_a_left_text_is_offered(answer: bool, expected: str, drafts: Path, tmp_path: Path, set_editor: Set) -> None:
    """On a terminal the user says whether to go on with what a crash left; it is never overwritten."""
    set_editor('printf " new" >> "$1"')
    drafts.mkdir(parents=True)
    (drafts / "note.md").write_text("old")
    asked: list[str] = []

    def confirm(question: str, default: bool) -> bool:
        asked.append(question)
        return answer

    desk = EditorSession(drafts, Output(environ=os.environ), confirm, lambda: tmp_path / "state")

    assert desk.write("", "note").strip() == expected
    assert str(drafts / "note.md") in asked[0]
    assert any(path.read_text().startswith("old") for path in drafts.iterdir())


def test_a_failing_editor_leaves_an_old_text(drafts: Path, tmp_path: Path, set_editor: Set) -> None:
    """A text that an earlier run left outlives an editor that fails at once."""
    set_editor("exit 1")
    drafts.mkdir(parents=True)
    (drafts / "note.md").write_text("old")
    desk = EditorSession(drafts, Output(environ=os.environ), lambda question, default: True, lambda: tmp_path / "state")

    with pytest.raises(EditorFailed):
        desk.write("", "note")
    assert (drafts / "note.md").read_text() == "old"


# Documents that are checked


def wants(word: str) -> Callable[[str, int], object]:
    """A check that refuses every text without the word."""

    def check(text: str, first_line: int) -> None:
        if word not in text:
            raise BadValue("title", f"There is no {word} -- in it.")

    return check


def test_a_refused_document_is_offered_again(drafts: Path, tmp_path: Path, set_editor: Set) -> None:
    """What the check refuses comes back with the reason on top, which is no part of the text."""
    seen = tmp_path / "seen"
    set_editor(f'cat "$1" >> "{seen}"; grep -q bad "$1" && sed -i s/bad/good/ "$1" || echo bad >> "$1"; exit 0')
    desk = EditorSession(drafts, Output(environ=os.environ), lambda question, default: True, lambda: tmp_path / "state")

    assert desk.revise('title = "x"\n', "g7k3q", wants("good")) == 'title = "x"\ngood\n'
    assert "# mentorlog: There is no good - - in it.\n" in seen.read_text()


def test_a_refused_document_is_kept(desk: EditorSession, drafts: Path, set_editor: Set) -> None:
    """Where nobody can be asked again the error stands, and the text stays."""
    set_editor('echo bad >> "$1"')

    with pytest.raises(BadValue):
        desk.revise("x", "g7k3q", wants("good"))
    assert (drafts / "g7k3q.toml").read_text() == "xbad\n"


# Which editor, and how it is started


def test_visual_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """$VISUAL, then $EDITOR with its own arguments, then one that is found."""
    monkeypatch.setenv("EDITOR", "ed -s 'a b'")
    assert editor.command().argv == ["ed", "-s", "a b"]

    monkeypatch.setenv("VISUAL", "vim")
    assert editor.command().argv == ["vim"]


def test_no_editor_at_all_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is none the way without one is named."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EditorFailed, match="No editor found") as told:
        editor.command()
    assert "reads stdin" in (told.value.hint or "")


def test_quotes_that_do_not_close_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An EDITOR that is no command line is an error of its own."""
    monkeypatch.setenv("EDITOR", "vim 'x")

    with pytest.raises(EditorFailed, match="EDITOR is not a command"):
        editor.command()


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("nano", "-I"),
        ("emacs-29.1", "--eval"),
        ("code", "--wait"),
        ("nvim", "NONE"),
        ("gvim", "-f"),
        ("vim.tiny", "NONE"),
    ],
)
def test_editors_that_wander_get_flags(
    name: str, flag: str, desk: EditorSession, set_editor: Set, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor keeps no copies elsewhere, or is waited for; its last argument is the draft, and no user text."""
    program = tmp_path / name
    set_editor('printf "%s\\n" "$@" > "$(dirname "$0")/args"; for last; do :; done; echo x >> "$last"').rename(program)
    monkeypatch.setenv("EDITOR", str(program))

    desk.write("canary", "note")

    arguments = (tmp_path / "args").read_text()
    assert flag in arguments.splitlines()
    assert arguments.endswith("/drafts/note.md\n")
    assert "canary" not in arguments


def test_a_strange_editor_is_warned_of_once(desk: EditorSession, set_editor: Set, said: io.StringIO) -> None:
    """Of an editor that we know no flags for it is said once on this machine that it may save copies."""
    set_editor('echo x >> "$1"')

    desk.write("", "note")
    desk.write("", "other")

    assert said.getvalue().count("may save copies") == 1


@pytest.mark.skipif(not shutil.which("vim"), reason="there is no vim here")
def test_vim_keeps_nothing_elsewhere(
    world: World, desk: EditorSession, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the vimrc says: swap lies beside the draft, no undo, backup or history file anywhere, no modeline."""
    away = world.home / "away"
    away.mkdir()
    (world.home / ".vimrc").write_text(
        f"set directory={away}// backupdir={away} undodir={away} backup writebackup undofile modeline\n"
    )
    monkeypatch.setenv("TERM", "dumb")
    swap = world.root / "swap"
    keys = [
        "vim -es",
        f"-c 'redir > {swap}' -c 'silent swapname' -c 'silent set modeline? textwidth?' -c 'redir END'",
        "-c 'normal Gocanary' -c 'w' -c 'normal Gomore' -c 'wq'",
    ]
    program = world.root / "bin" / "vim"
    program.write_text(f'#!/bin/sh\nexec {shutil.which("vim")} {" ".join(keys)[len("vim ") :]} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))

    text = desk.write("vim: set textwidth=13 :\n", "note")

    assert text == "vim: set textwidth=13 :\ncanary\nmore\n"
    told = swap.read_text()
    assert "nomodeline" in told
    assert "textwidth=13" not in told
    assert str(drafts) in told, told
    assert list(away.iterdir()) == []
    assert not (world.home / ".viminfo").exists()
    assert names(drafts) == ["note.md"]


def test_ctrl_c_belongs_to_the_editor(world: World) -> None:
    """An interrupt while the editor runs reaches the editor alone, which has its usual handler."""
    script = world.root / "editor"
    script.write_text("#!/bin/sh\nkill -INT $PPID\ntrap 'exit 0' INT\nsleep 0.1\necho x > \"$1\"\n")
    script.chmod(0o755)
    code = (
        "import os, pathlib; from mentorlog.input.editor import EditorSession as Session; "
        "from mentorlog.output.output import Output\n"
        f"desk = Session(pathlib.Path({str(world.root / 'd/drafts')!r}), Output(environ={{}}), None, pathlib.Path)\n"
        "print(desk.write('', 'note'))"
    )
    (world.root / "d").mkdir()

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "EDITOR": str(script)},
        capture_output=True,
        text=True,
        cwd=world.work,
    )

    assert (done.returncode, done.stdout) == (0, "x\n"), done.stderr


@pytest.mark.parametrize("script", ["exit 1", "true"])
def test_a_swap_is_never_thrown_away_unread(script: str, desk: EditorSession, drafts: Path, set_editor: Set) -> None:
    """An editor that ends with nothing saved, but leaves a swap: the draft and the swap stay."""
    set_editor(f'echo typed > "$(dirname "$1")/.note.md.swp"; {script}')

    with pytest.raises((EditorFailed, Unchanged)):
        desk.write("", "note")

    assert names(drafts) == [".note.md.swp", "note.md"]


def test_flags_of_the_user_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags that the user gives too are no reason to leave out ours, or half of them."""
    assert editor._flags(["vim", "-i", "NONE", "-c", "startinsert"]) == editor._flags(["vim"])
    assert editor._flags(["code", "-w"]) == []
