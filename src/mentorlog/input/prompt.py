"""Prompts on a terminal: for a line, for one of several words, for yes or no, for a line that is not shown.

Answers can be edited with readline where it is available, without a history.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TextIO, TypeVar

from mentorlog.errors import AnswerNeeded, Interrupted, MentorlogError
from mentorlog.output.output import Output, is_terminal
from mentorlog.output.page import Page
from mentorlog.output.text import safe, width, wrap

T = TypeVar("T")
_ROOM_FOR_ANSWER = 2
_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")


class Legend(NamedTuple):
    """What the words of a choice mean: shown before a question if it is new, and for the answer ?."""

    meanings: Mapping[str, str]
    is_brief: bool = False
    """Whether the question has only the shortest prefix of each word."""
    is_new: bool = True

    def lines(self, names: Sequence[str], page: Page) -> list[str]:
        """Return a line for each word: its prefix, the word and its meaning."""
        known = [name for name in names if name in self.meanings]
        shortest = [_prefix(name, names) for name in known] if self.is_brief else []
        first, column = max(map(len, shortest), default=0), max(map(len, known), default=0)
        lines = []
        for number, name in enumerate(known):
            head = f"  {shortest[number]:{first}}  " if shortest else "  "
            lines += wrap(self.meanings[name], page.limit, " " * (len(head) + column + 2), f"{head}{name:{column}}  ")
        return lines


def _prefix(name: str, names: Sequence[str]) -> str:
    """Return the shortest beginning of a word that no other begins with."""
    lengths = range(1, len(name) + 1)
    return next((name[:n] for n in lengths if sum(one.startswith(name[:n]) for one in names) == 1), name)


class Prompt:
    """Prompts for the user; without a terminal, AnswerNeeded names the option to use instead."""

    def __init__(self, out: Output, interactive: bool) -> None:
        self._out = out
        self._interactive = interactive

    def ask(
        self,
        question: str,
        default: str | None = None,
        choices: Sequence[str] | None = None,
        *,
        option: str = "an answer",
        legend: Legend | None = None,
    ) -> str:
        """Ask for a line, or for one of the choices; an empty answer is the default, or ""."""
        return self._answer(lambda *where: read_line(question, default, choices, legend, *where), question, option)

    def ask_value(self, question: str, read: Callable[[str], T], option: str = "an answer") -> T:
        """Ask for a line and return what `read` makes of it; ask again if it raises an error."""
        while True:
            answer = self.ask(question, option=option)
            try:
                return read(answer)
            except MentorlogError as refusal:
                self._out.error(refusal)

    def confirm(self, question: str, default: bool = False, *, option: str = "--yes") -> bool:
        """Ask for yes or no."""
        return self._answer(lambda *where: read_yes_or_no(question, default, *where), question, option)

    def ask_hidden(self, question: str, *, option: str) -> bytes:
        """Ask for a line that is not shown while it is typed, and return its bytes."""
        return self._answer(lambda *where: read_hidden(question, *where), question, option)

    def refuse(self, error: MentorlogError) -> None:
        """Print what is wrong with an answer, before the question is asked again."""
        self._out.error(error)

    def fill(self, values: Mapping[str, Any], questions: Mapping[str, str]) -> dict[str, Any]:
        """Return the values and ask for missing ones; an empty answer is None."""
        if not self._interactive:
            return dict(values)
        missing = [field for field in questions if values[field] is None]
        return {**values, **{field: self.ask(questions[field]) or None for field in missing}}

    def _answer(self, read: Callable[[TextIO, Page], T], question: str, option: str) -> T:
        if not self._interactive:
            raise AnswerNeeded(option, question)
        from mentorlog.input import core_dumps

        core_dumps.forbid()
        try:
            return read(*self._out.questions)
        except (KeyboardInterrupt, EOFError):
            self._out.note("")
            raise Interrupted from None


def read_line(
    question: str,
    default: str | None,
    choices: Sequence[str] | None,
    legend: Legend | None,
    stream: TextIO,
    page: Page,
) -> str:
    """Ask for a line; an empty answer is the default, or "".

    With choices, a unique prefix is enough, case is ignored, and the full choice is returned.
    """
    if choices:
        return _choose(question, default, choices, legend, stream, page)
    answer = _read_answer(_format_question(question, "", default, page), stream)
    return answer.strip() if answer else default or ""


def read_yes_or_no(question: str, default: bool, stream: TextIO, page: Page) -> bool:
    """Ask for yes or no; an empty answer is the default."""
    while True:
        brackets = "[Y/n]" if default else "[y/N]"
        word = _read_answer(_format_question(question, brackets, None, page), stream).strip().lower()
        if word in ("", "y", "yes", "n", "no"):
            return word.startswith("y") if word else default
        _write("Please enter y or n.\n", stream)


def read_hidden(question: str, stream: TextIO, page: Page) -> bytes:
    """Ask for a line on the terminal without showing it; what was typed before the question is dropped."""
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    hidden = [*before]
    hidden[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSAFLUSH, hidden)
    try:
        _write(_format_question(question, "", None, page), stream)
        line = sys.stdin.buffer.readline()
        _write("\n", stream)
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
    if not line:
        raise EOFError
    return line.removesuffix(b"\n")


def _choose(
    question: str,
    default: str | None,
    choices: Sequence[str],
    legend: Legend | None,
    stream: TextIO,
    page: Page,
) -> str:
    names = [safe(choice) for choice in choices]
    by_name = dict(zip(map(str.lower, names), choices, strict=True))
    brackets, refusal = f"[{'/'.join(names)}]", "Please enter one of the words in brackets."
    if legend and legend.is_brief:
        others = [_prefix(name, names) for name in names if name != default]
        brackets, refusal = f"[{'/'.join(others)}/?]", "Please enter one of those in brackets; ? shows what they mean."
    elif page.limit and width(f"{question} {brackets} ({default or ''}): ") >= page.limit:
        _write("\n".join([*wrap(" / ".join(names), page.limit, "  "), ""]), stream)
        brackets, refusal = "", "Please enter one of these words."
    explanation = "\n".join([*(legend.lines(names, page) if legend else ()), ""])
    if legend and legend.is_new:
        _write(f"\n{explanation}" if legend.is_brief else explanation, stream)
    while True:
        answer = _read_answer(_format_question(question, brackets, default, page), stream)
        if not answer and default:
            return default
        word = answer.strip().lower()
        if word == "?" and legend:
            _write(explanation, stream)
            continue
        fitting = [choice for name, choice in by_name.items() if word and name.startswith(word)]
        if word in by_name or len(fitting) == 1:
            return by_name.get(word) or fitting[0]
        _write(f"{refusal}\n", stream)


def _format_question(question: str, choices: str, default: str | None, page: Page) -> str:
    """Return the question, wrapped if it and an answer do not fit on one line."""
    marks = {choices: "cyan", f"({safe(default)})" if default else "": "dim"}
    text = " ".join(filter(None, [safe(question), *marks]))
    # No colon after a question mark, or after a remark in brackets.
    text += " " if not any(marks) and text.endswith(("?", ")")) else ": "
    if page.limit and width(text) > page.limit - _ROOM_FOR_ANSWER:
        text = "\n".join(wrap(text.rstrip(), page.limit - _ROOM_FOR_ANSWER)) + " "
    for mark, ink in marks.items():
        if mark and mark in text:
            before, _, after = text.rpartition(mark)
            text = f"{before}{page.style(mark, ink)}{after}"
    return text


def _read_answer(question: str, stream: TextIO) -> str:
    """Print the question and return the answer; readline redraws only the last line.

    KeyboardInterrupt and EOFError are left to the caller.
    """
    *above, last = question.split("\n")
    if not _has_line_editing():
        above, last = [question], ""
    _write("\n".join([*above, ""]) if last else question, stream)
    return input(_STYLE.sub("\x01\\1\x02", last))  # the marks enclose what has no width


def _has_line_editing() -> bool:
    """Return whether answers can be edited (a terminal and readline), and turn off the history."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return False
    try:
        import readline
    except ImportError:
        return False
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)
    readline.clear_history()
    return True


def _write(text: str, stream: TextIO) -> None:
    stream.write(text)
    stream.flush()
