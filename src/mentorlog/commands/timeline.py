"""`mentorlog timeline`: show what happened, day by day."""

from mentorlog.commands import options as opt
from mentorlog.commands.filters import Goal, Since, Tags, Until, With, about
from mentorlog.domain import timeline as events
from mentorlog.flows.show_year import show_year
from mentorlog.models.views import noun
from mentorlog.output.screens import timeline as layout


def run(
    ctx: opt.Context,
    with_: With = None,
    goal: Goal = None,
    since: Since = None,
    until: Until = None,
    tag: Tags = None,
    year: bool = opt.flag("--year", help="A year at a glance, week by week"),
) -> None:
    """Show what happened, day by day.

    Includes goals, meetings, tasks, notes and reviews. With --year it shows a year as a road map: the days of goals,
    how often you met each mentor, reviews and rotations. The year is the current one (from `year_starts` of your
    profile, if set), or the twelve months from --since or to --until.

    Example: mentorlog timeline --with osler --since "6 months ago"
    Example: mentorlog timeline --year
    """
    app = ctx.obj
    if year:
        return show_year(app, about(with_, goal, None, None, tag), since, until)
    views = app.reading.everything()
    entries = events.events(views, about(with_, goal, since, until, tag), app.reading.named())
    mentees = {view["id"] for view in views if noun(view) == "mentee"}
    undecided = {view["id"] for view in views if view["conflicts"]}
    app.out.page(lambda page: layout.lines(entries, page, mentees, undecided), entries, app.reading.problems)
    return None
