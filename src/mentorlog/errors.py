"""Errors as data: a sentence, a hint and an exit status; they are printed in one place."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False  # importing typing costs a third of Python's start-up: see values.py
if TYPE_CHECKING:
    from typing import Any, ClassVar


_SHOWN = "\u00ad\u200c\u200d"  # legitimate in some places: see output/text.py


def shortened(text: str) -> str:
    """Return the user's text in quotes, cut to 40 characters, with escapes as in Python."""
    text = text if len(text) <= 40 else f"{text[:39]}…"
    if text.isprintable() or set(_SHOWN).isdisjoint(text):
        return repr(text)
    escapes = (sign if sign in _SHOWN else repr(f'"{sign}')[2:-1] for sign in text)
    return f"'{''.join(escapes)}'"


def joined(names: Sequence[str], last: str = "and") -> str:
    """Return names as people list them: `Osler, Curie and Blackwell`."""
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class Reason:
    """Codes for why a file cannot be used as a record, from which doctor and lists choose their text."""

    BAD_ID = "bad id"
    ELSEWHERE = "elsewhere"
    INVALID = "invalid"
    NEWER = "newer"
    NOT_A_FILE = "not a file"
    REFUSED = "refused"
    SHARED_ID = "shared id"
    UNKNOWN_WORD = "unknown word"
    WRONG_FOLDER = "wrong folder"
    WRONG_NAME = "wrong name"


class MentorlogError(Exception):
    """An error shown to the user: one sentence, a hint, an exit status."""

    exit_code: ClassVar[int] = 1
    usual_hint: ClassVar[str | None] = None
    also: Sequence[MentorlogError] = ()
    """Further errors, which are shown after it."""

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint or self.usual_hint

    @property
    def clause(self) -> str:
        """The sentence without its period, for use within another one."""
        return self.sentence.rstrip(".")


class BadValue(MentorlogError, ValueError):
    """An invalid value of a `field`.

    `inner` is the error as raised by a part of the record, without the path to it; `predicate` says what is wrong,
    without the field. It is also a ValueError, so that pydantic reports its location.
    """

    def __init__(
        self, field: str, sentence: str, hint: str | None = None, *, inner: BadValue | None = None, predicate: str = ""
    ) -> None:
        super().__init__(sentence, hint)
        self.field, self.inner, self.predicate = field, inner, predicate


class BadDate(MentorlogError):
    """Text that is not a date, or a date on the wrong side of today."""


class UnknownId(MentorlogError):
    """No record matches the text."""

    def __init__(self, text: str, kinds: Sequence[str]) -> None:
        from shlex import quote

        what = " or ".join(kinds) if 0 < len(kinds) < 4 else "record"
        hint = f"see: mentorlog {kinds[0]} list" if len(kinds) == 1 else f"search: mentorlog search {quote(text)}"
        hint = hint if len(text) > 1 else "type at least two characters"
        super().__init__(f"No {what} matches {shortened(text)}.", hint)


class SeveralMatch(MentorlogError):
    """More than one record matches the text; the candidates are (id, title) pairs."""

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{id} ({title})" for id, title in candidates[:8])
        more = f"; and {len(candidates) - 8} more" if len(candidates) > 8 else ""
        is_start = any(id.startswith(text.strip().lower()) for id, _ in candidates)
        hint = "type more of the id" if is_start else "use one of these ids"
        super().__init__(f"{shortened(text)} matches several records: {shown}{more}.", hint)


class AnswerNeeded(MentorlogError):
    """A question that cannot be asked without a terminal; the hint names the option that answers it."""

    exit_code = 2

    def __init__(self, option: str, question: str = "") -> None:
        asked = question.rpartition(" (")[0] if question.endswith(")") else question  # without the examples
        sentence = f"An answer is needed: {asked}" if asked else "An answer is needed."
        super().__init__(sentence, f"pass {option}, or run in a terminal")


class Usage(MentorlogError):
    """A malformed command line."""

    exit_code = 2


class NeedsDoctor(MentorlogError):
    """A record or the journal needs attention."""

    exit_code = 3
    usual_hint = "run: mentorlog doctor"


class Busy(MentorlogError):
    """Another mentorlog holds the lock."""

    exit_code = 4


class ChangedSince(MentorlogError):
    """Files were changed by another program in the meantime; `paths` lists them."""

    exit_code = 4

    def __init__(self, sentence: str, paths: Sequence[str], hint: str | None = None) -> None:
        super().__init__(sentence, hint)
        self.paths = tuple(paths)


class DiskFailure(MentorlogError):
    """The disk is full, read-only or failing, or access is denied; `cause` is the reason in a few words."""

    exit_code = 5

    def __init__(self, sentence: str, hint: str | None = None, cause: str = "") -> None:
        super().__init__(sentence, hint)
        self.cause = cause


class ManyDeletions(MentorlogError):
    """A sync would delete many records: `here`, because no command deleted them; else because the remote did."""

    exit_code = 2

    def __init__(self, ids: Sequence[str], of: int, *, here: bool) -> None:
        if here:
            sentence = f"{len(ids)} of {of} records are gone from this journal, and no command deleted them."
            hint = "bring them back with: mentorlog sync --deleted keep (or send the deletion: --deleted send)"
        else:
            sentence = f"This sync would delete {len(ids)} of {of} records, as the remote has deleted them."
            hint = "if that is right: mentorlog sync --yes"
        super().__init__(f"{sentence} Nothing changed.", hint)
        self.ids, self.here = tuple(ids), here


class Interrupted(MentorlogError):
    """Ctrl-C, or end of input at a prompt; nothing changed."""

    exit_code = 130

    def __init__(self, sentence: str = "Interrupted; nothing changed.", hint: str | None = None) -> None:
        super().__init__(sentence, hint)


_HINTS = {
    Reason.ELSEWHERE: "let the sync program download it, then run the command again",
    Reason.NEWER: "upgrade mentorlog",
}


class Unreadable(NeedsDoctor):
    """A file that cannot be read as a record: its path, what is wrong in which line, and a reason code."""

    def __init__(self, path: str, message: str, line: int | None = None, reason: str = Reason.INVALID) -> None:
        where = f"{path}, line {line}" if line else path
        super().__init__(f"{where} cannot be read: {message}.", _HINTS.get(reason))
        self.path, self.message, self.line, self.reason = path, message, line, reason


class ReadFailure(Unreadable):
    """A file that the operating system cannot or may not read."""

    exit_code = 5

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message, reason=Reason.REFUSED)


class RemoteFailure(MentorlogError):
    """The remote cannot be reached, refuses, or does not hold what it should."""

    exit_code = 5
    said: str = ""
    """What git printed, which is shown with --debug alone."""


class Unreachable(RemoteFailure):
    """There is no way to the remote now: no network, or its disk is not connected."""


class AnotherHistory(MentorlogError):
    """The remote holds another journal, or a history that has nothing in common with what was sent there."""

    exit_code = 4


class SyncFailed(DiskFailure):
    """fsync failed: it is unknown what is on the disk, and a retry would prove nothing."""


class Unfinished(DiskFailure):
    """The change is or may be saved; the next command completes it or finds that it was not."""


class ConflictError(NeedsDoctor):
    """Files were changed while an operation was unfinished: both versions are kept and named."""

    def __init__(self, sentences: Sequence[str]) -> None:
        hint = "compare the two files, then delete the copy when you no longer need it"
        super().__init__(" ".join(sentences), hint)


class NoHome(MentorlogError):
    """The user's home folder is unknown."""

    def __init__(self) -> None:
        super().__init__("No home folder: HOME is not set.", "set HOME, or use --journal PATH")


class NoJournal(MentorlogError):
    """There is no journal at a path; where the path was specified (`named_by`), none is created instead."""

    def __init__(self, path: str, named_by: str = "") -> None:
        from shlex import quote

        hint = f"to create one there: mentorlog init {quote(path)}"
        super().__init__(f"No journal in {path} (set by {named_by})." if named_by else f"No journal in {path}", hint)


class Unchanged(MentorlogError):
    """An editor closed without a change, which is not an error; `data` is the unchanged record."""

    exit_code = 0

    def __init__(self, sentence: str, hint: str | None = None, data: Any = None) -> None:
        super().__init__(sentence, hint)
        self.data = data


class EditorFailed(MentorlogError):
    """The editor is missing or failed."""


class Bug(MentorlogError):
    """A bug in mentorlog; the sentence says where the report is."""

    exit_code = 70


class RecordClosed(MentorlogError):
    """A closed record must be reopened before it changes."""

    def __init__(self, kind: str, id: str, status: str) -> None:
        hint = f"reopen it first: mentorlog {kind} reopen {id}"
        super().__init__(f"{kind.capitalize()} {id} is {status}.", hint)


class WrongAnswer(MentorlogError):
    """An invalid answer of a review; the sentence names its entry and line."""

    usual_hint = "see the form: mentorlog review --print-form"

    def __init__(self, sentence: str, hint: str | None = None, *, line: int = 0) -> None:
        super().__init__(sentence, hint)
        self.line = line

    @classmethod
    def of_all(cls, wrong: Sequence[WrongAnswer]) -> WrongAnswer:
        """Return the first of several errors, with the others after it in the order of their lines."""
        first, *rest = sorted(wrong, key=lambda one: one.line)
        first.also = tuple(rest)
        return first


_ONE_BY_ONE = "undo earlier changes one by one; see: mentorlog history"


class Forgotten(MentorlogError):
    """A change that cannot be undone because its content was erased."""

    def __init__(self, name: str, later: int = 0, hint: str | None = None) -> None:
        after = f"undo only later changes: mentorlog undo {later}" if later else _ONE_BY_ONE
        super().__init__(f"Cannot undo “{name}”: its content was erased.", hint or after)
