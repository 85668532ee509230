"""`mentorlog init` offers what jrnl and Taskwarrior have: looked for, read only after a yes, imported after another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import MentorlogError
from mentorlog.input.programs import output
from terminal import Terminal
from world import World

DATA = Path(__file__).parent.parent / "data" / "imports"
FRESH = {"MENTORLOG_JOURNAL": None}
LATER = "Import it at any time with:"
QUESTIONS = ("Your name", "Your stage", "Your program")


@pytest.fixture
def entries(world: World, journal_root: Path) -> Path:
    """The journal of jrnl in its usual place, that nobody has read yet."""
    file = world.home / ".local" / "share" / "jrnl" / "journal.txt"
    file.parent.mkdir(parents=True)
    shutil.copy(DATA / "jrnl-4.6.txt", file)
    os.utime(file, (0, file.stat().st_mtime))
    return file


@pytest.fixture
def tasks(world: World, journal_root: Path) -> Path:
    """The store of Taskwarrior, with a program that exports; its file `ran` is there once it ran."""
    store, ran = world.home / ".task", world.root / "ran"
    store.mkdir()
    (store / "pending.data").write_text("")
    program = world.root / "bin" / "task"
    program.write_text(f"#!/bin/sh\npwd > {ran}; echo $* >> {ran}; cat {DATA / 'taskwarrior-2.6.json'}\n")
    program.chmod(0o755)
    return ran


@pytest.fixture
def begun(terminal: Callable[..., Terminal]) -> Terminal:
    """`mentorlog init here` after its questions."""
    shown = terminal("init", "here", env=FRESH)
    for question in QUESTIONS:
        shown.answer(question, "")
    return shown


def test_nothing_is_read_before_a_yes(entries: Path, tasks: Path, begun: Terminal, world: World) -> None:
    """A no leaves both alone and says which commands import them later."""
    begun.answer("Found jrnl data", "n").answer("Found Taskwarrior data", "")

    assert begun.end() == 0
    assert entries.stat().st_atime == 0
    assert not tasks.exists()
    assert begun.text.count(LATER) == 2
    assert world.invoke("status", "--json", env=FRESH).data["counts"] == {}


def test_what_would_come_is_shown_before_it_comes(entries: Path, tasks: Path, begun: Terminal, world: World) -> None:
    """The dry run of each, a second question, and one change that one undo takes back."""
    begun.answer("Found jrnl data", "y").wait_for("Would import").answer("Import this?", "y").wait_for("Imported")
    begun.answer("Found Taskwarrior data", "y").wait_for("Would import").answer("Import this?", "n")

    assert begun.end() == 0
    assert entries.stat().st_atime > 0
    folder, words = tasks.read_text().splitlines()
    assert (folder, words.split()[-1], "rc.hooks=off" in words) == ("/", "export", True)
    counts = world.invoke("status", "--json", env=FRESH).data["counts"]
    assert (counts.get("note", 0) > 0, "task" in counts) == (True, False)
    assert world.invoke("undo", env=FRESH).out.startswith("Undone: import: ")
    assert world.invoke("status", "--json", env=FRESH).data["counts"] == {}


def test_people_are_added_after_a_yes(tasks: Path, begun: Terminal, world: World) -> None:
    """A new journal has no mentors, so those whom tasks name can come with them; the program runs once."""
    begun.answer("Found Taskwarrior data", "y").wait_for("Would import").answer("Import this?", "y")
    begun.answer("Add these people", "y")

    assert begun.end() == 0
    assert len(tasks.read_text().splitlines()) == 2
    counts = world.invoke("status", "--json", env=FRESH).data["counts"]
    assert (counts["task"], counts["mentor"]) == (8, 3)


def test_what_cannot_be_read_is_said_and_the_journal_is_there(
    entries: Path, tasks: Path, begun: Terminal, world: World
) -> None:
    """An encrypted journal and a program that fails: one sentence each, exit 0."""
    entries.write_bytes(b"\x80\x04\xff" * 50)
    (world.root / "bin" / "task").write_text("#!/bin/sh\nexit 2\n")
    begun.answer("Found jrnl data", "y").wait_for("error:").answer("Found Taskwarrior data", "y")

    assert begun.end() == 0
    assert "The program task failed (exit status 2)." in begun.text
    assert world.invoke("status", env=FRESH).exit == 0


def test_interrupted_at_an_offer(entries: Path, tasks: Path, begun: Terminal, world: World) -> None:
    """Ctrl-C is a no to all of them: the journal is there already."""
    begun.wait_for("Found jrnl data").press("ctrl-c")

    assert begun.end() == 0
    assert begun.text.count(LATER) == 1
    assert (world.work / "here" / "journal.toml").exists()


@pytest.mark.parametrize("words", [("--no-input",), ("--json",)])
def test_nothing_is_offered_to_a_script(words: tuple[str, ...], entries: Path, world: World) -> None:
    """Nor to somebody who selects a journal that is there."""
    ran = world.invoke("init", "here", *words, env=FRESH)

    assert (ran.exit, "jrnl" in ran.out + ran.err) == (0, False)
    assert entries.stat().st_atime == 0


def test_the_output_of_a_program(tmp_path: Path) -> None:
    """What it prints, within a limit; otherwise an error with the hint."""
    assert output(["echo", "x"], 10, "do it") == b"x\n"
    for words in (["false"], ["no-such-program"], ["echo", "0123456789"]):
        with pytest.raises(MentorlogError) as refused:
            output(words, 10, "do it")
        assert refused.value.hint == "do it"
