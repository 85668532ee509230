"""`mentorlog timeline`: show what happened, day by day."""

from mentorlog.commands import options as opt
from mentorlog.commands.filters import Goal, Since, Tags, Until, With, about
from mentorlog.domain import timeline as events
from mentorlog.models.views import noun
from mentorlog.output.screens import timeline as layout


def run(
    ctx: opt.Context,
    with_: With = None,
    goal: Goal = None,
    since: Since = None,
    until: Until = None,
    tag: Tags = None,
) -> None:
    """Show what happened, day by day.

    Includes goals, meetings, tasks, notes and reviews.

    Example: mentorlog timeline --with osler --since "6 months ago"
    """
    app = ctx.obj
    views = app.reading.everything()
    entries = events.events(views, about(with_, goal, since, until, tag), app.reading.named())
    mentees = {view["id"] for view in views if noun(view) == "mentee"}
    app.out.page(lambda page: layout.lines(entries, page, mentees), entries, app.reading.problems)
