"""`mentorlog waiting`: list what waits for others."""

from mentorlog.commands import options as opt
from mentorlog.commands.filters import With
from mentorlog.domain import overview
from mentorlog.output.screens import waiting as layout


def run(ctx: opt.Context, with_: With = None) -> None:
    """List what waits for others, the longest first.

    Lists invitations and letters without an answer, drafts that did not come back, promises, and introductions that you
    have not followed up, each with the command that ends the wait.

    Example: mentorlog waiting --with osler
    """
    app, mentors = ctx.obj, tuple(with_ or ())
    found = overview.waiting(app.reading, app.today, mentors, app.rules.waiting_days)
    names = app.reading.titles(sorted({id for wait in found for id in wait["mentors"]} | {*mentors}))
    rows = [layout.data(wait, names, app.today) for wait in found]
    empty = layout.nothing([names[id] for id in mentors])
    app.out.page(lambda page: layout.lines(rows, page, empty), rows, app.reading.problems)
