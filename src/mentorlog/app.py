"""One run of the program: its options, its clock, the journal, the output, and how it ends."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

from mentorlog import __version__, places
from mentorlog.errors import NoJournal
from mentorlog.output.output import Output, is_terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mentorlog.input.editor import EditorSession
    from mentorlog.input.prompt import Prompt
    from mentorlog.input.texts import Texts
    from mentorlog.store.journal import Journal
    from mentorlog.store.reading import Reader

NOT_PRIVILEGED = (
    "A journal is not legally privileged: others may be given the right to read it.",
    "Leave out what identifies a patient: names, numbers, dates of birth, pictures.",
)
"""What does not belong into a journal: shown once, when it is made."""


class App:
    """One run of the program."""

    def __init__(self, now: datetime, today: date | None = None) -> None:
        self.now = now
        self.today = today or now.date()
        self.json = False
        self.plain = False
        self.no_input = False
        self.version = False
        self.debug = os.environ.get("MENTORLOG_DEBUG", "0") not in ("", "0")
        self.journal_option: str | None = None
        self.kinds: tuple[str, ...] = ()  # to which a command on any record is limited: `goal show`
        self._out: Output | None = None
        self._places: places.Places | None = None
        self._journal: Journal | None = None
        self._texts: Texts | None = None
        self._editor: EditorSession | None = None

    def set_option(self, name: str, value: str | bool) -> None:
        """Set a global option, wherever on the command line it stood."""
        if name == "journal":
            self.journal_option, self._places = str(value), None
        else:
            setattr(self, name, value)
            self._out = None

    @property
    def out(self) -> Output:
        """Where results, notes and errors go."""
        if self._out is None:
            self._out = Output(json=self.json, plain=self.plain, environ=os.environ, complete=self.complete)
        return self._out

    def complete(self, data: Any) -> Any:
        """Return the data of a JSON document, every record in it with its computed fields."""
        from mentorlog.domain import computed

        return computed.complete(data, lambda: self.reading, self.today)

    def show_version(self) -> None:
        """Print the version of mentorlog."""
        self.out.say(f"mentorlog {__version__}", {"version": __version__})

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
        """Open the journal of this run in a folder, whether or not it is there yet."""
        from mentorlog.store.journal import Journal

        self._journal = Journal(
            path,
            now=self.now,
            may_create=may_create,
            on_create=lambda path: self.out.note(f"Made a new journal in {path}", *NOT_PRIVILEGED),
            waiting=lambda holder: self.out.note(f"Waiting for {holder} …"),
            progress=self.out.progress,
            ignored=self._note_ignored,
        )
        self.out.prefixes = self._journal.reading.prefixes
        return self._journal

    def _note_ignored(self, error: Exception) -> None:
        """Say under --debug what is wrong with the index: it stops no command, the next repairs it."""
        if self.debug:
            import traceback

            self.out.note("".join(traceback.format_exception(error)).rstrip())

    # The user

    @property
    def interactive(self) -> bool:
        """Whether somebody is there to answer: a terminal on both sides, and no --no-input."""
        return not self.no_input and is_terminal(sys.stdin) and is_terminal(sys.stdout)

    @property
    def prompt(self) -> Prompt:
        """What asks the user."""
        from mentorlog.input.prompt import Prompt

        return Prompt(self.out, self.interactive)

    @property
    def texts(self) -> Texts:
        """What reads texts from options, stdin and the editor."""
        if self._texts is None:
            from mentorlog.input.texts import Texts

            self._texts = Texts(lambda sentence: self.out.note(sentence), self.editor)
        return self._texts

    def editor(self, by: str) -> EditorSession:
        """Return where texts are written in the user's editor.

        Usage is raised, by the option or command that asks for it, where it cannot be shown or nobody is asked.
        """
        from mentorlog.input.editor import EditorSession, must_be_shown

        must_be_shown(by, self.no_input)
        if self._editor is None:
            confirm = self.prompt.confirm if self.interactive else None
            folder = self.journal.layout.drafts if self.journal.exists else self.places.state / "drafts"
            self._editor = EditorSession(folder, self.out, confirm, lambda: self.places.state)
        return self._editor

    # The end

    @property
    def saved(self) -> bool:
        """Whether this run has changed the journal already."""
        return self._journal is not None and bool(self._journal.committed)

    def on_success(self) -> None:
        """End a run that went well: drop the drafts, and print the journal's notices."""
        if self._editor is not None:
            self._editor.clear()
        if self._journal is None:
            return
        self.out.note(*self._journal.notices)
        if self._places and not self._places.named and not self._journal.exists:
            self.out.note(
                f"There is no journal yet; the first change makes one in {self._places.journal}"
                " (mentorlog init PATH makes it elsewhere)."
            )

    def on_broken_pipe(self) -> None:
        """End a run whose output nobody reads: drop the drafts of what is saved, print nothing."""
        if self._editor is not None and self.saved:
            self._editor.clear()

    def on_failure(self) -> None:
        """End a run that failed: say where the drafts are, or that the change is saved."""
        self.on_broken_pipe()
        if self.saved:
            self.out.note("The change itself is saved; what failed came after it.")
        elif self._editor is not None:
            self._editor.keep()
