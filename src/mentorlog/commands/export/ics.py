"""`mentorlog export ics`."""

from datetime import date, timedelta, tzinfo

from mentorlog import lookup, vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.export import options as of_export
from mentorlog.commands.filters import Goal, With, about
from mentorlog.flows.write_calendar import write_calendar


def run(
    ctx: opt.Context,
    output: str | None = of_export.output(),
    tasks: str | None = opt.choice(
        "--tasks", of=vocabulary.CALENDAR_TASKS, help="event (default), todo (for to-do lists) or none"
    ),
    with_: With = None,
    goal: Goal = None,
    since: date | None = opt.option(
        "--since", metavar="DATE", help="Events on or after this date", to=lookup.day_either
    ),
    until: date | None = opt.day("--until", help="Events on or before this date", ahead=True),
    for_: of_export.For = None,
    add: of_export.Add = None,
    bare: bool = opt.flag("--bare", help="Without descriptions and places", rare=True),
    remind: timedelta | None = opt.option(
        "--remind", metavar="TIME", help="Reminder before a meeting with a time (e.g. 15m)", to=lookup.lead, rare=True
    ),
    remind_due: timedelta | None = opt.option(
        "--remind-due", metavar="TIME", help="Reminder before any other day (e.g. 1d)", to=lookup.lead, rare=True
    ),
    zone: tzinfo | None = opt.option(
        "--zone", metavar="ZONE", help="Time zone of the meetings (default: this machine's)", to=lookup.zone, rare=True
    ),
    preview: of_export.Preview = False,
    include_private: of_export.IncludePrivate = False,
    despite_lint: of_export.DespiteLint = False,
    yes: of_export.Yes = False,
) -> None:
    """Export meetings and dates as a calendar (iCalendar).

    A file that is a calendar of this journal is updated: a calendar program that has imported or subscribed to it
    then shows what moved and what is gone, and nothing twice. Every event is marked as private and invites nobody.

    Example: mentorlog export ics -o ~/mentorship.ics
    Example: mentorlog export ics --tasks todo -o ~/mentorship.ics
    """
    chosen = about(with_, goal, since, until)
    request = of_export.request(ctx.obj, chosen, for_, include_private, add, preview, despite_lint)
    write_calendar(
        ctx.obj,
        output,
        request,
        yes=yes,
        tasks=tasks or vocabulary.CALENDAR_TASKS[0],
        bare=bare,
        remind=remind,
        remind_due=remind_due,
        zone=zone or lookup.usual_zone(ctx.obj),
    )
