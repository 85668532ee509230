"""`mentorlog timeline`: what happened, day by day."""

import typer

from mentorlog.app import Context
from mentorlog.commands import options as opt
from mentorlog.domain import timeline as events
from mentorlog.output.screens import timeline as layout

app = typer.Typer()


@app.command("timeline")
def timeline(
    ctx: typer.Context,
    with_: opt.WithMentors = None,
    goal: opt.GoalOption = None,
    since: opt.Since = None,
    until: opt.Until = None,
    tag: opt.Tags = None,
) -> None:
    """Show goals, meetings, tasks, notes and reviews day by day, the oldest first.

    Example: mentorlog timeline --with osler --since "6 months ago"
    """
    here: Context = ctx.obj
    about = events.About(
        mentors=here.mentor_ids(with_),
        goal=here.goal(goal)["id"] if goal else None,
        since=here.day_text(since),
        until=here.day_text(until),
        tags=tuple(tag or ()),
    )
    found = events.events(here.journal.everything(), about)
    here.out.page(lambda page: layout.lines(found, page), found, here.journal.problems)
