"""How the guided walk through a review asks: each answer is understood, or asked for again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from mentorlog import dates
from mentorlog.app import App
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.errors import MentorlogError
from mentorlog.flows import review
from mentorlog.flows.review_prompts.draft import ReviewDraft
from mentorlog.models.rules import clean_prose
from mentorlog.output.page import Page
from mentorlog.output.text import safe, wrap

T = TypeVar("T")
SKIP = "skip"
NOTHING = "-"
"""Typed where an answer is asked for again, it takes the old one away; Enter leaves it."""


class Prompter:
    """What is shown and asked in a walk, and where the answers are kept."""

    def __init__(self, app: App, draft: ReviewDraft) -> None:
        self.app = app
        self.draft = draft
        self.request = draft.request
        self.quick = draft.request.quick
        self.facts = review.review_facts(app.reading.find, draft.request)

    def _show(self, build: Callable[[Page], Sequence[str]]) -> None:
        self.app.out.page(build, None)

    def _say_dim(self, said: str) -> None:
        """Say in one dim line how an answer was understood, or what was answered before."""
        self._show(lambda page: [page.style(line, "dim") for line in wrap(safe(said), page.limit)])

    def _show_verdict(self, entry: Mapping[str, Any]) -> None:
        """Show what was decided before, where anything was."""
        if "verdict" not in entry:
            return
        reason = f" ({entry['reason']})" if entry.get("reason") else ""
        self._say_dim(f"Verdict: {entry['verdict'] or SKIP}{reason}")

    def _card(self, layout: Callable[[Any, ReviewFacts, Page, str], Sequence[str]], of: Any, place: str) -> None:
        self._show(lambda page: layout(of, self.facts, page, place))

    def _choice(self, question: str, choices: Sequence[str], old: str | None = None) -> str:
        """Return the word that was chosen, "" for skip; Enter alone decides nothing, and leaves an old answer."""
        usual = old if old and old in choices else SKIP
        answer = self.app.prompt.ask(question, usual, choices)
        return "" if answer == SKIP else answer

    def _line(self, question: str) -> str:
        while True:
            text = self.app.prompt.ask(question)
            clean = self._checked(clean_prose, text, "the answer")
            if clean is not None:
                return clean.strip()

    def _line_again(self, question: str, old: str) -> str:
        """Return a text in place of an old one, which Enter leaves and a lone - takes away."""
        if not old:
            return self._line(f"{question} (Enter: nothing)")
        self._say_dim(f"{question} {old}")
        said = self._line(f"{question} (Enter: stays; {NOTHING}: nothing)")
        return "" if said == NOTHING else said or old

    def _reason(self, old: str = "") -> str:
        while not (text := self._line("Why? (Enter: stays)" if old else "Why?") or old):
            self.app.out.note("A reason is needed here.")
        return text

    def _day(self, question: str, earliest: date, *, needed: bool = True) -> date | None:
        while True:
            words = self._line(question)
            if not words and not needed:
                return None
            day = self._checked(dates.ahead, words, self.app.today) if words else None
            if day and day < earliest:
                self.app.out.note(f"{dates.say(day)} is too early: give a day from {dates.say(earliest)} on.")
            elif day:
                self._say_dim(f"→ {dates.say(day)}")
                return day

    def _checked(self, work: Callable[..., T], *values: Any) -> T | None:
        """Return what the work returns; where an answer does not fit, say why and return None."""
        try:
            return work(*values)
        except MentorlogError as wrong:
            if wrong.exit_code not in (1, 2):
                raise
            self.app.out.error(wrong)
            return None
