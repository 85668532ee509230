"""`mentorlog mentor list`."""

from typing import Annotated

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.commands.filters import query
from mentorlog.commands.mentor.options import Domains, Roles
from mentorlog.domain import computed, roster
from mentorlog.output.screens import lists

Status = Annotated[str | None, opt.choice("--status", of=vocabulary.LISTED_MENTORS, rare=False)]


def run(
    ctx: opt.Context,
    status: Status = None,
    role: Roles = None,
    domain: Domains = None,
    tag: opt.Tags = None,
    all_: Annotated[bool, opt.option("--all", help="Include ended and declined mentors")] = False,
) -> None:
    """List mentors by next meeting.

    Active mentors come first, then paused and prospective ones. --all includes ended and declined.

    Example: mentorlog mentor list --role advisor
    """
    app = ctx.obj
    asked = query("mentor", status, default=() if all_ else roster.USUAL, tags=tag)
    wanted = [view for view in app.reading.find(asked) if roster.serves(view, role or (), domain or ())]
    rows = roster.ordered(computed.mentors(wanted, app.reading, app.today))
    narrowed = role or domain or asked != query("mentor", default=roster.USUAL)
    empty = "No mentor fits." if narrowed else "No mentors yet. Add one with: mentorlog mentor add NAME"
    app.out.listing(rows, lists.mentors(app.today), empty, app.reading.problems)
