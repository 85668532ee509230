"""What is said and written down of a bug, and what is not."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

import pytest

from world import World


def test_a_bug_is_told_without_a_word_of_the_user(fail: Callable[..., None], world: World) -> None:
    """An unexpected failure is one sentence, exit status 70, and a private file with places in the code only."""
    fail(KeyError("canary"))

    ran = world.invoke(env={"MENTORLOG_DEBUG": None})

    assert (ran.exit, ran.out) == (70, "")
    assert ran.err.startswith("error: This is a bug in mentorlog (KeyError).")
    (path,) = (world.home / ".local/state/mentorlog").glob("crash-*.txt")
    assert str(path) in ran.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert "builtins.KeyError" in text
    assert "cli/main.py:" in text
    assert "canary" not in text + ran.err


def test_a_bug_without_a_home_is_told(fail: Callable[..., None], world: World) -> None:
    """Where nothing can be written down the sentence stands alone."""
    fail(KeyError("canary"))
    ran = world.invoke(env={"HOME": None, "XDG_STATE_HOME": None})

    assert ran.exit == 70
    assert "No report could be saved." in ran.err


@pytest.mark.parametrize("how", ["option", "environment"])
def test_debug_shows_the_traceback(how: str, fail: Callable[..., None], world: World) -> None:
    """--debug or MENTORLOG_DEBUG prints the traceback instead."""
    fail(KeyError("canary"))
    ran = world.invoke("--debug") if how == "option" else world.invoke(env={"MENTORLOG_DEBUG": "1"})

    assert ran.exit == 70
    assert "Traceback (most recent call last):" in ran.err
    assert "KeyError: 'canary'" in ran.err
    assert not (world.home / ".local/state/mentorlog").exists()


@pytest.mark.parametrize("debug", [True, False])
def test_debug_works_without_a_parser(debug: bool, world: World) -> None:
    """A parser that cannot be imported reads no options: --debug, which the hint names, counts all the same."""
    (world.work / "typer.py").write_text("raise RuntimeError('another typer')\n")
    path = os.pathsep.join([str(world.work), os.environ["PYTHONPATH"]])
    ran = world.run("paths", *["--debug"] * debug, env={"PYTHONPATH": path})

    assert (ran.exit, ran.out) == (70, "")
    assert ("RuntimeError: another typer" in ran.err) is debug
    assert ran.err.endswith(
        "error: mentorlog failed: RuntimeError.\n" if debug else "hint: for a traceback, add --debug\n"
    )
