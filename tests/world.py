"""The world that tests run mentorlog in: its own home and folders, a fixed clock, three ways to start it."""

from __future__ import annotations

import gc
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import served
from copies import Copy

NOW = "2026-11-23T09:00:00+00:00"
SOURCES = Path(__file__).resolve().parent.parent / "src"
PATIENCE = 60.0  # seconds until a program that hangs is killed

# What would change the words that mentorlog prints, or where it looks.
FOREIGN = frozenset(
    [
        "EDITOR",
        "VISUAL",
        "PAGER",
        "BROWSER",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLORTERM",
        "PY_COLORS",
        "COLUMNS",
        "LINES",
        "GITHUB_ACTIONS",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
        "PWD",
        "OLDPWD",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONSTARTUP",
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
    ]
)
FOREIGN_BEGINNINGS = ("MENTORLOG_", "XDG_")

# Errors after which there is nothing to do; and those that tests of the boundary make up.
UNHINTED = ("Interrupted", "mentorlog failed: ", "made up: ")

Environment = Mapping[str, str | None]  # None takes a variable away
T = TypeVar("T")

_FILLED: dict[tuple[str, ...], tuple[Copy, Any]] = {}
"""What `World.filled` has made: the folders and files, and what was returned of them."""


class Ran(NamedTuple):
    """How a run of mentorlog ended, and what it printed."""

    exit: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What a `--json` run says under "data"."""
        return json.loads(self.out)["data"]


def hinted(said: str) -> str:
    """Return what a run said; fail where an error does not say what to do next, but for the few that need not."""
    lines = [*said.splitlines(), ""]
    for line, after in pairwise(lines):
        if line.startswith("error: ") and not after.startswith("hint: "):
            assert line.removeprefix("error: ").startswith(UNHINTED), f"{line}\nsays nothing of what to do"
    return said


class World:
    """A home, a work folder and a place for a journal below one root that nobody else uses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        self.work = root / "work"
        self.journal = root / "journal"
        for folder in (root, self.home, self.work, root / "tmp", root / "bin"):
            folder.mkdir(exist_ok=True)
        self._install()
        self._filled: tuple[str, ...] = ()

    def _install(self) -> None:
        """Make `mentorlog` a program on the PATH, as pip would."""
        (self.root / "bin" / "mentorlog").symlink_to(_program(self.root.parent))

    def environment(self) -> dict[str, str]:
        """Return this process' environment, isolated: nothing in it leads out of this world."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in FOREIGN and not name.startswith(FOREIGN_BEGINNINGS)
        }
        home = self.home
        return kept | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local" / "share"),
            "XDG_STATE_HOME": str(home / ".local" / "state"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "TMPDIR": str(self.root / "tmp"),
            "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(SOURCES), os.environ.get("PYTHONPATH")])),
        }

    def found(self, *arguments: str) -> Path:
        """Found the journal of this world as the program itself does, and return its folder."""

        def found() -> None:
            # A world of a whole module is made outside of any test, whose environment leads to no other one.
            homes = {name: path for name, path in self.environment().items() if name == "HOME" or name[:4] == "XDG_"}
            ran = self.invoke("init", str(self.journal), "--no-input", *arguments, env=homes)
            assert ran.exit == 0, f"mentorlog init failed: {ran}"

        self.filled(f"founded {arguments} {os.environ.get('MENTORLOG_NOW')}", found)
        return self.journal

    def filled(self, name: str, fill: Callable[[], T]) -> T:
        """Fill this world's journal and return what `fill` returns; filled once a process by that name, then copied.

        What was filled before counts as part of the name.
        """
        self._filled += (name,)
        if self._filled not in _FILLED:
            made = fill()
            _FILLED[self._filled] = (Copy(self.root, ("journal", "home")), made)
        else:
            _FILLED[self._filled][0].write(self.root)
        return deepcopy(cast("T", _FILLED[self._filled][1]))

    def run(
        self,
        *arguments: str,
        stdin: str | bytes = b"",
        env: Environment | None = None,
        cwd: Path | None = None,
        timeout: float = PATIENCE,
    ) -> Ran:
        """Run the real program in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "mentorlog", *arguments],
            input=_bytes(stdin),
            capture_output=True,
            env=self.variables(env),
            cwd=cwd or self.work,
            timeout=timeout,
        )
        return Ran(done.returncode, _text(done.stdout), hinted(_text(done.stderr)))

    def invoke(
        self,
        *arguments: str,
        stdin: str | bytes = b"",
        env: Environment | None = None,
        cwd: Path | None = None,
    ) -> Ran:
        """Run the program inside this process: the same words, some thirty times faster."""
        out, err = io.BytesIO(), io.BytesIO()
        code = self.invoke_into(out, err, arguments, stdin, env, cwd)
        return Ran(code, _text(out.getvalue()), hinted(_text(err.getvalue())))

    def mixed(self, *arguments: str, env: Environment | None = None, cwd: Path | None = None) -> tuple[int, str]:
        """Run inside this process; return the exit status, and both outputs in their order."""
        both = io.BytesIO()
        code = self.invoke_into(both, both, arguments, b"", env, cwd)
        return code, _text(both.getvalue())

    def shell(self, command: str, env: Environment | None = None, cwd: Path | None = None) -> tuple[int, str]:
        """Run a command line in a real shell; return the exit status and both outputs in their order."""
        done = subprocess.run(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.variables(env),
            cwd=cwd or self.work,
            timeout=PATIENCE,
        )
        return done.returncode, _text(done.stdout)

    def shell_here(self, command: str, env: Environment | None = None, cwd: Path | None = None) -> tuple[int, str]:
        """As `shell`, but each `mentorlog` of the command runs inside this process."""
        return served.shell(self, command, self.variables(env), cwd or self.work, PATIENCE)

    def variables(self, env: Environment | None = None) -> dict[str, str]:
        """Return the variables of a run: this process', a fixed clock, this world's journal, then `env`."""
        merged = {**os.environ, **self._changed(env)}
        return {name: value for name, value in merged.items() if value is not None}

    def _changed(self, env: Environment | None) -> dict[str, str | None]:
        """Return what a run has otherwise than this process."""
        defaults = {"MENTORLOG_NOW": NOW, "MENTORLOG_JOURNAL": str(self.journal)}
        return {name: value for name, value in defaults.items() if name not in os.environ} | dict(env or {})

    def invoke_into(
        self,
        out: io.BytesIO,
        err: io.BytesIO,
        arguments: Sequence[str],
        stdin: str | bytes = b"",
        env: Environment | None = None,
        cwd: Path | None = None,
    ) -> int:
        """Run inside this process; write what it prints, and return the exit status."""
        from mentorlog.cli.main import main

        with (
            _process(self._changed(env), cwd or self.work, ["mentorlog", *arguments]),
            _writer(out) as stdout,
            _writer(err) as stderr,
            redirect_stdout(stdout),
            redirect_stderr(stderr),
            _input(_bytes(stdin)),
        ):
            try:
                code = main(list(arguments))
            except SystemExit as end:
                code = end.code
            if isinstance(code, str):
                stderr.write(code + "\n")
                return 1
            return code or 0


@cache
def _program(folder: Path) -> Path:
    """Write the program `mentorlog` once for all worlds of a folder; return its path."""
    start = "import sys; sys.argv[0] = 'mentorlog'; from mentorlog.cli.main import main; sys.exit(main())"
    program = folder / "mentorlog"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -c {shlex.quote(start)} "$@"\n')
    program.chmod(0o755)
    return program


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text


def _text(content: bytes) -> str:
    return content.decode("utf-8", "backslashreplace")


@contextmanager
def _writer(target: io.BytesIO) -> Iterator[io.TextIOWrapper]:
    """A text stream that writes through, so that two of them on one target keep their order."""
    stream = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    try:
        yield stream
    finally:
        if not stream.closed:
            stream.detach()  # else the stream takes its target along when it goes


@contextmanager
def _input(content: bytes) -> Iterator[None]:
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = kept


@contextmanager
def _process(changed: Environment, folder: Path, argv: list[str]) -> Iterator[None]:
    """Give this process other variables, folder and arguments; take back what the program does to them."""
    variables: dict[bytes, bytes] = os.environ._data  # type: ignore[attr-defined]  # to copy without decoding
    kept_variables, kept_folder, kept_argv = variables.copy(), os.getcwd(), sys.argv  # noqa: PTH109 - often
    kept_mask = os.umask(0o022)
    kept_thresholds = gc.get_threshold()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)}
    try:
        for name, value in changed.items():
            _set(name, value)
        os.chdir(folder)
        sys.argv = argv
        yield
    finally:
        sys.argv = kept_argv
        os.chdir(kept_folder)
        for name in {name for name, _ in variables.items() ^ kept_variables.items()}:
            value = kept_variables.get(name)
            _set(os.fsdecode(name), None if value is None else os.fsdecode(value))
        os.umask(kept_mask)
        gc.set_threshold(*kept_thresholds)
        for number, handler in handlers.items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
