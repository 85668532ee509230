"""All that a command is given: the journal (opened on first use), today, now, output, questions and the editor."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from mentorlog import __version__, places, vocabulary
from mentorlog.errors import AnswerNeeded, Interrupted, MentorlogError, NoJournal, UnknownId, Usage
from mentorlog.output.output import Output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from mentorlog.input.editor import EditorSession
    from mentorlog.input.stdin import StdinText
    from mentorlog.models.record import View
    from mentorlog.store.journal import Journal
    from mentorlog.store.reading import Reader

    T = TypeVar("T")

NOT_PRIVILEGED = (
    "A journal is not legally privileged: others may be given the right to read it.",
    "Leave out what identifies a patient: names, numbers, dates of birth, pictures.",
)


class App:
    """What one run of the program is about: its options, its clock, and the doors to everything else."""

    def __init__(self, now: datetime, today: date | None = None) -> None:
        self.now = now
        self.today = today or now.date()
        self.json = False
        self.plain = False
        self.no_input = False
        self.debug = os.environ.get("MENTORLOG_DEBUG", "0") not in ("", "0")
        self.journal_option: str | None = None
        self._out: Output | None = None
        self._places: places.Places | None = None
        self._journal: Journal | None = None
        self._desk: EditorSession | None = None
        self._stdin: StdinText | None = None

    def settle(self, name: str, value: str | bool) -> None:
        """Take the value of a global option, wherever on the command line it stood."""
        if name == "journal":
            self.journal_option, self._places = str(value), None
        else:
            setattr(self, name, value)
            self._out = None

    @property
    def out(self) -> Output:
        """The one that prints."""
        if self._out is None:
            self._out = Output(json=self.json, plain=self.plain, environ=os.environ, complete=self.complete)
        return self._out

    def complete(self, data: Any) -> Any:
        """Return the data of a JSON document, every record in it with its computed fields."""
        from mentorlog.domain import computed

        return computed.complete(data, lambda: self.reading, self.today)

    def show_version(self) -> None:
        """Say which mentorlog this is."""
        self.out.say(f"mentorlog {__version__}", {"version": __version__})

    @property
    def interactive(self) -> bool:
        """Whether somebody is there to answer: a terminal on both sides, and no --no-input."""
        return not self.no_input and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)

    # The journal

    @property
    def places(self) -> places.Places:
        """Where things are."""
        if self._places is None:
            self._places = places.find(self.journal_option)
        return self._places

    @property
    def journal(self) -> Journal:
        """The journal, opened on first use; one that was named must be there."""
        if self._journal is None:
            where = self.places
            if where.named and not places.is_journal(where.journal):
                raise NoJournal(str(where.journal), places.SOURCES[where.source])
            self._journal = self.open(where.journal, may_create=not where.named)
        return self._journal

    @property
    def reading(self) -> Reader:
        """What answers questions about the journal."""
        return self.journal.reading

    def open(self, path: Path, *, may_create: bool = False) -> Journal:
        """Return the journal in a folder, whether or not it is there yet."""
        from mentorlog.store.journal import Journal

        journal = Journal(
            path,
            now=self.now,
            may_create=may_create,
            on_create=self.tell_created,
            waiting=self._tell_waiting,
            progress=self.out.progress,
            ignored=self._tell_ignored,
        )
        self.out.prefixes = journal.reading.prefixes
        return journal

    def chosen(self, path: str | None) -> Journal:
        """Return the journal, there or not, in the folder that `init` is given, else where it is looked for."""
        root = self.places.journal if path is None else places.full(path)
        if not places.is_journal(root) and places.in_use(root):
            raise MentorlogError(
                f"{root} holds other things and no journal.", "name a new folder, for example one in it"
            )
        return self.open(root)

    def begin(self, journal: Journal, *, remember: bool) -> bool:
        """Make the journal if it is not there, and remember it; return whether it was made."""
        created = places.remember(journal.root, journal.create) if remember else journal.create()
        if created:
            self.tell_not_privileged()
        self._journal = journal
        return created

    def tell_not_privileged(self) -> None:
        """Say what does not belong into a journal; once, when it is made."""
        for sentence in NOT_PRIVILEGED:
            self.out.note(sentence)

    def tell_created(self, path: Path) -> None:
        """Say where a new journal is, and once what does not belong into it."""
        self.out.note(f"Made a new journal in {path}")
        self.tell_not_privileged()

    def _tell_waiting(self, holder: str) -> None:
        self.out.note(f"Waiting for {holder} …")

    def _tell_ignored(self, error: Exception) -> None:
        """Say under --debug what went wrong with the index: it stops no command, and the next one repairs it."""
        if self.debug:
            import traceback

            self.out.note("".join(traceback.format_exception(error)).rstrip())

    def completions(self, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, title) for the shell's completion: never an error, and nothing that a shell would act on."""
        try:
            found = self.journal.reading.completions(start, kinds)
        except Exception:
            return []
        return [(id, _for_shell(title)) for id, title in found if _is_plain(id)]

    # Words to records and days

    def mentor(self, text: str, missing: str | None = None) -> View:
        """Return the mentor that the text means: a slug, a unique beginning of it, or of a word of the name.

        `missing` is the hint for a text that means nobody.
        """
        try:
            return self.journal.reading.resolve(text, "mentor", by_name=True)
        except UnknownId as error:
            error.hint = missing or error.hint
            raise

    def goal(self, text: str) -> View:
        """Return the goal that the text means."""
        return self.journal.reading.resolve(text, "goal")

    def task(self, text: str) -> View:
        """Return the task that the text means."""
        return self.journal.reading.resolve(text, "task")

    def meeting(self, text: str) -> View:
        """Return the meeting that the text means."""
        return self.journal.reading.resolve(text, "meeting")

    def note(self, text: str) -> View:
        """Return the note that the text means."""
        return self.journal.reading.resolve(text, "note")

    def mentor_ids(self, words: Sequence[str] | None) -> tuple[str, ...]:
        """Return the ids of the mentors that the texts mean, each once, in their order."""
        return tuple(dict.fromkeys(self.mentor(word)["id"] for word in words or ()))

    def several_mentors(self, text: str) -> tuple[str, ...]:
        """Return the ids of the mentors that a text with commas means."""
        return self.mentor_ids([word.strip() for word in text.split(",") if word.strip()])

    def kinds(self, words: Sequence[str] | None) -> tuple[str, ...]:
        """Return the kinds of records that the words name, in the singular or the plural; BadValue names all kinds."""
        if not words:
            return ()
        from mentorlog.models.rules import among

        return tuple(among(word.removesuffix("s"), "kind", (*vocabulary.RECORD_KINDS, "profile")) for word in words)

    def day_before(self, text: str | None) -> date:
        """Return the day on which something happened, today where nothing is said; never one to come."""
        if text is None:
            return self.today
        from mentorlog import dates

        return dates.back(text, self.today)

    def day_ahead(self, text: str | None) -> date | None:
        """Return the day that is meant where something is to come, None where nothing is said."""
        if text is None:
            return None
        from mentorlog import dates

        return dates.ahead(text, self.today)

    def say_day(self, day: date | str) -> str:
        """Return the day in words: `Sun 3 Jan 2027`."""
        from mentorlog import dates

        return dates.say(day)

    # Questions

    def ask(
        self,
        question: str,
        default: str | None = None,
        choices: Sequence[str] | None = None,
        *,
        option: str | None = None,
        check: Callable[[str], object] | None = None,
    ) -> str:
        """Ask for a line; where nobody can answer, raise AnswerNeeded with the option (or argument) that answers.

        An answer that `check` refuses is asked for again: one typing mistake costs one answer.
        """
        from mentorlog.input import prompt

        while True:
            answer = self._asking(
                lambda: prompt.ask(question, default, choices, *self.out.questions), option or "an answer", question
            )
            try:
                if check is not None:
                    check(answer)
            except MentorlogError as wrong:
                self.out.error(wrong)
            else:
                return answer

    def confirm(self, question: str, default: bool = False, *, option: str = "--yes") -> bool:
        """Ask for yes or no; where nobody can answer, raise AnswerNeeded with the option that answers."""
        from mentorlog.input import prompt

        return self._asking(lambda: prompt.confirm(question, default, *self.out.questions), option, question)

    def fill(
        self,
        values: Mapping[str, Any],
        questions: Mapping[str, str],
        checks: Mapping[str, Callable[[str], object]] | None = None,
    ) -> dict[str, Any]:
        """Return the values, those that are missing asked for; an empty answer stays None, as where nobody is asked.

        `checks` says of fields how an answer is understood; one that is not is asked for again.
        """
        if not self.interactive:
            return dict(values)

        def understood(field: str) -> Callable[[str], object]:
            check = (checks or {}).get(field)
            return lambda answer: check(answer) if check and answer else None

        missing = [field for field in questions if values[field] is None]
        return {**values, **{field: self.ask(questions[field], check=understood(field)) or None for field in missing}}

    def _asking(self, question: Callable[[], T], option: str, said: str) -> T:
        if not self.interactive:
            raise AnswerNeeded(option, said)
        try:
            return question()
        except (KeyboardInterrupt, EOFError):
            self.out.note("")
            raise Interrupted from None

    # Prose

    def text(self, value: str | None) -> str | None:
        """Return a text as given, or from stdin for `-`; None where nothing is said."""
        return self.stdin.text() if value == "-" else value

    def texts(self, values: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return the texts of an option that may be repeated, one of them from stdin for `-`; None where it is not."""
        return None if values is None else tuple(self.stdin.text() if value == "-" else value for value in values)

    def prose(
        self, value: str | None, edit: bool = False, template: str = "", name: str = "note", by: str = "--edit"
    ) -> str | None:
        """Return a text as given, or from the editor with `edit`, which `by` asks for; None where nothing is said.

        The editor begins with the value, else the template. Unchanged is raised where the template is left as it
        was, or nothing is left.
        """
        text = self.text(value)
        if not edit:
            return text
        desk = self.desk(by)
        return desk.write(template, name) if text is None else desk.write("", name, start=text)

    def pairs(self, words: Sequence[str] | None, clear: Sequence[str] | None) -> list[str]:
        """Return words KEY=VALUE as given, with stdin for a value that is `-`; Usage where nothing is to be changed."""
        if not words and not clear:
            raise Usage(
                "Nothing to change: KEY=VALUE or --clear KEY is missing.", "write it like by=fri or 'why=A first paper'"
            )
        # An empty value is refused where it is read, which says how a field is emptied.
        return [
            f"{word[:-1]}{self.stdin.text(may_be_empty=True)}" if word.partition("=")[2] == "-" else word
            for word in words or ()
        ]

    def edited(
        self,
        text: str,
        name: str,
        suffix: str = ".toml",
        check: Callable[[str], object] | None = None,
        top: str | None = None,
        by: str = "edit",
    ) -> str:
        """Return a whole document as the editor leaves it, which `by` asks for; what `check` refuses is offered again.

        `top` is said in a first line that is no part of it.
        """
        return self.desk(by).revise(text, name, suffix, check, top)

    @property
    def stdin(self) -> StdinText:
        """What is piped in."""
        if self._stdin is None:
            from mentorlog.input.stdin import StdinText

            self._stdin = StdinText(lambda sentence: self.out.note(sentence))
        return self._stdin

    def desk(self, by: str) -> EditorSession:
        """Return where texts are written in the user's editor; Usage where it cannot be shown or nobody is asked."""
        from mentorlog.input.editor import EditorSession, must_be_shown

        must_be_shown(by, self.no_input)
        if self._desk is None:
            confirm = self.confirm if self.interactive else None
            folder = self.journal.layout.drafts if self.journal.exists else self.places.state / "drafts"
            self._desk = EditorSession(folder, self.out, confirm, lambda: self.places.state)
        return self._desk

    # The end

    def finish(self) -> None:
        """After a command that went well: what was written is saved now, and what is left to say is said."""
        if self._desk is not None:
            self._desk.clear()
        if self._journal is None:
            return
        for sentence in self._journal.notices:
            self.out.note(sentence)
        if self._places and not self._places.named and not self._journal.exists:
            self.out.note(
                f"There is no journal yet; the first change makes one in {self._places.journal}"
                " (mentorlog init PATH makes it elsewhere)."
            )

    @property
    def saved(self) -> bool:
        """Whether this run has changed the journal already."""
        return self._journal is not None and bool(self._journal.committed)

    def cut_off(self) -> None:
        """After the reader of the output went away: a text that is saved needs no draft; nothing is said."""
        if self._desk is not None and self.saved:
            self._desk.clear()

    def give_up(self) -> None:
        """After a command that failed: say where what was written lies, or that it is saved all the same."""
        self.cut_off()
        if self.saved:
            self.out.note("The change itself is saved; what failed came after it.")
        elif self._desk is not None:
            self._desk.keep()


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False


def _is_plain(id: str) -> bool:
    return id.isascii() and id[:1].isalnum() and id.replace("-", "").isalnum()


def _for_shell(title: str) -> str:
    """The title as a shell may show it: the scripts of typer evaluate what they are given."""
    from mentorlog.output.text import safe

    table = str.maketrans({"'": "’", '"': "’", "`": "’", "\\": "/", "$": "", ":": " ", "\t": " "})
    return " ".join(safe(title).translate(table).split())
