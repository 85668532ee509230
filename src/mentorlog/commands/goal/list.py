"""`mentorlog goal list`."""

from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import All, query
from mentorlog.commands.goal import options as of_goal
from mentorlog.domain import computed
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    mentors: opt.WithMentors = None,
    drifting: bool = opt.flag("--drifting", help="Only drifting goals: past their date, or quiet"),
    status: str | None = opt.choice("--status", of=vocabulary.GOAL_STATUSES, rare=False),
    all: All = False,
    until: date | None = opt.day("--until", help="Reach it by this day", ahead=True),
    domain: str | None = of_goal.domain(),
    horizon: str | None = of_goal.horizon(),
    tags: opt.Tags = None,
    parent: opt.View | None = of_goal.parent(),
) -> None:
    """List open goals, the nearest date first.

    A goal drifts when it is past its date, or when nothing has shown progress for six weeks.

    Example: mentorlog goal list --with osler --drifting
    """
    app = ctx.obj
    usual = query("goal", default=vocabulary.OPEN_GOALS)
    asked = query("goal", status, default=() if all else vocabulary.OPEN_GOALS, mentors=mentors, tags=tags, until=until)
    wanted = {"domain": domain, "horizon": horizon, "parent": parent and parent["id"], "drifting": drifting or None}
    narrow = {field: value for field, value in wanted.items() if value is not None}
    goals = computed.goals(app.reading.find(asked), app.reading, app.today)
    listed = [goal for goal in goals if narrow.items() <= goal.items()]
    if until:
        app.out.note(f"To be reached by {dates.say(until)}:")
    empty = "No goal fits." if narrow or asked != usual else "No open goals. Set one with: mentorlog goal add TITLE"
    if drifting:
        empty = "No goal is drifting."
    app.out.listing(listed, lists.goals(app.today), empty=empty, problems=app.reading.problems)
