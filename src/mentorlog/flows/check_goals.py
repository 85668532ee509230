"""What is vague in goals, and the questions that complete one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mentorlog import lookup, vocabulary
from mentorlog.app import App
from mentorlog.domain import vague
from mentorlog.domain.progress import number
from mentorlog.domain.query import Query
from mentorlog.models.rules import clean_line
from mentorlog.models.views import View, goal_state, noun
from mentorlog.output.messages import goal as messages
from mentorlog.output.messages import set as set_messages
from mentorlog.output.screens import check as layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.domain.vague import Check
    from mentorlog.models.view_types import GoalView
    from mentorlog.store.transaction import Transaction


def check_all(app: App) -> None:
    """Show what is missing of each active goal of mine."""
    active = app.reading.find(Query("goal", statuses=("active",)))
    mine = [goal for goal in active if not goal["whose"]]
    checks = _checks(app, mine)
    app.out.page(lambda page: layout.lines(checks, page), checks, app.reading.problems)


def check_one(app: App, goal: GoalView) -> None:
    """Show what is missing of a goal; on a terminal, ask for it and save the answers as one change."""
    (check,) = _checks(app, [goal])
    if goal["status"] in vocabulary.CLOSED_GOALS:
        state = goal_state(goal["status"])
        return app.out.say(f"Goal {goal['id']} is closed ({state}), so nothing is missing.", check)
    if app.json or not (app.interactive and check["missing"]):
        ids = [share["mentor"] for share in goal["mentors"]]
        names = app.reading.titles([*ids, *([check["next"]] if check["next"] else [])])
        whom = _whom(app, goal)
        return app.out.page(lambda page: layout.goal(check, goal, names, whom, page), check, app.reading.problems)
    app.out.note(layout.introduction(check))
    answers = _Answers(app, check["missing"])
    if not (answers.fields or answers.told or answers.task):
        return app.out.say(f"Nothing was entered; goal {goal['id']} is unchanged.", check)
    return _save(app, goal, answers)


def _whom(app: App, goal: GoalView) -> str | None:
    """Return a mentor who could be told about a goal: one who shares it, else an active one."""
    untold = [share["mentor"] for share in goal["mentors"] if not share["told_on"]]
    active = [] if untold else app.reading.find(Query("mentor", statuses=("active",)))
    return next(iter([*untold, *(one["id"] for one in active if noun(one) == "mentor")]), None)


def _checks(app: App, goals: Sequence[GoalView]) -> list[Check]:
    ids = tuple(goal["id"] for goal in goals)
    tasks = app.reading.find(Query("task", goals=ids, statuses=vocabulary.OPEN_TASKS)) if ids else []
    steps = vague.next_steps(tasks, app.reading.find(Query("goal", statuses=vocabulary.OPEN_GOALS)))
    return [vague.check(goal, steps) for goal in goals]


class _Answers:
    """The answers to what is missing of a goal: its fields, the mentors who know of it, the next task."""

    def __init__(self, app: App, missing: Sequence[str]) -> None:
        """Ask for each in turn; Enter skips it."""
        self.fields: dict[str, Any] = {}
        self.told: tuple[str, ...] = ()
        self.task: str | None = None
        ask = app.prompt
        if "why" in missing:
            self._field("why", ask.ask("Why do you want it? (Enter to skip)"))
        if "measure" in missing:
            question = "How will you know you achieved it? (words, or a number such as 50 procedures; Enter to skip)"
            self._measure(ask.ask(question))
        if "by" in missing:
            question = "By when? (e.g. in 6 weeks, 3 feb; Enter to skip)"
            self._field("by", ask.ask_value(question, lambda text: lookup.day_ahead(app, text) if text else None))
        if "told" in missing:
            question = "Which mentors have you told about it? (separate with commas; Enter to skip)"
            self.told = ask.ask_value(question, lambda text: lookup.mentor_ids(app, [text]) if text else ())
        if "task" in missing:
            question = "What is the next task? (Enter to skip)"
            self.task = ask.ask_value(question, lambda text: clean_line(text, "title") if text else None)

    def _field(self, name: str, value: Any) -> None:
        if value:
            self.fields[name] = value

    def _measure(self, text: str) -> None:
        """Save a number with a word as the target, other words as the measure."""
        found = re.fullmatch(r"([0-9.]+) ([^\W\d_]+)", text.strip())
        target = number(found[1]) if found else None
        if found and target:
            self.fields |= {"target": target, "unit": found[2]}
        else:
            self._field("measure", text)


def _save(app: App, goal: GoalView, answers: _Answers) -> None:
    """Save the answers, and print what changed."""
    from mentorlog.models.goal import Goal
    from mentorlog.models.task import Task

    def work(transaction: Transaction) -> tuple[View, View | None]:
        now = transaction.get(Goal, goal["id"])
        changed = replace(now, **answers.fields) if answers.fields else now
        for mentor in answers.told:
            changed = changed.told(mentor, on=app.today)
        view, task = transaction.put(changed), None
        if answers.task:
            id = transaction.new_id("task")
            task = transaction.put_new(Task(id=id, created=app.now, title=answers.task, goal=goal["id"]))
        return view, task

    view, task = app.journal.change(f"goal check: {goal['title']}", work)
    lines = [set_messages.sentence(goal, view), *set_messages.lines(view, list(answers.fields), {})]
    lines = lines if answers.fields or not (answers.told or task) else []
    mentors = app.reading.find(Query("mentor", ids=answers.told)) if answers.told else []
    lines += [messages.told(view, mentor, app.today, changed=True) for mentor in mentors]
    app.out.say([*lines, *([messages.next_task(task)] if task else [])], view)
