"""Questions on a terminal: for a line, for one of a few words, for yes or no.

KeyboardInterrupt and EOFError go to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from mentorlog.input.line import typed
from mentorlog.output.page import Page
from mentorlog.output.text import safe, width, wrap

_ROOM_FOR_ANSWER = 2


def ask(question: str, default: str | None, choices: Sequence[str] | None, stream: TextIO, page: Page) -> str:
    """Ask for a line; an empty answer is the default, or "".

    Among choices a unique beginning is enough, in any case of letters, and only a choice is returned.
    """
    if choices:
        return _choose(question, default, choices, stream, page)
    answer = typed(_asked(question, "", default, page), stream)
    return answer.strip() if answer else default or ""


def confirm(question: str, default: bool, stream: TextIO, page: Page) -> bool:
    """Ask for yes or no; an empty answer is the default."""
    while True:
        word = typed(_asked(question, "[y/n]", "y" if default else "n", page), stream).strip().lower()
        if word in ("", "y", "yes", "n", "no"):
            return word.startswith("y") if word else default
        _write("Please answer y or n.", stream)


def _choose(question: str, default: str | None, choices: Sequence[str], stream: TextIO, page: Page) -> str:
    names = [safe(choice) for choice in choices]
    words = dict(zip(map(str.lower, names), choices, strict=True))
    brackets, refusal = f"[{'/'.join(names)}]", "Please answer with one of the words in brackets."
    if page.limit and width(f"{question} {brackets} ({default or ''}): ") >= page.limit:
        _write("\n".join(wrap(" / ".join(names), page.limit, "  ")), stream)
        brackets, refusal = "", "Please answer with one of these words."
    while True:
        answer = typed(_asked(question, brackets, default, page), stream)
        if not answer and default:
            return default
        word = answer.strip().lower()
        fitting = [choice for shown, choice in words.items() if word and shown.startswith(word)]
        if word in words or len(fitting) == 1:
            return words.get(word) or fitting[0]
        _write(refusal, stream)


def _asked(question: str, choices: str, default: str | None, page: Page) -> str:
    """Return the question as it is written, broken between words where it and an answer have no room in one line."""
    marks = {choices: "cyan", f"({safe(default)})" if default else "": "dim"}
    text = " ".join(filter(None, [safe(question), *marks]))
    # A question that ends with its mark, or with a remark in brackets, has no colon behind it.
    text += " " if not any(marks) and text.endswith(("?", ")")) else ": "
    if page.limit and width(text) > page.limit - _ROOM_FOR_ANSWER:
        text = "\n".join(wrap(text.rstrip(), page.limit - _ROOM_FOR_ANSWER)) + " "
    for mark, ink in marks.items():
        if mark and mark in text:
            before, _, after = text.rpartition(mark)
            text = f"{before}{page.style(mark, ink)}{after}"
    return text


def _write(line: str, stream: TextIO) -> None:
    stream.write(f"{line}\n")
    stream.flush()
