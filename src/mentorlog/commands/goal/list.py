"""`mentorlog goal list`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.goal.options import Domain, Horizon, Parent, Words
from mentorlog.domain import loop
from mentorlog.models.views import View, percent
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query

Status = Annotated[str | None, opt.state(*vocabulary.GOAL_STATUSES)]


def run(
    ctx: typer.Context,
    mentors: opt.WithMentors = None,
    drifting: Annotated[
        bool, opt.option("--drifting", help="Only those that drift: past their date, or quiet")
    ] = False,
    status: Status = None,
    all: opt.All = False,
    until: Annotated[str | None, opt.option("--until", metavar="DATE", help="To be reached by this day")] = None,
    domain: Domain = None,
    horizon: Horizon = None,
    tags: opt.Tags = None,
    parent: Parent = None,
) -> None:
    """List the goals that are open, the nearest date first.

    A goal drifts when it is past its date, or when nothing has shown for six weeks that it moves.

    Example: mentorlog goal list --with osler --drifting
    """
    app: App = ctx.obj
    whom = tuple(app.lookup.mentor(text)["id"] for text in mentors or ())
    latest = app.lookup.day_ahead(until)
    query = Query("goal", statuses=_statuses(status, all), mentors=whom, tags=tuple(tags or ()), until=latest)
    narrow = _narrow(app, domain, horizon, parent, drifting)
    found = [goal for goal in _seen(app, app.journal.find(query)) if narrow.items() <= goal.items()]
    if latest:
        app.out.note(f"To be reached by {app.lookup.format_day(latest)}:")
    app.out.listing(found, lists.goals(app.today), empty=_none(narrow, query), problems=app.journal.problems)


def _statuses(status: str | None, all: bool) -> tuple[str, ...]:
    if status is None:
        return () if all else vocabulary.OPEN_GOALS
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.GOAL_STATUSES),)


def _narrow(app: App, domain: str | None, horizon: str | None, parent: str | None, drifting: bool) -> Words:
    """Return the fields that the goals of a list must have."""
    if domain or horizon:
        from mentorlog.models.rules import among, short_word

        domain = short_word(domain, "domain") if domain else None
        horizon = among(horizon, "horizon", vocabulary.HORIZONS) if horizon else None
    above = app.lookup.goal(parent)["id"] if parent else None
    wanted = {"domain": domain, "horizon": horizon, "parent": above, "drifting": drifting or None}
    return {field: value for field, value in wanted.items() if value is not None}


def _seen(app: App, goals: list[View]) -> list[View]:
    """Return the goals with what a list shows beside their fields: how far, last seen to move, drifting, untold."""
    last = app.journal.last_evidence([goal["id"] for goal in goals]) if goals else {}
    ended = app.journal.find(Query("mentor", statuses=vocabulary.PAST_MENTORS)) if goals else []
    past = {mentor["id"] for mentor in ended}
    for goal in goals:
        seen = last.get(goal["id"])
        goal |= {"percent": percent(goal), "last_evidence": seen, "drifting": loop.drifting(goal, seen, app.today)}
        goal["untold"] = [one["mentor"] for one in goal["mentors"] if not (one["told_on"] or one["mentor"] in past)]
    return goals


def _none(narrow: Words, query: Query) -> str:
    """Return what an empty list says."""
    if narrow.get("drifting"):
        return "No goal is drifting."
    if narrow or query != Query("goal", statuses=vocabulary.OPEN_GOALS):
        return "No goal fits."
    return "No open goals. Set one with: mentorlog goal add TITLE"
