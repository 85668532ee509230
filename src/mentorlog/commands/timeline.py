"""`mentorlog timeline`: what happened, day by day."""

import typer

from mentorlog.app import App
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
    app: App = ctx.obj
    about = events.About(
        mentors=app.mentor_ids(with_),
        goal=app.goal(goal)["id"] if goal else None,
        since=app.day_text(since),
        until=app.day_text(until),
        tags=tuple(tag or ()),
    )
    found = events.events(app.reading.everything(), about)
    app.out.page(lambda page: layout.lines(found, page), found, app.reading.problems)
