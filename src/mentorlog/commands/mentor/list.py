"""`mentorlog mentor list`."""

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import Tags, query
from mentorlog.commands.mentor import options as of_mentor
from mentorlog.domain import computed, roster
from mentorlog.models.views import is_mentee
from mentorlog.output.screens import people


def run(
    ctx: opt.Context,
    status: str | None = opt.choice("--status", of=vocabulary.LISTED_MENTORS, rare=False),
    role: list[str] | None = of_mentor.roles(help=f"{', '.join(vocabulary.ROLES)} … (repeat for any of several)"),
    domain: list[str] | None = of_mentor.domains(help="Only with this expertise (repeat for any of several)"),
    tag: Tags = None,
    all_: bool = opt.flag("--all", help="Include ended and declined mentors"),
) -> None:
    """List mentors by next meeting.

    Active mentors come first, then paused and prospective ones. For those whom you mentor, see `mentee list`.

    Example: mentorlog mentor list --role advisor
    """
    app = ctx.obj
    asked = query("mentor", status, default=() if all_ else roster.LISTED_STATUSES, tags=tag)
    found = [view for view in app.reading.find(asked) if not is_mentee(view)]
    wanted = [view for view in found if roster.serves(view, role or (), domain or ())]
    rows = roster.ordered(computed.mentors(wanted, app.reading, app.today))
    narrowed = role or domain or asked != query("mentor", default=roster.LISTED_STATUSES)
    empty = "No mentors match." if narrowed else 'No mentors yet. Add one with: mentorlog mentor add "William Osler"'
    app.out.listing(rows, people.mentors(app.today), empty, app.reading.problems)
