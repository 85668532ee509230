"""`mentorlog due`: what is due, for people and for cron."""

from typing import Annotated

import typer

from mentorlog import dates, loop
from mentorlog.commands import options as opt
from mentorlog.context import Context
from mentorlog.models.views import View
from mentorlog.output.columns import Column

app = typer.Typer()

COLUMNS = (
    Column("id", lambda item: item["id"] or "", keep=8, style="cyan"),
    Column("due", lambda item: dates.say(item["day"]), keep=9),
    Column("what", lambda item: item["what"], keep=7),
    Column("", lambda item: item["text"], shrink=True),
)


@app.command("due")
def due(
    ctx: typer.Context,
    within: Annotated[str, opt.option("--within", metavar="7d", help="Up to so many days ahead (7d)")] = "7d",
    check: Annotated[bool, opt.option("--check", help="Exit with 10 where something is due")] = False,
) -> None:
    """List what is due: tasks of both sides, mentors to meet, meetings that have passed, the review.

    Example: mentorlog due --within 2w
    Example: mentorlog due --check --within 1d
    """
    here: Context = ctx.obj
    overview = here.journal.overview(here.today)
    ahead = dates.days(within)
    rows: list[View] = [
        {"what": item.what, "day": item.day, "id": item.view["id"], "text": loop.words(item, overview["names"])}
        for item in loop.due_items(overview, here.today, ahead)
    ]
    none = f"Nothing is due within {ahead} day{'s' if ahead > 1 else ''}."
    here.out.listing(rows, COLUMNS, none, here.journal.problems)
    raise typer.Exit(10 if check and rows else 0)
