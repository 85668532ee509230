"""`mentorlog goal list`."""

from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Tags, With, query
from mentorlog.commands.goal import options as of_goal
from mentorlog.domain import computed
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    mentors: With = None,
    drifting: bool = opt.flag("--drifting", help="Only drifting goals"),
    status: str | None = opt.choice("--status", of=vocabulary.GOAL_STATUSES, rare=False),
    all: bool = opt.flag("--all", help="Include closed goals"),
    by: date | None = opt.day("--by", "--due-by", "--until", help="Target date on or before this date", ahead=True),
    domain: str | None = of_goal.domain(),
    horizon: str | None = of_goal.horizon(),
    tags: Tags = None,
    parent: opt.View | None = of_goal.parent(help="Only parts of this goal"),
    whose: opt.View | None = of_goal.whose(help="Only goals of this mentee"),
) -> None:
    """List open goals, nearest date first.

    A goal is drifting when its date has passed, or when nothing has happened on it for six weeks. Goals of mentees are
    listed with --whose only.

    Example: mentorlog goal list --with osler --drifting
    """
    app = ctx.obj
    usual = query("goal", default=vocabulary.OPEN_GOALS)
    asked = query("goal", status, default=() if all else vocabulary.OPEN_GOALS, mentors=mentors, tags=tags, until=by)
    owner = whose["id"] if whose else parent["whose"] if parent else None
    asked = asked.but(whose=(owner,)) if owner else asked
    wanted = {"domain": domain, "horizon": horizon, "parent": parent and parent["id"], "drifting": drifting or None}
    narrow = {field: value for field, value in wanted.items() if value is not None}
    found = [goal for goal in app.reading.find(asked) if goal["whose"] == owner]
    goals = computed.goals(found, app.reading, app.today, app.rules)
    listed = [goal for goal in goals if narrow.items() <= goal.items()]
    if by:
        app.out.note(f"Goals by {dates.say(by)}:")
    empty = 'No open goals. Add one with: mentorlog goal add "Submit case report"'
    if narrow or asked != usual:
        empty = "No goals are drifting." if drifting else "No goals match."
    app.out.listing(listed, lists.goals(app.today), empty=empty, problems=app.reading.problems)
