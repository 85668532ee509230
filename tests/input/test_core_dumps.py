"""What is typed is in no core dump: the limit is 0 before the text is there, for the editor too."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from world import World

HARD = resource.getrlimit(resource.RLIMIT_CORE)[1]
pytestmark = pytest.mark.skipif(HARD == 0, reason="no core dumps are allowed here")


def _allow() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (HARD, HARD))


def test_the_editor_and_whatever_it_starts(world: World, journal_root: Path) -> None:
    """The editor has the limit of the program that started it."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mentorlog", "note", "add", "--edit"],
        env=world.variables({"EDITOR": "sh -c 'ulimit -c > $0'"}),
        capture_output=True,
        preexec_fn=_allow,
    )

    assert done.returncode == 0, done.stderr
    assert '"0"' in next((journal_root / "notes").iterdir()).read_text()


@pytest.mark.parametrize("words", [["note", "add", "-"], ["goal", "add", "Aim", "--why", "-"]])
def test_a_text_from_stdin(words: list[str], world: World, journal_root: Path) -> None:
    """A text that is piped in or typed at the terminal is as private."""
    kept = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        _allow()
        assert world.invoke(*words, stdin="Something").exit == 0
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, HARD)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, kept)


def test_a_command_that_is_given_nothing_to_type_loads_nothing(world: World, journal_root: Path) -> None:
    """The limit costs no other command anything."""
    code = (
        "import sys; from mentorlog.cli.main import main; main(['goal', 'add', 'A']); print('resource' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], env=world.variables(), capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "False"


def test_a_question_on_a_terminal(terminal: Callable[..., Any]) -> None:
    """While a question waits, a crash or Ctrl-\\ leaves no image of the program."""
    limits = Path("/proc/self/limits")
    if not limits.exists():
        pytest.skip("there is no /proc here")
    kept = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        _allow()
        asked = terminal("note", "add").wait_for("?")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, kept)

    of_program = limits.parent.with_name(str(asked._program.pid)) / "limits"
    (line,) = (line for line in of_program.read_text().splitlines() if line.startswith("Max core file size"))
    assert line.split()[4] == "0"
