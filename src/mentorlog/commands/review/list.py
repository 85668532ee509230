"""`mentorlog review list`."""

import typer

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.commands.review.options import Kind
from mentorlog.output.screens import lists
from mentorlog.store.journal import Query


def run(
    ctx: typer.Context, kind: Kind = None, since: opt.Since = None, until: opt.Until = None, tag: opt.Tags = None
) -> None:
    """List reviews, the newest first.

    Example: mentorlog review list --since "2 years ago"
    """
    app: App = ctx.obj
    days = [app.lookup.day_before(text) if text else None for text in (since, until)]
    found = app.journal.find(Query("review", kinds=_kinds(kind), since=days[0], until=days[1], tags=tuple(tag or ())))
    app.out.listing(found, lists.REVIEWS, "No reviews.", app.journal.problems)


def _kinds(text: str | None) -> tuple[str, ...]:
    if text is None:
        return ()
    from mentorlog.flows.review import kind_of

    return (kind_of(text),)
