"""The end of a mentorship: how it ended, who takes over open goals and promises, and the closure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from mentorlog import date_words, dates, lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import handover
from mentorlog.domain.query import Query
from mentorlog.errors import Usage
from mentorlog.flows.answers import Answer, confirmed, how_to_answer_again
from mentorlog.input.prompt import Legend
from mentorlog.models.rules import among
from mentorlog.models.views import View, called, latest, noun
from mentorlog.output.messages import mentor as messages

if TYPE_CHECKING:
    from mentorlog.domain.handover import EndPlan, Open
    from mentorlog.models.view_types import MentorView
    from mentorlog.store.transaction import Transaction

_CLOSING = {"worked": "What worked?", "did_not": "What did not work?", "lesson": "What did you learn?"}


def end(
    app: App, mentor: MentorView, plan: EndPlan, heirs: list[View] | None, owner: View | None, *, has_day: bool
) -> None:
    """End a mentorship as one operation and print it; `heirs` get the goals, the `owner` the promises.

    On a terminal, it asks for whatever is not given, the day too unless the plan `has_day`, and whether to save it.
    """
    from mentorlog.models.mentor import must_allow

    must_allow("ended", mentor)
    left = open_items(app, mentor)
    if plan.drop and owner is not None:
        raise Usage("--drop-promises and --promises-to cannot be used together.", "use only one of them")
    for taker in [*(heirs or ()), *([owner] if owner else ())]:
        handover.successor(taker, mentor)
    plan = plan._replace(kind=_known_kind(mentor, plan.kind))
    questions = _Questions(app, mentor, left, plan, heirs, owner)
    questions.ask(has_day=has_day)
    plan, heirs, owner = questions.plan, questions.heirs, questions.owner
    ids = tuple(heir["id"] for heir in heirs or ())
    view, changed = _save(app, mentor, left, plan._replace(heirs=ids, owner=owner["id"] if owner else None))
    view |= {"open": {kind: [one["id"] for one in views] for kind, views in left._asdict().items()}}
    if not changed:
        return app.out.say(f"The mentorship with {called(view)} has already ended; nothing changed.", view)
    app.out.say([*messages.ended(view, left, heirs or (), called(owner) if owner else None, plan.drop)], view)
    app.out.note(*messages.planned(view, left))
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


def _known_kind(mentor: MentorView, kind: str) -> str:
    """Return how the mentorship ended, as given or as it has already ended; "" if that must be asked."""
    last = latest(mentor["closure"])
    if not kind and mentor["status"] == "ended" and last:
        return last["kind"]
    return among(kind, "kind", vocabulary.ENDINGS) if kind else ""


class _Questions:
    """The questions about an end on a terminal; each sets a part of the plan, and can be asked again."""

    def __init__(
        self, app: App, mentor: MentorView, left: Open, plan: EndPlan, heirs: list[View] | None, owner: View | None
    ) -> None:
        self.app, self.mentor, self.left = app, mentor, left
        self.plan, self.heirs, self.owner = plan, heirs, owner

    def ask(self, *, has_day: bool) -> None:
        """Ask for whatever is not given, then whether to save it; an answer can be given again."""
        has_kind = bool(self.plan.kind)
        if not has_kind:
            self._kind()
        if not self.app.interactive:
            return
        self.app.out.note(*messages.open_with(self.mentor, self.left))
        again = self.mentor["status"] == "ended"  # its day and status stay
        questions: dict[str, tuple[bool, Callable[[], None]]] = {
            "kind": (False, self._kind),
            "day": (not has_day, self._day),
            "goals": (self.heirs is None, self._heirs),
            "promises": (self.owner is None and not self.plan.drop, self._owner),
            "in touch": (not self.plan.stay_in_touch, self._in_touch),
            **{
                field.replace("_", " "): (getattr(self.plan, field) is None, partial(self._text, field))
                for field in _CLOSING
            },
        }
        unused = {"goals": not self.left.goals, "promises": not self.left.promises, "day": again, "in touch": again}
        questions = {name: one for name, one in questions.items() if not unused.get(name)}
        missing = [question for is_missing, question in questions.values() if is_missing]
        for question in missing:
            question()
        if missing or not has_kind:
            self._confirm([Answer(name, "", question) for name, (_, question) in questions.items()])

    def _confirm(self, answers: Sequence[Answer]) -> None:
        """Show what would be saved until the user saves it; an answer can be given again before."""
        while True:
            plan, heirs, owner = self.plan, self.heirs or (), self.owner
            shown = messages.ending(self.mentor, self.left, plan, heirs, owner)
            self.app.out.note(*shown, how_to_answer_again(answers))
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
        day = self.app.prompt.ask_value(question, lambda text: date_words.back(text, self.app.today) if text else on)
        self.plan = self.plan._replace(on=day)

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
        text = self.app.prompt.ask(f"{_CLOSING[field]} (Enter to {'keep it' if old else 'skip'})")
        texts: dict[str, Any] = {field: text or old}
        self.plan = self.plan._replace(**texts)


def _save(app: App, mentor: MentorView, left: Open, plan: EndPlan) -> tuple[View, bool]:
    """Save every record that changes; return the mentor's view and whether anything changed."""
    from mentorlog.models.goal import Goal
    from mentorlog.models.mentor import Mentor
    from mentorlog.models.task import Task

    def work(transaction: Transaction) -> tuple[View, bool]:
        old = transaction.get(Mentor, mentor["id"])
        goals = [transaction.get(Goal, goal["id"]) for goal in left.goals]
        promises = [transaction.get(Task, task["id"]) for task in left.promises]
        new = list(handover.end_mentorship(old, goals, promises, plan))
        changed = any(now is not before for now, before in zip(new, [old, *goals, *promises], strict=True))
        first, *_ = [transaction.put(record) for record in new]
        return first, changed

    return app.journal.change(f"mentor end: {mentor['name']}", work)
