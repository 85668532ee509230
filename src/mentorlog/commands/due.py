"""`mentorlog due`: what is due, for people and for cron."""

from typing import Annotated

import typer

from mentorlog import dates
from mentorlog.commands import options as opt
from mentorlog.domain import loop
from mentorlog.output.screens import due as layout


def run(
    ctx: opt.Context,
    within: Annotated[str, opt.option("--within", metavar="7d", help="So many days ahead, 0d is today (7d)")] = "7d",
    check: Annotated[bool, opt.option("--check", help="Exit with 10 where something is due")] = False,
) -> None:
    """List what is due: tasks of both sides, mentors to meet, meetings that have passed, the review.

    Example: mentorlog due --within 2w
    Example: mentorlog due --check --within 0d
    """
    app = ctx.obj
    overview = app.journal.overview(app.today)
    ahead = 0 if within.strip() in ("0", "0d") else dates.days(within)
    found = loop.due_items(overview, app.today, ahead)
    rows = [layout.data(item, overview["names"], app.today) for item in found]
    app.out.page(lambda page: layout.lines(rows, page, ahead), rows, app.journal.problems)
    raise typer.Exit(10 if check and rows else 0)
