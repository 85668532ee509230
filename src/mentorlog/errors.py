"""Failures as data: a sentence, a hint and an exit status; they never print themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class MentorlogError(Exception):
    """A failure that the user is told about: one sentence, a hint, an exit status."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class BadValue(MentorlogError):
    """A value that a record cannot hold; `field` names where."""

    def __init__(self, field: str, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence, hint)
        self.field = field


class BadDate(MentorlogError):
    """Words that are no date, or a date on the wrong side of today."""


class UnknownId(MentorlogError):
    """No record answers to the text."""

    def __init__(self, text: str, kinds: Sequence[str]) -> None:
        what = " or ".join(kinds) if 0 < len(kinds) < 4 else "record"
        where = f"mentorlog {kinds[0]} list" if len(kinds) == 1 else "mentorlog search TEXT"
        super().__init__(f"There is no {what} {text!r}.", f"list them with: {where}")


class SeveralMatch(MentorlogError):
    """More than one record answers to the text; the candidates are (id, title) pairs."""

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{id} ({title})" for id, title in candidates[:8])
        more = f"; and {len(candidates) - 8} more" if len(candidates) > 8 else ""
        super().__init__(f"{text!r} fits several: {shown}{more}.", "type more of the id")


class AnswerNeeded(MentorlogError):
    """A question that cannot be asked here; the option that answers it is named."""

    exit_code = 2

    def __init__(self, option: str) -> None:
        super().__init__(f"An answer is needed: {option}.", f"give it as {option}, or run in a terminal")


class Usage(MentorlogError):
    """Words on the command line that do not fit together."""

    exit_code = 2


class NeedsDoctor(MentorlogError):
    """A record or the journal is in a state that a person must look at."""

    exit_code = 3

    def __init__(self, sentence: str, hint: str | None = "see what is wrong with: mentorlog doctor") -> None:
        super().__init__(sentence, hint)


class Busy(MentorlogError):
    """Another mentorlog holds the lock."""

    exit_code = 4


class ChangedSince(MentorlogError):
    """Files were changed by somebody else meanwhile; `paths` names them."""

    exit_code = 4

    def __init__(self, sentence: str, paths: Sequence[str], hint: str | None = None) -> None:
        super().__init__(sentence, hint)
        self.paths = tuple(paths)


class DiskFailure(MentorlogError):
    """The disk is full, read-only, failing, or refuses access."""

    exit_code = 5


class Interrupted(MentorlogError):
    """Ctrl-C, or a prompt that was closed; nothing was changed."""

    exit_code = 130

    def __init__(self, sentence: str = "Interrupted; nothing was changed.", hint: str | None = None) -> None:
        super().__init__(sentence, hint)
