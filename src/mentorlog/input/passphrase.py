"""Passphrases: typed at the terminal without being shown, or printed by a command of the user's.

A passphrase is never an argument or a variable, neither of ours nor of a program that is started, nor in any file.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from contextlib import suppress
from signal import SIGKILL
from threading import Event, Timer
from typing import NamedTuple

from mentorlog.errors import BadValue, Interrupted, MentorlogError
from mentorlog.input import core_dumps
from mentorlog.input.prompt import Prompt

OPTION = "--passphrase-command"
SHORTEST = 12
"""The fewest characters of a new passphrase."""
_MOST_PRINTED = 64 * 1024
_PATIENCE = 60.0
_HINT = "try the command in a terminal: its first line must be the passphrase"


class _Ended(NamedTuple):
    """What a command printed (at most a little more than it may), its exit status, and whether it took too long."""

    printed: bytes
    status: int
    is_late: bool = False


class Passphrases:
    """Where the passphrases of one run come from: the terminal, or a command.

    The command may ask on the terminal. If there is none, or `no_input` is set, it has `patience` seconds.
    """

    def __init__(
        self, prompt: Prompt, command: str | None, *, no_input: bool = False, patience: float = _PATIENCE
    ) -> None:
        self._prompt = prompt
        self._command = command
        self._no_input = no_input
        self._patience = patience

    def new(self) -> str:
        """Return a passphrase to encrypt with, which is long enough; a typed one is typed twice."""
        if self._command is not None:
            return _long_enough(self._from_command(self._command))
        while True:
            try:
                first = _long_enough(self._typed(f"New passphrase (at least {SHORTEST} characters)"))
                if self._typed("The same passphrase again") == first:
                    return first
                raise BadValue("passphrase", "The two passphrases differ.", "type the same one twice")
            except BadValue as refusal:
                self._prompt.refuse(refusal)

    def existing(self, name: str) -> str:
        """Return the passphrase of a file."""
        if self._command is not None:
            return self._from_command(self._command)
        return self._typed(f"Passphrase of {name}")

    def _typed(self, question: str) -> str:
        return _text(self._prompt.ask_hidden(question, option=OPTION), "The passphrase")

    def _from_command(self, command: str) -> str:
        """Return the first line that the command prints."""
        argv = _words(command)
        ended = self._run(argv)
        line = ended.printed.partition(b"\n")[0].removesuffix(b"\r")
        if len(ended.printed) > _MOST_PRINTED:
            wrong = f"printed more than {_MOST_PRINTED >> 10} KiB"
        elif ended.is_late:
            wrong = f"did not end within {self._patience:g} seconds"
        elif ended.status < 0:
            wrong = f"was killed by signal {-ended.status}"
        elif ended.status:
            wrong = f"exited with status {ended.status}"
        elif not line:
            wrong = "printed no passphrase"
        else:
            return _text(line, f"What {argv[0]} printed")
        raise MentorlogError(f"The passphrase command {argv[0]} {wrong}.", _HINT)

    def _run(self, argv: list[str]) -> _Ended:
        core_dumps.forbid()
        terminal = None if self._no_input else _terminal()
        try:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL if terminal is None else terminal,
                stdout=subprocess.PIPE,
                start_new_session=terminal is None,
            )
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            raise MentorlogError(f"Cannot start the passphrase command {argv[0]}: {reason}.", _HINT) from None
        finally:
            if terminal is not None:
                os.close(terminal)
        if terminal is not None:
            return _awaited(process, process.kill)
        is_late = Event()

        def stop() -> None:
            with suppress(OSError):  # it has just ended
                os.killpg(process.pid, SIGKILL)  # with all that it has started and that may hold the pipe

        def stop_late() -> None:
            is_late.set()
            stop()

        timer = Timer(self._patience, stop_late)
        timer.start()
        try:
            return _awaited(process, stop)._replace(is_late=is_late.is_set())
        finally:
            timer.cancel()


def _awaited(process: subprocess.Popen[bytes], stop: Callable[[], None]) -> _Ended:
    """Read what a command prints until it ends; one that prints too much, or is not waited for, is stopped."""
    assert process.stdout is not None
    try:
        printed = process.stdout.read(_MOST_PRINTED + 1)
        if len(printed) > _MOST_PRINTED:
            stop()
        process.stdout.close()
        return _Ended(printed, process.wait())
    except BaseException as failure:
        stop()
        process.wait()
        if isinstance(failure, KeyboardInterrupt):
            raise Interrupted from None
        raise


def _words(command: str) -> list[str]:
    """Return the words of a command, without a shell; `~` is the home folder, as a shell would not see it in quotes."""
    hint = f"for example: {OPTION} 'pass show mentorlog'"
    try:
        words = shlex.split(command)
    except ValueError:
        raise BadValue("passphrase-command", f"{OPTION} is not a command: its quotes do not match.", hint) from None
    if not words or "\0" in command:
        raise BadValue("passphrase-command", f"{OPTION} is empty.", hint)
    return [os.path.expanduser(word) for word in words]  # noqa: PTH111 - of somebody unknown it leaves the word


def _terminal() -> int | None:
    """Return the terminal of this process, open for reading; None if it has none."""
    try:
        return os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None


def _text(line: bytes, what: str) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadValue("passphrase", f"{what} is not UTF-8.", "use a passphrase in UTF-8") from None
    if not text:
        raise BadValue("passphrase", f"{what} is empty.", "type a passphrase, or press Ctrl-C to cancel")
    return text


def _long_enough(passphrase: str) -> str:
    """Return a new passphrase; raise BadValue if it is short: whoever has the file may try as many as they like."""
    if len(passphrase.strip()) < SHORTEST:
        raise BadValue(
            "passphrase",
            f"The passphrase has fewer than {SHORTEST} characters: whoever has the file could guess it.",
            "use five or six words that only you would combine",
        )
    return passphrase
