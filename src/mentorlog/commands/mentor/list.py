"""`mentorlog mentor list`."""

from typing import Annotated

import typer

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.mentor.options import Domains, Roles
from mentorlog.domain import roster
from mentorlog.flows import mentoring
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query

Status = Annotated[str | None, opt.state(*vocabulary.LISTED_MENTORS)]


def run(
    ctx: typer.Context,
    status: Status = None,
    role: Roles = None,
    domain: Domains = None,
    tag: opt.Tags = None,
    all_: opt.All = False,
) -> None:
    """List mentors by who is met next.

    Active ones come first, then those at rest and those you hope for; --all adds those who are gone.

    Example: mentorlog mentor list --role advisor
    """
    app: App = ctx.obj
    query = Query("mentor", statuses=_statuses(status, all_), tags=tuple(tag or ()))
    wanted = [view for view in app.journal.find(query) if roster.serves(view, role or (), domain or ())]
    rows = roster.ordered(mentoring.seen(app, view) for view in wanted)
    narrowed = role or domain or query != Query("mentor", statuses=roster.USUAL)
    none = "No mentor fits." if narrowed else "No mentors yet. Add one with: mentorlog mentor add NAME"
    app.out.listing(rows, lists.mentors(app.today), none, app.journal.problems)


def _statuses(status: str | None, all_: bool) -> tuple[str, ...]:
    if status is None:
        return () if all_ else roster.USUAL
    from mentorlog.models.rules import among

    return (among(status, "status", vocabulary.LISTED_MENTORS),)
