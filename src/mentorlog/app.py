"""One run of the program: its options, clock, journal and output, and how it ends."""

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

    from mentorlog.config import Config
    from mentorlog.domain.loop import Rules
    from mentorlog.input.editor import EditorSession, Opener
    from mentorlog.input.prompt import Prompt
    from mentorlog.input.texts import Texts
    from mentorlog.store.journal import Journal
    from mentorlog.store.reading import Reader

NOT_PRIVILEGED = (
    "A journal is not legally privileged: you may be required to disclose it.",
    "Do not record anything that identifies a patient, such as names, numbers or pictures.",
)
"""A warning that is shown once, when a journal is created."""


class App:
    """One run of the program."""

    def __init__(self, now: datetime, today: date | None = None) -> None:
        self.now = now
        self.today = today or now.date()
        self.json = False
        self.plain = False
        self.no_input = False
        self.quiet = False
        self.version = False
        self.read_only = False  # nothing is written, not even the index
        self.is_new = False  # the screen says that there is no journal, and how to get started
        self.debug = os.environ.get("MENTORLOG_DEBUG", "0") not in ("", "0")
        self.journal_option: str | None = None
        self.kinds: tuple[str, ...] = ()  # to which a command on any record is limited: `goal show`
        self._out: Output | None = None
        self._places: places.Places | None = None
        self.uses_settings = True  # the sample journal of the tour has the defaults
        self._has_settings: bool | None = None
        self._config: Config | None = None
        self._said: set[str] = set()  # which settings cannot be used
        self._journal: Journal | None = None
        self._texts: Texts | None = None
        self._editor: EditorSession | None = None

    def set_option(self, name: str, value: str | bool) -> None:
        """Set a global option."""
        if name == "journal":
            self.journal_option, self._places = str(value), None
        else:
            setattr(self, name, value)
            self._out = None

    @property
    def out(self) -> Output:
        """The output for results, notes and errors."""
        if self._out is None:
            self._out = Output(json=self.json, plain=self.plain, environ=os.environ, complete=self.complete)
        return self._out

    def complete(self, data: Any) -> Any:
        """Return the data of a JSON document with the computed fields of every record."""
        from mentorlog.domain import computed

        return computed.complete(data, lambda: self.reading, self.today, lambda: self.rules)

    def show_version(self) -> None:
        """Print the version of mentorlog."""
        self.out.say(f"mentorlog {__version__}", {"version": __version__})

    # The settings

    @property
    def config(self) -> Config:
        """The user's settings, read on first use."""
        if self._config is None:
            from mentorlog import config

            self._config = config.read(places.settings())
        return self._config

    @property
    def has_settings(self) -> bool:
        """Whether there is a file of settings; most runs without one need nothing else of them."""
        if self._has_settings is None:
            self._has_settings = self.uses_settings and places.settings() is not None
        return self._has_settings

    @property
    def rules(self) -> Rules:
        """The rules of the loop, with the days that the user has set."""
        if self.has_settings:
            return self._usable("drift_days", "review_days", "within_days", "waiting_days").rules
        from mentorlog.domain.loop import RULES

        return RULES

    @property
    def first_weekday(self) -> int:
        """The day on which a week begins, as `date.weekday` counts them."""
        return self._usable("week_start").first_weekday if self.has_settings else 0

    def _usable(self, *keys: str) -> Config:
        """Return the settings; on stderr, once, which of these cannot be used, so that their defaults are."""
        for key in {"", *keys} & self.config.wrong.keys() - self._said:
            self._said.add(key)
            self.out.note(f"{self.config.wrong[key]} {'The default is used.' if key else 'The defaults are used.'}")
        return self.config

    # The journal

    @property
    def places(self) -> places.Places:
        """The locations of the journal and of the program's files."""
        if self._places is None:
            self._places = places.find(self.journal_option)
        return self._places

    @property
    def journal(self) -> Journal:
        """The journal, opened on first use; NoJournal if one was specified that does not exist."""
        if self._journal is None:
            where = self.places
            if where.named and not places.is_journal(where.journal):
                raise NoJournal(str(where.journal), places.SOURCES[where.source])
            self._journal = self.open(where.journal, may_create=not where.named)
        return self._journal

    @property
    def reading(self) -> Reader:
        """The reader of the journal."""
        return self.journal.reading

    def open(self, path: Path, *, may_create: bool = False, temporary: bool = False) -> Journal:
        """Open the journal of this run in a folder, which may not exist yet; nothing is recorded of a temporary one."""
        from mentorlog.store.journal import Journal

        self._journal = Journal(
            path,
            now=self.now,
            state=None if temporary else places.known("state"),
            config=None if temporary else places.known("config"),
            may_create=may_create and not self.read_only,
            read_only=self.read_only,
            on_create=lambda path: self.out.note(f"Created a journal in {path}", *NOT_PRIVILEGED),
            waiting=lambda holder: self.out.note(f"Waiting for {holder} …"),
            progress=self.out.progress,
            first_weekday=lambda: self.first_weekday,
            ignored=self._note_ignored,
        )
        self.out.prefixes = self._journal.reading.prefixes
        return self._journal

    def _note_ignored(self, error: Exception) -> None:
        """Print an index error under --debug; it is never fatal, and the next command repairs the index."""
        if self.debug:
            import traceback

            self.out.note("".join(traceback.format_exception(error)).rstrip())

    # The user

    @property
    def gives_hints(self) -> bool:
        """Whether somebody reads what is usually next: stderr is a terminal, and neither --quiet nor --json is set."""
        return not (self.quiet or self.json) and is_terminal(sys.stderr)

    @property
    def interactive(self) -> bool:
        """Whether prompts can be answered: stdin and stdout are terminals, and --no-input is not set."""
        return not self.no_input and is_terminal(sys.stdin) and is_terminal(sys.stdout)

    @property
    def prompt(self) -> Prompt:
        """The prompts for the user."""
        from mentorlog.input.prompt import Prompt

        return Prompt(self.out, self.interactive)

    @property
    def texts(self) -> Texts:
        """The reader of texts from options, stdin and the editor."""
        if self._texts is None:
            from mentorlog.input.texts import Texts

            self._texts = Texts(lambda sentence: self.out.note(sentence), self.editor)
        return self._texts

    def editor(self, by: Opener) -> EditorSession:
        """Return the session with the user's editor.

        Usage names `by`, the option or command that needs it, if an editor cannot be shown or --no-input is set.
        """
        from mentorlog.input.editor import EditorSession, must_be_shown

        must_be_shown(by, self.no_input)
        if self._editor is None:
            confirm = self.prompt.confirm if self.interactive else None
            self._editor = EditorSession(self.drafts, self.out, confirm, lambda: self.places.state)
        return self._editor

    @property
    def drafts(self) -> Path:
        """The folder of the texts that an editor works on: in the journal, if there is one."""
        return self.journal.layout.drafts if self.journal.exists else self.places.state / "drafts"

    # The end

    @property
    def saved(self) -> bool:
        """Whether this run has changed the journal."""
        return self._journal is not None and bool(self._journal.committed)

    def clear_drafts(self) -> None:
        """Delete the drafts of this run, whose records are saved."""
        if self._editor is not None:
            self._editor.clear()

    def on_success(self) -> None:
        """End a successful run: delete its drafts and print the journal's notices."""
        self.clear_drafts()
        if self._journal is None:
            return
        self.out.note(*self._journal.reading.notices, *self._journal.notices)
        if self._places and not self._places.named and not self._journal.exists and not self.is_new:
            self.out.note(
                f"No journal yet; the first change creates one in {self._places.journal}"
                " (to use another folder: mentorlog init PATH)"
            )

    def on_broken_pipe(self) -> None:
        """End a run whose output was closed: delete the drafts of a saved change, print nothing."""
        if self.saved:
            self.clear_drafts()

    def on_failure(self) -> None:
        """End a failed run: print where the drafts are, or that the change is saved."""
        self.on_broken_pipe()
        if self.saved:
            self.out.note("The change was saved before the error.")
        elif self._editor is not None:
            self._editor.keep()
