"""Failures as data: a sentence, a hint and an exit status; they never print themselves."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False  # typing itself costs a third of a Python's start: see values.py
if TYPE_CHECKING:
    from typing import Any, ClassVar


def shortened(text: str) -> str:
    """Return as much of the user's text as a sentence may repeat, in quotes."""
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


class Reason:
    """Codes for why a file cannot be served: what doctor advises and what lists say is chosen by them."""

    INVALID = "invalid"
    NOT_A_FILE = "not a file"
    REFUSED = "refused"
    SHARED_ID = "shared id"
    WRONG_FOLDER = "wrong folder"
    WRONG_NAME = "wrong name"


class MentorlogError(Exception):
    """A failure that the user is told about: one sentence, a hint, an exit status."""

    exit_code: ClassVar[int] = 1
    usual_hint: ClassVar[str | None] = None

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint or self.usual_hint

    @property
    def clause(self) -> str:
        """The sentence without its period, to stand within another one."""
        return self.sentence.rstrip(".")


class BadValue(MentorlogError, ValueError):
    """A value that a record cannot hold; `field` names where.

    `inner` is the error as a part of the record raised it, without its place; `predicate` what is wrong, without the
    field. A ValueError too, so that pydantic reports where it arose.
    """

    def __init__(
        self, field: str, sentence: str, hint: str | None = None, *, inner: BadValue | None = None, predicate: str = ""
    ) -> None:
        super().__init__(sentence, hint)
        self.field, self.inner, self.predicate = field, inner, predicate


class BadDate(MentorlogError):
    """Words that are no date, or a date on the wrong side of today."""


class UnknownId(MentorlogError):
    """No record answers to the text."""

    def __init__(self, text: str, kinds: Sequence[str]) -> None:
        what = " or ".join(kinds) if 0 < len(kinds) < 4 else "record"
        where = f"mentorlog {kinds[0]} list" if len(kinds) == 1 else "mentorlog search TEXT"
        short = "give at least two characters; " if len(text) < 2 else ""
        super().__init__(f"There is no {what} {text!r}.", f"{short}list them with: {where}")


class SeveralMatch(MentorlogError):
    """More than one record answers to the text; the candidates are (id, title) pairs."""

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        shown = "; ".join(f"{id} ({title})" for id, title in candidates[:8])
        more = f"; and {len(candidates) - 8} more" if len(candidates) > 8 else ""
        super().__init__(f"{text!r} fits several: {shown}{more}.", "type more of the id")


class AnswerNeeded(MentorlogError):
    """A question that cannot be asked here; the option that answers it is named."""

    exit_code = 2

    def __init__(self, option: str, question: str = "") -> None:
        asked = question.rpartition(" (")[0] if question.endswith(")") else question  # examples help who can answer
        super().__init__(f"{asked} An answer is needed.".lstrip(), f"give it as {option}, or run in a terminal")


class Usage(MentorlogError):
    """Words on the command line that do not fit together."""

    exit_code = 2


class NeedsDoctor(MentorlogError):
    """A record or the journal is in a state that a person must look at."""

    exit_code = 3
    usual_hint = "see what is wrong with: mentorlog doctor"


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
    """The disk is full, read-only, failing, or refuses access; `cause` says in a few words why."""

    exit_code = 5

    def __init__(self, sentence: str, hint: str | None = None, cause: str = "") -> None:
        super().__init__(sentence, hint)
        self.cause = cause


class Interrupted(MentorlogError):
    """Ctrl-C, or a prompt that was closed; nothing was changed."""

    exit_code = 130

    def __init__(self, sentence: str = "Interrupted; nothing was changed.", hint: str | None = None) -> None:
        super().__init__(sentence, hint)


class Unreadable(NeedsDoctor):
    """A file that cannot be served as a record; path, what is wrong, in which line, and a code for the reason."""

    def __init__(self, path: str, message: str, line: int | None = None, reason: str = Reason.INVALID) -> None:
        where = f"{path}, line {line}" if line else path
        super().__init__(f"{where} cannot be read: {message}.")
        self.path, self.message, self.line, self.reason = path, message, line, reason


class ReadFailure(Unreadable):
    """A file that the operating system refuses or fails to read."""

    exit_code = 5

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message, reason=Reason.REFUSED)


class SyncFailed(DiskFailure):
    """fsync said no: what the disk holds of the last writes is unknown; asking again would prove nothing."""


class Unfinished(DiskFailure):
    """The change is saved, or may be; the next command finishes it or finds that it never was."""


class ConflictError(NeedsDoctor):
    """Others changed files while an operation was unfinished: theirs stay, ours are kept, both named."""

    def __init__(self, sentences: Sequence[str]) -> None:
        hint = "compare the two texts; what is kept can be deleted when it is no longer needed"
        super().__init__(" ".join(sentences), hint)


class NoHome(MentorlogError):
    """The folders of the user cannot be found."""

    def __init__(self) -> None:
        super().__init__("There is no home folder: HOME is not set.", "set HOME, or name a folder with --journal PATH")


class NoJournal(MentorlogError):
    """A journal that was named and is not there; never answered with a fresh, empty one."""

    def __init__(self, path: str, named_by: str) -> None:
        from shlex import quote

        hint = f"look for the folder, or begin one there with: mentorlog init {quote(path)}"
        super().__init__(f"There is no journal in {path} (named by {named_by}).", hint)


class Unchanged(MentorlogError):
    """An editor closed without a change, which is no failure; `data` is the record as it is."""

    exit_code = 0

    def __init__(self, sentence: str, data: Any = None) -> None:
        super().__init__(sentence)
        self.data = data


class EditorFailed(MentorlogError):
    """The editor is missing or ended badly; the text lies where the hint says."""


class Bug(MentorlogError):
    """A mistake of mentorlog itself; where its details were written."""

    exit_code = 70


class RecordClosed(MentorlogError):
    """A record that is done with must be taken up again before it changes."""

    def __init__(self, kind: str, id: str, status: str) -> None:
        hint = f"take it up again first: mentorlog {kind} reopen {id}"
        super().__init__(f"{kind.capitalize()} {id} is {status}.", hint)


class WrongAnswer(MentorlogError):
    """An answer of a review that cannot be taken; its entry and the line of it stand in the sentence."""

    usual_hint = "see what can be answered with: mentorlog review --print-form"


class Forgotten(MentorlogError):
    """A change whose texts were forgotten for good, and what came before it."""

    def __init__(self, name: str, later: int) -> None:
        after = f"only what came after it can be: mentorlog undo {later}" if later else "nor can what came before it"
        super().__init__(f"“{name}” cannot be taken back: what it changed was forgotten for good.", after)
