"""The draft of an interactive review, saved after every answer, so that it can be resumed."""

from __future__ import annotations

from datetime import date
from typing import Any

from mentorlog import dates
from mentorlog.app import App
from mentorlog.domain.assign import ValueParser
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.errors import MentorlogError, Unchanged, UnknownId, WrongAnswer
from mentorlog.flows import review
from mentorlog.flows.answers import SavedAnswers
from mentorlog.store.format import toml
from mentorlog.store.layout import REVIEW_DRAFT

Entry = dict[str, Any]


class ReviewDraft(SavedAnswers):
    """The answers so far, in the format of a form; each is saved before the next question."""

    def __init__(self, app: App, data: Entry, request: ReviewRequest) -> None:
        super().__init__(app, REVIEW_DRAFT, data)
        self.request = request
        # The head first and the lists last, as TOML has it.
        self.data.update({"on": request.on, "kind": request.kind, "scope": request.scope})
        if request.since:
            self.data["since"] = request.since

    def entry(self, table: str, key: str, id: str) -> Entry:
        """Return the entry of a record, which is empty if there is no answer yet."""
        return next((entry for entry in self.data.get(table, ()) if entry.get(key) == id), {key: id})

    def set(self, table: str, entry: Entry, **values: Any) -> None:
        """Add answers to an entry of a list, and save."""
        entry.update(values)
        if not any(one is entry for one in self.data.setdefault(table, [])):
            self.data[table].append(entry)
        self.save()

    def replace(self, table: str, entry: Entry, **values: Any) -> None:
        """Replace all answers of an entry, and save."""
        for key in list(entry)[1:]:
            del entry[key]
        self.set(table, entry, **values)

    def remove(self, table: str, entry: Entry) -> None:
        """Remove an entry from a list and clear its answers, and save."""
        self.data[table].remove(entry)
        for key in list(entry)[1:]:
            del entry[key]
        self.save()

    @property
    def text(self) -> str:
        """The answers as a form, without empty lists."""
        return toml.dump_plain({key: value for key, value in self.data.items() if value != []}).decode()


def open_draft(app: App, options: review.Options, *, resume: bool) -> ReviewDraft:
    """Return the draft of an interrupted review if the user wants it, else an empty one."""
    drafts = app.journal.drafts
    text, path = drafts.get(REVIEW_DRAFT), str(drafts.path(REVIEW_DRAFT))
    if text is None and resume:
        raise MentorlogError("There is no unfinished review.", "start one with: mentorlog review")
    if text is not None and not resume:
        app.out.note(f"Unfinished review{_day(text, path)}: {path}")
        question, choices = "Continue it, start a new one (it stays saved), or stop?", ("continue", "new", "stop")
        choice = app.prompt.ask(question, "continue", choices)
        if choice == "stop":
            raise Unchanged("Nothing changed; your answers are saved.")
        if choice == "new":
            app.out.note(f"Your answers are saved in {drafts.aside(REVIEW_DRAFT)}")
            text = None
    if text is None:
        return ReviewDraft(app, {}, options.request(app.today))
    try:
        as_saved = ValueParser(app.today, lambda id, *kinds, by_name: {"id": id}, toml.literal)
        answers = review.read_answers(text, path, as_saved)
        if answers.wrong:
            raise WrongAnswer.of_all(answers.wrong)
        request = review.resolve(app, answers, options)
    except (UnknownId, WrongAnswer) as error:
        hint = f"correct {path}, or start again with: mentorlog review"
        raise WrongAnswer(f"The saved answers cannot be used. {error.sentence}", hint) from None
    return ReviewDraft(app, review.parse_answers(text, path), request)


def _day(text: str, path: str) -> str:
    """Return the date of a draft in words; "" if it cannot be read."""
    try:
        on = review.parse_answers(text, path).get("on")
    except MentorlogError:
        return ""
    return f" on {dates.say(on)}" if isinstance(on, date) else ""
