"""`mentorlog meeting list`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.meeting.options import Kind
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query

Status = Annotated[str | None, opt.state(*vocabulary.MEETING_STATUSES)]
All = Annotated[bool, opt.option("--all", help="Those cancelled or missed too")]


def run(
    ctx: typer.Context,
    with_: opt.WithMentors = None,
    since: opt.Since = None,
    until: opt.Until = None,
    status: Status = None,
    kind: Kind = None,
    all_: All = False,
    goal: opt.GoalOption = None,
    tag: opt.Tags = None,
) -> None:
    """List the meetings that are planned or were held, the newest first.

    --all takes those that were cancelled or missed along. --goal takes the meetings whose agenda names the goal.

    Example: mentorlog meeting list --with osler --since "6 months ago"
    """
    app: App = ctx.obj
    asked = Query(
        "meeting", statuses=_statuses(status, all_), mentors=app.lookup.mentor_ids(with_), kinds=_kinds(kind),
        goals=(app.lookup.goal(goal)["id"],) if goal else (), tags=tuple(tag or ()), since=app.lookup.day_text(since),
        until=app.lookup.day_text(until),
    )  # fmt: skip
    app.out.listing(app.journal.find(asked), lists.MEETINGS, "No meetings found.", app.journal.problems)


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else ("planned", "held")
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.MEETING_STATUSES),)


def _kinds(kind: str | None) -> tuple[str, ...]:
    from mentorlog.models.rules import among

    return (among(kind, "kind", vocabulary.MEETING_KINDS),) if kind else ()
