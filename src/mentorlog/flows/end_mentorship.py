"""The end of a mentorship: how it ended, who takes over open goals and promises, and the closure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from mentorlog import date_words, dates, lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import handover
from mentorlog.domain.handover import EndPlan
from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError, Usage
from mentorlog.flows.answers import Answer, confirmed, how_to_answer_again
from mentorlog.input.prompt import Legend
from mentorlog.models.rules import among, clean_line, words
from mentorlog.models.views import View, called, noun
from mentorlog.output.messages import mentor as messages
from mentorlog.output.phrases import unchanged
from mentorlog.output.text import spaced

if TYPE_CHECKING:
    from mentorlog.domain.handover import Open
    from mentorlog.models.view_types import MentorView
    from mentorlog.store.transaction import Transaction

_TEXTS = {
    "worked": "What worked?",
    "did_not": "What did not work?",
    "lesson": "What did you learn?",
    "pay_forward": "Whom will you help in turn, and with what? This becomes a goal.",
}


def end(
    app: App, mentor: MentorView, plan: EndPlan, heirs: list[View] | None, owner: View | None, *, has_day: bool
) -> None:
    """End a mentorship as one operation and print it; `heirs` get the goals, the `owner` the promises.

    On a terminal, it asks for what is to be remembered, then shows all of it and asks whether to save it. For one that
    has ended and nothing given, it shows what its closure says, to be corrected.
    """
    last = mentor["closure"][-1] if mentor["closure"] else None
    is_bare = not has_day and plan._replace(correct=False) == EndPlan(plan.on, "") and heirs is owner is None
    status = "stay_in_touch" if plan.stay_in_touch else "ended"
    again = last is not None and mentor["status"] in ("ended", status)
    _must_allow(mentor, plan)
    left = open_items(app, mentor)
    if plan.drop and owner is not None:
        raise Usage("--drop-promises and --promises-to cannot be used together.", "use only one of them")
    for taker in [*(heirs or ()), *([owner] if owner else ())]:
        handover.successor(taker, mentor)
    plan = plan._replace(kind=among(plan.kind, "kind", vocabulary.ENDINGS) if plan.kind else "")
    if last and (again or plan.correct):
        keeps_day = not has_day and (plan.correct or mentor["status"] == status)
        plan = plan._replace(on=date.fromisoformat(last["on"])) if keeps_day else plan
        plan = plan.over(last) if plan.correct or (is_bare and app.interactive) else plan
        plan = plan._replace(kind=plan.kind or last["kind"])
    questions = _Questions(app, mentor, left, plan, heirs, owner)
    if not (again or plan.correct) or (is_bare and app.interactive):
        questions.ask()
    _end(app, mentor, left, questions)


def _must_allow(mentor: MentorView, plan: EndPlan) -> None:
    """Raise MentorlogError if the mentorship cannot end, or has no end to correct."""
    from mentorlog.models.mentor import must_allow

    if not plan.correct:
        return must_allow("ended", mentor)
    if not mentor["closure"]:
        sentence = f"The mentorship with {called(mentor)} has not ended, so there is nothing to correct."
        raise MentorlogError(sentence, f"to end it: mentorlog mentor end {mentor['id']}")
    return None


def _end(app: App, mentor: MentorView, left: Open, said: _Questions) -> None:
    """Save the end as it is said, and print it."""
    heirs, owner = said.heirs or [], said.owner
    plan = said.plan._replace(heirs=tuple(heir["id"] for heir in heirs), owner=owner["id"] if owner else None)
    view, changed = _save(app, mentor, left, plan)
    view |= {"open": {kind: [one["id"] for one in views] for kind, views in left._asdict().items()}}
    if not changed:
        state = "is already saved like that" if plan.correct else "has already ended"
        return app.out.say(unchanged(f"The mentorship with {called(view)} {state}"), view)
    app.out.say([*messages.ended(view, left, plan, heirs, called(owner) if owner else None)], view)
    app.out.note(*(() if plan.correct else messages.planned(view, left)))
    return None


def open_items(app: App, mentor: MentorView) -> Open:
    """Return what is open with a mentor."""
    whom = (mentor["id"],)
    goals = app.reading.find(Query("goal", mentors=whom, statuses=vocabulary.OPEN_GOALS))
    tasks = app.reading.find(Query("task", mentors=whom, statuses=vocabulary.OPEN_TASKS))
    meetings = app.reading.find(Query("meeting", mentors=whom, statuses=("planned",)))
    promises = [task for task in tasks if task["owner"] == mentor["id"] and not task["letter"]]  # its writer writes it
    mine = [task for task in tasks if task["owner"] == vocabulary.ME]
    return handover.Open(goals, promises, mine, meetings[::-1])


class _Questions:
    """The questions about an end on a terminal; each sets a part of the plan, and can be asked again."""

    def __init__(
        self, app: App, mentor: MentorView, left: Open, plan: EndPlan, heirs: list[View] | None, owner: View | None
    ) -> None:
        self.app, self.mentor, self.left = app, mentor, left
        self.plan, self.heirs, self.owner = plan, heirs, owner
        self._is_mentee = noun(mentor) == "mentee"  # helping them is to pay it forward

    def ask(self) -> None:
        """Ask for what is not given, then whether to save it; every answer can be given again."""
        has_kind = bool(self.plan.kind)
        if not has_kind:
            self._kind()
        if not self.app.interactive:
            return
        self.app.out.note(*messages.open_with(self.mentor, self.left))
        questions, asked = self._all(), list[str]()
        if not self.plan.correct:
            last = "reasons" if self.plan.kind in vocabulary.FAILED_ENDINGS or self._is_mentee else "pay_forward"
            fields = ("worked", "did_not", "lesson", last)
            asked = [field.replace("_", " ") for field in fields if getattr(self.plan, field) is None]
        for name in asked:
            questions[name]()
        if asked or not has_kind or self.plan.correct:
            self._confirm([Answer(name, "", question) for name, question in questions.items()])

    def _all(self) -> dict[str, Callable[[], None]]:
        """Return every question by its word; with nothing open, nobody takes over."""
        questions = {"kind": self._kind, "day": self._day, "reasons": self._reasons, "thanked": self._thanked}
        texts = [field for field in _TEXTS if field != "pay_forward" or not self._is_mentee]
        questions |= {field.replace("_", " "): partial(self._text, field) for field in texts}
        questions |= {"goals": self._heirs} if self.left.goals else {}
        questions |= {"promises": self._owner} if self.left.promises else {}
        return questions if self.plan.correct else {**questions, "in touch": self._in_touch}

    def _confirm(self, answers: Sequence[Answer]) -> None:
        """Show what would be saved until the user saves it; an answer can be given again before."""
        while True:
            plan, heirs, owner = self.plan, self.heirs or (), self.owner
            shown = messages.ending(plan, heirs, owner)
            lines = [f"  {one.name}: {shown[one.name]}" for one in answers]
            title = f"The mentorship with {called(self.mentor)}:"
            self.app.out.note("", title, *lines, how_to_answer_again(answers))
            unsaved = f"Nothing changed. End it like this with: {messages.end_command(self.mentor, plan, heirs, owner)}"
            question = "Save this? [yes/no/word]"
            chosen = confirmed(self.app, question, answers, option="--no-input", unsaved=unsaved)
            if chosen is None:
                return
            chosen.ask_again()

    def _kind(self) -> None:
        kind = self.app.prompt.ask(
            "How did it end?",
            self.plan.kind or None,
            vocabulary.ENDINGS,
            option="--kind KIND",
            legend=Legend(vocabulary.ENDING_MEANINGS),
        )
        self.plan = self.plan._replace(kind=kind)

    def _day(self) -> None:
        on = self.plan.on
        question = f"On what day? (e.g. fri, 3 feb; Enter for {dates.say(on)})"
        day = self.app.prompt.ask_value(
            question, lambda text: date_words.back(text, self.app.today, self.app.first_weekday) if text else on
        )
        self.plan = self.plan._replace(on=day)

    def _reasons(self) -> None:
        question = "Why? (e.g. time, communication; separate with commas; Enter to skip)"
        legend = f"For example: {', '.join(map(spaced, vocabulary.ENDING_REASONS))}"
        self.app.out.note(legend)

        def reasons(text: str) -> list[str]:
            return words("reason", [word for word in text.split(",") if word.strip()])

        self.plan = self.plan._replace(reasons=self.app.prompt.ask_value(question, reasons))

    def _thanked(self) -> None:
        question = "On what day did you thank them? (e.g. today, fri; Enter to skip)"
        day = self.app.prompt.ask_value(
            question, lambda text: date_words.back(text, self.app.today, self.app.first_weekday) if text else None
        )
        self.plan = self.plan._replace(thanked_on=day)

    def _heirs(self) -> None:
        def successors(text: str) -> list[View]:
            people = lookup.mentors(self.app, [text]) if text else ()
            return [handover.successor(one, self.mentor) for one in people]

        question = "Which mentors take over the goals? (separate with commas; Enter to skip)"
        self.heirs = self.app.prompt.ask_value(question, successors)

    def _owner(self) -> None:
        """Ask who gets the promises (None if they stay), or whether they are dropped."""

        def owner(text: str) -> tuple[View | None, bool]:
            if text in ("", "drop"):
                return None, text == "drop"
            return handover.successor(lookup.me_or_mentor(self.app, text), self.mentor), False

        theirs = "their tasks" if noun(self.mentor) == "mentee" else "the promises"
        question = f"Who takes over {theirs}? (me, a mentor, or drop; Enter to leave them)"
        self.owner, drop = self.app.prompt.ask_value(question, owner)
        self.plan = self.plan._replace(drop=drop)

    def _in_touch(self) -> None:
        """Ask whether to stay in touch, and how often to meet then."""
        stay = self.app.prompt.confirm("Stay in touch?", option="--stay-in-touch")
        every = None
        if stay:
            question = "How often will you meet? (e.g. 12 weeks; Enter to leave it)"
            every = self.app.prompt.ask_value(question, lambda text: date_words.days(text) if text else None)
        self.plan = self.plan._replace(stay_in_touch=stay, every=every)

    def _text(self, field: str) -> None:
        old = getattr(self.plan, field)
        text = self.app.prompt.ask(f"{_TEXTS[field]} (Enter to {'keep it' if old else 'skip'})")
        texts: dict[str, Any] = {field: text or old or ""}
        self.plan = self.plan._replace(**texts)


def _save(app: App, mentor: MentorView, left: Open, plan: EndPlan) -> tuple[View, bool]:
    """Save every record that changes; return the mentor's view and whether anything changed."""
    from mentorlog.models.goal import Goal
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.task import Task

    title = plan.pay_forward and clean_line(plan.pay_forward, "pay_forward")

    def work(transaction: Transaction) -> tuple[View, bool]:
        old = transaction.get(Mentor, mentor["id"])
        goals = [transaction.get(Goal, goal["id"]) for goal in left.goals]
        promises = [transaction.get(Task, task["id"]) for task in left.promises]
        new = list(handover.end_mentorship(old, goals, promises, plan))
        changed = any(now is not before for now, before in zip(new, [old, *goals, *promises], strict=True))
        first, *_ = [transaction.put(record) for record in new]
        goal = None
        if title:
            made = Goal(id=transaction.new_id("goal"), created=app.now, title=title, tags=["pay-it-forward"])
            goal = transaction.put(made)
        return {**first, "new_goal": goal}, changed or goal is not None

    return app.journal.change(f"mentor end: {mentor['name']}", work)
