"""Runs that scripts make and people rarely do: no terminal, a strange time zone, outputs that go away, stdin."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Run = Callable[..., Ran]


@pytest.fixture
def editor(world: World) -> Callable[[str], dict[str, str | None]]:
    """Make a shell script the editor; `$1` is the draft."""

    def make(script: str) -> dict[str, str | None]:
        program = world.root / "bin" / "scribble"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"EDITOR": str(program)}

    return make


def apart(world: World, *arguments: str, env: dict[str, str | None] | None = None) -> Ran:
    """Run the program where no terminal is to be had, its stdin a pipe that nobody ends."""
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "mentorlog", *arguments],
            stdin=reading, capture_output=True, text=True, start_new_session=True, timeout=60,
            env=world.variables(env), cwd=world.work,
        )  # fmt: skip
    finally:
        os.close(reading)
        os.close(writing)
    return Ran(done.returncode, done.stdout, done.stderr)


# An editor without a terminal


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["note", "add", "--edit", "--json"], "--edit"),
        (["note", "add", "--edit"], "--edit"),
        (["edit", "osler"], "edit"),
        (["edit", "osler", "--notes"], "edit"),
        (["review", "--form"], "--form"),
    ],
)
def test_no_editor_opens_without_a_terminal(words: list[str], named: str, world: World, invoke: Run) -> None:
    """Where no variable names an editor none is started that nobody could see or leave."""
    invoke("mentor", "add", "William Osler")

    ran = apart(world, *words)

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {named} opens an editor, which needs a terminal.\nhint: ")


def test_what_an_editor_prints_is_no_result(world: World, journal_root: Path, editor: Callable[..., dict]) -> None:
    """A named editor runs without a terminal; what it prints goes to stderr, and stdout is one document."""
    ran = apart(world, "note", "add", "--edit", "--json", env=editor('echo chatter; echo "A thought" >> "$1"'))

    assert ran.exit == 0
    assert json.loads(ran.out)["data"]["text"] == "A thought"
    assert "chatter" in ran.err


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["edit", "osler"], "mentor"),
        (["edit", "osler", "--notes"], "mentor"),
        (["edit", "profile"], "profile"),
        (["note", "add", "--edit"], None),
        (["task", "add", "Draft abstract", "--edit"], None),
        (["ask", "osler", "--edit"], None),
        (["meeting", "log", "osler", "--edit"], None),
        (["review", "--form"], None),
    ],
)
def test_an_unchanged_text_is_one_document_too(
    words: list[str], kept: str | None, invoke: Run, editor: Callable[..., dict]
) -> None:
    """With --json data is the record that stays as it was, null where there is none yet."""
    invoke("mentor", "add", "William Osler")

    ran = invoke(*words, "--json", env=editor("true"))

    assert ran.exit == 0
    assert (ran.data and ran.data["record"]) == kept
    assert "nothing was saved" in ran.err


def test_a_strange_editor_is_told_of_once_it_ran(invoke: Run, editor: Callable[..., dict]) -> None:
    """An editor that was never started, or failed, has kept no copies."""
    missing = invoke("note", "add", "--edit", env={"EDITOR": "/nowhere/scribble"})
    failed = invoke("note", "add", "--edit", env=editor("exit 3"))  # and wrote nothing
    ran = invoke("note", "add", "--edit", env=editor('echo x >> "$1"'))
    again = invoke("note", "add", "--edit", env=editor('echo y >> "$1"'))

    assert ["may save copies" in one.err for one in (missing, failed, ran, again)] == [False, False, True, False]


# The clock


@pytest.mark.parametrize("words", [[], ["status"], ["goal", "add", "Aim"]], ids=" ".join)
@pytest.mark.parametrize("now", [None, "2026-11-23"])
def test_a_time_zone_that_is_none(words: list[str], now: str | None, run: Run) -> None:
    """It is told in one sentence, whatever the command."""
    ran = run(*words, env={"TZ": "UTC+25", "MENTORLOG_NOW": now})

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err == "error: TZ is not a time zone: 'UTC+25'.\nhint: use a value like Europe/Berlin, or unset it\n"


def test_completion_needs_no_time_zone(world: World, journal_root: Path) -> None:
    """A shell that completes has no place for errors, and its answers do not depend on the clock."""
    world.invoke("mentor", "add", "William Osler")
    ran = world.run("mentorlog show os", env={"_MENTORLOG_COMPLETE": "bash", "TZ": "UTC+25"})

    assert (ran.exit, ran.out, ran.err) == (0, "words\nosler\n", "")


def test_a_clock_with_an_offset_needs_no_time_zone(run: Run) -> None:
    """An instant says its offset itself."""
    assert run("status", env={"TZ": "UTC+25"}).exit == 0


# Outputs that go away


def drafts(world: World) -> list[str]:
    """Return the names of the texts that lie in the journal unsaved."""
    folder = world.journal / ".mentorlog" / "drafts"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_saved_text_leaves_no_draft_where_nobody_reads(
    world: World, journal_root: Path, editor: Callable[..., dict]
) -> None:
    """The pipe is closed after the change: what was written is saved, and is not offered again."""
    env = editor('echo "A thought" >> "$1"; sleep 0.5')

    status, said = world.shell("mentorlog note add --edit 2>/dev/null | true; echo ${PIPESTATUS[0]}", env=env)

    assert (status, said) == (0, "0\n")
    assert len(world.invoke("note", "list", "--json").data) == 1
    assert drafts(world) == []


def test_a_full_output_does_not_ask_for_the_change_again(
    world: World, journal_root: Path, editor: Callable[..., dict]
) -> None:
    """What failed came after the change: nobody is told to run the command again, and no draft is left."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")

    added = world.shell("mentorlog task add 'Draft abstract' > /dev/full")
    edited = world.shell("mentorlog note add --edit > /dev/full", env=editor('echo "A thought" >> "$1"'))

    for status, said in (added, edited):
        assert status == 5
        assert "hint: see what was saved: mentorlog history\nThe change was saved" in said
        assert "again" not in said
        assert "Traceback" not in said
    assert drafts(world) == []


# Files that are named


@pytest.mark.parametrize("words", [["review", "--answers"], ["import", "json"]], ids=" ".join)
def test_a_named_file_that_is_none(words: list[str], invoke: Run, world: World) -> None:
    """Missing, a folder, or in a file: the user can fix it, wherever a file is named; and is told how."""
    invoke("goal", "add", "Aim")
    (world.work / "folder").mkdir()
    (world.work / "file").write_text("x")

    missing, folder, through = (invoke(*words, name) for name in ("nowhere", "folder", "file/below"))

    assert [one.exit for one in (missing, folder, through)] == [1, 1, 1]
    assert missing.err.startswith("error: File not found: nowhere\nhint: ")
    assert folder.err.startswith("error: folder is a folder, not a file.\nhint: ")
    assert through.err.startswith("error: File not found: file/below\nhint: ")
    assert invoke(*words, "").err.startswith("error: The name of the file is empty.\nhint: ")
