"""Starting git: hardened, without a shell, never waited for longer than a limit.

Nothing that a user wrote is an argument, a variable or a name: contents and paths go through stdin.
"""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from typing import NamedTuple

from mentorlog.errors import MentorlogError
from mentorlog.store.disk import files

OLDEST = (2, 30)
"""The first version of git with all the options that are used."""
_PIECE = 64 * 1024
_MOST_SAID = 256 * 1024
_TURNS = 15  # how often the silence of `patience` may be broken: a remote that trickles for ever ends too

_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=",
    "core.sharedRepository=umask",
    "core.warnAmbiguousRefs=false",
    "core.logAllRefUpdates=false",
    "core.bigFileThreshold=2m",
    "core.fsync=all",
    "core.fsyncMethod=fsync",
    "init.defaultRefFormat=files",
    "protocol.ext.allow=never",
    "transfer.fsckObjects=true",
    "fetch.fsckObjects=true",
    "transfer.credentialsInUrl=die",
    "transfer.bundleURI=false",
    "fetch.bundleURI=",
    "fetch.unpackLimit=1",
    "fastimport.unpackLimit=1",
    "fetch.prune=false",
    "fetch.pruneTags=false",
    "fetch.writeCommitGraph=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "push.gpgSign=false",
    "push.followTags=false",
    "push.pushOption=",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.pushUpdateRejected=false",
    "color.ui=false",
)
SERVING = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.alternateRefsCommand=",
    "gc.recentObjectsHook=",
    "receive.denyCurrentBranch=refuse",
)
"""Settings for a git that serves a folder to us."""
# What of git's own variables the user's access to the remote may need; all others could lead git elsewhere.
_KEPT = frozenset(
    [
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_ASKPASS",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
    ]
)
_KEPT_BEGINNINGS = ("GIT_SSL_", "GIT_HTTP_")
_SET = {
    "GIT_ALLOW_PROTOCOL": "file:https:ssh",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class NoGit(MentorlogError):
    """git is missing, cannot be started, or is too old."""

    usual_hint = "install git, then run the command again; see: https://git-scm.com/downloads"


class Answer(NamedTuple):
    """How git ended, and what it printed."""

    status: int
    out: str
    err: str


class GitFailed(Exception):
    """git failed: it took too long, ended in the middle, or printed what it never prints."""

    def __init__(self, what: str, answer: Answer | None = None, *, is_late: bool = False) -> None:
        super().__init__(what)
        self.answer = answer or Answer(-1, "", "")
        self.is_late = is_late


class Git:
    """The user's git, on one bare directory of ours.

    It may ask on the terminal if `may_ask`; otherwise it has `patience` seconds for every sign of life.
    """

    def __init__(self, git_dir: Path, *, may_ask: bool, patience: float) -> None:
        self._folder = git_dir
        self._may_ask = may_ask
        self._patience = patience

    def run(self, *arguments: str, stdin: bytes = b"", asks: bool = False) -> Answer:
        """Run git to its end; one that `asks` is the only one that may use the terminal."""
        process = self.start(*arguments, asks=asks)
        try:
            process.write(stdin)
            return process.end()
        finally:
            process.stop()

    def start(self, *arguments: str, asks: bool = False) -> Process:
        """Start git, to be told and asked more while it runs."""
        asks = asks and self._may_ask
        environment = _environment(os.environ, may_ask=asks)
        program = _program(environment.get("PATH", os.defpath))
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        words = [program, f"--git-dir={self._folder}", *settings, *arguments]
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=self._folder if files.is_folder(self._folder) else self._folder.parent,
                env=environment,
                start_new_session=not asks,
            )
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            raise NoGit(f"Cannot start git ({program}): {reason}.") from None
        return Process(process, self._patience * (10 if asks else 1), has_session=not asks)


class Process:
    """A git that runs. Whoever starts one ends or stops it."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float, *, has_session: bool) -> None:
        assert process.stdin and process.stdout and process.stderr
        self._process = process
        self._patience = patience
        self._last = time.monotonic() + _TURNS * patience
        self._has_session = has_session
        self._stdin, self._stdout, self._stderr = process.stdin, process.stdout, process.stderr
        self._out = bytearray()
        self._err = bytearray()
        self._poll = select.poll()
        for stream in (self._stdout, self._stderr):
            self._poll.register(stream, select.POLLIN)
        os.set_blocking(self._stdin.fileno(), False)
        os.set_blocking(self._stderr.fileno(), False)

    def write(self, data: bytes) -> None:
        """Write to stdin, and meanwhile read what git prints: neither waits for the other for ever."""
        rest = memoryview(data)
        while rest:
            try:
                written = os.write(self._stdin.fileno(), rest)
            except BlockingIOError:
                self._wait(sending=True)
            except BrokenPipeError:
                return  # it has ended, and its status says how
            else:
                rest = rest[written:]

    def line(self) -> bytes:
        """Return the next line of stdout, without its end."""
        while (end := self._out.find(b"\n")) < 0:
            if len(self._out) > _MOST_SAID:
                raise self._failed("printed a line without an end")
            self._more()
        found = bytes(self._out[:end])
        del self._out[: end + 1]
        return found

    def exactly(self, count: int) -> bytes:
        """Return the next bytes of stdout."""
        while len(self._out) < count:
            self._more()
        found = bytes(self._out[:count])
        del self._out[:count]
        return found

    def end(self) -> Answer:
        """Close stdin, read to the end, and return how it ended; what it leaves running is not waited for."""
        with suppress(OSError):
            self._stdin.close()
        while not self._stdout.closed:
            self._wait()
            if len(self._out) > _MOST_SAID:
                raise self._failed("printed too much")
        try:
            self._process.wait(self._patience)
        except subprocess.TimeoutExpired:
            raise self._failed("did not end", is_late=True) from None
        self._read_errors()
        return self._answer()

    def stop(self) -> None:
        """Kill it if it still runs, with all that it has started."""
        if self._process.poll() is None:
            with suppress(OSError):  # it has just ended
                if self._has_session:
                    os.killpg(self._process.pid, SIGKILL)
                else:
                    self._process.kill()
            self._process.wait()
        for stream in (self._stdin, self._stdout, self._stderr):
            with suppress(OSError):
                stream.close()

    def _more(self) -> None:
        if self._stdout.closed:
            raise self._failed("ended in the middle")
        self._wait()

    def _wait(self, *, sending: bool = False) -> None:
        """Wait until git says something or, if `sending`, reads something."""
        if sending:
            self._poll.register(self._stdin, select.POLLOUT)
        limit = min(self._patience, self._last - time.monotonic())
        ready = self._poll.poll(max(0.0, limit) * 1000)
        if sending:
            self._poll.unregister(self._stdin)
        if not ready:
            raise self._failed("does not answer", is_late=True)
        for descriptor, _ in ready:
            if not self._stdout.closed and descriptor == self._stdout.fileno():
                if data := os.read(descriptor, _PIECE):
                    self._out += data
                else:
                    self._poll.unregister(descriptor)
                    self._stdout.close()
            elif not self._stderr.closed and descriptor == self._stderr.fileno():
                self._read_errors()

    def _read_errors(self) -> None:
        """Keep the beginning and the end of what stands in stderr."""
        while not self._stderr.closed:
            try:
                data = os.read(self._stderr.fileno(), _PIECE)
            except BlockingIOError:
                return
            if not data:
                self._poll.unregister(self._stderr)
                self._stderr.close()
                return
            self._err += data
            if len(self._err) > _MOST_SAID:
                del self._err[_MOST_SAID // 4 : -_MOST_SAID // 4]
                return

    def _failed(self, what: str, *, is_late: bool = False) -> GitFailed:
        self._read_errors()
        self.stop()
        return GitFailed(what, self._answer(), is_late=is_late)

    def _answer(self) -> Answer:
        status = self._process.returncode
        out, err = (bytes(text).decode("utf-8", "replace") for text in (self._out[:_MOST_SAID], self._err))
        return Answer(-1 if status is None else status, out, err)


def _environment(given: Mapping[str, str], *, may_ask: bool) -> dict[str, str]:
    """Return the environment of git: of its own variables those alone that the user's access may need."""
    kept = {
        name: value
        for name, value in given.items()
        if not name.startswith(("GIT_", "MENTORLOG_", "LC_")) or name in _KEPT or name.startswith(_KEPT_BEGINNINGS)
    }
    # A program in the folder where a command happens to run must not stand in for ssh.
    folders = [folder for folder in given.get("PATH", os.defpath).split(os.pathsep) if folder.startswith("/")]
    asks = {} if may_ask else {"GIT_TERMINAL_PROMPT": "0"}
    return kept | {"PATH": os.pathsep.join(folders)} | _SET | asks


def _program(path: str) -> str:
    """Return the full path of git."""
    for folder in path.split(os.pathsep):
        program = Path(folder, "git")
        if folder and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    raise NoGit("git was not found; sync needs it.")


def is_too_old(printed: str) -> bool:
    """Return whether a git that prints this as its version is older than what sync needs."""
    words = printed.split()
    numbers = words[2].split(".")[:2] if len(words) > 2 else []
    if len(numbers) < 2 or not all(number.isdigit() for number in numbers):
        return False  # it is unknown, and the failure speaks for itself
    return (int(numbers[0]), int(numbers[1])) < OLDEST
