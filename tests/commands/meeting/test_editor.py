"""`mentorlog meeting log` and the editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.meeting.conftest import Run, content, data, planned
from terminal import Terminal


@pytest.fixture
def editor(world: Any) -> Callable[[str], dict[str, str]]:
    """An $EDITOR that runs a shell line on the file, `$1`, and keeps what it was given."""

    def make(line: str) -> dict[str, str]:
        program = world.root / "bin" / "hx"
        program.write_text(f'#!/bin/sh\ncp "$1" {world.work}/given\n{line}\n')
        program.chmod(0o755)
        return {"EDITOR": str(program)}

    return make


def test_the_editor_begins_with_what_to_prepare(
    invoke: Run, editor: Callable[[str], dict[str, str]], world: Any
) -> None:
    """An empty line for the cursor; then the agenda of the plan, and a comment, which is not kept.

    So in every template: a comment never stands where the cursor does.
    """
    planned(invoke, "osler", "--on", "today", "-a", "Choice of journal")
    env = editor("""sed -i '1s/^$/We met.\\n- [ ] @me Draft/' "$1" """)
    found = data(invoke, "meeting", "log", "osler", "--edit", env=env)
    given = (world.work / "given").read_text()

    assert given.startswith(
        "\n\n## Agenda\n\n- Choice of journal\n\n<!-- This comment is not saved.\n\nWilliam Osler: Mon "
    )
    assert "My questions\n  n4m2x  Which journal?" in given
    assert given.endswith("-->\n")
    (task,) = found["new_tasks"]
    assert found["notes"] == f"We met.\n- [ ] @me Draft ({task['id']})\n\n## Agenda\n\n- Choice of journal"


def test_a_draft_of_yesterday_brings_no_comment_along(
    terminal: Callable[..., Terminal], editor: Callable[[str], dict[str, str]], invoke: Run
) -> None:
    """What there was to prepare may have changed since an unsaved text was begun: its comment is not saved either."""
    invoke("meeting", "log", "osler", "--edit", env=editor("""sed -i '1s/^$/Typed./' "$1"; exit 1"""))
    invoke("ask", "osler", "Another question?")

    screen = terminal("meeting", "log", "osler", "--edit", env=editor("true"))
    screen.wait_for("Continue editing it?")
    screen.type("y\n")
    screen.wait_for("Logged meeting")

    assert data(invoke, "meeting", "list")[0]["notes"] == "Typed."


def test_an_editor_left_alone_logs_nothing(
    invoke: Run, editor: Callable[[str], dict[str, str]], journal_root: Path
) -> None:
    """An unchanged buffer changes nothing and says so."""
    before = content(journal_root)
    ran = invoke("meeting", "log", "osler", "--edit", env=editor("true"))

    assert (ran.exit, ran.out) == (0, "")
    assert ran.err == "The text is unchanged; nothing was saved.\n"
    assert content(journal_root) == before


def test_what_cannot_be_saved_is_refused_before_the_editor(
    invoke: Run, editor: Callable[[str], dict[str, str]], world: Any
) -> None:
    """Nobody types pages to be told then that the date was wrong."""
    ran = invoke("meeting", "log", "osler", "--edit", "--usefulness", "9", env=editor("true"))

    assert (ran.exit, (world.work / "given").exists()) == (1, False)


def test_a_terminal_opens_the_editor(
    terminal: Callable[..., Terminal], editor: Callable[[str], dict[str, str]], invoke: Run
) -> None:
    """Where somebody is there to write, and nothing is said yet."""
    env = editor("""printf 'Written here.' > "$1" """)

    terminal("meeting", "log", "osler", env=env).wait_for("Logged meeting")
    terminal("meeting", "log", "curie", "--no-input", env=env).wait_for("Logged meeting")

    notes = {found["mentors"][0]: found["notes"] for found in data(invoke, "meeting", "list")}
    assert notes == {"osler": "Written here.", "curie": None}
