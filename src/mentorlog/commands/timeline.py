"""`mentorlog timeline`: what happened, day by day."""

from mentorlog.commands import options as opt
from mentorlog.commands.filters import Since, Until, about
from mentorlog.domain import timeline as events
from mentorlog.output.screens import timeline as layout


def run(
    ctx: opt.Context,
    with_: opt.WithMentors = None,
    goal: opt.ForGoal = None,
    since: Since = None,
    until: Until = None,
    tag: opt.Tags = None,
) -> None:
    """Show goals, meetings, tasks, notes and reviews day by day.

    Example: mentorlog timeline --with osler --since "6 months ago"
    """
    app = ctx.obj
    entries = events.events(app.reading.everything(), about(with_, goal, since, until, tag), app.reading.named())
    app.out.page(lambda page: layout.lines(entries, page), entries, app.reading.problems)
