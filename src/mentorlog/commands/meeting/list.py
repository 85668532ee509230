"""`mentorlog meeting list`."""

from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import query
from mentorlog.commands.meeting.options import Kind
from mentorlog.output.screens import lists

Status = Annotated[str | None, opt.choice("--status", of=vocabulary.MEETING_STATUSES, rare=False)]
All = Annotated[bool, opt.option("--all", help="Include cancelled and missed meetings")]


def run(
    ctx: opt.Context,
    with_: opt.WithMentors = None,
    since: opt.Since = None,
    until: opt.Until = None,
    status: Status = None,
    kind: Kind = None,
    all_: All = False,
    goal: opt.ForGoal = None,
    tag: opt.Tags = None,
) -> None:
    """List planned and held meetings, the newest first.

    --all includes cancelled and missed meetings. --goal selects meetings with the goal on their agenda.

    Example: mentorlog meeting list --with osler --since "6 months ago"
    """
    app = ctx.obj
    default = () if all_ else ("planned", "held")
    kinds = [kind] if kind else []
    asked = query(
        "meeting", status, default=default, mentors=with_, goal=goal, kinds=kinds, tags=tag, since=since, until=until
    )
    app.out.listing(app.reading.find(asked), lists.meetings(), "No meetings found.", app.reading.problems)
