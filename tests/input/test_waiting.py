"""Editors that return before their text is saved, and how the user wrote the editor's command."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import EditorFailed, Unchanged
from mentorlog.input import editor
from mentorlog.input.editor import Command, EditorSession
from mentorlog.output.output import Output
from mentorlog.store.drafts import Drafts, command_of
from world import Ran, World

Invoke = Callable[..., Ran]


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    """The drafts of a session."""
    return Drafts(tmp_path / ".mentorlog" / "drafts")


@pytest.fixture
def said() -> io.StringIO:
    """What the session prints on stderr."""
    return io.StringIO()


@pytest.fixture
def session(drafts: Drafts, tmp_path: Path, said: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> EditorSession:
    """A session with an editor that returns at once."""
    program = tmp_path / "pad"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(program))
    return EditorSession(drafts.folder, Output(environ=os.environ, stderr=said), None, lambda: tmp_path / "state")


def environment(world: World, name: str = "pad", script: str = "") -> dict[str, str]:
    """The variables that make a script the editor, under a name."""
    program = world.root / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return {"EDITOR": str(program)}


# Editors that do not wait


def test_what_is_saved_later_is_not_lost(session: EditorSession, drafts: Drafts) -> None:
    """The draft of an editor that returns at once stays where it may still save; until then it is no unsaved text."""
    for template in ("", "# Agenda\n"):
        with pytest.raises(Unchanged, match=r"unchanged|empty") as told:
            session.write(template, "note")

        assert "is still open, save there and run the command again" in (told.value.hint or "")
        assert drafts.get("note.md") == template
        assert drafts.left() == ()
        drafts.path("note.md").write_text(f"{template}typed\n")
        assert drafts.left() == ("note.md",)
        drafts.drop("note.md")
        assert list(drafts.folder.iterdir()) == []


def test_the_next_run_does_not_ask_about_a_template(session: EditorSession, drafts: Drafts, said: io.StringIO) -> None:
    """A template that nobody touched is replaced by the next one without a word; what was typed is set aside."""
    for template in ("# One", "# Two"):
        with pytest.raises(Unchanged):
            session.write(template, "note")
    assert drafts.list() == ("note.md",)

    drafts.path("note.md").write_text("typed\n")
    with pytest.raises(Unchanged):
        session.write("# Three", "note")
    assert drafts.get("note-2.md") == "typed\n"
    assert f"Earlier unsaved text is in {drafts.path('note-2.md')}" in said.getvalue()


def test_a_text_given_with_the_command_is_saved_with_a_hint(session: EditorSession, said: io.StringIO) -> None:
    """What the command gave is meant; but if the editor is still open, its changes are not in it."""
    assert session.write("", "note", start="A text") == "A text"
    assert "hint: if " in said.getvalue()


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        ("code", "set EDITOR='code --wait'"),
        ("subl -n", "set EDITOR='subl --wait'"),
        ("gvim", "set EDITOR='gvim -f'"),
        ("open -a TextEdit", "set EDITOR='open -W'"),
        ("emacsclient -n", "leave out -n"),
        ("xdg-open", "add its option for that, such as EDITOR='code --wait', 'subl -w', 'gvim -f' or 'open -W'"),
        ("my-script", "add its option for that"),
    ],
)
def test_the_option_by_which_it_waits_is_named(command: str, remedy: str) -> None:
    """The hint has the option of a known editor, else examples; mentorlog passes a known one itself."""
    argv = command.split()
    hint = editor._how_to_wait(Command(argv, argv[0]), argv[0])

    assert hint.startswith(f"if {argv[0]} is still open")
    assert remedy in hint
    if remedy.startswith("set"):
        assert remedy.rpartition(" ")[2].rstrip("'") in editor._flags(argv)


@pytest.mark.parametrize("command", ["vim", "nano", "hx", "micro", "code --wait", "subl -w", "emacsclient", "kate -b"])
def test_an_editor_that_waits_is_no_riddle(command: str) -> None:
    """An editor in the terminal, or with its option, has ended: an unchanged text was left unchanged."""
    argv = command.split()

    assert editor._how_to_wait(Command(argv, argv[0]), argv[0]) == ""


@pytest.mark.parametrize(
    ("words", "draft", "shown"),
    [
        (["note", "add", "--edit"], "note.md", "mentorlog note add --edit"),
        (["meeting", "log", "osler", "--edit"], "meeting-osler.md", "mentorlog meeting log osler --edit"),
        (["ask", "osler", "--edit"], "question-osler.md", "mentorlog ask osler --edit"),
        (["edit", "osler", "--notes"], "osler-notes.md", "mentorlog edit osler --notes"),
        (["edit", "osler"], "osler.toml", "mentorlog edit osler"),
        (["task", "add", "Draft", "--edit"], "instructions.md", "mentorlog task add --edit"),
        (["review", "--form"], "review-form.toml", "mentorlog review --form"),
    ],
)
def test_status_names_what_was_saved_late(
    words: list[str], draft: str, shown: str, invoke: Invoke, world: World, journal_root: Path
) -> None:
    """A text that the editor saved after the command had ended is named by `status` and `doctor`, with its command."""
    invoke("mentor", "add", "William Osler")
    ran = invoke(*words, env=environment(world, "code"))
    assert ran.exit == 0
    assert "unchanged" in ran.err or "empty" in ran.err
    assert "to make it wait, set EDITOR='" in ran.err and "code --wait'" in ran.err
    assert "Unsaved" not in invoke().out
    path = journal_root / ".mentorlog" / "drafts" / draft

    path.write_text(f"{path.read_text()}\nnotes = 'late'\n")

    assert f"Unsaved text; continue with:\n  {shown}\n" in invoke().out
    assert invoke("status", "--json").data["unsaved_texts"] == [{"path": str(path), "command": shown}]
    assert f"continue with: {shown}" in " ".join(invoke("doctor").out.split())


def test_every_draft_has_its_command() -> None:
    """Of a draft that is set aside, and of what is no draft of ours, the path is shown instead."""
    assert command_of("t4m2x-outcome.md") == "mentorlog task done t4m2x --edit"
    assert command_of("n4m2x-outcome.md") == "mentorlog note close n4m2x --edit"
    assert command_of("t4m2x-comment.md") == "mentorlog task return t4m2x --edit"
    assert command_of("meeting-plan.md") == "mentorlog meeting plan --edit"
    for name in ("note-2.md", "meeting-osler-2.md", "outcome.md", "strange", ".x"):
        assert command_of(name) is None


def test_a_text_set_aside_is_named_by_its_path(invoke: Invoke, journal_root: Path) -> None:
    """What no command opens is shown where it is, in an empty journal too."""
    folder = journal_root / ".mentorlog" / "drafts"
    folder.mkdir()
    (folder / "note-2.md").write_text("typed")

    assert f"Unsaved text in:\n  {folder / 'note-2.md'}\n" in invoke().out


def test_a_text_before_the_first_journal_is_named(world: World) -> None:
    """Without a journal the drafts are among the program's own files, and `status` looks there."""
    env = {"MENTORLOG_JOURNAL": None, **environment(world)}
    world.invoke("note", "add", "--edit", env=env)
    (path,) = (world.home / ".local" / "state").rglob("note.md")
    path.write_text("typed")

    assert "Unsaved text; continue with:\n  mentorlog note add --edit\n" in world.invoke(env=env).out


# The editor's command, as the user wrote it


@pytest.mark.parametrize("setting", ["~/x y/pad", "$HOME/x\\ y/pad", "${HOME}/x\\ y/pad -n", "'~/x y/pad' -n"])
def test_home_and_variables_are_expanded(setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a shell, after the words are split; a path with a blank works as it is."""
    program = tmp_path / "x y" / "pad"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EDITOR", setting)

    assert editor.command().argv[0] == str(program)


@pytest.mark.parametrize("setting", ["~/no/pad", "$HOME/pad", "~nobody-here/pad", "/no/Pad", "pad-2"])
def test_the_editor_is_named_as_it_was_given(
    setting: str, session: EditorSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An error has the word of the user, not what became of it."""
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    monkeypatch.setenv("EDITOR", f"{setting} -x")

    with pytest.raises(EditorFailed) as told:
        session.write("", "note")
    assert f"Cannot start the editor {setting}: no such file" in told.value.sentence


def test_no_word_of_the_user_is_capitalised(invoke: Invoke, world: World) -> None:
    """A file, an editor and a name stand in a sentence as the user wrote them, at its beginning too."""
    invoke("mentor", "add", "van Gogh")
    (world.work / "answers.toml").write_bytes(b"worked = '\xff'\n")

    assert invoke("review", "--answers", "answers.toml").err.startswith("error: answers.toml is not UTF-8 (line 1).\n")
    invoke("mentor", "pause", "gogh")
    assert invoke("mentor", "pause", "gogh").out == "van Gogh is already paused; nothing changed.\n"
    id = invoke("meeting", "plan", "gogh", "--on", "fri", "--json").data["id"]
    assert invoke("meeting", "move", id, "fri").out.startswith(f"Meeting {id} with van Gogh is already on ")
