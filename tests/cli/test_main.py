"""The program from outside: its clock, its streams, and every way to fail."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import NeedsDoctor
from world import World


def test_a_bare_mentorlog_needs_no_parser(world: World, journal_root: Path) -> None:
    """What has no arguments does not import typer, and shows what status shows."""
    code = "import sys; from mentorlog.cli.main import main; main([]); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.stdout.endswith("False\n")
    assert done.stdout.removesuffix("False\n") == world.invoke("status").out == world.invoke("--plain").out


@pytest.mark.parametrize(
    "said", ["2027-02-03", "2027-02-03T09:00:00+01:00", "2027-02-03T09:00", "2027-02-03T23:30:00Z"]
)
def test_the_clock_can_be_set(said: str, world: World, journal_root: Path) -> None:
    """MENTORLOG_NOW is a date or an instant, and today is the date as it is written."""
    assert world.invoke("status", "--json", env={"MENTORLOG_NOW": said}).data["today"] == "2027-02-03"


def test_a_day_that_the_clocks_skipped(world: World, journal_root: Path) -> None:
    """Today is the date as it is written, even where it never was: Samoa went from 29 to 31 December 2011."""
    ran = world.run("status", "--json", env={"MENTORLOG_NOW": "2011-12-30", "TZ": "Pacific/Apia"})

    assert ran.data["today"] == "2011-12-30"


@pytest.mark.parametrize(
    "said", ["yesterday", "2027-02-30", "03/02/2027", "0001-01-01", "9999-12-31T23:59:59-23:59", "x" * 999]
)
def test_a_clock_that_is_none_is_told(said: str, world: World, journal_root: Path) -> None:
    """A MENTORLOG_NOW that cannot be read is an error, never today."""
    ran = world.invoke("paths", env={"MENTORLOG_NOW": said})

    assert (ran.exit, ran.out) == (1, "")
    assert "MENTORLOG_NOW is not a date or time" in ran.err


def test_the_clock_is_right_without_it(world: World, journal_root: Path) -> None:
    """Without MENTORLOG_NOW it is now."""
    ran = world.invoke("status", "--json", env={"MENTORLOG_NOW": None})

    assert ran.data["today"] in (time.strftime("%Y-%m-%d"), ran.data["today"])


def interrupted_in_a_class() -> BaseException:
    """Ctrl-C while a class is made, which Python 3.11 puts into another exception."""

    class Named:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    try:
        type("Owner", (), {"named": Named()})
    except (RuntimeError, KeyboardInterrupt) as failure:
        return failure
    raise AssertionError


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [
        (OSError(28, "No space left on device", "/x/y"), 5, "error: Cannot access /x/y: no space left on device."),
        (PermissionError(13, "Permission denied"), 5, "error: Disk error: permission denied."),
        (KeyboardInterrupt(), 130, "error: Interrupted.\nhint: see what was saved: mentorlog history\n"),
        (interrupted_in_a_class(), 130, "error: Interrupted.\nhint: see what was saved: mentorlog history\n"),
        (
            NeedsDoctor("A record is broken."),
            3,
            "error: A record is broken.\nhint: run: mentorlog doctor",
        ),
        (RecursionError(), 70, "error: This is a bug in mentorlog (RecursionError)."),
        (BrokenPipeError(32, "Broken pipe"), 0, ""),
    ],
)
@pytest.mark.parametrize("words_before", [[], ["--plain"]])
def test_every_failure_has_its_status(
    words_before: list[str],
    failure: BaseException,
    status: int,
    words: str,
    fail: Callable[..., None],
    world: World,
) -> None:
    """One boundary: a sentence, a hint, the exit status of DESIGN; with and without the parser."""
    fail(failure)
    ran = world.invoke(*words_before)

    assert (ran.exit, ran.out) == (status, "")
    assert ran.err.startswith(words)
    assert "Traceback" not in ran.err


def test_a_closed_pipe_is_quiet(world: World) -> None:
    """Nobody reads the end of the help: no word about it, status 0."""
    for words in ("--help", "paths", "paths --json"):
        status, said = world.shell(f"set -o pipefail; mentorlog {words} | head -c 1 >/dev/null")
        assert (status, said) == (0, "")
    status, said = world.shell("set -o pipefail; mentorlog paths | true")
    assert (status, said) == (0, "")


def test_closed_outputs_are_quiet(world: World) -> None:
    """Outputs that are closed from the start swallow what is said."""
    assert world.shell("mentorlog paths >&-") == (0, "")
    assert world.shell("mentorlog xyzzy 2>&-") == (2, "")


def test_a_full_output_is_told(world: World) -> None:
    """An output that cannot take the result is no success."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    for buffered in ("", "unset PYTHONUNBUFFERED; "):
        for words in ("paths", "--help"):
            status, said = world.shell(f"{buffered}mentorlog {words} > /dev/full")
            assert status == 5
            assert "no space left" in said
            assert "Traceback" not in said
        assert world.shell(f"{buffered}mentorlog xyzzy 2> /dev/full") == (2, "")


def test_ctrl_c_is_one_line(world: World, journal_root: Path) -> None:
    """An interrupt while mentorlog works ends it with status 130 and without a traceback."""
    code = (
        "import os, signal, sys; from mentorlog.cli import main; from mentorlog.flows import show_status\n"
        "show_status.show_status = lambda app: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=world.variables())

    assert done.returncode == 130
    assert done.stderr.count("\n") == 2
    assert "Interrupted." in done.stderr


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_any_locale_speaks_utf8(variables: dict[str, str], world: World) -> None:
    """What is printed is UTF-8 whatever the locale says; bytes that are no text are escaped."""
    ran = world.run("--journal", "/Röntgen", "paths", env=variables)
    assert "/Röntgen" in ran.out

    strange = world.run("--journal", os.fsdecode(b"/x\xff"), "paths", env=variables)
    assert (strange.exit, "\\udcff" in strange.out) == (0, True)


def test_files_are_private(world: World) -> None:
    """Whatever the umask was, nobody else reads what is written."""
    done = world.shell(f"umask 000; mentorlog init {world.root}/mine --name Curie --no-input >/dev/null 2>&1")

    assert done[0] == 0
    for path in [world.root / "mine", *(world.root / "mine").rglob("*"), *(world.home / ".config").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_module_is_the_program(world: World) -> None:
    """`python -m mentorlog` is mentorlog, by name too."""
    assert world.run("--help").out.startswith("Usage: mentorlog [OPTIONS] COMMAND ...\n")
