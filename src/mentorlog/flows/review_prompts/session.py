"""The guided walk through a review: one question after another, each answer on the disk before the next is asked.

At the end one answer after the other can be given again, until the review is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from mentorlog.app import App
from mentorlog.domain.reviewing.answers import Answers
from mentorlog.domain.reviewing.applying import ReviewResult, validate_request
from mentorlog.errors import AnswerNeeded, Interrupted, Unchanged
from mentorlog.flows import review
from mentorlog.flows.review_prompts.draft import open_draft
from mentorlog.flows.review_prompts.steps import ReviewPrompts
from mentorlog.output.fields import QUICK
from mentorlog.output.phrases import spaced
from mentorlog.output.screens import review as layout
from mentorlog.store.layout import REVIEW_DRAFT

_FULL = (("worked", "What worked?"), ("did_not", "What did not?"), ("changed", "What changed?"))
_QUICK = (("worked", "What moved?"), ("did_not", "What is stuck?"), ("changed", "What changes?"))
_MANY = 5


def hold(app: App, options: review.Options, *, resume: bool) -> ReviewResult:
    """Ask through a whole review and save it; Interrupted and Unchanged leave the answers so far in the draft."""
    if app.json or not app.interactive:
        raise AnswerNeeded("--answers FILE", "What became of your goals, tasks and mentors?")
    review.check_readable(app)
    review.check_not_empty(app)
    draft = open_draft(app, options, resume=resume)
    try:
        answers = _Walk(app, draft).run()
    except (Interrupted, KeyboardInterrupt):
        if app.journal.drafts.get(REVIEW_DRAFT) is None:
            raise Interrupted from None
        raise Interrupted(
            "Interrupted; nothing in the journal was changed.",
            "your answers are saved; continue with: mentorlog review --resume",
        ) from None
    result = review.save(app, answers, draft.request)  # from here on nobody may say that nothing was changed
    draft.discard()
    return result


class _Step(NamedTuple):
    """An answer that can be given again: its id or word, its title in small letters, and what asks for it."""

    name: str
    title: str
    again: Callable[[], None]


class _Walk(ReviewPrompts):
    """One walk: in which order it asks, and how it ends."""

    def run(self) -> Answers:
        """Ask everything that has no answer yet, show what it would change, and return what the user agrees to."""
        self._drop_outdated()
        problems = self.app.reading.problems
        self.app.out.page(lambda page: layout.facts(self.facts, page, self.request.kind), None, problems)
        if self.quick:
            self._questions(_QUICK)
            self._goals(self.facts.drifting)
        else:
            self._goals(self.facts.goals)
            self._late_tasks()
            self._mentors()
            self._questions(_FULL)
            self._new_goals()
            if "next_on" not in self.draft.data:
                self._next_date()
        return self._finish()

    def _drop_outdated(self) -> None:
        """Answers on what is closed or gone since they were given have no use any more."""
        known = {
            ("verdicts", "goal"): {state.goal["id"] for state in self.facts.goals},
            ("tasks", "task"): {task["id"] for task in self.facts.late},
            ("mentors", "mentor"): {state.mentor["id"] for state in self.facts.mentors},
        }
        for (table, key), ids in known.items():
            for entry in list(self.draft.data.get(table, ())):
                if entry.get(key) not in ids:
                    self.draft.data[table].remove(entry)
                    self.app.out.note(f"{entry.get(key)} is no longer open: its answer is dropped.")

    # The end

    def _finish(self) -> Answers:
        """Show what the answers would change, and return them where the user agrees; any can be given again."""
        while True:
            answers = review.read_answers(self.draft.text, self.draft.path)
            if answers.form.empty:
                self.draft.discard()
                raise Unchanged("Nothing was answered, and no review was made.")
            result = review.preview(self.app, answers, validate_request(answers, self.request))
            self._show(partial(layout.summary, result))
            self._say_dim(self._how_to_answer_again())
            step = self._confirm_or_choose()
            if step is None:
                return answers
            step.again()

    def _confirm_or_choose(self) -> _Step | None:
        """Return what is to be answered again, None where the review is saved; Unchanged where it is not."""
        while True:
            word = self.app.prompt.ask("Save this review? [yes/no/id]", "yes", option="--answers FILE").strip().lower()
            if "yes".startswith(word):
                return None
            if "no".startswith(word):
                path = self.draft.path
                raise Unchanged(f"Nothing was changed. Your answers are in {path}; mentorlog review --resume continues")
            steps = list(self._steps())
            found = [one for one in steps if one.name == word]
            found = found or [one for one in steps if len(word) > 1 and f" {word}" in f" {one.name} {one.title}"]
            if len(found) == 1:
                return found[0]
            fits = ", ".join(one.name for one in found[:_MANY])
            said = f"fits several: {fits}" if found else "is no answer of this review"
            self.app.out.note(f"{word!r} {said}. {self._how_to_answer_again()}")

    def _how_to_answer_again(self) -> str:
        """Say what can be typed to give an answer again: an id, of which the first is an example, or a word."""
        ids = [one.name for one in self._steps() if one.title]
        words = ", ".join(one.name for one in self._steps() if not one.title)
        return f"To answer again, type {f'an id such as {ids[0]}, or ' if ids else ''}one of: {words}."

    def _steps(self) -> Iterator[_Step]:
        """Yield what can be answered again, in the order of the walk."""
        for state in self.facts.drifting if self.quick else self.facts.goals:
            yield _Step(state.goal["id"], state.goal["title"].lower(), partial(self._goal_again, state))
        for task in () if self.quick else self.facts.late:
            yield _Step(task["id"], task["title"].lower(), partial(self._task_again, task))
        for one in () if self.quick else self.facts.mentors:
            yield _Step(one.mentor["id"], one.mentor["name"].lower(), partial(self._mentor_again, one))
        for key, question in _QUICK if self.quick else _FULL:
            yield _Step(QUICK[key] if self.quick else spaced(key), "", partial(self._question_again, key, question))
        if not self.quick:
            yield _Step("next review", "", self._next_date)
