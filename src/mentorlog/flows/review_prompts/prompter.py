"""The prompts of a review, each repeated until the answer is valid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from mentorlog import dates
from mentorlog.app import App
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.errors import MentorlogError
from mentorlog.flows.review_prompts.draft import ReviewDraft
from mentorlog.input.prompt import Legend
from mentorlog.models.rules import clean_prose
from mentorlog.output.page import Page
from mentorlog.output.text import safe, wrap

T = TypeVar("T")
SKIP = "skip"
NOTHING = "-"
"""The answer that clears an earlier one; Enter keeps it."""


class Prompter:
    """Shows and asks on the terminal; the steps save the answers in the draft."""

    def __init__(self, app: App, draft: ReviewDraft, facts: ReviewFacts) -> None:
        self.app, self.draft, self.facts = app, draft, facts
        self.on = draft.request.on
        self._explained: set[tuple[str, ...]] = set()

    def show(self, build: Callable[[Page], Sequence[str]]) -> None:
        """Show lines as wide as the terminal."""
        self.app.out.page(build, None)

    def show_dim(self, text: str) -> None:
        """Show dimmed how an answer was understood, or the earlier answer."""
        self.show(lambda page: [page.style(line, "dim") for line in wrap(safe(text), page.limit)])

    def choice(
        self, question: str, choices: Sequence[str], old: str | None = None, meanings: Mapping[str, str] | None = None
    ) -> str:
        """Return the chosen word, "" for skip; Enter is the old answer, else skip.

        Words with meanings are explained when they are asked for first; after that, only their prefixes are shown.
        """
        legend = None
        if meanings:
            legend = Legend(meanings, is_brief=True, is_new=tuple(choices) not in self._explained)
            self._explained.add(tuple(choices))
        default = old if old and old in choices else SKIP
        answer = self.app.prompt.ask(question, default, (*choices, SKIP), legend=legend)
        return "" if answer == SKIP else answer

    def begin(self) -> None:
        """Wait for Enter."""
        while self.line("Press Enter to begin"):
            self.app.out.note("Press Enter to begin, or Ctrl-C to stop.")

    def line(self, question: str) -> str:
        """Return a line of text, "" for Enter alone."""
        return self.app.prompt.ask_value(question, partial(clean_prose, field="the answer")).strip()

    def text(self, question: str, old: str = "") -> str:
        """Return an optional text; Enter keeps an old one and - clears it."""
        if not old:
            return self.line(f"{question} (Enter to skip)")
        self.show_dim(f"{question} {old}")
        answer = self.line(f"{question} (Enter to keep; {NOTHING} to clear)")
        return "" if answer == NOTHING else answer or old

    def day(self, question: str, earliest: date, default: date | str | None = None) -> date | str:
        """Return a date that is not before the earliest; Enter is the default, if there is one."""
        while True:
            text = self.line(question)
            if not text and default is not None:
                return default
            day = self.checked(self.app.reading.day_ahead, text, self.on) if text else None
            if day and day < earliest:
                self.app.out.note(f"{dates.say(day)} is too early; enter {dates.say(earliest)} or later.")
            elif day:
                self.show_dim(f"→ {dates.say(day)}")
                return day

    def checked(self, work: Callable[..., T], *values: Any) -> T | None:
        """Return what `work` returns; if an answer is invalid, print the error and return None."""
        try:
            return work(*values)
        except MentorlogError as error:
            if error.exit_code not in (1, 2):
                raise
            self.app.out.error(error)
            return None
