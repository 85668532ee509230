"""The end of a mentorship: how it ended, who takes over open goals and promises, and the closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import handover
from mentorlog.domain.query import Query
from mentorlog.errors import Usage
from mentorlog.models.rules import among
from mentorlog.models.views import View, called, latest
from mentorlog.output.messages import mentor as messages

if TYPE_CHECKING:
    from mentorlog.domain.handover import EndPlan, Open
    from mentorlog.models.view_types import MentorView
    from mentorlog.store.transaction import Transaction

_CLOSING = {
    "worked": "What worked? (Enter to skip)",
    "did_not": "What did not work? (Enter to skip)",
    "lesson": "What did you learn? (Enter to skip)",
}


def end(app: App, mentor: MentorView, plan: EndPlan, heirs: list[View] | None, owner: View | None) -> None:
    """End a mentorship as one operation and print it; `heirs` get the goals, the `owner` the promises.

    On a terminal, it asks for whatever is not given.
    """
    from mentorlog.models.mentor import must_allow

    must_allow("ended", mentor["id"], mentor["name"], mentor["status"])
    left = open_items(app, mentor)
    if plan.drop and owner is not None:
        raise Usage("--drop-promises and --promises-to cannot be used together.", "use only one of them")
    for taker in [*(heirs or ()), *([owner] if owner else ())]:
        handover.successor(taker, mentor)
    plan = plan._replace(kind=_ask_kind(app, mentor, plan.kind))
    if app.interactive:
        app.out.note(*messages.open_with(mentor, left))
        if left.goals and heirs is None:
            heirs = _ask_heirs(app, mentor)
        if left.promises and owner is None and not plan.drop:
            owner, drop = _ask_owner(app, mentor)
            plan = plan._replace(drop=drop)
    plan = plan._replace(**app.prompt.fill({field: getattr(plan, field) for field in _CLOSING}, _CLOSING))
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
    promises = [task for task in tasks if task["owner"] == mentor["id"]]
    mine = [task for task in tasks if task["owner"] == vocabulary.ME]
    return handover.Open(goals, promises, mine, meetings[::-1])


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


def _ask_kind(app: App, mentor: MentorView, kind: str) -> str:
    """Return how the mentorship ended: as given, as it already ended, or the answer to a question."""
    last = latest(mentor["closure"])
    if not kind and mentor["status"] == "ended" and last:
        kind = last["kind"]
    endings = vocabulary.ENDINGS
    return among(kind or app.prompt.ask("How did it end?", choices=endings, option="--kind KIND"), "kind", endings)


def _ask_heirs(app: App, mentor: MentorView) -> list[View]:
    def successors(text: str) -> list[View]:
        return [handover.successor(one, mentor) for one in (lookup.mentors_named(app, text) if text else ())]

    return app.prompt.ask_value("Which mentors take over the goals? (separate with commas; Enter to skip)", successors)


def _ask_owner(app: App, mentor: MentorView) -> tuple[View | None, bool]:
    """Return who gets the promises (None if they stay), and whether they are dropped."""

    def owner(text: str) -> tuple[View | None, bool]:
        if text in ("", "drop"):
            return None, text == "drop"
        return handover.successor(lookup.me_or_mentor(app, text), mentor), False

    return app.prompt.ask_value("Who takes over the promises? (me, a mentor, or drop; Enter to leave them)", owner)
