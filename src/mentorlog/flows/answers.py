"""The answers of a conversation on the terminal: saved after each question, confirmed or given again at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mentorlog.app import App
from mentorlog.errors import Unchanged, shortened
from mentorlog.store.format import toml

_MANY = 5


class SavedAnswers:
    """The answers so far in a draft of this name, as TOML, so that an interrupted conversation can be resumed."""

    def __init__(self, app: App, name: str, data: dict[str, Any]) -> None:
        self._drafts, self._name = app.journal.drafts, name
        self.path = str(self._drafts.path(name))
        self.data = data

    def set_whole(self, key: str, value: Any) -> None:
        """Set an answer to one question, and save."""
        self.data[key] = value
        self.save()

    def save(self) -> None:
        """Write all answers so far."""
        self._drafts.put(self._name, self.text)

    def discard(self) -> None:
        """Delete the draft, because what it led to is saved or there are no answers."""
        self._drafts.drop(self._name)

    @property
    def text(self) -> str:
        """The answers as TOML."""
        return toml.dump_plain(self.data).decode()


class Answer(NamedTuple):
    """An answer that can be changed: its id or word, its lower-case title, and the function that asks."""

    name: str
    title: str
    ask_again: Callable[[], None]


def confirmed(app: App, question: str, answers: Sequence[Answer], *, option: str, unsaved: str) -> Answer | None:
    """Return the answer to ask for again, or None to save all; Unchanged with `unsaved` if nothing is saved."""
    how = how_to_answer_again(answers)
    while True:
        word = app.prompt.ask(question, "yes", option=option).strip().lower()
        if "yes".startswith(word):
            return None
        if "no".startswith(word):
            raise Unchanged(unsaved)
        matches = [one for one in answers if one.name == word]
        if not matches and len(word) > 1:
            matches = [one for one in answers if f" {word}" in f" {one.name} {one.title}"]
        if len(matches) == 1:
            return matches[0]
        names = ", ".join(one.name for one in matches[:_MANY])
        reason = f"matches several: {names}" if matches else "is not one of these answers"
        app.out.note(f"{shortened(word)} {reason}. {how}")


def how_to_answer_again(answers: Sequence[Answer]) -> str:
    """Return what to type to change an answer: an id, such as the first, or a word."""
    ids = [one.name for one in answers if one.title]
    words = ", ".join(one.name for one in answers if not one.title)
    return f"To change an answer, type {f'an id such as {ids[0]}, or ' if ids else ''}one of: {words}."
