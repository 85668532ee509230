"""A real pseudo-terminal of a given size, with a screen that can be read: pexpect feeds it, pyte draws it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "ctrl-z": "\x1a",
}
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_=>]")
# A signal that comes after a question is printed and before its answer is waited for is lost in Python's input():
# nobody is that fast, but a test is.
A_MOMENT = 0.15
PATIENCE = 20.0  # seconds; a busy machine is slow, a broken program hangs


class _Screen(pyte.HistoryScreen):
    """A screen that knows of private modes of keyboards what it needs to: nothing."""

    def select_graphic_rendition(self, *numbers: int, private: bool = False) -> None:
        """Take colours, not `CSI > 4 ; 2 m`, which emacs and nvim send."""
        if not private:
            super().select_graphic_rendition(*numbers)


class Terminal:
    """A program on a terminal: send it keys, wait for words, look at the screen."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        variables = {name: value for name, value in (env or os.environ).items() if name not in ("COLUMNS", "LINES")}
        self._screen = _Screen(columns, lines, history=10_000, ratio=0.5)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._answered = 0
        self._program = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(lines, columns),
            env=variables | {"TERM": "xterm-256color"},
            cwd=str(cwd) if cwd else None,
            timeout=PATIENCE,
        )
        self._program.delaybeforesend = None

    @property
    def screen(self) -> list[str]:
        """What stands on the screen now: its lines without trailing blanks."""
        self._read(0)
        return _trimmed(self._screen.display)

    @property
    def everything(self) -> list[str]:
        """The screen and what has scrolled off its top."""
        self._read(0)
        width = self._screen.columns
        above = ["".join(line[column].data for column in range(width)) for line in self._screen.history.top]
        return _trimmed([*above, *self._screen.display])

    @property
    def text(self) -> str:
        """Everything as one text."""
        return "\n".join(self.everything)

    def wait_for(self, words: str, timeout: float = PATIENCE) -> Terminal:
        """Read until the words stand on or above the screen; how the lines are broken does not matter."""
        end = time.monotonic() + timeout
        while True:
            open_still = self._read(0.05)
            if _run_together(words) in _run_together(self.text):
                return self
            if not open_still or time.monotonic() > end:
                what = "waited in vain" if open_still else "the program ended"
                raise AssertionError(f"{what} for {words!r}; the screen:\n{self.picture()}")

    def type(self, text: str) -> Terminal:
        """Type a text, without Enter."""
        self._program.send(text)
        return self

    def press(self, *keys: str) -> Terminal:
        """Press keys by name: enter, tab, escape, backspace, up, down, ctrl-c, ctrl-d, ctrl-z."""
        for key in keys:
            if key == "ctrl-c":
                time.sleep(A_MOMENT)
            self._program.send(KEYS[key])
        return self

    def answer(self, question: str, text: str = "", timeout: float = PATIENCE) -> Terminal:
        """Wait for a question that was asked since the last answer, type the answer and press Enter."""
        self.wait_for_question(question, timeout)
        self._answered = len(self.raw)
        return self.type(text).press("enter")

    def wait_for_question(self, question: str, timeout: float = PATIENCE) -> Terminal:
        """Wait for a question that was asked since the last answer: it may have been asked before that as well."""
        end = time.monotonic() + timeout
        while _run_together(question) not in _run_together(self.fresh):
            if not self._read(0.05) or time.monotonic() > end:
                raise AssertionError(f"nobody asked {question!r}; the screen:\n{self.picture()}")
        return self

    def wait_for_any(self, *questions: str, timeout: float = PATIENCE) -> str:
        """Wait for one of several questions that was asked since the last answer, and return it."""
        end = time.monotonic() + timeout
        while True:
            asked = _run_together(self.fresh)
            if found := next((one for one in questions if _run_together(one) in asked), None):
                return found
            if not self._read(0.05) or time.monotonic() > end:
                raise AssertionError(f"nobody asked any of {questions}; the screen:\n{self.picture()}")

    @property
    def fresh(self) -> str:
        """What the program has written since the last answer, without colours and movements."""
        return CONTROL.sub("", self.raw[self._answered :].decode("utf-8", "replace"))

    @property
    def alive(self) -> bool:
        """Whether the program runs still."""
        return bool(self._program.isalive())

    def rest(self) -> None:
        """Read until the program has written nothing for a moment."""
        seen = -1
        while seen < len(self.raw):
            seen = len(self.raw)
            self._read(A_MOMENT)

    def end(self, timeout: float = PATIENCE) -> int:
        """Read until the program ends; return its exit status, or minus the signal that ended it."""
        limit = time.monotonic() + timeout
        while self._read(0.05):
            if time.monotonic() > limit:
                raise AssertionError(f"the program does not end; the screen:\n{self.picture()}")
        self._program.wait()
        if self._program.signalstatus is not None:
            return -self._program.signalstatus
        return self._program.exitstatus

    def kill(self) -> None:
        """Take the program away as a closed terminal window does not: at once (SIGKILL)."""
        self._program.kill(9)
        self._program.wait()

    def hang_up(self) -> None:
        """Close the terminal's window: whatever runs in it is told (SIGHUP), and its terminal is gone."""
        self._program.close(force=False)

    def picture(self) -> str:
        """The screen in a frame, to look at."""
        width = self._screen.columns
        edge = "+" + "-" * width + "+"
        return "\n".join([edge, *(f"|{line.ljust(width)}|" for line in self.screen), edge])

    def close(self) -> None:
        """End the program whatever it does, and the terminal: as closing the window does."""
        self._program.close(force=True)

    def _read(self, wait: float) -> bool:
        """Draw what the program has written so far; tell whether more can come."""
        if self._program.closed:
            return False
        while True:
            try:
                content = self._program.read_nonblocking(65536, timeout=wait)
            except pexpect.TIMEOUT:
                return True
            except pexpect.EOF:
                return False
            self.raw += content
            self._stream.feed(content)
            wait = 0


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return the lines without trailing blanks, and without empty ones at the end."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _run_together(text: str) -> str:
    """Return the text without any white space, for a terminal breaks lines wherever they are full."""
    return "".join(text.split())
