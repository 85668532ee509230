"""`mentorlog task list`."""

from typing import Annotated, Any

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.task.options import Owner, person
from mentorlog.domain import loop
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query

Status = Annotated[str | None, opt.state(*vocabulary.TASK_STATUSES)]


def run(
    ctx: typer.Context,
    goal: opt.GoalOption = None,
    with_: opt.WithMentors = None,
    owner: Owner = None,
    status: Status = None,
    due_by: opt.DueBy = None,
    all_: opt.All = False,
    tag: opt.Tags = None,
    since: opt.RareSince = None,
    until: opt.RareUntil = None,
) -> None:
    """List tasks, the first due first.

    --with takes every task that concerns the mentor: who does it, gave it or is helped by it, or shares its goal or
    meeting. --since and --until hold the day it is due.

    Example: mentorlog task list --with osler --due-by fri
    Example: mentorlog task list --status submitted
    """
    app: App = ctx.obj
    last = [day for day in (app.lookup.day_text(until), _iso(app.lookup.day_ahead(due_by))) if day]
    query = Query(
        "task", statuses=_statuses(status, all_), concerning=app.lookup.mentor_ids(with_), owner=person(app, owner),
        goals=(app.lookup.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.lookup.day_text(since),
        until=min(last, default=None),
    )  # fmt: skip
    found = app.journal.find(query)
    for view in found:
        view["late"] = view["due"] is not None and loop.late(view, app.today)  # most of a long list have no day
    app.out.listing(found, lists.TASKS, "No tasks found.", app.journal.problems)


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else vocabulary.OPEN_TASKS
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.TASK_STATUSES),)
