"""`mentorlog due`: list what is due, for people and for cron."""

import typer

from mentorlog import date_words
from mentorlog.commands import options as opt
from mentorlog.domain.overview import due_items
from mentorlog.flows.show_status import status_of
from mentorlog.output.screens import due as layout


def run(
    ctx: opt.Context,
    within: str | None = opt.option(
        "--within", metavar="LENGTH", help="Look this far ahead; 0d is today (default 7d, or within_days)"
    ),
    check: bool = opt.flag("--check", help="Exit with status 10 if something is due"),
) -> None:
    """List what is due.

    Includes your tasks and those of your mentors, letters to ask for or to remind of, goals, meetings, mentors to meet,
    terms that end, what has waited for others for two weeks, and the next review. `config` sets other numbers of days.

    Example: mentorlog due --within 2w
    Example: mentorlog due --check --within 0d
    """
    app = ctx.obj
    ahead = app.rules.within_days if within is None else _days(within)
    status = status_of(app)
    rows = [layout.data(item, app.today) for item in due_items(status, app.today, ahead, app.rules.waiting_days)]
    undecided = {view["id"] for view in app.reading.undecided()} if status["conflict_count"] else set[str]()
    app.out.page(lambda page: layout.lines(rows, page, ahead, undecided), rows, app.reading.problems)
    raise typer.Exit(10 if check and rows else 0)


def _days(text: str) -> int:
    return 0 if text.strip() in ("0", "0d") else date_words.days(text)
