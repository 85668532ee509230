"""The interactive review: each answer is saved before the next question.

At the end, answers can be changed until the review is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from mentorlog import dates, lookup
from mentorlog.app import App
from mentorlog.domain.reviewing.answers import Answers
from mentorlog.domain.reviewing.applying import ReviewResult
from mentorlog.errors import AnswerNeeded, Interrupted, Unchanged
from mentorlog.flows import review
from mentorlog.flows.answers import Answer, confirmed, how_to_answer_again
from mentorlog.flows.review_prompts.draft import Entry, ReviewDraft, open_draft
from mentorlog.flows.review_prompts.prompter import Prompter
from mentorlog.flows.review_prompts.steps import GoalStep, MentorStep, TaskStep
from mentorlog.models.rules import clean_line
from mentorlog.models.views import called, counted
from mentorlog.output.fields import QUICK
from mentorlog.output.page import Page
from mentorlog.output.screens import review as layout
from mentorlog.output.text import spaced
from mentorlog.store.layout import REVIEW_DRAFT

_FULL = {
    "worked": "What worked?",
    "did_not": "What did not work?",
    "changed": "What changed?",
    "wellbeing": "How are you? Only you see the answer.",
    "asks": "What do you ask of your program?",
}
_QUICK = {"worked": "What moved?", "did_not": "What is stuck?", "changed": "What will you change?"}


def hold(app: App, options: review.Options, *, resume: bool) -> ReviewResult:
    """Ask the questions of a review and save it; Interrupted and Unchanged leave the answers in the draft."""
    if app.json or not app.interactive:
        raise AnswerNeeded("--answers FILE", "What has become of your goals, tasks and mentors?")
    review.check_readable(app)
    review.check_not_empty(app)
    draft = open_draft(app, options, resume=resume)
    try:
        answers = _Walk(app, draft).run()
    except (Interrupted, KeyboardInterrupt):
        if app.journal.drafts.get(REVIEW_DRAFT) is None:
            raise Interrupted from None
        raise Interrupted(
            "Interrupted; nothing changed.", "your answers are saved; continue with: mentorlog review --resume"
        ) from None
    result = review.save(app, answers, draft.request)  # from here on, the journal is changed
    draft.discard()
    return result


class _Walk:
    """One interactive review: the order of the questions, and the end."""

    def __init__(self, app: App, draft: ReviewDraft) -> None:
        self.app, self.draft = app, draft
        self.facts = facts = review.review_facts(app, app.reading.find, draft.request)
        self.prompter = prompter = Prompter(app, draft, facts)
        self.quick = quick = draft.request.quick
        self.questions = _QUICK if quick else _FULL
        self.steps: Sequence[Sequence[GoalStep | TaskStep | MentorStep]] = (
            [GoalStep(prompter, state) for state in (facts.drifting if quick else facts.goals)],
            [TaskStep(prompter, task) for task in (() if quick else facts.late)],
            [MentorStep(prompter, state) for state in (() if quick else facts.mentors)],
        )
        records = [step for steps in self.steps for step in steps]
        self.answers = [Answer(step.id, step.title, partial(step.ask, "Again", again=True)) for step in records]
        for key in self.questions:
            name = QUICK[key] if quick else spaced(key)
            self.answers.append(Answer(name, "", partial(self._ask_question, key)))
        if not quick:
            self.answers.append(Answer("next review", "", self._ask_next_date))

    def run(self) -> Answers:
        """Ask whatever has no answer, show the changes, and return the answers that the user confirms."""
        self._drop_outdated()
        self._show_facts()
        if self.quick:
            self._ask_questions()
        for steps in self.steps:
            for number, step in enumerate(steps, 1):
                if step.missing:
                    step.ask(f"{step.label} {number} of {len(steps)}")
        if not self.quick:
            self._ask_questions()
            self._ask_new_goals()
            if "next_on" not in self.draft.data:
                self._ask_next_date()
        return self._finish()

    def _show_facts(self) -> None:
        """Show the facts and about how many questions follow, all on one screen, until the user presses Enter."""
        left = sum(step.questions for steps in self.steps for step in steps if step.missing)
        left += sum(key not in self.draft.data for key in self.questions)
        left += 0 if self.quick or "next_on" in self.draft.data else 2  # new goals, and the next review
        about = f"About {counted(left, 'question')}. Enter skips one; Ctrl-C stops, and your answers are saved."

        def build(page: Page) -> list[str]:
            below = ["", *page.wrap(about)] if left else []
            kind = self.draft.request.kind
            return [*layout.facts(self.facts, page, kind, below=len(below) + 1), *below]

        self.app.out.page(build, None, self.app.reading.problems)
        if left:
            self.prompter.begin()

    def _drop_outdated(self) -> None:
        """Drop answers on records that have since been closed or deleted."""
        ids = {
            "verdicts": {state.goal["id"] for state in self.facts.goals},
            "tasks": {task["id"] for task in self.facts.late},
            "mentors": {state.mentor["id"] for state in self.facts.mentors},
        }
        for table, key in (("verdicts", "goal"), ("tasks", "task"), ("mentors", "mentor")):
            for entry in list(self.draft.data.get(table, ())):
                if entry.get(key) not in ids[table]:
                    self.draft.data[table].remove(entry)
                    self.app.out.note(f"{entry.get(key)} is no longer open; its answer was dropped.")

    # The review as a whole

    def _ask_questions(self) -> None:
        missing = [key for key in self.questions if key not in self.draft.data]
        if missing:
            self.prompter.show(lambda page: [""])
        for key in missing:
            self._ask_question(key)

    def _ask_question(self, key: str) -> None:
        self.draft.set_whole(key, self.prompter.text(self.questions[key], self.draft.data.get(key, "")))

    def _ask_new_goals(self) -> None:
        """Ask for new goals until there are no more, which is saved as an entry without a title."""
        entries: Sequence[Entry] = self.draft.data.get("add_goals", ())
        for entry in [entry for entry in entries if entry.get("title")]:
            self._ask_new_goal(entry)
        while all(entry.get("title") for entry in entries):
            text = self.prompter.line("A new goal? (Enter to skip)")
            title = self.prompter.checked(clean_line, text, "title") if text else ""
            if title is not None:
                entry = {"title": title}
                self.draft.set("add_goals", entry)
                entries = self.draft.data["add_goals"]
                if title:
                    self._ask_new_goal(entry)

    def _ask_new_goal(self, entry: Entry) -> None:
        prompter = self.prompter
        if "by" not in entry:
            self.draft.set("add_goals", entry, by=prompter.day("By when? (Enter to skip)", prompter.on, ""))
        while "with" not in entry:
            names = prompter.line("With which mentors? (Enter to skip)")
            mentors = prompter.checked(lookup.mentors, self.app, [names] if names else [])
            if mentors is not None:
                if mentors:
                    prompter.show_dim(f"→ {', '.join(called(mentor) for mentor in mentors)}")
                self.draft.set("add_goals", entry, **{"with": [mentor["id"] for mentor in mentors]})
        if "measure" not in entry:
            self.draft.set("add_goals", entry, measure=prompter.text("How will you know you achieved it?"))

    def _ask_next_date(self) -> None:
        default = self.draft.data.get("next_on") or self.draft.request.on + timedelta(days=self.facts.rules.review_days)
        earliest = self.draft.request.on + timedelta(days=1)
        day = self.prompter.day(f"Next review? (Enter for {dates.say(default)})", earliest, default)
        self.draft.set_whole("next_on", day)

    # The end

    def _finish(self) -> Answers:
        """Show the changes; return the answers if the user confirms, else ask for one again."""
        while True:
            answers = review.read_answers(self.draft.text, self.draft.path, review.words(self.app))
            if answers.empty:
                self.draft.discard()
                raise Unchanged("No answers; no review was saved.")
            result = review.preview(self.app, answers, self.draft.request)
            self.prompter.show(partial(layout.summary, result))
            self.prompter.show_dim(how_to_answer_again(self.answers))
            question, path = "Save this review? [yes/no/id]", self.draft.path
            unsaved = f"Nothing changed. Your answers are in {path} (continue with: mentorlog review --resume)"
            chosen = confirmed(self.app, question, self.answers, option="--answers FILE", unsaved=unsaved)
            if chosen is None:
                return answers
            chosen.ask_again()
