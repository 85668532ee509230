"""`mentorlog meeting list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Goal, Since, Tags, Until, With, query
from mentorlog.output.screens import lists


def run(
    ctx: opt.Context,
    with_: With = None,
    since: Since = None,
    until: Until = None,
    status: str | None = opt.choice("--status", of=vocabulary.MEETING_STATUSES, rare=False),
    kind: str | None = opt.kind(vocabulary.MEETING_KINDS),
    all_: bool = opt.flag("--all", help="Include cancelled and missed meetings"),
    goal: Goal = None,
    tag: Tags = None,
) -> None:
    """List planned and held meetings, newest first.

    Example: mentorlog meeting list --with osler --since "6 months ago"
    """
    app = ctx.obj
    default = () if all_ else ("planned", "held")
    kinds = [kind] if kind else []
    asked = query(
        "meeting", status, default=default, mentors=with_, goal=goal, kinds=kinds, tags=tag, since=since, until=until
    )
    app.out.listing(app.reading.find(asked), lists.meetings(app.today), "No meetings found.", app.reading.problems)
